"""What is in force."""

from attacks.case import attack


@attack
def softened_charter(w):
    """a charter edited by hand"""
    w.edit("groups/maintainers/charter.yaml", "decisions:", "# a remark\ndecisions:")
    w.must_pass()
    w.edit("groups/maintainers/charter.yaml", "seats: 5+", "seats: 1")
    w.must_be_refused("GOV201")


@attack
def softened_rule(w):
    """a rule of govctl.yaml edited by hand"""
    w.edit("govctl.yaml", "decisions:", "# a remark\ndecisions:")
    w.must_pass()
    w.edit("govctl.yaml", "4/5 of eligible", "1/5 of eligible")
    w.must_be_refused("GOV201")


@attack
def taken_seat(w):
    """a seat taken by hand"""
    w.write("groups/maintainers/roster.yaml", "# a remark\n" + w.read("groups/maintainers/roster.yaml"))
    w.commit(who="frank")
    w.must_pass()
    w.write("groups/maintainers/roster.yaml", w.read("groups/maintainers/roster.yaml")
            + "  - {role: maintainer, person: frank, since: 2025-01-01}\n")  # fmt: skip
    w.commit(who="frank")
    w.must_be_refused("GOV201")


@attack
def emptied_seat(w):
    """a seat ended by hand"""
    w.must_pass()
    w.edit("groups/maintainers/roster.yaml", "person: bob, since: 2025-01-01", "person: bob, since: 2025-01-01, until: 2026-01-06")
    w.must_be_refused("GOV201")


@attack
def removed_group(w):
    """removing a group"""
    w.must_pass()
    w.remove("groups/website", who="dan")
    w.must_be_refused("GOV201")


@attack
def founded_group(w):
    """a new group without a decision"""
    w.must_pass()
    w.write("groups/mine/charter.yaml", w.read("groups/website/charter.yaml").replace("website", "mine")
            .replace("areas: [www/]", "areas: [mine/]"))  # fmt: skip
    w.write("groups/mine/roster.yaml", "kind: roster\ngroup: mine\nseats:\n  - {role: editor, person: frank, since: 2026-01-01}\n")
    w.commit(who="frank")
    w.must_be_refused("GOV201")


@attack
def removed_project(w):
    """removing govctl.yaml, so that nothing is governed, and founding anew"""
    w.must_pass()
    project = w.read("govctl.yaml")
    w.remove("govctl.yaml")
    w.write("govctl.yaml", project.replace("4/5", "1/5"))
    w.commit()
    w.must_be_refused("GOV201")


@attack
def moved_root(w):
    """pointing `root` at records of one's own"""
    w.must_pass()
    w.write("mine/people/frank.yaml", w.read("people/frank.yaml") + "ladder:\n  - {level: member, since: 2025-01-01}\n")
    w.commit(who="frank")
    w.must_pass()
    w.edit("govctl.yaml", "steering: maintainers", "root: mine/\nsteering: maintainers", who="frank")
    w.must_be_refused("GOV201")


@attack
def other_branch(w):
    """naming another branch the canonical one"""
    w.must_pass()
    w.edit("govctl.yaml", "name: Kettle", "name: Kettle\nbranch: mine", who="frank")
    w.must_be_refused("GOV201")
    w.git("branch", "mine", "HEAD~1")
    w.must_be_refused("GOV201", range="main")


@attack
def protected_path(w):
    """editing what is protected"""
    w.write("README.md", "free\n")
    w.commit(who="mallory")
    w.must_pass()
    w.edit("CONDUCT.md", "kind", "quick")
    w.must_be_refused("GOV201")


@attack
def owners_of_area(w):
    """making oneself an owner of an area"""
    w.write("tools/OWNERS", "approvers: [frank]\n")
    w.commit(who="frank")
    w.must_pass()
    w.edit("src/OWNERS", "- ada", "- frank", who="frank")
    w.must_be_refused("GOV201")


@attack
def owners_by_alias(w):
    """making oneself an owner of an area by an alias"""
    w.write("OWNERS_ALIASES", "aliases:\n  others: [frank]\n")
    w.commit(who="frank")
    w.must_pass()
    w.write("OWNERS_ALIASES", "aliases:\n  others: [frank]\n  ada: [frank]\n")
    w.commit(who="frank")
    w.must_be_refused("GOV201")


@attack
def new_owners_below(w):
    """an OWNERS file deeper in an area that lets nobody above have a say"""
    w.must_pass()
    w.write("src/deep/OWNERS", "options: {no_parent_owners: true}\napprovers: [frank]\n")
    w.commit(who="frank")
    w.must_be_refused("GOV201")
