# SPDX-License-Identifier: GPL-2.0-or-later
"""What a policy wants of a capture beside that its pushes arrive: each demand is met or not, and says so in a line."""

from . import words

# What says that one was due and did not come.
NEVER_CAME = {"report": {"MSRP-REPORT-MISSING"},
              "response": {"MSRP-RESPONSE-MISSING", "MSRP-RESPONSE-TIMEOUT", "SIP-TIMEOUT"}}


class Demand:
    """One demand: its title (the option), whether it is met, and the sentence."""

    def __init__(self, title, met, told):
        self.title = title
        self.met = met
        self.text = f"{title}: {told}"


def some_frame(display_filter, frames):
    """--require: some frame must match."""
    return Demand(f"--require {display_filter}", bool(frames), "matched" if frames else "no frame matches")


def no_frame(display_filter, frames):
    """--fail-on: none may."""
    told = f"matched by frame {_some(frames)}" if frames else "no frame matches"
    return Demand(f"--fail-on {display_filter}", not frames, told)


def each_object(display_filter, objects, matched):
    """--require-each: of each object some frame must match."""
    missing = [f"{item.get('id')} ({words.name(item)})" for item in objects if item.get("id") not in matched]
    told = f"no frame of object {_some(missing)} matches" if missing else "matched by each object"
    return Demand(f"--require-each {display_filter}", not missing, told)


def count(wanted, objects):
    """--expect-objects."""
    return Demand(f"--expect-objects {wanted}", len(objects) == wanted, f"there are {len(objects)}")


def delays(limits, objects, rules_of):
    """--max-delay: one demand for each kind; what was due and never came is late, what was not due is no delay."""
    for name, limit in limits.items():
        late = [f"object {item.get('id')} ({seconds:.3f} s)" for item in objects
                for seconds in [max(_seconds(name, item), default=0)] if seconds > limit]
        late += [f"object {item.get('id')} (it never came)" for item in objects
                 if NEVER_CAME.get(name) and NEVER_CAME[name] & rules_of(item)]
        yield Demand(f"--max-delay {name}={limit:g}", not late, f"exceeded by {_some(late)}" if late else "kept")


def _seconds(name, item):
    if name == "response":
        times = [chunk.get("seconds") for chunk in item.get("chunks") or []]
    elif name == "report":
        times = [(item.get("seconds") or {}).get("report"),
                 *(report.get("seconds") for report in item.get("reports") or [])]
    else:
        times = [(item.get("seconds") or {}).get(name)]
    return [seconds for seconds in times if seconds is not None]


def _some(items, most=5):
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(map(str, items[:most])) + more
