# SPDX-License-Identifier: GPL-2.0-or-later
"""The JUnit file that continuous integration reads."""

import xml.etree.ElementTree as ET

import pytest


@pytest.fixture
def junit(check, tmp_path):
    def run(*arguments):
        path = tmp_path / "junit.xml"
        run = check(*arguments, "--junit", str(path))
        return run, ET.parse(path).getroot()
    return run


def test_passing(junit, capture, good):
    _, root = junit(capture("a.pcap", good), "--fail-on", "dns")
    assert (root.get("failures"), root.get("errors")) == ("0", "0")
    names = [case.get("name") for case in root.iter("testcase")]
    assert names == ["can be checked", "mms-notification", "registrations and sessions", "--fail-on dns"]
    groups = [case.get("classname") for case in root.iter("testcase")]
    assert groups == ["capture", "sip:user@example_com mms_ua", "capture", "demand"]
    assert int(root.get("tests")) == len(names)


def test_failing(junit, capture, failing, good, tmp_path):
    _, root = junit(capture("a.pcap", failing), capture("b.pcap", good), str(tmp_path / "none"),
                    "--require", "mmse")
    assert (root.get("failures"), root.get("errors")) == ("3", "1")
    failure = root.find("testsuite/testcase[@name='mms-notification']/failure")
    assert failure.get("message") == failing["objects"][0]["diagnosis"]
    assert "not verifiable" in failure.text
    assert "MSRP-GAP frame 9" in root.find("testsuite/testcase[@name='mms-notification']/system-out").text
    assert "no such file" in root.find("testsuite/testcase/error").get("message")


def test_error_of_no_object(junit, capture, empty):
    empty["findings"] = [{"rule": "SIP-REJECTED", "severity": "error", "frame": 4, "object": None,
                          "text": "INVITE answered 488"}]
    _, root = junit(capture("a.pcap", empty))
    assert root.get("failures") == "1"


def test_what_cannot_be_told_is_an_error(junit, capture, unknown, good):
    _, root = junit(capture("a.pcap", unknown))
    assert (root.get("failures"), root.get("errors")) == ("0", "1")
    error = root.find("testsuite/testcase[@name='mms-notification']/error")
    assert error.get("message") == "cannot tell: " + unknown["sessions"][0]["diagnosis"]
    item = good["objects"][0]
    item.update(verdict="unknown", delivery="unknown", diagnosis="frame 4: lost (capture)")
    _, root = junit(capture("b.pcap", {**unknown, "sessions": [], "objects": [item]}))
    assert root.find(".//error").get("message") == "cannot tell: frame 4: lost (capture)"


def test_never_green_where_the_exit_code_is_not(junit, capture, empty):
    """What only the capture says, or a warning of no object."""
    empty["capture"].update(verdict="unknown", reasons=["all frames are cut"])
    run, root = junit(capture("a.pcap", empty))
    assert run.code == 2 and root.find(".//error").get("message") == "cannot tell: all frames are cut"
    empty["capture"].update(verdict="warn", reasons=[])
    empty["findings"] = [{"rule": "SIP-SYNTAX", "severity": "warn", "frame": 4, "object": None, "session": None,
                          "text": "no name"}]
    run, root = junit(capture("b.pcap", empty), "--fail-level", "warn")
    assert run.code == 1 and root.find(".//failure").get("message") == "SIP-SYNTAX in frame 4: no name"
    run, root = junit(capture("b.pcap", empty))
    assert run.code == 0 and root.find(".//failure") is None


def test_what_xml_cannot_hold(junit, capture, failing):
    failing["objects"][0]["name"] = "<&\"\x00\x1b\ufffe\udc80>"
    failing["findings"][0]["text"] = "]]>\x01"
    _, root = junit(capture("a.pcap", failing))
    assert root.find("testsuite/testcase[2]").get("name").startswith("<&\"\\x00\\x1b")


def test_names_stay_the_same(junit, capture, good):
    """No running numbers: a push more in the middle renames no other case; only the second of a name has a number."""
    item = good["objects"][0]
    good["objects"] = [{**item, "id": 1}, {**item, "id": 2, "name": "other.txt"}, {**item, "id": 3}]
    _, root = junit(capture("a.pcap", good))
    assert [case.get("name") for case in root.iter("testcase")][1:4] == [
        "mms-notification", "other.txt", "mms-notification (2)"]


def test_times(junit, capture, good):
    _, root = junit(capture("a.pcap", good), capture("b.pcap", good))
    for suite in root:
        assert (suite.get("timestamp"), suite.get("time")) == ("2023-11-14T22:13:20", "9.500000")
    assert root.get("time") == "19.000000"
    assert root.find("testsuite/testcase[@name='mms-notification']").get("time") == "0.200000"


# What Jenkins (its JUnit plugin's XSD) and GitLab (its parser) read: elements, their attributes, their children in order.
SHAPE = {
    "testsuites": ({"name", "time", "tests", "failures", "errors", "disabled"}, ["testsuite"]),
    "testsuite": ({"name", "tests", "failures", "errors", "time", "timestamp", "hostname", "id", "package", "skipped"},
                  ["properties", "testcase", "system-out", "system-err"]),
    "testcase": ({"name", "classname", "time", "status", "assertions"},
                 ["skipped", "error", "failure", "system-out", "system-err"]),
    "failure": ({"message", "type"}, []), "error": ({"message", "type"}, []), "system-out": (set(), []),
}


def test_shape(junit, capture, good, failing, unknown, tmp_path):
    _, root = junit(capture("a.pcap", failing), capture("b.pcap", good), capture("c.pcap", unknown),
                    str(tmp_path / "none"), "--require", "mmse")
    assert root.tag == "testsuites"
    for element in root.iter():
        attributes, children = SHAPE[element.tag]
        assert set(element.attrib) <= attributes
        places = [children.index(child.tag) for child in element]
        assert places == sorted(places)
        if element.tag == "testcase":
            assert element.get("classname") and "." not in element.get("classname") and element.get("name")
            assert len([child for child in element if child.tag in ("failure", "error")]) <= 1
    for suite in root:
        names = [(case.get("classname"), case.get("name")) for case in suite]
        assert len(set(names)) == len(names)
