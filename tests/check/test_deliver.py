# SPDX-License-Identifier: GPL-2.0-or-later
"""deliver.py against the reference receiver: real sockets, a real recording. Left out where nothing can be recorded."""

import shutil
import subprocess
import sys
import time

import pytest

GOOD = {"message": "confirmed", "small": "accepted", "chunked": "accepted", "report": "confirmed",
        "refused": "refused", "aborted": "accepted"}


def can_record():
    if not shutil.which("dumpcap"):
        return False
    done = subprocess.run(["dumpcap", "-q", "-i", "lo", "-a", "duration:0", "-w", "/dev/null"], capture_output=True,
                          check=False, timeout=20)
    return done.returncode == 0


pytestmark = [pytest.mark.skipif(not can_record(), reason="dumpcap cannot record here"),
              pytest.mark.xdist_group("deliver")]


@pytest.fixture
def delivered(captures, tshark):
    """delivered(receiver's options, deliver.py's options): exit code, and found delivery by name."""
    receivers = []

    def run(receiver=(), *options):
        live = captures / "live"
        receivers.append(subprocess.Popen([sys.executable, str(live / "receive.py"), "--port", "25062", "--msrp-port",
                                           "22855", *receiver]))
        time.sleep(0.5)
        done = subprocess.run([sys.executable, str(live / "deliver.py"), "127.0.0.4:25062", "--tshark", tshark.path,
                               "--patience", "2", *options], capture_output=True, text=True, check=False, timeout=120)
        rows = [line.split() for line in done.stdout.splitlines() if line and not line.startswith(" ")]
        found = {row[0]: row[4] if row[2] == "or" else row[2] for row in rows if row[0] in GOOD}
        return done.returncode, found, done.stdout + done.stderr
    yield run
    for receiver in receivers:
        receiver.kill()
        receiver.wait()


@pytest.mark.parametrize("receiver", [(), ("--active",)])
def test_all_deliveries_arrive(delivered, receiver):
    code, found, text = delivered(receiver)
    assert (code, found) == (0, GOOD), text


@pytest.mark.parametrize("fault, wrong, why", [
    ("no-report", {"report": "unconfirmed"}, "no REPORT came (receiver)"),
    ("refuse-message", {"message": "refused"}, "480 Temporarily Unavailable"),
    ("take-everything", {"refused": "failed"}, "nothing was sent (sender)"),
    ("refuse-send", {"small": "refused", "chunked": "refused", "report": "refused", "aborted": "refused"}, " 415 ")])
def test_what_a_device_does_wrong_is_told(delivered, fault, wrong, why):
    code, found, text = delivered(("--fault", fault))
    if fault == "take-everything" and found["refused"] == "unknown":
        # A machine so busy that dumpcap missed the connection: it is not refused, which is what counts.
        wrong, why = {"refused": "unknown"}, "(capture)"
    assert (code, found) == (1, {**GOOD, **wrong}), text
    assert why in text


def test_a_delivery_that_there_is_not(delivered):
    code, _, text = delivered((), "--only", "nonsense")
    assert code == 2 and "no such delivery; there are message, small" in text
