# SPDX-License-Identifier: GPL-2.0-or-later
"""The ladder of a session: who sent what to whom, in order of frames, as SVG."""

from . import svg, words
from .visible import shorten

WIDTH, LEFT, RIGHT = 600, 90, 520
STEP, TOP = 26, 44
# Beyond this the middle of a long transfer is told as a number: a ladder is for reading.
MOST_STEPS = 60


class Step:
    """One arrow: direction 1 to the right, from who sent the INVITE, -1 to the left, 0 unknown."""

    def __init__(self, frame, direction, label, kind="good"):
        self.frame = frame
        self.direction = direction
        self.label = label
        self.kind = kind


def of_session(check, session):
    """The picture of one session and its objects."""
    wanted = set(session.get("objects") or [])
    objects = [item for item in check.objects if item.get("id") in wanted]
    caller, callee = _paths(session.get("offer")), _paths(session.get("answer"))
    if _late(session):
        caller, callee = callee, caller
    steps = _signalling(session, check.senders)
    for item in objects:
        steps += _object(item, _sender_side(item, caller, callee))
    return _draw(check, steps, session.get("from"), session.get("to"),
                 f"Ladder of session {session.get('id')}")


def of_object(check, item):
    """The picture of an object that belongs to no session."""
    if item.get("carrier") == "MESSAGE":
        first = (item.get("frames") or {}).get("first")
        status = item.get("status")
        steps = [Step(first, 1, f"MESSAGE {words.apps(item)}")]
        if status is not None:
            last = (item.get("frames") or {}).get("last")
            steps.append(Step(last if last != first else None, -1, str(status), _by_status(status)))
        return _draw(check, steps, "sender", "receiver", f"Ladder of object {item.get('id')}")
    return _draw(check, _object(item, 1), item.get("from_path"), item.get("to_path"),
                 f"Ladder of object {item.get('id')}")


def _late(session):
    """Does the 2xx make the offer, and the ACK the answer (RFC 3264 section 4, RFC 3261 13.2.1)?"""
    frame = session.get("offer_frame")
    return frame is not None and frame == session.get("answer_frame")


def _side(session, frame, senders):
    """1 where the frame comes from who sent the INVITE, -1 where from the other, 0 unknown."""
    first, this = senders.get(session.get("offer_frame")), senders.get(frame)
    if not first or not this or not first.source:
        return 0
    return 1 if this.same(first) != _late(session) else -1


def _signalling(session, senders):
    steps = []

    def add(frame, direction, label, kind="good"):
        if frame is not None:
            steps.append(Step(frame, direction, label, kind))

    def exchange(frame, answer_frame, label, answer, kind="good"):
        # Either side may make a new offer or hang up.
        side = _side(session, frame, senders)
        add(frame, side, label)
        add(answer_frame, -side or -_side(session, answer_frame, senders), answer, kind)

    status = session.get("status")
    if _late(session):
        add(session.get("offer_frame"), -1, f"{words.known(status)} (offer) {words.apps(session)}")
        add(session.get("ack_frame"), 1, "ACK (answer)")
    else:
        add(session.get("offer_frame"), 1, f"INVITE (offer) {words.apps(session)}")
        add(session.get("answer_frame"), -1, f"{words.known(status)} (answer)", _by_status(status))
        add(session.get("ack_frame"), 1, "ACK")
    for again in session.get("renegotiations") or []:
        exchange(again.get("offer_frame"), again.get("answer_frame"), "new offer",
                 f"{words.known(again.get('status'))} (answer)", _by_status(again.get("status")))
    exchange(session.get("bye_frame"), session.get("bye_answer_frame"), "BYE", "answer to BYE")
    return steps


def _object(item, direction):
    steps = []
    chunks = item.get("chunks") or []
    for number, chunk in enumerate(chunks, 1):
        span = f"{words.known(chunk.get('start'))}-{words.known(chunk.get('end'))}" \
               f"/{'*' if chunk.get('total') is None else chunk['total']}"
        kind = "bad" if chunk.get("flag") == "#" else "good"
        steps.append(Step(chunk.get("frame"), direction,
                          f"SEND {number} of {len(chunks)} [{span}] {chunk.get('flag') or ''}", kind))
        if chunk.get("response_frame") is not None:
            status = chunk.get("status")
            steps.append(Step(chunk["response_frame"], -direction, words.known(status),
                              _by_status(status)))
    for report in item.get("reports") or []:
        span = f"{words.known(report.get('start'))}-{words.known(report.get('end'))}"
        steps.append(Step(report.get("frame"), -direction,
                          f"REPORT [{span}] {words.known(report.get('status'))}",
                          _by_status(report.get("status"))))
    return steps


def _by_status(status):
    return "good" if status is None or 200 <= status < 300 else "bad"


def _paths(description):
    """The last path URI of each m-line: what names an end, however many relays are before it."""
    media = (description or {}).get("media") or []
    return {line["path"][-1] for line in media if line.get("path")}


def _sender_side(item, offered, answered):
    last = (item.get("from_path") or "").split()[-1:]
    if last and last[0] in answered and last[0] not in offered:
        return -1
    return 1


def _draw(check, steps, left, right, title):
    steps.sort(key=lambda step: step.frame if step.frame is not None else float("inf"))
    rows = _fold(steps)
    height = TOP + STEP * len(rows) + 12
    shapes = [svg.text(8, 16, shorten(left or "offerer", 38), "start", "end"),
              svg.text(WIDTH - 8, 16, shorten(right or "answerer", 38), "end", "end"),
              svg.line(LEFT, 24, LEFT, height - 4, "life"),
              svg.line(RIGHT, 24, RIGHT, height - 4, "life")]
    worst = _worst_by_frame(check)
    for n, row in enumerate(rows):
        y = TOP + STEP * n
        if isinstance(row, str):
            shapes.append(svg.text((LEFT + RIGHT) / 2, y, row, "middle", "quiet"))
            continue
        shapes += _arrow(row, y, worst.get(row.frame))
    return svg.picture(WIDTH, height, shapes, title)


def _fold(steps):
    if len(steps) <= MOST_STEPS:
        return steps
    half = MOST_STEPS // 2
    middle = steps[half:-half]
    # What went wrong in the middle is what the reader came for.
    bad = [step for step in middle if step.kind == "bad"][:MOST_STEPS // 2]
    return steps[:half] + [f"... {len(middle) - len(bad)} more steps ..."] + bad + steps[-half:]


def _worst_by_frame(check):
    grades = {"note": 0, "warn": 1, "error": 2}
    worst = {}
    for finding in check.findings:
        severity = finding.get("severity")
        for frame in finding.get("frames") or [finding.get("frame")]:
            if grades.get(severity, -1) > grades.get(worst.get(frame), -1):
                worst[frame] = severity
    return worst


def _arrow(step, y, severity):
    middle = (LEFT + RIGHT) / 2
    shapes = [svg.line(LEFT, y + 4, RIGHT, y + 4, f"msg {step.kind}"),
              svg.text(middle, y - 1, shorten(step.label, 62), "middle", step.kind)]
    if step.direction:
        shapes.append(svg.arrow_head(RIGHT if step.direction > 0 else LEFT, y + 4, step.direction,
                                     step.kind))
    if step.frame is not None:
        shapes.append(svg.text(8, y + 7, f"#{step.frame}", "start", "quiet"))
    if severity:
        shapes.append(svg.text(WIDTH - 8, y + 7, severity, "end", severity))
    return shapes
