"""The history itself."""

import shutil
import subprocess

from attacks.case import attack
from attacks.world import Failed

BOB = "rfcs/0002-two/ballots/bob.yaml"


def sides(w):
    """cy votes on a branch `side`, dan on main; nothing has been merged."""
    w.git("checkout", "-q", "-b", "side")
    w.govctl("vote", "2", "yes", who="cy")
    w.git("checkout", "-q", "main")
    w.govctl("vote", "2", "yes", who="dan")
    w.git("checkout", "-q", "-b", "honest")
    w.merge("side")
    w.must_pass()
    w.git("checkout", "-q", "main")


@attack
def merge_ours(w):
    """a merge that keeps only one side (-s ours)"""
    sides(w)
    w.merge("side", "-s", "ours")
    w.must_be_refused("GOV212")


@attack
def evil_merge(w):
    """an evil merge: another's ballot worded otherwise on the way"""
    sides(w)
    w.git("merge", "-q", "--no-commit", "--no-ff", "side")
    w.replace("rfcs/0002-two/ballots/cy.yaml", "vote: yes", "vote: no")
    w.commit("Merge")
    w.must_be_refused("GOV203", "GOV212")


@attack
def evil_merge_with_more(w):
    """an evil merge: something that is on neither side"""
    sides(w)
    w.git("merge", "-q", "--no-commit", "--no-ff", "side")
    w.replace("govctl.yaml", "4/5", "1/5")
    w.commit("Merge")
    w.must_be_refused("GOV201")


@attack
def octopus(w):
    """an octopus that drops what its third parent says"""
    sides(w)
    w.git("checkout", "-q", "-b", "third", "main~1")
    w.govctl("vote", "2", "no", who="eve")
    w.git("checkout", "-q", "honest")
    w.git("reset", "-q", "--hard", "main")
    w.git("merge", "-q", "--no-edit", "side", "third")
    w.must_pass()
    w.git("checkout", "-q", "main")
    tree = w.git("merge-tree", "--write-tree", "main", "side")
    commit = w.git("commit-tree", tree, "-p", "main", "-p", "side", "-p", "third", "-m", "Merge")
    w.git("reset", "-q", "--hard", commit)
    w.must_be_refused("GOV212")


@attack
def foxtrot(w):
    """a foxtrot merge: one's own branch becomes the first parent, the canonical one a side"""
    sides(w)
    w.git("checkout", "-q", "-b", "mine", "main~1")
    w.edit("govctl.yaml", "4/5", "1/5", who="mallory")
    w.merge("main", who="mallory")
    w.git("branch", "-qf", "main", "mine")
    w.git("checkout", "-q", "main")
    w.must_be_refused("GOV201", "GOV223")


@attack
def other_beginning(w):
    """another beginning: an orphan founding that takes the true history in as a side"""
    w.must_pass()
    w.git("checkout", "-q", "--orphan", "mine")
    w.replace("govctl.yaml", "4/5", "1/5")
    w.commit("Begin", who="mallory")
    w.git("merge", "-q", "--no-edit", "--allow-unrelated-histories", "-X", "ours", "main", who="mallory")
    w.git("branch", "-qf", "main", "mine")
    w.git("checkout", "-q", "main")
    w.must_be_refused("GOV219", "GOV223")


@attack
def foreign_history(w):
    """merging the history of another project, with decisions of its own"""
    w.must_pass()
    main = w.git("rev-parse", "main")
    w.git("checkout", "-q", "--orphan", "mine")
    w.git("rm", "-rqf", ".")
    w.write("groups/mine/charter.yaml", "kind: charter\nid: mine\nname: Mine\ntype: sig\nmission: x\nroles: {}\ndecisions: {}\n")
    w.commit("Elsewhere", who="mallory")
    w.git("checkout", "-q", "main")
    w.git("merge", "-q", "--no-edit", "--allow-unrelated-histories", "mine", who="mallory")
    if w.git("rev-parse", "HEAD^1") != main:
        raise Failed("the merge did not come about")
    w.must_be_refused("GOV201")


