# SPDX-License-Identifier: GPL-2.0-or-later
"""Follow, OMA Push: SIP and MSRP of one session in their order, each byte once, on the side that said it."""
import base64
import re
from pathlib import Path

import pytest

from integration.test_everywhere import sharkd

CAPTURES = Path(__file__).resolve().parents[2] / "test-captures"
# With one TCP connection of MSRP, by the number that Wireshark gives it, and one session.
STREAMS = [("variety/java-pipelined.pcap", 0), ("variety/coalesced.pcap", 0), ("variety/five-byte-segments.pcap", 0),
           ("variety/retransmitted.pcap", 0), ("variety/reordered.pcap", 0), ("scenes/refused-413-send-abort.pcap", 0),
           ("variety/python-reports.pcap", 0), ("appendix-b-as-printed.pcap", 3)]


def followed(tshark, name, *wanted):
    """For each (follower, filter) the list of (frame, from the server?, bytes)."""
    copy = tshark.dir / "out" / f"follow-{Path(name).name}"
    copy.write_bytes((CAPTURES / name).read_bytes())
    copy.chmod(0o644)
    requests = [{"method": "load", "params": {"file": str(copy)}}]
    requests += [{"method": "follow", "params": {"follow": follower, "filter": chosen}} for follower, chosen in wanted]
    return [[(part["n"], bool(part.get("s")), base64.b64decode(part["d"])) for part in answer.get("payloads", [])]
            for answer in sharkd(tshark, requests)[1:]]


def said(parts, server):
    return b"".join(data for _, by_server, data in parts if by_server == server)


@pytest.mark.parametrize("name, stream", STREAMS)
def test_all_of_msrp_is_there_once(tshark, name, stream):
    ours, theirs = followed(tshark, name, ("OMA Push", "omapush.session.id == 1"), ("TCP", f"tcp.stream == {stream}"))
    frames = set(tshark.frames(CAPTURES / name, f"tcp.stream == {stream} && omapush"))
    msrp = [part for part in ours if part[0] in frames]
    sent = [said(theirs, server) for server in (False, True)]
    # Whoever opened the connection is the client to TCP; to the session it is who sent the INVITE.
    told = [said(msrp, server) for server in (False, True)]
    if name == "variety/reordered.pcap":  # as they came, not as they were sent
        told, sent = ([sorted(data) for data in both] for both in (told, sent))
    assert told in (sent, sent[::-1])
    assert sum(len(data) for data in sent) > 500


@pytest.mark.parametrize("name, stream", STREAMS)
def test_both_sides_of_sip_and_msrp_in_order(tshark, name, stream):
    (parts,) = followed(tshark, name, ("OMA Push", "omapush.session.id == 1"))
    frames = [frame for frame, _, _ in parts]
    assert frames == sorted(frames)
    assert set(frames) == set(tshark.frames(CAPTURES / name, "omapush.session.id == 1"))
    by_start = [(data.split(b" ", 1)[0], server) for _, server, data in parts if data[:4] in (b"INVI", b"ACK ", b"SIP/")]
    assert by_start[0] == (b"INVITE", False)
    assert {server for start, server in by_start if start == b"ACK"} == {False}
    # SENDs go from the caller here, and their responses come back.
    kinds = {(match[1], server) for server in (False, True)
             for match in re.finditer(rb"MSRP \S+ (SEND|REPORT|200)\b", said(parts, server))}
    assert (b"SEND", False) in kinds and (b"SEND", True) not in kinds
    assert (b"REPORT", False) not in kinds and (b"200", False) not in kinds


def test_one_session_of_several(tshark):
    one, three = followed(tshark, "live-sipp-msrp.pcap", ("OMA Push", "omapush.session.id == 1"),
                          ("OMA Push", "omapush.session.id == 3"))
    assert not {frame for frame, _, _ in one} & {frame for frame, _, _ in three}
    assert b"pushid-tcp1x1" in one[0][2] and b"pushid-tcp3x300000" in three[0][2]


def test_an_object_without_a_session(tshark):
    (parts,) = followed(tshark, "variety/no-sip.pcap", ("OMA Push", "omapush.object.id == 1"))
    assert said(parts, False).startswith(b"MSRP ") and b" 200" in said(parts, True)


def test_tshark_follows_by_number(tshark):
    out = tshark("-q", "-z", "follow,omapush,ascii,1", "-r", CAPTURES / "scenes" / "confirmed.pcap").out
    assert "Filter: omapush.session.id == 1" in out
    assert re.search(r"^INVITE sip:", out, re.M) and re.search(r"^MSRP \S+ SEND", out, re.M) and "BYE sip:" in out
    assert re.search(r"^\t\d+\r?\nSIP/2.0 200", out, re.M)
    none = tshark("-q", "-z", "follow,omapush,ascii,9", "-r", CAPTURES / "scenes" / "confirmed.pcap").out
    assert "INVITE" not in none


def test_every_push_frame_can_be_followed(tshark):
    """What menus offer hangs on the frame's layers: SIP's too."""
    name = "scenes/confirmed.pcap"
    copy = tshark.dir / "out" / "follow-menus.pcap"
    copy.write_bytes((CAPTURES / name).read_bytes())
    copy.chmod(0o644)
    frames = tshark.frames(CAPTURES / name, "omapush.session.id")
    others = tshark.frames(CAPTURES / name, "!omapush")
    asked = [{"method": "load", "params": {"file": str(copy)}}]
    asked += [{"method": "frame", "params": {"frame": number, "proto": True}} for number in [*frames, *others]]
    offered = [dict(answer.get("fol", [])) for answer in sharkd(tshark, asked)[1:]]
    assert len(frames) > 6 and others
    assert {follow.get("OMA Push") for follow in offered[:len(frames)]} == {"omapush.session.id == 1"}
    assert not [follow for follow in offered[len(frames):] if "OMA Push" in follow]
