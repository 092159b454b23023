# SPDX-License-Identifier: GPL-2.0-or-later
"""Which captures are meant by the arguments: files as they are, folders searched."""

import os

ENDINGS = (".pcap", ".pcapng", ".cap", ".pcap.gz", ".pcapng.gz", ".cap.gz")


def find(argument):
    """The captures an argument stands for, in a stable order, and the folders that cannot be read.

    None of both for a folder without captures. The second list holds OSErrors.
    """
    if not os.path.isdir(argument):
        return [argument], []
    found = []
    closed = []
    for folder, subfolders, names in os.walk(argument, onerror=closed.append):
        subfolders.sort()
        found += [os.path.join(folder, name) for name in sorted(names)
                  if name.lower().endswith(ENDINGS)]
    return found, closed
