# SPDX-License-Identifier: GPL-2.0-or-later
"""--export-objects omapush,DIR: one file per object, the right bytes, safe names, nothing overwritten."""
import hashlib
import pathlib
import unicodedata

import pytest

import push
import sdp
from flow import Flow
from message_flow import MessageFlow

CAPTURES = pathlib.Path(__file__).resolve().parents[2] / "test-captures"
ALL = sorted(str(path.relative_to(CAPTURES)) for path in CAPTURES.rglob("*.pcap*"))
HOSTILE_NAMES = ["../../etc/passwd", "/etc/passwd", "..", ".hidden", "a/b\\c", "con.txt", "x" * 300, "a%00b", "%2e%2e%2fup",
                 "line%0D%0Abreak", "tab%09bell%07", "star*quest?", "%FF%FE", "naïve ☂.txt", " ", "-rf"]


def sha1(data):
    return ":".join(f"{byte:02X}" for byte in hashlib.sha1(data).digest())


def innermost(item):
    body = item["body"]
    while body and body["inner"]:
        body = body["inner"]
    return body


def is_export_of(item, data):
    """Can these bytes be what is exported of this object?"""
    check = item["verification"]
    if item["state"] != "complete":
        return len(data) >= item["size"]
    if check["result"] == "match" and check["covers"] == "object":
        return sha1(data) == item["digests"]["sha-1"]
    if check["result"] == "match" and check["algorithm"] == "sha-1":
        return sha1(data) == check["computed"]
    body = innermost(item)
    return len(data) == (body["content_size"] if body else item["size"])


@pytest.mark.parametrize("name", ALL)
def test_one_file_per_object(tshark, tshark_json, name):
    objects = tshark_json(CAPTURES / name)["objects"]
    files = tshark.objects(CAPTURES / name)
    assert len(files) == len(objects)
    assert sum(".incomplete" in file for file in files) == sum(o["state"] != "complete" for o in objects)
    left = dict(files)
    for item in objects:
        fits = [file for file, data in left.items() if is_export_of(item, data)
                and (".incomplete" in file) == (item["state"] != "complete")]
        assert fits, f"object {item['id']} is in none of {sorted(left)}"
        del left[fits[0]]


@pytest.mark.parametrize("name", ["appendix-b-corrected.pcap", "five-in-one.pcap", "rules/MSRP-GAP.bad.pcap"])
def test_the_same_without_a_report(tshark, name):
    assert tshark.export(CAPTURES / name) == tshark.objects(CAPTURES / name)


def test_what_the_hash_covers(tshark, tshark_json):
    """The whole object where the hash is the object's, the content where it is the content's."""
    for name, size in (("appendix-b-corrected.pcap", 4385), ("appendix-b-corrected-content.pcap", 4092)):
        pushed = [data for data in tshark.export(CAPTURES / name).values() if len(data) > 1000]
        assert [len(data) for data in pushed] == [size]


def test_gap_is_filled_with_zeros(tshark, tshark_json):
    item = tshark_json(CAPTURES / "rules" / "MSRP-GAP.bad.pcap")["objects"][0]
    [(name, data)] = tshark.export(CAPTURES / "rules" / "MSRP-GAP.bad.pcap").items()
    assert ".incomplete" in name and item["gaps"]
    for start, end in item["gaps"]:
        hole = data[start - 1:end]
        assert hole.count(0) == len(hole)


def exported(tshark, objects, selectors):
    """What is exported of a session with these objects under these selectors."""
    path = pathlib.Path(tshark.dir) / "out" / "names.pcap"
    Flow(objects, selectors=selectors, chunk=10000).capture().write(path)
    return tshark.export(path)


def test_names_stay_in_the_folder_and_are_harmless(tshark):
    objects = [push.opaque_push(400, seed) for seed in range(len(HOSTILE_NAMES))]
    before = set((pathlib.Path(tshark.dir) / "out").iterdir())
    files = exported(tshark, objects, [sdp.selector(data, name) for data, name in zip(objects, HOSTILE_NAMES)])
    assert sorted(files.values()) == sorted(objects)
    for name in files:
        assert len(name.encode()) <= 140
        assert not name.startswith((".", " ", "-"))
        assert not any(ord(c) < 32 or c in '/\\:*?"<>|\x7f' for c in name)
        assert name.split(".")[0].lower() not in {"con", "nul", "aux", "prn"}
    # Only the export's own folder and the capture are new.
    assert len(set((pathlib.Path(tshark.dir) / "out").iterdir()) - before) <= 2


def test_equal_names_do_not_overwrite(tshark):
    objects = [push.opaque_push(300, seed) for seed in range(7)]
    names = ["same.bin", "same.bin", "same.bin", "same(1).bin", "SAME.bin", "e%CC%81.bin", "%C3%A9.bin"]
    files = exported(tshark, objects, [sdp.selector(data, name) for data, name in zip(objects, names)])
    assert sorted(files.values()) == sorted(objects)
    # Not even where case does not count, or accents are composed.
    assert len({unicodedata.normalize("NFC", name).casefold() for name in files}) == len(objects)


LOCATIONS = [("http://x/y/z.mms", "z.mms"), ("http://x/y/z?q=../..", "z"), ("http://x/dir/#top", "dir"),
             ("http://x", None), ("http://x/", None), ("../../loc", "loc"), ("plain%20name.txt", "plain name.txt"),
             ("/", None)]


@pytest.mark.parametrize("location, name", LOCATIONS)
def test_name_by_content_location(tshark, tshark_json, location, name):
    path = pathlib.Path(tshark.dir) / "out" / "location.pcap"
    flow = MessageFlow(push.envelope("text/plain", b"hello", "mms.ua", [f"Content-Location: {location}"]))
    flow.capture().write(path)
    assert tshark_json(path)["objects"][0]["name"] == name
    assert list(tshark.export(path)) == [f"{name.removesuffix('.txt') if name else 'mms.ua-1'}.txt"]


def test_an_earlier_export_is_kept(tshark):
    folder = pathlib.Path(tshark.dir) / "out" / "twice"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o777)
    for _ in range(2):
        tshark("-q", "-r", CAPTURES / "five-in-one.pcap", "--export-objects", f"omapush,{folder}")
    found = [path.read_bytes() for path in folder.iterdir()]
    once = list(tshark.export(CAPTURES / "five-in-one.pcap").values())
    assert sorted(found) == sorted(once * 2)


def test_no_push_no_file(tshark):
    empty = pathlib.Path(tshark.dir) / "out" / "nothing.pcap"
    empty.write_bytes(bytes.fromhex("d4c3b2a1020004000000000000000000ffff000001000000"))
    assert tshark.export(empty) == {}
