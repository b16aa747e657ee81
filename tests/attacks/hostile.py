"""Repositories that mean harm to whoever opens them."""

import os
import stat

from attacks.case import attack
from attacks.world import Failed, ascii_only

READS = (["status"], ["list", "rfc"], ["show", "2"], ["log"], ["validate"], ["audit"], ["why", "govctl.yaml"])


def read_all(w, codes=(0,), **options):
    """What all reading commands say; they must end with one of these codes."""
    said = ""
    for command in READS:
        done = w.govctl(*command, code=None, **options)
        if done.returncode not in codes:
            raise Failed(f"{' '.join(command)}: exit {done.returncode}\n{done.out}{done.err}")
        said += done.out + done.err
    return said


@attack
def linked_record(w):
    """a symlink where a record should be"""
    w.must_pass()
    w.write("notes.yaml", w.read("people/frank.yaml") + "ladder:\n  - {level: member, since: 2025-01-01}\n")
    (w.path / "people/frank.yaml").unlink()
    os.symlink("../notes.yaml", w.path / "people/frank.yaml")
    w.commit(who="frank")
    w.must_be_refused("GOV210")


@attack
def linked_charter(w):
    """a symlink where a charter should be"""
    w.must_pass()
    (w.path / "groups/website/charter.yaml").unlink()
    os.symlink("../../notes.yaml", w.path / "groups/website/charter.yaml")
    w.commit(who="frank")
    w.must_be_refused("GOV201")


@attack
def linked_folder(w):
    """a symlink where a folder of records should be"""
    w.must_pass()
    w.git("mv", "groups", "other")
    os.symlink("other", w.path / "groups")
    w.commit(who="frank")
    w.must_be_refused("GOV201")


@attack
def submodule(w):
    """a submodule where a record should be"""
    w.must_pass()
    w.git("rm", "-rq", "people/frank.yaml")
    w.git("update-index", "--add", "--cacheinfo", f"160000,{w.git('rev-parse', 'HEAD')},people/frank.yaml")
    w.git("commit", "-qm", "Submodule", who="frank")
    w.must_be_refused("GOV210", plain_git=False)


@attack
def way_out(w):
    """a symlink in the work tree that leads an act's files out of the repository"""
    outside = w.folder / "outside"
    outside.mkdir()
    w.govctl("vote", "2", "yes", who="cy")
    w.git("rm", "-rqf", "--cached", "decisions")
    os.rename(w.path / "rfcs/0002-two/ballots", w.folder / "kept")
    os.symlink(outside, w.path / "rfcs/0002-two/ballots")
    w.govctl("vote", "2", "yes", who="dan", code=None)
    if any(outside.iterdir()):
        raise Failed("something was written outside")


@attack
def newline_in_names(w):
    """names of files with newlines and terminal escapes"""
    w.must_pass()
    w.write("notes\n\x1b[31mred.txt", "free\n")
    w.write("people/\x1b[2J.yaml", "kind: person\n")
    w.write("rfcs/0002-two/ballots/a\nb.yaml", w.ballot("cy"))
    w.commit(who="mallory")
    report, done = w.audit()
    text = read_all(w, codes=(0, 1))
    if done.returncode != 1 or not ascii_only(text):
        raise Failed(repr(text))


@attack
def terminal_escapes(w):
    """terminal escapes and reversed text in titles, names, reasons and commit messages"""
    hostile = "\x1b]0;owned\x07\x1b[2J \u202egnol\u202c \x9b31m\r\b"
    w.git("commit", "-q", "--allow-empty", "-m", "A " + hostile.replace("\r", ""), who="mallory")
    w.must_pass()
    w.govctl("vote", "2", "yes", "--reason", hostile, who="cy", code=None)
    w.write("rfcs/draft-ugly/rfc.yaml", 'kind: rfc\ntitle: "x \\x1b[2J\\u202e\\r"\ntype: technical\ngroup: maintainers\nauthors: [cy]\nstatus: draft\n')
    w.write("rfcs/draft-ugly/README.md", hostile)
    w.commit(who="cy")
    text = read_all(w, codes=(0, 1)) + w.govctl("show", "ugly", code=None).out
    if not ascii_only(text):
        raise Failed(repr([c for c in text if not ascii_only(c)]))


@attack
def huge_blob(w):
    """a record of a hundred megabytes"""
    w.must_pass()
    big = w.path / "people/frank.yaml"
    big.write_bytes(b"kind: person\n#" + b"x" * 100_000_000)
    w.commit(who="frank")
    limited(w, "audit", 384)
    w.must_be_refused("GOV210", plain_git=False)


def limited(w, command, megabytes):
    """A command must end by itself with no more memory than this."""
    w.run("bash", "-c", f"ulimit -v {megabytes * 1024}; exec {w.program} {command}", code=1)


