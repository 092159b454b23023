# SPDX-License-Identifier: GPL-2.0-or-later
"""docs/fields.md and docs/rules.md say what the built plugin has."""
import pathlib
import re
import subprocess

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
