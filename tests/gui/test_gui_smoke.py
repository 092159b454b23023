# SPDX-License-Identifier: GPL-2.0-or-later
"""Wireshark itself: its windows open with pushes in them, and nothing is complained of.

Skipped only where the programs for it are not installed; ./run-tests installs them.
"""

import time

import pytest

from gui.desktop import Gui, Screen, missing_programs

pytestmark = [
    pytest.mark.skipif(bool(missing_programs()), reason="not installed: " + ", ".join(missing_programs())),
    # One screen at a time.
    pytest.mark.xdist_group("gui"),
]

WINDOWS = ("transfers", "counters", "expert_information", "export_objects", "flow_graph")


@pytest.fixture(scope="module")
def screen():
    shown = Screen()
    yield shown
    shown.close()


@pytest.mark.parametrize("name", ["appendix-b-as-printed", "appendix-b-corrected", "hostile-body"])
def test_windows_open_without_complaint(screen, tshark, captures, name):
    gui = Gui(screen, tshark, captures / f"{name}.pcap", "-Y", "omapush")
    try:
        # Every push frame is looked at with its tree open, then the windows.
        screen.keys(gui.main, "ctrl+Home", "ctrl+Right", *["ctrl+Down"] * 40)
        time.sleep(0.5)
        for window in WINDOWS:
            before = set(screen.windows())
            opened = getattr(gui, window)()
            assert opened, f"{window} does not open: {screen.windows()}"
            time.sleep(0.5)
            assert gui.alive(), f"Wireshark ended at {window}: {gui.said()}"
            gui.shut(before)
        assert gui.said() == ""
    finally:
        gui.close()
