# SPDX-License-Identifier: GPL-2.0-or-later
"""What an envelope holds goes to the stock dissector of its own media type, and is filterable inside a push."""

import pathlib

import pytest

import push
from flow import Flow
from message_flow import MessageFlow


@pytest.fixture
def tmp_capture(tshark):
    """Writes a flow where tshark may read it."""
    def write(flow):
        path = pathlib.Path(tshark.dir) / "out" / "made.pcap"
        flow.capture().write(path)
        return path
    return write


#: Capture below variety/, a filter on the content's own fields, and how its envelope is encoded.
CONTENTS = [
    ("message-mms", "mmse.message_type == 0x82", "text"),
    ("message-wsp", "mmse.message_type == 0x82", "wsp"),
    ("message-cpim", "mmse.message_type == 0x82", "cpim"),
    ("message-multipart", "mmse.message_type == 0x82", "text"),
    ("message-supl", "ulp.ULP_PDU_element", "text"),
    ("message-direct-supl", "ulp.ULP_PDU_element", None),
    ("message-si", "xml.tag", "text"),
    ("message-sl", "xml.tag", "text"),
    ("message-sic", "wbxml.version", "text"),
    ("message-emn", "wbxml.version", "text"),
    ("message-connectivity", "xml.tag", "text"),
    ("message-xml", "xml.tag", "xml"),
    ("message-xml-utf16", "xml.tag", "xml"),
    ("message-gzip", "mmse.message_type == 0x82", "text"),
    ("message-envelope-gzip", "xml.tag", "text"),
    ("message-multipart-base64", "mmse.message_type == 0x82", "text"),
    ("message-multipart-cpim", "mmse.message_type == 0x82", "cpim"),
    ("message-wsp-confirmed", "mmse.message_type == 0x82", "wsp"),
]


@pytest.mark.parametrize("name, content, encoding", CONTENTS)
def test_content_by_message(tshark, captures, name, content, encoding):
    path = captures / "variety" / f"{name}.pcap"
    frames = tshark.frames(path, f"({content}) and omapush")
    assert frames
    if encoding:
        assert frames == tshark.frames(path, f'omapush.body.encoding == "{encoding}"')


@pytest.mark.parametrize("name, field", [("message-direct-supl", "ulp.ULP_PDU_element"),
                                         ("message-mms", "mmse.message_type"), ("message-gzip", "mmse.message_type")])
def test_content_is_dissected_once(tshark, captures, name, field):
    """Whoever comes first to it, stock SIP or the plugin."""
    path = captures / "variety" / f"{name}.pcap"
    values = tshark("-r", path, "-Y", field, "-T", "fields", "-e", field).out.split()
    assert len(values) == 1 and "," not in values[0]


def test_content_by_msrp(tshark, captures):
    """Reassembled: in the frame that ends the last chunk and no other, asked for by its fields alone."""
    path = captures / "appendix-b-corrected.pcap"
    last = tshark.frames(path, 'omapush.chunk.flag == "$"')
    assert tshark.frames(path, "xml.tag") == last
    assert [int(line) for line in tshark("-r", path, "-Y", "xml.tag", "-T", "fields", "-e", "frame.number").out.split()
            ] == last


def test_parts_reach_no_dissector(tshark, captures):
    """Of an object with gaps nothing is dissected as content."""
    path = captures / "rules" / "MSRP-GAP.bad.pcap"
    assert tshark.frames(path, "omapush.object.id")
    assert not tshark.frames(path, "mmse or ulp or xml")


BROKEN = push.envelope("application/vnd.wap.mms-message", push.mms_notification()[:-5], "wml.ua")


@pytest.mark.parametrize("body, kind", [(BROKEN, "application/vnd.oma.push"), (push.cpim(BROKEN), "message/cpim")])
def test_broken_content_by_message(tshark, tmp_capture, body, kind):
    """The content's dissector gives up in the middle; what the plugin has to say is said all the same."""
    path = tmp_capture(MessageFlow(body, kind))
    [row] = tshark("-2", "-r", path, "-Y", "_ws.malformed", "-T", "fields", "-e", "omapush.object.verdict",
                   "-e", "omapush.finding.rule").out.splitlines()
    assert row.split("\t") == ["warn", "SIP-APP-MISMATCH"]
    assert "MESSAGE push mms.ua" in tshark("-r", path).out.splitlines()[0]


def test_broken_content_by_msrp(tshark, tmp_capture):
    """Objects behind it, in the same segment, are shown too."""
    flow = Flow([BROKEN, push.opaque_push(300, 1)], chunk=10000)
    flow.set("send-1-1", flow["send-1-1"].data + flow["send-2-1"].data)
    flow.drop("send-2-1")
    path = tmp_capture(flow)
    [row] = tshark("-2", "-r", path, "-Y", "_ws.malformed", "-T", "fields", "-e", "omapush.object.id").out.splitlines()
    assert set(row.split(",")) == {"1", "2"}


def test_push_flag_in_words(tshark, captures):
    shown = tshark("-r", captures / "variety" / "message-many-headers.pcap", "-V").out
    assert "Push-Flag: 3 (initiator authenticated, content trusted)" in shown


def test_part_of_a_marked_multipart(tshark, tmp_capture):
    """Accept-Contact alone says that it is a push: the object is the part that is pushed, and stock shows that once."""
    body = (b"--b\r\nContent-Type: text/plain\r\n\r\nYou have mail\r\n--b\r\n"
            b"Content-Type: application/vnd.wap.mms-message\r\n\r\n" + push.mms_notification() + b"\r\n--b--\r\n")
    path = tmp_capture(MessageFlow(body, "multipart/mixed;boundary=b"))
    [row] = tshark("-r", path, "-Y", "omapush.object.id", "-T", "fields", "-e", "mmse.message_type",
                   "-e", "omapush.object.size", "-e", "omapush.body.content_type").out.splitlines()[:1]
    assert row.split("\t") == ["0x82", str(len(push.mms_notification())), "application/vnd.wap.mms-message"]
