#!/usr/bin/env python3
"""How many signed ballots govctl verifies a second, in one process on one core.

    tests/bench/signatures.py [--govctl PATH] [--ballots N] [--runs N] [--type ed25519|rsa|ecdsa]

Two repositories with one matter and as many ballots are the same but for the signatures: what `decide --dry-run` takes
longer for the signed ones is their reading and verifying. Fails below 2,000 a second for Ed25519 and RSA.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "LC_ALL": "C.UTF-8",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_COMMITTER_DATE": "2026-01-05T00:00:00Z",
    "GIT_AUTHOR_DATE": "2026-01-05T00:00:00Z",
}
LEAST = 2000


def run(folder, *command, text=None):
    return subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.PIPE, input=text, encoding="utf-8"
    ).stdout


def commit(folder, message):
    run(folder, "git", "add", ".")
    run(folder, "git", "commit", "-q", "-m", message)


def statement(project, record):
    """What govctl-integrity(7) says is signed."""
    whole = {"id": record["matter"], "kind": "ballot", "project": project, "record": record}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def ballot(voter, proposal, key, project, signed):
    record = {"kind": "ballot", "matter": "rfc-0001", "voter": voter, "round": "1", "text": proposal["text"]}
    record |= {"cast": "2026-01-05T00:00:00Z", "vote": "yes"}
    text = "".join(f"{name}: {value}\n" for name, value in record.items())
    if not signed:
        return text
    record["under"] = {"round": "1", "text": proposal["text"], "charter": proposal["charter"]}
    text += f"under: {{round: 1, text: {proposal['text']}, charter: {proposal['charter']}}}\n"
    command = ["ssh-keygen", "-Y", "sign", "-q", "-n", "govctl.ballot", "-f", str(key)]
    signature = run(key.parent, *command, text=statement(project, record))
    return text + "signature: |\n" + "".join(f"  {line}\n" for line in signature.splitlines())


def make_repository(folder, govctl, key, voters, signed):
    folder.mkdir()
    run(folder, "git", "init", "-q", "-b", "main")
    run(folder, govctl, "init", "--name", "Bench", "--me", "ada")
    public = pathlib.Path(f"{key}.pub").read_text(encoding="utf-8").strip()
    for voter in voters:
        # One key for all takes no less time: each ballot is verified by itself.
        person = f"kind: person\nhandle: {voter}\nemails: [{voter}@example.org]\nkeys: [{public}]\n"
        (folder / "people" / f"{voter}.yaml").write_text(person, encoding="utf-8")
    commit(folder, "People")
    run(folder, govctl, "rfc", "new", "Probes", "--group", "steering", "--no-edit")
    run(folder, govctl, "rfc", "open", "probes")
    project = run(folder, "git", "rev-list", "--max-parents=0", "HEAD").strip()
    record = next((folder / "rfcs").glob("0001-*/rfc.yaml"))
    lines = record.read_text(encoding="utf-8").splitlines()
    proposal = {"text": next(line.split()[1] for line in lines if line.startswith("text: "))}
    rule = next(line for line in lines if line.startswith("rule: "))
    proposal["charter"] = rule.split("charter: ")[1].split(",")[0]
    ballots = record.parent / "ballots"
    ballots.mkdir()
    for voter in voters:
        text = ballot(voter, proposal, key, project, signed)
        (ballots / f"{voter}.yaml").write_text(text, encoding="utf-8")
    commit(folder, "Ballots")


def seconds(folder, govctl):
    start = time.perf_counter()
    answer = subprocess.run(
        [govctl, "decide", "1", "--dry-run"], cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, encoding="utf-8", check=False
    )
    taken = time.perf_counter() - start
    return taken, answer.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--govctl", default=pathlib.Path(__file__).parents[2] / "build/bin/govctl", type=pathlib.Path)
    parser.add_argument("--ballots", default=1000, type=int)
    parser.add_argument("--runs", default=7, type=int)
    parser.add_argument("--type", default="ed25519", choices=["ed25519", "rsa", "ecdsa"])
    options = parser.parse_args()
    govctl = str(options.govctl.resolve())
    with tempfile.TemporaryDirectory() as name:
        top = pathlib.Path(name)
        key = top / "key"
        run(top, "ssh-keygen", "-q", "-t", options.type, "-N", "", "-C", "bench", "-f", str(key))
        voters = [f"voter-{number:04}" for number in range(options.ballots)]
        for folder, signed in (("plain", False), ("signed", True)):
            make_repository(top / folder, govctl, key, voters, signed)
        _, answer = seconds(top / "signed", govctl)
        if "rests on: signed (" not in answer or "claimed" in answer:
            sys.exit("the ballots are not taken as signed:\n" + answer)
        pairs = [(seconds(top / "plain", govctl)[0], seconds(top / "signed", govctl)[0]) for _ in range(options.runs)]
    plain, signed = (statistics.median(each) for each in zip(*pairs))
    rate = options.ballots / max(signed - plain, 1e-6)
    print(f"{options.ballots} ballots: {plain * 1000:.0f} ms unsigned, {signed * 1000:.0f} ms signed by {options.type}")
    print(f"{rate:.0f} signatures a second")
    if options.type != "ecdsa" and rate < LEAST:
        sys.exit(f"fewer than {LEAST} a second")


if __name__ == "__main__":
    main()
