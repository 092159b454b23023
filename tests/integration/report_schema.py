# SPDX-License-Identifier: GPL-2.0-or-later
"""The shape of -z omapush,json, version 2: every key, and what may stand there.

A shape is a type, a set of words, None (null), a tuple of alternatives, a list of one shape (an array of it),
or a dict (an object with exactly these keys). Text stands for str, Count for a whole number from 0.
"""
import re


class Count:
    """A whole number from 0."""


class Seconds:
    """A number with a fraction."""


class Counts:
    """An object: names to whole numbers from 1."""


class Hex:
    """A digest: upper-case hex pairs with colons."""


STATUS = (Count, None)
FRAME = (Count, None)
TEXT = (str, None)

HASH = {"algorithm": str, "value": (Hex, None)}
DELIVERY = {"confirmed", "accepted", "unconfirmed", "refused", "failed", "unknown"}
VERDICT = {"pass", "warn", "fail", "unknown"}

FILE = {"name": TEXT, "type": TEXT, "size": (Count, None), "transfer_id": TEXT, "hashes": [HASH]}


def description(file):
    return ({"media": [{"path": [str], "setup": TEXT, "direction": TEXT, "accept_types": [str], "files": [file]}]}, None)


OFFER = description({**FILE, "object": (Count, None), "delivery": DELIVERY})
# What a later offer has offered before is told of there.
LATER_OFFER = description({**FILE, "object": (Count, None), "delivery": (DELIVERY, None)})
ANSWER = description(FILE)

CAPTURE = {"first_time": (Seconds, None), "last_time": (Seconds, None), "frames": Count, "cut_frames": Count,
           "verdict": VERDICT, "reasons": [str]}
PEER = {"address": str, "names": [str], "role": ({"sender", "receiver", "relay", "core"}, None), "findings": Counts}

REGISTRATION = {
    "kind": {"first-party", "third-party"}, "deregistration": bool, "frame": Count, "answer_frame": FRAME,
    "status": STATUS, "call_id": TEXT, "aor": TEXT, "contact": TEXT, "instance": TEXT, "event_apps": [str],
    "icsis": [str], "expires": (Count, None),
}
SESSION = {
    "id": Count, "call_id": TEXT, "from": TEXT, "to": TEXT, "event_apps": [str], "icsis": [str], "status": STATUS,
    "offer_frame": FRAME, "answer_frame": FRAME, "ack_frame": FRAME, "bye_frame": FRAME, "bye_answer_frame": FRAME,
    "offer": OFFER, "answer": ANSWER,
    "renegotiations": [{"offer_frame": FRAME, "answer_frame": FRAME, "status": STATUS, "offer": LATER_OFFER,
                        "answer": ANSWER}],
    "objects": [Count], "verdict": VERDICT, "delivery": DELIVERY, "diagnosis": TEXT,
}
BODY = {
    "encoding": {"text", "wsp", "xml", "cpim", "opaque"}, "headers": [{"name": str, "value": str}],
    "content_type": TEXT, "content_size": Count, "inner": None,
}
BODY["inner"] = (BODY, None)
CHUNK = {
    "frame": Count, "start": Count, "end": Count, "total": (Count, None), "flag": ({"$", "+", "#"}, None),
    "transaction": str, "response_frame": FRAME, "status": STATUS, "seconds": (Seconds, None),
}
REPORT = {
    "frame": Count, "start": (Count, None), "end": (Count, None), "total": (Count, None), "status": STATUS,
    "seconds": (Seconds, None),
}
VERIFICATION = {
    "result": {"match", "mismatch", "not-offered", "not-verifiable"}, "algorithm": TEXT, "offered": (Hex, None),
    "computed": (Hex, None), "covers": ({"object", "content"}, None),
}
OBJECT = {
    "id": Count, "delivery": DELIVERY, "diagnosis": TEXT, "time": Seconds, "carrier": {"MSRP", "MESSAGE"}, "session": (Count, None), "call_id": TEXT, "message_id": TEXT,
    "status": STATUS, "event_apps": [str], "icsis": [str], "from_path": TEXT, "to_path": TEXT, "content_type": TEXT,
    "name": TEXT, "size": Count, "total": (Count, None), "state": {"complete", "incomplete", "aborted"},
    "gaps": [[Count]], "hops": Count, "digests": dict, "verification": VERIFICATION, "body": (BODY, None),
    "chunks": [CHUNK], "reports": [REPORT], "frames": {"first": Count, "last": Count, "report": FRAME},
    "seconds": {"setup": (Seconds, None), "transfer": (Seconds, None), "report": (Seconds, None)},
    "verdict": VERDICT, "findings": [Count],
}
FINDING = {"rule": str, "severity": {"error", "warn", "note"}, "frame": Count, "session": (Count, None),
           "object": (Count, None), "peer": TEXT, "section": str, "text": str, "count": Count, "frames": [Count]}
