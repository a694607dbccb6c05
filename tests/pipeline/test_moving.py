"""Judging and moving: what is decided, which ways lead on, and rows of a host that are driven."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum, StrEnum
from types import SimpleNamespace

import attrs
import pytest

from salesfunnel.errors import (
    InvalidDefinition,
    InvalidHistory,
    InvalidValue,
    MoveRefused,
    WrongKind,
)
from salesfunnel.pipeline import (
    FIVE_STAGES,
    LEAD_PIPELINE,
    OPPORTUNITY_PIPELINE,
    Destination,
    Guard,
    Move,
    MoveTaken,
    Permit,
    Pipeline,
    Stage,
    granted,
)
from salesfunnel.pipeline.moving import beginning, entering
from salesfunnel.pipeline.targets import towards
from salesfunnel.rules import yes

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
NAIVE = datetime(2026, 3, 2)  # noqa: DTZ001 - the point

SIGNED = Guard("signed", lambda deal, _at: deal.signed, message="the contract is not signed")
FUNNEL = Pipeline(
    "funnel",
    stages=[
        Stage("demo"),
        Stage("offer"),
        Stage("won", kind="won"),
        Stage("lost", kind="lost"),
    ],
    moves=[
        Move("propose", "demo", "offer"),
        Move("call", ["demo", "offer"], Destination.STAYS),
        Move("win", "offer", "won", guards=SIGNED, needs="contract"),
        Move("lose", ["demo", "offer"], "lost"),
        Move("reopen", ["won", "lost"], Destination.LAST_OPEN, reopening=True),
    ],
)


def a_row(stage="offer", *, signed=True, **fields):
    """Make a row that stands in a stage."""
    return SimpleNamespace(stage=stage, signed=signed, **fields)


# --- deciding ------------------------------------------------------------------------------------

REFUSALS = {
    ("hall", "win"): (
        "unknown_stage",
        "the pipeline has no stage of that name",
        "the stages are demo, offer, won, lost",
    ),
    ("ofer", "win"): (
        "unknown_stage",
        "the pipeline has no stage of that name (did you mean offer?)",
        "the stages are demo, offer, won, lost",
    ),
    ("demo", "propse"): (
        "unknown_trigger",
        "the pipeline has no move of that name (did you mean propose?)",
        "the moves are propose, call, win, lose, reopen",
    ),
    ("demo", "offer"): (
        "unknown_trigger",
        'the pipeline has no move of that name (did you mean propose, or move(to="offer")?)',
        "the moves are propose, call, win, lose, reopen",
    ),
    ("demo", "win"): ("not_from_here", "the stage is demo", "win is possible from offer"),
    ("offer", "win"): ("guard", "the contract is not signed", ""),
    ("offer", "lose"): ("reason_required", "a reason is needed", "give it, as in lose, reason=…"),
}


@pytest.mark.parametrize(("case", "reason"), REFUSALS.items(), ids=str)
def test_a_refusal_tells_one_reason_from_another(case, reason):
    """An unknown stage, an unknown trigger, one not open from here, a guard, and a need."""
    stage, trigger = case

    refusal = FUNNEL.decide(stage, trigger, a_row(signed=False), at=MONDAY, contract=7)

    (objection,) = refusal.objections
    assert (refusal.code, objection.message, objection.remedy) == reason
    assert objection.message == objection.text.template.format(**objection.params)
    assert pickle.loads(pickle.dumps(refusal)) == refusal  # noqa: S301 - our own bytes


@pytest.mark.parametrize("reason", [None, "", " \n"])
def test_a_blank_gives_nothing(reason):
    """A reason that shows nothing is not a reason."""
    assert FUNNEL.decide("offer", "lose", a_row(), at=MONDAY, reason=reason).code == (
        "reason_required"
    )
    assert FUNNEL.decide("offer", "lose", a_row(), at=MONDAY, reason="price")


def test_all_that_is_missing_is_said_together():
    """A need and a guard are two objections of one refusal."""
    refusal = FUNNEL.decide("offer", "win", a_row(signed=False), at=MONDAY)

    assert [o.code for o in refusal.objections] == ["contract_required", "guard"]
    assert str(refusal) == (
        "cannot win: contract is needed (give it, as in win, contract=…); "
        "the contract is not signed"
    )


def test_a_lead_is_qualified_by_an_assessment_and_converted_to_an_account():
    """The default pipeline of leads says what each of its moves needs."""
    qualify = LEAD_PIPELINE.decide("new", "qualify", {}, at=MONDAY)
    convert = LEAD_PIPELINE.decide("qualified", "convert", {}, at=MONDAY)

    assert (qualify.code, convert.code) == ("assessment_required", "account_required")
    assert "a policy such as BANT" in str(qualify)
    assert "plan_conversion(lead)" in str(convert)
    assert LEAD_PIPELINE.decide("new", "qualify", {}, at=MONDAY, assessment="any")
    assert LEAD_PIPELINE.decide("qualified", "convert", {}, at=MONDAY, account="any")


def test_a_verdict_narrows():
    """A permit is always true, a refusal never, and both are plain data for a front end."""
    permit = FUNNEL.decide("demo", "propose", {}, at=MONDAY)
    refusal = FUNNEL.decide("demo", "win", {}, at=MONDAY)

    assert (bool(permit), bool(refusal)) == (True, False)
    assert permit.as_data() == {
        "allowed": True,
        "trigger": "propose",
        "stage": "demo",
        "to": "offer",
    }
    assert refusal.as_data()["allowed"] is False


def test_a_refusal_is_raised_with_all_its_reasons():
    """`granted` returns a permit, and raises a refusal."""
    refusal = FUNNEL.decide("demo", "win", {}, at=MONDAY)

    with pytest.raises(MoveRefused, match="the stage is demo") as refused:
        granted(refusal)
    assert refused.value.refusal == refusal


@pytest.mark.parametrize(
    ("stage", "trigger", "code"),
    [
        (["demo"], "win", "unknown_stage"),
        (None, "win", "unknown_stage"),
        ("demo", ["win"], "unknown_trigger"),
    ],
)
def test_what_can_be_no_name_is_refused_as_unknown(stage, trigger, code):
    """A list where a name should be is no reason to break."""
    refusal = FUNNEL.decide(stage, trigger, {}, at=MONDAY)

    assert (refusal.code, type(refusal.stage), type(refusal.trigger)) == (code, str, str)
    assert FUNNEL.find_stage(["demo"]) is None


def test_stages_are_entered_at_the_beginning_by_their_conditions_too():
    """What begins in a stage is asked like what moves there."""
    gated = Pipeline(
        "gated",
        stages=[Stage("open", requires="name", entry=yes("paid")), Stage("won", kind="won")],
        moves=[Move("win", "open", "won")],
    )

    found = gated.entry_objections("open", {"paid": False}, at=MONDAY)

    assert [objection.code for objection in found] == ["missing", "guard"]
    assert gated.entry_objections("open", {"paid": True, "name": "Novin"}, at=MONDAY) == ()
    with pytest.raises(InvalidDefinition, match="the pipeline has no stage of that name"):
        gated.entry_objections("hall", {}, at=MONDAY)


# --- ways ----------------------------------------------------------------------------------------


def ways_of(pipeline, stage, facts):
    """List the ways out of a stage, as a board shows them."""
    ways = pipeline.ways(stage, facts, at=MONDAY)
    return [(way.trigger, way.destination.name, bool(way), way.needs) for way in ways]


def test_ways_are_listed_in_the_order_of_the_definition():
    """Each with where it leads, whether it is open, and what must be given."""
    assert ways_of(FUNNEL, "offer", a_row()) == [
        ("call", "offer", True, ()),
        ("win", "won", True, ("contract",)),
        ("lose", "lost", True, ("reason",)),
    ]
    assert not FUNNEL.ways("offer", a_row(signed=False), at=MONDAY)[1]


def test_a_reopening_is_the_one_way_back():
    """Where the last open stage is not known, no way leads back."""
    assert ways_of(FUNNEL, "lost", {"last_open_stage": "demo"}) == [("reopen", "demo", True, ())]
    assert ways_of(FUNNEL, "lost", {}) == []
    assert FUNNEL.decide("lost", "reopen", {}, at=MONDAY).code == "last_open_unknown"


def test_deals_go_back_a_stage():
    """The default pipeline leads back to the meeting and to the proposal."""
    assert [
        way.destination.name for way in OPPORTUNITY_PIPELINE.ways("negotiation", {}, at=MONDAY)
    ] == [
        "meeting",
        "proposal",
        "won",
        "lost",
    ]


@pytest.mark.parametrize(
    ("needs", "found"),
    [
        (((), (), ()), [True, False, False]),
        ((("paper",), (), ()), [True, True, False]),
        ((("paper",), ("deed",), ("deed",)), [True, True, False]),
    ],
)
def test_of_several_ways_by_one_trigger_the_first_is_taken(needs, found):
    """A later one is open only to those who do not give what an earlier one needs."""
    ends = ["won", "sold", "gone"]
    pipeline = Pipeline(
        "fork",
        stages=[Stage("open"), *(Stage(end, kind="won") for end in ends)],
        moves=[
            *(
                Move("end", "open", end, needs=need, guards=Guard(f"g {end}", lambda _d, _a: True))
                for end, need in zip(ends, needs, strict=True)
            ),
        ],
    )

    ways = pipeline.ways("open", {}, at=MONDAY)

    assert [bool(way) for way in ways] == found
    assert ways[2].verdict.code == "leads_elsewhere"


def test_a_way_is_data_for_a_board():
    """With its label and its needs, be it open or not."""
    lose = FUNNEL.ways("offer", a_row(), at=MONDAY)[2]

    assert lose.as_data() == {
        "allowed": True,
        "trigger": "lose",
        "stage": "offer",
        "to": "lost",
        "label": "lost",
        "needs": ["reason"],
        "reasons": {},
        "note_for": [],
    }


def test_ways_are_asked_for_a_stage_that_there_is():
    """A misspelt stage has no empty list of ways."""
    with pytest.raises(InvalidDefinition, match="did you mean offer"):
        FUNNEL.ways("ofer", {}, at=MONDAY)


def test_a_move_is_named_by_its_trigger_or_by_where_it_leads():
    """For a board; of two moves to one stage the open one is meant."""
    forked = Pipeline(
        "two doors",
        stages=[Stage("demo"), Stage("won", kind="won")],
        moves=[Move("buy", "demo", "won", guards=yes("paid")), Move("gift", "demo", "won")],
    )

    def named(trigger="", to="", facts=None):
        return towards(trigger, to, stage="demo", ways=forked.ways("demo", facts or {}, at=MONDAY))

    assert named("buy") == "buy"
    assert (named(to="won"), named(to="won", facts={"paid": True})) == ("gift", "buy")
    with pytest.raises(InvalidValue, match="a trigger or a stage"):
        named()
    with pytest.raises(InvalidValue, match="a trigger or a stage"):
        named("buy", "won")
    with pytest.raises(MoveRefused, match="no move leads from demo to wom"):
        named(to="wom")


# --- time ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("trigger", ["lose", "call", "win"])
def test_a_move_dated_before_the_last_event_is_refused(trigger):
    """The past is not changed, on any path."""
    row = a_row(timeline=(MoveTaken(at=TUESDAY, trigger="propose", from_stage="demo"),))
    needs = {"reason": "price", "contract": 7}

    refusal = FUNNEL.decide("offer", trigger, row, at=MONDAY, **needs)

    assert (refusal.code, len(refusal.objections)) == ("too_early", 1)
    assert {way.verdict.code for way in FUNNEL.ways("offer", row, at=MONDAY)} == {"too_early"}
    assert FUNNEL.decide("offer", trigger, row, at=TUESDAY, **needs)
    with pytest.raises(MoveRefused, match="the time lies before the last event"):
        FUNNEL.drive(row, trigger, at=MONDAY, **needs)


@pytest.mark.parametrize(
    "act",
    [
        lambda: FUNNEL.decide("demo", "propose", {}, at=NAIVE),
        lambda: FUNNEL.ways("demo", {}, at=NAIVE),
        lambda: FUNNEL.entry_objections("demo", {}, at=NAIVE),
        lambda: FUNNEL.drive(a_row("demo"), "propose", at=NAIVE),
        lambda: bound(a_row(), "win")(at=NAIVE, contract=7),
        lambda: bound(a_row(), "win")(contract=7),
    ],
)
def test_a_moment_without_a_time_zone_is_refused(act):
    """On every path, and so is none at all."""
    with pytest.raises(InvalidValue, match="at "):
        act()


def test_a_moment_from_another_zone_is_kept_in_utc():
    """Events of all zones can be compared."""
    tehran = timezone(timedelta(hours=3, minutes=30))

    taken = FUNNEL.drive(a_row("demo"), "propose", at=MONDAY.astimezone(tehran))

    assert (taken.at.tzinfo, taken.at) == (UTC, MONDAY)


# --- driving -------------------------------------------------------------------------------------


def test_a_row_is_driven_and_the_event_comes_back():
    """Its stage and its last open stage are set; the event is what a host stores."""
    row = a_row(last_open_stage="")

    taken = FUNNEL.drive(row, "win", at=MONDAY, by="Sara", note="at last", contract=7)

    assert vars(row) == {"stage": "won", "signed": True, "last_open_stage": "offer"}
    assert taken == MoveTaken(
        at=MONDAY, by="Sara", trigger="win", from_stage="offer", to_stage="won", note="at last"
    )


def test_a_lost_row_is_lost_for_a_reason():
    """As a lost deal is, and the event keeps it."""
    row = SimpleNamespace(stage="proposal", last_open_stage="")

    with pytest.raises(MoveRefused, match="a reason is needed"):
        OPPORTUNITY_PIPELINE.drive(row, "lose", at=MONDAY)
    assert row.stage == "proposal"
    taken = OPPORTUNITY_PIPELINE.drive(row, "lose", at=MONDAY, reason="price")
    assert (taken.reason, row.stage, row.last_open_stage) == ("price", "lost", "proposal")
    OPPORTUNITY_PIPELINE.drive(row, "reopen", at=MONDAY)
    assert row.stage == "proposal"


def test_an_object_that_stays_is_left_alone():
    """Nothing is set where nothing is entered, and the event names no stage that was."""
    row = a_row("demo", last_open_stage="")

    assert FUNNEL.drive(row, "call", at=MONDAY).to_stage == ""
    assert (row.stage, row.last_open_stage) == ("demo", "")


def test_the_stage_may_stand_in_another_attribute():
    """As it does in many a database."""
    row = SimpleNamespace(status=Phase.DEMO)

    FUNNEL.drive(row, "propose", at=MONDAY, attribute="status")

    assert row.status is Phase.OFFER


@attrs.frozen
class Fixed:
    """A frozen deal."""

    stage: str = "demo"


@dataclass(frozen=True)
class Settled:
    """Another frozen deal."""

    stage: str = "demo"


class Shown:
    """A row that works out its stage and its last open stage, and keeps neither."""

    stage = property(lambda _row: "demo")
    last_open_stage = property(lambda _row: "demo")


@pytest.mark.parametrize("row", [Fixed(), Settled(), Shown()])
def test_what_cannot_be_changed_is_said(row):
    """A frozen object is of the wrong kind, and the error says what would do."""
    with pytest.raises(WrongKind, match="allowed: an object whose stage can be set"):
        FUNNEL.drive(row, "propose", at=MONDAY)
    assert row.stage == "demo"


def test_an_object_without_a_stage_is_said():
    """The error names the attribute that was looked for."""
    with pytest.raises(InvalidValue, match="driven has no attribute stage; allowed: attribute=…"):
        FUNNEL.drive(object(), "propose", at=MONDAY)


def test_a_bad_event_moves_nothing():
    """An author that cannot be stored is refused before the row is changed."""
    row = a_row("demo")

    with pytest.raises(InvalidValue, match="by "):
        FUNNEL.drive(row, "propose", at=MONDAY, by="two\nlines")
    assert row.stage == "demo"


class Picky:
    """A row whose setter refuses another last open stage than the offer."""

    def __init__(self):
        """Begin with a demonstration."""
        self.stage, self.signed, self.last_open_stage = "demo", True, "offer"

    def __setattr__(self, name, value):
        """Refuse a last open stage from outside."""
        if name == "last_open_stage" and value != "offer":
            raise TypeError
        object.__setattr__(self, name, value)


def test_all_is_set_or_nothing():
    """If the object refuses one value, it gets back those it had."""
    row = Picky()

    with pytest.raises(TypeError):
        FUNNEL.drive(row, "lose", at=MONDAY, reason="price")
    assert (row.stage, row.last_open_stage) == ("demo", "offer")


class Remembering(Shown):
    """A row that works out its last open stage only."""

    stage = "demo"


@pytest.mark.parametrize("move", [FUNNEL.drive, lambda row, t, at: bound(row, t)(at=at)])
def test_a_row_may_work_out_its_last_open_stage(move):
    """A move sets what can be set."""
    row = Remembering()

    move(row, "propose", at=MONDAY)

    assert (row.stage, row.last_open_stage) == ("offer", "demo")


def test_many_rows_are_driven_at_the_same_time():
    """A guard may drive another row; each goes its own way."""
    other = a_row("demo")

    def follow(_row, at):
        FUNNEL.drive(other, "propose", at=at)
        return True

    chained = Pipeline(
        "chained",
        stages=FUNNEL.stages,
        moves=[*FUNNEL.moves, Move("both", "offer", "won", guards=follow)],
    )
    row = a_row()

    chained.drive(row, "both", at=MONDAY)

    assert (row.stage, other.stage) == ("won", "offer")


# --- the machine ---------------------------------------------------------------------------------


def bound(row, trigger, machine=None):
    """Bind a row to a machine, and return what moves it by a trigger."""
    (machine or FUNNEL.machine()).add_model(row, initial=row.stage)
    return lambda **given: row.trigger(trigger, **given)


def test_the_machine_remembers_the_last_open_stage():
    """So that it can reopen too; it asks for needs as the pipeline does."""
    row = a_row("demo", signed=False, last_open_stage="")
    FUNNEL.machine().add_model(row, initial="demo")

    assert row.propose(at=MONDAY)
    assert not row.lose(at=MONDAY)
    assert row.lose(at=MONDAY, reason="price")
    assert row.reopen(at=MONDAY)
    assert (row.stage, row.last_open_stage) == ("offer", "offer")


def test_the_machine_is_live():
    """It can be bound, extended, and given conditions as any other machine of its kind."""
    machine = FUNNEL.machine(attribute="status")
    row = SimpleNamespace(is_rich=lambda event: event.model is row, signed=False)
    machine.add_transition("skip", "demo", "won", conditions=["is_rich"], unless=[row.is_rich])
    machine.add_transition("skip", "demo", "won", conditions=["is_rich"])
    machine.add_model(row, initial="demo")

    assert row.skip(at=MONDAY)
    assert row.status == "won"


def test_a_trigger_cannot_be_called_like_the_attribute_of_the_machine():
    """The package would overwrite the stage; another attribute will do, and `drive` needs none."""
    odd = Pipeline(
        "odd", stages=[Stage("a"), Stage("won", kind="won")], moves=[Move("stage", "a", "won")]
    )
    row = a_row("a")

    with pytest.raises(InvalidDefinition, match="move stage is called like the attribute"):
        odd.machine()
    assert odd.machine(attribute="status")
    assert odd.drive(row, "stage", at=MONDAY).to_stage == row.stage == "won"


@pytest.mark.parametrize("trigger", ["state", "trigger", "model", "move", "initial", "="])
@pytest.mark.parametrize("stages", [("demo", "*"), ("demo", "="), ("=", "*")])
def test_the_words_of_the_engine_are_names_like_any_other(trigger, stages):
    """A stage may be called ``=``, and a move like anything that the engine knows."""
    first, second = stages
    pipeline = Pipeline(
        "odd",
        stages=[Stage(first), Stage(second), Stage("won", kind="won")],
        moves=[Move(trigger, first, second), Move(trigger, second, "won")],
    )
    driven, triggered = a_row(first), a_row(first)
    pipeline.drive(driven, trigger, at=MONDAY)
    bound(triggered, trigger, pipeline.machine())(at=MONDAY)

    assert [driven.stage, triggered.stage] == [second] * 2


# --- stages of a host ----------------------------------------------------------------------------


class Phase(StrEnum):
    """Stages as an enumeration of texts."""

    DEMO = "demo"
    OFFER = "offer"


class Old(str, Enum):  # noqa: UP042 - the point
    """Stages as enumerations of texts were written before Python 3.11."""

    DEMO = "demo"
    HALL = "hall"


class Plain(Enum):
    """Stages as an enumeration that is no text."""

    DEMO = "demo"


def test_a_definition_may_be_written_with_members_of_an_enumeration():
    """It is the same as one that is written with texts, also for the machine."""
    written = Pipeline(
        "p",
        stages=[Stage(Phase.DEMO), Stage(Phase.OFFER, kind="won")],
        moves=[Move("win", Phase.DEMO, Phase.OFFER)],
    )
    plain = Pipeline(
        "p",
        stages=[Stage("demo"), Stage("offer", kind="won")],
        moves=[Move("win", "demo", "offer")],
    )
    row = a_row("demo")

    assert written == plain
    assert bound(row, "win", written.machine())(at=MONDAY)
    assert row.stage == "offer"


@pytest.mark.parametrize("kind", [str, Phase, Old])
def test_a_last_open_stage_may_be_a_member_of_an_enumeration(kind):
    """However an entity remembers where it was, it is reopened there."""
    rows = [a_row("lost", last_open_stage=kind("demo")) for _ in range(2)]

    FUNNEL.drive(rows[0], "reopen", at=MONDAY)
    bound(rows[1], "reopen")(at=MONDAY)

    assert [row.stage for row in rows] == ["demo", "demo"]


def test_nowhere_is_no_stage():
    """A stage may have any name, and an entity that remembers none is not reopened there."""
    pipeline = Pipeline(
        "odd",
        stages=[Stage("None"), Stage("lost", kind="lost")],
        moves=[
            Move("lose", "None", "lost"),
            Move("reopen", "lost", Destination.LAST_OPEN, reopening=True),
        ],
    )

    assert not pipeline.decide("lost", "reopen", {}, at=MONDAY)


@pytest.mark.parametrize("trigger", ["win", "lose", "propse"])
def test_a_refusal_calls_a_stage_by_its_name(trigger):
    """However an entity writes its stage, the reasons are told in the words of the pipeline."""
    told = (FUNNEL.decide(stage, trigger, {}, at=MONDAY) for stage in ("demo", Old.DEMO))

    assert len({repr(refusal) for refusal in told}) == 1


def test_an_enumeration_has_a_member_for_every_stage():
    """The error names the stage that is missing from it."""
    with pytest.raises(InvalidValue, match="stage offer is not a member of Old; allowed: an enum"):
        FUNNEL.drive(a_row(Old.DEMO), "propose", at=MONDAY)
    with pytest.raises(MoveRefused, match="the pipeline has no stage of that name"):
        FUNNEL.drive(a_row(Plain.DEMO), "propose", at=MONDAY)


def test_a_row_that_stood_nowhere_is_not_moved():
    """A stage that is empty is not one of the stages."""
    with pytest.raises(MoveRefused, match="the pipeline has no stage of that name"):
        FUNNEL.drive(a_row(None), "propose", at=MONDAY)


# --- events --------------------------------------------------------------------------------------

BEFORE = SimpleNamespace(pipeline=FIVE_STAGES, stage="meeting", last_open_stage="meeting")


def test_an_event_tells_what_a_move_changes():
    """An open stage is remembered, a closed one is not, and a move that stays changes nothing."""
    assert entering(BEFORE, from_stage="meeting", to_stage="proposal", at=TUESDAY) == {
        "stage": "proposal",
        "last_open_stage": "proposal",
        "stage_since": TUESDAY,
    }
    lost = MoveTaken(at=TUESDAY, trigger="lose", from_stage="meeting", to_stage="lost")
    assert lost.changes(BEFORE) == {"stage": "lost", "stage_since": TUESDAY}
    assert MoveTaken(at=TUESDAY, trigger="call", from_stage="meeting").changes(BEFORE) == {}


def test_a_move_into_the_same_stage_does_not_begin_it_anew():
    """Its time there goes on."""
    again = MoveTaken(at=TUESDAY, trigger="again", from_stage="meeting", to_stage="meeting")

    assert again.changes(BEFORE) == {"stage": "meeting", "last_open_stage": "meeting"}


@pytest.mark.parametrize("to_stage", ["", "proposal"])
def test_an_event_happens_where_the_entity_stands(to_stage):
    """An event that leaves another stage fits no timeline."""
    elsewhere = MoveTaken(at=MONDAY, trigger="go", from_stage="qualification", to_stage=to_stage)

    with pytest.raises(InvalidHistory, match="leaves qualification, which was not the stage"):
        elsewhere.changes(BEFORE)


def test_an_event_leads_to_a_stage_of_the_pipeline():
    """A stage that there is not can be entered by no event."""
    with pytest.raises(InvalidHistory, match="enters hall, which five stages 1 does not have"):
        entering(BEFORE, from_stage="meeting", to_stage="hall", at=TUESDAY)


@pytest.mark.parametrize(
    ("field", "value"), [("trigger", 3), ("from_stage", None), ("to_stage", 3)]
)
def test_an_event_names_the_field_that_is_wrong(field, value):
    """Not another one."""
    fields = {"trigger": "go", "from_stage": "a", "to_stage": "b"} | {field: value}

    with pytest.raises(InvalidValue) as refused:
        MoveTaken(at=MONDAY, **fields)
    assert refused.value.field == field


def test_what_begins_in_a_stage_has_its_fields():
    """An open stage is the last open one, a closed one is not."""
    assert beginning(FIVE_STAGES, "meeting", at=MONDAY) == {
        "pipeline": FIVE_STAGES,
        "stage": "meeting",
        "last_open_stage": "meeting",
        "stage_since": MONDAY,
    }
    assert beginning(FIVE_STAGES, "won", at=MONDAY)["last_open_stage"] == ""


def test_a_permit_knows_the_way():
    """As an event keeps it, and the stage to which a reopening leads back."""
    demo, won, lost = FUNNEL.stage("demo"), FUNNEL.stage("won"), FUNNEL.stage("lost")

    assert Permit("win", demo, won).way == {
        "trigger": "win",
        "from_stage": "demo",
        "to_stage": "won",
    }
    assert Permit("win", demo, won).last_open_stage == "demo"
    assert Permit("move", won, lost).last_open_stage == ""


def test_a_move_is_named_by_its_trigger_or_by_its_stage_alone():
    """Both, or neither, is the caller's mistake, and the sentence says what is wanted."""
    for trigger, to in (("propose", "proposal"), ("", "")):
        with pytest.raises(InvalidValue) as caught:
            towards(trigger, to, stage="meeting", ways=[])

        assert str(caught.value) == (
            "move wants a trigger or a stage, and not both; allowed: a trigger, or to=…"
        )
