# SPDX-License-Identifier: GPL-2.0-or-later
"""One capture, checked: what failed in it, what cannot be told, what could not be checked, and its exit code."""

from . import demands, flow, preview

PASS, FAIL, CANNOT = 0, 1, 2


class Check:
    """The outcome for one capture."""

    def __init__(self, capture, reading, policy, wanted=()):
        self.capture = capture
        self.fail_level = policy.fail_level
        # As the plugin wrote it (plain, raw), and as it counts.
        self.plain = reading.document
        self.document, self.waived = reading.document, 0
        if reading.document is not None:
            self.document, self.waived = policy.waiver.apply(reading.document)
        self.raw = reading.raw
        self.trouble = reading.trouble
        self.demands = list(wanted)
        # For the page: who sent what to whom (flow.Flow), and what the objects hold, by their numbers.
        self.flow = None
        self.contents = {}
        # A push that was offered and never sent is there, and fails.
        if policy.require_push and self.document and not self.objects and not self.sessions and not self.trouble:
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


class Policy:
    """What is wanted of every capture. Made once of the options."""

    def __init__(self, options, waiver):
        self.waiver = waiver
        self.fail_level = options.fail_level
        self.require_push = options.require_push
        self.require = options.require
        self.require_each = options.require_each
        self.fail_on = options.fail_on
        self.expect_objects = options.expect_objects
        self.max_delay = options.max_delay or {}
        self.with_page = options.html is not None

    def of_report(self, document):
        """The demands that need no capture."""
        objects = document.get("objects") or []
        if self.expect_objects is not None:
            yield demands.count(self.expect_objects, objects)
        findings = document.get("findings") or []
        yield from demands.delays(self.max_delay, objects, lambda item: {
            findings[n].get("rule") for n in item.get("findings") or [] if n < len(findings)})


def run(tshark, capture, policy, label=None):
    """Reads a capture and checks it. label: what it is called, where that is not its path."""
    reading = tshark.read(capture)
    wanted = []
    if reading.document is not None:
        wanted = [*_filtered(tshark, capture, policy, reading), *policy.of_report(reading.document)]
    done = Check(label or capture, reading, policy, wanted)
    if policy.with_page and (done.sessions or done.objects):
        done.flow = flow.read(tshark, capture)
        done.contents = preview.read(tshark, capture, {item.get("id") for item in done.objects})
    return done


def _filtered(tshark, capture, policy, reading):
    """The demands that are display filters. One that was not looked into is not met."""
    for made, filters in ((demands.some_frame, policy.require), (demands.no_frame, policy.fail_on)):
        for display_filter in filters:
            frames, trouble = tshark.frames(capture, display_filter)
            reading.trouble = reading.trouble or trouble
            yield made(display_filter, frames)
    for display_filter in policy.require_each:
        numbers, trouble = tshark.objects_of(capture, display_filter)
        reading.trouble = reading.trouble or trouble
        yield demands.each_object(display_filter, reading.document.get("objects") or [], numbers)


def of_report(capture, reading, unmet, policy):
    """Checks a report that was made elsewhere; what was not met there is not met."""
    wanted = [demands.Demand(*_split(text)) for text in unmet]
    if reading.document is not None:
        wanted += policy.of_report(reading.document)
    return Check(capture, reading, policy, wanted)


def _split(text):
    title, _, told = text.partition(": ")
    return title, False, told or "not met"
