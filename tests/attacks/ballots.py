"""Votes and objections."""

from attacks.case import attack


@attack
def in_anothers_name(w):
    """a ballot in another's name"""
    w.cast("cy")
    w.must_pass()
    w.cast("dan", who="cy")
    w.must_be_refused("GOV203")


@attack
def of_nobody(w):
    """a ballot by somebody who is not on record"""
    w.cast("cy")
    w.must_pass()
    w.cast("mallory")
    w.must_be_refused("GOV203")


@attack
def of_no_member(w):
    """the ballot of one who is no member"""
    w.must_fail(4, "may not vote", "vote", "2", "yes", who="frank")
    w.cast("cy")
    w.must_pass()
    w.cast("frank")
    w.must_be_refused("GOV205")


@attack
def of_former_member(w):
    """the ballot of a former member"""
    w.must_fail(4, "may not vote", "vote", "2", "yes", who="gil")
    w.cast("cy")
    w.must_pass()
    w.cast("gil")
    w.must_be_refused("GOV205")


@attack
def changed_by_another(w):
    """changing another's ballot"""
    w.govctl("vote", "2", "no")
    w.must_pass()
    w.edit("rfcs/0002-two/ballots/ada.yaml", "vote: no", "vote: abstain", who="cy")
    w.must_be_refused("GOV203")


@attack
def removed(w):
    """removing a ballot, one's own too"""
    w.govctl("vote", "2", "no")
    w.must_pass()
    w.remove("rfcs/0002-two/ballots/ada.yaml")
    w.must_be_refused("GOV204")


@attack
def rewritten(w):
    """rewriting one's vote as if it had always been so"""
    w.git("checkout", "-q", "-b", "honest")
    w.govctl("vote", "2", "no")
    w.must_pass()
    w.git("checkout", "-q", "main")
    w.edit("rfcs/0002-two/ballots/ada.yaml", "vote: yes", "vote: no")
    w.must_be_refused("GOV204")


@attack
def forgotten(w):
    """shortening `earlier`, so that a past stage is judged otherwise"""
    w.govctl("vote", "2", "no")
    w.must_pass()
    kept = [line for line in w.read("rfcs/0002-two/ballots/ada.yaml").splitlines()
            if not line.startswith(("earlier:", "  - {cast"))]  # fmt: skip
    w.write("rfcs/0002-two/ballots/ada.yaml", "\n".join(kept) + "\n")
    w.commit()
    w.must_be_refused("GOV204")


@attack
def objection_deleted(w):
    """deleting an objection"""
    w.govctl("resolve", "2", "--name", "cost", who="bob")
    w.must_pass()
    w.git("reset", "-q", "--hard", "HEAD~1")
    text = w.read("rfcs/0002-two/ballots/bob.yaml")
    w.write("rfcs/0002-two/ballots/bob.yaml", text[: text.index("objections:")])
    w.commit(who="bob")
    w.must_be_refused("GOV204", "GOV223")


@attack
def objection_altered(w):
    """wording an objection otherwise"""
    w.govctl("object", "2", "--name", "time", "--reason", "too soon", who="bob")
    w.must_pass()
    w.edit("rfcs/0002-two/ballots/bob.yaml", "who pays?", "no matter", who="bob")
    w.must_be_refused("GOV204")


@attack
def objection_resolved_by_another(w):
    """resolving another's objection"""
    w.git("checkout", "-q", "-b", "honest")
    w.govctl("resolve", "2", "--name", "cost", who="bob")
    w.must_pass()
    resolved = w.read("rfcs/0002-two/ballots/bob.yaml")
    w.git("checkout", "-q", "main")
    w.write("rfcs/0002-two/ballots/bob.yaml", resolved)
    w.commit(who="ada")
    w.must_be_refused("GOV203")


@attack
def replayed_in_another_matter(w):
    """replay: a ballot copied into another matter"""
    w.govctl("vote", "2", "yes", who="cy")
    w.draft("Four")
    w.govctl("rfc", "open", "four")
    w.must_pass()
    w.write("rfcs/0003-four/ballots/cy.yaml", w.read("rfcs/0002-two/ballots/cy.yaml"))
    w.commit(who="cy")
    w.must_be_refused("GOV204")


@attack
def replayed_text(w):
    """replay: a vote of another matter's text"""
    w.draft("Four")
    w.govctl("rfc", "open", "four")
    w.must_pass()
    w.cast("cy", matter="rfc-0003", text=w.text_of("rfc-0002"))
    w.must_be_refused("GOV205")


@attack
def replayed_in_another_round(w):
    """replay: a ballot of an earlier round in a later one"""
    w.govctl("rfc", "postpone", "2")
    w.later(days=1)
    w.govctl("rfc", "reopen", "2")
    w.later(hours=1)
    w.govctl("vote", "2", "yes", who="cy")
    w.must_pass()
    w.cast("dan", round=1)
    w.must_be_refused("GOV205")


@attack
def after_the_close(w):
    """a ballot after the close"""
    w.cast("cy")
    w.must_pass()
    w.must_fail(4, "", "vote", "1", "no", who="dan")
    w.cast("dan", vote="no", matter="rfc-0001")
    w.must_be_refused("GOV205")


@attack
def backdated(w):
    """a ballot after the close, backdated into the time before it, with the decision made already"""
    w.cast("cy")
    w.must_pass()
    w.cast("dan", vote="no", matter="rfc-0001", cast="2026-01-06T09:00:00Z")
    w.must_be_refused("GOV205")


@attack
def backdated_commit(w):
    """a ballot backdated together with its commit"""
    w.cast("cy")
    w.must_pass()
    w.now = "2026-01-09T09:30:00Z"
    w.cast("dan")
    w.must_be_refused("GOV214")


@attack
def postdated(w):
    """a ballot from the future, to be the last word"""
    w.cast("cy")
    w.must_pass()
    w.cast("dan", cast="2026-01-11T00:00:00Z")
    w.must_be_refused("GOV213")


@attack
def before_the_opening(w):
    """a ballot from before the matter was opened"""
    w.cast("cy")
    w.must_pass()
    w.cast("dan", cast="2026-01-05T10:00:00Z")
    w.must_be_refused("GOV205")


@attack
def squashed(w):
    """squashing others' ballots into a commit of one's own"""
    w.git("checkout", "-q", "-b", "side")
    w.govctl("vote", "2", "yes", who="cy")
    w.git("checkout", "-q", "main")
    w.write("notes.txt", "work\n")
    w.commit()
    w.git("checkout", "-q", "-b", "squashed")
    w.merge("side")
    w.must_pass()
    w.git("checkout", "-q", "main")
    w.git("merge", "--quiet", "--squash", "side")
    w.git("commit", "-qm", "Squash")
    w.git("branch", "-qD", "squashed")
    w.must_be_refused("GOV203")
