# SPDX-License-Identifier: GPL-2.0-or-later
"""The same report at every visit, where it is hardest: segments lost, late, twice, in another order.

What a first pass told is not taken back, and a second one finds nothing else: the report of one pass, of two, with trees
and without is one text, and the objects that sharkd saves after clicks are those that tshark exports.
"""
import json
import random
import struct
from pathlib import Path

import pytest

CAPTURES = Path(__file__).resolve().parents[2] / "test-captures"
KEPT = [f"variety/{name}.pcap" for name in (
    "chunks-duplicated", "chunks-gaps", "chunks-out-of-order", "chunks-overlap-conflict", "coalesced",
    "five-byte-segments", "interrupted-new-connection", "java-corrupted-end-line", "java-orphan-end-line", "late-start",
    "lost-at-end", "lost-in-chunks", "lost-in-one-send", "lost-report", "lost-start-and-end", "msrp-cut-by-fin",
    "msrp-damaged-at-the-end", "msrp-lost-and-left-out", "msrp-lost-report", "one-sided", "reordered", "retransmitted")]
KEPT += ["rules/MSRP-CAPTURE-LOSS.bad.pcap", "rules/MSRP-UNFINISHED.closed.bad.pcap"]
# What is made of these: (capture, seed). Bodies full of look-alikes, several messages in a segment, short segments.
MADE = [("hostile-body.pcap", seed) for seed in range(6)]
MADE += [("variety/five-byte-segments.pcap", 1), ("variety/relay-rechunked.pcap", 1)]


def frames_of(source):
    """The records of a pcap file, and its head."""
    at, records = 24, []
    while at < len(source):
        size = struct.unpack_from("<I", source, at + 8)[0]
        records.append(source[at:at + 16 + size])
        at += 16 + size
    return source[:24], records


def has_payload(record):
    """Is it a TCP segment over IPv4 with bytes in it?"""
    frame = record[16:]
    if frame[12:14] != b"\x08\0" or frame[23] != 6:
        return False
    return struct.unpack_from("!H", frame, 16)[0] > 20 + (frame[46] >> 4) * 4


def spoilt(source, seed):
    """The capture with some segments lost, some swapped with the next, some late, some twice. Times stay in order."""
    chance = random.Random(seed)
    head, records = frames_of(source)
    times = [record[:8] for record in records]
    segments = [place for place, record in enumerate(records) if has_payload(record)]
    chosen = chance.sample(segments, max(4, min(len(segments) // 4, 12)))
    order = dict(enumerate(records))
    for number, place in enumerate(sorted(chosen)):
        kind = number % 4
        if kind == 0:
            order.pop(place, None)
        elif kind == 1:
            order[place + 1.5] = order.pop(place, None)
        elif kind == 2:
            order[place + 5.5] = order.pop(place, None)
        else:
            order[place + 3.5] = records[place]
    left = [record for _, record in sorted(order.items(), key=lambda item: item[0]) if record]
    return head + b"".join(time + record[8:] for time, record in zip(times, left))


@pytest.fixture(scope="module")
def at(tshark):
    """at(capture, seed): the path of the capture, for whoever runs tshark."""
    def path(name, seed=None):
        source = (CAPTURES / name).read_bytes()
        copy = tshark.dir / "out" / f"{seed}-{Path(name).name}"
        copy.write_bytes(source if seed is None else spoilt(source, seed))
        copy.chmod(0o644)
        return copy
    return path


def check(tshark, capture):
    once = (tshark.report(capture) / "report.json").read_text(encoding="utf-8")
    report = ("-z", "omapush,json", "-r", capture)
    assert tshark("-q", "-2", *report).out == once
    # With a tree for each frame; the report is what is printed last.
    assert tshark("-V", *report).out.endswith(once)
    assert tshark("-2", "-V", *report).out.endswith(once)
    assert saved_after_clicks(tshark, capture) == sizes(tshark.objects(capture))
    return json.loads(once)


def sizes(objects):
    return sorted(len(data) for data in objects.values())


def saved_after_clicks(tshark, capture):
    """The sizes of what sharkd would save, after every frame has been clicked at, the last one first."""
    asked = [{"method": "load", "params": {"file": str(capture)}}]
    count = len(frames_of(capture.read_bytes())[1])
    asked += [{"method": "frame", "params": {"frame": number, "proto": True}} for number in range(count, 0, -1)]
    asked += [{"method": "tap", "params": {"tap0": "eo:omapush"}}]
    lines = [json.dumps({"jsonrpc": "2.0", "id": number, **one}) + "\n" for number, one in enumerate(asked, 1)]
    out = tshark("-", program="sharkd", stdin="".join(lines).encode()).out
    taps = json.loads(out.splitlines()[-1])["result"]["taps"]
    return sorted(entry["len"] for tap in taps for entry in tap["objects"])


@pytest.mark.parametrize("name", KEPT)
def test_kept(tshark, at, name):
    assert check(tshark, at(name))["objects"]


@pytest.mark.parametrize(("name", "seed"), MADE)
def test_made(tshark, at, name, seed):
    report = check(tshark, at(name, seed))
    whole = tshark.json(at(name))
    # Segments were spoilt: something must have been found other than in the whole capture, but no byte is made up.
    assert report != whole
    right = {entry["message_id"]: entry["total"] for entry in whole["objects"]}
    for entry in report["objects"]:
        assert entry["size"] <= (right.get(entry["message_id"]) or entry["size"])
