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
    assert "object 1: mms-notification" in names
    assert "--fail-on dns" in names
    assert int(root.get("tests")) == len(names)


def test_failing(junit, capture, failing, good, tmp_path):
    _, root = junit(capture("a.pcap", failing), capture("b.pcap", good), str(tmp_path / "none"),
                    "--require", "mmse")
    assert (root.get("failures"), root.get("errors")) == ("3", "1")
    failure = root.find("testsuite/testcase[@name='object 1: mms-notification']/failure")
    assert failure.get("message") == failing["objects"][0]["diagnosis"]
    assert "not verifiable" in failure.text and "MSRP-GAP frame 9" in failure.text
    assert "no such file" in root.find("testsuite/testcase/error").get("message")


def test_error_of_no_object(junit, capture, empty):
    empty["findings"] = [{"rule": "SIP-REJECTED", "severity": "error", "frame": 4, "object": None,
                          "text": "INVITE answered 488"}]
    _, root = junit(capture("a.pcap", empty))
    assert root.get("failures") == "1"


def test_what_cannot_be_told_is_an_error(junit, capture, unknown, good):
    _, root = junit(capture("a.pcap", unknown))
    assert (root.get("failures"), root.get("errors")) == ("0", "1")
    error = root.find("testsuite/testcase[@name='session 1, offered file mms-notification']/error")
    assert error.get("message") == "cannot tell: " + unknown["sessions"][0]["diagnosis"]
    item = good["objects"][0]
    item.update(verdict="unknown", delivery="unknown", diagnosis="frame 4: lost (capture)")
    _, root = junit(capture("b.pcap", {**unknown, "sessions": [], "objects": [item]}))
    assert root.find(".//error").get("message") == "cannot tell: frame 4: lost (capture)"


def test_what_xml_cannot_hold(junit, capture, failing):
    failing["objects"][0]["name"] = "<&\"\x00\x1b\ufffe\udc80>"
    failing["findings"][0]["text"] = "]]>\x01"
    _, root = junit(capture("a.pcap", failing))
    assert root.find("testsuite/testcase[2]").get("name").startswith("object 1: <&\"\\x00\\x1b")
