# SPDX-License-Identifier: GPL-2.0-or-later
"""The page: one file without scripts or network that can be mailed, printed and read on a phone."""

import os
import re
import zlib
from html import escape

from . import chunkmap, facts, ladder, preview, words
from .visible import visible

HERE = os.path.dirname(os.path.realpath(__file__))
OBJECT_COLUMNS = ("Object", "Carrier", "Name", "Content type", "Bytes", "State", "Verification",
                  "Report", "Delivery", "Verdict")
# A page with more pictures than this is not read; the table and the findings tell all of them.
MOST_PICTURES = 200
# A rule that is broken more often has its first findings here.
MOST_REPEATS = 50
LONG = ' class="long"'


def document(checks, rules):
    """The whole page as text."""
    with open(os.path.join(HERE, "style.css"), encoding="utf-8") as file:
        style = file.read()
    body = "".join(Part(check, rules).html() for check in checks)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>{_title(checks)}</title>
<style>
{style}</style>
</head>
<body>
<h1>OMA push check</h1>
{_contents(checks)}
{body}
</body>
</html>
"""


def _text(value):
    return escape(visible(value))


def _breakable(value):
    """Text that may be cut behind the separators of names, types and addresses, not anywhere."""
    return re.sub(r"(?<=[/@.;])(?=\w)", "<wbr>", _text(value))


def _title(checks):
    """What a mail or a tab says of it: the verdict first."""
    if len(checks) == 1:
        return f"{words.verdict(checks[0])}: {_text(os.path.basename(checks[0].capture))}, OMA push"
    return f"OMA push check: {words.totals(checks)}"


def _contents(checks):
    if len(checks) < 2:
        return ""
    rows = [[f'<a href="#{_anchor(check)}">{_text(check.capture)}</a>',
             _text(words.summary(check)), _verdict(words.verdict(check))] for check in checks]
    return (f"<p>{words.totals(checks)}</p>"
            + _table(("Capture", "Holds", "Verdict"), rows, long={"Capture"}))


def _anchor(check):
    # The name itself would need escaping rules of its own.
    return f"capture-{zlib.crc32(os.fsencode(check.capture)):08x}"


class Part:
    """The part of the page about one capture."""

    def __init__(self, check, rules):
        self.check = check
        self.rules = rules
        self.anchor = _anchor(check)
        # What is wrong comes first, also where there is not room for all.
        gravest = {"fail": 0, "unknown": 1, "warn": 2}
        self.objects = sorted(check.objects, key=lambda item: gravest.get(item.get("verdict"), 3))[:MOST_PICTURES]
        self.sessions = sorted(check.sessions,
                               key=lambda item: gravest.get(item.get("verdict"), 3))[:MOST_PICTURES]
        self.pictured = {item.get("id") for item in self.objects}

    def html(self):
        reasons = "".join(f'<p class="error">{_text(reason)}</p>' for reason in words.reasons(self.check))
        title = f'<h2 id="{self.anchor}">{_breakable(self.check.capture)}</h2>'
        parts = [f'<section aria-labelledby="{self.anchor}">{title}',
                 f"<p>{_verdict(words.verdict(self.check))} {_text(words.summary(self.check))}</p>", reasons,
                 *self._why()]
        parts += _diagnoses(self.check)
        parts.append(_facts(facts.of_capture(self.check)))
        if self.check.objects:
            parts += ["<h3>Push objects</h3>",
                      _table(OBJECT_COLUMNS, [self._object_row(item) for item in self.check.objects],
                             long={"Name", "Content type"})]
        if self.check.registrations:
            parts += ["<h3>Registrations</h3>", _registrations(self.check)]
        if self.check.demands:
            parts += ["<h3>Demands</h3>", _table(("Demand", "Met"), [
                [_text(demand.text), "yes" if demand.met else '<span class="fail">no</span>']
                for demand in self.check.demands], long={"Demand"})]
        parts += self._pictures()
        parts += _peers(self.check)
        loose = self.check.loose_findings
        if loose:
            parts += ["<h3>Findings outside the objects</h3>", _findings(loose, self.rules)]
        return "".join(parts) + "</section>"

    def _why(self):
        """The first error of each failed object that the reasons name, with the way to the rest."""
        for item in self.check.failed_objects[:words.MOST_NAMED]:
            errors = [f for f in self.check.findings_of(item) if f.get("severity") == "error"]
            for finding in errors[:1]:
                yield (f'<p><a href="#{self.anchor}-{item.get("id")}">Object {item.get("id")}</a>, '
                       f"frame {words.known(finding.get('frame'))}: {_text(finding.get('text'))}</p>")

    def _pictures(self):
        for session in self.sessions:
            yield self._session(session)
        for item in self.objects:
            yield self._object(item)
        omitted = len(self.check.sessions) - len(self.sessions) + len(self.check.objects) - len(self.objects)
        if omitted:
            yield f'<p class="quiet">{omitted} more sessions and objects have no picture here.</p>'

    def _session(self, session):
        number = session.get("id")
        facts_ = f"{_text(words.apps(session))}, status {words.known(session.get('status'))}"
        diagnosis = session.get("diagnosis")
        return (f'<h3 id="{self.anchor}-session-{number}">Session {number} {_verdict(session.get("verdict"))}</h3>'
                f"<p>{_text(session.get('from'))} to {_text(session.get('to'))}; {facts_}; Call-ID "
                f'<span class="mono">{_text(session.get("call_id"))}</span></p>'
                + (f'<p class="diagnosis">{_text(diagnosis)}</p>' if diagnosis else "")
                + f"<p>{_filter('omapush.session.id', number)}</p>{self._files(session)}"
                f"{ladder.of_session(self.check, session)}")

    def _files(self, session):
        """What was offered, and what became of each."""
        rows = [[_breakable(words.known(file.get("name"))), _breakable(words.known(file.get("type"))),
                 _text(words.known(file.get("size"))), self._reference(file.get("object")), _text(file.get("delivery"))]
                for media in (session.get("offer") or {}).get("media") or [] for file in media.get("files") or []]
        if not rows:
            return ""
        return _table(("Offered file", "Type", "Bytes", "Object", "Delivery"), rows, long={"Offered file", "Type"})

    def _reference(self, number):
        """The way to an object, where it has a part of the page."""
        if number is None:
            return "-"
        return f'<a href="#{self.anchor}-{number}">{number}</a>' if number in self.pictured else str(number)

    def _object_row(self, item):
        result = (item.get("verification") or {}).get("result") or ""
        return [self._reference(item.get("id")),
                _text(item.get("carrier")), _breakable(words.name(item)),
                _breakable(words.content_type(item)), _text(words.size(item)), _text(item.get("state")),
                f'<span class="{_text(result)}">{_text(words.verification(item))}</span>',
                _text(words.report(item)), _text(item.get("delivery")), _verdict(item.get("verdict"))]

    def _object(self, item):
        where = item.get("frames") or {}
        parts = [f'<h3 id="{self.anchor}-{item.get("id")}">Object {item.get("id")}: '
                 f"{_text(words.name(item))} {_verdict(item.get('verdict'))}</h3>",
                 f"<p>{_text(item.get('carrier'))}, {_text(words.size(item))} bytes, "
                 f"{_text(item.get('state'))}, {_text(words.verification(item))}; "
                 f"{words.frames(where.get('first'), where.get('last'), where.get('report'))}</p>",
                 f"<p>{_filter('omapush.object.id', item.get('id'))}</p>"]
        if item.get("diagnosis"):
            parts.append(f'<p class="diagnosis">{_text(words.outcome(item))}: {_text(item["diagnosis"])}</p>')
        check_ = item.get("verification") or {}
        if check_.get("result") == "mismatch":
            parts.append(f'<p class="mono">{_text(check_.get("algorithm"))}<br>offered '
                         f"{_text(check_.get('offered'))}<br>computed "
                         f"{_text(check_.get('computed'))}</p>")
        parts.append(chunkmap.draw(item))
        content = self.check.contents.get(item.get("id"))
        if content:
            parts.append(f"<details open><summary>What it holds, {words.plural(len(content), 'byte')}</summary>"
                         f"{preview.draw(content, words.name(item))}</details>")
        if item.get("session") is None:
            parts.append(ladder.of_object(self.check, item))
        findings = self.check.findings_of(item)
        if findings:
            parts.append(_findings(findings, self.rules))
        return "".join(parts)


def _diagnoses(check):
    """What did not arrive and why, before everything else."""
    lines = [f"<li>{_verdict(verdict)} {_text(sentence)}</li>"
             for verdict, sentence in words.diagnoses(check)[:MOST_PICTURES]]
    return [f'<ul class="diagnosis">{"".join(lines)}</ul>'] if lines else []


def _facts(pairs):
    """Names and values, as a list that needs no table."""
    lines = "".join(f"<div><dt>{_text(name)}</dt><dd>{_text(value)}</dd></div>" for name, value in pairs)
    return f'<dl class="facts">{lines}</dl>' if lines else ""


def _peers(check):
    rows = [[_text(item.get("address")), _text(", ".join(item.get("names") or [])), _text(item.get("role")),
             _text(words.peer_findings(check, item, everything=True))] for item in check.peers]
    if not rows:
        return []
    return ["<h3>Peers</h3>", _table(("Address", "Name", "Role", "Findings"), rows, long={"Name", "Findings"})]


def _filter(field, number):
    return f'<span class="quiet">Display filter</span> {facts.to_paste(f"{field} == {number}")}'


def _registrations(check):
    rows = [[_text(words.registration(item)), _text(item.get("aor")), _text(words.apps(item)),
             words.known(item.get("expires")), words.known(item.get("status")),
             words.frames(item.get("frame"), item.get("answer_frame"))]
            for item in check.registrations]
    return _table(("Kind", "Address", "Applications", "Expires", "Status", "Frames"), rows,
                  long={"Address"})


def _findings(findings, rules):
    rows = []
    for first, *more in words.by_rule(findings):
        severity, rule = _text(first.get("severity")), first.get("rule")
        rows.append([f'<span class="{severity}">{severity}</span>', _text(rule),
                     words.known(first.get("frame")), _text(first.get("text")) + _again(first, more),
                     facts.section(first.get("section") or rules.get(rule, "")),
                     facts.to_paste(facts.filter_of_findings([first, *more]))])
    return _table(("Severity", "Rule", "Frame", "What", "Section", "Display filter"), rows,
                  long={"What", "Section", "Display filter"})


def _again(first, more):
    """The other findings of a rule, folded away: their number and frames are always seen."""
    if not words.is_repeated(first, more):
        return ""
    lines = [f"<li>frame {words.known(f.get('frame'))}: {_text(f.get('text'))}</li>"
             for f in more[:MOST_REPEATS]]
    if len(more) > MOST_REPEATS:
        lines.append(f"<li>{len(more) - MOST_REPEATS} more</li>")
    if not lines:
        return f"; {_text(words.again(first, more))}"
    return (f"<details><summary>{_text(words.again(first, more))}</summary>"
            f"<ul>{''.join(lines)}</ul></details>")


def _verdict(verdict):
    kind = (verdict or "").lower().replace(" ", "-")
    return f'<span class="verdict {_text(kind)}">{_text(verdict)}</span>'


def _table(titles, rows, long=()):
    """A table of cells that are HTML already; the titles in long may break anywhere.

    On a phone each row becomes a card, for which every cell knows its title.
    """
    head = "".join(f'<th scope="col">{title}</th>' for title in titles)
    lines = []
    for row in rows:
        cells = [f'<td data-title="{title}"{LONG if title in long else ""}>{cell}</td>'
                 for title, cell in zip(titles, row)]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return (f'<div class="wide"><table><thead><tr>{head}</tr></thead>'
            f"<tbody>{''.join(lines)}</tbody></table></div>")
