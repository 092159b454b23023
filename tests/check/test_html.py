# SPDX-License-Identifier: GPL-2.0-or-later
"""The page: whole, self-contained, and safe whatever a peer wrote."""

import copy
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

VOID = {"meta", "br", "wbr"}


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
    assert not re.search(r"(https?:)?//(?!psa|pra)[a-z]", page.replace("msrp://", ""))
    assert len(set(parser.ids)) == len(parser.ids)
    assert all(link.removeprefix("#") in parser.ids for link in parser.links)


def test_ladder(html, capture, good):
    ladder = pictures(html(capture("a.pcap", good)))[0]
    words = [text.text for text in ladder.iter("text")]
    arrows = [word for word in words if word and not word.startswith("#")]
    assert arrows == ["sip:psa@example.com", "sip:user@example.com", "INVITE (offer) mms.ua",
                      "200 (answer)", "ACK", "SEND 1 of 2 [1-2048/4092] +", "200",
                      "SEND 2 of 2 [2049-4092/4092] $", "200", "REPORT [1-4092] 200", "BYE",
                      "answer to BYE"]


def heads(ladder):
    """The arrows' words with where each head points: right, left, or None."""
    tips = {}
    for head in ladder.iter("polygon"):
        x, y = head.get("points").split()[0].split(",")
        tips[float(y)] = "right" if float(x) > 300 else "left"
    return {text.text: tips.get(float(text.get("y")) + 5) for text in ladder.iter("text")
            if text.get("text-anchor") == "middle"}


@pytest.mark.parametrize("by, way", [("192.0.2.3", "right"), ("192.0.2.4", "left")])
def test_who_hung_up(html, capture, good, by, way):
    other = {"192.0.2.3": "192.0.2.4", "192.0.2.4": "192.0.2.3"}[by]
    senders = [["3", "192.0.2.3", "", "192.0.2.4", "", "5060", ""],
               ["20", by, "", other, "", "5060", ""], ["22", other, "", by, "", "5060", ""]]
    pointing = heads(pictures(html(capture("a.pcap", good, senders=senders)))[0])
    assert pointing["BYE"] == way
    assert pointing["answer to BYE"] == {"right": "left", "left": "right"}[way]
    assert None not in pointing.values()


def test_offer_in_the_200(html, capture, good):
    good["sessions"][0].update(offer_frame=5, answer_frame=5)
    senders = [["5", "192.0.2.4", "", "192.0.2.3", "", "5060", ""],
               ["20", "192.0.2.3", "", "192.0.2.4", "", "5060", ""]]
    pointing = heads(pictures(html(capture("a.pcap", good, senders=senders)))[0])
    assert pointing["200 (offer) mms.ua"] == "left"
    assert pointing["ACK (answer)"] == "right"
    assert pointing["BYE"] == "right"


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
    chunk_map = pictures(html(capture("a.pcap", failing)))[1]
    kinds = [rect.get("class") for rect in chunk_map.iter("rect")]
    assert kinds == ["chunk", "gap"]
    left, right = (float(rect.get("width")) for rect in chunk_map.iter("rect"))
    assert left == pytest.approx(right, rel=0.01)


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
    ladder, chunk_map = pictures(page)
    words = [text.text for text in ladder.iter("text")]
    assert any(word.endswith("more steps ...") for word in words)
    assert "413" in words
    assert "chunk refused" in [rect.get("class") for rect in chunk_map.iter("rect")]


def test_cannot_be_read(html, tmp_path):
    assert "no such file" in html(str(tmp_path / "none.pcap"))
