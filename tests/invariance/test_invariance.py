# SPDX-License-Identifier: GPL-2.0-or-later
"""A short selection of the invariance test (run has all of it): one variant of each kind, and those that were told wrongly
once."""

import importlib.machinery
import importlib.util
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
LOADER = importlib.machinery.SourceFileLoader("invariance_run", str(HERE / "run"))
RUN = importlib.util.module_from_spec(importlib.util.spec_from_loader("invariance_run", LOADER))
LOADER.exec_module(RUN)

CASES = [
    # A second capture point with numbers of its own, whose SYN comes while the first one's connection is in use, or
    # before its first byte.
    ("scenes/content-first-lost", "firewall", 2), ("variety/chunks-bind", "firewall", 3),
    ("scenes/content-first-retransmitted-tcp", "firewall", 5),
    # A WebSocket's handshake in pieces, on a port that SDP announces.
    ("scenes/failed-aborted-websocket", "split", 1),
    ("appendix-b-corrected", "tiny", 1), ("scenes/confirmed-reports-add-up", "join", 1), ("five-in-one", "again", 1),
    ("appendix-b-corrected", "doubled", 1), ("scenes/accepted-ipv6", "swapped", 1), ("live-ws", "gtp_u", 1),
    ("scenes/legs-relay-confirmed", "vlan", 1), ("appendix-b-corrected", "cooked", 1),
    ("scenes/confirmed-no-sip", "between", 1), ("variety/java-pipelined", "acks_dropped", 1),
    ("scenes/content-interleaved", "two_pass", 1), ("scenes/confirmed", "lossy", 1), ("scenes/accepted", "lossy", 2)]


@pytest.mark.parametrize("name, variant, seed", CASES)
def test_the_same_is_told(tshark, captures, tmp_path, name, variant, seed):
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents:
        if parent != Path("/tmp") and Path("/tmp") in parent.parents:
            parent.chmod(parent.stat().st_mode | 0o055)
    lines = RUN.check(tshark, captures / f"{name}.pcap", variant, seed, tmp_path, None)
    assert not lines, "\n".join(lines)
