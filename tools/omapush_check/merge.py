# SPDX-License-Identifier: GPL-2.0-or-later
"""Several files that are one capture: those of a ring buffer, or of several taps."""

import contextlib
import os
import subprocess
import tempfile

from .tshark import CannotRun, unreadable


@contextlib.contextmanager
def merged(tshark, captures):
    """The path of one file with the frames of all, in order of time; it is gone afterwards."""
    for capture in captures:
        trouble = unreadable(capture)
        if trouble:
            raise CannotRun(f"{capture}: {trouble}")
    with tempfile.TemporaryDirectory(prefix="omapush-") as folder:
        path = os.path.join(folder, "merged.pcapng")
        try:
            done = subprocess.run([_program(tshark), "-w", path, *map(os.path.abspath, captures)], check=False,
                                  stdin=subprocess.DEVNULL, capture_output=True)
        except OSError as error:
            raise CannotRun(f"mergecap: {error.strerror}; it comes with Wireshark") from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").splitlines() or ["it did not say why"]
            raise CannotRun(said[0] if said[0].startswith("mergecap: ") else f"mergecap: {said[0]}")
        yield path


def label(captures):
    """What the one capture is called."""
    return captures[0] if len(captures) == 1 else f"{captures[0]} and {len(captures) - 1} more, merged"


def _program(tshark):
    """The mergecap beside the tshark that is run, where there is one."""
    beside = os.path.join(os.path.dirname(tshark.program), "mergecap")
    return beside if os.path.dirname(tshark.program) and os.access(beside, os.X_OK) else "mergecap"
