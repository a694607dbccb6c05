"""Moving entities: frozen ones, mutable ones, with and without a timeline."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum, StrEnum
from types import SimpleNamespace
from typing import ClassVar

import attrs
import pytest

from salesfunnel.errors import InvalidDefinition, InvalidValue, MoveRefused, Refusal
from salesfunnel.history import stays
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import (
    LAST_OPEN,
    OPPORTUNITY_PIPELINE,
    STAYS,
    Guard,
    Move,
    MoveTaken,
    Pipeline,
    Stage,
    StageChanged,
    granted,
)
from salesfunnel.values import FrozenMap

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
NAIVE = datetime(2026, 3, 2)  # noqa: DTZ001 - the point


def close(deal, at):
    """Note the day of the close."""
    deal.closed_on = at.date()


def spoil(deal, _at):
    """Interfere with the machine."""
    deal.stage = "demo"


SIGNED = Guard("signed", lambda deal, _at: deal.signed, message="nobody signed")
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
        Move("call", ["demo", "offer"], STAYS),
        Move("visit", "offer", STAYS, after=close),
        Move("spoil", "offer", "won", after=spoil),
        Move("win", "offer", "won", guards=SIGNED, after=close),
        Move("lose", ["demo", "offer"], "lost"),
        Move("reopen", ["won", "lost"], LAST_OPEN, reopening=True),
    ],
)


@attrs.frozen
class Deal:
    """Somebody's own frozen deal."""

    stage: str = "demo"
    signed: bool = False
    closed_on: object = None


@attrs.frozen
class Chronicle(Deal):
    """A deal that keeps its history and its last open stage."""

    last_open_stage: str = ""
    timeline: tuple = ()


def test_a_frozen_deal_moves():
    """The next value is in the next stage, and the old one still stands."""
    deal = Deal()

    assert FUNNEL.move(deal, "propose", at=MONDAY) == Deal("offer")
    assert deal == Deal("demo")


def test_a_move_appends_its_event():
    """The timeline says when, by whom, and from where to where."""
    deal = FUNNEL.move(Chronicle(), "propose", at=MONDAY, by="Sara")

    assert deal.timeline == (
        StageChanged(
            at=MONDAY,
            by="Sara",
            trigger="propose",
            from_stage="demo",
            to_stage="offer",
            also=FrozenMap({"last_open_stage": "offer"}),
        ),
    )
    assert (deal.stage, deal.last_open_stage) == ("offer", "offer")
    assert pickle.loads(pickle.dumps(deal)) == deal  # noqa: S301 - our own bytes


def test_what_a_callback_sets_is_part_of_the_event():
    """So the deal can be rebuilt from its timeline."""
    deal = FUNNEL.move(Chronicle("offer", signed=True), "win", at=MONDAY)

    assert deal.closed_on == MONDAY.date()
    assert deal.timeline[-1].also == {"closed_on": MONDAY.date(), "last_open_stage": "offer"}


def test_a_lost_deal_is_reopened_where_it_was():
    """Reopening leads back to the stage in which the deal was lost."""
    lost = FUNNEL.move(Chronicle("offer"), "lose", at=MONDAY)

    assert FUNNEL.move(lost, "reopen", at=TUESDAY).stage == "offer"


def test_nobody_guesses_where_a_deal_was():
    """A deal that does not know its last open stage is not reopened."""
    refusal = FUNNEL.try_move(Chronicle("lost"), "reopen", at=MONDAY)

    assert str(refusal) == ("cannot reopen from lost: the stage it was closed from is not known")


def test_a_deal_without_a_memory_cannot_be_reopened():
    """Nor one that has no room for its last open stage, or a closed stage there."""
    assert not FUNNEL.try_move(Deal("lost"), "reopen", at=MONDAY)
    assert not FUNNEL.try_move(Chronicle("lost", last_open_stage="won"), "reopen", at=MONDAY)


def test_a_move_that_stays_enters_no_stage():
    """It is written down, if there is a timeline; and the time in stage goes on."""
    deal = FUNNEL.move(Chronicle(), "propose", at=MONDAY)

    called = FUNNEL.move(deal, "call", at=TUESDAY, by="Sara")

    assert called.timeline[-1] == MoveTaken(at=TUESDAY, by="Sara", trigger="call", stage="offer")
    assert called == attrs.evolve(deal, timeline=called.timeline)
    assert stays(called.timeline) == stays(deal.timeline)


def test_a_move_that_changes_nothing_gives_the_same_value():
    """Without a timeline, there is nothing to write it on."""
    deal = Deal("demo")

    assert FUNNEL.move(deal, "call", at=MONDAY) is deal


