# SPDX-License-Identifier: GPL-2.0-or-later
"""The chunk map of an object: which bytes came in which chunk, and which never did, as SVG."""

from . import svg, words

WIDTH, MARGIN, BAR = 600, 10, 18
MOST_LANES = 4


def draw(item):
    """The picture, or nothing for an object without a known extent."""
    chunks = [c for c in item.get("chunks") or []
              if c.get("start") is not None and c.get("end") is not None
              and c["end"] >= c["start"]]
    gaps = item.get("gaps") or []
    extent = max([item.get("total") or 0, item.get("size") or 0] + [c["end"] for c in chunks]
                 + [end for _, end in gaps])
    if not extent or not (chunks or gaps):
        return ""
    scale = (WIDTH - 2 * MARGIN) / extent
    lanes = _lanes(chunks)
    shapes = []
    for depth, lane in enumerate(lanes):
        for run in _merge(lane, scale):
            shapes.append(_block(run["start"], run["end"], scale, depth, run["kind"], run["tip"]))
    for start, end in gaps:
        shapes.append(_block(start, end, scale, 0, "gap", f"missing {start}-{end}"))
    foot = BAR * max(len(lanes), 1) + 30
    shapes += [svg.text(MARGIN, foot, "1", "start", "quiet"),
               svg.text(WIDTH - MARGIN, foot, f"{extent}", "end", "quiet")]
    if gaps:
        told = ", ".join(words.gaps(item)[:4]) + (" ..." if len(gaps) > 4 else "")
        shapes.append(svg.text(WIDTH / 2, foot, f"missing {told}", "middle", "bad"))
    return svg.picture(WIDTH, foot + 8, shapes, f"Chunk map of object {item.get('id')}")


def _lanes(chunks):
    """Chunks that overlap go below one another; each lane is in order of bytes."""
    lanes = []
    for chunk in sorted(chunks, key=lambda c: c["start"]):
        for lane in lanes:
            if lane[-1]["end"] < chunk["start"]:
                lane.append(chunk)
                break
        else:
            # One more lane, but a flood of overlaps must not make an endless picture.
            (lanes.append([chunk]) if len(lanes) < MOST_LANES else lanes[-1].append(chunk))
    return lanes


def _merge(lane, scale):
    """Neighbours of one kind as one block, where they would be thinner than can be seen."""
    runs = []
    for chunk in lane:
        kind = _kind(chunk)
        last = runs[-1] if runs else None
        thin = (chunk["end"] - chunk["start"] + 1) * scale < 3
        if last and thin and last["thin"] and last["kind"] == kind \
                and last["end"] + 1 == chunk["start"]:
            last["end"] = chunk["end"]
            last["count"] += 1
            last["tip"] = f"{last['count']} chunks, {last['start']}-{last['end']}"
            continue
        runs.append({"start": chunk["start"], "end": chunk["end"], "kind": kind, "thin": thin,
                     "count": 1, "tip": f"frame {words.known(chunk.get('frame'))}, "
                                        f"{chunk['start']}-{chunk['end']}, "
                                        f"answer {words.known(chunk.get('status'))}"})
    return runs


def _kind(chunk):
    status = chunk.get("status")
    if chunk.get("flag") == "#" or (status is not None and not 200 <= status < 300):
        return "chunk refused"
    return "chunk" if status is not None else "chunk unanswered"


def _block(start, end, scale, depth, kind, tip):
    # Never thinner than can be seen: a gap of one byte is the one that matters.
    width = max((end - start + 1) * scale, 1.0)
    return svg.rect(MARGIN + (start - 1) * scale, 8 + depth * BAR, width, BAR - 4, kind, tip)
