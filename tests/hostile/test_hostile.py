# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever a peer sends: work grows with it and no faster, memory too, and nothing breaks.

The scenes go through the model alone (hostile_replay). Work is instructions, which valgrind counts: no clock, so no busy
machine, decides. docs/limits.md has what they measure; tests/hostile/run measures tshark, at any scale.
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
# Linear is 4, quadratic 16.
WORST_RATIO = 5
# Of the model, for each byte of a capture (docs/limits.md): what many small objects take.
WORST_MEMORY = 24
# Messages of their own in 120 to 140 bytes, ten in a segment; in 280 bytes with six faults each.
DENSE = {'everything_wrong': 25, 'tiny_messages_in_segments': 36, 'tiny_and_wrong': 44, 'tiny_and_foreign': 44}
# No output of ours is longer than that many times the capture.
WORST_OUTPUT = 30


@pytest.fixture(scope='session')
def replay(tmp_path_factory):
    plugin = os.environ.get('OMAPUSH_PLUGIN')
    builds = [Path(plugin).resolve().parents[2]] if plugin else [ROOT / 'build-test', ROOT / 'build']
    programs = [build / 'tests' / 'hostile' / 'hostile_replay' for build in builds]
    program = next((program for program in programs if program.exists()), None)
    if not program:
        pytest.skip('hostile_replay is not built: OMAPUSH_TESTS is off')

    def run(*captures):
        """(instructions, bytes held) of each."""
        command = ['valgrind', '--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null', program]
        done = subprocess.run([*command, *captures], capture_output=True, text=True, timeout=300, check=True)
        # Of each child, then of the parent.
        counts = [int(count.replace(',', '')) for count in re.findall(r'I +refs: +([\d,]+)', done.stderr)]
        held = [int(line.split()[0]) for line in done.stdout.splitlines()]
        return list(zip(counts[:-1], held, strict=True))

    empty = tmp_path_factory.mktemp('empty') / 'empty.pcap'
    with scenes.Writer(empty):
        pass
    start = run(empty)[0][0]
    return lambda *captures: [(count - start, held) for count, held in run(*captures)]


@pytest.mark.parametrize('name', scenes.SCENES)
def test_grows_with_what_is_sent(name, replay, tmp_path):
    units = max(1, scenes.SCENES[name][1] // 10)
    paths = [tmp_path / f'{scale}.pcap' for scale in (1, FACTOR)]
    for path, scale in zip(paths, (1, FACTOR)):
        scenes.write(name, path, units * scale)
    (work, held), (work_large, held_large) = replay(*paths)
    sizes = [path.stat().st_size for path in paths]
    ratio, memory = work_large / work, (held_large - held) / (sizes[1] - sizes[0])
    print(f'{name}: {work / units:,.0f} instructions a unit, ratio {ratio:.2f}, {memory:.1f} bytes a byte')
    assert ratio <= WORST_RATIO
    assert memory <= DENSE.get(name, WORST_MEMORY)


@pytest.mark.parametrize('name', [*scenes.ONE_FOR_MANY, 'holes_filled_backwards', 'claims_of_everything', 'tiny_and_wrong',
                                  'tiny_messages_in_segments', 'wrong_media_lines', 'everything_wrong'])
def test_no_output_outgrows_its_capture(name, tshark):
    """In one pass: the tree's text of OMA Push, the report and the tables."""
    path = tshark.dir / 'out' / f'{name}.pcap'
    scenes.write(name, path, max(4, scenes.SCENES[name][1] // 4))
    path.chmod(0o644)
    out = tshark('-V', '-O', 'omapush', '-r', path, '-z', 'omapush,json', '-z', 'omapush,transfers', '-z', 'omapush,tree').raw
    tree, report = out.split(b'\n{\n  "omapush"', 1)
    size = path.stat().st_size
    print(f'{name}: tree {len(tree) / size:.1f}, reports {len(report) / size:.1f} times {size} bytes')
    assert len(tree) <= WORST_OUTPUT * size and len(report) <= WORST_OUTPUT * size


def test_a_total_that_is_too_low_costs_no_more(replay, tmp_path):
    paths = [tmp_path / f'{name}.pcap' for name in ('total_right', 'total_too_low')]
    for path in paths:
        scenes.write(path.stem, path, 400)
    (right, _), (too_low, _) = replay(*paths)
    assert too_low <= 1.5 * right


def test_an_object_that_was_complete_is_not_shown_again(tshark):
    """In one pass: the text of a tree grows with the bytes sent, not with those bytes times the object."""
    path = tshark.dir / 'out' / 'again.pcap'
    scenes.write('last_chunk_again', path, 40)
    path.chmod(0o644)
    tree = tshark('-V', '-O', 'omapush,data', '-r', path).out
    assert tree.count('State: complete') == tree.count('Push body: ') == 1
    assert len(re.findall(r'SEND chunk \d+', tree)) >= 41


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
