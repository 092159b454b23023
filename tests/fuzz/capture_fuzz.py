#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Fuzzing of the whole plugin as Wireshark's fuzz-test does it: captures with changed bytes, cut frames, frames
lost, doubled and out of order go through tshark, and nothing may break.

    tests/fuzz/capture_fuzz.py --plugin build/plugin/wireshark/omapush.so [--seconds 3600] [CAPTURE...]

With a plugin built with -DOMAPUSH_SANITIZE=address,undefined libasan is loaded before tshark. What breaks is
kept in --keep DIR, a capture and what tshark said; the seed of a run is told and gives the same run again.
"""
import argparse
import json
import os
import pathlib
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]

# What must not be said on standard error, whoever says it.
BAD_NOISE = re.compile(r'AddressSanitizer|runtime error:|LeakSanitizer|CRITICAL|GLib-WARNING|Dissector bug|ASSERT'
                       r'|assertion|omapush:')
# What must not be shown: an exception that comes from the plugin, or from stock MSRP, which it calls.
BAD_TREE = re.compile(r'\[Malformed Packet: OMA[^\]]*\]|Dissector bug[^\n]*')
BAD_STOCK = re.compile(r'\[Malformed Packet: MSRP[^\]]*\]')


# --- captures as lists of blocks ---

def read_blocks(data):
    """(file header, blocks that must stay in front, frames): classic pcap or pcapng, as bytes each."""
    if data[:4] == b'\x0a\x0d\x0d\x0a':
        return read_pcapng(data)
    order = '<' if data[:4] in (b'\xd4\xc3\xb2\xa1', b'\x4d\x3c\xb2\xa1') else '>'
    frames, at = [], 24
    while at + 16 <= len(data):
        length = 16 + struct.unpack_from(order + 'I', data, at + 8)[0]
        frames.append(data[at:at + length])
        at += length
    return data[:24], frames


def read_pcapng(data):
    order = '<' if data[8:12] == b'\x4d\x3c\x2b\x1a' else '>'
    front, frames, at = b'', [], 0
    while at + 12 <= len(data):
        kind, length = struct.unpack_from(order + 'II', data, at)
        block = data[at:at + length]
        if kind == 6:
            frames.append(block)
        else:
            front += block
        at += length
    return front, frames


# --- ways to spoil a capture ---

def editcap(source, target, *arguments):
    target.unlink(missing_ok=True)
    subprocess.run(['editcap', *map(str, arguments), str(source), str(target)], check=False, capture_output=True)
    if not target.exists():  # it could make nothing of what an earlier step left
        shutil.copy(source, target)


def change_bytes(rng, source, target):
    """editcap -E: anywhere, or behind the Ethernet and IP headers, or behind TCP's too."""
    editcap(source, target, '-E', rng.choice([0.001, 0.005, 0.01, 0.02, 0.05, 0.1]), '--seed', rng.randrange(1 << 31),
            '-o', rng.choice([0, 34, 54, 54, 54, 66]))


def cut_frames(rng, source, target):
    editcap(source, target, '-s', rng.choice([rng.randrange(40, 200), rng.randrange(200, 1500)]))


def with_frames(change):
    """A way that works on the list of frames."""
    def spoil(rng, source, target):
        front, frames = read_blocks(source.read_bytes())
        target.write_bytes(front + b''.join(change(rng, frames)))
    spoil.__name__ = change.__name__
    return spoil


@with_frames
def drop(rng, frames):
    share = rng.choice([0.02, 0.1, 0.3])
    return [frame for frame in frames if rng.random() > share]


@with_frames
def double(rng, frames):
    share = rng.choice([0.02, 0.1, 0.5])
    return [copy for frame in frames for copy in [frame] * (1 + (rng.random() < share))]


@with_frames
def shuffle(rng, frames):
    """Each frame a few places away from where it was, or anywhere."""
    reach = rng.choice([2, 5, 20, len(frames)])
    places = sorted((place + rng.random() * reach, place) for place in range(len(frames)))
    return [frames[place] for _, place in places]


@with_frames
def cut_start(rng, frames):
    return frames[rng.randrange(len(frames)):] if frames else frames


