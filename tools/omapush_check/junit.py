# SPDX-License-Identifier: GPL-2.0-or-later
"""The JUnit report: a test suite per capture, a test case per object, offered file without one, and demand."""

import time
import xml.etree.ElementTree as ET

from . import words
from .visible import visible


def document(checks):
    """The report as XML text."""
    root = ET.Element("testsuites", name="omapush-check")
    for check in checks:
        _suite(root, check)
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count)) for suite in root)))
    root.set("time", f"{sum(float(suite.get('time')) for suite in root):.6f}")
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root, check):
    capture = visible(check.capture)
    suite = ET.SubElement(root, "testsuite", name=capture)
    names = _Names()
    # Always there, so that a capture without objects is not a suite without tests.
    case = _case(suite, names, "capture", "can be checked")
    if check.trouble:
        _outcome(case, "error", check.trouble)
    for item in check.objects:
        _object(suite, names, check, item)
    for session in check.sessions:
        for file in words.files_alone(session):
            _file(suite, names, session, file)
    _rest(suite, names, check)
    for demand in check.demands:
        case = _case(suite, names, "demand", demand.title)
        if not demand.met:
            _outcome(case, "failure", demand.text)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("*/failure"))))
    suite.set("errors", str(len(suite.findall("*/error"))))
    _times(suite, (check.document or {}).get("capture") or {})


def _rest(suite, names, check):
    """What belongs to no object; and never may a suite be green where the exit code is not 0."""
    wrong = check.loose_errors or [f for f in check.loose_findings
                                   if f.get("severity") == "warn" and check.fail_level == "warn"]
    case = _case(suite, names, "capture", "registrations and sessions")
    told = suite.find("testcase/failure") is not None or check.unmet
    if wrong:
        _outcome(case, "failure", _headline(wrong))
    elif check.fails and not told:
        _outcome(case, "failure", "; ".join(words.reasons(check)) or "fails")
    elif check.cannot_tell and suite.find("testcase/error") is None:
        _outcome(case, "error", "cannot tell: " + "; ".join(words.reasons(check)))
    _findings(case, check.loose_findings)


def _times(suite, capture):
    """When the capture begins and how long it is, as ISO 8601 and in seconds."""
    first, last = capture.get("first_time"), capture.get("last_time")
    suite.set("time", f"{max(last - first, 0):.6f}" if first is not None and last is not None else "0")
    try:
        if first is not None:
            suite.set("timestamp", time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(first)))
    except (OverflowError, ValueError, OSError):
        pass


class _Names:
    """Names that stay the same from run to run: the second of a name gets a number, not every one."""

    def __init__(self):
        self.seen = {}

    def use(self, group, name):
        number = self.seen[group, name] = self.seen.get((group, name), 0) + 1
        return name if number == 1 else f"{name} ({number})"


def _group(to, item):
    """Who it is for, and which application: what a build server shows as the class."""
    apps = words.apps(item)
    return " ".join(part for part in (to or item.get("carrier"), apps if apps != "-" else "") if part) or "push"


def _object(suite, names, check, item):
    session = next((s for s in check.sessions if s.get("id") == item.get("session") is not None), {})
    case = _case(suite, names, _group(session.get("to"), item), words.name(item))
    seconds = (item.get("seconds") or {}).get("transfer")
    if seconds is not None:
        case.set("time", f"{seconds:.6f}")
    findings = check.findings_of(item)
    facts = (f"{words.outcome(item)}: {words.size(item)} bytes, {item.get('state')}, "
             f"{words.verification(item)}, report {words.report(item)}")
    why = item.get("diagnosis")
    if item.get("verdict") == "fail":
        errors = [f for f in findings if f.get("severity") == "error"]
        _outcome(case, "failure", why or _headline(errors) or facts, facts)
    elif item.get("verdict") == "unknown":
        _outcome(case, "error", "cannot tell: " + (why or words.outcome(item)), facts)
    elif item.get("verdict") == "warn" and check.fail_level == "warn":
        _outcome(case, "failure", why or _headline(findings) or facts, facts)
    _findings(case, findings)


def _file(suite, names, session, file):
    """An offered file that no object of the capture carried."""
    case = _case(suite, names, _group(session.get("to"), session), words.known(file.get("name")))
    why = session.get("diagnosis") or words.file_outcome(file.get("delivery"))
    if session.get("verdict") == "pass":
        return
    if file.get("delivery") in ("refused", "failed"):
        _outcome(case, "failure", why)
    else:
        _outcome(case, "error", f"cannot tell: {why}")


def _case(suite, names, group, name):
    # Jenkins splits the class at its last dot, and shows what is before as a package.
    group = visible(group).replace(".", "_")
    return ET.SubElement(suite, "testcase", classname=group, name=names.use(group, visible(name)), time="0")


def _findings(case, findings):
    if findings:
        ET.SubElement(case, "system-out").text = _lines(findings)


def _outcome(case, kind, message, text=None):
    # "type" is what some readers group by; there is only one here per kind.
    outcome = ET.SubElement(case, kind, message=visible(message), type=f"omapush.{kind}")
    outcome.text = text


def _headline(findings):
    return "; ".join(f"{f.get('rule')} in frame {f.get('frame')}: {f.get('text')}"
                     for f in findings[:3])


def _lines(findings):
    return "\n".join(f"{visible(f.get('severity'))} {visible(f.get('rule'))} "
                     f"frame {words.known(f.get('frame'))}: {visible(f.get('text'))}"
                     for f in findings)
