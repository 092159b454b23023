# SPDX-License-Identifier: GPL-2.0-or-later
"""The scenes of test-captures/scenes: for each capture the verdict, what became of every object and offered file, what
omapush-check exits with, and what the diagnosis says first. scenes/README.md tells how expected.json is read."""
import json
import os
import pathlib
import re
import subprocess

import pytest

import scenes_all

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCENES = ROOT / "test-captures" / "scenes"
EXPECTED = json.loads((SCENES / "expected.json").read_text(encoding="utf-8"))
NAMES = sorted(EXPECTED)
WORST = ["fail", "unknown", "warn", "pass"]
WORSE = ["refused", "failed", "unknown", "unconfirmed", "accepted", "confirmed"]

# How a key of an expected object is read, where it is none of the object itself.
OBJECT = {"result": lambda o: o["verification"]["result"], "chunks": lambda o: len(o["chunks"]),
          "reports": lambda o: len(o["reports"])}
HOSTS = {"192.0.2.3": "sender", "2001:db8::3": "sender", "192.0.2.4": "receiver", "2001:db8::4": "receiver",
         "192.0.2.7": "relay"}


@pytest.fixture(scope="module")
def report(tshark_json):
    return lambda name: tshark_json(SCENES / f"{name}.pcap")


def unlike(what, wanted, found, readers=None):
    """One line for each key of `wanted` that `found` does not have so."""
    out = []
    for key, value in wanted.items():
        have = (readers or {}).get(key, lambda x, key=key: x.get(key, "not there"))(found)
        if have != value:
            out.append(f"{what}: {key} is {have!r}, expected {value!r}")
    return out


def files_of(session):
    return [file for media in (session["offer"] or {"media": []})["media"] for file in media["files"]]


def files_offered_later(session):
    """Of re-INVITEs, those that the first offer did not have."""
    known = {file["name"] for file in files_of(session)}
    return [file for again in session["renegotiations"] for file in files_of(again) if file["name"] not in known]


# --- the captures ---


def test_captures_are_what_the_makers_make():
    made = scenes_all.scenes()
    assert {path.stem for path in SCENES.glob("*.pcap")} == set(made) == set(EXPECTED)
    assert [name for name in NAMES if (SCENES / f"{name}.pcap").read_bytes() != made[name][0]] == []
    assert (SCENES / "expected.json").read_text(encoding="utf-8") == scenes_all.expected()


# TCP analysis flags what the captures of these names show on purpose: loss, copies, silence.
DISTURBED = ("copies-", "unknown-lost", "unknown-begins", "unknown-sender", "unknown-receiver", "content-first",
             "not-sent-syn", "not-seen-capture-ends-syn", "failed-never-ack", "unknown-never-ack")
KEEP_ALIVE = "not (tcp.analysis.keep_alive or tcp.analysis.keep_alive_ack)"


# A quarter of them; OMAPUSH_ALL_SCENES=1 asks stock of all, for those who change the makers.
@pytest.mark.parametrize("name", NAMES if os.environ.get("OMAPUSH_ALL_SCENES") else NAMES[::4])
def test_stock_finds_nothing_broken(name, stock_tshark):
    """Checksums are right, nothing is malformed, TCP is sane: what is wrong in a scene is wrong in SIP or MSRP."""
    broken = "_ws.malformed or ip.checksum.status == 0 or tcp.checksum.status == 0 or udp.checksum.status == 0"
    if not name.startswith(DISTURBED):
        broken += f" or (tcp.analysis.flags and {KEEP_ALIVE})"
    cut = EXPECTED[name].get("capture", {}).get("cut_frames", 0) or "-first-" in name and name.startswith("copies")
    if not cut:
        checked = ["-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"]
        assert stock_tshark("-n", "-r", SCENES / f"{name}.pcap", "-Y", broken, *checked).out == ""


# --- the report ---


@pytest.mark.parametrize("name", NAMES)
def test_verdicts_and_deliveries(name, report):
    wanted, found = EXPECTED[name], report(name)
    assert found["omapush"] == 2
    out = unlike("capture", {"verdict": wanted["verdict"], **wanted.get("capture", {})}, found["capture"])
    if wanted["sessions"] is not None:
        out += sessions(wanted["sessions"], found["sessions"])
    if wanted["objects"] is not None:
        out += objects(wanted, found["objects"])
    assert out == []


