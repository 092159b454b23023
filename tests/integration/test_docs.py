# SPDX-License-Identifier: GPL-2.0-or-later
"""docs/fields.md and docs/rules.md say what the built plugin has; what any page names is there."""
import importlib.machinery
import importlib.util
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULE = re.compile(r'^OM_RULE\(\w+, "([^"]+)", (\w+),', re.M)


def rows(page):
    """The cells of every row of the page's tables that begins with a name."""
    lines = (ROOT / "docs" / page).read_text().splitlines()
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines if line.startswith("| ")]


def test_fields_are_those_of_the_plugin(tshark):
    """Made again, the page is the same."""
    listed = tshark("-G", "fields").raw
    made = subprocess.run([ROOT / "tools" / "fields-page"], input=listed, capture_output=True, check=True).stdout
    assert b"| omapush.object.id | uint32 |" in made
    assert (ROOT / "docs" / "fields.md").read_bytes() == made


def test_rules_are_those_of_the_table():
    table = dict(RULE.findall((ROOT / "plugin" / "model" / "base" / "rules.def").read_text()))
    documented = {row[0]: row[1].upper() for row in rows("rules.md") if re.match(r"[A-Z]+-[A-Z-]+$", row[0])}
    assert documented == table


def test_every_field_is_described():
    """Nothing is left to guess from the name, and no column is lost."""
    assert [row[0] for row in rows("fields.md") if row[0].startswith("omapush.") and row[3] in ("", "(null)", "0x0")] == []


def test_a_preference_that_counts_megabytes_says_so(tshark):
    """Its number is 256, and the list of preferences has no title."""
    lines = tshark("-G", "currentprefs").out.splitlines()
    at = next(at for at, line in enumerate(lines) if "omapush.max_object:" in line)
    assert lines[at].endswith(": 256")
    assert lines[at - 2].startswith("# Megabytes of one object")


PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "plugin/README.omapush", "test-captures/README.md",
         "test-captures/cases/README.md", *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").glob("*.md")))]
# A path from the top of the tree; what a build makes is not there.
NAMED = re.compile(r"(?<![\w./-])(?:plugin|tests|tools|docs|cmake|test-captures|profiles)/[\w./*-]*\w[/*]?")
LINK = re.compile(r"\]\((?!https?:)([^)#]*)")


@pytest.mark.parametrize("page", PAGES)
def test_paths_that_a_page_names_are_there(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {path for path in NAMED.findall(text) if not any(ROOT.glob(path.rstrip("/")))}
    if page not in ("docs/architecture.md", "plugin/README.omapush"):
        # C files from the top as well, lest they are found nowhere when they move.
        named |= set(re.findall(r"`((?!plugin/|tests/|tools/)[\w/]+\.[ch])`", text))
    linked = {link for link in LINK.findall(text) if link and not ((ROOT / page).parent / link).exists()}
    assert (named, linked) == (set(), set())


def test_the_architecture_is_that_of_the_tree():
    """Every file it names by itself is in plugin/, and every room is in the drawing."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    there = {str(path.relative_to(ROOT / "plugin")) for path in (ROOT / "plugin").rglob("*.[ch]")}
    named = set(re.findall(r"[\w/]+\.[ch]\b", page))
    assert len(named) > 30
    assert {name for name in named if not any(f"/plugin/{path}".endswith(f"/{name}") for path in there)} == set()
    drawing = page.partition("```")[2].partition("```")[0]
    rooms = {path.rpartition("/")[0] for path in there}
    assert {room for room in rooms if room.count("/") and room.partition("/")[2] + "/" not in drawing} == set()


def test_the_table_of_scenes_is_what_the_plugin_says(tshark):
    """tools/scenes-page writes it."""
    loader = importlib.machinery.SourceFileLoader("scenes_page", str(ROOT / "tools" / "scenes-page"))
    page = importlib.util.module_from_spec(importlib.util.spec_from_loader("scenes_page", loader))
    loader.exec_module(page)
    assert len(page.NAMES) >= 25
    text = (ROOT / "docs" / "interop.md").read_text(encoding="utf-8")
    shown = text.split(page.BEGIN)[1].split(page.END)[0]
    assert shown.splitlines() == page.table(tshark.json).splitlines()