def test_a_move_that_stays_may_set_something():
    """What its callback sets stands in the event, and no stage is entered again."""
    before = FUNNEL.move(Chronicle(), "propose", at=MONDAY)

    deal = FUNNEL.move(before, "visit", at=TUESDAY)

    assert (deal.stage, deal.closed_on) == ("offer", TUESDAY.date())
    assert deal.timeline[-1].changes(before) == {"closed_on": TUESDAY.date()}
    assert stays(deal.timeline) == stays(before.timeline)


def test_a_refused_move_raises_or_is_returned():
    """Both carry the same reasons."""
    refusal = FUNNEL.try_move(Deal("offer"), "win", at=MONDAY)

    with pytest.raises(MoveRefused, match="nobody signed") as refused:
        FUNNEL.move(Deal("offer"), "win", at=MONDAY)
    with pytest.raises(MoveRefused, match="nobody signed"):
        granted(refusal)
    assert refused.value.refusal == refusal == FUNNEL.decide("offer", "win", Deal(), at=MONDAY)
    assert pickle.loads(pickle.dumps(refusal)) == refusal  # noqa: S301 - our own bytes


REFUSALS = {
    ("hall", "win"): ("unknown_stage", "no such stage; stages: demo, offer, won, lost", ""),
    (None, "win"): ("unknown_stage", "no such stage; stages: demo, offer, won, lost", ""),
    ("demo", "wim"): (
        "unknown_trigger",
        "no such trigger",
        "triggers: propose, call, visit, spoil, win, lose, reopen",
    ),
    ("demo", "win"): ("not_from_here", "win is not open from demo", "win is open from: offer"),
    ("offer", "win"): ("guard", "nobody signed", ""),
}


@pytest.mark.parametrize(("case", "reason"), REFUSALS.items(), ids=str)
def test_a_refusal_tells_one_reason_from_another(case, reason):
    """An unknown stage, an unknown trigger, one not open from here, and a guard."""
    stage, trigger = case

    refusal = FUNNEL.try_move(Deal(stage), trigger, at=MONDAY)

    (objection,) = refusal.objections
    assert (refusal.code, objection.message, objection.remedy) == reason
    assert refusal == FUNNEL.decide(stage, trigger, Deal(stage), at=MONDAY)


@pytest.mark.parametrize("trigger", ["lose", "reopen", "visit"])
def test_a_move_dated_before_the_last_one_is_refused(trigger):
    """Nobody changes the past, whether asking, explaining or moving."""
    deal = FUNNEL.move(Chronicle(), "propose", at=TUESDAY)
    if trigger == "reopen":
        deal = FUNNEL.move(deal, "lose", at=TUESDAY)

    refusal = FUNNEL.try_move(deal, trigger, at=MONDAY)

    assert (refusal.code, len(refusal.objections)) == ("too_early", 1)
    assert "dated before what happened last" in str(refusal)
    assert FUNNEL.explain(deal.stage, deal, at=MONDAY)[trigger] == refusal
    assert FUNNEL.allowed(deal.stage, deal, at=MONDAY) == ()
    assert FUNNEL.try_move(deal, trigger, at=TUESDAY)


@pytest.mark.parametrize(
    "act",
    [
        lambda: FUNNEL.move(Deal(), "propose", at=NAIVE),
        lambda: FUNNEL.try_move(Deal(), "propose", at=NAIVE),
        lambda: FUNNEL.decide("demo", "propose", {}, at=NAIVE),
        lambda: FUNNEL.allowed("demo", {}, at=NAIVE),
        lambda: FUNNEL.explain("demo", {}, at=NAIVE),
        lambda: FUNNEL.drive(SimpleNamespace(stage="demo"), "propose", at=NAIVE),
        lambda: FUNNEL.machine().events["win"].trigger(SimpleNamespace(stage="offer"), at=NAIVE),
        lambda: FUNNEL.machine().events["win"].trigger(SimpleNamespace(stage="offer")),
    ],
)
def test_a_moment_without_a_time_zone_is_refused(act):
    """On every path, and so is none at all."""
    with pytest.raises(InvalidValue, match="at "):
        act()


def test_a_moment_from_another_zone_is_kept_in_utc():
    """Events of all zones can be compared."""
    tehran = timezone(timedelta(hours=3, minutes=30))

    deal = FUNNEL.move(Chronicle(), "propose", at=MONDAY.astimezone(tehran))

    assert deal.timeline[0].at.tzinfo is UTC
    assert deal.timeline[0].at == MONDAY