def sessions(wanted, found):
    if len(wanted) != len(found):
        return [f"{len(found)} sessions, expected {len(wanted)}"]
    out = []
    for number, (want, have) in enumerate(zip(wanted, found), 1):
        out += unlike(f"session {number}", {k: v for k, v in want.items() if k != "files"}, have)
        files = files_of(have)
        if len(files) != len(want["files"]):
            out.append(f"session {number}: {len(files)} files, expected {len(want['files'])}")
        for place, (file, seen) in enumerate(zip(want["files"], files), 1):
            out += unlike(f"session {number}, file {place}", file, seen)
    return out


def objects(entry, found):
    wanted = entry["objects"]
    if len(wanted) != len(found):
        return [f"{len(found)} objects, expected {len(wanted)}"]
    if entry.get("any_order"):
        found = sorted(found, key=lambda o: o["name"] or "")
    return [line for number, (want, have) in enumerate(zip(wanted, found), 1)
            for line in unlike(f"object {number}", want, have, OBJECT)]


@pytest.mark.parametrize("name", NAMES)
def test_verdicts_follow_from_each_other(name, report):
    """A session's verdict is the worst of its objects and files, a capture's the worst of all."""
    found = report(name)
    by_id = {item["id"]: item for item in found["objects"]}
    of_delivery = {"refused": "fail", "failed": "fail", "unknown": "unknown", "unconfirmed": "warn"}
    every = []
    for item in found["objects"]:
        assert WORST.index(item["verdict"]) <= WORST.index(of_delivery.get(item["delivery"], "pass"))
        every.append(item["verdict"])
    for session in found["sessions"]:
        mine = [by_id[number]["verdict"] for number in session["objects"]]
        mine += [of_delivery.get(file["delivery"], "pass") for file in files_of(session)]
        assert WORST.index(session["verdict"]) <= min(map(WORST.index, mine), default=3)
        deliveries = [file["delivery"] for file in files_of(session) + files_offered_later(session)]
        if deliveries:
            assert session["delivery"] == min(deliveries, key=WORSE.index)
        for file in files_of(session):
            if file["object"] is not None:
                assert file["object"] in session["objects"]
        every.append(session["verdict"])
    if every:
        assert WORST.index(found["capture"]["verdict"]) <= min(map(WORST.index, every))


@pytest.mark.parametrize("name", NAMES)
def test_rules(name, report):
    wanted, findings = EXPECTED[name], report(name)["findings"]
    severities, texts = {}, {}
    for finding in findings:
        severities.setdefault(finding["rule"], set()).add(finding["severity"])
        texts[finding["rule"]] = f"frame {finding['frame']}: {finding['text']}"
    out = [f"{rule}: {sorted(severities.get(rule, []))}, expected {severity}"
           for rule, severity in wanted["rules"].items() if severities.get(rule) != {severity}]
    out += [f"none of {group}" for group in wanted["one_of"] if not set(group) & set(severities)]
    out += [f"{rule} is untrue: {texts[rule]}" for rule in wanted["not_rules"] if rule in severities]
    allowed = {*wanted["rules"], *wanted["may"], *(rule for group in wanted["one_of"] for rule in group)}
    out += [f"{rule} is not expected: {texts[rule]}" for rule, seen in severities.items()
            if rule not in allowed and rule not in wanted["not_rules"]
            and (seen & {"error", "warn"} or wanted.get("no_findings"))]
    assert out == []


@pytest.mark.parametrize("name", NAMES)
def test_a_finding_is_told_once(name, report):
    """Equal findings of one rule in one object are one entry that counts its frames."""
    findings = report(name)["findings"]
    for finding in findings:
        assert finding["count"] == len(finding["frames"]) >= 1 and finding["frames"][0] == finding["frame"]
        assert finding["frames"] == sorted(finding["frames"])
    told = [(f["rule"], f["object"], f["text"]) for f in findings if f["object"] is not None]
    assert len(told) == len(set(told))
    for rule, count in EXPECTED[name].get("counts", {}).items():
        assert [f["count"] for f in findings if f["rule"] == rule and f["object"] == 1] == [count]


