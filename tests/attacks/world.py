"""The governance that every attack begins from, and what an attack can be held against.

examples/small with two more people: frank is on record and no more; gil was a maintainer until December. RFC 1 was
accepted; RFC 2 is open, ada says yes, bob objects. RFC 3 waits as a draft of ada's that would change the charter.
"""

import hashlib
import shutil
import zlib

from support.sandbox import SOURCE, Failed, Sandbox

FRANK = "kind: person\nhandle: frank\nname: Frank Fischer\nemails: [frank@example.org]\n"
GIL = (
    "kind: person\nhandle: gil\nname: Gil Garcia\nemails: [gil@example.org]\n"
    "ladder:\n  - {level: member, since: 2025-01-01}\n"
)
GONE = "  - {role: maintainer, person: gil, since: 2025-01-01, until: 2025-12-01, ended: resigned}\n"


class World(Sandbox):
    @classmethod
    def founded(cls, program):
        world = cls(program)
        shutil.copytree(SOURCE / "examples/small", world.path, ignore=shutil.ignore_patterns("README.md"))
        world.write("people/frank.yaml", FRANK)
        world.write("people/gil.yaml", GIL)
        world.write("groups/maintainers/roster.yaml", world.read("groups/maintainers/roster.yaml") + GONE)
        world.write("CONDUCT.md", "Be kind.\n")
        world.write("govctl.yaml", world.read("govctl.yaml") + "protected: [CONDUCT.md]\n")
        world.write("src/OWNERS", "approvers:\n  - ada\n")
        world.git("init", "--quiet")
        world.commit("Begin")
        world.draft("One")
        world.govctl("rfc", "open", "one")
        world.later(days=4)
        world.govctl("decide", "1", who="cy")
        world.draft("Two")
        world.govctl("rfc", "open", "two")
        world.later(hours=1)
        world.govctl("vote", "2", "yes")
        world.govctl("object", "2", "--name", "cost", "--reason", "who pays?", who="bob")
        world.draft("Three", effect=("charter", "small, working", "tiny, working"))
        world.later(hours=1)
        return world

    def copy(self):
        other = super().copy()
        other.__class__ = World
        return other

    def draft(self, title, effect=None, who="ada"):
        """An RFC of the maintainers', written up; its folder. The effect changes their charter."""
        folder = self.govctl("rfc", "new", title, "--group", "maintainers", "--no-edit", who=who).out.strip()
        page = self.path / folder / "README.md"
        page.write_text("".join("Said in full.\n" if line.startswith("TODO:") else line for line in page.open()))
        if effect:
            kind, old, new = effect
            charter = self.read("groups/maintainers/charter.yaml")
            self.write(f"{folder}/charter.yaml", charter.replace(old, new))
            record = self.read(f"{folder}/rfc.yaml")
            self.write(f"{folder}/rfc.yaml",
                       record + f"effects:\n  - {kind}: {{group: maintainers, from: charter.yaml}}\n")  # fmt: skip
        self.commit(f"Write up {title}", who=who)
        return folder

    # --- what hands make -----------------------------------------------------------------------------------------------

    def ballot(self, voter, vote="yes", matter="rfc-0002", cast=None, round=1, text=None):
        """The ballot file that govctl would write for this voter."""
        return (f"kind: ballot\nmatter: {matter}\nvoter: {voter}\nround: {round}\n"
                f"text: {text or self.text_of(matter)}\ncast: {cast or self.now}\nvote: {vote}\n")  # fmt: skip

    def folder_of(self, matter):
        number = matter.removeprefix("rfc-")
        return next(str(p.relative_to(self.path)) for p in (self.path / "rfcs").glob(f"{number}-*"))

    def text_of(self, matter):
        for line in self.read(self.folder_of(matter) + "/rfc.yaml").splitlines():
            if line.startswith("text: "):
                return line.removeprefix("text: ")
        raise Failed(f"{matter} has no text")

    def cast(self, voter, who=None, **how):
        """Puts a ballot into RFC 2 by hand and commits it as `who`."""
        matter = how.get("matter", "rfc-0002")
        self.write(f"{self.folder_of(matter)}/ballots/{voter}.yaml", self.ballot(voter, **how))
        return self.commit(who=who or voter)

    def edit(self, path, old, new, who="ada"):
        self.replace(path, old, new)
        return self.commit(who=who)

    def remove(self, path, who="ada"):
        self.git("rm", "-rq", path)
        return self.commit(who=who)

    def object(self, kind, body):
        """Stores an object as it is, past all of git's checks; its id."""
        content = body if isinstance(body, bytes) else body.encode()
        stored = f"{kind} {len(content)}\0".encode() + content
        name = hashlib.sha1(stored).hexdigest()
        file = self.path / ".git/objects" / name[:2] / name[2:]
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(zlib.compress(stored))
        return name

    def tree(self, *entries):
        """A tree object of (mode, name, id), in the order given."""
        return self.object("tree", b"".join(f"{m} {n}".encode() + b"\0" + bytes.fromhex(i) for m, n, i in entries))

    def entries(self, treeish="HEAD^{tree}"):
        lines = self.git("ls-tree", treeish).splitlines()
        return [(f[0].lstrip("0"), name, f[2]) for f, name in ((l.split("\t")[0].split(), l.split("\t")[1]) for l in lines)]

    def take_tree(self, tree, who="ada"):
        """Moves main to a commit of this tree."""
        commit = self.git("commit-tree", tree, "-p", "HEAD", "-m", "By hand", who=who)
        self.git("update-ref", "refs/heads/main", commit)
        return commit

    def merge(self, side, *options, who="ada"):
        self.git("merge", "--quiet", "--no-edit", "--no-ff", *options, side, who=who)

    def forget_audits(self):
        """As for one who never audited before: a history made over by a test is not one that was rewritten."""
        self.git("update-ref", "-d", "refs/govctl/verified")
        shutil.rmtree(self.home / ".local/state/govctl", ignore_errors=True)

    # --- what must come of it ------------------------------------------------------------------------------------------

    def audit(self, *range):
        return self.json("audit", *range)

    def must_pass(self):
        """The audit allows all of it: the control of most attacks."""
        report, done = self.audit()
        if done.returncode != 0:
            raise Failed(f"the audit does not allow it: {report or done.err}")

    def must_be_refused(self, *rules, plain_git=True, range=None):
        """The audit finds these, and no other, and plain git sees nothing wrong with the repository."""
        if plain_git:
            self.git("fsck", "--strict", "--no-dangling")
        report, done = self.audit(*[range] if range else [])
        found = sorted({v["rule"] for v in report["violations"]}) if report else [done.err]
        if done.returncode != 1 or found != sorted(rules):
            raise Failed(f"expected {sorted(rules)}, found {found}, exit {done.returncode}:\n{report}")

    def must_be_incomplete(self, because, *options):
        """The audit says that it could not see all of it, and why; it never says that all is well."""
        report, done = self.audit(*options)
        said = report["incomplete_because"] if report else done.err
        if done.returncode not in (1, 3) or (report and report["complete"]) or because not in said:
            raise Failed(f"exit {done.returncode}: {said or report}")

    def must_fail(self, code, message, *command, **options):
        """A command that ends with this code and says this."""
        done = self.govctl(*command, code=code, **options)
        if message not in done.err + done.out:
            raise Failed(f"{' '.join(command)} does not say \"{message}\":\n{done.err}{done.out}")


def ascii_only(text):
    """Whether nothing in it could move a cursor or turn text around."""
    return all(c == "\n" or (c.isprintable() and c not in "\u202e\u2066\u200f") for c in text)
