# SPDX-License-Identifier: GPL-2.0-or-later
"""What of a report must not depend on the network and the capture: all but frames, times, hops and how often."""

import re

FRAME = re.compile(r"\bframes? \d+(?:(?:, | and |-| to )\d+)*")
SECONDS = re.compile(r"\b\d+(?:\.\d+)? (?:m?s|seconds?)\b")


def _text(text):
    return SECONDS.sub("T s", FRAME.sub("frame N", text)) if text else text


def _object(item):
    kept = {key: item[key] for key in ("carrier", "message_id", "call_id", "event_apps", "icsis", "from_path", "to_path",
                                       "content_type", "name", "size", "total", "state", "gaps", "digests", "verification",
                                       "body", "delivery", "verdict", "status")}
    kept["chunks"] = sorted((str(c["start"]), str(c["end"]), str(c["total"]), str(c["flag"]), c["transaction"],
                             str(c["status"])) for c in item["chunks"])
    kept["reports"] = sorted((str(r["start"]), str(r["end"]), str(r["status"])) for r in item["reports"])
    kept["diagnosis"] = bool(item["diagnosis"])
    return kept


def of(report):
    """A value that two reports of the same traffic share."""
    names = {item["id"]: item["message_id"] or item["call_id"] for item in report["objects"]}
    sessions = [{key: s[key] for key in ("call_id", "from", "to", "event_apps", "status", "verdict", "delivery")}
                | {"objects": sorted(str(names[number]) for number in s["objects"])} for s in report["sessions"]]
    findings = sorted({(f["rule"], f["severity"], str(names.get(f["object"])), str(f["peer"]))
                       for f in report["findings"]})
    return {"objects": sorted((_object(item) for item in report["objects"]), key=lambda o: str(o["message_id"])),
            "sessions": sorted(sessions, key=lambda s: s["call_id"]), "findings": findings,
            "registrations": len(report["registrations"]), "verdict": report["capture"]["verdict"]}


def differences(before, after, path=""):
    """Lines that say what differs."""
    if isinstance(before, dict):
        return [line for key in before for line in differences(before[key], after.get(key), f"{path}/{key}")]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [line for n, pair in enumerate(zip(before, after)) for line in differences(*pair, f"{path}/{n}")]
    if before == after:
        return []
    if isinstance(before, list) and isinstance(after, list):
        gone = [item for item in before if item not in after]
        new = [item for item in after if item not in before]
        return [f"{path}: gone {str(gone)[:300]}, new {str(new)[:300]}"]
    return [f"{path}: {str(before)[:200]} -> {str(after)[:200]}"]
