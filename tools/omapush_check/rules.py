# SPDX-License-Identifier: GPL-2.0-or-later
"""Where each rule comes from (RFC and section), read from the generated table of rules."""

import os
import re

HERE = os.path.dirname(os.path.realpath(__file__))
# Installed beside the package, in the source tree under docs/.
PLACES = (os.path.join(HERE, os.pardir, "rules.md"),
          os.path.join(HERE, os.pardir, os.pardir, "docs", "rules.md"))
SECTION_TITLES = ("section", "where", "source", "reference")
RULE_ID = re.compile(r"^`?([A-Z]+(?:-[A-Z0-9]+)+)`?$")


def sections(places=PLACES):
    """Rule id to section; empty where the table is not installed: the report goes without."""
    for place in places:
        try:
            with open(place, encoding="utf-8") as table:
                return parse(table)
        except OSError:
            continue
    return {}


def parse(lines):
    """Reads the rows of the Markdown tables that have a column for the section."""
    found = {}
    column = None
    for line in lines:
        if not line.startswith("|"):
            column = None
            continue
        # A "|" inside a cell is written "\|".
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if column is None:
            titles = [cell.lower() for cell in cells]
            column = next((n for n, title in enumerate(titles) if title in SECTION_TITLES), None)
        elif len(cells) > column and RULE_ID.match(cells[0]):
            found[RULE_ID.match(cells[0])[1]] = cells[column]
    return found
