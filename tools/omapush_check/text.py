# SPDX-License-Identifier: GPL-2.0-or-later
"""The readable report: what did not arrive and why, a table of the objects, then what is wrong in which frame."""

from . import words
from .visible import shorten, visible

COLUMNS = ("id", "carrier", "name", "content type", "bytes", "state", "verification", "report",
           "delivery", "verdict")
LIMITS = {"name": 40, "content type": 44}
MOST_LINES = 12


def report(check, rules, everything=False):
    """The report of one capture as lines; everything also tells the passing objects in full."""
    yield f"{visible(check.capture)}: {words.summary(check)}"
    if check.document is not None:
        yield from _diagnoses(check, everything)
        yield from _overview(check, everything)
        if check.objects:
            yield ""
            yield from _table(check.objects)
        # What fails comes first, what is only warned about after it.
        for verdict in ("fail", "unknown", "warn", *(["pass"] if everything else [])):
            for item in check.objects:
                if item.get("verdict") == verdict:
                    yield ""
                    yield from _object(check, item, rules, everything)
        yield from _loose(check, rules, everything)
        yield from _peers(check, everything)
    yield ""
    yield final_line(check)


def final_line(check):
    why = "; ".join(visible(reason) for reason in words.reasons(check))
    return f"{words.verdict(check)}: {visible(check.capture)}" + (f": {why}" if why else "")


def _diagnoses(check, everything):
    lines = [f"  {verdict}: {visible(sentence)}" for verdict, sentence in words.diagnoses(check)]
    yield from _some(lines, None if everything else MOST_LINES)
    if lines:
        yield ""


def _peers(check, everything):
    lines = [(words.peer(item), words.peer_findings(check, item, everything)) for item in check.peers]
    lines = [f"  {visible(who)}: {visible(broken)}" for who, broken in lines if broken]
    if lines:
        yield ""
        yield "peers:"
        yield from _some(lines, None if everything else MOST_LINES)


def _overview(check, everything):
    limit = None if everything else MOST_LINES
    lines = [_registration(item) for item in check.registrations]
    yield from _some(lines, limit)
    lines = [_session(item) for item in check.sessions]
    yield from _some(lines, limit)


def _some(lines, limit):
    shown = lines if limit is None or len(lines) <= limit else lines[:limit]
    yield from shown
    if len(shown) < len(lines):
        yield f"  ... and {len(lines) - len(shown)} more"


def _registration(item):
    parts = [visible(item.get("aor")) or "-"]
    if words.apps(item) != "-":
        parts.append(visible(words.apps(item)))
    if not item.get("deregistration"):
        parts.append(f"expires {words.known(item.get('expires'))}")
    return (f"  registration ({visible(words.registration(item))}): {', '.join(parts)}: "
            f"{words.known(item.get('status'))}, "
            f"{words.frames(item.get('frame'), item.get('answer_frame'))}")


def _session(item):
    at = words.frames(item.get("offer_frame"), item.get("answer_frame"), item.get("bye_frame"))
    return (f"  session {item.get('id')}: {visible(item.get('from')) or '-'} to "
            f"{visible(item.get('to')) or '-'}, {visible(words.apps(item))}: "
            f"{words.known(item.get('status'))}, {at}")


def _row(item):
    texts = {
        "id": item.get("id"),
        "carrier": item.get("carrier"),
        "name": words.name(item),
        "content type": words.content_type(item),
        "bytes": words.size(item),
        "state": item.get("state"),
        "verification": words.verification(item),
        "report": words.report(item),
        "delivery": item.get("delivery"),
        "verdict": item.get("verdict"),
    }
    return [shorten(words.known(texts[c]), LIMITS.get(c, 30)) for c in COLUMNS]


def _table(objects):
    rows = [list(COLUMNS)] + [_row(item) for item in objects]
    widths = [max(len(row[n]) for row in rows) for n in range(len(COLUMNS))]
    right = {COLUMNS.index("id"), COLUMNS.index("bytes")}
    for row in rows:
        cells = [cell.rjust(width) if n in right else cell.ljust(width)
                 for n, (cell, width) in enumerate(zip(row, widths))]
        yield ("  " + "  ".join(cells)).rstrip()


def _object(check, item, rules, everything):
    where = item.get("frames") or {}
    session = f", session {item['session']}" if item.get("session") is not None else ""
    yield (f"object {item.get('id')} ({item.get('verdict')}): {visible(words.name(item))}, "
           f"{item.get('carrier')}{session}, "
           f"{words.frames(where.get('first'), where.get('last'), where.get('report'))}")
    if item.get("gaps"):
        yield f"  missing bytes: {_joined(words.gaps(item), everything)}"
    check_ = item.get("verification") or {}
    if check_.get("result") == "mismatch":
        yield f"  {visible(check_.get('algorithm'))} offered  {visible(check_.get('offered'))}"
        yield f"  {visible(check_.get('algorithm'))} computed {visible(check_.get('computed'))}"
    yield from _findings(check.findings_of(item), rules, everything)


def _joined(parts, everything):
    if everything or len(parts) <= MOST_LINES:
        return ", ".join(parts)
    return ", ".join(parts[:MOST_LINES]) + f" and {len(parts) - MOST_LINES} more ranges"


def _findings(findings, rules, everything):
    """The gravest first; a rule that is broken again and again takes one line, unless everything."""
    lines = [[f] for f in words.gravest_first(findings)] if everything else words.by_rule(findings)
    shown = lines if everything else lines[:MOST_LINES]
    for first, *more in shown:
        section = rules.get(first.get("rule"), "")
        yield (f"  {visible(first.get('severity')):5}  {visible(first.get('rule'))}, "
               f"frame {words.known(first.get('frame'))}: {visible(first.get('text'))}"
               + (f" [{section}]" if section else "")
               + (f"; {words.again(first, more)}" if words.is_repeated(first, more) else ""))
    if len(shown) < len(lines):
        yield f"  ... and {len(lines) - len(shown)} more rules (-v tells all)"


def _loose(check, rules, everything):
    findings = [f for f in check.loose_findings if everything or f.get("severity") != "note"]
    if findings:
        yield ""
        yield "outside the objects:"
        yield from _findings(findings, rules, everything)
