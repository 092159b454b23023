# SPDX-License-Identifier: GPL-2.0-or-later
"""Who sent what to whom and when: the frames of each session and object on every hop.

The push report names the frames of one hop. The page shows proxies, relays and TCP too, so it asks tshark
once more, for the fields of each frame that belongs to a push.
"""

import re

FILTER = ("omapush.session.id || omapush.object.id || msrp || tcp.flags.syn == 1 || tcp.flags.reset == 1 "
          "|| tcp.flags.fin == 1")
FIELDS = ("frame.number", "frame.time_epoch", "ip.src", "ip.dst", "ipv6.src", "ipv6.dst",
          "udp.srcport", "udp.dstport", "tcp.srcport", "tcp.dstport", "tcp.stream", "tcp.flags.syn",
          "tcp.flags.ack", "tcp.flags.reset", "tcp.flags.fin", "sip.Method", "sip.Status-Code",
          "sip.CSeq.method", "sip.CSeq.seq", "msrp.method", "msrp.status.code", "omapush.session.id", "omapush.object.id",
          "omapush.chunk.start", "omapush.chunk.end", "omapush.chunk.total", "omapush.chunk.flag",
          "omapush.report.status")
# An answer that only asks for credentials is no failure.
CHALLENGES = {401, 407}


class Host:
    """One end of a frame."""

    def __init__(self, address, port):
        self.address, self.port = address, port


class Event:
    """A frame of a push, or of the connection that carries it."""

    def __init__(self, row):
        get = dict(zip(FIELDS, row)).get
        self.frame = int(get("frame.number"))
        self.time = _number(get("frame.time_epoch"), float)
        # Of addresses that a frame has twice (tunnels) the inner ones.
        self.source = Host(_last(get("ip.src")) or _last(get("ipv6.src")),
                           _last(get("udp.srcport")) or _last(get("tcp.srcport")))
        self.target = Host(_last(get("ip.dst")) or _last(get("ipv6.dst")),
                           _last(get("udp.dstport")) or _last(get("tcp.dstport")))
        self.stream = _number(_last(get("tcp.stream")))
        self.sessions = _numbers(get("omapush.session.id"))
        self.objects = _numbers(get("omapush.object.id"))
        # Retries of one thing have the same; None: each frame stands for itself.
        self.again = None
        # A chunk that goes well, or its answer: what a long transfer is made of.
        self.steady = False
        self.kind = "good"
        self.label = self._sip(get) or self._msrp(get) or self._tcp(get)

    def _sip(self, get):
        method, status = _last(get("sip.Method")), _number(_last(get("sip.Status-Code")))
        if not method and status is None:
            return ""
        label = method or f"{status} to {_last(get('sip.CSeq.method'))}"
        self._judge([status])
        self.again = (label, _last(get("sip.CSeq.seq")), self.source.address, self.target.address)
        return label

    def _msrp(self, get):
        methods = [word for word in (get("msrp.method") or "").split(",") if word]
        statuses = _numbers(get("msrp.status.code"))
        reported = _numbers(get("omapush.report.status"))
        flags = (get("omapush.chunk.flag") or "").split(",")
        parts = []
        sends = methods.count("SEND")
        if sends:
            parts.append(("SEND" if sends == 1 else f"{sends} SENDs") + _span(get, flags))
        parts += _counted([str(status) for status in statuses])
        parts += _counted([f"REPORT {status}" for status in reported]
                          or ["REPORT"] * methods.count("REPORT"))
        parts += [word for word in methods if word not in ("SEND", "REPORT")]
        self._judge(statuses + reported)
        if "#" in flags:
            self.kind = "bad"
        self.steady = bool(parts) and not reported and "REPORT" not in methods and self.kind == "good"
        return ", ".join(parts)

    def _tcp(self, get):
        def is_set(flag):
            return _last(get(f"tcp.flags.{flag}")) in ("1", "True")
        label = ""
        if is_set("reset"):
            label, self.kind = "TCP reset", "bad"
        elif is_set("syn"):
            label = "TCP connected" if is_set("ack") else f"TCP connect to port {self.target.port}"
            self.kind = "quiet"
        elif is_set("fin"):
            label, self.kind = "TCP close", "quiet"
        if label:
            self.again = (label, self.source.address, self.target.address)
        return label

    @property
    def is_tcp_only(self):
        return self.label.startswith("TCP ")

    def _judge(self, statuses):
        known = [status for status in statuses if status is not None]
        if any(status >= 300 and status not in CHALLENGES for status in known):
            self.kind = "bad"
        elif any(status in CHALLENGES for status in known):
            self.kind = "quiet"


