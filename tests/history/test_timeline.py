"""Examples of the timeline."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs
import pytest

from salesfunnel.accounts import Account, AccountAmended, AccountOpened
from salesfunnel.activities import ActivityLogged
from salesfunnel.errors import InvalidHistory, InvalidValue, MoveRefused, StaleVersion, WrongKind
from salesfunnel.history import (
    Recorded,
    apply,
    as_of,
    contribute,
    events_since,
    expect,
    replay,
)
from salesfunnel.history.event import event_types
from salesfunnel.history.timeline import standing_in_the_way
from salesfunnel.leads import Lead
from salesfunnel.values import Contribution, Person
from tests.history.examples import FRIDAY, MONDAY, TUESDAY, WEDNESDAY

LEAD = Lead.capture(company="Novin Tejarat", at=TUESDAY)


def call(at):
    """Make the event of a call."""
    return ActivityLogged(at=at, kind="call")


def test_each_event_makes_a_new_version():
    """The lead before the event still stands."""
    later = apply(LEAD, call(FRIDAY))

    assert (LEAD.version, later.version) == (1, 2)
    assert later.timeline == (*LEAD.timeline, call(FRIDAY))


def test_nothing_happens_before_what_has_happened():
    """An event that lies before the last one is refused, in the name of the verb that made it."""
    with pytest.raises(MoveRefused) as refused:
        apply(LEAD, call(MONDAY), verb="log")

    refusal = refused.value.refusal
    assert (refusal.trigger, refusal.stage, refusal.code) == ("log", "new", "too_early")
    assert str(refusal) == (
        "cannot log: the time lies before the last event (give a time at or after the last "
        "event; when= tells of an earlier call or answer)"
    )


def test_an_event_may_share_the_instant_of_the_last_one():
    """What happens in the same moment is not too early."""
    assert standing_in_the_way(LEAD, at=TUESDAY) is None
    assert apply(LEAD, call(TUESDAY)).version == 2


def test_an_event_without_a_verb_is_recorded():
    """A host that applies an event of its own reads that it cannot be recorded."""
    with pytest.raises(MoveRefused, match=r"^cannot record this: the time lies before"):
        apply(LEAD, call(MONDAY))


def test_an_account_is_refused_without_a_stage():
    """An account has no stages, so its refusal names none."""
    account = Account.open(id="1", name="Novin Tejarat", at=TUESDAY)

    with pytest.raises(MoveRefused) as refused:
        account.amend(name="Novin", at=MONDAY)

    assert (refused.value.refusal.stage, refused.value.refusal.trigger) == ("", "amend")


@pytest.mark.parametrize("change", [{"stage": "qualified"}, {"timeline": ()}, {"id": "8"}])
def test_what_was_changed_by_hand_takes_no_event(change):
    """The fields of such a lead do not follow from its timeline, so it could not be loaded."""
    by_hand = attrs.evolve(LEAD, **change)

    with pytest.raises(MoveRefused) as refused:
        apply(by_hand, call(FRIDAY))

    (objection,) = refused.value.refusal.objections
    assert objection.code == "changed_by_hand"
    assert (objection.message, objection.remedy) == (
        "its fields do not follow from its timeline",
        "change it by its verbs, or replay its timeline",
    )


def by_post(lead):
    """Send a lead through a pickle."""
    return pickle.loads(pickle.dumps(lead))  # noqa: S301 - our own bytes


@pytest.mark.parametrize("travel", [copy.copy, copy.deepcopy, by_post])
def test_a_copy_goes_on(travel):
    """A copy follows from the timeline as the original does, also after another verb."""
    later = apply(travel(LEAD), call(FRIDAY))

    assert apply(travel(later), call(FRIDAY)).version == 3


def test_a_lead_that_was_changed_by_hand_is_mended_by_its_timeline():
    """The remedy works: replayed, the lead is what its events say, and goes on."""
    by_hand = attrs.evolve(LEAD, stage="qualified")

    mended = Lead.replay(by_hand.timeline)

    assert (mended, apply(mended, call(FRIDAY)).version) == (LEAD, 2)


def test_nothing_was_before_it_began():
    """There is no lead as of a time at which it was not known."""
    with pytest.raises(InvalidHistory, match=r"^timeline had not begun by then$") as raised:
        as_of(LEAD, at=MONDAY)

    assert raised.value.text.code == "not_begun"


def test_a_history_has_a_beginning():
    """Without the event that begins it, nothing can be replayed."""
    with pytest.raises(InvalidHistory, match=r"^timeline does not begin with LeadCaptured$"):
        Lead.replay([call(MONDAY)])


def test_a_history_is_not_empty():
    """Nothing can be rebuilt from nothing."""
    with pytest.raises(InvalidHistory, match="does not begin with LeadCaptured"):
        Lead.replay([])


def test_nothing_happened_before_the_beginning():
    """An event before the beginning makes no story."""
    with pytest.raises(InvalidHistory, match="does not begin"):
        Lead.replay([*LEAD.timeline, call(MONDAY)])


def test_a_history_begins_once():
    """Two beginnings make no story."""
    with pytest.raises(InvalidHistory, match=r"^timeline has LeadCaptured more than once$"):
        Lead.replay(LEAD.timeline * 2)


def test_nothing_begins_twice():
    """A lead that is under way is not captured over again."""
    with pytest.raises(InvalidHistory, match=r"^timeline has LeadCaptured more than once$"):
        apply(LEAD, LEAD.timeline[0])


def test_the_beginning_may_be_filed_anywhere_in_its_instant():
    """Accounts have no stages, and still their beginning comes first."""
    account = Account.open(id="1", name="Novin Tejarat", at=MONDAY)
    account = contribute(account, Contribution({"lead_ids": ("7",)}), at=MONDAY)

    assert Account.replay(account.timeline[::-1]) == account


def test_an_object_that_is_no_list_of_events_is_refused():
    """A single number or event is not a timeline."""
    for junk in (5, None, call(MONDAY)):
        with pytest.raises(InvalidHistory, match=r"^timeline is not a list of events$"):
            Lead.replay(junk)


@pytest.mark.parametrize(("junk", "name"), [(None, "NoneType"), ("touched", "str"), (5, "int")])
def test_what_is_no_event_is_named_by_its_kind(junk, name):
    """The message tells the kind of the thing, never what is in it."""
    sentence = f"^timeline holds {name}, which is not an event$"

    with pytest.raises(InvalidHistory, match=sentence):
        apply(LEAD, junk)
    with pytest.raises(InvalidHistory, match=sentence):
        Lead.replay([*LEAD.timeline, junk])


def test_an_event_of_another_noun_is_refused():
    """What happened to an account did not happen to a lead."""
    foreign = AccountAmended(at=FRIDAY, amended={"source": "web"})
    sentence = "^timeline has AccountAmended, which belongs to something else$"

    with pytest.raises(InvalidHistory, match=sentence):
        apply(LEAD, foreign)
    with pytest.raises(InvalidHistory, match=sentence):
        Lead.replay([*LEAD.timeline, foreign])


@attrs.frozen
class LeadMovedHouse:
    """An event of one's own, which changes what it is told to change."""

    at: datetime
    changed: Any
    by: str = ""

    def changes(self, _before: object) -> Mapping[str, Any]:
        """Give back what was told."""
        return self.changed