@attack
def deep_record(w):
    """a record nested ten thousand deep"""
    w.must_pass()
    w.write("people/frank.yaml", "kind: person\nx: " + "[" * 10_000 + "]" * 10_000 + "\n")
    w.commit(who="frank")
    w.must_be_refused("GOV210")


@attack
def laughing_aliases(w):
    """a record of YAML aliases that would grow without end"""
    w.must_pass()
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40)]
    w.write("people/frank.yaml", "\n".join(lines) + "\n")
    w.commit(who="frank")
    w.must_be_refused("GOV210")


@attack
def two_keys(w):
    """duplicate YAML keys: which of the two counts?"""
    w.must_pass()
    w.edit("people/frank.yaml", "name: Frank Fischer", "name: Frank Fischer\nname: Ada Arnold", who="frank")
    w.must_be_refused("GOV210")


@attack
def no_text(w):
    """a record that is not UTF-8, or holds a NUL"""
    w.must_pass()
    w.write("people/frank.yaml", w.read("people/frank.yaml").encode() + b"# \xff\xfe\x00\n")
    w.commit(who="frank")
    w.must_be_refused("GOV210")


@attack
def huge_tree(w):
    """a tree of 100,001 records"""
    w.must_pass()
    blob = w.git("rev-parse", "HEAD:people/frank.yaml")
    people = w.tree(*(("100644", f"p{i:06}.yaml", blob) for i in range(100_001)))
    entries = [(mode, name, people if name == "people" else id) for mode, name, id in w.entries()]
    w.take_tree(w.tree(*entries))
    w.must_be_incomplete("100,000 records")


def trapped(w):
    """A program that leaves a mark when it is run."""
    mark = w.folder / "mark"
    trap = w.folder / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    trap.chmod(trap.stat().st_mode | stat.S_IXUSR)
    return trap, mark


@attack
def config_that_executes(w):
    """configuration that executes: fsmonitor, pager, gpg, textconv, filters, hooksPath, editor, ssh"""
    trap, mark = trapped(w)
    for key in ("core.fsmonitor", "core.pager", "pager.log", "pager.audit", "core.editor", "gpg.program", "gpg.ssh.program",
                "diff.trap.textconv", "diff.trap.command", "diff.external", "filter.trap.clean", "filter.trap.smudge",
                "filter.trap.process", "core.sshCommand", "credential.helper", "core.askPass", "sequence.editor",
                "interactive.diffFilter", "merge.trap.driver", "gpg.ssh.defaultKeyCommand", "uploadpack.packObjectsHook"):  # fmt: skip
        w.git("config", key, str(trap))
    hooks = w.folder / "hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman"):
        (hooks / hook).symlink_to(trap)
    w.git("config", "core.hooksPath", str(hooks))
    w.write(".git/info/attributes", "* diff=trap filter=trap merge=trap\n")
    read_all(w)
    w.govctl("status", "--color", "always")
    if mark.exists():
        raise Failed("a reading command ran what the configuration says")
    w.git("status", "--short", code=None)
    if not mark.exists():
        raise Failed("plain git did not run it either: this test shows nothing")


@attack
def work_tree_elsewhere(w):
    """core.worktree that points at somebody else's files"""
    outside = w.folder / "outside"
    outside.mkdir()
    w.govctl("vote", "2", "yes", who="cy")
    w.git("config", "core.worktree", str(outside))
    w.must_fail(3, "lies elsewhere", "vote", "2", "yes", who="dan")
    if any(outside.iterdir()):
        raise Failed("something was written outside")


@attack
def pipe_as_config(w):
    """a pipe where a file of git's should be, which would be waited on for ever"""
    w.govctl("status")
    (w.path / ".git/packed-refs").unlink(missing_ok=True)
    os.mkfifo(w.path / ".git/packed-refs")
    w.must_fail(3, "is not a file", "status")


@attack
def pipe_as_record(w):
    """a pipe where a record should be in the work tree"""
    w.govctl("validate")
    (w.path / "people/frank.yaml").unlink()
    os.mkfifo(w.path / "people/frank.yaml")
    w.govctl("validate", code=None)


@attack
def hostile_ref_names(w):
    """arguments that look like options or leave the repository"""
    w.govctl("audit", "main")
    for argument in ("--upload-pack=touch x", "-", "../../etc/passwd", "main..", "\x1b[2J", "HEAD@{x}", "a" * 100_000):
        done = w.govctl("audit", "--", argument, code=None)
        if done.returncode not in (1, 2, 3) or not ascii_only(done.out + done.err):
            raise Failed(f"{argument[:50]!r}: exit {done.returncode}\n{done.err!r}")
    for argument in ("../../etc/passwd", "rfcs/../../x", "/etc/passwd", "x\ny"):
        done = w.govctl("show", argument, code=None)
        if done.returncode not in (1, 2) or "root:" in done.out:
            raise Failed(f"{argument!r}: exit {done.returncode}\n{done.out}")
