# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever a peer sends: work grows with it and no faster, memory too, and nothing breaks.

The scenes go through the model alone (hostile_replay), which does the same work in the same order in every run; docs/limits.md
has what they measure at larger scales, and what tests/hostile/run measures of tshark.
"""
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
import scenes  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
FACTOR = 4
# Linear is 4, quadratic 16; the clock of a busy machine is unsure by half.
WORST_RATIO = 8
# Of the model, for each byte of a capture (docs/limits.md): what many small objects take.
WORST_MEMORY = 24


@pytest.fixture(scope='module')
def replay():
    plugin = os.environ.get('OMAPUSH_PLUGIN')
    builds = [Path(plugin).resolve().parents[2]] if plugin else [ROOT / 'build-test', ROOT / 'build']
    programs = [build / 'tests' / 'hostile' / 'hostile_replay' for build in builds]
    program = next((program for program in programs if program.exists()), None)
    if not program:
        pytest.skip('hostile_replay is not built: OMAPUSH_TESTS is off')

    def run(capture):
        """(milliseconds, bytes held)."""
        done = subprocess.run([program, capture], capture_output=True, text=True, timeout=300, check=True)
        milliseconds, held, *_ = done.stdout.split()
        return float(milliseconds), int(held)
    return run


def captures_of(name, folder):
    """The scene at n and 4 n units."""
    units = max(1, scenes.SCENES[name][1] // 4)
    paths = [folder / f'{scale}.pcap' for scale in (1, FACTOR)]
    for path, scale in zip(paths, (1, FACTOR)):
        scenes.write(name, path, units * scale)
    return paths


@pytest.mark.parametrize('name', scenes.SCENES)
def test_grows_with_what_is_sent(name, replay, tmp_path):
    paths = captures_of(name, tmp_path)
    ratios = []
    for _ in range(4):
        (small, held), (large, held_large) = (replay(path) for path in paths)
        ratios.append(large / max(small, 1))
        if ratios[-1] <= WORST_RATIO:
            break
    sizes = [path.stat().st_size for path in paths]
    assert min(ratios) <= WORST_RATIO, f'4 times as much takes {ratios} times as long'
    assert (held_large - held) / (sizes[1] - sizes[0]) <= WORST_MEMORY


def test_all_of_them_in_tshark(tshark, tmp_path):
    path = tshark.dir / 'out' / 'scenes.pcap'
    with scenes.Writer(path) as writer:
        for function, _ in scenes.SCENES.values():
            function(writer, 6)
    path.chmod(0o644)
    report = json.loads(tshark('-q', '-z', 'omapush,json', '-r', path).out)
    assert report['objects'] and report['findings']
    # Of stock's multipart dissector 600 parts in each other are too many, with the plugin and without.
    tree = tshark('-2', '-V', '-r', path).out
    assert not re.findall(r'\[Malformed Packet: (?:OMA|MSRP)[^\]]*\]|Dissector bug, protocol (?!MIME multipart)[^\n]*', tree)
