#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes the pictures of docs/ again: Wireshark on a screen of its own, the page of omapush-check in Chromium.

    docs/pictures/make.py [PLUGIN]      PLUGIN: build/plugin/wireshark/omapush.so

Needs xvfb, xdotool, imagemagick, wireshark; for the page also chromium (left out where it is not installed).
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from conftest import Wireshark  # noqa: E402
from gui.desktop import Gui, Screen  # noqa: E402

PRINTED = ROOT / "test-captures" / "appendix-b-as-printed.pcap"
CORRECTED = ROOT / "test-captures" / "appendix-b-corrected.pcap"
# Without the bytes, so that the tree has room in a picture.
TREE = ["-o", "gui.layout_content_3:NONE"]


def reduced(source, target, colours=64):
    """A palette is enough for pictures of windows."""
    subprocess.run(["convert", str(source), "-strip", "+dither", "-colors", str(colours), "-define",
                    "png:compression-level=9", f"PNG8:{target}"], check=True)


class Pictures:
    def __init__(self, plugin):
        self.wireshark = Wireshark(plugin)
        self.screen = Screen("1360x1040")

    def close(self):
        self.screen.close()
        self.wireshark.close()

    def take(self, name, window="root"):
        time.sleep(1)
        with tempfile.NamedTemporaryFile(suffix=".png") as raw:
            subprocess.run(["import", "-window", window, raw.name], check=True,
                           env=dict(os.environ, DISPLAY=self.screen.display))
            reduced(raw.name, HERE / f"{name}.png")

    def resize(self, window, width, height):
        self.screen.xdotool("windowmove", "--sync", window, 0, 0)
        self.screen.xdotool("windowsize", "--sync", window, width, height)

    def main_window(self, name, capture, frame, *keys):
        """The packet list with a frame selected, its push tree open as far as the keys open it."""
        gui = Gui(self.screen, self.wireshark, capture, "-Y", "omapush", "-g", str(frame), *TREE)
        try:
            time.sleep(1.5)
            self.screen.xdotool("mousemove", 300, 980, "click", 1)
            self.screen.keys(gui.main, "End", *keys)
            # A long line has moved the details sideways: back, by the bar below them.
            self.screen.xdotool("mousemove", 12, 1010, "click", "--repeat", 8, "--delay", 60, 1)
            self.take(name)
        finally:
            gui.close()

    def windows(self):
        gui = Gui(self.screen, self.wireshark, PRINTED, "-Y", "omapush.session.id == 1")
        try:
            self.window(gui, "gui-transfers", gui.transfers, 1340, 240)
            self.window(gui, "gui-counters", gui.counters, 900, 620)
            self.window(gui, "gui-expert", gui.expert_information, 1000, 560)
            self.window(gui, "gui-export", gui.export_objects, 800, 300)
            self.window(gui, "gui-flow", gui.flow_graph, 1260, 700, self.limit_flow)
        finally:
            gui.close()

    def window(self, gui, name, opener, width, height, prepare=None):
        before = set(self.screen.windows())
        window = opener()
        assert window, f"{name} does not open"
        self.resize(window, width, height)
        if prepare:
            prepare(width, height)
        self.take(name, window)
        gui.shut(before)

    def limit_flow(self, _width, height):
        # "Limit to display filter" stands at the lower left.
        self.screen.xdotool("mousemove", 20, height - 54, "click", 1)
        time.sleep(1)


def page(folder):
    """The page of omapush-check, as on a desktop and as on a phone."""
    html = folder / "push.html"
    subprocess.run([sys.executable, str(ROOT / "tools" / "omapush-check"), "--html", str(html),
                    "scenes/legs-relay-drops-tail.pcap", CORRECTED.name], check=False, stdout=subprocess.DEVNULL,
                   cwd=PRINTED.parent)
    for name, width, height in (("page-desktop", 1100, 1300), ("page-phone", 400, 1200)):
        raw = folder / f"{name}.png"
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                        f"--user-data-dir={folder / 'chromium'}", "--hide-scrollbars",
                        f"--window-size={width},{height}", f"--screenshot={raw}", html.as_uri()],
                       check=True, capture_output=True, timeout=120)
        reduced(raw, HERE / f"{name}.png", 96)


def main():
    plugin = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "plugin" / "wireshark" / "omapush.so"
    pictures = Pictures(plugin)
    try:
        # The object's content comes last in the tree, the push tree before it: session and object are opened.
        pictures.main_window("gui-main", PRINTED, 43, "Up", "Right", "Down", "Down", "Right", *["Down"] * 4, "Right")
        pictures.windows()
        if shutil.which("chromium"):
            os.environ["TSHARK"] = pictures.wireshark.path
            page(Path(tempfile.mkdtemp(dir=pictures.wireshark.dir)))
    finally:
        pictures.close()


if __name__ == "__main__":
    main()
