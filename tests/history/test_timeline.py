"""Examples of the timeline."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from salesfunnel import Account, Lead
from salesfunnel.errors import InvalidHistory, InvalidValue, StaleVersion
from salesfunnel.history import apply, as_of, expect, replay
from salesfunnel.leads import LeadCaptured, LeadTouched
from tests.history.examples import FRIDAY, MONDAY, TUESDAY, WEDNESDAY

LEAD = Lead.capture(company="Novin Tejarat", at=TUESDAY)


def test_each_event_makes_a_new_version():
    """The lead before the event still stands."""
    later = apply(LEAD, LeadTouched(at=FRIDAY, channel="phone"))

    assert (LEAD.version, later.version) == (1, 2)


def test_nothing_happens_before_what_has_happened():
    """An event that lies before the last one is refused."""
    with pytest.raises(InvalidValue, match="before the last event"):
        apply(LEAD, LeadTouched(at=MONDAY, channel="phone"))


def test_nothing_was_before_it_began():
    """There is no lead as of a time at which nobody knew of it."""
    with pytest.raises(InvalidHistory, match="had not begun"):
        as_of(LEAD, at=MONDAY)


def test_a_history_has_a_beginning():
    """Without the event that begins it, nothing can be replayed."""
    with pytest.raises(InvalidHistory, match="does not begin with LeadCaptured"):
        Lead.replay([LeadTouched(at=MONDAY, channel="phone")])


def test_a_history_is_not_empty():
    """Nothing can be rebuilt from nothing."""
    with pytest.raises(InvalidHistory, match="does not begin"):
        Lead.replay([])


def test_nothing_happened_before_the_beginning():
    """An event before the beginning makes no story."""
    with pytest.raises(InvalidHistory, match="does not begin"):
        Lead.replay([*LEAD.timeline, LeadTouched(at=MONDAY, channel="phone")])


def test_a_history_begins_once():
    """Two beginnings make no story."""
    with pytest.raises(InvalidHistory, match="more than once"):
        Lead.replay(LEAD.timeline * 2)


def test_the_beginning_may_be_filed_anywhere_in_its_instant():
    """Accounts have no stages, and still their beginning comes first."""
    account = Account.open(id="1", name="Novin Tejarat", at=MONDAY)
    account = account.complete(lead_ids=("7",), at=MONDAY)

    assert Account.replay(account.timeline[::-1]) == account


def test_an_event_changes_what_is_there():
    """An event of one's own that names a field which the noun does not have makes no story."""
    misfit = SimpleNamespace(at=FRIDAY, by="", changes=lambda _: {"shoe_size": 43})

    with pytest.raises(InvalidHistory, match="has an event that does not fit"):
        replay(Lead, LeadCaptured, [*LEAD.timeline, misfit])


def test_the_version_that_was_read_is_the_one_to_change():
    """Whoever has read an older version is told so."""
    assert expect(LEAD, 1) is LEAD
    with pytest.raises(StaleVersion):
        expect(LEAD.touch("phone", at=WEDNESDAY), 1)


def test_a_version_is_a_number():
    """The text of a web form is no version, though it may look like the right one."""
    with pytest.raises(InvalidValue, match="version is not a whole number"):
        expect(LEAD, "1")
