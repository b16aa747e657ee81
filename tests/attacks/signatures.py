"""What is signed."""

import shutil

from attacks.case import attack
from support.sandbox import SOURCE

BALLOT = "rfcs/0002-two/ballots/{}.yaml"


def take_key(w, name):
    """Git signs with this key from now on."""
    file = w.folder / name
    shutil.copy(SOURCE / "tests/data/sign" / name, file)
    file.chmod(0o600)
    shutil.copy(SOURCE / "tests/data/sign" / f"{name}.pub", w.folder / f"{name}.pub")
    w.git("config", "gpg.format", "ssh")
    w.git("config", "user.signingkey", str(file))


def signed_vote(w, who="dan", vote="yes", key="ada"):
    """A ballot of this person's in RFC 2, signed by a key on their record; the file."""
    take_key(w, key)
    if "keys:" not in w.read(f"people/{who}.yaml"):
        w.govctl("person", "key", "add", who=who)
    w.govctl("vote", "2", vote, who=who)
    return BALLOT.format(who)


@attack
def altered_after_signing(w):
    """a signed ballot that was altered afterwards, in a commit that says it is its voter's"""
    file = signed_vote(w)
    with w.copy() as honest:
        honest.must_pass()
    w.git("reset", "-q", "--soft", "HEAD~1")
    w.replace(file, "vote: yes", "vote: no")
    w.commit(who="dan")
    w.must_be_refused("GOV230")


@attack
def squashed_by_another(w):
    """a ballot without its signature, in somebody else's squash; with it, the squash is allowed"""
    file = signed_vote(w)
    w.git("reset", "-q", "--soft", "HEAD~1")
    w.commit("Squash", who="bob")
    with w.copy() as honest:
        honest.must_pass()
    text = w.read(file)
    w.git("reset", "-q", "--soft", "HEAD~1")
    w.write(file, text[: text.index("under:")])
    w.commit("Squash", who="bob")
    w.must_be_refused("GOV203")


@attack
def replayed_in_matter(w):
    """replay in another matter: a signed ballot, made to fit there"""
    file = signed_vote(w)
    w.must_pass()
    w.govctl("rfc", "open", "three")
    there = w.folder_of("rfc-0003")
    text = w.read(file).replace("rfc-0002", "rfc-0003").replace(w.text_of("rfc-0002"), w.text_of("rfc-0003"))
    w.write(f"{there}/ballots/dan.yaml", text.replace("cast: ", f"cast: {w.now} # "))
    w.commit(who="dan")
    w.must_be_refused("GOV230")


@attack
def replayed_in_repository(w):
    """replay in another repository, which has all of this one's records"""
    file = signed_vote(w)
    w.must_pass()
    ballot = w.read(file)
    w.git("rm", "-q", file)
    tree = w.git("write-tree").strip()
    other = w.git("commit-tree", tree, "-m", "Begin anew").strip()
    w.git("reset", "-q", "--hard", other)
    w.forget_audits()
    w.must_pass()
    w.write(file, ballot)
    w.commit(who="dan")
    w.must_be_refused("GOV230")


@attack
def rolled_back(w):
    """replay of one's own: an earlier signed ballot put back over a later one"""
    file = signed_vote(w)
    early = w.read(file)
    w.later(hours=1)
    w.govctl("vote", "2", "no", who="dan")
    w.must_pass()
    w.write(file, early)
    w.commit(who="bob")
    w.must_be_refused("GOV204")


@attack
def signed_by_another(w):
    """a ballot signed by a key of somebody else's"""
    file = signed_vote(w, who="bob", vote="no", key="bob")
    take_key(w, "ada")
    w.govctl("person", "key", "add", who="dan")
    w.must_pass()
    text = w.read(file)
    start = text.index("under:")
    w.write(BALLOT.format("dan"), w.ballot("dan") + text[start:])
    w.commit(who="dan")
    w.must_be_refused("GOV230")


@attack
def key_given_up(w):
    """a ballot signed by a key that was given up, brought in by a squash"""
    file = signed_vote(w)
    ballot = w.read(file)
    w.git("reset", "-q", "--hard", "HEAD~1")
    w.govctl("person", "key", "revoke", "ada@example.org", "--compromised", who="dan")
    w.must_pass()
    w.write(file, ballot)
    w.commit("Squash", who="bob")
    w.must_be_refused("GOV232")
