"""The laws of activities, for anything that happens to a lead, a deal or an account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesfunnel.accounts import Account
from salesfunnel.activities import ActivityLogged, correct, withdraw
from salesfunnel.conversion import plan_conversion
from salesfunnel.history import apply, as_of
from salesfunnel.leads import Lead
from salesfunnel.rules import field, rule_from_json, rule_to_json
from salesfunnel.testing import accounts, leads, opportunities
from tests.activities.oracle import counting, scanned

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
MAYBE = st.none() | st.booleans()
KINDS = st.sampled_from(["call", "email", "sms", "visit"])
CAMPAIGNS = st.sampled_from(["", "spring"])
NOUNS = leads() | opportunities() | accounts()
few = settings(max_examples=max(settings.default.max_examples // 2, 10))


def later(noun):
    """Give a time after all that has happened."""
    return noun.timeline[-1].at + timedelta(hours=1)


@given(NOUNS, KINDS, MAYBE, MAYBE, CAMPAIGNS)
def test_only_contact_contacts(noun, kind, inbound, reached, campaign):
    """An activity is either one more contact or one more attempt, and only contact ends silence."""
    at, before = later(noun), noun.engagement

    after = noun.log(kind, inbound=inbound, reached=reached, campaign=campaign, at=at).engagement

    told = ActivityLogged(at=at, kind=kind, inbound=inbound, reached=reached, campaign=campaign)
    assert after.times_in_contact == before.times_in_contact + told.is_contact
    assert after.attempts == before.attempts + (not told.is_contact)
    assert after.quiet_since == (at if told.is_contact else before.quiet_since)


@given(NOUNS, KINDS, st.sampled_from([None, False]))
def test_an_attempt_never_moves_a_stage(noun, kind, inbound):
    """A call that reached no one, and a message to many, leave everything where it stands."""
    tried = noun.log(kind, inbound=inbound, reached=False, at=later(noun))
    sent = tried.log("sms", campaign="spring", inbound=inbound, at=later(noun))

    assert sent.version == noun.version + 2
    assert getattr(sent, "stage", "") == getattr(noun, "stage", "")


@given(NOUNS, st.timedeltas(timedelta(), timedelta(days=90)))
def test_entered_late_counts_when_it_happened(noun, ago):
    """Facts tell when it happened; the stage, if it moves, moves when it is entered."""
    at = later(noun)

    logged = noun.log("visit", when=at - ago, at=at)

    assert logged.engagement.last_contact == max(at - ago, noun.engagement.last_contact or at - ago)
    assert all(event.at == at for event in logged.events_since(noun.version))
    if isinstance(noun, Lead) and logged.stage != noun.stage:
        assert logged.stage_since == at


@given(NOUNS, st.timedeltas(timedelta(), timedelta(days=90)))
def test_as_of_knows_only_what_was_entered(noun, ago):
    """Before it was entered nothing was known of it, however long ago it happened."""
    at = later(noun)

    logged = noun.log("visit", when=at - ago, at=at)

    assert as_of(logged, at=at - timedelta(minutes=1)) == noun


@given(NOUNS, KINDS, MAYBE)
def test_same_activity_id_is_once(noun, kind, reached):
    """A mailbox that is read twice tells nothing new, whichever way the event comes."""
    once = noun.log(kind, reached=reached, id="mail 7", at=later(noun))

    assert once.log(kind, reached=True, id="mail 7", at=later(once)) is once
    again = ActivityLogged(at=later(once), kind=kind, reached=True, id="mail 7")
    assert apply(once, again).engagement == once.engagement


@given(NOUNS)
def test_engagement_is_the_fold(noun):
    """What is kept with each activity is what reading the whole timeline would find."""
    assert noun.engagement == scanned(noun.timeline)
    assert all(noun.engagement.knows(a.id) for a in counting(noun.timeline))


@given(NOUNS)
def test_quiet_since_is_never_unknown_once_begun(noun):
    """There is always an answer to "how long have they heard nothing of us?"."""
    begun = noun.timeline[0].at

    assert noun.engagement.quiet_since == (noun.engagement.last_contact or begun)


@given(leads(stage="new"))
def test_an_auto_reply_is_no_answer(lead):
    """What a machine sends back is inbound, but has reached no one and moves nothing."""
    replied = lead.log("email", inbound=True, reached=False, outcome="auto_reply", at=later(lead))

    assert replied.stage == "new"
    assert replied.engagement.last_inbound == lead.engagement.last_inbound
    assert replied.engagement.times_in_contact == lead.engagement.times_in_contact


@few
@given(leads(stage="qualified"))
def test_conversion_counts_no_activity_twice(lead):
    """Calls to the lead stay with the lead; account and deal begin with none of their own."""
    done = plan_conversion(lead).apply(at=later(lead))

    together = [noun.engagement.activities for noun in done]
    assert together == [lead.engagement.activities, 0, 0]


RULES = [
    field("engagement.quiet_since").older_than(days=30),
    field("engagement.attempts") >= 3,
    field("engagement.times_in_contact") < 1,
    field("engagement.last_contact").within(days=7),
    field("steps.next.due").older_than(days=0),
    field("steps.count") >= 1,
]


@few
@given(NOUNS, st.sampled_from(RULES), st.timedeltas(timedelta(), timedelta(days=90)))
def test_facts_say_the_same_in_python_and_json(noun, rule, ago):
    """A rule about engagement is data: sent as JSON it gives the same answer."""
    at = noun.timeline[-1].at + ago

    assert rule_from_json(rule_to_json(rule)).holds(noun, at=at) is rule.holds(noun, at=at)


@few
@given(NOUNS, KINDS, MAYBE)
def test_corrected_is_as_if_it_had_been_entered_so(noun, kind, reached):
    """After a correction all facts are those of the right entry, but for the stage."""
    at = later(noun)
    right = noun.log(kind, reached=reached, id="call 7", at=at)

    wrong = noun.log("call", reached=True, id="call 7", note="hm", at=at)
    corrected = correct(wrong, "call 7", kind=kind, reached=reached, at=later(wrong))

    assert corrected.engagement == right.engagement
    assert corrected.timeline[: wrong.version] == wrong.timeline
    assert type(noun).replay(corrected.timeline) == corrected


@few
@given(NOUNS)
def test_withdrawn_is_as_if_it_had_never_been_entered(noun):
    """After a withdrawal nothing of the activity is left but the timeline, and the stage."""
    logged = noun.log("visit", id="visit 7", at=later(noun))

    withdrawn = withdraw(logged, "visit 7", at=later(logged))

    assert withdrawn.engagement == noun.engagement
    assert withdrawn.steps == noun.steps
    assert not withdrawn.engagement.knows("visit 7")
    assert type(noun).replay(withdrawn.timeline) == withdrawn


@pytest.mark.parametrize("many", [1, 100])
def test_ids_that_are_known_stay_known(many):
    """However many activities there are, each counts once, and no other id is taken for known."""
    account = Account.open(id="7", name="Novin", at=MONDAY)
    for number in range(many):
        account = account.log("email", id=f"mail {number}", at=MONDAY)

    assert account.engagement.activities == many
    assert all(account.engagement.knows(f"mail {number}") for number in range(many))
    assert not account.engagement.knows(f"mail {many}")