DOCUMENT = {"omapush": {2}, "plugin": str, "wireshark": str, "capture": CAPTURE, "peers": [PEER],
            "registrations": [REGISTRATION], "sessions": [SESSION], "objects": [OBJECT], "findings": [FINDING]}


def _fits(value, shape):
    """Is this a single value of that shape? (Not asked of arrays and objects.)"""
    if shape is None:
        return value is None
    if isinstance(shape, set):
        return value in shape
    if shape is Count:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if shape is Seconds:
        return isinstance(value, float)
    if shape is Counts:
        return isinstance(value, dict) and all(_fits(number, Count) and number for number in value.values())
    if shape is Hex:
        return isinstance(value, str) and re.fullmatch(r"[0-9A-F]{2}(:[0-9A-F]{2})*", value) is not None
    return isinstance(value, shape)


def departures(value, shape, where="report"):
    """One line for each place where the value has not the shape."""
    if isinstance(shape, tuple):
        if any(not departures(value, one, where) for one in shape):
            return []
        # The alternative to null is what there is to say something about.
        return departures(value, shape[0], where)
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{where} is {value!r}, not a list"]
        return [line for number, one in enumerate(value)
                for line in departures(one, shape[0], f"{where}[{number}]")]
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return [f"{where} is {value!r}, not an object"]
        wrong = [f"{where}.{key} is missing" for key in shape.keys() - value.keys()]
        wrong += [f"{where}.{key} is not in version 2" for key in value.keys() - shape.keys()]
        return wrong + [line for key in shape.keys() & value.keys()
                        for line in departures(value[key], shape[key], f"{where}.{key}")]
    return [] if _fits(value, shape) else [f"{where} is {value!r}"]


# --- the same as a JSON Schema (docs/json-schema.json) ---

SINGLE = {
    str: {"type": "string"}, bool: {"type": "boolean"}, Count: {"type": "integer", "minimum": 0},
    Seconds: {"type": "number"}, None: {"type": "null"},
    Counts: {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
    Hex: {"type": "string", "pattern": "^[0-9A-F]{2}(:[0-9A-F]{2})*$"},
    dict: {"type": "object", "additionalProperties": {"type": "string", "pattern": "^[0-9A-F]{2}(:[0-9A-F]{2})*$"}},
}
NAMED = {"body": BODY, "chunk": CHUNK, "report": REPORT, "object": OBJECT, "session": SESSION, "finding": FINDING,
         "registration": REGISTRATION, "peer": PEER, "capture": CAPTURE, "verification": VERIFICATION, "hash": HASH}


def schema_of(shape, named=True):
    """The JSON Schema of a shape."""
    for name, one in NAMED.items():
        if named and shape is one:
            return {"$ref": f"#/$defs/{name}"}
    if isinstance(shape, tuple):
        return {"anyOf": [schema_of(one) for one in shape]}
    if isinstance(shape, list):
        return {"type": "array", "items": schema_of(shape[0])}
    if isinstance(shape, set):
        return {"enum": sorted(shape)}
    if isinstance(shape, dict):
        return {"type": "object", "properties": {key: schema_of(one) for key, one in shape.items()},
                "required": list(shape), "additionalProperties": False}
    return SINGLE[shape]


def schema():
    """The JSON Schema of the whole document."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "omapush push report, version 2",
            "description": "What tshark -q -z omapush,json prints. Frames are frame numbers, times seconds; unknown is "
                           "null.",
            **schema_of(DOCUMENT), "$defs": {name: schema_of(shape, named=False) for name, shape in NAMED.items()}}


if __name__ == "__main__":
    # python3 tests/integration/report_schema.py > docs/json-schema.json
    import json
    print(json.dumps(schema(), indent=1))
