# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs of tshark: user and system time, and peak memory, of the process itself."""
import os
import re
import statistics
import subprocess
from dataclasses import dataclass


@dataclass
class Run:
    seconds: float      # user and system time
    peak: float         # resident set, MB


class Tshark:
    """A tshark made by tools/private-tshark."""

    def __init__(self, path):
        self.path = str(path)

    def run(self, *arguments, out=os.devnull):
        """One run. Standard output goes to the file `out`."""
        arguments = [self.path, *map(str, arguments)]
        pid = os.fork()
        if pid == 0:
            try:
                null = os.open(os.devnull, os.O_RDWR)
                os.dup2(null, 0)
                os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), 1)
                os.execv(self.path, arguments)
            finally:
                os._exit(127)
        _, status, usage = os.wait4(pid, 0)
        if status:
            raise SystemExit(f'{" ".join(arguments)}: exit {os.waitstatus_to_exitcode(status)}')
        return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)

    def instructions(self, *arguments):
        """Of one run, as valgrind counts them: other work on the machine does not change that, but for hash seeds."""
        command = ['valgrind', '--trace-children=yes', '--tool=cachegrind', '--cache-sim=no',
                   '--cachegrind-out-file=/dev/null', self.path, *map(str, arguments)]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              text=True, check=True)
        # Of the programs that the wrapper becomes in turn the last is tshark.
        return int(re.findall(r'I +refs: +([\d,]+)', done.stderr)[-1].replace(',', ''))


def counted_ratio(ours, stock, small, large):
    """Of the instructions that `large` takes more than `small`: what the start takes is in neither. Each is a function
    of a capture; the least of three runs: hash seeds and ASLR change it a little."""
    def least(run, path):
        return min(run(path) for _ in range(3))
    mine, theirs = (least(run, large) - least(run, small) for run in (ours, stock))
    return mine / theirs, mine, theirs


def alternate(pairs, *runs):
    """Each of the callables `pairs` times, in turn and every other time backwards, the last time forwards: a list of
    Run for each."""
    results = [[] for _ in runs]
    for number in range(pairs):
        turn = list(zip(runs, results))
        for run, result in turn if (pairs - number) % 2 else turn[::-1]:
            result.append(run())
    return results


def seconds(runs):
    return statistics.median(run.seconds for run in runs)


def ratio(first, second):
    """Of the times of runs that were made in turn: what else the machine did then slowed both of a pair."""
    return statistics.median(a.seconds / b.seconds for a, b in zip(first, second))


def fast_ratio(first, second):
    """Of the faster halves' medians: where a hundredth counts, and what else the machine does only ever adds."""
    return seconds(faster_half(first)) / seconds(faster_half(second))


def faster_half(runs):
    return sorted(runs, key=lambda run: run.seconds)[:(len(runs) + 1) // 2]


def peak(runs):
    return statistics.median(run.peak for run in runs)