@attrs.frozen(kw_only=True)
class OurLead(Lead):
    """A kind of lead to which more can happen."""

    event_types = (*Lead.event_types, LeadMovedHouse)


def test_a_noun_of_one_s_own_may_have_more_events():
    """A class that is derived from a lead lists what else can happen to it, and that is all."""
    ours = OurLead.replay(LEAD.timeline)

    moved = apply(ours, LeadMovedHouse(FRIDAY, {"source_words": "moved to Tabriz"}))

    assert (type(moved), moved.source_words) == (OurLead, "moved to Tabriz")
    assert OurLead.replay(moved.timeline) == moved
    with pytest.raises(InvalidHistory, match="has LeadMovedHouse, which belongs to something else"):
        Lead.replay(moved.timeline)


@pytest.mark.parametrize("changed", [{"shoe_size": 43}, None, 5, ["id"]])
def test_an_event_changes_what_is_there(changed):
    """An event that names a field which the noun does not have makes no story."""
    odd = LeadMovedHouse(FRIDAY, changed)
    sentence = "^timeline has LeadMovedHouse, which does not fit what came before it$"

    with pytest.raises(InvalidHistory, match=sentence):
        apply(OurLead.replay(LEAD.timeline), odd)
    with pytest.raises(InvalidHistory, match=sentence):
        OurLead.replay([*LEAD.timeline, odd])


@attrs.frozen(kw_only=True)
class OurAccount(Account):
    """A kind of account to which more can happen."""

    event_types = (*Account.event_types, LeadMovedHouse)


def test_what_a_noun_cannot_be_is_said_by_the_noun():
    """An event that takes the name from an account is refused by the account's own error."""
    account = OurAccount.open(id="1", name="Novin Tejarat", at=MONDAY)
    nameless = LeadMovedHouse(FRIDAY, {"name": ""})

    for told in (
        lambda: apply(account, nameless),
        lambda: OurAccount.replay([*account.timeline, nameless]),
    ):
        with pytest.raises(InvalidValue, match=r"^name is blank"):
            told()


@attrs.frozen(kw_only=True)
class LeadBegun(LeadMovedHouse):
    """A beginning of one's own."""


@attrs.frozen(kw_only=True)
class TheirLead(Lead):
    """A kind of lead that begins with an event of its own."""

    event_types = (LeadBegun, ActivityLogged)


@pytest.mark.parametrize("changed", [{"shoe_size": 43}, {}, None, 5])
def test_a_beginning_tells_all_that_there_is(changed):
    """A beginning with fields that the noun does not have, or without its own, is refused."""
    with pytest.raises(InvalidHistory, match=r"^timeline has LeadBegun, which does not fit"):
        replay(TheirLead, [LeadBegun(at=MONDAY, changed=changed)])


def test_the_first_of_the_event_types_begins_the_noun():
    """A host can read which events a noun can have, and which of them begins it."""
    assert event_types(Account)[0] is AccountOpened
    assert {AccountAmended, Recorded} < set(event_types(Account))


def test_the_version_that_was_read_is_the_one_to_change():
    """An editor who has read an older version is told so, with both versions."""
    assert expect(LEAD, 1) is LEAD
    with pytest.raises(StaleVersion) as raised:
        expect(LEAD.log("call", at=WEDNESDAY), 1)

    assert (raised.value.expected, raised.value.found) == (1, 2)


def test_a_host_reads_what_is_new():
    """The events since a version are those that came after it, oldest first."""
    later = LEAD.log("fax", at=WEDNESDAY).amend(person=Person("Sara"), at=FRIDAY)

    assert events_since(later, 1) == later.events_since(1) == later.timeline[1:]
    assert events_since(later, 0) == later.timeline
    assert events_since(later, 3) == events_since(later, 9) == ()


@pytest.mark.parametrize("ask", [expect, events_since])
def test_a_version_is_a_whole_number(ask):
    """The text of a web form is no version, though it may look like the right one."""
    for wrong in ("1", None, True, 1.0):
        with pytest.raises(WrongKind, match=r"^version is of the wrong kind"):
            ask(LEAD, wrong)
    with pytest.raises(InvalidValue, match=r"^version is not a whole number"):
        ask(LEAD, -1)
