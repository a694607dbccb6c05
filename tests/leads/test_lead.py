"""The life of a lead, and what is refused on the way."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

import attrs
import pytest

from salesfunnel.errors import InvalidDefinition, InvalidHistory, InvalidValue, MoveRefused
from salesfunnel.leads import Lead, LeadAmended, LeadCaptured, LeadConverted, LeadMoved
from salesfunnel.pipeline import LEAD_PIPELINE, Guard, Move, Pipeline, Stage
from salesfunnel.qualification import BANT, Verdict
from salesfunnel.values import Answer, Company, ContactPoint, Person, Source

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture
def lead():
    """A lead that has just come in."""
    return Lead.capture(person="Sara Ahmadi", company="Novin Tejarat", at=MONDAY)


@pytest.fixture
def convincing(lead):
    """A lead that has answered all that matters with yes."""
    for question in ("need", "budget", "timing"):
        lead = lead.answer(question, True, at=MONDAY)
    return lead


@pytest.mark.parametrize(
    "who",
    [{"person": "Sara"}, {"company": "Novin"}, {"email": "a@b.example"}, {"phone": "021 8877"}],
)
def test_one_way_to_reach_a_lead_is_enough(who):
    """A lead is a person, a company, or an address; it need not be all of them."""
    assert Lead.capture(**who, at=MONDAY).stage == "new"


def test_a_lead_of_whom_nothing_is_known_is_refused():
    """There must be a person, a company or an address, or at least an id from elsewhere."""
    with pytest.raises(InvalidValue, match=r"^lead has nothing that tells who it is"):
        Lead.capture(source=Source.FAX, at=MONDAY)

    assert Lead.capture(id="00Q1", at=MONDAY).id == "00Q1"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"person": 5}, "person"),
        ({"person": Company("Novin")}, "person"),
        ({"person": " "}, "person"),
        ({"company": Person("Sara")}, "company"),
        ({"contact_points": ["sara@novin.example"]}, "contact_points"),
        ({"contact_points": "sara@novin.example"}, "contact_points"),
        ({"contact_points": 5}, "contact_points"),
        ({"email": 5}, "contact point"),
        ({"source": "a dream"}, "source"),
        ({"source_words": 5}, "source_words"),
        ({"details": {"hall": object()}}, "details"),
        ({"details": {"hall": "\x00"}}, "details"),
        ({"details": {5: "hall"}}, "details"),
        ({"details": {" ": "5"}}, "details"),
        ({"details": [("hall", "5")]}, "details"),
        ({"id": 5}, "id"),
        ({"id": " "}, "id"),
        ({"by": "two\nlines"}, "by"),
        ({"pipeline": "lead"}, "pipeline"),
        ({"at": datetime(2026, 3, 2)}, "at"),  # noqa: DTZ001 - that is the point
    ],
)
def test_a_lead_is_not_captured_with_impossible_facts(wrong, field):
    """What is wrong is refused by the name of its field."""
    with pytest.raises(InvalidValue, match=f"^{re.escape(field)} "):
        Lead.capture(**{"company": "Novin", "at": MONDAY, **wrong})


@pytest.mark.parametrize(
    "verb",
    [
        lambda lead: lead.amend(person="Sara", at=MONDAY),
        lambda lead: lead.amend(company=Person("Sara"), at=MONDAY),
        lambda lead: lead.amend(contact_points=[Person("Sara")], at=MONDAY),
        lambda lead: lead.amend(source="a dream", at=MONDAY),
        lambda lead: lead.amend(details={"hall": object()}, at=MONDAY),
        lambda lead: lead.amend(stage="qualified", at=MONDAY),
        lambda lead: lead.amend(at=MONDAY),
        lambda lead: lead.log(" ", at=MONDAY),
        lambda lead: lead.log("call", inbound=True, note="\x00", at=MONDAY),
        lambda lead: lead.log("call", inbound=True, by="\u202e", at=MONDAY),
        lambda lead: lead.answer("not a word", True, at=MONDAY),
        lambda lead: lead.answer("need", object(), at=MONDAY),
        lambda lead: lead.nurture(until=MONDAY, at=MONDAY),
        lambda lead: lead.nurture(until=datetime(2027, 1, 1), at=MONDAY),  # noqa: DTZ001
        lambda lead: lead.disqualify("junk", trigger="nurture", at=MONDAY),
        lambda lead: lead.qualify("yes", at=MONDAY),
    ],
)
def test_a_verb_refuses_impossible_facts(lead, verb):
    """Wrong types and texts that cannot be shown are refused as invalid, and nothing else."""
    with pytest.raises(InvalidValue):
        verb(lead)


def test_an_event_can_amend_no_more_than_a_verb(lead):
    """A stored event cannot smuggle a lead into another stage."""
    with pytest.raises(
        InvalidValue, match=r"^amend cannot change stage; allowed: person, role, company,"
    ):
        LeadAmended(at=MONDAY, amended={"stage": "converted"})
    with pytest.raises(InvalidHistory, match=r"^timeline leaves qualified, which was not"):
        Lead.replay(
            [
                *lead.timeline,
                LeadConverted(
                    at=MONDAY,
                    trigger="convert",
                    from_stage="qualified",
                    to_stage="converted",
                    account_id="1",
                    opportunity_id="2",
                ),
            ]
        )


@pytest.mark.parametrize("field", ["floor", "ceiling"])
def test_a_stored_score_is_a_number_of_points(convincing, field):
    """An event from elsewhere cannot put a text where an assessment puts points."""
    event = convincing.qualify(BANT.assess(convincing, at=MONDAY), at=MONDAY).timeline[-1]

    with pytest.raises(InvalidValue, match=f"^{field} is of the wrong kind"):
        attrs.evolve(event, **{field: "80"})


def test_a_correction_leaves_everything_else(lead):
    """Amending changes the fields that are named, and the old values stay on the timeline."""
    amended = lead.amend(person=Person("Sara Ahmadi", job_title="CFO"), source="fax", at=FRIDAY)

    assert (amended.person.job_title, amended.source) == ("CFO", Source.FAX)
    assert (amended.company, amended.id, amended.stage) == (lead.company, lead.id, "new")
    assert Lead.replay(amended.timeline[:1]) == lead


@pytest.mark.parametrize("stage", ["qualified", "converted", "disqualified"])
def test_a_call_never_throws_a_lead_back(stage):
    """Talking with a lead that is further on, or closed, is recorded and moves nothing."""
    lead = Lead.capture(company="Novin", stage=stage, at=MONDAY)

    called = lead.log("call", inbound=True, at=FRIDAY)

    assert (called.stage, called.version) == (stage, 2)


def test_a_lead_is_nurtured_until_a_day_that_begins_where_one_stands(lead):
    """The first of June begins at midnight in Tehran, and not in Greenwich."""
    tehran = timezone(timedelta(hours=3, minutes=30))
    here, june = MONDAY.astimezone(tehran), date(2026, 6, 1)
    begins = datetime(2026, 6, 1, tzinfo=tehran)

    assert lead.nurture(until=june, at=here) == lead.nurture(until=begins, at=here)
    assert lead.nurture(until=june, at=MONDAY).nurture_until == begins.replace(tzinfo=UTC)
    with pytest.raises(InvalidValue, match="until looks like a Jalali date"):
        lead.nurture(until=date(1405, 3, 11), at=here)
    with pytest.raises(InvalidValue, match="until is not a moment"):
        lead.nurture(until="June", at=here)


def test_a_nurtured_lead_waits_until_a_date(lead):
    """The date is a field, so that a list of whom to call today is a comparison."""
    waiting = lead.nurture(until=FRIDAY, at=MONDAY)

    assert waiting.nurture_until == FRIDAY
    assert waiting.log("call", inbound=True, at=FRIDAY).nurture_until is None
    assert waiting.disqualify("junk", at=FRIDAY).nurture_until is None


def test_a_lead_is_qualified_by_an_assessment(convincing):
    """The timeline keeps by which policy, and with which score."""
    qualified = convincing.qualify(BANT.assess(convincing, at=FRIDAY), at=FRIDAY)

    event = qualified.timeline[-1]
    assert qualified.stage == "qualified"
    assert (event.policy, event.floor, event.ceiling) == ("BANT", 80, 100)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lead_id": "another"}, "other_lead"),
        ({"lead_version": 1}, "stale_assessment"),
        ({"at": FRIDAY + timedelta(days=1)}, "future_assessment"),
        ({"verdict": Verdict.UNDECIDED}, "policy_undecided"),
        ({"verdict": Verdict.DISQUALIFIED}, "policy_says_no"),
    ],
)
def test_an_assessment_must_be_of_this_lead_as_it_is_now(convincing, change, code):
    """One of another lead, of an earlier state, or from the future qualifies no lead."""
    assessment = attrs.evolve(BANT.assess(convincing, at=MONDAY), **change)

    refusal = convincing.decide("qualify", assessment=assessment, at=FRIDAY)

    assert [objection.code for objection in refusal.objections] == [code]


def test_an_answer_that_expired_since_spoils_the_assessment(lead):
    """A budget that was approved until Thursday qualifies no lead on Friday."""
    until = Answer(True, expires=FRIDAY)
    for question in ("need", "budget", "timing"):
        lead = lead.answer(question, until, at=MONDAY)
    assessment = BANT.assess(lead, at=MONDAY)

    assert lead.qualify(assessment, at=MONDAY).stage == "qualified"
    with pytest.raises(MoveRefused, match="an answer has expired"):
        lead.qualify(assessment, at=FRIDAY)


def test_a_refusal_to_qualify_lists_all_reasons():
    """What the pipeline and what the assessment have against it stand in one list."""
    guard = Guard("in_town", lambda *_: False, message="no visit was made")
    moves = [
        attrs.evolve(move, guards=[guard]) if move.trigger == "qualify" else move
        for move in LEAD_PIPELINE.moves
    ]
    careful = Pipeline("careful", stages=LEAD_PIPELINE.stages, moves=moves)
    lead = Lead.capture(company="Novin", pipeline=careful, at=MONDAY)

    codes = [o.code for o in lead.decide("qualify", at=MONDAY).objections]

    assert codes == ["assessment_required", "guard"]


def test_a_reopened_lead_is_where_it_was(lead):
    """Reopening restores the stage; the rejection stays on the timeline only."""
    rejected = lead.log("call", inbound=True, at=MONDAY).disqualify("no_need", at=MONDAY)

    again = rejected.reopen(note="they called", at=FRIDAY)

    assert (rejected.rejection, again.rejection) == ("no_need", None)
    assert again.stage == "contacted"
    assert any(getattr(event, "reason", "") == "no_need" for event in again.timeline)


def test_a_lead_that_arrives_closed_cannot_be_reopened_into_nothing():
    """Where it was before is not known, and the refusal says so."""
    lead = Lead.capture(company="Novin", stage="disqualified", at=MONDAY)

    with pytest.raises(MoveRefused, match="the open stage in which it stood before is not known"):
        lead.reopen(at=FRIDAY)


def test_a_pipeline_of_one_s_own_has_its_own_triggers():
    """Stages and triggers that we have never heard of work by ``move`` and ``disqualify``."""
    own = Pipeline(
        "fair",
        stages=[
            Stage("card"),
            Stage("called"),
            Stage("customer", kind="won"),
            Stage("no", kind="lost"),
        ],
        moves=[
            Move("call", "card", "called"),
            Move("convert", "called", "customer"),
            Move("drop", ("card", "called"), "no"),
        ],
    )
    lead = Lead.capture(company="Novin", pipeline=own, at=MONDAY).move("call", at=MONDAY)

    assert lead.stage == "called"
    assert lead.log("call", inbound=True, at=MONDAY).stage == "called"
    assert lead.disqualify("junk", trigger="drop", at=MONDAY).rejection == "junk"
    with pytest.raises(MoveRefused, match=r"^cannot convert: an account is needed"):
        lead.move("convert", at=MONDAY)


def test_a_stage_that_the_pipeline_does_not_have_is_refused(lead):
    """A lead can neither be captured in nor find its way to a stage that is not defined."""
    with pytest.raises(InvalidDefinition, match="begins in nowhere, which lead 1 does not have"):
        Lead.capture(company="Novin", stage="nowhere", at=MONDAY)
    with pytest.raises(InvalidDefinition, match="begins in no stage, which lead 1 does not have"):
        attrs.evolve(lead.timeline[0], to_stage="")
    with pytest.raises(
        InvalidHistory, match=r"^timeline enters nowhere, which lead 1 does not have"
    ):
        Lead.replay(
            [
                *lead.timeline,
                LeadMoved(at=MONDAY, trigger="x", from_stage="new", to_stage="nowhere"),
            ]
        )


def test_a_lead_captured_twice_tells_no_story(lead):
    """A timeline has one beginning."""
    with pytest.raises(InvalidHistory, match="more than once"):
        Lead.replay([*lead.timeline, *lead.timeline])
    with pytest.raises(InvalidHistory, match="does not begin"):
        Lead.replay([])
    assert type(lead.timeline[0]) is LeadCaptured


def test_facts_are_copied_so_that_they_do_not_change_later():
    """A list or mapping that the caller goes on using does not reach into the lead."""
    points, details = [ContactPoint("phone", "021 8877")], {"hall": "7"}
    lead = Lead.capture(company="Novin", contact_points=points, details=details, at=MONDAY)

    points.clear()
    details["hall"] = "8"

    assert (len(lead.contact_points), lead.details["hall"]) == (1, "7")
