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
VERDICTS = ("PASS", "FAIL", "CANNOT TELL", "CANNOT CHECK")


def outcome(item):
    """What became of an object, for one who asks whether it arrived."""
    delivery, verdict = item.get("delivery"), item.get("verdict")
    if delivery == "refused":
        return "was refused"
    if delivery == "failed":
        return "did not arrive"
    if delivery in ("confirmed", "accepted", "unconfirmed"):
        arrived = ("arrived" if delivery != "unconfirmed"
                   else "was sent, and nobody has confirmed that it arrived")
        if (item.get("verification") or {}).get("result") == "mismatch":
            return f"{arrived} but is not what was offered"
        return f"{arrived}, but cannot be trusted" if verdict == "fail" else arrived
    return "fails" if verdict == "fail" else "may have arrived or not: the capture cannot tell"


def file_outcome(delivery):
    """What became of an offered file that no object carried."""
    return {"refused": "was refused", "failed": "never arrived"}.get(
        delivery, "may have arrived or not: the capture cannot tell")


def files_alone(session):
    """Offered files that no object of the capture carried."""
    return [file for media in (session.get("offer") or {}).get("media") or []
            for file in media.get("files") or [] if file.get("object") is None]


def delivered_by(check, item):
    """Where a later try brought what this one did not: which object it is."""
    if item.get("delivery") not in ("failed", "refused"):
        return ""
    for other in check.objects:
        if (other.get("id") or 0) > (item.get("id") or 0) and other.get("delivery") in ("confirmed", "accepted") \
                and other.get("session") == item.get("session") and name(other) == name(item) != "-" \
                and other.get("total") == item.get("total") and other.get("verdict") != "fail":
            return f", a try that object {other.get('id')} delivered later"
    return ""


def _told(subject, verdict, diagnosis):
    return verdict, subject + (f": {diagnosis}" if diagnosis else "")


def diagnoses(check, verdicts=("fail", "unknown", "warn")):
    """(verdict, sentence) for each object and session that does not pass, the worst first."""
    lines = []
    for item in check.objects:
        again = delivered_by(check, item)
        lines.append(_told(f"object {item.get('id')} {outcome(item)}{again}", item.get("verdict"),
                           item.get("diagnosis")))
    told = {item.get("diagnosis") for item in check.objects}
    for session in check.sessions:
        alone = files_alone(session)
        diagnosis = session.get("diagnosis")
        if diagnosis in told and not alone:
            continue
        subjects = [f"{known(file.get('name'))} {file_outcome(file.get('delivery'))}" for file in alone]
        subject = f"session {session.get('id')}" + (": " + ", ".join(subjects[:MOST_NAMED])
                                                   if subjects else "")
        if len(subjects) > MOST_NAMED:
            subject += f" and {len(subjects) - MOST_NAMED} more"
        if diagnosis or alone:
            lines.append(_told(subject, session.get("verdict"), diagnosis))
    return [line for verdict in verdicts for line in lines if line[0] == verdict]


def peer(item):
    """Who it is: address, what it calls itself, what it is for the push."""
    role = f" ({item['role']})" if item.get("role") else ""
    return ", ".join([known(item.get("address")), *(item.get("names") or [])]) + role


def peer_findings(check, item, everything=False):
    """Rules that a peer has broken and how often, the gravest and most frequent first."""
    grave = {f.get("rule"): f.get("severity") for f in check.findings}
    order = {severity: n for n, severity in enumerate(SEVERITIES)}
    counts = [(order.get(grave.get(rule), len(order)), -count, rule)
              for rule, count in (item.get("findings") or {}).items()
              if everything or grave.get(rule) != "note"]
    return ", ".join(f"{rule} {-count}" for _, count, rule in sorted(counts))


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
    frames_ = {frame for f in [first, *more] for frame in f.get("frames") or [f.get("frame")]}
    others = sorted(frames_ - {first.get("frame"), None})
    count = sum(f.get("count") or 1 for f in [first, *more]) - 1
    if not others:
        return f"{count} more in this frame"
    shown = ", ".join(map(str, others[:MOST_FRAMES]))
    cut = f" and {len(others) - MOST_FRAMES} more" if len(others) > MOST_FRAMES else ""
    return f"{count} more, also in {'frame' if len(others) == 1 else 'frames'} {shown}{cut}"


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


def is_repeated(first, more):
    return bool(more) or (first.get("count") or 1) > 1


def verdict(check):
    if check.exit == 2:
        return "CANNOT TELL" if check.cannot_tell else "CANNOT CHECK"
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
    lines += [f"session {session.get('id')} fails" + _why(check, session)
              for session in check.sessions_that("fail")[:MOST_NAMED]]
    told = {session.get("id") for session in check.sessions_that("fail")}
    loose = [f for f in check.loose_errors if f.get("session") not in told]
    if loose:
        lines.append(", ".join(f"{f.get('rule')} in frame {f.get('frame')}" for f in loose[:5]))
    lines += [demand.text for demand in check.unmet]
    if check.cannot_tell or (check.fail_level == "warn" and not lines):
        told = diagnoses(check, ("unknown",) if check.cannot_tell else ("warn",))
        lines += [sentence for _, sentence in told[:MOST_NAMED]]
        if len(told) > MOST_NAMED:
            lines.append(f"and {len(told) - MOST_NAMED} more")
    if not lines and check.exit:
        # No object and no session says so: the capture itself, or what is warned about outside of them.
        lines += [str(reason) for reason in ((check.document or {}).get("capture") or {}).get("reasons") or []]
        lines = lines[:MOST_NAMED] or [f"{f.get('rule')} in frame {f.get('frame')}" for f in check.loose_findings
                                       if f.get("severity") == "warn"][:MOST_NAMED]
    return lines


def _why(check, session):
    """The rules of severity error that its session broke."""
    rules = {f.get("rule"): None for f in check.loose_findings
             if f.get("severity") == "error" and f.get("session") == session.get("id")}
    return f" ({', '.join(map(str, rules))})" if rules else ""
