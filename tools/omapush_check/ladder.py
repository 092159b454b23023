# SPDX-License-Identifier: GPL-2.0-or-later
"""The ladder: who sent what to whom, in order of frames, as an HTML list.

A list is read aloud, selected, printed and put on a phone as text; the style sheet draws the lifelines and
arrows over it. Of a report without its capture (other machines') there are two ends; of a capture each host.
"""

from html import escape

from . import words
from .visible import shorten, visible

# Beyond this the middle of a long transfer is told as a number: a ladder is for reading.
MOST_STEPS = 60
# More lifelines leave no room for words: the steps name their ends themselves.
MOST_HOSTS = 8
# Of a run of chunks that go well this many are shown at its begin and at its end.
RUN_ENDS = 3


class Step:
    """One arrow from one lifeline to another (None: unknown)."""

    def __init__(self, frame, source, target, label, kind="good", time=None, steady=False):
        self.frame = frame
        self.source = source
        self.target = target
        self.label = label
        self.kind = kind
        self.time = time
        self.steady = steady
        # Later events that were the same thing, sent again.
        self.repeats = []


def of_session(check, session):
    """The picture of one session and its objects."""
    if check.flow:
        mine = [f for f in check.findings if f.get("session") == session.get("id")]
        events = check.flow.of_session(session, mine)
        if events:
            return _of_events(check, events, f"Session {session.get('id')}, step by step")
    wanted = set(session.get("objects") or [])
    objects = [item for item in check.objects if item.get("id") in wanted]
    caller, callee = _paths(session.get("offer")), _paths(session.get("answer"))
    if _late(session):
        caller, callee = callee, caller
    steps = _signalling(session)
    for item in objects:
        steps += _object(item, _sender_side(item, caller, callee))
    return _draw(check, steps, [session.get("from") or "offerer", session.get("to") or "answerer"],
                 f"Session {session.get('id')}, step by step")


def of_object(check, item):
    """The picture of an object that belongs to no session."""
    title = f"Object {item.get('id')}, step by step"
    events = check.flow.of_object(item) if check.flow else []
    if events:
        return _of_events(check, events, title)
    if item.get("carrier") == "MESSAGE":
        first = (item.get("frames") or {}).get("first")
        status = item.get("status")
        steps = [Step(first, 0, 1, f"MESSAGE {words.apps(item)}")]
        if status is not None:
            last = (item.get("frames") or {}).get("last")
            steps.append(Step(last if last != first else None, 1, 0, str(status), _by_status(status)))
        return _draw(check, steps, ["sender", "receiver"], title)
    return _draw(check, _object(item, 0), [item.get("from_path"), item.get("to_path")], title)


# From the capture: each host a lifeline.


def _of_events(check, events, title):
    by_port = {event.source.address for event in events if event.source.address == event.target.address}

    def key(host):
        # A host that sends to itself (tests on one machine) is told apart by its ports.
        return (host.address, host.port if host.address in by_port else None)

    order = _far_ends(check, _order([(key(event.source), key(event.target)) for event in events]))
    place = {host: n for n, host in enumerate(order)}
    steps, first = [], {}
    for event in events:
        if not event.is_tcp_only:
            # A connection that was used is not tried again: the next one is another.
            first = {again: step for again, step in first.items() if not again[0].startswith("TCP ")}
        if event.again in first:
            first[event.again].repeats.append(event)
            continue
        step = Step(event.frame, place[key(event.source)], place[key(event.target)], event.label, event.kind,
                    event.time, event.steady)
        if event.again:
            first[event.again] = step
        steps.append(step)
    for step in steps:
        step.label += _repeated(step)
    return _draw(check, steps, [_host_name(check, *host) for host in order], title)


def _repeated(step):
    """How often something was sent again, and for how long."""
    if not step.repeats:
        return ""
    last = step.repeats[-1]
    after = "" if step.time is None or last.time is None else f", {last.time - step.time:.3g} s later"
    return f" ({len(step.repeats) + 1} times, last #{last.frame}{after})"


def _far_ends(check, order):
    """The one that sends the push stands left, the one that it is for right."""
    roles = {peer.get("address"): peer.get("role") for peer in check.peers}
    rank = {"sender": 0, "receiver": 2}
    return sorted(order, key=lambda host: rank.get(roles.get(host[0]), 1))


def _order(ends):
    """Hosts from left to right: a new one stands right of the one that it talks to."""
    order = []
    for source, target in ends:
        if source not in order:
            order.insert(order.index(target) + 1 if target in order else len(order), source)
        if target not in order:
            order.insert(order.index(source) + 1, target)
    return order


def _host_name(check, address, port):
    name = address if port is None else f"{address}:{port}"
    for peer in check.peers:
        if peer.get("address") == address and port is None:
            more = [*(peer.get("names") or [])[:1], *([peer["role"]] if peer.get("role") else [])]
            return "\n".join([name, *more])
    return name


# From the report alone: two ends.


def _late(session):
    """Does the 2xx make the offer, and the ACK the answer (RFC 3264 section 4, RFC 3261 13.2.1)?"""
    frame = session.get("offer_frame")
    return frame is not None and frame == session.get("answer_frame")