class Flow:
    """All events of a capture, in order."""

    def __init__(self, rows):
        self.events = [event for event in map(Event, rows) if event.label and event.source.address]
        self._by_stream = {}
        self._by_session = {}
        self._by_object = {}
        for event in self.events:
            if event.stream is not None:
                self._by_stream.setdefault(event.stream, []).append(event)
            for table, ids in ((self._by_session, event.sessions), (self._by_object, event.objects)):
                for number in set(ids):
                    table.setdefault(number, []).append(event)

    def of_session(self, session, findings=()):
        """A session's frames on every hop, with what happened to its connections."""
        own = self._by_session.get(session.get("id"), [])
        if not own:
            return []
        frames = {frame for finding in findings for frame in finding.get("frames") or [finding.get("frame")]}
        places = _places(session)
        first = own[0].frame
        streams = {event.stream for event in own if event.stream is not None and not _is_sip(event)}
        for event in self.events:
            if event.is_tcp_only and event.frame > first and (
                    event.frame in frames or (event.target.address, event.target.port) in places):
                streams.add(event.stream)
        return self._with_connections(own, streams)

    def of_object(self, item):
        """The frames of an object that belongs to no session."""
        own = self._by_object.get(item.get("id"), [])
        return self._with_connections(own, {event.stream for event in own
                                            if event.stream is not None and not _is_sip(event)})

    def _with_connections(self, own, streams):
        """Their own frames, and of the streams what is of nobody: TCP, and requests such as AUTH."""
        more = [event for stream in streams for event in self._by_stream.get(stream, [])
                if not event.sessions and not event.objects]
        return sorted({event.frame: event for event in [*own, *more]}.values(), key=lambda e: e.frame)


def read(tshark, capture):
    """The flow of a capture; one that cannot be read has none."""
    rows = tshark.fields(capture, ["-Y", FILTER], *FIELDS, occurrence="a")[0]
    return Flow(row for row in rows if len(row) == len(FIELDS) and row[0].isdecimal())


def _is_sip(event):
    return event.again is not None and not event.is_tcp_only


def _places(session):
    """Addresses and ports that the paths of the offer and the answer name."""
    found = set()
    for description in (session.get("offer"), session.get("answer")):
        for media in (description or {}).get("media") or []:
            for uri in media.get("path") or []:
                match = re.match(r"msrps?://(?:[^@/]*@)?(?:\[([^\]]*)\]|([^:/;]*)):(\d+)", uri)
                if match:
                    found.add((match[1] or match[2], match[3]))
    return found


def _span(get, flags):
    """ [1-2048/4092] + : what the chunks of a frame carry, from the first to the last."""
    starts, ends, totals = (_numbers(get(f"omapush.chunk.{name}")) for name in ("start", "end", "total"))
    if not starts or not ends:
        return ""
    total = totals[-1] if totals else "*"
    flag = f" {flags[-1]}" if flags and flags[-1] else ""
    return f" [{starts[0]}-{ends[-1]}/{total}]{flag}"


def _counted(words):
    """Equal neighbours once, with their number."""
    parts = []
    for word in words:
        if parts and parts[-1][0] == word:
            parts[-1][1] += 1
        else:
            parts.append([word, 1])
    return [word if count == 1 else f"{count} × {word}" for word, count in parts]


def _last(value):
    return (value or "").split(",")[-1]


def _number(value, kind=int):
    try:
        return kind(value)
    except (TypeError, ValueError):
        return None


def _numbers(value):
    return [int(word) for word in (value or "").split(",") if word.isdecimal()]
