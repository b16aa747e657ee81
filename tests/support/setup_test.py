#!/usr/bin/env -S python3 -B
"""setup.bash with stand-ins for apt-get and its like: what is missing is installed, and nothing else."""

import pathlib
import subprocess
import tempfile
import unittest

SUPPORT = pathlib.Path(__file__).resolve().parent
PACKAGES = """# A list.

[run]
git        # reasons

[build]
g++
cmake      # more of them
[test]
catch2
"""
STAND_INS = {
    "apt-get": 'echo "apt-get $*" >> "$LOG"; echo fetched; [ -z "$BROKEN" ]',
    "dpkg-query": "for p in $INSTALLED; do echo installed $p; done; echo not-installed cmake",
    "id": "echo ${USER_ID:-0}",
    "sudo": 'echo "sudo" >> "$LOG"; exec "$@"',
}


class SetupTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "packages.debian").write_text(PACKAGES)
        (self.root / "tests/support").mkdir(parents=True)
        (self.root / "tests/support/setup.bash").write_text((SUPPORT / "setup.bash").read_text())
        (self.root / "bin").mkdir()
        for name, script in STAND_INS.items():
            (self.root / "bin" / name).write_text("#!/bin/sh\n" + script + "\n")
            (self.root / "bin" / name).chmod(0o755)

    def need(self, *sections, **environment):
        """What it printed, what it ran, and its exit code."""
        log = self.root / "log"
        log.write_text("")
        result = subprocess.run(
            ["bash", "-c", 'set -euo pipefail; source "$0"; need "$@"', self.root / "tests/support/setup.bash", *sections],
            env={"PATH": f"{self.root}/bin:/usr/bin:/bin", "LOG": str(log), "INSTALLED": "", "BROKEN": ""} | environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # fmt: skip
        ran = [line.replace("-o DPkg::Lock::Timeout=300 ", "") for line in log.read_text().splitlines()]
        return result.stdout, ran, result.returncode

    def test_nothing_is_missing(self):
        self.assertEqual(self.need("run", "build", INSTALLED="git g++ cmake other"), ("", [], 0))

    def test_only_what_is_missing_is_installed(self):
        install = "apt-get install -y --no-install-recommends"
        self.assertEqual(self.need("run", "build", INSTALLED="git"), ("installing cmake g++\n", ["apt-get update", f"{install} cmake g++"], 0))
        self.assertEqual(self.need("test", INSTALLED="git"), ("installing catch2\n", ["apt-get update", f"{install} catch2"], 0))

    def test_sudo_where_not_root(self):
        self.assertEqual([line.split()[0] for line in self.need("run", USER_ID="1000")[1]], ["sudo", "apt-get", "sudo", "apt-get"])

    def test_failure_is_told(self):
        said, ran, code = self.need("run", BROKEN="1")
        self.assertEqual((len(ran), code), (1, 1))
        self.assertIn("fetched", said)

    def test_the_list_itself(self):
        """One package a line, each once, under a section."""
        lines = (SUPPORT.parent.parent / "packages.debian").read_text().splitlines()
        lines = [line.split("#")[0].strip() for line in lines]
        names = [line for line in lines if line and not line.startswith("[")]
        self.assertEqual([line for line in lines if line.startswith("[")], ["[run]", "[build]", "[test]", "[lint]"])
        self.assertEqual(len(names), len(set(names)))
        for name in names:
            self.assertRegex(name, r"^[a-z0-9][a-z0-9.+-]+$")


if __name__ == "__main__":
    unittest.main()
