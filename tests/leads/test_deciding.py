"""What a lead is told when it asks, and that it is told the same when it tries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import attrs
import pytest

from salesfunnel.errors import InvalidValue, MoveRefused, WrongKind
from salesfunnel.history import apply
from salesfunnel.leads import Lead, LeadConverted, LeadMoved
from salesfunnel.pipeline import FIVE_STAGES, Move, Pipeline, Stage
from salesfunnel.qualification import BANT

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
GATED = Pipeline(
    "gated",
    stages=[Stage("first", requires="company.industry"), Stage("won", kind="won")],
    moves=[Move("convert", "first", "won")],
)


@pytest.fixture
def lead():
    """A lead that has just come in."""
    return Lead.capture(person="Sara Ahmadi", company="Novin", at=MONDAY)


def ways(lead, at=MONDAY):
    """List each way with its destination, whether it is open, and its needs."""
    return [(w.trigger, w.destination.name, bool(w), *w.needs) for w in lead.ways(at=at)]


def test_a_new_lead_is_told_all_its_ways(lead):
    """Where each leads, and what must be given with it."""
    assert ways(lead) == [
        ("contact", "contacted", True),
        ("nurture", "nurturing", True),
        ("qualify", "qualified", True, "assessment"),
        ("disqualify", "disqualified", True, "reason"),
    ]


def test_a_closed_lead_is_told_its_way_back(lead):
    """Reopening is offered with the stage to which it leads."""
    gone = lead.log("call", reached=True, at=MONDAY).disqualify("junk", at=MONDAY)

    assert ways(gone) == [("reopen", "contacted", True)]
    assert gone.move(to="contacted", at=MONDAY) == gone.reopen(at=MONDAY)


def test_a_lead_on_all_five_stages_is_told_that_it_is_not_won():
    """The way is listed, closed, with what to do instead, and needs nothing."""
    lead = Lead.capture(company="Novin", pipeline=FIVE_STAGES, stage="proposal", at=MONDAY)
    (win,) = (way for way in lead.ways(at=MONDAY) if way.trigger == "win")

    assert (bool(win), win.needs, win.verdict.code, win.verdict.stage) == (
        False,
        (),
        "cannot_be_won",
        "proposal",
    )


def test_every_way_is_closed_to_a_time_that_is_too_early(lead):
    """All ways are listed with one and the same refusal, which trying gives as well."""
    early = MONDAY - timedelta(microseconds=1)

    assert [way.verdict.code for way in lead.ways(at=early)] == ["too_early"] * 4
    assert [way.needs for way in lead.ways(at=early)] == [w.needs for w in lead.ways(at=MONDAY)]
    for way in lead.ways(at=early):
        with pytest.raises(MoveRefused) as refused:
            lead.move(way.trigger, reason="junk", at=early)
        assert refused.value.refusal == way.verdict == lead.decide(way.trigger, at=early)


def test_a_lead_that_was_changed_by_hand_is_told_so(lead):
    """Along another pipeline, no way is known, and each trigger is refused."""
    by_hand = attrs.evolve(lead, pipeline=FIVE_STAGES)
    other = attrs.evolve(lead, id="8")

    assert by_hand.ways(at=MONDAY) == ()
    assert [way.verdict.code for way in other.ways(at=MONDAY)] == ["changed_by_hand"] * 4
    for changed in (by_hand, other):
        with pytest.raises(MoveRefused, match=r"^cannot nurture: its fields do not follow"):
            changed.nurture(at=MONDAY)


def test_where_no_way_leads_nothing_else_matters(lead):
    """Of a lead that was given up no assessment is judged; a converted one says what it became."""
    gone = lead.disqualify("no_need", at=MONDAY)
    way = {"trigger": "convert", "from_stage": "qualified", "to_stage": "converted"}
    done = apply(
        Lead.capture(id="7", stage="qualified", at=MONDAY),
        LeadConverted(at=MONDAY, **way, account_id="A", opportunity_id="O"),
    )

    refused = gone.decide("qualify", assessment=BANT.assess(lead, at=FRIDAY), at=MONDAY)
    assert [objection.code for objection in refused.objections] == ["not_from_here"]
    assert str(done.decide("convert", at=MONDAY)) == (
        "cannot convert: it is already account A and opportunity O"
    )
    assert done.decide("nurture", at=MONDAY).code == "not_from_here"


def test_giving_up_needs_a_reason_on_every_path(lead):
    """Trigger, board and verb are refused alike; a blank is not a reason."""
    verdict = lead.decide("disqualify", at=MONDAY)

    assert str(verdict) == (
        "cannot disqualify: a reason is needed (give it, as in disqualify, reason=…; one of: "
        "no_need, no_budget, not_now, poor_fit, unreachable, not_interested, competitor, "
        "duplicate, junk, other)"
    )
    for verb in (
        lambda: lead.move("disqualify", at=MONDAY),
        lambda: lead.move(to="disqualified", at=MONDAY),
        lambda: lead.disqualify("", at=MONDAY),
        lambda: lead.move("disqualify", reason=" ", at=MONDAY),
    ):
        with pytest.raises(MoveRefused) as refused:
            verb()
        assert refused.value.refusal == verdict


def test_a_board_moves_by_the_stage(lead):
    """The stage names the move; a stage to which no move leads is refused with those that do."""
    moved = lead.move(to="nurturing", until=FRIDAY, note="in spring", by="Sara", at=MONDAY)

    assert moved.timeline[-1] == LeadMoved(
        at=MONDAY,
        by="Sara",
        trigger="nurture",
        from_stage="new",
        to_stage="nurturing",
        until=FRIDAY,
        note="in spring",
    )
    with pytest.raises(MoveRefused, match="no move leads from new to converted"):
        lead.move(to="converted", at=MONDAY)
    for wrong in ({}, {"trigger": "nurture", "to": "nurturing"}):
        with pytest.raises(InvalidValue, match=r"^move wants a trigger or a stage"):
            lead.move(**wrong, at=MONDAY)


def test_a_misspelt_trigger_is_told_what_was_meant(lead):
    """With the word that is near, and with all that there are."""
    verdict = lead.decide("nurtur", at=MONDAY)

    assert verdict.code == "unknown_trigger"
    assert "did you mean nurture?" in str(verdict)
    with pytest.raises(MoveRefused, match="did you mean disqualify"):
        lead.disqualify("junk", trigger="disqualfy", at=MONDAY)


def test_a_misspelt_field_is_told_what_was_meant(lead):
    """As with a trigger, the field that is near is named."""
    with pytest.raises(InvalidValue, match=r"^amend cannot change persn \(did you mean person\?\)"):
        lead.amend(persn="Li", at=MONDAY)


def test_a_lead_begins_only_where_the_stage_lets_it():
    """The conditions of the first stage are asked on capture, and not by a replay."""
    begun = Lead.capture(company="Novin", pipeline=GATED, stage="won", at=MONDAY)

    with pytest.raises(MoveRefused) as refused:
        Lead.capture(company="Novin", pipeline=GATED, at=MONDAY)

    assert str(refused.value) == (
        "cannot capture: company.industry is not known (find out company.industry)"
    )
    assert refused.value.refusal.stage == "first"
    assert Lead.replay([attrs.evolve(begun.timeline[0], to_stage="first")]).stage == "first"


@pytest.mark.parametrize("judge", [None, "BANT", 80, object()])
def test_qualifying_takes_a_policy_or_an_assessment(lead, judge):
    """Anything else is a wrong kind, which is a `TypeError` too, and says what is wanted."""
    with pytest.raises(WrongKind, match="allowed: a policy, such as BANT, or an assessment") as no:
        lead.qualify(judge, at=MONDAY)

    assert isinstance(no.value, TypeError)
    assert no.value.field == "qualify"


@pytest.mark.parametrize("said", ["yes", BANT, True])
def test_deciding_takes_an_assessment(lead, said):
    """A policy has not judged yet, so it is no assessment."""
    with pytest.raises(WrongKind, match=r"^assessment is of the wrong kind"):
        lead.decide("qualify", assessment=said, at=MONDAY)


def test_an_unconvinced_policy_says_what_to_ask(lead):
    """The refusal names the policy, its summary, and the first of its questions."""
    said = BANT.assess(lead, at=MONDAY)

    (objection,) = lead.decide("qualify", assessment=said, at=MONDAY).objections

    assert objection.code == "not_qualified"
    assert objection.message == f"BANT says {said.summary}"
    assert objection.remedy == f"ask: {said.next_questions[0]}"


def test_a_policy_that_says_no_advises_to_wait_or_give_up(lead):
    """There is nothing to ask any more."""
    lead = lead.answer("need", False, at=MONDAY)
    said = BANT.assess(lead, at=MONDAY)

    (objection,) = lead.decide("qualify", assessment=said, at=MONDAY).objections

    assert (objection.code, objection.remedy) == ("policy_says_no", "nurture or disqualify it")
    assert objection.message == f"BANT says {said.summary}"


class Broken:
    """A policy that breaks."""

    name = "broken"

    def assess(self, _lead, /, *, at):
        """Break."""
        raise KeyError(at)


def test_a_policy_that_breaks_says_neither_yes_nor_no(lead):
    """It is undecided without a question, and its findings say why."""
    with pytest.raises(MoveRefused) as refused:
        lead.qualify(Broken(), at=MONDAY)

    assert refused.value.refusal.code == "policy_undecided"
    assert "look at what it found" in str(refused.value)


def test_what_has_happened_since_a_version_is_listed(lead):
    """A host reads on from where it was."""
    later = lead.log("call", reached=True, at=FRIDAY)

    assert later.events_since(lead.version) == later.timeline[1:]
    assert [type(event).__name__ for event in later.events_since(1)] == [
        "ActivityLogged",
        "LeadMoved",
    ]
