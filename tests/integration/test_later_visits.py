# SPDX-License-Identifier: GPL-2.0-or-later
"""A frame that is dissected again shows what it showed: second pass, and clicks in any order as sharkd serves them."""
import json
import pathlib
import random

import pytest

CAPTURES = pathlib.Path(__file__).resolve().parents[2] / "test-captures"
SOME = ["appendix-b-corrected.pcap", "appendix-b-as-printed.pcap", "five-in-one.pcap", "hostile-body.pcap"]


def clicks(tshark, capture, numbers):
    """The labels of the push trees of these frames, asked for one after the other."""
    asked = [{"jsonrpc": "2.0", "id": 1, "method": "load", "params": {"file": str(capture)}}]
    asked += [{"jsonrpc": "2.0", "id": place, "method": "frame", "params": {"frame": number, "proto": True}}
              for place, number in enumerate(numbers, 2)]
    out = tshark("-", program="sharkd", stdin="".join(json.dumps(one) + "\n" for one in asked).encode()).out
    answers = [json.loads(line) for line in out.splitlines() if line.startswith("{")][1:]
    return [[node["l"] for node in answer["result"]["tree"] if node["l"].startswith("OMA Push")]
            for answer in answers]


@pytest.mark.parametrize("name", SOME)
def test_clicks_in_any_order(tshark, name):
    copy = pathlib.Path(tshark.dir) / "out" / name
    copy.write_bytes((CAPTURES / name).read_bytes())
    numbers = tshark.frames(copy, "omapush")
    assert numbers
    in_order = clicks(tshark, copy, numbers)
    assert all(in_order)
    shuffled = random.Random(1).sample(numbers, len(numbers))
    assert dict(zip(shuffled, clicks(tshark, copy, shuffled))) == dict(zip(numbers, in_order))


@pytest.mark.parametrize("name", SOME)
def test_second_pass_finds_what_the_first_found(tshark, name):
    once = tshark("-r", CAPTURES / name, "-Y", "omapush", "-T", "fields", "-e", "frame.number",
                  "-e", "omapush.procedure", "-e", "omapush.session.id", "-e", "omapush.object.id").out.splitlines()
    twice = tshark("-2", "-r", CAPTURES / name, "-Y", "omapush", "-T", "fields", "-e", "frame.number",
                   "-e", "omapush.procedure", "-e", "omapush.session.id", "-e", "omapush.object.id").out.splitlines()
    assert once and set(once) <= set(twice)
