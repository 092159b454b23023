# SPDX-License-Identifier: GPL-2.0-or-later
"""No invalid read or write, and nothing that hangs on memory nobody has set: tshark with the plugin under valgrind.

Sanitizers in the plugin do not see what libwireshark does with a buffer the plugin gave it; valgrind does. A start
costs some 5 s, a frame next to nothing, so the captures of every carrier are put behind each other in one file.
"""
import os
import re
import shutil
import struct
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

CAPTURES = Path(__file__).resolve().parents[2] / "test-captures"
# MSRP and SIP over TCP and UDP, all made with the same addresses: each gets a network of its own.
MADE = ["appendix-b-as-printed.pcap", "appendix-b-corrected.pcap", "five-in-one.pcap", "hostile-body.pcap",
        "variety/message-mms.pcap", "variety/message-multipart-base64.pcap", "variety/message-gzip.pcap",
        "variety/message-tcp.pcap", "variety/message-websocket.pcap", "variety/sip-over-tcp.pcap",
        "variety/relay-rechunked.pcap", "variety/reordered.pcap", "variety/retransmitted.pcap",
        "variety/five-byte-segments.pcap", "variety/lost-in-chunks.pcap", "variety/lost-start-and-end.pcap",
        "variety/late-start.pcap", "variety/msrp-cut-by-fin.pcap", "variety/msrp-lost-and-left-out.pcap",
        "variety/java-corrupted-end-line.pcap", "variety/chunks-overlap-conflict.pcap", "variety/several-selectors.pcap"]
# Recordings, each with ports of its own: TLS, WebSocket, both, SIP over TLS.
RECORDED = ["live-tls12.pcapng", "live-tls13.pcapng", "live-ws.pcap", "live-wss.pcapng", "live-sip-tls.pcapng"]
# What once was memory that moved under a buffer that was still shown.
MOVED = ["cases/review-uaf-total-too-low.pcap", "cases/review-uaf-ws-default-prefs.pcap"]
NAME_FRAMES = 4
NETWORK = bytes([192, 0, 2])  # the three bytes before a host's number


def moved_to(network, source):
    """The capture with NETWORK.0.2.x (three digits) for 192.0.2.x, in headers and texts, and with Call-IDs of its own:
    nothing changes its length."""
    out = [source[:24]]
    at = 24
    while at < len(source):
        record = source[at:at + 16]
        size = struct.unpack("<IIII", record)[2]
        frame = bytearray(source[at + 16:at + 16 + size])
        for place in (26, 30):
            if frame[place:place + 3] == NETWORK:
                frame[place] = network
        text = bytes(frame[34:]).replace(b"192.0.2.", b"%d.0.2." % network)
        out += [record, bytes(frame[:34]), text.replace(b"998sdasdh0", b"998sdas%d" % network)]
        at += 16 + size
    return b"".join(out)


@pytest.fixture(scope="module")
def merged(tshark):
    """All of them in one file, which the one who runs tshark may read."""
    folder = Path(tempfile.mkdtemp(dir=tshark.dir / "out"))
    parts = []
    for network, name in enumerate(MADE, 110):
        part = folder / f"{network}.pcap"
        part.write_bytes(moved_to(network, (CAPTURES / name).read_bytes()))
        parts.append(part)
    parts += [CAPTURES / name for name in RECORDED]
    path = folder / "merged.pcapng"
    subprocess.run(["mergecap", "-a", "-F", "pcapng", "-w", path, *parts], check=True)
    for opened, mode in ((folder, 0o755), (path, 0o644)):
        opened.chmod(mode)
    yield path
    shutil.rmtree(folder)


class Memcheck:
    """A run of tshark under valgrind: errors (text), and standard output (bytes)."""

    def __init__(self, wireshark, *arguments):
        folder = Path(tempfile.mkdtemp(dir=wireshark.dir / "out"))
        folder.chmod(0o777)
        log = folder / "memcheck.xml"
        # As tools/private-tshark does, which says why, but for valgrind between the user and the program. Every piece
        # of wmem and GSlice memory is then a block of malloc(), which valgrind watches one by one.
        user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"] if os.geteuid() == 0 else []
        home = {"HOME": str(wireshark.dir / "home"), "WIRESHARK_PLUGIN_DIR": str(wireshark.dir / "plugins"),
                "WIRESHARK_DEBUG_WMEM_OVERRIDE": "simple", "G_SLICE": "always-malloc"}
        other = {key: value for key, value in os.environ.items()
                 if key not in ("XDG_CONFIG_HOME", "WIRESHARK_CONFIG_DIR")}
        command = [*user, "valgrind", "--xml=yes", f"--xml-file={log}", "--num-callers=30",
                   "tshark", *map(str, arguments)]
        done = subprocess.run(command, env={**other, **home}, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=600, check=False)
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        self.raw = done.stdout
        # With XML valgrind looks for leaks whether asked to or not; the plugin is unloaded by then, and stock has many.
        found = ET.parse(log).getroot().findall("error")
        self.errors = [error for error in found if not error.findtext("kind").startswith("Leak_")]
        self.lost = sum(int(error.findtext("xwhat/leakedblocks")) for error in found
                        if error.findtext("kind") == "Leak_DefinitelyLost")
        shutil.rmtree(folder)


