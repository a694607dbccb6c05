"""Needs that people have of the house as a whole: deals, boards, rows, reports and copies."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from salesfunnel.analytics import Proportion, report
from salesfunnel.errors import MoveRefused, StaleVersion
from salesfunnel.history import current_interval, expect, slips, stage_history
from salesfunnel.interop import Refused, read_mapping, read_opportunities
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity, Probability
from salesfunnel.pipeline import (
    OPPORTUNITY_PIPELINE,
    SALESFORCE,
    Destination,
    Move,
    Pipeline,
    Stage,
    StageKind,
)
from salesfunnel.qualification import BANT
from salesfunnel.rules import field
from salesfunnel.values import Money

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
FRIDAY = MONDAY + 4 * DAY
PRICE = Money(900, "EUR")


@pytest.fixture
def deal():
    """A deal that has just been opened."""
    return Opportunity.open(id="7", name="Generators", amount=PRICE, at=MONDAY)


@pytest.fixture
def won(deal):
    """A deal that was won."""
    deal = deal.move("propose", at=MONDAY).involve("Sara", "decision_maker", at=MONDAY)
    return deal.agree(at=MONDAY).win(at=MONDAY)


def test_the_record_of_a_lost_deal_can_be_corrected(deal):
    """With another name and other details it is as lost as before: reason, chance and day stay."""
    lost = deal.lose("price", competitor="Faradis", at=MONDAY)

    corrected = lost.amend(name="Two generators", details={"tags": "solar"}, at=FRIDAY)

    assert (corrected.name, corrected.details) == ("Two generators", {"tags": "solar"})
    assert (corrected.stage, corrected.loss, corrected.closed_on, corrected.probability) == (
        lost.stage,
        lost.loss,
        lost.closed_on,
        lost.probability,
    )


def test_a_deal_won_by_mistake_is_open_again_in_every_respect(won):
    """No day of closing, the old chance, open in the report, and to be agreed before it is won."""
    back = won.reopen(at=FRIDAY)

    assert (back.stage, back.closed_on, back.probability) == (
        "proposal",
        None,
        Probability("0.5", "stage"),
    )
    counted = report([back], at=back.timeline[-1].at)
    assert (counted.count("open"), counted.count("won"), counted.total("won").value) == (1, 0, ())
    with pytest.raises(MoveRefused, match="the amount is not agreed"):
        back.win(at=FRIDAY)


def test_a_card_dropped_on_lost_asks_for_the_reason(deal):
    """Trigger, board, verb and a row of one's own: each path is one refusal with one code."""
    row = SimpleNamespace(stage="proposal", last_open_stage="")

    for path in (
        lambda: deal.move("lose", at=MONDAY),
        lambda: deal.move(to="lost", at=MONDAY),
        lambda: deal.lose("", at=MONDAY),
        lambda: OPPORTUNITY_PIPELINE.drive(row, "lose", at=MONDAY),
    ):
        with pytest.raises(MoveRefused) as refused:
            path()
        assert refused.value.refusal.code == "reason_required"
    assert vars(row) == {"stage": "proposal", "last_open_stage": ""}
    assert OPPORTUNITY_PIPELINE.drive(row, "lose", reason="price", at=MONDAY).reason == "price"


def test_a_form_can_ask_for_all_that_is_missing():
    """From one refusal a program reads the name of each missing fact, as plain data."""
    ours = Pipeline(
        "ours",
        stages=[
            Stage("demo"),
            Stage("offer", requires=("amount", "expected_close"), entry=field("score") >= 5),
            Stage("won", kind="won"),
        ],
        moves=[Move("propose", "demo", "offer"), Move("win", "offer", "won")],
    )

    refusal = ours.decide("demo", "propose", {"amount": None}, at=MONDAY)

    asked = [objection["params"] for objection in refusal.as_data()["objections"]]
    assert [params["fact"] for params in asked[:2]] == ["amount", "expected_close"]
    assert asked[2]["unknown"] == "score"
    ways = Opportunity.open(id="7", pipeline=ours, at=MONDAY).ways(at=MONDAY)
    assert [way.as_data()["to"] for way in ways] == ["offer"]


