"""The agreement between marketing and sales, and how it is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.analytics.agreement import Agreement
from salesfunnel.errors import InvalidDefinition, InvalidValue, WrongKind
from salesfunnel.history import as_of
from salesfunnel.leads import HandOff, Lead, handoff
from salesfunnel.qualification import BANT
from salesfunnel.values import Period, WorkingHours

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
OURS = Agreement(BANT, respond_within=24 * HOUR, marketing="Ani", sales="Reza")
GOOD = {"need": True, "budget": True, "timing": True}


def offered(
    source="web", *, words="", called_after=None, answer="", answered_after=2 * HOUR, **told
):
    """Offer a lead on Monday morning, and answer, by a reason or a yes, a while later."""
    lead = Lead.capture(company="Novin", source=source, source_words=words, at=MONDAY)
    lead = handoff.offer(lead.answer(GOOD, at=MONDAY), BANT, at=MONDAY)
    if called_after is not None:
        lead = lead.log("call", reached=False, at=MONDAY + called_after)
    if answer == "yes":
        return handoff.accept(lead, at=MONDAY + max(answered_after, called_after or HOUR))
    if answer:
        answered = MONDAY + max(answered_after, called_after or HOUR)
        return handoff.decline(lead, answer, at=answered, **told)
    return lead


def the_offer(lead):
    """Give the one offer of a lead."""
    [found] = handoff.hand_offs(lead.timeline)
    return found


LEADS = st.lists(
    st.builds(
        offered,
        st.sampled_from(["exhibition", "web"]),
        called_after=st.none() | st.builds(timedelta, hours=st.integers(0, 4)),
        answer=st.sampled_from(["", "yes", "poor_fit", "not_now"]),
    ),
    max_size=6,
)


def test_marketing_learns_which_leads_are_wanted():
    """Offers are counted by source, those declined by reason, and the whole at the end."""
    leads = [
        offered("exhibition", answer="yes", answered_after=HOUR),
        offered("exhibition", answer="not_now", recycle_on=MONDAY + 99 * 24 * HOUR),
        offered("web", answer="poor_fit"),
        offered("web", answer="poor_fit"),
        offered("web"),
        Lead.capture(company="Never offered", at=MONDAY),
    ]

    fair, web, everything = map(str, OURS.measure(leads, at=MONDAY + 25 * HOUR))

    assert fair == (
        "Exhibition: 2 offered, 1 accepted, 1 declined (1 Not now), 1 recycled, 0 waiting, 0 late; "
        "accepted 1 of 2 (50%, 95% CI 9–91%); half of the responses came within 1 h 30 min, "
        "half of all have one within 1 h"
    )
    assert web == (
        "Web: 3 offered, 0 accepted, 2 declined (2 Poor fit), 0 recycled, 1 waiting, 1 late; "
        "accepted 0 of 2 (0%, 95% CI 0–66%); half of the responses came within 2 h, "
        "half of all have one within 2 h"
    )
    assert everything.startswith(
        "all sources: 5 offered, 1 accepted, 3 declined (2 Poor fit, 1 Not now)"
    )


@pytest.mark.parametrize(
    ("lead", "late"),
    [
        (offered(answer="yes", answered_after=24 * HOUR, source="web"), False),
        (offered(answer="yes", answered_after=25 * HOUR, source="web"), True),
        (offered(answer="yes", answered_after=25 * HOUR, called_after=HOUR, source="web"), False),
        (offered("web", called_after=HOUR), False),
        (offered("web"), True),
    ],
)
def test_the_first_response_counts(lead, late):
    """A call in time is in time, even if the answer takes longer; silence is late."""
    assert OURS.is_late(the_offer(lead), at=MONDAY + 48 * HOUR) is late


def test_story_20_an_offer_of_wednesday_afternoon_is_late_after_ten_on_thursday():
    """Two working hours were agreed; the office closes at five and opens at nine."""
    tehran = ZoneInfo("Asia/Tehran")
    office = WorkingHours(dict.fromkeys(("wed", "thu"), ("09:00", "17:00")), zone=tehran)
    ours = Agreement(BANT, respond_within=2 * HOUR, marketing="Ani", sales="Reza")
    wednesday, ten = (datetime(2026, 3, d, h, tzinfo=tehran) for d, h in ((4, 16), (5, 10)))
    september = datetime(2026, 9, 1, tzinfo=tehran)
    lead = Lead.capture(company="Novin", source="web", at=wednesday).answer(GOOD, at=wednesday)
    waiting = handoff.offer(lead, BANT, at=wednesday)
    declined = handoff.decline(waiting, "not_now", recycle_on=september, at=ten + HOUR)

    [at_ten, _] = ours.measure([waiting], at=ten, hours=office)
    [after_ten, _] = ours.measure([waiting], at=ten + timedelta(minutes=1), hours=office)
    [told, _] = ours.measure([declined], at=ten + HOUR, hours=office)

    assert (at_ten.late, after_ten.late) == (0, 1)
    assert (declined.stage, declined.nurture_until) == ("nurturing", september)
    assert (told.recycled, told.late, told.median_response) == (1, 1, 3 * HOUR)


@given(LEADS, st.integers(0, 4))
def test_what_comes_later_changes_no_measure(leads, hours):
    """A measure of yesterday stays the same, no matter what was called or answered since."""
    then = MONDAY + hours * HOUR
    known = [as_of(lead, at=then) for lead in leads]

    assert OURS.measure(leads, at=then) == OURS.measure(known, at=then)


def test_an_answer_that_is_not_there_yet_keeps_the_lead_waiting():
    """On Tuesday it is not known that sales will call on Thursday."""
    thursday = offered("web", answer="yes", answered_after=72 * HOUR, called_after=71 * HOUR)

    tuesday, _ = OURS.measure([thursday], at=MONDAY + 25 * HOUR)

    assert (tuesday.accepted, tuesday.waiting, tuesday.late) == (0, 1, 1)
    assert tuesday.median_response is None


def test_a_lead_that_is_offered_twice_counts_twice():
    """The second offer has an answer of its own."""
    again = handoff.offer(offered("web", answer="wrong_data"), BANT, at=MONDAY + 3 * HOUR)

    [web, whole] = OURS.measure([again], at=MONDAY + 4 * HOUR)

    assert (web.offered, web.declined, web.waiting) == (2, (("wrong_data", 1),), 1)
    assert whole.source is None


def test_an_offer_that_was_taken_back_waits_for_no_one():
    """It is neither accepted nor declined, and late only if it had waited too long by then."""
    soon, late = (handoff.withdraw(offered("web"), at=MONDAY + hours * HOUR) for hours in (1, 25))

    [web, _] = OURS.measure([soon, late], at=MONDAY + 99 * HOUR)

    assert (web.offered, web.withdrawn, web.waiting, web.late) == (2, 2, 0, 1)
    assert str(web) == (
        "Web: 2 offered, 0 accepted, 0 declined, 2 withdrawn, 0 recycled, 0 waiting, 1 late; "
        "accepted 0 of 0 (unknown); no response yet"
    )


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


@given(LEADS)
def test_every_offer_is_accounted_for(leads):
    """Accepted, declined and waiting make up the offered, and the sources make up the whole."""
    *sources, everything = OURS.measure(leads, at=MONDAY + 9 * HOUR)

    assert everything.offered == len(leads) == sum(count.offered for count in sources)
    assert everything.waiting == sum(the_offer(lead).is_open for lead in leads)
    assert everything.accepted == sum(count.accepted for count in sources)


def test_a_measure_takes_leads_at_a_moment():
    """Rows are no leads, and without a moment nothing is late."""
    with pytest.raises(WrongKind, match="leads is of the wrong kind: None"):
        OURS.measure([None], at=MONDAY)
    with pytest.raises(WrongKind, match="hours is of the wrong kind"):
        OURS.measure([], at=MONDAY, hours="9 to 5")
    with pytest.raises(WrongKind, match="hand_off is of the wrong kind"):
        OURS.is_late("7", at=MONDAY)
    with pytest.raises(InvalidValue, match=r"^at "):
        OURS.measure([], at=None)
    with pytest.raises(InvalidValue, match=r"^at "):
        OURS.is_late(HandOff(to="sales", offered_at=MONDAY, policy="BANT"), at=None)
    with pytest.raises(InvalidValue, match=r"^at "):
        OURS.judge({}, at=MONDAY.replace(tzinfo=None))


def test_a_recycled_lead_that_is_offered_again_has_returned():
    """What sales declined until a day, and marketing offered once more; a refusal stays one."""
    once = offered("web", answer="not_now", recycle_on=MONDAY + 99 * 24 * HOUR)
    again = handoff.offer(once, BANT, at=MONDAY + 100 * 24 * HOUR)
    never = offered("web", answer="poor_fit")

    [web, _] = OURS.measure([once, again, never], at=MONDAY + 101 * 24 * HOUR)

    assert (web.offered, web.recycled, web.returned, web.waiting) == (4, 2, 1, 1)
    assert "2 recycled (1 offered again), 1 waiting" in str(web)
    assert str(web.acceptance).startswith("0 of 3")
    assert web.as_data()["declined"] == {"not_now": 2, "poor_fit": 1}
    assert "declined: Not now 2" in web._repr_html_()


def test_those_still_waiting_make_the_half_time_longer():
    """Half of the answered say two hours; of all four not half has an answer yet."""
    leads = [offered(answer="yes"), offered(), offered(), offered()]

    [_, whole] = OURS.measure(leads, at=MONDAY + 9 * HOUR)

    assert (whole.median_response, whole.half_answered) == (2 * HOUR, None)
    assert whole.as_data()["half_answered"] is None


def test_a_source_that_no_one_told_is_not_the_source_other():
    """It is called so in print, stands behind the others, and a later word for it comes later."""
    other, untold = (offered("other", words=words) for words in ("my aunt", ""))
    later = untold.amend(source="web", at=MONDAY + 9 * HOUR)

    found = OURS.measure([later, other], at=MONDAY + 4 * HOUR)

    assert [count.source for count in found] == ["other", "", None]
    assert [str(count).split(":")[0] for count in found] == ["Other", "(not known)", "all sources"]
    assert [count.source for count in OURS.measure([later], at=MONDAY + 9 * HOUR)] == ["web", None]


def test_only_the_offers_of_a_period_are_measured():
    """The same agreement, month by month."""
    march = Period(date(2026, 3, 1), date(2026, 4, 1))
    april = Period(date(2026, 4, 1), date(2026, 5, 1))
    later = MONDAY + 99 * 24 * HOUR

    assert OURS.measure([offered()], at=later, offered_in=march)[-1].offered == 1
    assert OURS.measure([offered()], at=later, offered_in=april)[-1].offered == 0
    with pytest.raises(InvalidValue, match="offered_in begins after"):
        OURS.measure([offered()], at=MONDAY, offered_in=april)