@pytest.mark.parametrize("name", NAMES)
def test_peers(name, report):
    roles = {peer["address"]: peer["role"] for peer in report(name)["peers"]}
    for address in set(roles) & set(HOSTS):
        if not name.startswith("copies-rewritten"):
            assert roles[address] == HOSTS[address]


# --- the diagnosis ---


def first_sentence(text):
    return re.split(r"\.\s+(?=[A-Z\"(])", text, maxsplit=1)[0]


def frame_numbers(text):
    out = []
    for found in re.findall(r"\b[Ff]rames? ((?:\d+(?:, | and | to |-)?)+)", text):
        out += [int(number) for number in re.findall(r"\d+", found)]
    return out


def missing_words(wanted, text):
    return [f"none of {spellings} in {text!r}" for spellings in wanted
            if not any(spelling.lower() in text.lower() for spelling in spellings)]


def badly_told(wanted, text, findings):
    """What the diagnosis lacks, or None where it is good."""
    if not text:
        return ["no diagnosis"]
    sentence = first_sentence(text)
    frames = frame_numbers(sentence)
    out = [] if frames and frames[0] in wanted["frames"] else [
        f"the first frame told is {frames[:1]}, expected one of {wanted['frames']}: {sentence!r}"]
    named = re.findall(r"\((sender|receiver|relay|core|capture)\)", sentence)[:1] or re.findall(
        r"\b(sender|receiver|relay|core|capture)\b", sentence)
    if not set(named) & set(wanted["side"]):
        out.append(f"side {named}, expected one of {wanted['side']}: {sentence!r}")
    out += missing_words(wanted["words"], sentence)
    return out + missing_words(wanted["also"], " ".join([text, *(f["text"] for f in findings)]))


def test_how_a_diagnosis_is_read():
    text = ("frame 24: the end-line of SEND 12c0aCCY is damaged (sender); the receiver took the 34 SENDs behind it for its "
            "body and answered 400. Frames 30 and 31 follow from it.")
    wanted = {"frames": [24], "side": ["sender"], "words": [["end-line"], ["damaged", "broken"]], "also": [["30"]]}
    assert badly_told(wanted, text, []) == []
    assert len(badly_told({**wanted, "frames": [30]}, text, [])) == 1       # not the first frame
    assert len(badly_told({**wanted, "side": ["receiver"]}, text, [])) == 1     # told, but not to blame
    assert len(badly_told({**wanted, "words": [["Frames 30"]]}, text, [])) == 1     # in the second sentence only
    assert badly_told(wanted, None, []) == ["no diagnosis"]


def told_of(found, where):
    """The candidates for the diagnosis of `object N`, `session N`, `capture`."""
    kind, _, number = where.partition(" ")
    if kind == "capture":
        return found["capture"]["reasons"]
    things = found[kind + "s"]
    return [things[int(number) - 1]["diagnosis"]] if int(number) <= len(things) else []


@pytest.mark.parametrize("name", [name for name in NAMES if EXPECTED[name]["diagnosis"]])
def test_diagnosis_names_frame_side_and_cause(name, report):
    wanted, found = EXPECTED[name]["diagnosis"], report(name)
    out = []
    for where in wanted["where"]:
        problems = [badly_told(wanted, text, found["findings"]) for text in told_of(found, where)]
        if not any(lacks == [] for lacks in problems):
            out.append((where, problems or "nothing is told"))
    assert out == []


@pytest.mark.parametrize("name", [name for name in NAMES if "not_texts" in EXPECTED[name]])
def test_no_useless_advice(name, report):
    text = json.dumps(report(name))
    assert [advice for advice in EXPECTED[name]["not_texts"] if advice in text] == []


# --- omapush-check ---


@pytest.mark.parametrize("name", NAMES)
def test_exit_code(name, tshark, tmp_path):
    run = subprocess.run([str(ROOT / "tools" / "omapush-check"), "--tshark", tshark.path, str(SCENES / f"{name}.pcap")],
                         check=False, text=True, stdin=subprocess.DEVNULL, capture_output=True, cwd=tmp_path)
    assert run.returncode == EXPECTED[name]["exit"], run.stdout + run.stderr
    if run.returncode == 2:
        assert "cannot tell" in run.stdout + run.stderr
