"""Examples of the timeline."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace

import attrs
import pytest

from salesfunnel.accounts import Account, AccountAmended
from salesfunnel.errors import InvalidHistory, InvalidValue, StaleVersion
from salesfunnel.history import apply, as_of, expect, replay
from salesfunnel.leads import Lead, ActivityLogged
from tests.history.examples import FRIDAY, MONDAY, TUESDAY, WEDNESDAY

LEAD = Lead.capture(company="Novin Tejarat", at=TUESDAY)


def test_each_event_makes_a_new_version():
    """The lead before the event still stands."""
    later = apply(LEAD, ActivityLogged(at=FRIDAY, channel="phone"))

    assert (LEAD.version, later.version) == (1, 2)


def test_nothing_happens_before_what_has_happened():
    """An event that lies before the last one is refused."""
    with pytest.raises(InvalidValue, match="before the last event"):
        apply(LEAD, ActivityLogged(at=MONDAY, channel="phone"))


def test_nothing_was_before_it_began():
    """There is no lead as of a time at which nobody knew of it."""
    with pytest.raises(InvalidHistory, match="had not begun"):
        as_of(LEAD, at=MONDAY)


def test_a_history_has_a_beginning():
    """Without the event that begins it, nothing can be replayed."""
    with pytest.raises(InvalidHistory, match="does not begin with LeadCaptured"):
        Lead.replay([ActivityLogged(at=MONDAY, channel="phone")])


def test_a_history_is_not_empty():
    """Nothing can be rebuilt from nothing."""
    with pytest.raises(InvalidHistory, match="does not begin"):
        Lead.replay([])


def test_nothing_happened_before_the_beginning():
    """An event before the beginning makes no story."""
    with pytest.raises(InvalidHistory, match="does not begin"):
        Lead.replay([*LEAD.timeline, ActivityLogged(at=MONDAY, channel="phone")])


def test_a_history_begins_once():
    """Two beginnings make no story."""
    with pytest.raises(InvalidHistory, match="more than once"):
        Lead.replay(LEAD.timeline * 2)


def test_the_beginning_may_be_filed_anywhere_in_its_instant():
    """Accounts have no stages, and still their beginning comes first."""
    account = Account.open(id="1", name="Novin Tejarat", at=MONDAY)
    account = account.complete(lead_ids=("7",), at=MONDAY)

    assert Account.replay(account.timeline[::-1]) == account


@attrs.frozen
class Parcel:
    """A noun of one's own, which says nothing of its story."""

    place: str
    timeline: tuple


@attrs.frozen
class ParcelSent:
    """A parcel went somewhere."""

    at: datetime
    by: str = ""

    def changes(self, _before):
        """Tell where it is."""
        return {"place": "Tabriz"}


@attrs.frozen
class LeadMovedHouse:
    """An event of one's own."""

    at: datetime
    city: str
    by: str = ""

    def changes(self, before):
        """Tell the new city among the details."""
        return {"details": type(before.details)({**before.details, "city": self.city})}


@attrs.frozen(kw_only=True)
class OurLead(Lead):
    """A kind of lead to which more can happen."""

    story = (*Lead.story, LeadMovedHouse)


@pytest.mark.parametrize("changes", [{"shoe_size": 43}, None, 5])
def test_an_event_changes_what_is_there(changes):
    """An event of one's own that names a field which the noun does not have makes no story."""
    sent = [ParcelSent(MONDAY)]
    parcel = replay(Parcel, ParcelSent, sent)
    misfit = SimpleNamespace(at=FRIDAY, by="", changes=lambda _: changes)

    with pytest.raises(InvalidHistory, match="has an event that does not fit"):
        replay(Parcel, ParcelSent, [*sent, misfit])
    with pytest.raises(InvalidHistory, match="has an event that does not fit"):
        apply(parcel, misfit)


@pytest.mark.parametrize("changes", [{"shoe_size": 43}, {}, None, 5])
def test_a_beginning_tells_all_that_there_is(changes):
    """An event that begins a noun with fields it does not have, or without its own, is refused."""
    odd = SimpleNamespace(at=MONDAY, by="", changes=lambda _: changes)

    with pytest.raises(InvalidHistory, match="has an event that does not fit"):
        replay(Parcel, SimpleNamespace, [odd])


@pytest.mark.parametrize(
    "junk", [None, "touched", AccountAmended(at=FRIDAY, amended={"source": "web"})]
)
def test_nothing_is_applied_that_could_not_be_replayed(junk):
    """What is no event of a lead is refused at once, not when the lead is loaded again."""
    with pytest.raises(InvalidHistory, match="belongs to something else"):
        apply(LEAD, junk)
    with pytest.raises(InvalidHistory, match="does not fit"):
        apply(replay(Parcel, ParcelSent, [ParcelSent(MONDAY)]), None)


def test_nothing_begins_twice():
    """A lead that is under way is not captured over again."""
    with pytest.raises(InvalidHistory, match="has LeadCaptured more than once"):
        apply(LEAD, LEAD.timeline[0])


def test_a_noun_of_one_s_own_may_have_a_longer_story():
    """Whoever derives a kind of lead says what else can happen to it, and that is all."""
    ours = OurLead.replay(LEAD.timeline)

    moved = apply(ours, LeadMovedHouse(FRIDAY, "Tabriz"))

    assert moved.details == {"city": "Tabriz"}
    assert OurLead.replay(moved.timeline) == moved
    with pytest.raises(InvalidHistory, match="belongs to something else"):
        Lead.replay(moved.timeline)


def test_the_version_that_was_read_is_the_one_to_change():
    """Whoever has read an older version is told so."""
    assert expect(LEAD, 1) is LEAD
    with pytest.raises(StaleVersion):
        expect(LEAD.log("call", inbound=True, at=WEDNESDAY), 1)


def test_a_version_is_a_number():
    """The text of a web form is no version, though it may look like the right one."""
    with pytest.raises(InvalidValue, match="version is not a whole number"):
        expect(LEAD, "1")
