# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs tshark with the plugin, and says in one line why it could not."""

import json
import os
import re
import struct
import subprocess
import tempfile

from . import plugin, system

REPORT_VERSION = 2
# Wireshark's numbers (frame.encap_type) for files that hold no packets: JPEG, MIME (pictures, programs,
# archives), MPEG, JSON, Ruby objects, RFC 7468 (certificates), MP4.
OTHER_FILES = {"123", "134", "138", "175", "201", "202", "209"}
LISTS = ("registrations", "sessions", "objects", "findings")
EMPTY_PCAP = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)


class CannotRun(Exception):
    """Nothing can be checked here, whatever the capture: no tshark, no plugin, a bad filter."""


class Reading:
    """What tshark made of one capture: the document, and in trouble why not all of it."""

    def __init__(self, document=None, raw=b"", trouble=None):
        self.document = document
        self.raw = raw
        self.trouble = trouble


class Tshark:
    """One tshark program with the options that every run gets."""

    def __init__(self, program="tshark", options=()):
        self.program = program
        # -n: a check must not ask the network for names.
        self.options = ["-n", *options]

    def dissect(self, *arguments):
        """A run over a capture."""
        return self.run(*self.options, *arguments)

    def run(self, *arguments):
        """A run of any kind (-G and -v take no other option)."""
        try:
            return subprocess.run([self.program, *arguments], check=False,
                                  stdin=subprocess.DEVNULL, capture_output=True)
        except FileNotFoundError:
            raise CannotRun(f"{self.program}: no such program; install tshark, or name it with "
                            "--tshark") from None
        except OSError as error:
            raise CannotRun(f"{self.program}: {error.strerror}") from None

    def read(self, capture):
        """The push report of a capture."""
        trouble = unreadable(capture)
        if trouble:
            return Reading(trouble=trouble)
        done = self.dissect("-q", "-z", "omapush,json", "-r", _as_path(capture))
        complaints = _complaints(done.stderr)
        self._plugin_must_be_loaded(complaints)
        trouble = _trouble(done.returncode, complaints)
        try:
            document = json.loads(done.stdout.decode("utf-8", "replace"), strict=False)
        except ValueError:
            return Reading(trouble=trouble or "tshark printed no readable push report")
        if not isinstance(document, dict) or document.get("omapush") != REPORT_VERSION:
            return Reading(trouble="the plugin's report has a version that is not known here")
        if not trouble and not any(document.get(key) for key in LISTS):
            trouble = self._other_file(capture)
        return Reading(document, done.stdout, trouble)

    def _other_file(self, capture):
        """Why a file in which nothing was found is no capture; None where it is one.

        Wireshark opens pictures, programs and certificates too, each as one frame.
        """
        rows = self.fields(capture, ["-c", "1"], "frame.encap_type")[0]
        return "not a capture file" if rows and rows[0][0] in OTHER_FILES else None

    def frames(self, capture, display_filter):
        """The numbers of the frames that match, and why not all were looked at (None: they were).

        Two passes (-2), so that filters on what later frames decide match as in the GUI.
        """
        rows, trouble = self.fields(capture, ["-2", "-Y", display_filter], "frame.number")
        return [int(row[0]) for row in rows], trouble

    def objects_of(self, capture, display_filter):
        """The numbers of the objects that the frames which match belong to, and why not all were looked at."""
        rows, trouble = self.fields(capture, ["-2", "-Y", f"omapush.object.id && ({display_filter})"],
                                    "omapush.object.id", occurrence="a")
        return {int(number) for row in rows for number in row[0].split(",") if number.isdecimal()}, trouble

    def fields(self, capture, options, *fields, occurrence="l"):
        """A row of fields for each frame, and why not for all.

        Of a field that a frame has more than once (tunnels) the last, or with occurrence "a" all, with commas.
        """
        named = [word for field in fields for word in ("-e", field)]
        done = self.dissect(*options, "-r", _as_path(capture), "-T", "fields",
                            "-E", f"occurrence={occurrence}", *named)
        lines = done.stdout.decode("utf-8", "replace").splitlines()
        rows = [line.split("\t") for line in lines if line]
        return rows, _trouble(done.returncode, _complaints(done.stderr))

    def check_filter(self, display_filter):
        """Raises CannotRun unless tshark understands the filter."""
        if not display_filter.strip():
            raise CannotRun("bad filter: it is empty")
        # Closed before tshark reads it: on Windows nobody else opens a temporary file that is open.
        with tempfile.TemporaryDirectory(prefix="omapush-") as folder:
            empty = os.path.join(folder, "empty.pcap")
            with open(empty, "wb") as file:
                file.write(EMPTY_PCAP)
            done = self.dissect("-q", "-z", "omapush,json", "-Y", display_filter, "-r", empty)
        complaints = _complaints(done.stderr)
        self._plugin_must_be_loaded(complaints)
        if done.returncode:
            raise CannotRun(f"bad filter: {display_filter}: {_first(complaints)}")

    def _plugin_must_be_loaded(self, complaints):
        if any("Invalid -z argument" in line for line in complaints):
            raise CannotRun(plugin.why_not_loaded(self, complaints))


def unreadable(capture):
    """Why there is no use in asking tshark; None where there is."""
    if not os.path.exists(capture):
        return "standard input is not read, name a file" if capture == "-" else "no such file"
    if not os.path.isfile(capture):
        return "not a file: it is read more than once"
    if not os.access(capture, os.R_OK):
        return "no permission to read it"
    return None if os.path.getsize(capture) else "the file is empty"


def _as_path(capture):
    """A name that tshark takes for a file: "-" would be its standard input."""
    return os.path.join(os.curdir, capture) if capture.startswith("-") else capture


def _complaints(stderr):
    lines = stderr.decode("utf-8", "replace").splitlines()
    return [re.sub(r"^tshark: ", "", line) for line in lines
            if line.strip() and not line.startswith("Running as user ")]


def _first(complaints):
    return complaints[0] if complaints else "tshark did not say why"


def _trouble(returncode, complaints):
    """Why tshark did not read the whole capture, in one line; None where it did."""
    if returncode == 0:
        return None
    if system.end(returncode):
        return f"tshark was ended by {system.end(returncode)}"
    everything = " ".join(complaints)
    if "cut short" in everything:
        return "the capture is cut short in the middle of a packet"
    if "isn't a capture file" in everything:
        return "not a capture file"
    if "permission" in everything:
        return "no permission to read it"
    if "damaged or corrupt" in everything:
        reason = complaints[-1].strip("() ") if len(complaints) > 1 else ""
        return "the capture is damaged" + (f": {reason}" if reason else "")
    return "tshark: " + (_first(complaints))