@with_frames
def other_digits(rng, frames):
    """Numbers of the texts: lengths, ranges, statuses, sequence numbers, ports."""
    share = rng.choice([0.01, 0.05, 0.3])
    out = []
    for frame in frames:
        changed = bytearray(frame)
        for at in range(70, len(frame)):
            if 0x30 <= frame[at] <= 0x39 and rng.random() < share:
                changed[at] = rng.choice(b'0123456789999*')
        out.append(bytes(changed))
    return out


@with_frames
def other_words(rng, frames):
    """Pieces of the texts exchanged for others of the same length, from anywhere in the capture."""
    baits = [b'\r\n\r\n', b'-------', b'MSRP ', b'\r\n', b'"', b'<', b'>', b';', b',', b'=', b'%', b'\0', b'\xff',
             b'SEND', b'--', b'*', b'$', b'+', b'#', b' ', b':', b'\n']
    out = []
    for frame in frames:
        changed = bytearray(frame)
        for _ in range(rng.choice([0, 0, 1, 3]) if len(frame) > 120 else 0):
            other = rng.choice(frames)
            length = rng.randrange(1, 40)
            piece = other[-length:] if rng.random() < 0.4 else rng.choice(baits)
            at = rng.randrange(80, len(frame))
            piece = piece[:len(frame) - at]
            changed[at:at + len(piece)] = piece
        out.append(bytes(changed))
    return out


WAYS = [change_bytes, change_bytes, change_bytes, cut_frames, drop, double, shuffle, cut_start, other_digits,
        other_words]


def spoil(rng, source, target, folder):
    """One to three ways, one after the other. Returns their names."""
    names = []
    at = source
    for step in range(rng.choice([1, 1, 2, 3])):
        way = rng.choice(WAYS)
        spoilt = folder / f'step{step}{source.suffix}'
        way(rng, at, spoilt)
        names.append(way.__name__)
        at = spoilt
    shutil.copy(at, target)
    return names


# --- tshark ---