def frames(error):
    """The stack of an error: for each frame the function's name, or where it has none the library's."""
    return [frame.findtext("fn") or frame.findtext("obj", "?") for frame in error.find("stack").findall("frame")]


def ours(error):
    return any("omapush" in frame.findtext("obj", "") for frame in error.find("stack").findall("frame"))


def told(error):
    """An error as text: what, and where from."""
    what = error.findtext("what") or error.findtext("xwhat/text")
    where = [f"    {frame.findtext('fn') or '?'} ({frame.findtext('file') or frame.findtext('obj')}:{frame.findtext('line')})"
             for frame in error.iter("frame")]
    return "\n".join([what, *where])


def new_errors(wireshark, stock, capture, *how, stock_how=None):
    """The errors of a run that are the plugin's, and its standard output. An error without a frame of the plugin
    counts unless stock alone makes one of the same kind at the same place (stock_how: what stock can be asked)."""
    run = Memcheck(wireshark, *how, "-r", capture)
    found = [error for error in run.errors if ours(error)]
    others = [error for error in run.errors if not ours(error)]
    if others:
        known = {(error.findtext("kind"), *frames(error)[:NAME_FRAMES]) for error in
                 Memcheck(stock, *(how if stock_how is None else stock_how), "-r", capture).errors}
        found += [error for error in others
                  if (error.findtext("kind"), *frames(error)[:NAME_FRAMES]) not in known]
    return "\n\n".join(map(told, found)), run.raw


def test_the_merged_capture_has_them_all(tshark, merged):
    """Otherwise the runs below would look at less than they seem to."""
    report = tshark.json(merged)
    carriers = {(entry["carrier"], entry["state"]) for entry in report["objects"]}
    alone = sum(len(tshark.json(CAPTURES / name)["objects"]) for name in MADE + RECORDED)
    assert {("MESSAGE", "complete"), ("MSRP", "complete"), ("MSRP", "incomplete")} <= carriers
    assert len(report["objects"]) >= 0.8 * alone, (len(report["objects"]), alone)


REPORT = ("-q", "-z", "omapush,json", "-z", "omapush,transfers", "-z", "omapush,tree")


@pytest.mark.parametrize(("how", "stock_how"), [(("-V", "-x"), None), (("-2", "-V"), None), (REPORT, ("-q",))],
                         ids=["details", "two-passes", "report"])
def test_no_error(tshark, stock_tshark, merged, how, stock_how):
    errors, out = new_errors(tshark, stock_tshark, merged, *how, stock_how=stock_how)
    assert errors == ""
    # What is shown hangs on no stray memory either, and valgrind has looked at what a user sees.
    assert out == tshark(*how, "-r", merged).raw
    assert re.search(rb"^OMA Push|objects", out, re.M)


def test_no_error_in_export(tshark, stock_tshark, merged):
    folder = Path(tempfile.mkdtemp(dir=tshark.dir / "out"))
    folder.chmod(0o777)
    errors, _ = new_errors(tshark, stock_tshark, merged, "-q", "--export-objects", f"omapush,{folder}",
                           stock_how=("-q",))
    assert errors == ""
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == tshark.objects(merged)


@pytest.mark.parametrize("name", MOVED)
def test_no_error_where_memory_moved(tshark, stock_tshark, name):
    copy = tshark.dir / "out" / Path(name).name
    shutil.copyfile(CAPTURES / name, copy)
    errors, _ = new_errors(tshark, stock_tshark, copy, "-V", "-x")
    assert errors == ""


@pytest.mark.parametrize(("name", "limits"), [("cases/review-enc-tcp3.pcap", (120, 180, 200)),
                                              ("appendix-b-corrected.pcap", (130, 200, 210))])
def test_what_is_thrown_loses_nothing(tshark, name, limits):
    """The limit on a tree's items makes an item throw in the middle of drawing: what is lost by then is what a run without
    it loses, stock's blocks and what lives as long as the program."""
    copy = tshark.dir / "out" / Path(name).name
    shutil.copyfile(CAPTURES / name, copy)
    without = Memcheck(tshark, "-V", "-r", copy)
    runs = [Memcheck(tshark, "-V", "-r", copy, "-o", f"gui.max_tree_items:{limit}") for limit in limits]
    # Each version of Wireshark has its own number of items before ours.
    assert any(b"Adding omapush" in run.raw for run in runs)
    assert [run.lost for run in runs] == [without.lost] * len(runs)
    assert not any(ours(error) for run in runs for error in run.errors)
