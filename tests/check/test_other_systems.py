# SPDX-License-Identifier: GPL-2.0-or-later
"""What omapush-check does otherwise on Windows and macOS, asked where neither is."""

import importlib
import os
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parent.parent.parent / "tools"


@pytest.fixture
def system(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return importlib.import_module("omapush_check.system")


@pytest.fixture
def windows(system, monkeypatch, tmp_path):
    """As on Windows, with Wireshark where its installer puts it, and nothing in PATH."""
    monkeypatch.setattr(system, "WINDOWS", True)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setenv("ProgramFiles", str(tmp_path / "Program Files"))
    monkeypatch.setenv("ProgramW6432", str(tmp_path / "Program Files"))
    (tmp_path / "Program Files" / "Wireshark").mkdir(parents=True)
    (tmp_path / "Program Files" / "Wireshark" / "tshark.exe").touch()
    return system


def test_tshark_of_windows_installer(windows, tmp_path):
    assert windows.tshark() == str(tmp_path / "Program Files" / "Wireshark" / "tshark.exe")


def test_tshark_in_path_comes_first(windows, monkeypatch, tmp_path):
    own = tmp_path / "own" / "tshark"
    own.parent.mkdir()
    own.write_text("#!/bin/sh\n")
    own.chmod(0o755)
    monkeypatch.setenv("PATH", str(own.parent))
    assert windows.tshark() == str(own)


def test_tshark_of_mac_application(system, monkeypatch, tmp_path):
    application = tmp_path / "tshark"
    application.touch()
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setattr(system, "MAC_TSHARK", str(application))
    assert system.tshark() == str(application)


def test_no_tshark_anywhere(system, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setattr(system, "MAC_TSHARK", str(tmp_path / "nothing"))
    assert system.tshark() == "tshark"


def test_names_with_a_star(windows, tmp_path):
    for name in ("b.pcap", "a.pcap", "c.txt"):
        (tmp_path / name).touch()
    star = str(tmp_path / "*.pcap")
    assert windows.expanded(star) == [str(tmp_path / "a.pcap"), str(tmp_path / "b.pcap")]
    # What is there under that very name is meant, and what is nowhere is told as such.
    (tmp_path / "[1].pcap").touch()
    (tmp_path / "1.pcap").touch()
    assert windows.expanded(str(tmp_path / "[1].pcap")) == [str(tmp_path / "[1].pcap")]
    assert windows.expanded(str(tmp_path / "*.cap")) == [str(tmp_path / "*.cap")]


def test_a_shell_has_replaced_stars_elsewhere(system, tmp_path):
    (tmp_path / "a.pcap").touch()
    assert system.expanded(str(tmp_path / "*.pcap")) == [str(tmp_path / "*.pcap")]


@pytest.mark.parametrize("code, said", [(-11, "signal 11"), (0xC0000005, "exception 0xC0000005"),
                                        (0, None), (1, None), (255, None)])
def test_how_a_program_ended(system, code, said):
    assert system.end(code) == said


class FolderTshark:
    """A tshark with these folders."""

    def __init__(self, personal, everybody):
        self.folders = f"Personal Plugins:    \t{personal}\r\nGlobal Plugins:      \t{everybody}\r\n".encode()

    def run(self, *_):
        return type("Done", (), {"stdout": self.folders, "stderr": b"", "returncode": 0})


def why(system, tshark, complaints=()):
    del system
    return importlib.import_module("omapush_check.plugin").why_not_loaded(tshark, complaints)


def test_plugin_not_loaded_on_windows(windows, monkeypatch, tmp_path):
    # There is no geteuid on Windows.
    monkeypatch.delattr(os, "geteuid")
    personal = tmp_path / "AppData" / "Roaming" / "Wireshark" / "plugins" / "4.4"
    tshark = FolderTshark(personal, tmp_path / "Program Files" / "Wireshark" / "plugins" / "4.4")
    assert "there is no omapush.dll in " + str(personal / "epan") in why(windows, tshark)
    # A folder too high is the usual mistake.
    personal.parent.mkdir(parents=True)
    (personal.parent / "omapush.dll").touch()
    assert f"it is {personal.parent / 'omapush.dll'}, but" in why(windows, tshark)


def test_plugin_for_another_version_on_windows(windows):
    tshark = FolderTshark("a", "b")
    complaint = "The plugin 'omapush.dll' was compiled for Wireshark version 4.0"
    assert "it was built for Wireshark 4.0" in why(windows, tshark, [complaint])