def _signalling(session):
    steps = []

    def add(frame, ends, label, kind="good"):
        if frame is not None:
            steps.append(Step(frame, *ends, label, kind))

    status, unknown = session.get("status"), (None, None)
    if _late(session):
        add(session.get("offer_frame"), (1, 0), f"{words.known(status)} (offer) {words.apps(session)}")
        add(session.get("ack_frame"), (0, 1), "ACK (answer)")
    else:
        add(session.get("offer_frame"), (0, 1), f"INVITE (offer) {words.apps(session)}")
        add(session.get("answer_frame"), (1, 0), f"{words.known(status)} (answer)", _by_status(status))
        add(session.get("ack_frame"), (0, 1), "ACK")
    # Either side may make a new offer or hang up, and the report does not say which did.
    for again in session.get("renegotiations") or []:
        add(again.get("offer_frame"), unknown, "new offer")
        add(again.get("answer_frame"), unknown, f"{words.known(again.get('status'))} (answer)",
            _by_status(again.get("status")))
    add(session.get("bye_frame"), unknown, "BYE")
    add(session.get("bye_answer_frame"), unknown, "answer to BYE")
    return steps


def _object(item, source):
    steps = []
    target = 1 - source
    chunks = item.get("chunks") or []
    for number, chunk in enumerate(chunks, 1):
        span = f"{words.known(chunk.get('start'))}-{words.known(chunk.get('end'))}" \
               f"/{'*' if chunk.get('total') is None else chunk['total']}"
        aborted = chunk.get("flag") == "#"
        steps.append(Step(chunk.get("frame"), source, target,
                          f"SEND {number} of {len(chunks)} [{span}] {chunk.get('flag') or ''}".rstrip(),
                          "bad" if aborted else "good", steady=not aborted))
        if chunk.get("response_frame") is not None:
            kind = _by_status(chunk.get("status"))
            steps.append(Step(chunk["response_frame"], target, source, words.known(chunk.get("status")), kind,
                              steady=kind == "good"))
    for report in item.get("reports") or []:
        span = f"{words.known(report.get('start'))}-{words.known(report.get('end'))}"
        steps.append(Step(report.get("frame"), target, source,
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
    """0 where the offerer sends, 1 where the answerer does."""
    last = (item.get("from_path") or "").split()[-1:]
    return 1 if last and last[0] in answered and last[0] not in offered else 0


# Both: folding and drawing.


def _draw(check, steps, hosts, title):
    steps.sort(key=lambda step: step.frame if step.frame is not None else float("inf"))
    worst = _worst_by_frame(check)
    rows = _fold(_fold_runs(steps, worst), worst)
    start = next((step.time for step in steps if step.time is not None), None)
    lines = "".join(_row(row, hosts, start, worst) for row in rows)
    plain = " plain" if len(hosts) > MOST_HOSTS else ""
    heads = "".join(f"<span>{_host(host)}</span>" for host in hosts)
    return (f'<div class="ladder{plain}" style="--n:{len(hosts)}">'
            f'<div class="hosts" aria-hidden="true">{heads}</div>'
            f'<ol aria-label="{_text(title)}">{lines}</ol></div>')


def _host(host):
    first, *more = (host or "unknown").split("\n")
    return _text(shorten(first, 42)) + "".join(f"<small>{_text(shorten(word, 34))}</small>" for word in more)


def _row(row, hosts, start, worst):
    if isinstance(row, str):
        return f'<li class="fold">{_text(row)}</li>'
    severity = worst.get(row.frame)
    frame = "" if row.frame is None else f'<span class="at">#{row.frame}</span>'
    when = "" if row.time is None else f'<span class="when">{row.time - start:.3f} s</span>'
    mark = f'<span class="{severity}">{severity}</span>' if severity else ""
    label = f"<strong>{_text(shorten(row.label, 90))}</strong>"
    if row.source is None:
        return f'<li class="{row.kind}">{when}{frame}<span class="way none">{label}</span>{mark}</li>'
    ends = " to ".join((hosts[n] or "unknown").split("\n")[0] for n in (row.source, row.target))
    low, high = sorted((row.source, row.target))
    way = "right" if row.source < row.target else "left" if row.source > row.target else "self"
    return (f'<li class="{row.kind}">{when}{frame}<span class="way {way}" style="--a:{low};--b:{high}">'
            f'<i>{_text(shorten(ends, 80))}: </i>{label}</span>{mark}</li>')


def _fold_runs(steps, worst):
    """The middle of a run of chunks and answers that go well as one line: what is left can be read."""
    rows, run = [], []

    def end_run():
        if len(run) > 2 * RUN_ENDS + 2:
            middle = run[RUN_ENDS:-RUN_ENDS]
            rows.extend(run[:RUN_ENDS])
            rows.append(f"{len(middle)} more SENDs and answers, frames {middle[0].frame} to {middle[-1].frame}")
            rows.extend(run[-RUN_ENDS:])
        else:
            rows.extend(run)
        run.clear()

    for step in steps:
        if step.steady and step.frame not in worst:
            run.append(step)
            continue
        end_run()
        rows.append(step)
    end_run()
    return rows


def _fold(rows, worst):
    if len(rows) <= MOST_STEPS:
        return rows
    half = MOST_STEPS // 2
    middle = rows[half:-half]
    # What went wrong in the middle is what the reader came for.
    bad = [row for row in middle if not isinstance(row, str)
           and (row.kind == "bad" or row.frame in worst)][:MOST_STEPS // 2]
    return rows[:half] + [f"{len(middle) - len(bad)} more steps"] + bad + rows[-half:]


def _worst_by_frame(check):
    grades = {"note": 0, "warn": 1, "error": 2}
    worst = {}
    for finding in check.findings:
        severity = finding.get("severity")
        for frame in finding.get("frames") or [finding.get("frame")]:
            if grades.get(severity, -1) > grades.get(worst.get(frame), -1):
                worst[frame] = severity
    return worst


def _text(value):
    return escape(visible(value))
