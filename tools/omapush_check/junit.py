# SPDX-License-Identifier: GPL-2.0-or-later
"""The JUnit report: a test suite per capture, a test case per object, offered file without one, and demand."""

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
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root, check):
    capture = visible(check.capture)
    suite = ET.SubElement(root, "testsuite", name=capture)
    # Always there, so that a capture without objects is not a suite without tests.
    case = _case(suite, capture, "the capture can be checked")
    if check.trouble:
        _outcome(case, "error", check.trouble)
    for item in check.objects:
        _object(suite, capture, check, item)
    for session in check.sessions:
        for file in words.files_alone(session):
            _file(suite, capture, session, file)
    case = _case(suite, capture, "registrations and sessions")
    if check.loose_errors:
        _outcome(case, "failure", _headline(check.loose_errors), _lines(check.loose_errors))
    for demand in check.demands:
        case = _case(suite, capture, f"--{demand.kind} {demand.filter}")
        if not demand.met:
            _outcome(case, "failure", demand.text)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("*/failure"))))
    suite.set("errors", str(len(suite.findall("*/error"))))


def _object(suite, capture, check, item):
    case = _case(suite, capture, f"object {item.get('id')}: {words.name(item)}")
    seconds = (item.get("seconds") or {}).get("transfer")
    if seconds is not None:
        case.set("time", f"{seconds:.6f}")
    findings = check.findings_of(item)
    if item.get("verdict") == "fail":
        errors = [f for f in findings if f.get("severity") == "error"]
        facts = (f"{words.outcome(item)}: {words.size(item)} bytes, {item.get('state')}, "
                 f"{words.verification(item)}, report {words.report(item)}")
        _outcome(case, "failure", item.get("diagnosis") or _headline(errors) or facts,
                 f"{facts}\n{_lines(findings)}")
    elif item.get("verdict") == "unknown":
        _outcome(case, "error", "cannot tell: " + (item.get("diagnosis") or words.outcome(item)),
                 _lines(findings))
    elif findings:
        ET.SubElement(case, "system-out").text = _lines(findings)


def _file(suite, capture, session, file):
    """An offered file that no object of the capture carried."""
    case = _case(suite, capture, f"session {session.get('id')}, offered file {words.known(file.get('name'))}")
    why = session.get("diagnosis") or words.file_outcome(file.get("delivery"))
    if file.get("delivery") in ("refused", "failed"):
        _outcome(case, "failure", why)
    else:
        _outcome(case, "error", f"cannot tell: {why}")


def _case(suite, capture, name):
    return ET.SubElement(suite, "testcase", classname=capture, name=visible(name), time="0")


def _outcome(case, kind, message, text=""):
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
