# SPDX-License-Identifier: GPL-2.0-or-later
"""One capture, checked: what failed in it, what cannot be told, what could not be checked, and its exit code."""

from . import flow, preview

PASS, FAIL, CANNOT = 0, 1, 2


class Demand:
    """A filter that some frame must match (require), or none may (fail-on)."""

    def __init__(self, kind, display_filter, frames):
        self.kind = kind
        self.filter = display_filter
        self.frames = frames

    @property
    def met(self):
        return bool(self.frames) == (self.kind == "require")

    @property
    def text(self):
        if self.kind == "require":
            seen = "matched" if self.met else "no frame matches"
            return f"--require {self.filter}: {seen}"
        if self.met:
            return f"--fail-on {self.filter}: no frame matches"
        shown = ", ".join(str(frame) for frame in self.frames[:5])
        more = f" and {len(self.frames) - 5} more" if len(self.frames) > 5 else ""
        return f"--fail-on {self.filter}: matched by frame {shown}{more}"


class Check:
    """The outcome for one capture."""

    def __init__(self, capture, reading, demands=(), need_push=False, fail_level="fail"):
        self.capture = capture
        self.fail_level = fail_level
        self.document = reading.document
        self.raw = reading.raw
        self.trouble = reading.trouble
        self.demands = list(demands)
        # For the page: who sent what to whom (flow.Flow), and what the objects hold, by their numbers.
        self.flow = None
        self.contents = {}
        if need_push and self.document and not self.objects and not self.trouble:
            self.trouble = "no push in it"

    def _list(self, key):
        return (self.document or {}).get(key) or []

    @property
    def verdict(self):
        """The plugin's, of the whole capture."""
        return ((self.document or {}).get("capture") or {}).get("verdict")

    @property
    def peers(self):
        return self._list("peers")

    @property
    def registrations(self):
        return self._list("registrations")

    @property
    def sessions(self):
        return self._list("sessions")

    @property
    def objects(self):
        return self._list("objects")

    @property
    def findings(self):
        return self._list("findings")

    def findings_of(self, item):
        """The findings that an object of the document refers to."""
        return [self.findings[n] for n in item.get("findings") or [] if n < len(self.findings)]

    @property
    def loose_findings(self):
        """Findings of no object: those about registrations, offers and the like."""
        owned = {n for item in self.objects for n in item.get("findings") or []}
        return [finding for n, finding in enumerate(self.findings) if n not in owned]

    def objects_that(self, verdict):
        return [item for item in self.objects if item.get("verdict") == verdict]

    def sessions_that(self, verdict):
        """Sessions of which that is to be said and none of their objects says it."""
        told = {item.get("session") for item in self.objects_that(verdict)}
        return [session for session in self.sessions
                if session.get("verdict") == verdict and session.get("id") not in told]

    @property
    def failed_objects(self):
        return self.objects_that("fail")

    @property
    def loose_errors(self):
        return [f for f in self.loose_findings if f.get("severity") == "error"]

    @property
    def unmet(self):
        return [demand for demand in self.demands if not demand.met]

    def says(self, verdict):
        """Is that the verdict of something in it?"""
        return self.verdict == verdict or any(
            item.get("verdict") == verdict for item in [*self.objects, *self.sessions])

    @property
    def fails(self):
        return bool(self.says("fail") or self.loose_errors or self.unmet
                    or (self.fail_level == "warn" and self.says("warn")))

    @property
    def cannot_tell(self):
        """Nothing in it failed, but of something the capture does not say whether it arrived."""
        return not self.trouble and not self.fails and self.says("unknown")

    @property
    def exit(self):
        if self.trouble:
            return CANNOT
        if self.fails:
            return FAIL
        return CANNOT if self.cannot_tell else PASS

    def count(self, severity):
        return sum(finding.get("count") or 1 for finding in self.findings
                   if finding.get("severity") == severity)


def exit_of(checks, trouble=False):
    """Of several captures: it could not look, else something fails, else it cannot tell."""
    if trouble or any(done.trouble for done in checks):
        return CANNOT
    codes = {done.exit for done in checks}
    return FAIL if FAIL in codes else max(codes, default=PASS)


def run(tshark, capture, require=(), fail_on=(), need_push=False, with_page=False,
        fail_level="fail"):
    """Reads a capture and checks it."""
    reading = tshark.read(capture)
    demands = []
    if reading.document is not None:
        for kind, filters in (("require", require), ("fail-on", fail_on)):
            for display_filter in filters:
                frames, trouble = tshark.frames(capture, display_filter)
                demands.append(Demand(kind, display_filter, frames))
                # A demand that was not looked into is not met.
                reading.trouble = reading.trouble or trouble
    done = Check(capture, reading, demands, need_push, fail_level)
    if with_page and (done.sessions or done.objects):
        done.flow = flow.read(tshark, capture)
        done.contents = preview.read(tshark, capture, {item.get("id") for item in done.objects})
    return done
