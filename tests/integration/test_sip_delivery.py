# SPDX-License-Identifier: GPL-2.0-or-later
"""Pushes by MESSAGE and offers by INVITE: copies, cuts, answers out of order, several parts, as the fields show them."""
import pathlib

import pytest

CAPTURES = pathlib.Path(__file__).resolve().parents[2] / "test-captures"


def fields(tshark, name, wanted, *names):
    named = [word for field in names for word in ("-e", field)]
    return tshark("-2", "-r", CAPTURES / f"{name}.pcap", "-Y", wanted, "-T", "fields", *named).out.splitlines()


@pytest.mark.parametrize("name, answer, invite", [
    ("cases/shape-200-before-invite", 4, 5), ("scenes/copies-200-before-invite", 1, 2),
    ("scenes/copies-200-before-invite-tcp", 4, 5)])
def test_an_answer_before_its_invite_belongs_to_the_session(name, answer, invite, tshark):
    """The frame of the 200 is the session's, and each of the two leads to the other."""
    rows = fields(tshark, name, "sip.CSeq.method == INVITE or omapush.procedure == 5", "frame.number", "omapush.session.id")
    assert f"{answer}\t1" in rows and f"{invite}\t1" in rows
    assert fields(tshark, name, f"frame.number == {invite}", "omapush.answer_in") == [str(answer)]
    assert fields(tshark, name, f"frame.number == {answer}", "omapush.offer_in") == [str(invite)]


@pytest.mark.parametrize("name", ["copies-two-push-parts", "copies-two-push-parts-tcp"])
def test_each_push_part_ends_an_object(name, tshark):
    rows = fields(tshark, f"scenes/{name}", "omapush.object.end", "omapush.object.id", "omapush.object.end")
    assert [row.split("\t")[0] for row in rows] == ["1,2"]
    assert rows[0].split("\t")[1].count(",") == 1


def test_no_half_of_a_value_is_shown(tshark):
    """The tag is there, its value is not: neither as a field nor in the Info column."""
    name = "cases/shape-snaplen-cuts-event-app"
    rows = fields(tshark, name, "omapush.object.id", "omapush.event_app", "omapush.icsi", "_ws.col.Info")
    assert [row.split("\t")[0] for row in rows] == ["", ""]
    assert rows[0].split("\t")[1] == "urn:urn-7:3gpp-service.ims.icsi.omapush"
