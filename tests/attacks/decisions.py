"""Proposals and their outcomes."""

from attacks.case import attack

ONE = "decisions/2026-01-09-rfc-0001.yaml"


@attack
def flipped_status(w):
    """a status flipped by hand"""
    w.edit("rfcs/0002-two/rfc.yaml", "status: open", "status: open # still")
    w.must_pass()
    w.edit("rfcs/0002-two/rfc.yaml", "status: open", "status: accepted")
    w.must_be_refused("GOV202")


@attack
def edited(w):
    """editing a decision"""
    w.must_pass()
    w.edit(ONE, "outcome: accepted", "outcome: rejected")
    w.must_be_refused("GOV206")


@attack
def commented(w):
    """a comment in a decision, where readers might take it for its words"""
    w.edit("govctl.yaml", "name: Kettle", "name: Kettle # a remark")
    w.must_pass()
    w.edit(ONE, "outcome: accepted", "outcome: accepted # under protest")
    w.must_be_refused("GOV206")


@attack
def removed(w):
    """removing a decision"""
    w.must_pass()
    w.remove(ONE)
    w.must_be_refused("GOV206")


@attack
def made_up(w):
    """a made-up decision"""
    w.must_pass()
    w.write("decisions/2026-01-09-rfc-0002.yaml", w.read(ONE).replace("rfc-0001", "rfc-0002"))
    w.commit()
    w.must_be_refused("GOV207")


def decided(w):
    """RFC 2 decided in time, not yet committed on main; the folder of its files on a branch `honest`."""
    w.govctl("resolve", "2", "--name", "cost", who="bob")
    w.later(days=4)
    w.git("checkout", "-q", "-b", "honest")
    w.govctl("decide", "2")
    w.must_pass()
    w.git("checkout", "-q", "main")
    w.git("checkout", "-q", "honest", "--", ".")


@attack
def other_electorate(w):
    """a decision with one voter less in its electorate"""
    decided(w)
    path = next((w.path / "decisions").glob("*-rfc-0002.yaml")).relative_to(w.path)
    w.edit(path, "eve", "eva")
    w.must_be_refused("GOV207", "GOV202")


@attack
def other_tally(w):
    """a decision with another tally"""
    decided(w)
    path = next((w.path / "decisions").glob("*-rfc-0002.yaml")).relative_to(w.path)
    w.edit(path, "yes: 1", "yes: 2")
    w.must_be_refused("GOV207", "GOV202")


@attack
def too_early(w):
    """a decision before its time: the same files a day after the opening"""
    w.govctl("resolve", "2", "--name", "cost", who="bob")
    opened = w.now
    w.later(days=4)
    w.git("checkout", "-q", "-b", "honest")
    w.govctl("decide", "2")
    w.must_pass()
    w.git("checkout", "-q", "main")
    w.git("checkout", "-q", "honest", "--", ".")
    w.now = opened
    w.later(hours=1)
    w.commit()
    w.must_be_refused("GOV202", "GOV207")


@attack
def with_more(w):
    """a decision that carries more than its effects"""
    decided(w)
    w.git("checkout", "-q", "-b", "alone")
    w.commit()
    w.must_pass()
    w.git("checkout", "-q", "main")
    w.git("checkout", "-q", "honest", "--", ".")
    w.edit("groups/maintainers/charter.yaml", "seats: 5+", "seats: 3")
    w.must_be_refused("GOV201")


def accepted_charter(w):
    """RFC 3, which changes the charter, opened and voted for; the time has come to decide it."""
    w.govctl("rfc", "open", "three")
    w.later(hours=1)
    for who in ("ada", "bob", "cy", "dan"):
        w.govctl("vote", "3", "yes", who=who)
    w.later(days=4)


@attack
def without_effects(w):
    """a decision without what it puts in force"""
    accepted_charter(w)
    w.git("checkout", "-q", "-b", "honest")
    w.govctl("decide", "3")
    w.must_pass()
    w.git("checkout", "-q", "main")
    w.git("checkout", "-q", "honest", "--", "decisions", "rfcs")
    w.commit()
    w.must_be_refused("GOV201")


@attack
def other_file(w):
    """a decision whose file, which nothing else protects, is not what was voted on"""
    folder = w.draft("Guide")
    w.write(f"{folder}/guide.md", "As agreed.\n")
    w.write(f"{folder}/rfc.yaml", w.read(f"{folder}/rfc.yaml") + "effects:\n  - file: {path: src/guide.md, from: guide.md}\n")
    w.commit()
    w.govctl("rfc", "open", "guide")
    w.later(days=4)
    w.git("checkout", "-q", "-b", "honest")
    w.govctl("decide", "3")
    w.must_pass()
    w.git("checkout", "-q", "main")
    w.git("checkout", "-q", "honest", "--", ".")
    w.edit("src/guide.md", "agreed", "I like")
    w.must_be_refused("GOV201")