@attack
def shallow(w):
    """a shallow clone, which cannot show its beginning"""
    w.must_pass()
    w.git("clone", "-q", "--depth", "2", f"file://{w.path}", w.folder / "clone")
    w.path = w.folder / "clone"
    w.must_be_incomplete("shallow")


@attack
def partial(w):
    """a partial clone, in which files are missing"""
    w.must_pass()
    w.git("config", "uploadpack.allowFilter", "true")
    w.git("clone", "-q", "--filter=blob:none", "--no-checkout", f"file://{w.path}", w.folder / "clone")
    shutil.move(w.path, w.folder / "away")
    w.path = w.folder / "clone"
    w.must_be_incomplete("")


@attack
def missing_object(w):
    """a history with a hole: a commit's object is gone"""
    w.must_pass()
    commit = w.git("rev-parse", "HEAD~4")
    for pack in (w.path / ".git/objects/pack").glob("*.pack"):
        away = w.folder / pack.name
        shutil.move(pack, away)
        with away.open("rb") as objects:
            subprocess.run(["git", "unpack-objects", "-q"], cwd=w.path, stdin=objects, check=True)
    (w.path / ".git/objects" / commit[:2] / commit[2:]).unlink()
    w.must_be_incomplete(commit, "--full")


@attack
def replaced(w):
    """replace refs: git shows other commits than there are"""
    w.must_pass()
    original = w.git("rev-parse", "HEAD")
    other = w.git("commit-tree", "HEAD^{tree}", "-p", "HEAD~3", "-m", "As it never was")
    w.git("replace", original, other)
    w.must_be_incomplete("replace")


@attack
def grafted(w):
    """grafts: git takes other parents for the true ones"""
    w.must_pass()
    (w.path / ".git/info").mkdir(exist_ok=True)
    (w.path / ".git/info/grafts").write_text(w.git("rev-parse", "HEAD") + " " + w.git("rev-parse", "HEAD~3") + "\n")
    w.must_be_incomplete("grafts")


@attack
def clock_backwards(w):
    """a commit dated before its parent"""
    w.write("notes.txt", "now\n")
    w.commit()
    w.must_pass()
    w.write("notes.txt", "then\n")
    w.commit(at="2026-01-05T00:00:00Z")
    w.must_be_refused("GOV214")
    w.must_fail(5, "", "vote", "2", "yes", who="cy", at="2026-01-04T00:00:00Z")


@attack
def two_authors(w):
    """a commit with two author lines"""
    w.must_pass()
    body = w.git("cat-file", "commit", w.git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "x")) + "\n"
    author = next(line for line in body.splitlines() if line.startswith("author"))
    commit = w.object("commit", body.replace(author, author + "\n" + author.replace("ada", "bob").replace("Ada", "Bob")))
    w.git("update-ref", "refs/heads/main", commit)
    w.must_be_refused("GOV215", plain_git=False)


@attack
def two_signatures(w):
    """a commit with two signatures"""
    w.must_pass()
    body = w.git("cat-file", "commit", w.git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "x")) + "\n"
    signature = "gpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END SSH SIGNATURE-----\n"
    commit = w.object("commit", body.replace("\n\n", "\n" + signature + signature + "\n", 1))
    w.git("update-ref", "refs/heads/main", commit)
    w.must_be_refused("GOV215", plain_git=False)


@attack
def twice_in_tree(w):
    """duplicate tree entries: one name, two files"""
    w.must_pass()
    entries = w.entries()
    other = w.object("blob", w.read("govctl.yaml").replace("4/5", "1/5"))
    entries.insert(next(i for i, e in enumerate(entries) if e[1] == "govctl.yaml"), ("100644", "govctl.yaml", other))
    w.take_tree(w.tree(*entries))
    w.must_be_refused("GOV215", plain_git=False)


@attack
def unsorted_tree(w):
    """a tree out of order, in which a name may be found or not"""
    w.must_pass()
    w.take_tree(w.tree(*reversed(w.entries())))
    w.must_be_refused("GOV215", plain_git=False)


@attack
def dot_dot_in_tree(w):
    """a tree with an entry that is called `..`"""
    w.must_pass()
    w.take_tree(w.tree(("40000", "..", w.git("rev-parse", "HEAD:people")), *w.entries()))
    w.must_be_refused("GOV215", plain_git=False)
