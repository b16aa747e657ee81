"""Who somebody is."""

from attacks.case import attack


@attack
def address_of_another(w):
    """a second e-mail: adding another person's address to one's own record"""
    w.edit("people/cy.yaml", "[cy@example.org]", "[cy@example.org, cy@home.example]", who="cy")
    w.must_pass()
    w.edit("people/cy.yaml", "cy@home.example", "dan@example.org", who="cy")
    w.must_be_refused("GOV217")


@attack
def key_of_another(w):
    """a second key: adding another person's key to one's own record"""
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti"
    w.edit("people/dan.yaml", "ladder:", f"keys: [{key} dan@laptop]\nladder:", who="dan")
    w.must_pass()
    w.edit("people/cy.yaml", "ladder:", f"keys: [{key} cy@desk]\nladder:", who="cy")
    w.must_be_refused("GOV217")


@attack
def alias_of_another(w):
    """stuffing by alias: a second person whose alias is somebody's handle"""
    record = "kind: person\nhandle: {0}\nname: New\nemails: [{0}@example.org]\n"
    w.write("people/new.yaml", record.format("new"))
    w.commit(who="new")
    w.must_pass()
    w.write("people/twin.yaml", record.format("twin") + "aliases: [eve]\n")
    w.commit(who="twin")
    w.must_be_refused("GOV217")


@attack
def account_of_another(w):
    """taking another person's account, whose addresses would be one's own"""
    w.edit("people/dan.yaml", "ladder:", "accounts: {github: dan-d}\nladder:", who="dan")
    w.must_pass()
    w.edit("people/cy.yaml", "ladder:", "accounts: {github: Dan-D}\nladder:", who="cy")
    w.must_be_refused("GOV217")


@attack
def many_people(w):
    """stuffing with made-up people: each votes once, none is in the electorate"""
    w.govctl("vote", "2", "yes", who="cy")
    for handle in ("new-one", "new-two"):
        w.write(f"people/{handle}.yaml",
                f"kind: person\nhandle: {handle}\nname: New\nemails: [{handle}@example.org]\n")  # fmt: skip
        w.commit(who=handle)
        w.must_fail(4, "may not vote", "vote", "2", "yes", who=handle)
    w.must_pass()
    w.cast("new-one")
    w.must_be_refused("GOV205")


@attack
def record_of_another(w):
    """editing another person's record"""
    w.edit("people/dan.yaml", "Dan Dubois", "Daniel Dubois", who="dan")
    w.must_pass()
    w.edit("people/dan.yaml", "[dan@example.org]", "[dan@example.org, cy@evil.example]", who="cy")
    w.must_be_refused("GOV210")


@attack
def removed_person(w):
    """removing a person's record, and with it what they may still say"""
    w.edit("people/frank.yaml", "Frank Fischer", "Frank F.", who="frank")
    w.must_pass()
    w.remove("people/frank.yaml", who="frank")
    w.must_be_refused("GOV210")


@attack
def taken_level(w):
    """giving oneself a level"""
    w.edit("people/frank.yaml", "Frank Fischer", "Frank F.", who="frank")
    w.must_pass()
    w.write("people/frank.yaml", w.read("people/frank.yaml") + "ladder:\n  - {level: member, since: 2025-01-01}\n")
    w.commit(who="frank")
    w.must_be_refused("GOV211")


@attack
def case_twin_person(w):
    """case twins: people/Ada.yaml beside people/ada.yaml"""
    w.write("people/zoe.yaml", "kind: person\nhandle: zoe\nname: Zoe\nemails: [zoe@example.org]\n")
    w.commit(who="zoe")
    w.must_pass()
    w.write("people/Ada.yaml", w.read("people/ada.yaml").replace("ada@example.org", "mallory@example.org"))
    w.commit(who="mallory")
    w.must_be_refused("GOV218")


@attack
def hostile_handles(w):
    """hostile handles: dots, slashes, a dash in front, other alphabets"""
    w.govctl("person", "new", "--handle", "new", "--name", "New", who="new")
    w.must_pass()
    for handle in ("..", "../ada", "-rf", "a/b", "\u0430da", "ada\n", "a" * 40, "Ada\u0000"[:3] + " "):
        w.must_fail(2, "", "person", "new", "--handle=" + handle, "--name", "X", who="mallory")
    w.write("people/-rf.yaml", "kind: person\nhandle: -rf\nname: X\nemails: [mallory@example.org]\n")
    w.commit(who="mallory")
    w.must_fail(1, "no record lies here", "validate")
    w.must_fail(4, "nobody on record", "vote", "2", "yes", who="mallory")


@attack
def lookalike_address(w):
    """an address that only looks like a member's"""
    w.govctl("vote", "2", "yes", who="cy")
    w.must_pass()
    w.cast("dan", who="d\u0430n")
    w.must_be_refused("GOV203")


@attack
def mapped_address(w):
    """a .mailmap that makes one's own commits another person's, in the commit that uses it"""
    w.git("checkout", "-q", "-b", "honest")
    w.cast("dan")
    w.must_pass()
    w.git("checkout", "-q", "main")
    w.write(".mailmap", "Dan Dubois <dan@example.org> <mallory@example.org>\n")
    w.cast("dan", who="mallory")
    w.must_be_refused("GOV203")
