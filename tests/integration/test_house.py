# SPDX-License-Identifier: GPL-2.0-or-later
"""What CONTRIBUTING.md promises of the folders, and that every build has all sources."""
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = ROOT / "plugin"


def test_no_room_is_too_large():
    """A newcomer reads the list of a folder at a glance."""
    sizes = {}
    for path in PLUGIN.rglob("*"):
        if path.suffix in (".c", ".h", ".def"):
            files, lines = sizes.get(path.parent, (0, 0))
            sizes[path.parent] = files + 1, lines + len(path.read_text(encoding="utf-8").splitlines())
    assert len(sizes) > 15
    assert {str(folder): size for folder, size in sizes.items() if size[0] > 25 or size[1] > 3500} == {}


def test_the_build_in_the_tree_has_every_source():
    """cmake/in-tree.cmake has patterns of its own: a folder deeper than they reach would be missing there alone."""
    patterns = re.search(r"file\(GLOB PLUGIN_FILES CONFIGURE_DEPENDS ([^)]*)\)",
                         (ROOT / "cmake" / "in-tree.cmake").read_text(encoding="utf-8")).group(1).split()
    found = [path for pattern in patterns for path in ROOT.glob(pattern)]
    assert len(found) == len(set(found))
    assert set(found) == set(PLUGIN.rglob("*.c"))


def test_every_folder_with_sources_is_a_room():
    """What no library has is compiled nowhere."""
    rooms = re.findall(r"^omapush_room\((\S+?)[ )]", (PLUGIN / "CMakeLists.txt").read_text(encoding="utf-8"), re.M)
    folders = {str(path.parent.relative_to(PLUGIN)) for path in PLUGIN.rglob("*.c")}
    assert {folder for folder in folders if not folder.startswith("wireshark")} == set(rooms)
