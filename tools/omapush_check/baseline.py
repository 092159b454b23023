# SPDX-License-Identifier: GPL-2.0-or-later
"""What is known and accepted: findings by rule, object and peer, and what became of objects by name."""

import json

from . import words
from .tshark import CannotRun

VERSION = 1


class Baseline:
    """A baseline file, or what is to become one."""

    def __init__(self, findings=(), outcomes=()):
        self.findings = set(findings)
        self.outcomes = set(outcomes)

    def knows_finding(self, document, finding):
        return _of_finding(document, finding) in self.findings

    def knows_outcome(self, item):
        return _of_outcome(item) in self.outcomes

    def text(self):
        """As a file: sorted, so that two of them can be compared line by line."""
        return json.dumps({
            "omapush-baseline": VERSION,
            "findings": [{"rule": rule, "object": name, "peer": peer}
                         for rule, name, peer in sorted(self.findings)],
            "outcomes": [{"object": name, "delivery": delivery} for name, delivery in sorted(self.outcomes)],
        }, indent=1) + "\n"


def of(checks):
    """All that is found in these captures and could make them fail."""
    made = Baseline()
    for check in checks:
        document = check.document or {}
        made.findings |= {_of_finding(document, f) for f in check.findings if f.get("severity") in ("error", "warn")}
        alone = [file for session in check.sessions for file in words.files_alone(session)]
        made.outcomes |= {_of_outcome(item) for item in [*check.objects, *alone]
                          if item.get("delivery") in ("refused", "failed", "unknown", "unconfirmed")}
    return made


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        if document["omapush-baseline"] != VERSION:
            raise CannotRun(f"{path}: a baseline of a version that is not known here")
        return Baseline([(f["rule"], f["object"], f["peer"]) for f in document["findings"]],
                        [(o["object"], o["delivery"]) for o in document["outcomes"]])
    except OSError as error:
        raise CannotRun(f"{path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise CannotRun(f"{path}: not a baseline (--write-baseline makes one)") from None


def _of_finding(document, finding):
    """Of an object its name; of a session that carries none the file that it offers, else nothing."""
    name = ""
    for item in document.get("objects") or []:
        if finding.get("object") is not None and item.get("id") == finding["object"]:
            name = words.name(item)
    if not name:
        for session in document.get("sessions") or []:
            if finding.get("session") is not None and session.get("id") == finding["session"]:
                name = ", ".join(words.known(file.get("name")) for file in words.files_alone(session))
    return str(finding.get("rule")), name, finding.get("peer") or ""


def _of_outcome(item):
    return (words.name(item) if "carrier" in item else words.known(item.get("name"))), str(item.get("delivery"))
