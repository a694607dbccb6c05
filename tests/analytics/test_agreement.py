"""The agreement between marketing and sales, and how it is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.analytics.agreement import Agreement, HandOff
from salesfunnel.errors import InvalidDefinition, InvalidValue, WrongKind
from salesfunnel.qualification import BANT, Acceptance, Rejection, RejectionReason

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
OURS = Agreement(BANT, respond_within=24 * HOUR, marketing="Ani", sales="Reza")


def offer(source="fair", *, answer=None, called_after=None):
    """Make a hand-off of Monday morning."""
    called = None if called_after is None else MONDAY + called_after
    return HandOff("7", source=source, offered_at=MONDAY, first_response_at=called, answer=answer)


def accepted(after=HOUR):
    """Accept a while after the offer."""
    return Acceptance(at=MONDAY + after)


def rejected(reason="poor_fit", **more):
    """Reject two hours after the offer."""
    return Rejection(reason, at=MONDAY + 2 * HOUR, **more)


answers = st.none() | st.builds(accepted) | st.builds(rejected, st.sampled_from(RejectionReason))
calls = st.none() | st.builds(timedelta, hours=st.integers(-1, 4))
offers = st.lists(
    st.builds(offer, st.sampled_from(["fair", "web"]), answer=answers, called_after=calls)
)


def test_marketing_learns_which_leads_are_wanted():
    """Offers are counted by source, rejections by reason, and the whole at the end."""
    offers = [
        offer("fair", answer=accepted()),
        offer("fair", answer=rejected("not_now", recycle_on=MONDAY + 99 * 24 * HOUR)),
        offer("web", answer=rejected()),
        offer("web", answer=rejected()),
        offer("web"),
    ]

    fair, web, everything = map(str, OURS.measure(offers, at=MONDAY + 25 * HOUR))

    assert fair == (
        "fair: 2 offered, 1 accepted, 1 rejected (1 not_now), 1 recycled, 0 waiting, 0 late; "
        "half of the responses came within 1:30:00"
    )
    assert web == (
        "web: 3 offered, 0 accepted, 2 rejected (2 poor_fit), 0 recycled, 1 waiting, 1 late; "
        "half of the responses came within 2:00:00"
    )
    assert everything.startswith(
        "all sources: 5 offered, 1 accepted, 3 rejected (2 poor_fit, 1 not_now)"
    )


@pytest.mark.parametrize(
    ("hand_off", "late"),
    [
        (offer(answer=accepted(after=24 * HOUR)), False),
        (offer(answer=accepted(after=25 * HOUR)), True),
        (offer(answer=accepted(after=25 * HOUR), called_after=HOUR), False),
        (offer(called_after=HOUR), False),
        (offer(), True),
    ],
)
def test_the_first_response_counts(hand_off, late):
    """A call in time is in time, even if the answer takes longer; silence is late."""
    assert OURS.is_late(hand_off, at=MONDAY + 48 * HOUR) is late


@given(offers, st.integers(-1, 4))
def test_what_comes_later_changes_no_measure(offers, hours):
    """A measure of yesterday is the same whatever is offered, called or answered since."""
    then = MONDAY + hours * HOUR
    later = [attrs.evolve(offer(), offered_at=then + HOUR)]
    known = [hand_off.as_of(then) for hand_off in offers if hand_off.offered_at <= then]

    assert OURS.measure([*offers, *later], at=then) == OURS.measure(known, at=then)


def test_an_answer_that_is_not_there_yet_keeps_the_lead_waiting():
    """On Tuesday nobody knows that sales will call on Thursday."""
    thursday = offer(answer=accepted(after=72 * HOUR), called_after=71 * HOUR)

    tuesday, _ = OURS.measure([thursday], at=MONDAY + 25 * HOUR)

    assert (tuesday.accepted, tuesday.waiting, tuesday.late) == (0, 1, 1)
    assert tuesday.median_response is None


def test_a_source_may_bear_the_name_of_the_whole():
    """The whole is no source, so no source can be taken for it."""
    named, other, whole = OURS.measure([offer("all"), offer("fair")], at=MONDAY)

    assert [named.source, other.source, whole.source] == ["all", "fair", None]
    assert [named.offered, other.offered, whole.offered] == [1, 1, 2]


def test_who_reacts_before_the_offer_takes_no_time():
    """A clock that goes wrong makes nobody faster than at once."""
    assert offer(called_after=-HOUR).response_time == timedelta(0)


def test_only_a_qualified_lead_is_to_be_offered():
    """Both sides judge by the policy that they signed."""
    assert OURS.judge({}, at=MONDAY) == BANT.assess({}, at=MONDAY)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"sales": " "}, "needs the names of both sides"),
        ({"respond_within": timedelta(0)}, "positive"),
        ({"respond_within": 24}, "positive"),
    ],
)
def test_an_agreement_needs_both_sides_and_a_time(fields, problem):
    """What one side has not signed is no agreement."""
    sound = {"respond_within": HOUR, "marketing": "Ani", "sales": "Reza"}

    with pytest.raises(InvalidDefinition, match=problem):
        Agreement(BANT, **{**sound, **fields})


@pytest.mark.parametrize("thing", [None, "BANT", type(BANT), lambda _lead: 50])
def test_what_both_sign_is_a_policy(thing):
    """Its name alone judges nothing."""
    with pytest.raises(WrongKind, match="allowed: a policy, such as BANT"):
        Agreement(thing, respond_within=HOUR, marketing="Ani", sales="Reza")


@pytest.mark.parametrize("thing", ["yes", True, Acceptance])
def test_sales_answers_by_an_acceptance_or_a_rejection(thing):
    """A word has no time and no reason."""
    offer = HandOff("7", source="fair", offered_at=MONDAY)

    with pytest.raises(WrongKind, match="allowed: an Acceptance or a Rejection"):
        offer.answered(thing)
    with pytest.raises(WrongKind, match="hand_off is of the wrong kind"):
        OURS.is_late(thing, at=MONDAY)


@given(offers)
def test_every_offer_is_accounted_for(offers):
    """Accepted, rejected and waiting make up the offered, and the sources make up the whole."""
    *sources, everything = OURS.measure(offers, at=MONDAY + 3 * HOUR)

    assert everything.offered == len(offers) == sum(count.offered for count in sources)
    assert everything.waiting == sum(hand_off.answer is None for hand_off in offers)
    assert everything.accepted == sum(count.accepted for count in sources)


def test_a_measure_takes_hand_offs_at_a_moment():
    """Leads are no hand-offs, and without a moment nothing is late."""
    with pytest.raises(WrongKind, match="hand_offs is of the wrong kind: None"):
        OURS.measure([None], at=MONDAY)
    with pytest.raises(InvalidValue, match=r"^at "):
        OURS.measure([], at=None)
    with pytest.raises(InvalidValue, match=r"^at "):
        OURS.judge({}, at=MONDAY.replace(tzinfo=None))


def test_an_answer_is_recorded_on_a_new_hand_off():
    """The earlier hand-off still stands."""
    offer = HandOff("7", source="fair", offered_at=MONDAY)
    yes = Acceptance(at=MONDAY + HOUR)

    taken = offer.answered(yes)

    assert (taken.answer, offer.answer, taken.response_time) == (yes, None, HOUR)
