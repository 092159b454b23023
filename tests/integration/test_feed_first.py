# SPDX-License-Identifier: GPL-2.0-or-later
"""First the model has a frame, then it is drawn: what drawing throws takes nothing from the report. The limit on the items
of a frame's tree makes any item throw, those of stock dissectors as well as ours."""
import json
import re

import pytest

from conftest import ROOT

CAPTURES = ROOT / "test-captures"
LIMITS = [*range(20, 400, 20), 90, 110]
THROWN = re.compile(r"Dissector bug, protocol (.+), in packet \d+: Adding ([\w.]+) would put more than")
# Where these throw, nobody can read what they carry. What our postdissector adds is the frame's, too.
CARRIERS = {"Frame", "Ethernet", "IPv4", "IPv6", "UDP", "TCP", "TLS", "HTTP", "WebSocket"}


def report(tshark, capture, *arguments):
    """The push report of one pass with all trees, and what was thrown in it: protocol and field."""
    done = tshark("-n", "-r", capture, "-V", "-q", "-z", "omapush,json", *arguments)
    return json.loads(done.out[done.out.index('\n{\n  "omapush"'):]), THROWN.findall(done.err)


def test_the_limit_throws_where_it_is_looked_for(tshark):
    """Else the tests below compare what is the same anyway."""
    _, thrown = report(tshark, CAPTURES / "appendix-b-corrected.pcap", "-o", "gui.max_tree_items:140")
    assert ("OMA Push", "omapush") in thrown
    assert any(protocol == "SIP" for protocol, _ in thrown)


@pytest.mark.parametrize("name, drawn", [
    ("appendix-b-corrected.pcap", True),  # SIP over UDP and TCP, MSRP over TCP
    ("five-in-one.pcap", True),  # five messages in a segment
    ("cases/review-enc-tcp3.pcap", True),  # two MESSAGEs in a segment
    ("live-ws.pcap", True),  # several WebSocket frames in a segment
    ("live-wss.pcapng", True),
    ("live-tls13.pcapng", False),  # its handshake has more items than its messages
    ("live-sip-tls.pcapng", False),
])
def test_no_tree_limit_changes_the_report(tshark, name, drawn):
    whole, thrown = report(tshark, CAPTURES / name)
    assert whole["objects"] and not thrown
    compared = 0
    ours = set()
    for limit in LIMITS:
        limited, thrown = report(tshark, CAPTURES / name, "-o", f"gui.max_tree_items:{limit}")
        if any(protocol in CARRIERS and not field.startswith("omapush") for protocol, field in thrown):
            continue
        assert limited == whole, f"with a limit of {limit}"
        compared += 1
        ours |= {field for _, field in thrown}
    assert compared >= 4
    assert bool(ours) == drawn


@pytest.mark.parametrize("others", [[], ["transum", "mate", "snort"]])
def test_sip_is_read_whichever_postdissectors_are_enabled(tshark, others):
    """A postdissector of no protocol is called only where another one is enabled."""
    capture = CAPTURES / "appendix-b-corrected.pcap"
    arguments = [argument for other in others for argument in ("--disable-protocol", other)]
    assert tshark.json(capture, *arguments) == tshark.json(capture)
    assert tshark.json(capture)["registrations"]


def test_nothing_is_read_where_the_protocol_is_disabled(tshark):
    done = tshark("-n", "-r", CAPTURES / "appendix-b-corrected.pcap", "--disable-protocol", "omapush", "-V", "-q", "-z",
                  "omapush,json")
    assert '"objects": []' in done.out
    assert "OMA Push" not in done.out


def test_no_frame_has_a_layer_for_the_postdissector(tshark):
    layers = tshark.fields(CAPTURES / "appendix-b-corrected.pcap", "frame.protocols", two_pass=False)
    assert not any("omapush.frame" in row[0][0] for row in layers)
    assert ["eth:ethertype:ip:tcp"] in [row[0] for row in layers]
