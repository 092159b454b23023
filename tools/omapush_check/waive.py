# SPDX-License-Identifier: GPL-2.0-or-later
"""What does not count: findings of ignored rules, and what a baseline knows. The verdicts without it.

An ignored rule is a finding less. It makes nothing arrive: a delivery that is refused or failed fails all the same, and
only a baseline, which names the object, accepts that.
"""

import copy

WORST = ("fail", "unknown", "warn", "pass")
BY_DELIVERY = {"refused": "fail", "failed": "fail", "unknown": "unknown", "unconfirmed": "warn"}
BY_SEVERITY = {"error": "fail", "warn": "warn"}
CONTENT_RULES = {"OBJ-HASH", "OBJ-SIZE"}


def worst(verdicts):
    return min(verdicts, key=WORST.index, default="pass")


class Waiver:
    """Asked for each finding, and for each object or offered file that failed, whether it counts."""

    def __init__(self, ignored=(), baseline=None):
        self.ignored = set(ignored)
        self.baseline = baseline

    def finding(self, document, finding):
        return finding.get("rule") in self.ignored or (
            self.baseline is not None and self.baseline.knows_finding(document, finding))

    def outcome(self, item):
        return self.baseline is not None and self.baseline.knows_outcome(item)

    def apply(self, document):
        """The document as it counts, and how many findings and outcomes do not; the given one stays as it is."""
        findings = document.get("findings") or []
        waived = {n for n, finding in enumerate(findings) if self.finding(document, finding)}
        known = {item.get("id") for item in document.get("objects") or [] if self.outcome(item)}
        if not waived and not known and not any(self.outcome(file) for file in _files(document)):
            return document, 0
        done = copy.deepcopy(document)
        counter = [len(waived) + len(known)]
        _objects(done, waived, known)
        _sessions(done, waived, known, self, counter)
        _renumber(done, waived)
        capture = done.setdefault("capture", {})
        # What the capture cannot tell of itself (all of its frames are cut) is no finding that can be ignored.
        own = [capture.get("verdict")] * (capture.get("verdict") == "unknown" != _worst_of_all(document))
        capture["verdict"] = worst([_worst_of_all(done), *own])
        return done, counter[0]


def _worst_of_all(document):
    verdicts = [item.get("verdict") for key in ("objects", "sessions") for item in document.get(key) or []]
    verdicts += [BY_SEVERITY[f["severity"]] for f in document["findings"] if f.get("severity") in BY_SEVERITY
                 and f.get("object") is None and f.get("session") is None]
    return worst([verdict for verdict in verdicts if verdict in WORST])


def _files(document):
    return [file for session in document.get("sessions") or []
            for media in (session.get("offer") or {}).get("media") or [] for file in media.get("files") or []]


def _objects(document, waived, known):
    findings = document["findings"]
    for item in document.get("objects") or []:
        gone = {findings[n].get("rule") for n in item.get("findings") or [] if n in waived}
        if gone or item.get("id") in known:
            verdicts = [BY_SEVERITY.get(findings[n].get("severity"), "pass")
                        for n in item.get("findings") or [] if n not in waived]
            if item.get("id") not in known:
                verdicts.append(BY_DELIVERY.get(item.get("delivery"), "pass"))
            if (item.get("verification") or {}).get("result") == "mismatch" and not gone & CONTENT_RULES:
                verdicts.append("fail")
            item["verdict"] = worst(verdicts)
        if item.get("verdict") == "pass":
            item["diagnosis"] = None


def _sessions(document, waived, known, waiver, counter):
    verdict_of = {item.get("id"): item.get("verdict") for item in document.get("objects") or []}
    for session in document.get("sessions") or []:
        verdicts = [verdict_of.get(number, "pass") for number in session.get("objects") or []]
        accepted = not known.isdisjoint(session.get("objects") or [])
        for media in (session.get("offer") or {}).get("media") or []:
            for file in media.get("files") or []:
                if file.get("object") is None and waiver.outcome(file):
                    counter[0] += 1
                    accepted = True
                elif file.get("object") is None:
                    verdicts.append(BY_DELIVERY.get(file.get("delivery"), "pass"))
        verdicts += [BY_SEVERITY.get(f.get("severity"), "pass") for n, f in enumerate(document["findings"])
                     if n not in waived and f.get("session") == session.get("id") and f.get("object") is None]
        if not accepted:
            verdicts.append(BY_DELIVERY.get(session.get("delivery"), "pass"))
        session["verdict"] = worst([verdict for verdict in verdicts if verdict in WORST])
        if session["verdict"] == "pass":
            session["diagnosis"] = None


def _renumber(document, waived):
    """Objects refer to findings by their places in the list."""
    places, kept = {}, []
    for n, finding in enumerate(document["findings"]):
        if n not in waived:
            places[n] = len(kept)
            kept.append(finding)
    document["findings"] = kept
    for item in document.get("objects") or []:
        item["findings"] = [places[n] for n in item.get("findings") or [] if n in places]