def test_a_callback_may_not_set_the_stage():
    """Otherwise the stage would be where no move leads."""
    with pytest.raises(InvalidDefinition, match="move spoil: a callback has set the stage"):
        FUNNEL.move(Deal("offer"), "spoil", at=MONDAY)


class Phase(StrEnum):
    """Stages as an enumeration of texts."""

    DEMO = "demo"
    OFFER = "offer"


@pytest.mark.parametrize("kind", [Deal, Chronicle])
def test_a_stage_stays_a_member_of_its_enumeration(kind):
    """What was an enumeration member before is one afterwards."""
    assert FUNNEL.move(kind(Phase.DEMO), "propose", at=MONDAY).stage is Phase.OFFER


def test_what_is_no_attrs_value_cannot_be_moved():
    """There would be no next value to build, or none in another stage."""
    for odd in (SimpleNamespace(stage="demo"), attrs.make_class("Odd", [])()):
        with pytest.raises(InvalidValue, match="is no attrs value with a stage") as refused:
            FUNNEL.move(odd, "propose", at=MONDAY)
        assert refused.value.__context__ is None


def test_the_nouns_of_the_library_are_moved_by_their_own_verbs():
    """Otherwise a deal could be lost without a reason."""
    lead = Lead.capture(company="Novin Tejarat", at=MONDAY)
    deal = Opportunity.open(id="7", at=MONDAY)

    for noun in (lead, deal):
        with pytest.raises(InvalidValue, match="has verbs of its own"):
            OPPORTUNITY_PIPELINE.move(noun, "lose", at=MONDAY)


def test_an_entity_may_have_a_field_called_pipeline():
    """Be it a name, or the pipeline itself, for whoever asks what is overdue."""
    entity_type = attrs.make_class("Deal", ["stage", "pipeline"], frozen=True)

    for pipeline in ("b2b", FUNNEL):
        assert FUNNEL.move(entity_type("demo", pipeline), "propose", at=MONDAY).stage == "offer"


def test_an_entity_may_tell_a_story_of_moves():
    """A class that names its events is moved if a change of stage is one of them."""

    @attrs.frozen
    class Told(Chronicle):
        story: ClassVar = (StageChanged, MoveTaken)

    assert FUNNEL.move(Told(), "propose", at=MONDAY).stage == "offer"


@attrs.frozen
class Strict:
    """A deal with an invariant."""

    stage: str = "demo"

    def __attrs_post_init__(self):
        """Refuse to be offered."""
        if self.stage == "offer":
            raise InvalidValue("stage", "is not for us")


@attrs.frozen
class Validated:
    """A deal whose stage is validated."""

    stage: str = attrs.field(default="demo", validator=attrs.validators.in_(["demo", "lost"]))


def test_the_invariants_of_an_entity_hold():
    """A move does not get around what a class asks of its objects."""
    with pytest.raises(InvalidValue, match="not for us"):
        FUNNEL.move(Strict(), "propose", at=MONDAY)
    with pytest.raises(ValueError, match="in"):
        FUNNEL.move(Validated(), "propose", at=MONDAY)
    assert FUNNEL.move(Validated(), "lose", at=MONDAY) == Validated("lost")
    assert FUNNEL.move(Strict(), "lose", at=MONDAY) == Strict("lost")


def test_a_mutable_object_is_driven():
    """Its stage, its last open stage, and what the callbacks set."""
    row = SimpleNamespace(stage="offer", signed=True, last_open_stage="")

    permit = FUNNEL.drive(row, "win", at=MONDAY)

    assert vars(row) == {
        "stage": "won",
        "signed": True,
        "last_open_stage": "offer",
        "closed_on": MONDAY.date(),
    }
    assert permit.destination.name == "won"


def test_what_cannot_be_driven_is_said():
    """An object without a stage, and one that is frozen, are told what would do."""
    with pytest.raises(InvalidValue, match="driven has no stage; allowed: any attribute="):
        FUNNEL.drive(object(), "propose", at=MONDAY)
    with pytest.raises(InvalidValue, match="driven is frozen; allowed: an object that can be"):
        FUNNEL.drive(Deal(), "propose", at=MONDAY)


def test_the_stage_may_stand_in_another_attribute():
    """As it does in many a database."""
    row = SimpleNamespace(status=Phase.DEMO)

    FUNNEL.drive(row, "propose", at=MONDAY, attribute="status")

    assert row.status is Phase.OFFER


def test_an_object_that_stays_is_left_alone():
    """Nothing is set where nothing is entered."""
    row = SimpleNamespace(stage="demo", last_open_stage="")

    assert not FUNNEL.drive(row, "call", at=MONDAY).enters
    assert vars(row) == {"stage": "demo", "last_open_stage": ""}


