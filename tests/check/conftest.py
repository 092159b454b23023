# SPDX-License-Identifier: GPL-2.0-or-later
"""omapush-check with a tshark that says what the test wants it to say."""

import copy
import json
import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
COMMAND = HERE.parent.parent / "tools" / "omapush-check"

GOOD_OBJECT = {
    "id": 1, "delivery": "confirmed", "diagnosis": None, "time": 1700000002.4, "carrier": "MSRP",
    "session": 1, "call_id": "c1@psa", "message_id": "pushid-1",
    "status": None, "event_apps": ["mms.ua"], "icsis": [],
    "from_path": "msrp://psa.example:7654/s1;tcp", "to_path": "msrp://pra.example:8888/s2;tcp",
    "content_type": "application/vnd.oma.push", "name": "mms-notification", "size": 4092,
    "total": 4092, "state": "complete", "gaps": [], "hops": 1, "digests": {"sha-1": "72:24"},
    "verification": {"result": "match", "algorithm": "sha-1", "offered": "72:24",
                     "computed": "72:24", "covers": "object"},
    "body": None,
    "chunks": [
        {"frame": 9, "start": 1, "end": 2048, "total": 4092, "flag": "+", "transaction": "t1",
         "response_frame": 10, "status": 200, "seconds": 0.01},
        {"frame": 11, "start": 2049, "end": 4092, "total": 4092, "flag": "$", "transaction": "t2",
         "response_frame": 12, "status": 200, "seconds": 0.01}],
    "reports": [{"frame": 13, "start": 1, "end": 4092, "total": 4092, "status": 200,
                 "seconds": 0.02}],
    "frames": {"first": 9, "last": 11, "report": 13},
    "seconds": {"setup": 0.1, "transfer": 0.2, "report": 0.02},
    "verdict": "pass", "findings": [],
}
SESSION = {
    "id": 1, "call_id": "c1@psa", "from": "sip:psa@example.com", "to": "sip:user@example.com",
    "event_apps": ["mms.ua"], "icsis": [], "status": 200, "offer_frame": 3, "answer_frame": 5,
    "ack_frame": 7, "bye_frame": 20, "bye_answer_frame": 22,
    "offer": {"media": [{"path": ["msrp://psa.example:7654/s1;tcp"], "setup": "passive",
                         "direction": "sendonly", "accept_types": [], "files": []}]},
    "answer": {"media": [{"path": ["msrp://pra.example:8888/s2;tcp"], "setup": "active",
                          "direction": "recvonly", "accept_types": [], "files": []}]},
    "renegotiations": [], "objects": [1], "verdict": "pass", "delivery": "confirmed", "diagnosis": None,
}
REGISTRATION = {
    "kind": "first-party", "deregistration": False, "frame": 1, "answer_frame": 2, "status": 200,
    "call_id": "r1", "aor": "sip:user@example.com", "contact": "", "instance": "",
    "event_apps": ["mms.ua"], "icsis": [], "expires": 7200,
}


HEAD = {
    "omapush": 2, "plugin": "1.0.0", "wireshark": "4.0.17",
    "capture": {"first_time": 1700000000.0, "last_time": 1700000009.5, "frames": 22, "cut_frames": 0,
                "verdict": "pass", "reasons": []},
    "peers": [{"address": "192.0.2.3", "names": [], "role": "sender", "findings": {}},
              {"address": "192.0.2.4", "names": ["ExampleUA/1.2"], "role": "receiver", "findings": {}}],
}
CAUSE = "frame 9: the sender's BYE came before bytes 2049-4092 (sender)"


@pytest.fixture
def good():
    """A report in which all is well."""
    return copy.deepcopy({**HEAD, "registrations": [REGISTRATION], "sessions": [SESSION],
                          "objects": [GOOD_OBJECT], "findings": []})


@pytest.fixture
def failing(good):
    """A report with an object that lost bytes."""
    good = copy.deepcopy(good)
    item = good["objects"][0]
    item.update(size=2048, state="incomplete", gaps=[[2049, 4092]], verdict="fail", findings=[0],
                delivery="failed", diagnosis=CAUSE,
                reports=[], frames={"first": 9, "last": 9, "report": None})
    item["verification"] = {"result": "not-verifiable", "algorithm": None, "offered": None,
                            "computed": None, "covers": None}
    item["chunks"] = item["chunks"][:1]
    good["findings"] = [{"rule": "MSRP-GAP", "severity": "error", "frame": 9, "session": 1, "object": 1,
                         "peer": "192.0.2.3", "section": "RFC 4975 §7.3.1",
                         "text": "the session ended with bytes 2049-4092 missing", "count": 1, "frames": [9]}]
    good["sessions"][0].update(verdict="fail", delivery="failed", diagnosis=CAUSE)
    good["capture"].update(verdict="fail", reasons=[CAUSE])
    good["peers"][0]["findings"] = {"MSRP-GAP": 1}
    return good


@pytest.fixture
def unknown(good):
    """A report with a file of which the capture holds nothing."""
    good = copy.deepcopy(good)
    why = "frame 12: everything on the negotiated path is TLS, and there are no keys (capture)"
    good["objects"] = []
    good["sessions"][0]["offer"]["media"][0]["files"] = [
        {"name": "mms-notification", "type": None, "size": 4092, "transfer_id": None, "hashes": [], "object": None,
         "delivery": "unknown"}]
    good["sessions"][0].update(objects=[], verdict="unknown", delivery="unknown", diagnosis=why)
    good["capture"].update(verdict="unknown", reasons=[why])
    return good


@pytest.fixture
def empty():
    return copy.deepcopy({**HEAD, "peers": [], "registrations": [], "sessions": [], "objects": [], "findings": []})


@pytest.fixture
def capture(tmp_path):
    """capture(name, report, **more) writes what the fake tshark reads as a capture."""
    def write(name, report=None, **more):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"report": report, **more} if report is not None else more))
        return str(path)
    return write


class Run:
    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr


@pytest.fixture
def check(tmp_path):
    """check(arguments...) runs omapush-check on the fake tshark."""
    def run(*arguments, tshark=str(HERE / "fake_tshark"), stdout=subprocess.PIPE, stdin="", preexec_fn=None, **environment):
        home = tmp_path / "home"
        home.mkdir(exist_ok=True)
        env = {**os.environ, "HOME": str(home), "TSHARK": tshark, **environment}
        return Run(subprocess.run([str(COMMAND), *arguments], env=env, check=False, text=True,
                                  input=stdin, stdout=stdout, stderr=subprocess.PIPE, preexec_fn=preexec_fn))
    return run
