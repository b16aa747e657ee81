#!/usr/bin/env -S python3 -B
"""Every rule of check_layers.py, broken once in a small tree: each has to be found, at its line."""

import pathlib
import tempfile
import unittest

from check_layers import Checker

PAGE = """
| module | holds | may use |
|---|---|---|
| `base` | x | |
| `rules` | x | `base` |
| `git` | x | `base` |
| `app` | x | `base` `rules` `git` |
| `cli` | x | `base` `app` |

| library | headers | used in | why |
|---|---|---|---|
| libgit2 | `git2.h` `git2/` | `git` | x |
| system | `unistd.h` | `git` `cli` | x |
"""
GOOD = {
    "ARCHITECTURE.md": PAGE,
    "lib/CMakeLists.txt": "govctl_module(base)\ngovctl_module(rules govctl::base)\ngovctl_module(git govctl::base)\n"
    "govctl_module(app govctl::rules govctl::git)\n",
    "lib/include/govctl/base/time.hpp": "#include <string>\n",
    "lib/src/rules/own.hpp": "",
    "lib/src/rules/course.cpp": '#include "govctl/base/time.hpp"\n#include "own.hpp"\n'
    '// a double, std::regex, getenv()\nauto s = "exit(1)"; auto r = R"(float " printf( )"; int n = 1\'000;\n',
    "lib/src/git/write.cpp": "#include <git2.h>\n#include <unistd.h>\nvoid w() { git_reference_create_matching(); }\n",
    "lib/src/app/workspace.cpp": "void commit() {\n    may_follow(a, b);\n    r.write(x);\n}\n",
    "cli/main.cpp": '#include "govctl/app/state.hpp"\n#include "args.hpp"\nint main() { exit(0); }\n',
    "cli/args.hpp": "",
}


def problems(**changes):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (GOOD | changes).items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return Checker(pathlib.Path(folder)).run()


class CheckLayersTest(unittest.TestCase):
    def assert_found(self, path, text, *said):
        found = problems(**{path: text})
        self.assertEqual(len(found), 1, found)
        for words in said:
            self.assertIn(words, found[0])

    def test_good_tree(self):
        self.assertEqual(problems(), [])

    def test_modules(self):
        self.assert_found("lib/src/rules/x.cpp", '\n#include "govctl/git/r.hpp"', "lib/src/rules/x.cpp:2:", '"rules" may not use "git"')
        self.assert_found("lib/include/govctl/base/x.hpp", '#include "govctl/app/x.hpp"', '"base" may not use "app"')
        self.assert_found("cli/x.cpp", '#include "govctl/rules/x.hpp"', '"cli" may not use "rules"')
        self.assert_found("lib/src/extra/x.cpp", "", 'does not name the module "extra"')

    def test_links(self):
        for line in ("govctl_module(rules)", "govctl_module(rules govctl::base govctl::git)"):
            self.assert_found("lib/CMakeLists.txt", "govctl_module(base)\ngovctl_module(git govctl::base)\n" + line, '"rules" links')

    def test_private_headers(self):
        self.assert_found("lib/include/govctl/base/x.hpp", '#include "own.hpp"', 'includes the private "own.hpp"')
        self.assert_found("lib/src/app/x.cpp", '#include "own.hpp"', 'no header of "app"')
        self.assert_found("lib/src/app/x.cpp", '#include "../rules/own.hpp"', "no header of")
        self.assert_found("cli/x.cpp", '#include "own.hpp"', 'no header of "cli"')

    def test_libraries(self):
        for header in ("git2.h", "git2/sys/commit.h"):
            self.assert_found("lib/src/app/x.cpp", f"#include <{header}>", '"app" may not use libgit2')
        self.assert_found("lib/src/base/x.cpp", "#include <unistd.h>", '"base" may not use system')
        self.assert_found("lib/src/git/x.cpp", "#include <boost/x.hpp>", "no library with <boost/x.hpp>")

    def test_words(self):
        for line, said in {
            'auto x = std::getenv("A");': "environment",
            "auto x = std::chrono::system_clock::now();": "clock",
            "auto x = time(nullptr);": "clock",
            "#include <iostream>": "streams",
            "#include <locale>": "locale",
            "std::cout << 1;": "prints",
            'std::printf("x");': "prints",
            'fmt::print("x");': "prints",
            "void f() { exit(1); }": "exits",
        }.items():
            self.assert_found("lib/src/app/x.cpp", "\n/* a\n b */ " + line if line[0] != "#" else "\n\n" + line, "x.cpp:3:", said)

    def test_floating_point(self):
        for path in ("lib/src/rules/x.cpp", "lib/src/base/x.hpp", "lib/include/govctl/rules/x.hpp"):
            self.assert_found(path, "double x;", "floating point")
            self.assert_found(path, "float x;", "floating point")

    def test_regex(self):
        for path in ("lib/src/git/x.cpp", "cli/x.cpp", "tests/unit/x.cpp"):
            self.assert_found(path, "std::regex x;", "std::regex")

    def test_refs(self):
        for call in ("git_reference_create(x)", "git_reference_set_target(x)", "git_branch_create(x)", "git_commit_create_v(x)"):
            self.assert_found("lib/src/git/x.cpp", f"void f() {{ {call}; }}", "refs move in")
        self.assertEqual(problems(**{"lib/src/git/write_pack.cpp": "git_reference_create(x)"}), [])
        self.assertEqual(problems(**{"lib/src/git/x.cpp": "git_reference_lookup(x); git_branch_lookup(x);"}), [])

    def test_writes(self):
        unasked = "void f() {\n    may_follow(a, b);\n}\nvoid commit() {\n    r->write(x);\n}\n"
        self.assert_found("lib/src/app/workspace.cpp", unasked, "workspace.cpp:5:", "asks may_follow")
        self.assertEqual(len(problems(**{"lib/src/app/x.cpp": "void f() { may_follow(a, b); r.write(x); }"})), 2)
        self.assertEqual(len(problems(**{"cli/x.cpp": "void f() { may_follow(a, b); r.write(x); }"})), 2)


if __name__ == "__main__":
    unittest.main()
