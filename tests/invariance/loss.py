# SPDX-License-Identifier: GPL-2.0-or-later
"""A segment that the capture has not: what may be said of it, and what may not."""

from . import packets, variants



def check(shark, source, frames, rng, target, options):
    """Lines that say what is wrong with the report and exports of the capture without one of its segments."""
    made = variants.lossy(rng, frames)
    if made is None:
        return []
    kept, lost = made
    packets.write(target, kept)
    whole, report = shark.json(source, *options), shark.json(target, *options)
    lines = []
    before = {(o["message_id"], o["from_path"]): o for o in whole["objects"]}
    known = {f["rule"] for f in whole["findings"] if f["severity"] == "error"}
    for finding in report["findings"]:
        if finding["severity"] == "error" and finding["rule"] not in known:
            lines.append(f"accuses: {finding['rule']} {finding['text']}")
    lines += _exports(shark, source, target, options)
    for item in report["objects"]:
        was = before.get((item["message_id"], item["from_path"]))
        if was is None or was["state"] != "complete":
            continue
        if item["verdict"] == "fail" and was["verdict"] != "fail":
            lines.append(f"object {item['message_id']} fails: {item['diagnosis']}")
        missing = sum(end - start + 1 for start, end in item["gaps"])
        # With its head a whole SEND is lost: what is left of its body has no place.
        largest = max((c["end"] - c["start"] + 1 for c in was["chunks"]), default=0)
        if missing > len(lost.bytes) + largest:
            lines.append(f"object {item['message_id']}: {missing} bytes missing, {len(lost.bytes)} were lost")
        if item["size"] + missing != was["size"] and item["state"] != "complete" and item["total"] == was["total"]:
            lines.append(f"object {item['message_id']}: {item['size']} held and {missing} missing of {was['size']}")
    return lines


def _exports(shark, source, target, options):
    """Bytes of an export that are not the sender's at that place; zeros stand for what is missing."""
    def by_name(path):
        return {name.split("%20")[0].split(" (")[0]: data for name, data in shark.objects(path, *options).items()}
    whole = by_name(source)
    for name, data in by_name(target).items():
        sent = whole.get(name)
        if sent is None or len(data) > len(sent):
            continue
        wrong = [n for n, byte in enumerate(data) if byte and byte != sent[n]]
        if wrong:
            yield f"export {name}: {len(wrong)} bytes are not the sender's, the first at {wrong[0] + 1}"
