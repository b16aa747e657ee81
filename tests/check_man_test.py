#!/usr/bin/env -S python3 -B
"""check_man.py on a small program and its pages: what differs has to be found."""

import pathlib
import tempfile
import unittest

from check_man import Checker

PROGRAM = """#!/bin/sh
case "$*" in
--help) cat <<'X'
usage: govctl [-C DIR] COMMAND

take part
    vote        say yes or no
    rfc         proposals

options
    -C DIR      run as if started there
        --help  show this

`govctl COMMAND --help` says more
X
;;
'vote --help') cat <<'X'
usage: govctl vote [<options>] ID yes|no

say yes or no

    ID              the matter
    yes|no          the vote

    -n, --dry-run   change nothing
        --reason TEXT
                    why, with --reasons
X
;;
'rfc --help') cat <<'X'
usage: govctl rfc new TITLE
   or: govctl rfc open ID

    new         a draft
    open        a number
X
;;
'rfc new --help') printf 'usage: govctl rfc new TITLE\\n\\n        --group G  who decides\\n' ;;
'rfc open --help') printf 'usage: govctl rfc open ID\\n\\n        --help  show this\\n' ;;
esac
"""
HEAD = """.Dd November 22, 2026
.Dt {title} 1
.Os
.Sh NAME
.Nm {name}
.Nd does it
.Sh SYNOPSIS
"""
PAGES = {
    "govctl.1": HEAD.format(title="GOVCTL", name="govctl")
    + """.Nm govctl
.Op Fl C Ar DIR
.Ar COMMAND
.Sh DESCRIPTION
.Xr govctl-vote 1
and
.Xr govctl-rfc 1 .
.Bl -tag -width Ds
.It Fl C Ar DIR
There.
.It Fl -help
This.
.El
""",
    "govctl-vote.1": HEAD.format(title="GOVCTL-VOTE", name="govctl-vote")
    + """.Nm govctl vote
.Op <options>
.Ar ID
.Cm yes | no
.Sh OPTIONS
.Bl -tag -width Ds
.It Fl n , Fl -dry-run
Change nothing.
.It Fl -reason Ar TEXT
Why.
.El
""",
    "govctl-rfc.1": HEAD.format(title="GOVCTL-RFC", name="govctl-rfc")
    + """.Nm govctl rfc new
.Ar TITLE
.Nm govctl rfc open
.Ar ID
.Sh OPTIONS
.Bl -tag -width Ds
.It Fl -group Ar G
Who decides.
.El
""",
    "govctl-records.5": HEAD.format(title="GOVCTL-RECORDS", name="govctl-records").replace(" 1\n", " 5\n").replace(".Sh SYNOPSIS\n", ".Sh DESCRIPTION\nText.\n"),
}


def problems(changes=(), program=PROGRAM):
    """What is found once pages are replaced (or, by None, taken away)."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        govctl = folder / "govctl"
        govctl.write_text(program)
        govctl.chmod(0o755)
        for page, text in (PAGES | dict(changes)).items():
            if text is not None:
                (folder / page).write_text(text)
        return Checker(str(govctl), folder).run()


class CheckManTest(unittest.TestCase):
    def assert_found(self, page, text, *said):
        found = problems({page: text})
        self.assertEqual(len(found), 1, found)
        for words in said:
            self.assertIn(words, found[0])

    def test_good(self):
        self.assertEqual(problems(), [])

    def test_missing_page(self):
        self.assert_found("govctl-vote.1", None, "govctl-vote.1: is missing")

    def test_page_without_a_command(self):
        self.assert_found("govctl-veto.1", PAGES["govctl-vote.1"].replace("VOTE", "VETO"), 'no command "veto"')

    def test_page_not_named(self):
        self.assert_found("govctl.1", PAGES["govctl.1"].replace(".Xr govctl-vote 1", "Vote"), "does not name govctl-vote(1)")

    def test_option_missing(self):
        vote = PAGES["govctl-vote.1"]
        self.assert_found("govctl-vote.1", vote.replace(" , Fl -dry-run", ""), "--dry-run of --help is missing")
        self.assert_found("govctl-rfc.1", PAGES["govctl-rfc.1"].replace("Fl -group", "Fl -help"), "--group of --help is missing")

    def test_option_too_many(self):
        self.assert_found("govctl-vote.1", PAGES["govctl-vote.1"].replace(".El", ".It Fl -force\nNo.\n.El"), "--force is not in --help")

    def test_usage(self):
        self.assert_found("govctl-vote.1", PAGES["govctl-vote.1"].replace("yes | no", "yes"), "SYNOPSIS is")
        self.assert_found("govctl-rfc.1", PAGES["govctl-rfc.1"].replace(".Nm govctl rfc open\n.Ar ID\n", ""), "SYNOPSIS is")

    def test_lint(self):
        self.assert_found("govctl-records.5", PAGES["govctl-records.5"].replace(".Sh DESC", ".Sx\n.Sh DESC"), "mandoc:", "WARNING")

    def test_no_commands(self):
        self.assertIn("govctl --help names no command", problems(program="#!/bin/sh\n"))


if __name__ == "__main__":
    unittest.main()
