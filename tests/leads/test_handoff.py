"""A lead is offered to sales, and sales says yes or no."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from salesfunnel.activities import agenda, correct, owner_history, withdraw
from salesfunnel.errors import InvalidHistory, InvalidValue, MoveRefused, WrongKind
from salesfunnel.history import as_of
from salesfunnel.leads import Lead, LeadAccepted, LeadOffered, handoff, nurturing
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import LEAD_PIPELINE, Stage
from salesfunnel.qualification import BANT, policy
from salesfunnel.rules import yes

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRIDAY = MONDAY + 4 * DAY
GOOD = Lead.capture(company="Novin", owner="Ani", at=MONDAY).answer(
    {"need": True, "budget": True, "timing": True}, at=MONDAY
)
OFFERED = handoff.offer(GOOD, BANT, by="Ani", at=MONDAY)


def refusal_of(verb, *args, **told):
    """Give the refusal of a verb."""
    with pytest.raises(MoveRefused) as refused:
        verb(*args, **{"at": MONDAY, **told})
    return refused.value.refusal


def test_an_offer_keeps_what_it_was_made_for():
    """Policy, version, fingerprint and findings stand on the timeline, and on the lead."""
    event, offer = OFFERED.timeline[-1], OFFERED.hand_off

    assert (event.policy, event.policy_version, event.fingerprint) == (
        BANT.name,
        BANT.version,
        BANT.fingerprint,
    )
    assert (event.floor, event.ceiling) == (80, 100)
    assert offer.findings == BANT.assess(GOOD, at=MONDAY).findings
    assert (offer.to, offer.offered_at, offer.is_open) == ("sales", MONDAY, True)
    assert Lead.replay(OFFERED.timeline) == OFFERED
    assert yes("hand_off.is_open").holds(OFFERED, at=MONDAY) is True


def test_a_policy_without_a_fingerprint_may_be_offered_for():
    """A function cannot be named, and an assessment does not say by what it was made."""
    by_function = handoff.offer(GOOD, policy("model", lambda _lead: 99, threshold=50), at=MONDAY)
    said = BANT.assess(GOOD, at=MONDAY)

    assert by_function.hand_off.fingerprint == ""
    assert handoff.offer(GOOD, said, at=MONDAY).hand_off.fingerprint == ""


def test_a_fingerprint_that_is_no_text_is_none():
    """A policy of another make may call something else by that name."""

    class Odd:
        name, fingerprint = "odd", 7

        def assess(self, lead, /, *, at):
            return BANT.assess(lead, at=at)

    assert handoff.offer(GOOD, Odd(), at=MONDAY).hand_off.fingerprint == ""


@pytest.mark.parametrize(
    ("lead", "told", "code"),
    [
        (Lead.capture(company="Novin", at=MONDAY), {}, "not_qualified"),
        (OFFERED, {}, "offer_open"),
        (GOOD.disqualify("junk", at=MONDAY), {}, "offer_of_closed"),
        (GOOD, {"at": MONDAY - DAY}, "too_early"),
    ],
)
def test_an_offer_that_cannot_be_made_says_why(lead, told, code):
    """Only an open lead that the policy qualifies is offered, and once at a time."""
    assert code in [o.code for o in refusal_of(handoff.offer, lead, BANT, **told).objections]


def test_sales_accepts_and_the_lead_has_an_owner():
    """The answer and the new owner are both told."""
    taken = handoff.accept(OFFERED, owner="Reza", note="mine", by="Reza", at=MONDAY + HOUR)

    assert (taken.hand_off.is_accepted, taken.hand_off.answered_at) == (True, MONDAY + HOUR)
    assert taken.owner == "Reza"
    assert [interval.owner for interval in owner_history(taken.timeline)] == ["Ani", "Reza"]
    assert Lead.replay(taken.timeline) == taken


@pytest.mark.parametrize("owner", ["", "Ani"])
def test_the_owner_stays_where_no_other_is_named(owner):
    """Accepting alone gives the lead to no one else."""
    taken = handoff.accept(OFFERED, owner=owner, at=MONDAY)

    assert (taken.owner, type(taken.timeline[-1])) == ("Ani", LeadAccepted)


def test_sales_declines_and_the_lead_stays_where_it_is():
    """A reason is enough."""
    back = handoff.decline(OFFERED, "wrong_data", note="no such number", at=MONDAY + HOUR)

    assert (back.stage, back.hand_off.reason, back.hand_off.is_accepted) == (
        "new",
        "wrong_data",
        False,
    )
    assert handoff.offer(back, BANT, at=MONDAY + HOUR).hand_off.is_open


def test_not_now_is_nurtured_until_its_day():
    """Nothing has to be remembered: the lead waits until then."""
    later = handoff.decline(OFFERED, "not_now", recycle_on=MONDAY + 90 * DAY, at=MONDAY + HOUR)

    assert (later.stage, later.nurture_until) == ("nurturing", MONDAY + 90 * DAY)
    assert later.hand_off.recycle_on == MONDAY + 90 * DAY
    june = handoff.decline(OFFERED, "not_now", recycle_on=date(2026, 6, 1), at=MONDAY + HOUR)
    assert june.nurture_until == june.hand_off.recycle_on == datetime(2026, 6, 1, tzinfo=UTC)
    with pytest.raises(InvalidValue, match=r"^at has no time zone"):
        handoff.decline(
            OFFERED, "not_now", recycle_on=june.nurture_until.date(), at=MONDAY.replace(tzinfo=None)
        )


def test_a_lead_goes_back_to_an_earlier_stage():
    """It was qualified too soon, so it is a contact again."""
    lead = handoff.offer(GOOD.qualify(BANT, at=MONDAY), BANT, at=MONDAY)

    back = handoff.decline(lead, "no_need", back_to="contacted", at=MONDAY + HOUR)

    assert (back.stage, back.timeline[-1].trigger) == ("contacted", "decline")
    assert Lead.replay(back.timeline) == back


@pytest.mark.parametrize("back_to", ["new", "qualified", "disqualified", "nowhere"])
def test_back_is_an_open_stage_before_this_one(back_to):
    """A new lead has none before it, and a closed or unknown stage is no way back."""
    refusal = refusal_of(handoff.decline, OFFERED, "no_need", back_to=back_to)

    assert (refusal.code, refusal.trigger) == ("not_an_earlier_stage", "decline")
    assert refusal.objections[0].remedy == "one of: none"


def test_the_stage_to_which_a_lead_goes_back_is_asked():
    """What a stage requires, it requires from each side."""
    asking = LEAD_PIPELINE.stage("contacted")
    stages = [
        Stage("contacted", requires="person") if stage == asking else stage
        for stage in LEAD_PIPELINE.stages
    ]
    pipeline = type(LEAD_PIPELINE)("asking", stages=stages, moves=LEAD_PIPELINE.moves)
    lead = Lead.capture(company="Novin", pipeline=pipeline, at=MONDAY).answer(
        {"need": True, "budget": True, "timing": True}, at=MONDAY
    )
    lead = handoff.offer(lead.qualify(BANT, at=MONDAY), BANT, at=MONDAY)

    refusal = refusal_of(handoff.decline, lead, "no_need", back_to="contacted")

    assert "person" in refusal.objections[0].message


def test_a_lead_goes_back_or_waits():
    """Not both at once; the date is for waiting."""
    with pytest.raises(InvalidValue, match="back_to is given beside recycle_on"):
        handoff.decline(OFFERED, "not_now", recycle_on=MONDAY + DAY, back_to="contacted", at=MONDAY)


@pytest.mark.parametrize("lead", [GOOD, handoff.accept(OFFERED, at=MONDAY)])
def test_only_an_open_offer_is_answered(lead):
    """There is nothing to say where nothing waits."""
    assert refusal_of(handoff.accept, lead).code == "no_open_offer"
    assert refusal_of(handoff.decline, lead, "no_need").code == "no_open_offer"


def test_an_answer_without_an_offer_is_no_history():
    """A stored timeline that lost the offer is refused."""
    kept = [e for e in handoff.accept(OFFERED, at=MONDAY).timeline if type(e) is not LeadOffered]

    with pytest.raises(InvalidHistory, match="LeadAccepted, which does not fit"):
        Lead.replay(kept)
    assert handoff.hand_offs(kept) == ()


def test_an_offer_that_was_a_mistake_is_taken_back():
    """It waits no longer, counts as neither answer, and the lead can be offered again."""
    back = handoff.withdraw(OFFERED, note="too early", by="Ani", at=MONDAY + HOUR)

    assert (back.stage, back.hand_off.is_open, back.hand_off.is_accepted) == ("new", False, None)
    assert back.hand_off.withdrawn_at == MONDAY + HOUR
    assert refusal_of(handoff.accept, back, at=FRIDAY).code == "no_open_offer"
    assert refusal_of(handoff.withdraw, back, at=FRIDAY).code == "no_open_offer"
    assert agenda([back], at=FRIDAY) == ()
    again = handoff.offer(back, BANT, at=FRIDAY)
    assert [offer.withdrawn_at for offer in handoff.hand_offs(again.timeline)] == [
        MONDAY + HOUR,
        None,
    ]
    assert Lead.replay(again.timeline) == again
    assert back.timeline[-1].note == "too early"


def test_the_first_attempt_counts_when_it_happened():
    """A call of ours counts; theirs, a campaign, an earlier and a withdrawn one do not."""
    lead = GOOD.log("call", reached=False, at=MONDAY + HOUR)
    lead = handoff.offer(lead, BANT, at=MONDAY + HOUR).log("call", inbound=True, at=MONDAY + DAY)
    lead = lead.log("sms", campaign="spring", at=MONDAY + DAY)
    none = withdraw(lead.log("call", id="7", at=MONDAY + DAY), "7", at=MONDAY + DAY)
    tried = lead.log("call", id="8", at=MONDAY + DAY)
    tried = correct(tried, "8", when=MONDAY + 2 * HOUR, at=MONDAY + DAY)
    twice = tried.log("call", id="9", at=MONDAY + 2 * DAY)

    for noun, expected in ((none, None), (tried, 2 * HOUR), (twice, 2 * HOUR)):
        [offer] = handoff.hand_offs(noun.timeline)
        assert offer.response_at == (expected and MONDAY + expected)


def test_the_answer_is_a_response_where_it_came_first():
    """What comes first, the answer or the attempt, is the first response."""
    taken = handoff.accept(OFFERED, at=MONDAY + HOUR).log("call", at=MONDAY + DAY)

    [offer] = handoff.hand_offs(taken.timeline)

    assert (offer.first_attempt, offer.response_at) == (MONDAY + DAY, MONDAY + HOUR)


def test_each_offer_is_listed_with_its_answer():
    """Declined in March, offered again and accepted in June."""
    lead = handoff.decline(OFFERED, "not_now", recycle_on=MONDAY + DAY, at=MONDAY)
    lead = handoff.accept(handoff.offer(lead, BANT, at=MONDAY + 9 * DAY), at=MONDAY + 10 * DAY)

    first, second = handoff.hand_offs(lead.timeline)

    assert (first.is_accepted, second.is_accepted) == (False, True)
    assert as_of(lead, at=MONDAY).hand_off.is_accepted is False


@pytest.mark.parametrize(
    "verb",
    [
        lambda noun: handoff.offer(noun, BANT, at=MONDAY),
        lambda noun: handoff.accept(noun, at=MONDAY),
        lambda noun: handoff.decline(noun, "not_now", at=MONDAY),
        lambda noun: handoff.withdraw(noun, at=MONDAY),
        lambda noun: nurturing.resume(noun, at=MONDAY),
    ],
)
@pytest.mark.parametrize("noun", [Opportunity.open(id="7", at=MONDAY), None, Lead])
def test_only_a_lead_is_handed_over_or_taken_up_again(verb, noun):
    """A deal has neither an offer nor a nurturing."""
    with pytest.raises(WrongKind, match="lead is of the wrong kind"):
        verb(noun)
