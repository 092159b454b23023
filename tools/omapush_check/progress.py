# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks many captures at once, and tells a waiting person how far it is."""

import sys
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

PATIENCE = 1.0  # seconds without an answer that nobody minds


def check_all(captures, check, jobs, stream=sys.stderr):
    """Yields check(capture) in the order of the captures."""
    # Threads do: the work is in the tshark processes.
    pool = ThreadPoolExecutor(max_workers=jobs)
    line = _Line(stream, len(captures))
    try:
        futures = [pool.submit(check, capture) for capture in captures]
        for future in futures:
            while not future.done():
                wait([future], timeout=0.25, return_when=FIRST_COMPLETED)
                line.show(sum(f.done() for f in futures))
            line.clear()
            yield future.result()
    finally:
        line.clear()
        pool.shutdown(wait=True, cancel_futures=True)


class _Line:
    """A line on a terminal that is written over; nothing at all elsewhere."""

    def __init__(self, stream, total):
        self.stream = stream if stream.isatty() else None
        self.total = total
        self.start = time.monotonic()
        self.shown = False

    def show(self, done):
        seconds = time.monotonic() - self.start
        if self.stream and seconds > PATIENCE:
            self.stream.write(f"\r\x1b[K{done} of {self.total} checked, {seconds:.0f} s")
            self.stream.flush()
            self.shown = True

    def clear(self):
        if self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self.shown = False
