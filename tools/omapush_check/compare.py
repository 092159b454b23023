# SPDX-License-Identifier: GPL-2.0-or-later
"""Two captures, or two reports: what is new, what is gone, what has changed, by object name, rule and peer."""

from . import words
from .waive import WORST

COMPARED = ("delivery", "verdict", "state", "size", "verification")


def lines(before, after):
    """(worse, sentence) for each difference, what got worse first."""
    found = [*_objects(before, after), *_findings(before, after)]
    return sorted(found, key=lambda line: not line[0])


def _by_name(check):
    """Objects and offered files without one by name; the second of a name is another one."""
    named = {}
    alone = [file for session in check.sessions for file in words.files_alone(session)]
    for item in [*check.objects, *alone]:
        name = words.name(item) if "carrier" in item else words.known(item.get("name"))
        number = 1
        while (name, number) in named:
            number += 1
        named[name, number] = item
    return named


def _title(key):
    name, number = key
    return name if number == 1 else f"{name} (the {number}. of this name)"


def _verdict(item):
    if "verdict" in item:
        return item["verdict"]
    return {"refused": "fail", "failed": "fail", "unknown": "unknown"}.get(item.get("delivery"), "pass")


def _told(item):
    return f"{_verdict(item)}, {item.get('delivery')}" + (f": {item['diagnosis']}" if item.get("diagnosis") else "")


def _objects(before, after):
    old, new = _by_name(before), _by_name(after)
    for key, item in new.items():
        if key not in old:
            yield _verdict(item) in ("fail", "unknown"), f"new object {_title(key)}: {_told(item)}"
    for key, item in old.items():
        if key not in new:
            yield _verdict(item) in ("pass", "warn"), f"object {_title(key)} is gone; it was {_told(item)}"
            continue
        changes = [f"{name} {_value(item, name)} -> {_value(new[key], name)}" for name in COMPARED
                   if _value(item, name) != _value(new[key], name)]
        if changes:
            worse = WORST.index(_verdict(new[key])) < WORST.index(_verdict(item))
            why = f": {new[key]['diagnosis']}" if worse and new[key].get("diagnosis") else ""
            yield worse, f"object {_title(key)} has changed: {', '.join(changes)}{why}"


def _value(item, name):
    if name == "verdict":
        return _verdict(item)
    value = item.get(name)
    return value.get("result") if name == "verification" and isinstance(value, dict) else value


def _counted(check):
    names = {item.get("id"): words.name(item) for item in check.objects}
    counts = {}
    for finding in check.findings:
        key = (finding.get("severity"), finding.get("rule"), names.get(finding.get("object"), ""),
               finding.get("peer") or "")
        counts[key] = counts.get(key, 0) + (finding.get("count") or 1)
    return counts


def _findings(before, after):
    old, new = _counted(before), _counted(after)
    for key in sorted(set(old) | set(new), key=lambda key: [str(part) for part in key]):
        was, is_now = old.get(key, 0), new.get(key, 0)
        if was == is_now:
            continue
        severity, rule, name, peer = key
        where = (f" of {name}" if name else "") + (f" by {peer}" if peer else "")
        what = f"{severity} {rule}{where}"
        if not was:
            yield severity in ("error", "warn"), f"new: {what}, {is_now} times" if is_now > 1 else f"new: {what}"
        elif not is_now:
            yield False, f"gone: {what}"
        else:
            yield False, f"changed: {what}, {was} times -> {is_now} times"
