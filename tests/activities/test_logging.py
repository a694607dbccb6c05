"""Logging, correcting and withdrawing: what salesmen expect, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from salesfunnel.accounts import Account
from salesfunnel.activities import (
    ActivityCorrected,
    ActivityLogged,
    ActivityWithdrawn,
    correct,
    withdraw,
)
from salesfunnel.errors import InvalidValue, MoveRefused
from salesfunnel.history import apply, as_of
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.qualification import Criterion, Scorecard
from salesfunnel.rules import field

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (
    datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 3, 4, 5)
)
LEAD = Lead.capture(person="Sara Ahmadi", at=MONDAY)
NOUNS = [
    LEAD,
    Opportunity.open(id="7", at=MONDAY),
    Account.open(id="7", name="Novin", at=MONDAY),
]
each_noun = pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: type(noun).__name__)


def test_a_message_to_all_bought_numbers_reaches_no_one():
    """After the spring campaign the lead is new, was tried once, and is quiet since the list."""
    lead = LEAD.log("sms", campaign="spring", reached=True, at=TUESDAY)

    assert (lead.stage, lead.engagement.attempts) == ("new", 1)
    assert lead.engagement.last_contact is None
    assert lead.engagement.quiet_since == MONDAY


def test_only_the_one_who_rang_back_is_contacted():
    """She answered to the campaign, so she turned to us."""
    lead = LEAD.log("sms", campaign="spring", at=TUESDAY)

    rang = lead.log("call", inbound=True, campaign="spring", at=WEDNESDAY)

    assert (rang.stage, rang.engagement.last_inbound) == ("contacted", WEDNESDAY)


def test_the_third_call_reaches_her():
    """Twice no one answered: three activities, two attempts, contacted at the third."""
    lead = LEAD
    for reached, at in [(False, MONDAY), (None, TUESDAY), (True, WEDNESDAY)]:
        lead = lead.log("call", reached=reached, at=at)

    assert (lead.stage, lead.stage_since) == ("contacted", WEDNESDAY)
    assert (lead.engagement.activities, lead.engagement.attempts) == (3, 2)


def test_a_visit_of_tuesday_is_entered_on_thursday():
    """Facts say Tuesday, the stage moved on Thursday, and on Wednesday no one knew."""
    lead = LEAD.log("visit", when=TUESDAY, at=THURSDAY)

    assert lead.engagement.last_contact == TUESDAY
    assert (lead.stage, lead.stage_since) == ("contacted", THURSDAY)
    assert as_of(lead, at=WEDNESDAY).engagement.activities == 0


def test_a_call_that_arrives_late_takes_its_place_in_time():
    """A call of Monday that is entered after one of Wednesday is not the last contact."""
    deal = NOUNS[1].log("call", reached=True, at=WEDNESDAY)

    deal = deal.log("call", reached=True, when=MONDAY, at=THURSDAY)

    assert deal.engagement.last_contact == deal.engagement.quiet_since == WEDNESDAY


def test_repeated_mails_give_points_and_silence_takes_them():
    """How often, and how long ago, are facts for a scorecard that is data."""
    card = Scorecard(
        "ours",
        threshold=5,
        criteria=[
            Criterion("often", field("engagement.activities") >= 3, weight=20),
            Criterion("silent", field("engagement.quiet_since").older_than(days=30), weight=-10),
        ],
    )
    lead = LEAD
    for day in range(3):
        lead = lead.log("email", at=MONDAY + timedelta(days=day))

    scores = [card.assess(lead, at=MONDAY + timedelta(days=days)).floor for days in (3, 40)]
    assert scores == [20, 10]


@each_noun
def test_an_activity_tells_all_that_was_said_of_it(noun):
    """Each parameter of the verb stands on the event."""
    told = {
        "inbound": False,
        "reached": True,
        "outcome": "asked_for_offer",
        "person": "Sara",
        "campaign": "spring",
        "note": "hm",
        "by": "Ani",
    }

    event = noun.log("call", when=MONDAY, at=TUESDAY, **told).timeline[noun.version]

    assert event == ActivityLogged(at=TUESDAY, kind="call", when=MONDAY, id=event.id, **told)
    assert event.happened == MONDAY


@each_noun
def test_an_id_follows_from_what_is_told_and_its_place(noun):
    """The same again is the same; another kind, time, author or place is another activity."""

    def id_of(kind="call", *, at=TUESDAY, by="", after=noun):
        return after.log(kind, at=at, by=by).timeline[after.version].id

    told = [
        id_of(),
        id_of("fax"),
        id_of(at=THURSDAY),
        id_of(by="Ani"),
        id_of(after=noun.assign("Ani", at=MONDAY)),
    ]
    assert id_of() == told[0]
    assert len(set(told)) == len(told)


def test_two_calls_of_one_minute_are_two():
    """Without an id each call is one of its own."""
    deal = NOUNS[1].log("call", at=MONDAY).log("call", at=MONDAY)

    assert deal.engagement.activities == 2


def test_an_event_without_an_id_counts_each_time():
    """What a file tells without ids is taken as it comes."""
    call = ActivityLogged(at=TUESDAY, kind="call")

    assert apply(apply(LEAD, call), call).engagement.activities == 2
    assert call.key == ""


@each_noun
def test_what_has_not_happened_yet_cannot_be_logged(noun):
    """A visit of tomorrow is a step, and no activity."""
    with pytest.raises(InvalidValue, match="when lies after the time of entering"):
        noun.log("visit", when=TUESDAY, at=MONDAY)


@pytest.mark.parametrize(
    "wrong", [{"outcome": 5}, {"person": None}, {"campaign": "a\nb"}, {"done": 7}, {"id": 7}]
)
def test_an_odd_text_is_refused_by_its_field(wrong):
    """What is wrong is named."""
    with pytest.raises(InvalidValue, match=rf"^{next(iter(wrong))} "):
        LEAD.log("call", at=MONDAY, **wrong)


@each_noun
def test_a_correction_changes_what_it_names(noun):
    """All else of the activity stays as it was entered, also the time."""
    wrong = noun.log("call", reached=True, note="hm", id="c", at=TUESDAY)

    right = correct(wrong, "c", reached=False, by="Ani", at=THURSDAY)

    event = right.timeline[-1]
    assert isinstance(event, ActivityCorrected)
    assert (event.by, event.activity.note, event.activity.reached) == ("Ani", "hm", False)
    assert event.activity.happened == TUESDAY
    assert (right.engagement.attempts, right.engagement.quiet_since) == (1, MONDAY)


def test_a_correction_is_corrected_again():
    """The last word stands."""
    deal = NOUNS[1].log("call", reached=True, id="c", at=MONDAY)

    deal = correct(deal, "c", kind="visit", at=TUESDAY)
    deal = correct(deal, "c", when=MONDAY - timedelta(days=3), at=WEDNESDAY)

    assert deal.timeline[-1].activity.kind == "visit"
    assert deal.engagement.last_contact == MONDAY - timedelta(days=3)
    assert deal.engagement.activities == 1


def test_what_was_withdrawn_may_happen_after_all():
    """The same id counts again, once it was withdrawn."""
    deal = withdraw(NOUNS[1].log("call", id="c", at=MONDAY), "c", note="dreamt", at=MONDAY)

    again = deal.log("call", id="c", at=TUESDAY)

    assert deal.timeline[-1] == ActivityWithdrawn(at=MONDAY, id="c", note="dreamt")
    assert (deal.engagement.activities, again.engagement.activities) == (0, 1)


def test_a_corrected_activity_may_be_withdrawn():
    """Then nothing of it counts."""
    deal = correct(NOUNS[1].log("call", id="c", at=MONDAY), "c", kind="visit", at=MONDAY)

    assert withdraw(deal, "c", at=TUESDAY).engagement == NOUNS[1].engagement


@each_noun
@pytest.mark.parametrize("verb", [correct, withdraw])
def test_an_activity_that_does_not_count_is_refused(noun, verb):
    """Neither an unknown one nor one that was withdrawn already can be corrected."""
    given = {"kind": "visit"} if verb is correct else {}
    gone = withdraw(noun.log("call", id="c", at=MONDAY), "c", at=MONDAY)

    for one in (noun, gone):
        with pytest.raises(MoveRefused, match="no activity c counts") as refused:
            verb(one, "c", at=TUESDAY, **given)
        assert refused.value.refusal.code == "unknown_activity"


def test_a_correction_says_what_it_can_change():
    """A misspelt field is told what was meant; what was corrected has an id."""
    deal = NOUNS[1].log("call", id="c", at=MONDAY)

    with pytest.raises(InvalidValue, match="did you mean reached"):
        correct(deal, "c", reachd=True, at=MONDAY)
    with pytest.raises(InvalidValue, match=r"^id is blank"):
        ActivityCorrected(at=MONDAY, activity=ActivityLogged(at=MONDAY, kind="call"))