@pytest.mark.parametrize("trigger", ["propose", "negotiate", "meet", "win", "lose"])
def test_a_lost_card_stays_where_it_is(deal, trigger):
    """Only reopening leads out of a closed stage, and the refusal says where it stands."""
    lost = deal.lose("price", at=MONDAY)

    verdict = lost.decide(trigger, reason="price", at=MONDAY)

    assert verdict.objections[0].params["stage"] == "lost"
    assert [way.trigger for way in lost.ways(at=MONDAY)] == ["reopen"]


def test_a_call_does_not_wake_a_lead_that_was_given_up():
    """The call is on the timeline; the lead is as disqualified as before."""
    gone = Lead.capture(company="Novin", at=MONDAY).disqualify("junk", at=MONDAY)

    called = gone.log("call", reached=True, at=FRIDAY)

    assert (called.stage, called.rejection, called.version) == ("disqualified", "junk", 3)
    assert not called.decide("qualify", assessment=BANT.assess(called, at=FRIDAY), at=FRIDAY)


@pytest.mark.parametrize("chance", [0, 1])
def test_an_estimate_closes_no_deal(deal, chance):
    """A model that is certain changes the forecast, not the stage."""
    sure = deal.estimate(Probability(chance, "model"), at=MONDAY)

    assert (sure.stage, sure.closed_on) == ("meeting", None)
    counted = report([sure], at=sure.timeline[-1].at)
    assert counted.count("open") == counted.count(StageKind.OPEN) == 1


VENDAS = Pipeline(
    "vendas",
    stages=[Stage("Cadastro"), Stage("Ganho", kind="won"), Stage("Perdido", kind="lost")],
    moves=[
        Move("ganhar", "Cadastro", "Ganho"),
        Move("perder", "Cadastro", "Perdido"),
        Move("reabrir", ("Ganho", "Perdido"), Destination.LAST_OPEN, reopening=True),
    ],
)


def test_won_and_lost_are_kinds_and_not_names():
    """A pipeline in another language is counted like ours."""
    begun = Opportunity.open(id="1", pipeline=VENDAS, at=MONDAY)

    counted = report(
        [
            begun,
            begun.win(trigger="ganhar", at=MONDAY),
            begun.move("perder", reason="price", at=MONDAY),
        ],
        at=MONDAY,
    )

    assert [counted.count(kind) for kind in ("open", "won", "lost")] == [1, 1, 1]
    assert counted.win_rate == Proportion(1, 2)


def test_two_lines_of_a_mapping_read_the_words_of_another_language(tmp_path):
    """Won and lost are found under the words of the file, and an unknown word is refused."""
    mapping = read_mapping(
        '[opportunity.columns]\nname = "Negócio"\nstage = "Etapa"\n'
        '[opportunity.values.stage]\nwon = "Ganho"\nlost = "Perdido"\nmeeting = "Cadastro"',
        name="pt",
    )
    path = tmp_path / "vendas.csv"
    path.write_text("Negócio;Etapa\nA;Ganho\nB;Perdido\nC;Cadastro\nD;Novo\n", "utf-8")

    *read, unknown = read_opportunities(path, at=MONDAY, mapping=mapping)

    assert [row.entity.stage for row in read] == ["won", "lost", "meeting"]
    assert isinstance(unknown, Refused)