class Fuzzer:
    """A tshark with the plugin, and a folder that it may write to."""

    def __init__(self, plugin):
        # In /tmp and readable for all: as root the programs run as nobody.
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix='omapush-fuzz.', dir='/tmp'))
        subprocess.run([str(ROOT / 'tools' / 'private-tshark'), str(self.dir), str(plugin)], check=True)
        self.out = self.dir / 'out'
        sanitized = b'__asan_init' in pathlib.Path(plugin).read_bytes()
        self.environment = dict(os.environ, G_SLICE='always-malloc',
                                WIRESHARK_DEBUG_WMEM_OVERRIDE='simple' if sanitized else 'strict')
        if sanitized:
            runtime = subprocess.run(['gcc', '-print-file-name=libasan.so'], check=True, capture_output=True, text=True)
            self.environment.update(LD_PRELOAD=runtime.stdout.strip(),
                                    ASAN_OPTIONS='detect_leaks=0:abort_on_error=0:exitcode=99')
        # Not -G plugins, which starts the capture programs too: they hang under libasan.
        listed, noise, code = self.run('-G', 'protocols')
        assert code == 0 and '\tomapush\n' in listed, f'the plugin is not loaded: {noise}'

    def close(self):
        shutil.rmtree(self.dir)

    def run(self, *arguments, timeout=300):
        try:
            done = subprocess.run([str(self.dir / 'tshark'), *map(str, arguments)], env=self.environment,
                                  stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout, check=False)
        except subprocess.TimeoutExpired:
            return '', f'no end after {timeout} s', 124
        return done.stdout.decode('utf-8', 'replace'), done.stderr.decode('utf-8', 'replace'), done.returncode

    def problems(self, capture):
        """What is wrong with how tshark takes this capture: lines, none where all is well."""
        out = []
        tree, noise, code = self.run('-2', '-V', '-n', '-r', capture)
        out += self.judge('-2 -V', noise, code)
        out += [f'-2 -V shows: {bad.group(0)}' for bad in BAD_TREE.finditer(tree)]
        out += self.caused(capture, BAD_STOCK.findall(tree))
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.out))
        folder.chmod(0o777)
        report, noise, code = self.run('-q', '-n', '-z', 'omapush,json', '--export-objects', f'omapush,{folder}',
                                       '-r', capture)
        out += self.judge('json', noise, code)
        try:
            json.loads(report)
        except ValueError as problem:
            out.append(f'json does not parse: {problem}')
        shutil.rmtree(folder)
        return out

    def caused(self, capture, shown):
        """Of exceptions of stock MSRP those that it does not have by itself: it takes also what is nothing to us."""
        if not shown:
            return []
        alone = self.run('--disable-protocol', 'omapush', '-2', '-V', '-n', '-r', capture)[0]
        return [f'-2 -V shows: {bad}' for bad in shown[len(BAD_STOCK.findall(alone)):]]

    @staticmethod
    def judge(what, noise, code):
        # 2: the file itself is damaged, which is none of the plugin's business.
        out = [] if code in (0, 2) else [f'{what}: exit {code}']
        return out + [f'{what} says: {line}' for line in noise.splitlines() if BAD_NOISE.search(line)]

    def spoilt(self, seed, captures):
        """The spoilt capture of this seed, the one that it was, and in which ways."""
        rng = random.Random(seed)
        source = rng.choice(captures)
        target = self.out / f'fuzz{seed}{source.suffix}'
        names = spoil(rng, source, target, self.dir)
        target.chmod(0o644)
        return target, source, names

    def several(self, seeds, captures, keep=None):
        """Spoilt captures one behind the other in one run, for most of a run is the start of tshark; each by itself
        where that shows a problem. Returns the problems."""
        targets = [self.spoilt(seed, captures)[0] for seed in seeds]
        whole = self.out / 'several.pcapng'
        merged = subprocess.run(['mergecap', '-a', '-w', whole, *targets], capture_output=True, check=False)
        whole.chmod(0o644)
        found = merged.returncode != 0 or self.problems(whole)
        for target in targets:
            target.unlink(missing_ok=True)
        if not found:
            return []
        alone = [line for seed in seeds for line in self.one(seed, captures, keep)]
        if alone or merged.returncode:  # mergecap takes no file that is damaged itself
            return alone
        keep.mkdir(parents=True, exist_ok=True)
        shutil.copy(whole, keep / f'{seeds[0]}-{seeds[-1]}.pcapng')
        return [f'seeds {seeds[0]} to {seeds[-1]}, together only: {line}' for line in found]

    def one(self, seed, captures, keep=None):
        """One spoilt capture. Returns its problems."""
        target, source, names = self.spoilt(seed, captures)
        found = self.problems(target)
        if found and keep:
            keep.mkdir(parents=True, exist_ok=True)
            shutil.copy(target, keep / f'{seed}-{source.stem}{source.suffix}')
            (keep / f'{seed}-{source.stem}.txt').write_text(f'{source} {" ".join(names)}\n' + '\n'.join(found) + '\n')
        return [f'seed {seed}, {source.name} after {", ".join(names)}: {line}' for line in found]


def default_captures():
    """The test captures, but for the largest: what is fuzzed is read some thousand times."""
    folder = ROOT / 'test-captures'
    return sorted(path for path in folder.rglob('*.pcap*') if path.stat().st_size < 200_000)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--plugin', required=True, type=pathlib.Path)
    parser.add_argument('--seconds', type=float, default=600)
    parser.add_argument('--runs', type=int, default=1 << 30, help='captures')
    parser.add_argument('--seed', type=int, default=1, help='of the first capture; each further one has the next')
    parser.add_argument('--together', type=int, default=20, help='captures that one tshark reads')
    parser.add_argument('--keep', type=pathlib.Path, default=pathlib.Path('fuzz-found'))
    parser.add_argument('captures', nargs='*', type=pathlib.Path)
    options = parser.parse_args()
    captures = options.captures or default_captures()
    fuzzer = Fuzzer(options.plugin)
    end = time.monotonic() + options.seconds
    found = runs = 0
    try:
        while runs < options.runs and time.monotonic() < end:
            seeds = range(options.seed + runs, options.seed + runs + min(options.together, options.runs - runs))
            lines = fuzzer.several(seeds, captures, options.keep)
            found += len(lines)
            runs += len(seeds)
            for line in lines[:5]:
                print(line, flush=True)
    finally:
        fuzzer.close()
    print(f'{runs} spoilt captures, {found} problems')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
