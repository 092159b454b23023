# SPDX-License-Identifier: GPL-2.0-or-later
"""Which captures are meant by the arguments: files as they are, folders searched."""

import os

ENDINGS = (".pcap", ".pcapng", ".cap", ".pcap.gz", ".pcapng.gz", ".cap.gz")


def find(argument):
    """The captures an argument stands for, in a stable order; none for an empty folder."""
    if not os.path.isdir(argument):
        return [argument]
    found = []
    for folder, subfolders, names in os.walk(argument):
        subfolders.sort()
        found += [os.path.join(folder, name) for name in sorted(names)
                  if name.lower().endswith(ENDINGS)]
    return found