def test_a_refused_object_is_left_alone():
    """The error says why."""
    row = SimpleNamespace(stage="offer", signed=False)

    with pytest.raises(MoveRefused, match="nobody signed"):
        FUNNEL.drive(row, "win", at=MONDAY)
    assert row.stage == "offer"


class Picky:
    """A row whose setter refuses a date."""

    def __init__(self):
        """Begin with an offer."""
        self.stage, self.signed, self.last_open_stage = "offer", True, "offer"

    def __setattr__(self, name, value):
        """Refuse a last open stage from outside."""
        if name == "last_open_stage" and value != "offer":
            raise TypeError
        object.__setattr__(self, name, value)


class Shown:
    """A row that works out its stage and its last open stage, and keeps neither."""

    stage = property(lambda _row: "offer")
    last_open_stage = property(lambda _row: "offer")
    signed = True


class Narrow:
    """A row that has no room for anything but its stage."""

    __slots__ = ("stage",)
    signed = True


def test_a_row_without_room_is_left_as_it_is():
    """What a callback sets has nowhere to stand, so the stage is not set either."""
    row = Narrow()
    row.stage = "offer"

    with pytest.raises(AttributeError, match="closed_on"):
        FUNNEL.drive(row, "win", at=MONDAY)
    assert row.stage == "offer"


def test_what_was_not_there_before_is_not_there_afterwards():
    """A row whose stage cannot be set keeps nothing of the move."""
    row = Shown()

    with pytest.raises(AttributeError):
        FUNNEL.drive(row, "win", at=MONDAY)
    assert vars(row) == {}


class Remembering(Shown):
    """A row that works out its last open stage only."""

    stage = "demo"


@pytest.mark.parametrize(
    "move", [FUNNEL.drive, lambda row, t, at: FUNNEL.machine().events[t].trigger(row, at=at)]
)
def test_a_row_may_work_out_its_last_open_stage(move):
    """A move sets what can be set."""
    row = Remembering()

    move(row, "propose", at=MONDAY)

    assert vars(row) == {"stage": "offer"}


def test_all_is_set_or_nothing():
    """If the object refuses one value, it gets back those it had."""
    row = Picky()
    row.stage = "demo"

    with pytest.raises(TypeError):
        FUNNEL.drive(row, "lose", at=MONDAY)
    assert row.stage == "demo"


def test_the_machine_handed_out_remembers_the_last_open_stage():
    """So that it can reopen too."""
    machine = FUNNEL.machine()
    row = SimpleNamespace(stage="demo", last_open_stage="", signed=False)

    for trigger in ("propose", "lose", "reopen"):
        assert machine.events[trigger].trigger(row, at=MONDAY)

    assert (row.stage, row.last_open_stage) == ("offer", "offer")


def test_the_machine_handed_out_is_live():
    """It can be bound, extended, and given conditions as any other machine of its kind."""
    machine = FUNNEL.machine(attribute="status")
    row = SimpleNamespace(is_rich=lambda event: event.model is row, is_poor=False, signed=False)
    machine.add_transition(
        "skip",
        "demo",
        "won",
        conditions=["is_rich", lambda event: event.kwargs["at"] == MONDAY],
        unless=["is_poor", SIGNED],
    )
    machine.add_model(row, initial="demo")

    row.is_poor = lambda _event: True
    assert not row.skip(at=MONDAY)
    row.is_poor = lambda _event: False
    assert row.skip(at=MONDAY)
    assert row.status == "won"


def test_the_machine_handed_out_reads_members_of_an_enumeration():
    """A row whose stage is a member moves like one whose stage is a text."""
    row = SimpleNamespace(stage=Phase.DEMO)

    assert FUNNEL.machine().events["propose"].trigger(row, at=MONDAY)
    assert row.stage == Phase.OFFER


@pytest.mark.parametrize("trigger", ["stage", "state", "trigger", "model"])
@pytest.mark.parametrize("stages", [("demo", "*"), ("demo", "="), ("=", "*")])
def test_the_words_of_the_engine_are_names_like_any_other(trigger, stages):
    """A stage may be called ``=``, and a move like the attribute that it changes."""
    first, second = stages
    closing = Move("close", stages, "won", after=close)
    pipeline = Pipeline(
        "odd",
        stages=[Stage(first), Stage(second), Stage("won", kind="won")],
        moves=[Move(trigger, first, second), Move(trigger, second, "won", after=close), closing],
    )
    driven, triggered = SimpleNamespace(stage=first), SimpleNamespace(stage=first)
    pipeline.drive(driven, trigger, at=MONDAY)
    pipeline.machine().events[trigger].trigger(triggered, at=MONDAY)
    moved = pipeline.move(Chronicle(first), trigger, at=MONDAY)

    assert [deal.stage for deal in (driven, triggered, moved)] == [second] * 3
    assert pipeline.move(moved, trigger, at=MONDAY).stage == "won"


