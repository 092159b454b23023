# SPDX-License-Identifier: GPL-2.0-or-later
"""How the parts of a report are said: the same words in text, HTML and JUnit."""

# How many failing objects a line names before it only counts them.
MOST_NAMED = 3
# How many frames of a rule that is broken again and again are named.
MOST_FRAMES = 6


def known(value, unit=""):
    """A value, or a dash where it is unknown."""
    return "-" if value is None or value == "" else f"{value}{unit}"


def name(item):
    """What an object is called: by its selector, else by its message, else by who it is for.

    A Call-ID names nothing to people: it stands in for the rest only.
    """
    for text in (item.get("name"), item.get("message_id"), apps(item), item.get("call_id")):
        if known(text) != "-":
            return text
    return "-"


def content_type(item):
    """The media type of what the user gets, which may be inside an envelope or two."""
    body = item.get("body") or {}
    while body.get("inner"):
        body = body["inner"]
    return body.get("content_type") or item.get("content_type") or "-"


def size(item):
    """Bytes held, and announced where that differs or is unknown."""
    held, total = item.get("size"), item.get("total")
    if total is not None and held == total:
        return f"{held}"
    return f"{known(held)}/{'?' if total is None else total}"


def verification(item):
    check = item.get("verification") or {}
    result = check.get("result") or "-"
    details = [check[key] for key in ("algorithm", "covers") if check.get(key)]
    if result in ("match", "mismatch") and details:
        return f"{result} ({', '.join(details)})"
    return result.replace("-", " ") if len(result) > 1 else result


def report(item):
    """How the delivery was confirmed: by REPORTs, or by the answer to the MESSAGE."""
    if item.get("carrier") == "MESSAGE":
        return f"SIP {known(item.get('status'))}"
    reports = item.get("reports") or []
    if not reports:
        return "-"
    bad = [r["status"] for r in reports if r.get("status") not in (200, None)]
    if bad:
        return str(bad[0])
    whole = (item.get("frames") or {}).get("report") is not None
    return "200" if whole else "200 in part"


SEVERITIES = ("error", "warn", "note")
VERDICTS = ("PASS", "FAIL", "CANNOT CHECK")


def gravest_first(findings):
    """Errors, warnings, notes; each in the order of the report."""
    order = {severity: n for n, severity in enumerate(SEVERITIES)}
    return sorted(findings, key=lambda f: order.get(f.get("severity"), len(order)))


def by_rule(findings):
    """Lists of findings of one severity and rule, the gravest first."""
    groups = {}
    for finding in gravest_first(findings):
        groups.setdefault((finding.get("severity"), finding.get("rule")), []).append(finding)
    return list(groups.values())


def again(first, more):
    """How often a rule is broken beside the first time, and in which frames."""
    others = sorted({f.get("frame") for f in more} - {first.get("frame"), None})
    if not others:
        return f"{len(more)} more in this frame"
    shown = ", ".join(map(str, others[:MOST_FRAMES]))
    cut = f" and {len(others) - MOST_FRAMES} more" if len(others) > MOST_FRAMES else ""
    return f"{len(more)} more, also in {'frame' if len(others) == 1 else 'frames'} {shown}{cut}"


def gaps(item):
    return [f"{start}-{end}" for start, end in item.get("gaps") or []]


def plural(count, word):
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def apps(item):
    """Event apps of a registration, session or object, or its service where it has none."""
    return ", ".join(item.get("event_apps") or item.get("icsis") or []) or "-"


def registration(item):
    kind = (item.get("kind") or "registration").replace("-party", " party")
    if item.get("deregistration"):
        kind += ", de-registration"
    return kind


def frames(*numbers):
    """Frame numbers that are known, each once."""
    seen = []
    for number in numbers:
        if number is not None and number not in seen:
            seen.append(number)
    word = "frame" if len(seen) == 1 else "frames"
    return f"{word} {', '.join(map(str, seen))}" if seen else ""


def summary(check):
    """One line for a capture: what was in it."""
    if check.document is None:
        return "not read"
    parts = [plural(len(check.objects), "object")]
    for items, word in ((check.sessions, "session"), (check.registrations, "registration")):
        if items:
            parts.append(plural(len(items), word))
    for severity, word in (("error", "error"), ("warn", "warning"), ("note", "note")):
        if check.count(severity):
            parts.append(plural(check.count(severity), word))
    return ", ".join(parts)


def verdict(check):
    if check.exit == 2:
        return "CANNOT CHECK"
    return "FAIL" if check.exit == 1 else "PASS"


def totals(checks):
    """How many captures have which verdict, in one line."""
    verdicts = [verdict(check) for check in checks]
    parts = [f"{verdicts.count(word)} {word}" for word in VERDICTS if word in verdicts]
    return f"{', '.join(parts)} of {plural(len(checks), 'capture')}"


def cause(check, item):
    """Why an object fails, in as few words as there are."""
    rules = {f.get("rule"): None for f in check.findings_of(item) if f.get("severity") == "error"}
    if rules:
        return ", ".join(map(str, rules))
    if item.get("state") not in ("complete", None):
        lost = any(f.get("rule") == "MSRP-CAPTURE-LOSS" for f in check.findings_of(item))
        return item["state"] + (": the capture has lost bytes" if lost else "")
    if (item.get("verification") or {}).get("result") == "mismatch":
        return "mismatch"
    return f"report {report(item)}"


def reasons(check):
    """Why a capture fails, or could not be checked, a line each."""
    lines = []
    if check.trouble:
        lines.append(check.trouble)
    failed = check.failed_objects
    lines += [f"object {item.get('id')} fails ({cause(check, item)})"
              for item in failed[:MOST_NAMED]]
    if len(failed) > MOST_NAMED:
        lines.append(f"{plural(len(failed) - MOST_NAMED, 'more object')} fail")
    if check.loose_errors:
        lines.append(", ".join(f"{f.get('rule')} in frame {f.get('frame')}"
                               for f in check.loose_errors[:5]))
    lines += [demand.text for demand in check.unmet]
    return lines
