# SPDX-License-Identifier: GPL-2.0-or-later
"""The chunk map of an object: which bytes were sent, answered and reported, and which never were.

Bars only are SVG, stretched to the room there is; words stay text of the page, which no phone makes too small.
"""

from html import escape

from . import svg, words

WIDTH, BAR = 1000, 14
MOST_LANES = 4
MOST_GAPS = 4


def draw(item):
    """The picture, or nothing for an object without a known extent."""
    chunks = [c for c in item.get("chunks") or [] if _is_range(c)]
    gaps = item.get("gaps") or []
    extent = max([item.get("total") or 0, item.get("size") or 0] + [c["end"] for c in chunks]
                 + [end for _, end in gaps])
    if not extent or not (chunks or gaps):
        return ""
    scale = WIDTH / extent
    sent = []
    lanes = _lanes(chunks)
    for depth, lane in enumerate(lanes):
        sent += [_block(run, scale, depth) for run in _merge(lane, scale)]
    sent += [_block({"start": start, "end": end, "kind": "gap", "tip": f"missing {start}-{end}"}, scale, 0)
             for start, end in gaps]
    rows = [_row("sent", sent, max(len(lanes), 1), f"Bytes of object {item.get('id')} that were sent")]
    answered = [c for c in chunks if c.get("status") is not None]
    if answered:
        rows.append(_row("answered", [_block(run, scale, 0) for run in _merge(_flat(answered), scale)], 1,
                         f"Bytes of object {item.get('id')} that were answered"))
    reports = [r for r in item.get("reports") or [] if _is_range(r)]
    if reports:
        rows.append(_row("reported", [_block(run, scale, 0) for run in _merge(_flat(reports), scale)], 1,
                         f"Bytes of object {item.get('id')} that were reported"))
    return f'<div class="map">{"".join(rows)}{_scale(item, extent, gaps)}</div>'


def _is_range(part):
    return part.get("start") is not None and part.get("end") is not None and part["end"] >= part["start"]


def _row(name, shapes, lanes, title):
    return f"<span>{name}</span>{svg.stretched(WIDTH, BAR * lanes, shapes, title)}"


def _scale(item, extent, gaps):
    missing = ""
    if gaps:
        told = ", ".join(words.gaps(item)[:MOST_GAPS]) + (" ..." if len(gaps) > MOST_GAPS else "")
        missing = f'<span class="error">missing {escape(told)}</span>'
    return f'<span></span><span class="scale"><span>1</span>{missing}<span>{extent}</span></span>'


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


def _flat(parts):
    return sorted(parts, key=lambda part: part["start"])


def _merge(lane, scale):
    """Neighbours of one kind as one block, where they would be thinner than can be seen."""
    runs = []
    for part in lane:
        kind = _kind(part)
        last = runs[-1] if runs else None
        thin = (part["end"] - part["start"] + 1) * scale < 4
        if last and thin and last["thin"] and last["kind"] == kind \
                and last["end"] + 1 == part["start"]:
            last["end"] = part["end"]
            last["count"] += 1
            last["tip"] = f"{last['count']} of {last['start']}-{last['end']}"
            continue
        runs.append({"start": part["start"], "end": part["end"], "kind": kind, "thin": thin,
                     "count": 1, "tip": f"frame {words.known(part.get('frame'))}, "
                                        f"{part['start']}-{part['end']}, "
                                        f"answer {words.known(part.get('status'))}"})
    return runs


def _kind(part):
    status = part.get("status")
    if part.get("flag") == "#" or (status is not None and not 200 <= status < 300):
        return "chunk refused"
    return "chunk" if status is not None else "chunk unanswered"


def _block(run, scale, depth):
    # Never thinner than can be seen: a gap of one byte is the one that matters.
    width = max((run["end"] - run["start"] + 1) * scale, 2.0)
    left = min((run["start"] - 1) * scale, WIDTH - 2.0)
    return svg.rect(left, depth * BAR, width, BAR - 3, run["kind"], run["tip"])