def test_what_is_added_to_one_transition_is_in_no_other():
    """A callback that a user adds to an event runs once, whatever stage is left."""
    event, called = FUNNEL.machine().events["lose"], []
    event.add_callback("after", called.append)
    event.trigger(SimpleNamespace(stage="demo"), at=MONDAY)

    assert len(called) == 1


class Old(str, Enum):  # noqa: UP042 - the point
    """Stages as enumerations of texts were written before Python 3.11."""

    DEMO = "demo"
    HALL = "hall"


@pytest.mark.parametrize("kind", [str, Phase, Old])
def test_a_last_open_stage_may_be_a_member_of_an_enumeration(kind):
    """However an entity remembers where it was, it is reopened there."""
    lost = {"stage": "lost", "last_open_stage": kind("demo")}
    rows = [SimpleNamespace(**lost), SimpleNamespace(**lost)]

    FUNNEL.drive(rows[0], "reopen", at=MONDAY)
    FUNNEL.machine().events["reopen"].trigger(rows[1], at=MONDAY)

    assert [row.stage for row in rows] == ["demo", "demo"]
    assert FUNNEL.move(Chronicle(**lost), "reopen", at=MONDAY).stage == "demo"


def test_nowhere_is_no_stage():
    """A stage may have any name, and an entity that remembers none is not reopened there."""
    pipeline = Pipeline(
        "odd",
        stages=[Stage("None"), Stage("lost", kind="lost")],
        moves=[Move("lose", "None", "lost"), Move("reopen", "lost", LAST_OPEN, reopening=True)],
    )

    assert not pipeline.decide("lost", "reopen", {}, at=MONDAY)


@pytest.mark.parametrize("trigger", ["win", "lose", "propose", "wim"])
@pytest.mark.parametrize("at", [MONDAY, TUESDAY])
def test_a_refusal_calls_a_stage_by_its_name(trigger, at):
    """However an entity writes its stage, the reasons are told in the words of the pipeline."""
    chronicle = FUNNEL.move(Chronicle(), "call", at=TUESDAY)
    text, member = (attrs.evolve(chronicle, stage=stage) for stage in ("demo", Old.DEMO))

    told = FUNNEL.explain("demo", text, at=at), FUNNEL.explain(Old.DEMO, member, at=at)

    assert repr(told[0]) == repr(told[1])
    if not FUNNEL.decide("demo", trigger, text, at=at):
        assert repr(FUNNEL.try_move(member, trigger, at=at)) == repr(
            FUNNEL.try_move(text, trigger, at=at)
        )


@pytest.mark.parametrize(
    "act",
    [
        FUNNEL.move,
        lambda d, t, at: FUNNEL.drive(attrs.make_class("Row", ["stage"])(d.stage), t, at=at),
    ],
)
def test_an_enumeration_has_a_member_for_every_stage(act):
    """The error names the stage that is missing from it."""
    with pytest.raises(InvalidValue, match="stage offer is no Old; allowed: an enumeration with"):
        act(Deal(Old.DEMO), "propose", at=MONDAY)


@pytest.mark.parametrize(
    ("stage", "trigger", "code"),
    [(["demo"], "win", "unknown_stage"), ("demo", ["win"], "unknown_trigger")],
)
def test_what_can_be_no_name_is_refused_as_unknown(stage, trigger, code):
    """A list where a name should be is no reason to break."""
    for refusal in (
        FUNNEL.decide(stage, trigger, {}, at=MONDAY),
        FUNNEL.try_move(Deal(stage), trigger, at=MONDAY),
    ):
        assert (refusal.code, type(refusal.stage), type(refusal.trigger)) == (code, str, str)
        assert pickle.loads(pickle.dumps(refusal)) == refusal  # noqa: S301 - our own bytes
    with pytest.raises(MoveRefused):
        FUNNEL.move(Deal(stage), trigger, at=MONDAY)


class Plain(Enum):
    """Stages as an enumeration that is no text."""

    DEMO = "demo"


def test_a_stage_that_is_no_text_is_unknown():
    """The names of stages are texts."""
    refusal = FUNNEL.try_move(Deal(Plain.DEMO), "propose", at=MONDAY)

    assert isinstance(refusal, Refusal)
    assert refusal.code == "unknown_stage"
