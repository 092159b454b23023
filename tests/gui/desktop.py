# SPDX-License-Identifier: GPL-2.0-or-later
"""Wireshark on a screen that nobody sees: Xvfb, and xdotool for the keyboard.

There is no window manager, so that the tests need no other program: the window that
is to get the keys is given the focus first.
"""

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = ("Xvfb", "xdotool", "wireshark")
PROFILE = "OMA-Push"
# What Wireshark says of a kernel without wireless: nothing about us.
HARMLESS = {"nl80211 not found."}


def missing_programs():
    """Those of the needed programs that are not installed."""
    return [program for program in PROGRAMS if not shutil.which(program)]


class Screen:
    """An X server of its own, with the window functions of xdotool."""

    def __init__(self, size="1400x900"):
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-ac", "-nolisten", "tcp", "-noreset"],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            self.display = ":" + told.readline().strip()
        assert self.display != ":", "Xvfb does not start"
        self.size = size.split("x")

    def close(self):
        self.server.terminate()
        self.server.wait(60)

    def xdotool(self, *arguments):
        return subprocess.run(["xdotool", *map(str, arguments)], env=dict(os.environ, DISPLAY=self.display),
                              check=False, capture_output=True, text=True, timeout=60).stdout

    def windows(self):
        """Titles of the visible windows, by id."""
        found = self.xdotool("search", "--onlyvisible", "--name", ".").split()
        titles = {window: self.xdotool("getwindowname", window).strip() for window in found}
        return {window: title for window, title in titles.items() if title}

    def find(self, pattern):
        """The newest visible window whose title matches, or None."""
        matching = [window for window, title in self.windows().items() if re.search(pattern, title)]
        return matching[-1] if matching else None

    def wait(self, pattern, seconds=60.0):
        """Like find(), but waits for it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            window = self.find(pattern)
            if window:
                return window
            time.sleep(0.1)
        return None

    def keys(self, window, *keys):
        self.xdotool("windowfocus", "--sync", window)
        self.xdotool("key", "--clearmodifiers", "--delay", 60, *keys)


class Gui:
    """One Wireshark with a capture open.

    wireshark  the fixture of conftest.py: programs, home and plugin
    """

    def __init__(self, screen, wireshark, capture, *arguments, profile=PROFILE):
        self.screen = screen
        self.home = wireshark.dir / "home"
        self._hand_over(ROOT / "profiles" / PROFILE, self.home / ".config/wireshark/profiles" / PROFILE)
        self.capture = wireshark.dir / "out" / Path(capture).name
        self._hand_over(Path(capture), self.capture)
        runtime = self.home / "run"
        runtime.mkdir(mode=0o700, exist_ok=True)
        self._give_away(runtime)
        self.errors = wireshark.dir / "gui.err"
        environment = dict(os.environ, DISPLAY=screen.display, QT_QPA_PLATFORM="xcb", XDG_RUNTIME_DIR=str(runtime),
                           LC_ALL="C.UTF-8")
        for name in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
            environment.pop(name, None)
        # No interfaces are asked for: containers have none that may be looked at, and say so.
        with open(self.errors, "wb") as errors:
            self.process = subprocess.Popen(
                [str(wireshark.dir / "wireshark"), "-C", profile, "-o", "capture.no_interface_load:TRUE",
                 "-r", str(self.capture), *arguments],
                env=environment, stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True)
        self.main = self._wait_for_main()

    def _wait_for_main(self):
        window = self.screen.wait("^" + re.escape(self.capture.name), 60)
        assert window, f"no window with the capture: {self.screen.windows()} {self.said()}"
        self.screen.xdotool("windowmove", "--sync", window, 0, 0)
        self.screen.xdotool("windowsize", "--sync", window, *self.screen.size)
        time.sleep(1)
        return window

    def _give_away(self, path):
        # Wireshark as root ignores plugins: tools/private-tshark lets nobody run it.
        if os.geteuid() == 0:
            for item in [path, *path.rglob("*")]:
                shutil.chown(item, 65534, 65534)

    def _hand_over(self, source, target):
        """A copy that the one who runs Wireshark may read and write."""
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
            self._give_away(self.home)
        else:
            shutil.copyfile(source, target)
            self._give_away(target)

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(60)

    def said(self):
        """What it wrote on standard error, but for what says nothing."""
        lines = self.errors.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(line for line in lines if line.strip() and line.strip() not in HARMLESS)

    def alive(self):
        return self.process.poll() is None

    # --- windows ---

    def menu(self, shortcut, *keys, pause=0.3):
        """Opens a menu of the main window and goes on with keys in it, after a pause in seconds."""
        self.screen.keys(self.main, shortcut)
        time.sleep(pause)
        self.screen.xdotool("key", "--clearmodifiers", "--delay", 60, *keys)

    def open(self, shortcut, ways, title):
        """The window with this title, by the first way through the menu that leads to it.

        Menus differ a little from version to version: each way is tried in turn. On a busy machine keys come before
        their menu: then all again, slower.
        """
        for pause, keys in [(pause, keys) for pause in (0.3, 1, 2) for keys in ways]:
            before = set(self.screen.windows())
            self.menu(shortcut, *keys, "Return", pause=pause)
            window = self.screen.wait(title, 5)
            if window:
                return window
            self.shut(before)
        return None

    def shut(self, before):
        """Closes what was not there before: menus and windows."""
        for _ in range(4):
            for window in set(self.screen.windows()) - before:
                self.screen.keys(window, "Escape")
            time.sleep(0.2)
            if set(self.screen.windows()) <= before:
                break

    def transfers(self):
        up = [["Up"] * count for count in (4, 3, 5, 2, 6, 7)]
        return self.open("alt+y", up, "OMA Push Transfers")

    def counters(self):
        up = [["Up"] * count for count in (1, 2, 3, 4, 5)]
        return self.open("alt+s", up, r"Wireshark · OMA Push · ")

    def flow_graph(self):
        up = [["Up"] * count for count in (14, 13, 15, 12, 16, 17, 11)]
        return self.open("alt+s", up, r"Wireshark · Flow · ")

    def expert_information(self):
        up = [["Up"] * count for count in (1, 2, 3)]
        return self.open("alt+a", up, "Expert Information")

    def export_objects(self):
        ways = [["Up"] * 3 + ["Right"] + ["Down"] * count for count in (4, 5, 3, 6)]
        return self.open("alt+f", ways, "Export · OMA Push object list")
