"""What may follow what, written again from man 7 govctl-integrity and man 7 govctl-rules, without a look at govctl's code.

A tree is a dict from path to text. It knows people, organizations, RFCs with effects on files, ballots with votes and
objections, decisions, and rules of stages with `lasts`, `quorum`, `passes`, `on-pass` and `on-failure`, so as the
generated histories use them; elections, motions, seconds, appeals and escalation are not in it.
"""

import datetime
import functools
import hashlib
import json
import re
from fractions import Fraction

import yaml

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DECIDED_ON = ("title", "type", "group", "with", "subject", "options", "effects", "supersedes", "requires", "metrics")
STATUS = {"accepted": "accepted", "rejected": "rejected", "lapsed": "lapsed"}
FAILS = {"reject": "rejected", "lapse": "lapsed"}


class Refused(Exception):
    """The change is not allowed, and why."""


@functools.lru_cache(maxsize=100_000)
def parsed(text):
    try:
        value = yaml.load(text, Loader=LOADER)
    except yaml.YAMLError as error:
        raise Refused(f"not YAML: {error}") from error
    return value if isinstance(value, dict) else {}


@functools.lru_cache(maxsize=100_000)
def blob(text):
    content = text.encode()
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def written(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def hours(duration):
    return datetime.timedelta(hours=int(duration.removesuffix("h")))


def require(holds, why):
    if not holds:
        raise Refused(why)


# --- a state -----------------------------------------------------------------------------------------------------------


class State:
    def __init__(self, tree):
        self.tree = tree

    def record(self, path):
        return parsed(self.tree[path]) if path in self.tree else None

    @functools.cached_property
    def people(self):
        found = (re.fullmatch(r"people/([a-z0-9][a-z0-9-]*)\.yaml", path) for path in self.tree)
        return {match[1]: parsed(self.tree[match[0]]) for match in found if match}

    def handle_of(self, email):
        for handle in sorted(self.people):
            if email.lower() in (e.lower() for e in self.people[handle].get("emails", [])):
                return handle
        return None

    def members(self, group, at):
        roster = self.record(f"groups/{group}/roster.yaml") or {}
        return sorted({seat["person"] for seat in roster.get("seats", []) if self.holds(seat, at)})

    @staticmethod
    def holds(seat, at):
        begins = instant(seat["since"] + "T00:00:00Z" if len(seat["since"]) == 10 else seat["since"])
        until = seat.get("until")
        return begins <= at and (not until or at < instant(until + "T00:00:00Z" if len(until) == 10 else until))

    def below(self, folder):
        return {path: text for path, text in self.tree.items() if path.startswith(folder)}

    def opened(self):
        """The folders of opened RFCs, by number."""
        found = (re.match(r"rfcs/(\d{4})-[^/]+/", path) for path in self.tree)
        return {int(match[1]): match[0] for match in found if match}

    def rule(self, group):
        charter = self.record(f"groups/{group}/charter.yaml")
        name = charter["decisions"]["*"]
        return name, self.record("govctl.yaml")["rules"][name]


def text_of(files):
    """What is being decided, from the files of a folder: name to text, rfc.yaml among them."""
    record = parsed(files["rfc.yaml"])
    chosen = {key: record[key] for key in DECIDED_ON if key in record}
    shown = dict(files, **{"rfc.yaml": json.dumps(chosen, sort_keys=True, separators=(",", ":"), ensure_ascii=False)})
    lines = (f"{name} {hashlib.sha256(shown[name].encode()).hexdigest()}\n" for name in sorted(shown))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def inside(state, folder):
    """The files of a proposal's folder but its ballots, by their names in it."""
    files = {path[len(folder) :]: text for path, text in state.below(folder).items()}
    return {name: text for name, text in files.items() if not name.startswith("ballots/")}


# --- counting ----------------------------------------------------------------------------------------------------------


class Matter:
    """An opened RFC in a state, with its ballots."""

    def __init__(self, state, folder):
        self.state, self.folder = state, folder
        self.record = state.record(folder + "rfc.yaml")
        self.id = f"rfc-{int(self.record['number']):04}"
        self.stages = state.record("govctl.yaml")["rules"][self.record["rule"]["name"]]
        self.ballots = {
            path.rsplit("/", 1)[1].removesuffix(".yaml"): parsed(text)
            for path, text in state.below(folder + "ballots/").items()
        }

    def is_over(self):
        return self.record["status"] != "open"

    def eligible(self):
        return self.state.members(self.record["group"], instant(self.record["opened"]))

    def position(self, voter, before):
        """The last vote cast before an instant, about the present text."""
        ballot = self.ballots.get(voter, {})
        votes = [*ballot.get("earlier", []), *([ballot] if "vote" in ballot else [])]
        votes = [vote for vote in votes if instant(vote["cast"]) < before]
        return votes[-1]["vote"] if votes and votes[-1]["text"] == self.record["text"] else None

    def objections(self, voter, before):
        return sum(
            instant(one["raised"]) < before and not ("resolved" in one and instant(one["resolved"]) < before)
            for one in self.ballots.get(voter, {}).get("objections", [])
        )

    def figures(self, before):
        eligible = self.eligible()
        votes = {voter: self.position(voter, before) for voter in eligible}
        objections = {voter: self.objections(voter, before) for voter in eligible}
        cast = sum(bool(votes[v] or objections[v]) for v in eligible)
        count = {word: sum(vote == word for vote in votes.values()) for word in ("yes", "no", "abstain")}
        return {**count, "objections": sum(objections.values()), "cast": cast, "eligible": len(eligible),
                "missing": len(eligible) - cast}  # fmt: skip

    def course(self, now):
        """The outcome at an instant, or nothing while it is open; the stages that ran; the figures of the last."""
        begins, runs = instant(self.record["opened"]), []
        for number, stage in enumerate(self.stages):
            ends = begins + hours(stage["lasts"])
            if now < ends:
                return None, runs, None
            figures = self.figures(ends)
            quorum = [stage["quorum"]] if "quorum" in stage else []
            conditions = [judged(text, figures) for text in quorum + stage["passes"]]
            met = all(condition["met"] == "true" for condition in conditions)
            runs.append({"stage": stage["stage"], "from": written(begins), "to": written(ends),
                         "state": "passed" if met else "failed", "conditions": conditions})  # fmt: skip
            last = number + 1 == len(self.stages)
            if met and (last or stage.get("on-pass") == "accept"):
                return "accepted", runs, figures
            follows = "next" if met else stage.get("on-failure", "reject")
            if follows != "next":
                return FAILS[follows], runs, figures
            begins = ends
        raise AssertionError("the last stage neither passed nor failed")


def judged(text, figures):
    left, sign, right = re.fullmatch(r"(\w+) (>=|<=|!=|=|<|>) (.*)", text).groups()
    a, b = Fraction(figures[left]), amount(right, figures)
    met = {"=": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]
    if "yes" in text.split() and figures["yes"] == 0:
        met = False
    return {"is": text, "left": str(a), "right": str(b), "met": "true" if met else "false"}


def amount(text, figures):
    if match := re.fullmatch(r"(\d+(?:/\d+)?) of (\w+)", text):
        return Fraction(match[1]) * figures[match[2]]
    if match := re.fullmatch(r"(\w+) ([+-]) (\d+)", text):
        return Fraction(figures[match[1]]) + (1 if match[2] == "+" else -1) * int(match[3])
    return Fraction(text) if text.isdigit() else Fraction(figures[text])


def decision_of(matter, at, by, evidence):
    """The decision's value, and the outcome; Refused while it is open."""
    outcome, runs, figures = matter.course(at)
    require(outcome, "nothing can be concluded yet")
    record = matter.record
    value = {"kind": "decision", "subject": matter.id, "group": record["group"], "outcome": outcome, "decided": written(at),
             "by": by, "evidence": evidence, "rule": record["rule"], "round": "1", "text": record["text"],
             "electorate": {"eligible": matter.eligible(), "recused": []},
             "tally": {key: str(figures[key]) for key in ("yes", "no", "abstain", "objections", "missing")},
             "because": runs}  # fmt: skip
    if outcome == "accepted" and record.get("effects"):
        value["enacted"] = [effect["file"]["path"] for effect in record["effects"]]
    return value, outcome


# --- what may follow ---------------------------------------------------------------------------------------------------


def may_follow(before, after, email, at):
    """Raises Refused where a commit by this address at this instant may not lead from one tree to the other."""
    Change(State(before), State(after), email, at).judge()


class Change:
    def __init__(self, before, after, email, at):
        self.before, self.after, self.email, self.at = before, after, email, at
        paths = before.tree.keys() | after.tree.keys()
        self.left = {path for path in paths if before.tree.get(path) != after.tree.get(path)}

    def judge(self):
        self.people()
        self.organizations()
        self.handle = (self.after if self.joins else self.before).handle_of(self.email)
        self.drafts()
        self.openings()
        self.withdrawals()
        self.ballots()
        self.decisions()
        for path in sorted(self.left):
            require(not self.is_governed(path) or self.is_layout(path), f"{path} may not change so")

    @staticmethod
    def is_governed(path):
        folders = ("people/", "organizations/", "groups/", "decisions/")
        return path == "govctl.yaml" or (path.startswith(folders) and path.endswith(".yaml")) or (
            path.startswith("rfcs/") and path.count("/") > 1)  # fmt: skip

    def is_layout(self, path):
        """Whether only comments and layout differ, of a record that is not a ballot or a decision."""
        if path.startswith("decisions/") or "/ballots/" in path or not path.endswith(".yaml"):
            return False
        if re.match(r"rfcs/[^/]+/(?!rfc\.yaml)", path):
            return False
        old, new = self.before.tree.get(path), self.after.tree.get(path)
        return old is not None and new is not None and parsed(old) == parsed(new)

    def take(self, pattern):
        for path in sorted(self.left):
            if match := re.fullmatch(pattern, path):
                yield path, match

    # People and organizations.

    def people(self):
        self.joins = False
        for path, match in self.take(r"people/([a-z0-9-]+)\.yaml"):
            if self.is_layout(path):
                continue
            old, new = self.before.record(path), self.after.record(path)
            require(new and new.get("kind") == "person", f"{path}: a person's record is not removed")
            own = self.email in new.get("emails", [])
            if old is None:
                desk = self.before.handle_of(self.email) in self.before.members("g0", self.at)
                require(own or desk, f"{path}: added by a stranger")
                require("ladder" not in new, f"{path}: a level to begin with")
                self.joins = True
            else:
                require(old.get("ladder") == new.get("ladder"), f"{path}: a level without a decision")
                require(self.before.handle_of(self.email) == match[1], f"{path}: changed by somebody else")
            self.claims(path, match[1], old or {}, new)
            self.left.discard(path)

    def claims(self, path, handle, old, new):
        for email in set(new.get("emails", [])) - set(old.get("emails", [])):
            for other, person in self.after.people.items():
                require(other == handle or email not in person.get("emails", []), f"{path}: {email} is {other}'s")
        for alias in set(new.get("aliases", [])) - set(old.get("aliases", [])):
            for other, person in self.after.people.items():
                taken = other != handle and alias in (other, *person.get("aliases", []))
                require(not taken, f"{path}: {alias} is {other}'s handle")

    def organizations(self):
        state = self.after if self.joins else self.before
        for path, _ in self.take(r"organizations/([a-z0-9-]+)\.yaml"):
            require(self.is_layout(path) or state.handle_of(self.email), f"{path}: changed by nobody on record")
            self.left.discard(path)

    # Proposals.

    def drafts(self):
        folders = {match[1] for _, match in self.take(r"(rfcs/draft-[^/]+/).*")}
        for folder in sorted(folders):
            old = self.before.record(folder + "rfc.yaml")
            if old is not None and folder + "rfc.yaml" not in self.after.tree:
                continue  # opened, or removed: see there
            record = old or self.after.record(folder + "rfc.yaml") or {}
            changed = [path for path in self.left if path.startswith(folder) and not self.is_layout(path)]
            require(not changed or self.handle in record.get("authors", []), f"{folder}: not an author's change")
            self.left -= {path for path in self.left if path.startswith(folder)}

    def openings(self):
        known = self.before.opened()
        for number, folder in self.after.opened().items():
            if number in known and known[number] == folder:
                continue
            require(number not in known, f"{folder}: the number is taken")
            self.opening(number, folder)

    def opening(self, number, folder):
        draft = re.sub(r"\d{4}-", "draft-", folder, count=1)
        old = self.before.record(draft + "rfc.yaml")
        new = self.after.record(folder + "rfc.yaml")
        require(old and new, f"{folder}: there was no such draft")
        require(not self.after.below(draft), f"{folder}: the draft is still there")
        require(self.handle in old["authors"], f"{folder}: opened by one who is no author")
        opened = new.get("opened", "9999-01-01T00:00:00Z")
        require(instant(opened) <= self.at, f"{folder}: opened later than it says")
        require(not self.after.below(folder + "ballots/"), f"{folder}: ballots before the opening")
        # An author may edit the draft in the same commit.
        files, wanted, group = inside(self.after, folder), dict(new), new["group"]
        for effect in new.get("effects", []):
            target = effect["file"]["path"]
            require(self.reaches(group, target), f"{folder}: {target} is out of reach")
            was = self.before.tree.get(target)
            wanted["effects"] = [{"file": {**effect["file"], "was": "none" if was is None else blob(was)}}]
        name, _ = self.before.rule(group)
        charter = self.before.tree[f"groups/{group}/charter.yaml"]
        rule = {"name": name, "group": group, "charter": blob(charter),
                "project": blob(self.before.tree["govctl.yaml"])}  # fmt: skip
        text = text_of({**files, "rfc.yaml": json.dumps(wanted)})
        wanted |= {"status": "open", "number": str(number), "opened": opened, "text": text, "rule": rule, "history": [
            {"act": "opened", "at": opened, "round": "1", "by": self.handle, "text": text}]}  # fmt: skip
        require(new == wanted, f"{folder}: opened otherwise than it should: {new} is not {wanted}")
        self.left -= {path for path in self.left if path.startswith((draft, folder))}

    def reaches(self, group, path):
        """Whether a group may put a file in force: one of its area; the steering, any that is nobody's or below it."""
        areas = (self.before.record(f"groups/{group}/charter.yaml") or {}).get("areas", [])
        return group == "g0" or any(path.startswith(area) for area in areas)

    def withdrawals(self):
        for path, _ in self.take(r"rfcs/\d{4}-[^/]+/rfc\.yaml"):
            old, new = self.before.record(path), self.after.record(path)
            if not old or not new or new.get("status") != "withdrawn" or old == new:
                continue
            entry = new["history"][-1]
            matter = Matter(self.before, path.removesuffix("rfc.yaml"))
            require(old["status"] == "open" and self.handle in old["authors"], f"{path}: not theirs to withdraw")
            require(entry.get("by") == self.handle and instant(entry["at"]) <= self.at, f"{path}: withdrawn otherwise")
            require(instant(entry["at"]) >= instant(old["history"][-1]["at"]), f"{path}: before it was opened")
            require(matter.course(instant(entry["at"]))[0] is None, f"{path}: its outcome is final")
            added = {"act": "withdrawn", "at": entry["at"], "round": "1", "by": self.handle}
            require(new == {**old, "status": "withdrawn", "history": [*old["history"], added]}, f"{path}: more than that")
            self.left.discard(path)

    # Ballots.

    def ballots(self):
        for path, match in self.take(r"(rfcs/\d{4}-[^/]+/)ballots/([a-z0-9-]+)\.yaml"):
            new = self.after.record(path)
            require(new, f"{path}: a ballot is not removed")
            record = self.before.record(match[1] + "rfc.yaml")
            require(record is not None, f"{path}: no such matter")
            matter = Matter(self.before, match[1])
            require(new.get("kind") == "ballot" and new.get("voter") == match[2] and new.get("matter") == matter.id,
                    f"{path}: not the ballot that should lie here")  # fmt: skip
            require(self.handle == match[2], f"{path}: written by somebody else")
            for at in self.steps(path, matter, self.before.record(path) or {}, new):
                self.step(path, matter, match[2], at)
            self.left.discard(path)

    def steps(self, path, matter, old, new):
        """The instants of what is said anew: (instant, whether it needs a voter)."""
        def votes(ballot):
            fields = {key: ballot[key] for key in ("cast", "round", "text", "vote", "reason") if key in ballot}
            return [*ballot.get("earlier", []), *([fields] if "vote" in ballot else [])]

        was, now = votes(old), votes(new)
        require(now[: len(was)] == was, f"{path}: a vote is gone or altered")
        for i, vote in enumerate(now[len(was) :], len(was)):
            require(i == 0 or instant(vote["cast"]) >= instant(now[i - 1]["cast"]), f"{path}: votes out of order")
            require(vote["text"] == matter.record["text"] and vote["round"] == "1", f"{path}: of another text or round")
            require(vote["vote"] in ("yes", "no", "abstain"), f"{path}: no vote")
            yield instant(vote["cast"]), True
        if old and len(now) == len(was):
            require(all(old.get(key) == new.get(key) for key in ("cast", "round", "text", "reason")), f"{path}: altered")
        before, after = old.get("objections", []), new.get("objections", [])
        require(len(after) >= len(before), f"{path}: an objection is gone")
        for i, one in enumerate(after):
            known = before[i] if i < len(before) else None
            same = known and all(known.get(key) == one.get(key) for key in ("name", "reason", "raised"))
            require(not known or (same and known.get("resolved") in (None, one.get("resolved"))), f"{path}: altered")
            if not known:
                yield instant(one["raised"]), True
            if "resolved" in one and not (known and "resolved" in known):
                require(instant(one["resolved"]) >= instant(one["raised"]), f"{path}: resolved too early")
                yield instant(one["resolved"]), False

    def step(self, path, matter, voter, step):
        at, needs_voter = step
        require(at <= self.at, f"{path}: later than its commit")
        require(not matter.is_over(), f"{path}: the matter is over")
        require(at >= instant(matter.record["opened"]), f"{path}: before the opening")
        require(not needs_voter or voter in matter.eligible(), f"{path}: not in the electorate")
        require(matter.course(at)[0] is None, f"{path}: its outcome is final")

    # Decisions.

    def decisions(self):
        for path, _ in self.take(r"decisions/.*\.yaml"):
            require(path not in self.before.tree, f"{path}: a decision is never changed")
            claimed = self.after.record(path)
            number = int(claimed["subject"].removeprefix("rfc-"))
            folder = self.before.opened().get(number)
            require(folder, f"{path}: about nothing")
            ballots = self.after.below(folder + "ballots/")
            matter = Matter(State({**self.before.tree, **ballots}), folder)
            at = instant(claimed["decided"])
            require(not matter.is_over() and at <= self.at, f"{path}: not the time for it")
            require(claimed["by"] in self.after.people, f"{path}: by nobody")
            value, outcome = decision_of(matter, at, claimed["by"], claimed.get("evidence"))
            require(claimed == value, f"{path}: {claimed} is not {value}")
            require(path == f"decisions/{written(at)[:10]}-{matter.id}.yaml", f"{path}: another name")
            self.enact(path, matter, outcome)
            self.left.discard(path)

    def enact(self, path, matter, outcome):
        record = matter.folder + "rfc.yaml"
        require(self.after.record(record) == {**matter.record, "status": STATUS[outcome]}, f"{path}: another status")
        self.left.discard(record)
        for effect in matter.record.get("effects", []) if outcome == "accepted" else []:
            target, source = effect["file"]["path"], matter.folder + effect["file"]["from"]
            old = self.before.tree.get(target)
            require(effect["file"]["was"] == ("none" if old is None else blob(old)), f"{path}: {target} has changed")
            require(self.after.tree.get(target) == self.before.tree[source], f"{path}: {target} is not what was decided")
            self.left.discard(target)
