"""Stages and moves as values."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import attrs
import pytest

from salesfunnel.errors import InvalidDefinition
from salesfunnel.pipeline import (
    DYNAMICS,
    ERPNEXT,
    ESPOCRM,
    FIVE_STAGES,
    FRAPPE,
    HUBSPOT,
    LEAD_PIPELINE,
    ODOO,
    OPPORTUNITY_PIPELINE,
    PIPEDRIVE,
    SALESFORCE,
    SUITECRM,
    VTIGER,
    Guard,
    Move,
    Pipeline,
    Stage,
    StageKind,
    free_pipeline,
)
from salesfunnel.rules import predicate, yes

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
CRMS = [VTIGER, SUITECRM, SALESFORCE, DYNAMICS, HUBSPOT, ODOO, ESPOCRM, FRAPPE, ERPNEXT, PIPEDRIVE]
PRESETS = [LEAD_PIPELINE, OPPORTUNITY_PIPELINE, FIVE_STAGES, *CRMS]

each_preset = pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)


@each_preset
def test_a_preset_is_sound_beyond_doubt(preset):
    """The processes that come with the library have not even a warning."""
    assert preset.problems() == ()


@each_preset
def test_a_preset_is_a_value(preset):
    """It equals, hashes and travels as one, before and after it was used."""
    preset.ways(preset.initial.name, {}, at=MONDAY)

    for journey in (copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))):  # noqa: S301
        twin = journey(preset)
        assert (twin, hash(twin)) == (preset, hash(preset))
        assert twin.ways(twin.initial.name, {}, at=MONDAY) == preset.ways(
            preset.initial.name, {}, at=MONDAY
        )


def test_copies_that_arrive_are_one_and_the_same():
    """However many deals are loaded one by one, their pipeline is made ready only once."""
    stored = pickle.dumps(OPPORTUNITY_PIPELINE)

    assert pickle.loads(stored) is pickle.loads(stored)  # noqa: S301 - our own bytes


def test_a_subclass_travels_as_itself():
    """A pipeline with a field more keeps it."""
    process = Process("p", stages=VTIGER.stages, moves=VTIGER.moves, owner="Sara")

    arrived = pickle.loads(pickle.dumps(process))  # noqa: S301 - our own bytes

    assert (arrived, arrived.owner) == (process, "Sara")


@attrs.frozen
class Process(Pipeline):
    """A pipeline that somebody answers for."""

    owner: str = attrs.field(default="", kw_only=True)


@dataclass
class AtLeast:
    """A check with a limit that may change, so that no pipeline could be told from another."""

    limit: int

    def __call__(self, deal, _at):
        """Tell whether the amount is large enough."""
        return deal.amount >= self.limit


def chances(pipeline):
    """List the probabilities of the open stages in per cent."""
    return [stage.probability and int(stage.probability * 100) for stage in pipeline.stages[:-2]]


def test_the_probabilities_are_those_that_the_crms_ship():
    """Where a CRM ships none, there are none."""
    assert chances(SUITECRM) == [10, 20, 25, 30, 40, 50, 65, 80]
    assert chances(SALESFORCE) == [10, 10, 20, 50, 60, 70, 75, 90]
    assert chances(HUBSPOT) == [20, 40, 60, 80, 90]
    assert (chances(ESPOCRM), chances(FRAPPE)) == ([10, 20, 50, 80], [10, 25, 50, 70, 90])
    assert chances(FIVE_STAGES) == [10, 20, 25, 50]
    assert [chances(crm) for crm in (VTIGER, ERPNEXT, PIPEDRIVE, DYNAMICS, ODOO)] == [
        [None] * 8,
        [None] * 8,
        [None] * 5,
        [None] * 4,
        [None] * 3,
    ]


@pytest.mark.parametrize("crm", CRMS, ids=lambda preset: preset.name)
def test_in_other_crms_a_deal_goes_anywhere(crm):
    """From each open stage every other stage can be entered."""
    open_stages = [stage for stage in crm.stages if stage.is_open]

    for stage in open_stages:
        reached = {way.destination.name for way in crm.ways(stage.name, {}, at=MONDAY) if way}
        assert reached == {other.name for other in crm.stages} - {stage.name}


def test_a_label_keeps_the_words_of_the_crm():
    """The name is what is stored, and the label is what people read."""
    stage = VTIGER.stage("Id. Decision Makers")

    assert (stage.title, VTIGER.stage("Closed Won").title) == (
        "Identify Decision Makers",
        "Closed Won",
    )
    assert "to_identify_decision_makers" in VTIGER.triggers


def test_a_board_with_a_single_open_stage_goes_nowhere_else():
    """There is nothing between which to move."""
    board = free_pipeline("tiny", [Stage("new"), Stage("won", kind="won")])

    assert board.triggers == ("win", "reopen")


def test_a_board_may_have_several_stages_in_which_work_ends():
    """The first of a kind is where a deal is won or lost; the others go by their labels."""
    board = free_pipeline(
        "board",
        [
            Stage("new"),
            Stage("won", kind="won"),
            Stage("lost", kind="lost"),
            Stage("junk", kind="lost", label="Not for us"),
        ],
    )

    assert board.triggers == ("win", "lose", "to_not_for_us", "reopen")
    assert board.problems() == ()


def test_a_stage_has_a_name_that_shows():
    """A blank name could be read by nobody."""
    with pytest.raises(InvalidDefinition, match="a stage needs a name"):
        Stage("\u200c")
    with pytest.raises(InvalidDefinition, match="a move needs a trigger"):
        Move("", "a", "b")


@pytest.mark.parametrize("limit", [timedelta(), timedelta(days=-1), 30, timedelta(36_501)])
def test_a_time_limit_is_longer_than_nothing(limit):
    """And a century at most, so that it can be written and read."""
    with pytest.raises(InvalidDefinition, match="longer than nothing"):
        Stage("offer", limit=limit)


@pytest.mark.parametrize("probability", ["1.01", "-0.1"])
def test_a_probability_lies_between_0_and_1(probability):
    """25 per cent are written 0.25."""
    with pytest.raises(InvalidDefinition, match="between 0 and 1"):
        Stage("offer", probability=probability)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Stage(5), "a stage needs a name"),
        (lambda: Stage("offer", requires=5), "it requires facts by their paths"),
        (lambda: Move("win", 5, "won"), "its sources are stages; one name, or several"),
        (lambda: Move("win", [["offer"]], "won"), "its sources are stages; one name, or several"),
        (
            lambda: Move("win", "offer", Stage("won")),
            "move win: its destination is a stage, by name",
        ),
        (lambda: Move("win", "offer", ["won"]), "move win: its destination is a stage, by name"),
        (lambda: Move("win", "won", "offer", reopening="yes"), "move win: reopening is True or"),
        (lambda: Stage("offer", label=None), "stage offer: its label is a text"),
        (lambda: Guard("paid", yes("paid"), message=None), "guard paid: its message, remedy and"),
        (lambda: Guard("paid", yes("paid"), code=["paid"]), "guard paid: its message, remedy and"),
        (lambda: Pipeline("p", stages=5, moves=()), r"its stages are made by Stage\(…\)"),
        (lambda: Pipeline("p", stages=(), moves=None), r"its moves are made by Move\(…\)"),
        (lambda: free_pipeline("p", ["new", "won"]), r"its stages are made by Stage\(…\)"),
        (lambda: Guard("enough", AtLeast(5)), "that can be hashed"),
        (lambda: Move("win", "offer", "won", needs=5), "its needs are names"),
        (lambda: Move("win", "offer", "won", needs=["a b"]), "its needs are names"),
        (
            lambda: Move("win", "offer", "won", needs="note"),
            "it cannot need note, which every move",
        ),
        (lambda: Stage("first\nmeeting"), "a stage needs a name; one line of visible text"),
        (lambda: Move("\u202ewin", "offer", "won"), "a move needs a trigger; one line of visible"),
        (lambda: Pipeline("p", stages=(Stage("a"),), moves=(), version=""), "a name and a version"),
    ],
)
def test_what_is_of_the_wrong_kind_is_told_what_is_wanted(make, words):
    """A number or a text in the wrong place is answered by a sentence on the definition."""
    with pytest.raises(InvalidDefinition, match=words):
        make()


def test_a_kind_is_open_won_or_lost():
    """There is no fourth kind of stage."""
    assert Stage("offer", kind="won").kind is StageKind.WON
    with pytest.raises(InvalidDefinition, match="open, won, lost"):
        Stage("offer", kind="postponed")


def test_a_required_fact_is_a_path_of_names():
    """A stage cannot ask for private parts."""
    with pytest.raises(InvalidDefinition, match="path"):
        Stage("offer", requires="__class__")


def test_sources_and_probabilities_are_read_as_they_come():
    """One source or several, a number or its digits."""
    assert Move("lose", ["a", "b", "a"], "lost").sources == ("a", "b")
    assert Stage("offer", probability="0.50").probability == Decimal("0.5")


def test_a_stage_that_nobody_knows_is_an_error():
    """Asking for it by name says which there are."""
    with pytest.raises(InvalidDefinition, match="the stages are meeting, proposal"):
        OPPORTUNITY_PIPELINE.stage("demo")


def test_pipelines_differ_by_any_part():
    """Two definitions are equal when all of them is."""
    stages = (Stage("a"), Stage("won", kind="won"))
    one = Pipeline("one", stages=stages, moves=[Move("win", "a", "won")])

    assert one == Pipeline("one", stages=list(stages), moves=(Move("win", "a", "won"),))
    assert one != Pipeline("one", stages=stages, moves=[Move("close", "a", "won")])


STAGES = (Stage("a", probability="0.5"), Stage("won", kind="won"))
SIMPLE = Pipeline("simple", stages=STAGES, moves=[Move("win", "a", "won", guards=yes("paid"))])


def signed(deal, _at):
    """Tell whether a deal is signed."""
    return deal.signed


def simple(*, stages=STAGES, version="1", name="simple", **move):
    """Define a pipeline like the simple one, with something changed."""
    fields = {"trigger": "win", "sources": "a", "destination": "won", "guards": yes("paid")} | move
    return Pipeline(name, stages=stages, moves=[Move(**fields)], version=version)


ALIKE = {
    "another name": simple(name="other"),
    "another version": simple(version="2"),
    "a label": simple(stages=(Stage("a", label="A", probability="0.50"), STAGES[1])),
    "another sentence": simple(guards=Guard("paid", yes("paid"), message="pay", remedy="now")),
}
OTHERS = {
    "a chance": simple(stages=(Stage("a", probability="0.6"), STAGES[1])),
    "a kind": simple(stages=(STAGES[0], Stage("won", kind="lost"))),
    "a limit": simple(stages=(Stage("a", probability="0.5", limit=timedelta(1)), STAGES[1])),
    "a fact": simple(stages=(STAGES[0], Stage("won", kind="won", requires="amount"))),
    "an entry": simple(stages=(STAGES[0], Stage("won", kind="won", entry=yes("signed")))),
    "a trigger": simple(trigger="close"),
    "a rule": simple(guards=~yes("paid")),
    "a function": simple(guards=signed),
    "a need": simple(needs="contract"),
    "a stage": Pipeline(
        "simple",
        stages=[*STAGES, Stage("sold", kind="won")],
        moves=[Move("win", "a", "won", guards=yes("paid")), Move("sell", "a", "sold")],
    ),
}


@pytest.mark.parametrize("other", ALIKE.values(), ids=ALIKE)
def test_what_judges_alike_has_one_fingerprint(other):
    """Names, labels, sentences and versions decide nothing."""
    assert other.fingerprint == SIMPLE.fingerprint
    assert len(other.fingerprint) == 16


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_what_decides_changes_the_fingerprint(other):
    """Stages, kinds, chances, limits, rules, functions and needs do."""
    assert other.fingerprint != SIMPLE.fingerprint


def test_a_rule_with_a_function_has_a_fingerprint_too():
    """It goes by the words of the rule, since a function is no data."""

    @predicate("visits")
    def keen(deal, _at):
        return deal["visits"] > 3

    assert simple(guards=keen).fingerprint != simple(guards=~keen).fingerprint


def test_a_pipeline_knows_its_stages_by_name():
    """And where it begins, and which triggers lead out of a stage."""
    assert SIMPLE.initial is SIMPLE.stage("a") is SIMPLE.find_stage("a")
    assert SIMPLE.find_stage("b") is None
    assert SIMPLE.leads_out("a", "win")
    assert not SIMPLE.leads_out("won", "win")
    assert not SIMPLE.leads_out("hall", "win")
