# SPDX-License-Identifier: GPL-2.0-or-later
"""Stock's statistics over captures with pushes: with the plugin and without it they say the same, but for what is wanted:
OMA Push as one more level beside SIP and MSRP, MSRP messages that stock does not find, contents in place of the raw text of
chunks, and Info texts in the flow graph."""
import re
from pathlib import Path

import pytest

CAPTURES = Path(__file__).resolve().parents[2] / "test-captures"
SOME = ["appendix-b-as-printed.pcap", "appendix-b-corrected.pcap", "live-sipp-msrp.pcap", "live-ws.pcap",
        "scenes/content-hash.pcap", "variety/coalesced.pcap", "variety/message-multipart.pcap", "variety/sip-over-tcp.pcap"]
SAME = ["conv,ip", "conv,tcp", "conv,udp", "endpoints,ip", "endpoints,tcp", "endpoints,udp", "io,stat,0",
        "io,stat,0.5,ip,tcp,udp,sip,sdp", "io,stat,0,COUNT(sip.Method)sip.Method,COUNT(sdp.media)sdp.media", "sip,stat",
        "ip_hosts,tree", "ip_srcdst,tree", "dests,tree", "plen,tree", "ptype,tree", "flow,tcp,network", "follow,tcp,ascii,0",
        "follow,udp,hex,0", "rtp,streams", "hosts", "credentials"]


@pytest.mark.parametrize("name", SOME)
def test_statistics_that_stay_as_they_are(tshark, stock_tshark, name):
    asked = [argument for statistic in SAME for argument in ("-z", statistic)]
    told = tshark("-q", *asked, "-r", CAPTURES / name).out
    assert "IPv4 Conversations" in told and "SIP Statistics" in told and len(told) > 5000
    assert told == stock_tshark("-q", *asked, "-r", CAPTURES / name).out


def expert(wireshark, capture):
    """Lines of stock's own expert infos, without the headlines that count."""
    lines = wireshark("-2", "-q", "-z", "expert", "-r", capture).out.splitlines()
    return sorted(line for line in lines if re.match(r" +\d+ ", line) and " OMA Push " not in line)


@pytest.mark.parametrize("name", ["appendix-b-as-printed.pcap", "scenes/content-hash.pcap"])
def test_expert_infos_of_stock_stay(tshark, stock_tshark, name):
    assert expert(tshark, CAPTURES / name) == expert(stock_tshark, CAPTURES / name) != []


def hierarchy(wireshark, capture):
    """Path of protocols to (frames, bytes), in one pass without a display filter: nobody asks for a field of ours."""
    levels, path = {}, []
    for line in wireshark("-q", "-z", "io,phs", "-r", capture).out.splitlines():
        row = re.match(r"( *)(\S+) +frames:(\d+) bytes:(\d+)", line)
        if row:  # the deepest levels are not indented any more
            path = [*path, row[2][3:]] if row[2].startswith("...") else [*path[:len(row[1]) // 2], row[2]]
            levels[tuple(path)] = (int(row[3]), int(row[4]))
    return levels


def below(levels, protocol):
    """Frames with this protocol: where it first stands on a path."""
    return sum(frames for path, (frames, _) in levels.items()
               if path[-1] == protocol and path.index(protocol) == len(path) - 1)


@pytest.mark.parametrize("name", SOME)
def test_hierarchy_of_protocols(tshark, stock_tshark, name):
    with_plugin, stock = hierarchy(tshark, CAPTURES / name), hierarchy(stock_tshark, CAPTURES / name)
    kept = {path: counts for path, counts in stock.items()
            if set(path) <= {"eth", "ip", "ipv6", "udp", "tcp", "sip", "http"}}
    assert kept == {path: with_plugin.get(path) for path in kept}
    assert below(with_plugin, "msrp") >= below(stock, "msrp")
    assert below(with_plugin, "msrp") == len(tshark.frames(CAPTURES / name, "msrp"))
    # One level, that is nothing but the protocol.
    assert below(with_plugin, "omapush") == len(tshark.fields(CAPTURES / name, "frame.number", display_filter="omapush",
                                                              two_pass=False))
    assert not [path for path in with_plugin if path.count("omapush") > 1 or any("omapush." in part for part in path)]