@attack
def other_effects(w):
    """a decision that puts something else in force than what was voted on"""
    accepted_charter(w)
    w.git("checkout", "-q", "-b", "honest")
    w.govctl("decide", "3")
    w.must_pass()
    w.git("checkout", "-q", "main")
    w.git("checkout", "-q", "honest", "--", ".")
    w.edit("groups/maintainers/charter.yaml", "tiny, working", "huge, working")
    w.must_be_refused("GOV201")


@attack
def charter_and_use(w):
    """a charter changed with the decision that uses it"""
    decided(w)
    w.replace("govctl.yaml", "lasts: 72h", "lasts: 1h")
    w.edit("groups/maintainers/charter.yaml", "seats: 5+", "seats: any")
    w.must_be_refused("GOV201")


@attack
def rollback(w):
    """charter rollback: reverting the commit that put it in force"""
    accepted_charter(w)
    w.govctl("decide", "3")
    w.must_pass()
    w.git("checkout", "-q", "HEAD~1", "--", "groups")
    w.commit("Revert")
    w.must_be_refused("GOV201")


@attack
def reverted(w):
    """git revert of a decision and all it did"""
    w.git("revert", "--no-edit", "HEAD")
    w.must_pass()
    accepted_charter_again = w.git("log", "--format=%H", "-1", "--", ONE)
    w.git("revert", "--no-edit", accepted_charter_again)
    w.must_be_refused("GOV202", "GOV206")


@attack
def edited_text(w):
    """editing the text of an open matter under its voters"""
    w.write("rfcs/0002-two/README.md", w.read("rfcs/0002-two/README.md") + "\nMore.\n")
    w.govctl("rfc", "revise", "2")
    w.must_pass()
    w.write("rfcs/0002-two/README.md", w.read("rfcs/0002-two/README.md") + "\nAnd more.\n")
    w.commit()
    w.must_be_refused("GOV202")


@attack
def edited_effect(w):
    """editing what an open matter would put in force"""
    w.govctl("rfc", "open", "three")
    w.must_pass()
    w.edit("rfcs/0003-three/charter.yaml", "tiny, working", "huge, working")
    w.must_be_refused("GOV202")


@attack
def other_rule(w):
    """opening a matter under another charter than the one in force"""
    w.git("checkout", "-q", "-b", "honest")
    w.govctl("rfc", "open", "three")
    w.must_pass()
    w.git("checkout", "-q", "main")
    w.git("rm", "-rq", "rfcs/draft-three")
    w.git("checkout", "-q", "honest", "--", ".")
    text = w.read("rfcs/0003-three/rfc.yaml")
    blob = w.git("hash-object", "-w", "--stdin", stdin=w.read("groups/website/charter.yaml"))
    start = text.index("charter: ", text.index("rule:")) + len("charter: ")
    w.write("rfcs/0003-three/rfc.yaml", text[:start] + blob + text[start + 40 :])
    w.commit()
    w.must_be_refused("GOV202")


@attack
def opened_for_another(w):
    """opening in another's name"""
    w.git("checkout", "-q", "-b", "honest")
    w.govctl("rfc", "open", "three")
    w.must_pass()
    w.git("checkout", "-q", "main")
    w.git("rm", "-rq", "rfcs/draft-three")
    w.git("checkout", "-q", "honest", "--", ".")
    w.commit(who="cy")
    w.must_be_refused("GOV209")


@attack
def backdated_opening(w):
    """an opening dated back together with its commit, so that its time is over sooner"""
    w.git("checkout", "-q", "-b", "honest")
    w.govctl("rfc", "open", "three")
    opened = w.now
    w.must_pass()
    w.git("checkout", "-q", "main")
    w.git("rm", "-rq", "rfcs/draft-three")
    w.git("checkout", "-q", "honest", "--", ".")
    w.now = "2026-01-06T09:00:00Z"
    text = w.read("rfcs/0003-three/rfc.yaml")
    w.write("rfcs/0003-three/rfc.yaml", text.replace(opened, w.now))
    w.commit()
    w.must_be_refused("GOV214")


@attack
def altered_history(w):
    """altering a proposal's history"""
    w.govctl("rfc", "withdraw", "2")
    w.must_pass()
    w.edit("rfcs/0002-two/rfc.yaml", "act: withdrawn", "act: postponed")
    w.must_be_refused("GOV202")


@attack
def anothers_draft(w):
    """editing another's draft, or opening it with a text of one's own"""
    w.write("rfcs/draft-three/README.md", w.read("rfcs/draft-three/README.md") + "\nMore.\n")
    w.commit()
    w.must_pass()
    w.write("rfcs/draft-three/README.md", w.read("rfcs/draft-three/README.md") + "\nOr less.\n")
    w.commit(who="cy")
    w.must_be_refused("GOV208")
