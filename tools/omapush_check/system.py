# SPDX-License-Identifier: GPL-2.0-or-later
"""What differs between systems: where tshark is, what the plugin is called, who may load it, how a crash looks."""

import glob
import os
import shutil

WINDOWS = os.name == "nt"
# Exit codes of programs that Windows ended: NTSTATUS with both bits of an error.
NT_ERROR = 0xC0000000
WINDOWS_PLACES = ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)")
MAC_TSHARK = "/Applications/Wireshark.app/Contents/MacOS/tshark"


def tshark():
    """The tshark to run where nobody names one: that in PATH, else where Wireshark's installers put it."""
    places = [MAC_TSHARK]
    if WINDOWS:
        # The installer does not put its folder into PATH.
        places = [os.path.join(os.environ[name], "Wireshark", "tshark.exe")
                  for name in WINDOWS_PLACES if name in os.environ]
    return shutil.which("tshark") or next(filter(os.path.isfile, places), "tshark")


def plugin():
    """The file name of the plugin."""
    return "omapush.dll" if WINDOWS else "omapush.so"


def ignores_personal_plugins():
    """Wireshark takes none from the personal folder where root runs it; Windows has no root."""
    return not WINDOWS and os.geteuid() == 0


def expanded(argument):
    """The files that an argument means: no shell of Windows replaces "*" by names."""
    if WINDOWS and not os.path.exists(argument):
        return sorted(glob.glob(argument)) or [argument]
    return [argument]


def end(returncode):
    """How the system ended a program; None where the program ended by itself."""
    if returncode < 0:
        return f"signal {-returncode}"
    return f"exception 0x{returncode:08X}" if returncode >= NT_ERROR else None
