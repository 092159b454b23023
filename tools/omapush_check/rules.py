# SPDX-License-Identifier: GPL-2.0-or-later
"""Where each rule comes from (RFC and section), read from the generated table of rules."""

import os
import re

HERE = os.path.dirname(os.path.realpath(__file__))
# Installed beside the package, in the source tree under docs/.
PLACES = (os.path.join(HERE, os.pardir, "rules.md"),
          os.path.join(HERE, os.pardir, os.pardir, "docs", "rules.md"))
COLUMNS = {"rule": "id", "severity": "severity", "what": "summary", "section": "section"}
RULE_ID = re.compile(r"^`?([A-Z]+(?:-[A-Z0-9]+)+)`?$")


def sections(places=PLACES):
    """Rule id to section; empty where the table is not installed: the report goes without."""
    return {rule["id"]: rule["section"] for rule in table(places)}


def table(places=PLACES):
    """Every rule as {id, severity, summary, section}; none where the table is not installed."""
    for place in places:
        try:
            with open(place, encoding="utf-8") as lines:
                return parse(lines)
        except OSError:
            continue
    return []


def parse(lines):
    """Reads the rows of the Markdown tables that have a column for the section."""
    found = []
    columns = None
    for line in lines:
        if not line.startswith("|"):
            columns = None
            continue
        # A "|" inside a cell is written "\|".
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if columns is None:
            columns = [COLUMNS.get(cell.lower()) for cell in cells]
        elif "section" in columns and len(cells) == len(columns) and RULE_ID.match(cells[0]):
            row = {name: cell for name, cell in zip(columns, cells) if name}
            found.append({"id": RULE_ID.match(cells[0])[1], "severity": row.get("severity", ""),
                          "summary": row.get("summary", ""), "section": row["section"]})
    return found
