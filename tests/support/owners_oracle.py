"""Who owns a path, by the documented meaning of OWNERS files (https://go.k8s.io/owners and Prow's pkg/repoowners).

A model to hold govctl against, written without looking at how govctl does it: everything is read at once, with PyYAML and
Python's own regular expressions, and nothing is fast. It takes a dictionary of paths to bytes.
"""

import re

import yaml

LISTS = ("approvers", "reviewers", "required_reviewers", "labels")


class Loader(yaml.SafeLoader):
    """YAML 1.1 as Go's library has it: dates stay text, and `y` and `n` are truth values too."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(("timestamp", "float", "int"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^[yYnN]$"), list("yYnN"))
Loader.bool_values = {**yaml.SafeLoader.bool_values, "y": True, "n": False}


def norm(login):
    login = login.lower()
    return login[1:] if login.startswith("@") else login


def load(data):
    """The first document; None: it is no YAML."""
    try:
        return next(iter(yaml.load_all(data.decode(), Loader)), None) or {}
    except (yaml.YAMLError, UnicodeDecodeError):
        return None


class Wrong(Exception):
    """A value of a type that does not fit: the whole reading fails."""


def field(mapping, name):
    """Go finds the keys of a struct in any case, and the last of them wins."""
    found = [mapping[key] for key in sorted(k for k in mapping if isinstance(k, str)) if key.lower() == name]
    return found[-1] if found else None


def text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        raise Wrong
    return value


def lists_of(mapping):
    config = {}
    for name in LISTS:
        value = field(mapping, name)
        if value is None:
            value = []
        if not isinstance(value, list):
            raise Wrong
        config[name] = [text(item) for item in value]
    return config


def options_of(mapping):
    options = field(mapping, "options")
    if options is None:
        return (False, False)
    if not isinstance(options, dict):
        raise Wrong
    values = [field(options, name) for name in ("no_parent_owners", "auto_approve_unowned_subfolders")]
    if any(value is not None and not isinstance(value, bool) for value in values):
        raise Wrong
    return tuple(bool(value) for value in values)


def simple(mapping):
    return lists_of(mapping), options_of(mapping)


def full(mapping):
    filters = field(mapping, "filters")
    if filters is None:
        filters = {}
    if not isinstance(filters, dict):
        raise Wrong
    read = {}
    for pattern, config in filters.items():
        if config is not None and not isinstance(config, dict):
            raise Wrong
        read[text(pattern)] = lists_of(config or {})
    return read, options_of(mapping)


class Oracle:
    def __init__(self, files, front_matter=False):
        self.aliases = {}
        self.entries = {name: {} for name in LISTS}  # folder → [(regex or None, set)]
        self.options = {}
        self.front_matter = front_matter
        if "OWNERS_ALIASES" in files:
            self.read_aliases(files["OWNERS_ALIASES"])
        for path, data in sorted(files.items()):
            folder, _, name = path.rpartition("/")
            if name == "OWNERS":
                self.read_owners(folder, data)
            elif front_matter and name.endswith(".md"):
                self.read_front_matter(path, data)

    def read_aliases(self, data):
        document = load(data)
        if not isinstance(document, dict):
            return
        read = {}
        listed = field(document, "aliases")
        if not isinstance(listed, dict):
            return
        for alias, members in listed.items():
            if members is None:
                members = []
            if isinstance(members, dict):
                members = [text(key) for key in members]
            if not isinstance(members, list) or not all(isinstance(member, str) for member in members):
                return
            read[norm(text(alias))] = {norm(member) for member in members}
        self.aliases = read

    def read_owners(self, folder, data):
        document = load(data)
        if not isinstance(document, dict):
            return
        try:
            config, options = simple(document)
            if any(config.values()):
                self.apply(folder, None, config)
                self.options[folder] = options
                return
        except Wrong:
            pass
        try:
            filters, options = full(document)
        except Wrong:
            return
        for pattern, config in filters.items():
            try:
                expression = None if pattern == ".*" else re.compile(pattern)
            except re.error:
                continue
            self.apply(folder, expression, config)
        self.options[folder] = options

    def read_front_matter(self, path, data):
        match = re.match(r"---\n(.|\n)*\n---", data.decode())
        document = load(match.group(0).encode()) if match else None
        if not isinstance(document, dict):
            return
        try:
            config, options = simple(document)
        except Wrong:
            return
        self.apply(path, None, config)
        self.options[path] = options

    def apply(self, where, expression, config):
        for name in LISTS:
            if not config[name]:
                continue
            names = set(config[name]) if name == "labels" else self.expand({norm(item) for item in config[name]})
            self.entries[name].setdefault(where, []).append((expression, names))

    def expand(self, logins):
        result = set(logins)
        for login in sorted(logins):
            if login in self.aliases:
                result.discard(login)
                result |= self.aliases[login]
        return result

    def found(self, path, name, leaf_only=False):
        path = path.rstrip("/")
        folder = path
        names = set()
        while True:
            relative = path[len(folder) :].lstrip("/") if folder else path
            for expression, those in self.entries[name].get(folder, ()):
                if expression is None or expression.search(relative or "."):
                    names |= those
            if names and (leaf_only or self.options.get(folder, (False, False))[0]):
                return names
            if not folder:
                return names
            folder = folder.rpartition("/")[0]

    def approver_folder(self, path):
        """The folder of the nearest OWNERS that names an approver for the path; of front matter, the path."""
        folder = path
        while folder:
            relative = path[len(folder) :].lstrip("/") or "."
            for expression, those in self.entries["approvers"].get(folder, ()):
                if (expression is None or expression.search(relative)) and those:
                    return folder
            folder = folder.rpartition("/")[0]
        return ""

    def is_free(self, path):
        """Left to anybody: no approval is asked for a path in a subfolder without OWNERS of its own."""
        folder = self.approver_folder(path)
        above = path.rpartition("/")[0].rpartition("/")[0]
        inside = not folder or above == folder or above.startswith(folder + "/")
        return inside and self.options.get(folder, (False, False))[1]

    def who(self, path):
        return {name: sorted(self.found(path, name)) for name in LISTS}
