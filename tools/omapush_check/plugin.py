# SPDX-License-Identifier: GPL-2.0-or-later
"""Why the plugin is not loaded: Wireshark itself is silent about most of the reasons."""

import glob
import os
import re

from . import system


def why_not_loaded(tshark, complaints):
    """One line that says what is wrong and what to do about it."""
    for line in complaints:
        built_for = re.search(r"'omapush\.(?:so|dll)' was compiled for Wireshark version (\S+)", line)
        if built_for:
            return (f"plugin not loaded: it was built for Wireshark {built_for[1]}, this is "
                    f"{_version(tshark)}; build it again for this version")
        if system.plugin() in line:
            return f"plugin not loaded: {line}"
    folders = _folders(tshark)
    personal, everybody = folders.get("Personal Plugins"), folders.get("Global Plugins")
    if system.ignores_personal_plugins():
        return ("plugin not loaded: tshark ignores personal plugins as root; run omapush-check as "
                f"another user, or install the plugin for all users (in {_epan(everybody)})")
    astray = _astray(personal)
    if astray:
        return (f"plugin not loaded: it is {astray}, but this tshark "
                f"looks in {_epan(personal)} and {_epan(everybody)}")
    return f"plugin not loaded: there is no {system.plugin()} in {_epan(personal)} or {_epan(everybody)}"


def _folders(tshark):
    done = tshark.run("-G", "folders")
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    pairs = (line.partition(":") for line in lines)
    return {name: value.strip() for name, _, value in pairs}


def _version(tshark):
    done = tshark.run("-v")
    found = re.search(rb"(\d+\.\d+)\.\d+", done.stdout)
    return found[1].decode() if found else "another version"


def _epan(folder):
    return os.path.join(folder or "Wireshark's plugin folder", "epan")


def _astray(personal):
    """A plugin in a place near the right one, where Wireshark does not look for it."""
    if not personal:
        return None
    base = os.path.dirname(personal)
    for folder in ("", "*", "epan", os.path.join("*", "epan")):
        for path in sorted(glob.glob(os.path.join(glob.escape(base), folder, system.plugin()))):
            if path != os.path.join(personal, "epan", system.plugin()):
                return path
    return None
