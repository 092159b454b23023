# SPDX-License-Identifier: GPL-2.0-or-later
"""What a peer sends can move no cursor and turn no line: every output has the same visible text, however it was cut.

One capture has controls, bidirectional controls and bytes that are no UTF-8 in every text that outputs quote.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "bench"))
from traffic import ACK, PSH, PRA, PSA, PUSH, Connection, Writer, address, sip  # noqa: E402

# C0, DEL, C1; bidirectional controls and marks; a character that is wide, and one of four bytes.
SENT = b"a\x01\x1b[31m\x7f\xc2\x9b2J\xc2\x85\xe2\x80\xae\xe2\x81\xa6\xe2\x80\x8f\xd8\x9c\xff\xef\xbf\xbd\xe2\x82\xac\xf0\x9f\x93\xb7z"
SHOWN = "a\\x01\\x1b[31m\\x7f\\u009b2J\\u0085\\u202e\\u2066\\u200f\\u061c\ufffd\ufffd€📷z"
# Nothing of this may be in an output; a line end and a tab are the output's own.
HARMFUL = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MARK = "MARK"
# In a body a C0 control makes it no text headers.
SOFT, SOFT_SENT, SOFT_SHOWN = "SOFT", SENT[SENT.index(b"\xc2\x85"):], SHOWN[SHOWN.index("\\u0085"):]


def marked(text):
    return text.encode().replace(MARK.encode(), SENT).replace(SOFT.encode(), SOFT_SENT)


def tags():
    return f'+g.3gpp.icsi-ref="urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush";+g.oma.pusheventapp="app{MARK}"'


def dialog(start, cseq, more, body=""):
    return sip(start, ["Via: SIP/2.0/UDP 192.0.2.3:5060;branch=z9hG4bK" + cseq.replace(" ", ""),
                       f'From: "{MARK}" <sip:psa{MARK}@example.com>;tag=p', f"To: <sip:user{MARK}@example.com>",
                       f"Call-ID: call{MARK}", f"CSeq: {cseq}", f"User-Agent: agent{MARK}", *more],
               marked(body).decode("latin-1")).decode()


def described(host, path, direction):
    return (f"v=0\r\no=- 1 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\nm=message 8888 TCP/MSRP *\r\na=path:{path}\r\n"
            f"a={direction}\r\na=accept-types:{PUSH}\r\na=setup:odd{MARK}\r\na=file-transfer-id:id{MARK}\r\n"
            f'a=file-selector:name:"name{MARK}.txt" type:text/{MARK} size:7 hash:odd{MARK}:AA\r\n')


def write(path, cut=None):
    """A session with an object whose every text is harmful, and one by MESSAGE; cut: where segments of it end."""
    ends = address(PSA), address(PRA)
    to, sender = f"msrp://{PRA}:8888/r{MARK};tcp", f"msrp://{PSA}:7654/s{MARK};tcp"
    body = f"Content-Type: text/plain;p={SOFT}\r\nX-Odd: value{SOFT}\r\nContent-Location: place{SOFT}.txt\r\n\r\n"
    body = marked(body) + SENT * 4
    send = marked(f"MSRP tid1 SEND\r\nTo-Path: {to}\r\nFrom-Path: {sender}odd\r\nMessage-ID: id{MARK}\r\n"
                  f"Byte-Range: 1-{len(body)}/{len(body) + 9}\r\nContent-Type: {PUSH};p={MARK}\r\n\r\n")
    send += body + marked(f"\r\n-------tid1{MARK}\r\n") + body[:20] + b"\r\n-------tid1$\r\n"
    with Writer(path) as writer:
        for forth, data in (
                (True, dialog("INVITE sip:user@example.com SIP/2.0", "1 INVITE", [
                    f"Contact: <sip:psa@{PSA}>;{tags()}", f"Accept-Contact: *;{tags()}", "Content-Type: application/sdp"],
                    described(PSA, sender, "sendonly"))),
                (False, dialog(f"SIP/2.0 200 fine{MARK}", "1 INVITE", [
                    f"Contact: <sip:u@{PRA}>;{tags()}", "Content-Type: application/sdp"], described(PRA, to, "recvonly"))),
                (True, dialog(f"MESSAGE sip:user{MARK}@example.com SIP/2.0", "2 MESSAGE", [
                    f"Accept-Contact: *;{tags()}", f"Content-Type: {PUSH}"],
                    f"Content-Type: text/plain\r\nContent-Location: other{SOFT}\r\n\r\nx")),
                (False, dialog(f"SIP/2.0 480 gone{MARK}", "2 MESSAGE", []))):
            data = data.encode("latin-1").replace(MARK.encode(), SENT)
            writer.udp(ends[not forth], 5060, ends[forth], 5060, data)
        connection = Connection(writer, PSA, 20001, PRA, 8888)
        for at in range(0, len(send), cut or len(send)):
            connection.segment(0, ACK | PSH, send[at:at + (cut or len(send))])
        connection.segment(1, ACK | PSH, marked(f"MSRP tid1 400 bad{MARK}\r\nTo-Path: {sender}\r\nFrom-Path: {to}\r\n"
                                                "-------tid1$\r\n"))
        connection.close()
    path.chmod(0o644)


@pytest.fixture(scope="module")
def capture(tshark):
    path = tshark.dir / "out" / "visible.pcap"
    write(path)
    return path


def omapush_fields(tshark):
    listed = tshark("-G", "fields").out.splitlines()
    return [line.split("\t")[2] for line in listed if line.startswith("F\t") and "\tomapush." in line]


def test_every_output_of_tshark_is_harmless(tshark, capture):
    fields = [argument for name in omapush_fields(tshark) for argument in ("-e", name)]
    outputs = {
        "list": tshark("-r", capture).out,
        "tree": tshark("-2", "-r", capture, "-V").out,
        "fields": tshark("-2", "-r", capture, "-T", "fields", "-e", "_ws.col.Info", "-e", "_ws.expert.message", *fields).out,
        "json": tshark("-2", "-r", capture, "-T", "json", "-J", "omapush").out,
        "pdml": tshark("-2", "-r", capture, "-T", "pdml", "-J", "omapush", "-Y", "msrp").out,
        "reports": tshark("-q", "-r", capture, "-z", "omapush,json", "-z", "omapush,transfers", "-z", "omapush,tree",
                          "-z", "expert").out,
    }
    for name, text in outputs.items():
        assert not HARMFUL.search(text), (name, HARMFUL.search(text), text[max(0, HARMFUL.search(text).start() - 80):][:160])
        escaped = SHOWN.replace("\\", "\\\\") if name in ("json", "reports") else SHOWN
        assert escaped in text or name == "list" and "\\u202e" in text, name


def test_fields_and_reports_have_one_text(tshark, capture):
    report = json.loads(tshark("-q", "-r", capture, "-z", "omapush,json").out)
    names = [one["name"] for one in report["objects"]]
    assert names[0] == f"other{SOFT_SHOWN}"
    assert f"name{SHOWN}.txt" in names
    session, = report["sessions"]
    assert session["call_id"] == f"call{SHOWN}"
    assert session["event_apps"] == [f"app{SHOWN}"]
    shown = {value for row in tshark.fields(capture, "omapush.object.name", "omapush.event_app", "omapush.file.name")
             for cell in row for value in cell}
    assert {f"name{SHOWN}.txt", f"other{SOFT_SHOWN}", f"app{SHOWN}"} <= shown


def test_names_of_exports_are_harmless(tshark, capture):
    names = list(tshark.export(capture))
    safe = SHOWN.replace("\\", "_").replace("\ufffd", "_")
    assert any(safe in name for name in names), names
    assert not any(HARMFUL.search(name) for name in names)


def test_omapush_check_writes_the_same(tshark, capture, tmp_path):
    page, junit = tmp_path / "page.html", tmp_path / "junit.xml"
    done = subprocess.run(["/usr/bin/python3", ROOT / "tools" / "omapush-check", "--tshark", tshark.path, "--html", page,
                           "--junit", junit, capture], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    for text in (done.stdout, done.stderr, page.read_text(), junit.read_text()):
        assert not HARMFUL.search(text)
    for text in (done.stdout, page.read_text(), junit.read_text()):
        assert SHOWN in text


def texts(value):
    """All strings in a report, without numbers of frames."""
    if isinstance(value, str):
        return [re.sub(r"frames? \d+", "frame N", value)]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for one in inner for text in texts(one)]


@pytest.mark.parametrize("cut", (1, 7))
def test_no_text_depends_on_the_segments(tshark, capture, cut):
    path = tshark.dir / "out" / f"visible{cut}.pcap"
    write(path, cut)
    assert texts(tshark.json(path)) == texts(tshark.json(capture))
    names = "omapush.body.header", "omapush.body.content_type", "omapush.object.name", "msrp.content.type", "omapush.finding.rule"
    one, other = ({tuple(row) for row in map(str, tshark.fields(each, *names))} for each in (path, capture))
    assert one == other
