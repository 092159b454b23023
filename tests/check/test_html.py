# SPDX-License-Identifier: GPL-2.0-or-later
"""The page: whole, self-contained, and safe whatever a peer wrote."""

import copy
import hashlib
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

VOID = {"meta", "br", "wbr", "img"}


class Balance(HTMLParser):
    """Fails on a tag that is not closed in order, collects text and pictures."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.seen = []
        self.ids = []
        self.links = []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        attrs = dict(attrs)
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.links += [attrs["href"]] if "href" in attrs else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag


def parsed(page):
    parser = Balance()
    parser.feed(page)
    assert not parser.open
    return parser


@pytest.fixture
def html(check, tmp_path):
    def run(*arguments):
        path = tmp_path / "page.html"
        check(*arguments, "--html", str(path))
        return path.read_text(encoding="utf-8")
    return run


def pictures(page):
    return [ET.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", page, re.S)]


def test_whole_and_self_contained(html, capture, good, failing):
    page = html(capture("a.pcap", good), capture("b.pcap", failing))
    parser = parsed(page)
    assert "script" not in parser.seen and "link" not in parser.seen and "img" not in parser.seen
    # Links that a reader may follow lead to the RFCs; nothing is loaded from anywhere.
    links = [link for link in parser.links if not link.startswith("#")]
    assert links and all(link.startswith("https://www.rfc-editor.org/rfc/rfc") for link in links)
    assert not re.search(r"(https?:)?//(?!psa|pra|www\.rfc-editor\.org/rfc/)[a-z]", page.replace("msrp://", ""))
    assert len(set(parser.ids)) == len(parser.ids)
    assert all(link.removeprefix("#") in parser.ids for link in parser.links if link.startswith("#"))


class Ladder(HTMLParser):
    """The steps of each ladder of a page, as a reader hears them: (words, class of the step, class of the way)."""

    def __init__(self, page):
        super().__init__()
        self.ladders, self.hosts, self.step, self.depth = [], [], None, 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        kind = dict(attrs).get("class") or ""
        if tag == "div" and kind.startswith("ladder"):
            self.ladders.append([])
            self.hosts.append([])
        elif tag == "li" and self.ladders:
            self.step = ["", kind, ""]
        elif tag == "span" and self.step and kind.startswith("way"):
            self.step[2] = kind.removeprefix("way ")
        elif tag == "div" and kind == "hosts":
            self.depth = 1
        elif self.depth and tag == "span":
            self.hosts[-1].append("")

    def handle_endtag(self, tag):
        if tag == "li" and self.step:
            self.ladders[-1].append(tuple(self.step))
            self.step = None
        elif tag == "div":
            self.depth = 0

    def handle_data(self, data):
        if self.step:
            self.step[0] += data
        elif self.depth and self.hosts[-1]:
            self.hosts[-1][-1] += data + " "


def ladder(page, number=0):
    return Ladder(page).ladders[number]


def test_ladder(html, capture, good):
    page = html(capture("a.pcap", good))
    caller, callee = "sip:psa@example.com", "sip:user@example.com"
    there, back = f"{caller} to {callee}: ", f"{callee} to {caller}: "
    assert [step[0] for step in ladder(page)] == [
        f"#3{there}INVITE (offer) mms.ua", f"#5{back}200 (answer)", f"#7{there}ACK",
        f"#9{there}SEND 1 of 2 [1-2048/4092] +", f"#10{back}200", f"#11{there}SEND 2 of 2 [2049-4092/4092] $",
        f"#12{back}200", f"#13{back}REPORT [1-4092] 200", "#20BYE", "#22answer to BYE"]
    assert [step[2] for step in ladder(page)] == ["right", "left", "right", "right", "left", "right", "left", "left",
                                                  "none", "none"]


def row(frame, source, target, **more):
    """What tshark says of a frame: ends are ADDRESS:PORT."""
    fields = {"frame.number": frame, "frame.time_epoch": 1700000000 + frame / 10}
    for end, name in ((source, "src"), (target, "dst")):
        address, port = end.split(":")
        fields.update({f"ip.{name}": address, f"{more.get('over', 'udp')}.{name}port": port})
    return {**fields, **{key.replace("__", "."): value for key, value in more.items() if key != "over"}}


def sip(frame, source, target, method="", status="", cseq="INVITE", number=1):
    return row(frame, f"{source}:5060", f"{target}:5060", omapush__session__id=1,
               **{"sip.Method": method, "sip.Status-Code": status, "sip.CSeq.method": cseq, "sip.CSeq.seq": number})


def tcp(frame, source, target, **more):
    return row(frame, source, target, over="tcp", **{"tcp.stream": 0, **more})


def test_every_hop_has_its_line(html, capture, good):
    """A proxy and a relay: who hung up, and over whom everything went."""
    sends = [tcp(9, "192.0.2.3:4000", "192.0.2.7:2855", **{"msrp.method": "SEND", "omapush.session.id": 1,
                 "omapush.object.id": 1, "omapush.chunk.start": 1, "omapush.chunk.end": 2048,
                 "omapush.chunk.total": 4092, "omapush.chunk.flag": "+"}),
             tcp(10, "192.0.2.7:2855", "192.0.2.3:4000", **{"msrp.status.code": "200", "omapush.session.id": 1}),
             tcp(11, "192.0.2.7:2855", "192.0.2.4:4001", **{"msrp.method": "SEND", "omapush.session.id": 1,
                 "tcp.stream": 1, "omapush.object.id": 1, "omapush.chunk.start": 1, "omapush.chunk.end": 2048,
                 "omapush.chunk.total": 4092, "omapush.chunk.flag": "+"})]
    flow = [tcp(1, "192.0.2.3:4000", "192.0.2.7:2855", **{"tcp.flags.syn": 1, "tcp.flags.ack": 0}),
            tcp(2, "192.0.2.3:4000", "192.0.2.7:2855", **{"msrp.method": "AUTH"}),
            sip(3, "192.0.2.3", "192.0.2.1", "INVITE"), sip(4, "192.0.2.1", "192.0.2.4", "INVITE"),
            sip(5, "192.0.2.4", "192.0.2.1", status=200), sip(6, "192.0.2.1", "192.0.2.3", status=200), *sends,
            sip(20, "192.0.2.4", "192.0.2.3", "BYE", cseq="BYE", number=2),
            sip(22, "192.0.2.3", "192.0.2.4", status=481, cseq="BYE", number=2)]
    page = html(capture("a.pcap", good, flow=flow))
    steps = ladder(page)
    assert [host.split()[0] for host in Ladder(page).hosts[0]] == ["192.0.2.3", "192.0.2.1", "192.0.2.7", "192.0.2.4"]
    assert [host.split()[1:] for host in Ladder(page).hosts[0]] == [["sender"], [], [], ["ExampleUA/1.2", "receiver"]]
    assert [step[0] for step in steps] == [
        "0.000 s#1192.0.2.3 to 192.0.2.7: TCP connect to port 2855", "0.100 s#2192.0.2.3 to 192.0.2.7: AUTH",
        "0.200 s#3192.0.2.3 to 192.0.2.1: INVITE", "0.300 s#4192.0.2.1 to 192.0.2.4: INVITE",
        "0.400 s#5192.0.2.4 to 192.0.2.1: 200 to INVITE", "0.500 s#6192.0.2.1 to 192.0.2.3: 200 to INVITE",
        "0.800 s#9192.0.2.3 to 192.0.2.7: SEND [1-2048/4092] +", "0.900 s#10192.0.2.7 to 192.0.2.3: 200",
        "1.000 s#11192.0.2.7 to 192.0.2.4: SEND [1-2048/4092] +", "1.900 s#20192.0.2.4 to 192.0.2.3: BYE",
        "2.100 s#22192.0.2.3 to 192.0.2.4: 481 to BYE"]
    assert [step[2] for step in steps] == ["right", "right", "right", "right", "left", "left", "right", "left",
                                           "right", "left", "right"]
    assert [step[1] for step in steps] == ["quiet"] + ["good"] * 9 + ["bad"]


def test_what_was_sent_again_is_one_line(html, capture, good):
    good["sessions"][0]["answer"]["media"][0]["path"] = ["msrp://192.0.2.4:8888/s2;tcp"]
    flow = [sip(3, "192.0.2.3", "192.0.2.4", "INVITE"), sip(4, "192.0.2.3", "192.0.2.4", "INVITE"),
            sip(6, "192.0.2.3", "192.0.2.4", "INVITE"), sip(7, "192.0.2.4", "192.0.2.3", status=200)]
    for n in range(3):
        flow += [row(10 + 2 * n, f"192.0.2.3:{4000 + n}", "192.0.2.4:8888", over="tcp",
                     **{"tcp.stream": n, "tcp.flags.syn": "True", "tcp.flags.ack": "False"}),
                 row(11 + 2 * n, "192.0.2.4:8888", f"192.0.2.3:{4000 + n}", over="tcp",
                     **{"tcp.stream": n, "tcp.flags.reset": "True"})]
    # Another connection, which is none of this session's.
    flow.append(row(30, "192.0.2.3:4010", "192.0.2.9:80", over="tcp", **{"tcp.stream": 9, "tcp.flags.syn": "1"}))
    steps = ladder(html(capture("a.pcap", good, flow=flow)))
    assert [step[0].split(": ")[1] for step in steps] == [
        "INVITE (3 times, last #6, 0.3 s later)", "200 to INVITE",
        "TCP connect to port 8888 (3 times, last #14, 0.4 s later)", "TCP reset (3 times, last #15, 0.4 s later)"]


def test_one_host_is_told_apart_by_its_ports(html, capture, good):
    flow = [row(3, "127.0.0.1:5070", "127.0.0.1:5060", **{"sip.Method": "INVITE", "omapush.session.id": 1}),
            row(4, "127.0.0.1:5060", "127.0.0.1:5070", **{"sip.Status-Code": 200, "sip.CSeq.method": "INVITE",
                                                          "omapush.session.id": 1})]
    page = html(capture("a.pcap", good, flow=flow))
    assert [host.strip() for host in Ladder(page).hosts[0]] == ["127.0.0.1:5070", "127.0.0.1:5060"]
    assert [step[2] for step in ladder(page)] == ["right", "left"]


def test_offer_in_the_200(html, capture, good):
    good["sessions"][0].update(offer_frame=5, answer_frame=5)
    steps = {step[0].split(": ")[-1]: step[2] for step in ladder(html(capture("a.pcap", good)))}
    assert steps["200 (offer) mms.ua"] == "left"
    assert steps["ACK (answer)"] == "right"


PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
EVIL_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


@pytest.mark.parametrize("content, shown", [
    (b"<si>you have <b>mail</b>", "<pre>&lt;si&gt;you have &lt;b&gt;mail&lt;/b&gt;</pre>"),
    (b"\x00\x01\x02", "<pre>00 01 02</pre>"), ("\u202eabc".encode(), "<pre>\\u202eabc</pre>"),
    (PNG, '<img src="data:image/png;base64,iVBORw0KGgo'), (EVIL_SVG, "<pre>&lt;svg xmlns="),
    (bytes(range(128, 256)), " … 64 more bytes</pre>"), (b"x" * 3000, "x\n… 1000 more characters</pre>")])
def test_content_is_shown_as_data(html, capture, good, content, shown):
    page = html(capture("a.pcap", good, contents={"1": content.hex()}))
    parser = parsed(page)
    assert shown in page and "script" not in parser.seen
    assert f"What it holds, {len(content)} bytes" in page


def test_content_of_another_is_not_shown(html, capture, good):
    page = html(capture("a.pcap", good, contents={"7": "61", "1,2": "62", "x": "63", "1": "zz"}))
    assert "What it holds" not in page


def test_facts_of_the_capture(html, capture, good):
    path = capture("a.pcap", good)
    page = html(path)
    with open(path, "rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() in page
    text = re.sub(r"<[^>]*>", " ", page)
    assert "2023-11-14 22:13:20 UTC, 9.5 s long" in text
    assert "omapush 1.0.0 in Wireshark 4.0.17" in text


def test_filters_to_paste_and_ways_to_the_sections(html, capture, failing):
    page = html(capture("a.pcap", failing))
    assert '<code class="paste">omapush.session.id == 1</code>' in page
    assert '<code class="paste">omapush.object.id == 1</code>' in page
    assert '<code class="paste">frame.number == 9</code>' in page
    assert '<a href="https://www.rfc-editor.org/rfc/rfc4975#section-7.3.1">§7.3.1</a>' in page


def test_many_objects_have_no_dead_ways(html, capture, good):
    item = good["objects"][0]
    good["objects"] = [{**copy.deepcopy(item), "id": n, "session": None, "chunks": item["chunks"][:1]}
                       for n in range(1, 2001)]
    page = html(capture("a.pcap", good))
    parser = parsed(page)
    assert all(link.removeprefix("#") in parser.ids for link in parser.links if link.startswith("#"))
    assert "1800 more sessions and objects have no picture here" in page
    assert len(page) < 3_000_000


def test_what_fails_comes_first(html, capture, good, failing):
    item = copy.deepcopy(good["objects"][0])
    item.update(id=2, session=None)
    failing["objects"].insert(0, item)
    page = html(capture("a.pcap", failing))
    assert page.index(">Object 1: ") < page.index(">Object 2: ")
    # The cause stands above all tables, with the way to the rest.
    assert page.index("the session ended with bytes 2049-4092 missing") < page.index("<table>")


def test_repeated_rule_takes_one_row(html, capture, failing):
    failing["findings"] = [{"rule": "MSRP-END-LINE", "severity": "warn", "frame": n, "object": 1,
                            "text": f"end-line {n}"} for n in range(5000)]
    failing["objects"][0]["findings"] = list(range(5000))
    page = html(capture("a.pcap", failing))
    parsed(page)
    assert page.count(">MSRP-END-LINE<") == 1
    assert "4999 more, also in frames 1, 2, 3, 4, 5, 6 and 4993 more" in page
    assert "end-line 50<" in page and "end-line 51<" not in page


def test_chunk_map_with_gap(html, capture, failing):
    sent, answered = pictures(html(capture("a.pcap", failing)))
    assert [rect.get("class") for rect in sent.iter("rect")] == ["chunk", "gap"]
    left, right = (float(rect.get("width")) for rect in sent.iter("rect"))
    assert left == pytest.approx(right, rel=0.01)
    assert [float(rect.get("width")) for rect in answered.iter("rect")] == [pytest.approx(left)]


def test_findings_and_demands(html, capture, failing):
    page = html(capture("a.pcap", failing), "--require", "mmse")
    assert "the session ended with bytes 2049-4092 missing" in page
    assert "--require mmse: no frame matches" in page


def test_everything_from_the_wire_is_escaped(html, capture, failing):
    evil = "\"><script>alert(1)</script>'\x1b\u202e&lt;"
    item = failing["objects"][0]
    item.update(name=evil, carrier=evil, content_type=evil, state=evil, verdict=evil,
                message_id=evil, from_path=evil, to_path=evil, event_apps=[evil])
    item["verification"] = {"result": "mismatch", "algorithm": evil, "offered": evil,
                            "computed": evil, "covers": evil}
    item["chunks"][0].update(flag=evil, transaction=evil)
    failing["findings"][0].update(rule=evil, severity=evil, text=evil)
    failing["sessions"][0].update({"from": evil, "to": evil, "call_id": evil, "event_apps": [evil]})
    failing["registrations"][0].update(kind=evil, aor=evil, event_apps=[evil])
    page = html(capture("a\"><b>.pcap", failing))
    assert "<script" not in page and "\x1b" not in page and "\u202e" not in page
    parser = parsed(page)
    assert "script" not in parser.seen and "b" not in parser.seen
    pictures(page)


def test_long_transfer_is_folded(html, capture, good):
    item = good["objects"][0]
    size = 2048
    item["chunks"] = [{"frame": 10 + 2 * n, "start": n * size + 1, "end": (n + 1) * size,
                       "total": None, "flag": "+", "transaction": "t", "response_frame": 11 + 2 * n,
                       "status": 413 if n == 15000 else 200, "seconds": 0} for n in range(32768)]
    item.update(size=32768 * size, total=32768 * size)
    page = html(capture("a.pcap", good))
    assert len(page) < 200_000
    steps = ladder(page)
    folds = [step[0] for step in steps if step[1] == "fold"]
    assert folds == ["29983 more SENDs and answers, frames 25 to 30007",
                     "35528 more SENDs and answers, frames 30015 to 65542"]
    assert [step[1] for step in steps if step[0].endswith(": 413")] == ["bad"]
    assert "chunk refused" in [rect.get("class") for rect in pictures(page)[0].iter("rect")]


def test_cannot_be_read(html, tmp_path):
    assert "no such file" in html(str(tmp_path / "none.pcap"))
