# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures without push or MSRP look exactly as they do without the plugin."""
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

MAKER = Path(__file__).resolve().parents[1] / "golden" / "make_captures.py"

NAMES = ["audio-call", "register", "texts", "http", "dns", "tls", "icmp", "fragments", "sip-tcp", "like-msrp",
         "malformed", "cut-short"]
# Each capture by itself...
EACH = {
    "details": ["-V"],
    "json-2": ["-2", "-T", "json"],
}
# ... and all of them, one behind the other.
ALL = {
    "listing": [],
    "listing-2": ["-2"],
    "details-2": ["-2", "-V"],
    "pdml": ["-T", "pdml", "-Y", "sip || http || tcp.len > 0"],
    "taps": ["-q", "-z", "io,phs", "-z", "expert", "-z", "flow,any,network"],
}


@pytest.fixture(scope="module")
def golden():
    # In /tmp and open to all: the one who runs tshark may be somebody else.
    folder = Path(tempfile.mkdtemp(prefix="omapush-golden.", dir="/tmp"))
    folder.chmod(0o755)
    made = subprocess.run([sys.executable, str(MAKER), str(folder)], check=True, capture_output=True, text=True)
    # A capture that is made and not looked at would guard nothing.
    assert sorted(Path(line).stem for line in made.stdout.split()) == sorted(NAMES)
    subprocess.run(["mergecap", "-a", "-F", "pcap", "-w", folder / "all.pcap",
                    *(folder / f"{name}.pcap" for name in NAMES)], check=True)
    yield folder
    shutil.rmtree(folder)


def lines(done):
    """All but the line in which PDML tells when it was made."""
    return [line for line in done.out.splitlines() if not line.startswith("<pdml ")]


def check_same(tshark, stock_tshark, *arguments):
    stock = stock_tshark(*arguments, code=None)
    ours = tshark(*arguments, code=None)
    assert stock.code == 0 and stock.raw, stock.err
    assert lines(ours) == lines(stock)
    assert (ours.code, ours.err) == (stock.code, stock.err)


@pytest.mark.parametrize("mode", EACH)
@pytest.mark.parametrize("name", NAMES)
def test_same(tshark, stock_tshark, golden, name, mode):
    check_same(tshark, stock_tshark, "-r", golden / f"{name}.pcap", *EACH[mode])


@pytest.mark.parametrize("mode", ALL)
def test_all_the_same(tshark, stock_tshark, golden, mode):
    check_same(tshark, stock_tshark, "-r", golden / "all.pcap", *ALL[mode])


def test_nothing_is_found(tshark, golden):
    """No registration, session, object or finding in any of them."""
    for name in NAMES:
        report = tshark.json(golden / f"{name}.pcap")
        found = {key: report[key] for key in ("registrations", "sessions", "objects", "findings")}
        assert found == {"registrations": [], "sessions": [], "objects": [], "findings": []}, name


def test_push_does_differ(tshark, stock_tshark, captures):
    """That the comparison can fail at all."""
    arguments = ["-r", captures / "appendix-b-corrected.pcap", "-V"]
    assert tshark(*arguments).out != stock_tshark(*arguments).out
