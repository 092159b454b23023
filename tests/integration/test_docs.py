# SPDX-License-Identifier: GPL-2.0-or-later
"""docs/fields.md and docs/rules.md say what the built plugin has."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULE = re.compile(r'^OM_RULE\(\w+, "([^"]+)", (\w+),', re.M)


def rows(page):
    """The cells of every row of the page's tables that begins with a name."""
    lines = (ROOT / "docs" / page).read_text().splitlines()
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines if line.startswith("| ")]


def test_fields_are_those_of_the_plugin(tshark):
    registered = set()
    for line in tshark("-G", "fields").out.splitlines():
        cells = line.split("\t")
        # Expert infos are fields too: the page of rules has them.
        if cells[0] == "F" and cells[2].startswith("omapush.") and not cells[2].startswith("omapush.rule."):
            registered.add(cells[2])
    documented = {row[0] for row in rows("fields.md") if row[0].startswith("omapush.")}
    assert documented == registered


def test_rules_are_those_of_the_table():
    table = dict(RULE.findall((ROOT / "plugin" / "model" / "base" / "rules.def").read_text()))
    documented = {row[0]: row[1].upper() for row in rows("rules.md") if re.match(r"[A-Z]+-[A-Z-]+$", row[0])}
    assert documented == table


def test_every_field_is_described():
    """Nothing is left to guess from the name, and no NULL of the table gets onto the page."""
    assert [row[0] for row in rows("fields.md") if row[0].startswith("omapush.") and row[3] in ("", "(null)")] == []


def test_a_preference_that_counts_megabytes_says_so(tshark):
    """Its number is 256, and the list of preferences has no title."""
    lines = tshark("-G", "currentprefs").out.splitlines()
    at = next(at for at, line in enumerate(lines) if "omapush.max_object:" in line)
    assert lines[at].endswith(": 256")
    assert lines[at - 2].startswith("# Megabytes of one object")