def test_pushes_of_the_close_date_are_counted(deal):
    """Later dates count, nearer ones do not, and a date that was withdrawn and set anew does."""
    plans = [date(2026, 3, 28), date(2026, 3, 25), date(2026, 4, 10), None, date(2026, 7, 1)]
    deal = deal.amend(expected_close=date(2026, 3, 20), at=MONDAY)
    for day in plans:
        deal = deal.amend(expected_close=day, by="Reza", at=MONDAY)

    found = slips(deal.timeline)

    assert [slip.days for slip in found] == [8, 16, 82]
    assert {slip.by for slip in found} == {"Reza"}
    quarters = [{(day.month - 1) // 3 for day in (slip.before, slip.after)} for slip in found]
    assert [len(quarter) for quarter in quarters] == [1, 2, 2]


def test_every_condition_that_fails_is_named_without_an_attempt(deal):
    """All reasons at once with code, message and remedy; a wrong stage is another code."""
    proposed = deal.move("propose", at=MONDAY)

    refusal = proposed.decide("win", at=MONDAY)

    assert [bool(o.code and o.message and o.remedy) for o in refusal.objections] == [True, True]
    verdicts = {t: proposed.decide(t, at=MONDAY) for t in proposed.pipeline.triggers}
    assert [t for t, verdict in verdicts.items() if verdict] == ["meet", "negotiate"]
    assert verdicts["propose"].code == verdicts["reopen"].code == "not_from_here"
    assert verdicts["lose"].code == "reason_required"


def test_of_two_editors_the_second_is_told(deal):
    """What the first has stored is not overwritten by one who has read an older version."""
    stored = deal.lose("price", at=MONDAY)

    with pytest.raises(StaleVersion, match="expected version 1, found 2; load it again"):
        expect(stored, deal.version)


@pytest.mark.parametrize("way", [[], ["propose"], ["propose", "negotiate"]])
def test_a_reopening_leads_back_to_where_it_was(deal, way):
    """The stage before the closing, whichever it was; the history tells of the detour."""
    for trigger in way:
        deal = deal.move(trigger, at=MONDAY)

    again = deal.lose("price", at=MONDAY).reopen(at=FRIDAY)

    assert again.stage == deal.stage
    assert [i.stage for i in stage_history(again.timeline)][-2:] == ["lost", deal.stage]


def test_a_row_of_one_s_own_is_reopened_where_it_was():
    """A row that keeps its last open stage needs no timeline."""
    row = SimpleNamespace(stage="negotiation", last_open_stage="")

    OPPORTUNITY_PIPELINE.drive(row, "lose", reason="price", at=MONDAY)
    OPPORTUNITY_PIPELINE.drive(row, "reopen", at=FRIDAY)

    assert vars(row) == {"stage": "negotiation", "last_open_stage": "negotiation"}


def test_a_move_that_stays_resets_no_clock():
    """A call in a stage is remembered; the days in the stage go on."""
    ours = Pipeline(
        "ours",
        stages=[Stage("demo"), Stage("won", kind="won")],
        moves=[Move("call", "demo", Destination.STAYS), Move("win", "demo", "won")],
    )
    deal = Opportunity.open(id="7", pipeline=ours, at=MONDAY)

    called = deal.move("call", at=MONDAY + 3 * DAY)

    assert called.version == 2
    assert current_interval(called.timeline, at=FRIDAY).entered == MONDAY


def by_post(thing):
    """Send a thing to another process and back."""
    return pickle.loads(pickle.dumps(thing))  # noqa: S301 - our own bytes


@pytest.mark.parametrize("travel", [copy.copy, copy.deepcopy, by_post])
def test_all_that_is_worked_with_can_travel(deal, travel):
    """Leads, deals, pipelines, policies and assessments arrive as they were, and go on."""
    lead = Lead.capture(company="Novin", at=MONDAY)
    lead = lead.answer({"need": True, "budget": True, "timing": True}, at=MONDAY)
    said = BANT.assess(lead, at=MONDAY)

    for thing in (deal, lead, said, OPPORTUNITY_PIPELINE, BANT, deal.ways(at=MONDAY)):
        assert travel(thing) == thing
    assert travel(deal).lose("price", at=FRIDAY) == deal.lose("price", at=FRIDAY)
    assert travel(lead).qualify(travel(said), at=MONDAY) == lead.qualify(said, at=MONDAY)


def test_a_deal_goes_back_a_stage_and_is_remembered(deal):
    """From negotiation back to the demo; the history shows how far it had come."""
    deal = deal.move("propose", at=MONDAY).move("negotiate", at=MONDAY)

    back = deal.move("meet", note="another demo", at=FRIDAY)

    assert (back.stage, back.probability.value * 100) == ("meeting", 25)
    assert [i.stage for i in stage_history(back.timeline)] == [
        "meeting",
        "proposal",
        "negotiation",
        "meeting",
    ]
    assert deal.move(to="proposal", at=FRIDAY).stage == "proposal"


def test_a_free_board_goes_back_as_well():
    """Along the stages of Salesforce any open stage leads to any other, with its own chance."""
    deal = Opportunity.open(id="8", pipeline=SALESFORCE, at=MONDAY)

    back = deal.move(to="Negotiation/Review", at=MONDAY).move(to="Qualification", at=FRIDAY)

    assert (back.stage, back.probability.value * 100) == ("Qualification", 10)
