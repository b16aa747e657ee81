#!/usr/bin/env -S python3 -B
"""The transcript runner held to what it promises: above all, that a wrong transcript fails."""

import os
import pathlib
import subprocess
import tempfile
import time
import unittest

RUNNER = pathlib.Path(__file__).resolve().with_name("transcript.py")


def session(*lines):
    return "\n".join(["```console", *lines, "```", ""])


class TranscriptTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.file = self.folder / "case.md"

    def run_file(self, text, *options, name=None):
        if name:
            self.file = self.folder / name
        self.file.write_text(text)
        return subprocess.run([RUNNER, *options, self.file], capture_output=True, text=True)

    def assert_passes(self, text, *options, **names):
        result = self.run_file(text, *options, **names)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))

    def assert_fails(self, text, *said, options=(), name=None):
        result = self.run_file(text, *options, name=name)
        self.assertEqual(result.returncode, 1)
        for words in said:
            self.assertIn(words, result.stdout)

    def assert_updates(self, before, after, name=None):
        self.assert_passes(before, "--update", name=name)
        self.assertEqual(self.file.read_text(), after)
        self.assert_passes(after)

    # what passes and what does not

    def test_exact_output_and_code(self):
        self.assert_passes(session("$ echo a; echo b >&2; exit_with() { return 4; }; exit_with", "a", "b", "[4]"))

    def test_wrong_output_fails_with_a_diff_and_its_place(self):
        self.assert_fails("Text.\n\n" + session("$ echo b", "a"), "case.md:4: $ echo b", "-a", "+b")

    def test_missing_or_extra_lines_fail(self):
        self.assert_fails(session("$ true", "a"), "-a")
        self.assert_fails(session("$ echo a"), "+a")
        self.assert_fails(session("$ echo a", "a", ""))

    def test_wrong_code_fails(self):
        self.assert_fails(session("$ false"), "+[1]")
        self.assert_fails(session("$ true", "[1]"), "-[1]")
        self.assert_fails(session("$ (exit 5)", "[4]"), "-[4]", "+[5]")

    def test_every_failure_is_told(self):
        self.assert_fails(session("$ echo 1", "$ echo 2"), "case.md:2:", "case.md:3:")

    def test_missing_newline_is_told(self):
        self.assert_passes(session("$ printf a", "a", "\\ no newline at the end"))
        self.assert_fails(session("$ printf a", "a"))

    def test_continued_commands(self):
        self.assert_passes(session("$ cat <<X", "> one", "> X", "one"))

    def test_a_file_without_a_command_fails(self):
        self.assert_fails("Nothing.\n", "no command")
        self.assert_fails("```sh\n$ false\n```\n", "no command")

    def test_malformed_files_fail(self):
        self.assert_fails("```console\n$ true\n", "has no end")
        self.assert_fails("```console\n```\n", "is empty")
        self.assert_fails("```console\nhi\n```\n", "before any command")
        self.assert_fails(" ```console\n $ true\n ```\n", "first column")
        self.assert_fails("<!-- setup\ntrue\n", "setup has no end")

    # placeholders

    def test_sha(self):
        self.assert_passes(session("$ echo at 0123abc, done", "at <sha>, done"))
        self.assert_passes(session(f"$ echo {'0a' * 32}", "<sha>"))
        for other in ("012abc", "0123abg", "0a" * 33):
            self.assert_fails(session(f"$ echo at {other}, done", "at <sha>, done"))

    def test_any_lines(self):
        self.assert_passes(session("$ seq 5", "1", "...", "5"))
        self.assert_passes(session("$ true", "..."))
        self.assert_passes(session("$ seq 5; false", "...", "[1]"))
        self.assert_fails(session("$ seq 5", "1", "...", "4"))
        self.assert_fails(session("$ seq 5; false", "1", "2", "...", "5"))

    def test_nothing_else_is_fuzzy(self):
        self.assert_fails(session("$ echo 'a b'", "a.b"))
        self.assert_fails(session("$ echo 'a b '", "a b"))
        self.assert_fails(session("$ echo 'a  b'", "a b"))

    # the world

    def test_one_shell_for_all_sessions(self):
        self.assert_passes(session("$ mkdir d; cd d; export A=1; b=2; f() { echo 3; }") + session("$ echo $A $b; f", "1 2", "3"))
        self.assert_passes(session("$ pwd", "/home/ada/project"))

    def test_frozen_world(self):
        os.environ["GIT_DIR"] = "/nowhere"
        self.addCleanup(os.environ.pop, "GIT_DIR")
        self.assert_passes(
            session(
                "$ git init && git commit --allow-empty --quiet --message=x && git log --format='%an <%ae> %aI %cn %cI'",
                "Initialized empty Git repository in /home/ada/project/.git/",
                "Ada <ada@example.org> 2026-01-05T09:00:00+00:00 Ada 2026-01-05T09:00:00+00:00",
                "$ git rev-parse --abbrev-ref HEAD; git config --list --show-origin | grep -c -v -e /home/ada/ -e .git/config",
                "main",
                "0",
                "[1]",
                "$ echo $TZ $LC_ALL $NO_COLOR $COLUMNS; cat; test -t 1",
                "UTC C.UTF-8 1 80",
                "[1]",
            )
        )

    def test_clock_and_people(self):
        self.assert_passes(
            session(
                "$ now() { echo $GIT_AUTHOR_DATE $GIT_COMMITTER_DATE; }; at 2026-01-31T23:30:00Z; now",
                "2026-01-31T23:30:00Z 2026-01-31T23:30:00Z",
                "$ for by in 45m 72h 3d 2w 6mo; do later $by; now; done | cut -d ' ' -f 2",
                "2026-02-01T00:15:00Z",
                "2026-02-04T00:15:00Z",
                "2026-02-07T00:15:00Z",
                "2026-02-21T00:15:00Z",
                "2026-08-21T00:15:00Z",
                "$ later 3 days",
                "later: 3 is not a number of m, h, d, w or mo",
                "[2]",
                "$ as bob; git var GIT_AUTHOR_IDENT | cut -d '>' -f 1; as cy git var GIT_COMMITTER_IDENT | cut -d '>' -f 1",
                "Bob <bob@example.org",
                "Cy <cy@example.org",
                "$ echo $GIT_AUTHOR_NAME",
                "Bob",
            )
        )

    def test_programs_are_looked_for_in_path_first(self):
        program = self.folder / "git"
        program.write_text("#!/bin/sh\necho mine\n")
        program.chmod(0o755)
        self.assert_passes(session("$ git", "mine"), "--path", str(self.folder))

    def test_source_is_known_but_not_exported(self):
        self.assert_passes(session("$ test -e $SOURCE/tests/support/prelude.bash && env | grep SOURCE=", "[1]"))

    # setups

    def test_setup_runs_hidden_and_in_order(self):
        self.assert_passes("<!-- setup: a=1 -->\n" + session("$ echo $a", "1") + "<!-- setup\na=2\nb=3\n-->\n" + session("$ echo $a$b", "23"))

    def test_failing_setup_fails(self):
        self.assert_fails("<!-- setup: echo no; false -->\n" + session("$ true"), "case.md:1: the setup failed", "no")

    # ends

    def test_timeout_kills_all(self):
        left = self.folder / "left"
        text = session(f"$ (sleep 1; touch {left}) & sleep 60")
        self.assert_fails(text, "not done after", options=["--timeout", "0.5"])
        time.sleep(1)
        self.assertFalse(left.exists())

    def test_a_command_that_ends_the_shell_fails(self):
        self.assert_fails(session("$ exit 0"), "this ended the shell: exit 0")

    # --update, --show

    def test_update_writes_what_was_printed(self):
        self.assert_updates(
            "A.\n\n" + session("$ seq 2; false", "1", "9") + "B.\n" + session("$ true", "x", "$ echo é", "e") + "C.\n",
            "A.\n\n" + session("$ seq 2; false", "1", "2", "[1]") + "B.\n" + session("$ true", "$ echo é", "é") + "C.\n",
        )

    def test_update_keeps_placeholders_that_still_match(self):
        self.assert_updates(
            session("$ echo old; echo commit 0123456789; seq 9; echo new", "commit <sha>", "1", "...", "9", "old"),
            session("$ echo old; echo commit 0123456789; seq 9; echo new", "old", "commit <sha>", "1", "...", "9", "new"),
        )

    def test_update_leaves_what_matches(self):
        text = session("$ seq 9; echo 0123456789", "...", "<sha>")
        self.assert_updates(text, text)

    def test_show_prints_the_story(self):
        result = self.run_file("# T\n\nNot this.\n\nFirst\nwe count.\n\n" + session("$ seq 2; false", "1", "2", "[1]"), "--show")
        self.assertEqual(result.stdout, "\nFirst\nwe count.\n\n$ seq 2; false\n1\n2\n[1]\n")

    # man pages

    def test_man_page(self):
        page = "\n".join(
            [
                ".Sh NAME",
                ".Bd -literal",
                "$ not run",
                ".Ed",
                ".Sh EXAMPLES",
                '.\\" setup: a=1',
                ".Bd -literal -offset indent",
                "$ echo \\-\\-$a '\\e' .; echo .x",
                "\\-\\-1 \\e .",
                "\\&.x",
                ".Ed",
                "",
            ]
        )
        self.assert_passes(page, name="case.1")
        self.assert_fails(page.replace("\\-\\-1", "\\-\\-2"), "---2", "+--1", name="case.1")
        self.assert_updates(page.replace("\\-\\-1 \\e", "x").replace("\\&.x\n", ""), page, name="case.1")


if __name__ == "__main__":
    unittest.main()
