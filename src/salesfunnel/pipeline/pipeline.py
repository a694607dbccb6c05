"""
The pipeline: stages, and the moves between them, as one frozen value that gives every verdict.

It is agnostic of the entity: a lead, an opportunity and somebody's own database row are judged by
the same definition, and what `explain` says is what a move does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

import attrs

from ..errors import InvalidDefinition, InvalidValue, MoveRefused, Objection, Refusal
from ..values.instants import instant
from ..values.text import is_visible
from .checks import Problem, find_problems
from .move import Move
from .moving import Mover, drive, moved, mover
from .permit import Permit
from .stage import Stage
from .table import Asked, Judge, Table

EntityT = TypeVar("EntityT")

_NOWHERE: Mapping[str, Judge] = MappingProxyType({})
_TOO_EARLY = Objection(
    "too_early",
    "the move is dated before what happened last",
    "give a time at or after the last event",
)


def _stages(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    return tuple(stages)


def _moves(moves: Iterable[Move]) -> tuple[Move, ...]:
    return tuple(moves)


@attrs.frozen
class Pipeline:
    """
    Stages and moves under a name. The first stage is where everything begins.

    Raises `InvalidDefinition` with every problem when the definition contradicts itself.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.pipeline import Move, Stage
    >>> tiny = Pipeline(
    ...     "tiny",
    ...     stages=[Stage("open"), Stage("won", kind="won"), Stage("lost", kind="lost")],
    ...     moves=[Move("win", "open", "won"), Move("lose", "open", "lost")],
    ... )
    >>> tiny.allowed("open", {}, at=datetime(2026, 3, 2, tzinfo=UTC))
    ('win', 'lose')
    """

    name: str
    stages: tuple[Stage, ...] = attrs.field(converter=_stages, repr=False, kw_only=True)
    moves: tuple[Move, ...] = attrs.field(converter=_moves, repr=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a definition that contradicts itself."""
        if not is_visible(self.name):
            raise InvalidDefinition("pipeline", ("a pipeline needs a name",))
        if errors := [str(problem) for problem in self.problems() if problem.is_error]:
            raise InvalidDefinition(f"pipeline {self.name}", tuple(errors))

    @cached_property
    def _stages(self) -> dict[str, Stage]:
        return {stage.name: stage for stage in self.stages}

    # The engine is imported only when a pipeline is first used, so that importing stays light.
    @cached_property
    def _machine(self) -> Any:  # noqa: ANN401 - see above
        return self.machine()

    @cached_property
    def _table(self) -> Table:
        from ._machine import compile_table  # noqa: PLC0415 - see above

        return compile_table(self._machine, self._stages)

    @cached_property
    def _movers(self) -> dict[type[Any], Mover]:
        return {}

    @property
    def initial(self) -> Stage:
        """The stage where everything begins."""
        return self.stages[0]

    @property
    def triggers(self) -> tuple[str, ...]:
        """All triggers, in the order of their definition."""
        return tuple(dict.fromkeys(move.trigger for move in self.moves))

    def stage(self, name: str) -> Stage:
        """
        Return the stage of that name. Raises `InvalidDefinition` when the pipeline has none.

        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> OPPORTUNITY_PIPELINE.stage("won").kind
        <StageKind.WON: 'won'>
        """
        if name not in self._stages:
            raise InvalidDefinition(f"pipeline {self.name}", (self._unknown_stage().message,))
        return self._stages[name]

    def problems(self) -> tuple[Problem, ...]:
        """
        List what is doubtful about the definition; what contradicts itself was refused before.

        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> OPPORTUNITY_PIPELINE.problems()
        ()
        """
        return find_problems(self.stages, self.moves)

    def decide(self, stage: str, trigger: str, entity: object, *, at: datetime) -> Permit | Refusal:
        """
        Judge one move: a permit, or a refusal with every objection. Nothing is changed.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> print(OPPORTUNITY_PIPELINE.decide("meeting", "win", {}, at=monday))
        cannot win from meeting: win is not open from meeting
        """
        return self._judge(stage, trigger, entity, instant(at), {})

    def allowed(self, stage: str, entity: object, *, at: datetime) -> tuple[str, ...]:
        """
        List the triggers that a move would obey now, guards included.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> OPPORTUNITY_PIPELINE.allowed("meeting", {}, at=datetime(2026, 3, 2, tzinfo=UTC))
        ('propose', 'lose')
        """
        moment = instant(at)
        return tuple(t for t in self._table if self._judge(stage, t, entity, moment, {}))

    def explain(self, stage: str, entity: object, *, at: datetime) -> dict[str, Permit | Refusal]:
        """
        Judge every trigger from a stage at once.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> verdicts = OPPORTUNITY_PIPELINE.explain(
        ...     "meeting", {}, at=datetime(2026, 3, 2, tzinfo=UTC)
        ... )
        >>> bool(verdicts["propose"]), bool(verdicts["win"])
        (True, False)
        """
        moment = instant(at)
        return {t: self._judge(stage, t, entity, moment, {}) for t in self._table}

    def move(self, entity: EntityT, trigger: str, *, at: datetime, by: str = "") -> EntityT:
        """
        Return a frozen attrs object with a ``stage``, one move later.

        If it has a ``timeline``, a `StageChanged` is appended; if it has a ``last_open_stage``,
        that is kept, so that it can be reopened. Raises `MoveRefused` with every reason.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> @attrs.frozen
        ... class Deal:
        ...     stage: str
        >>> OPPORTUNITY_PIPELINE.move(
        ...     Deal("meeting"), "propose", at=datetime(2026, 3, 2, tzinfo=UTC)
        ... )
        Deal(stage='proposal')
        """
        later = self.try_move(entity, trigger, at=at, by=by)
        if isinstance(later, Refusal):
            raise MoveRefused(later)
        return later

    def try_move(
        self, entity: EntityT, trigger: str, *, at: datetime, by: str = ""
    ) -> EntityT | Refusal:
        """
        Do what `move` does, but return the refusal instead of raising it.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> @attrs.frozen
        ... class Deal:
        ...     stage: str
        >>> no = OPPORTUNITY_PIPELINE.try_move(
        ...     Deal("won"), "propose", at=datetime(2026, 3, 2, tzinfo=UTC)
        ... )
        >>> print(no)
        cannot propose from won: propose is not open from won
        """
        value: Any = entity
        moment = instant(at)
        take = self._movers.get(type(value)) or self._mover(value)
        asked: Asked = {}
        verdict = self._judge(value.stage, trigger, value, moment, asked)
        if isinstance(verdict, Refusal):
            return verdict
        later: EntityT
        if verdict.calls_back:
            also = self._called_back(verdict, value, asked, moment)
            later = moved(value, verdict, also, at=moment, by=by)
        else:
            later = take(value, verdict, moment, by)
        return later

    def drive(
        self, driven: object, trigger: str, *, at: datetime, attribute: str = "stage"
    ) -> Permit:
        """
        Move a mutable object, such as a database row, whose stage stands in an attribute.

        All that a move sets is set, or nothing. Raises `MoveRefused` with every reason why not.

        >>> from datetime import UTC, datetime
        >>> from types import SimpleNamespace
        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> row = SimpleNamespace(id=7, stage="meeting")
        >>> permit = OPPORTUNITY_PIPELINE.drive(row, "propose", at=datetime(2026, 3, 2, tzinfo=UTC))
        >>> row.stage
        'proposal'
        """
        moment = instant(at)
        asked: Asked = {}
        verdict = self._judge(getattr(driven, attribute), trigger, driven, moment, asked)
        if isinstance(verdict, Refusal):
            raise MoveRefused(verdict)
        also = self._called_back(verdict, driven, asked, moment) if verdict.calls_back else {}
        drive(driven, verdict, also, attribute=attribute)
        return verdict

    def machine(self, *, attribute: str = "stage") -> Any:  # noqa: ANN401 - see below
        """
        Build a live ``transitions.Machine`` of your own, without a model, by this definition.

        Give ``at`` to its triggers. It is not imported, and so not named here, until it is needed.

        >>> from datetime import UTC, datetime
        >>> from types import SimpleNamespace
        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> row = SimpleNamespace(id=7, stage="meeting")
        >>> machine = OPPORTUNITY_PIPELINE.machine()
        >>> machine.events["propose"].trigger(row, at=datetime(2026, 3, 2, tzinfo=UTC))
        True
        >>> row.stage
        'proposal'
        """
        from ._machine import build_machine  # noqa: PLC0415 - see above

        return build_machine(self.stages, self.moves, attribute=attribute)

    def _judge(
        self, stage: str, trigger: str, entity: object, at: datetime, asked: Asked
    ) -> Permit | Refusal:
        judge = self._table.get(trigger, _NOWHERE).get(stage)
        if judge is None:
            return self._no_way(str(stage), trigger)
        timeline = getattr(entity, "timeline", None)
        if timeline and isinstance(timeline, tuple) and at < timeline[-1].at:
            return Refusal(trigger, stage, _TOO_EARLY.code, (_TOO_EARLY,))
        return judge(entity, at, asked)

    def _no_way(self, stage: str, trigger: str) -> Refusal:
        if stage not in self._stages:
            objection = self._unknown_stage()
        elif trigger not in self._table:
            known = f"triggers: {', '.join(self.triggers)}"
            objection = Objection("unknown_trigger", "no such trigger", known)
        else:
            sources = f"{trigger} is open from: {', '.join(self._table[trigger])}"
            objection = Objection("not_from_here", f"{trigger} is not open from {stage}", sources)
        return Refusal(trigger, stage, objection.code, (objection,))

    def _unknown_stage(self) -> Objection:
        return Objection("unknown_stage", f"no such stage; stages: {', '.join(self._stages)}")

    def _called_back(
        self, permit: Permit, entity: object, asked: Asked, at: datetime
    ) -> dict[str, Any]:
        from ._machine import run  # noqa: PLC0415 - see above

        return run(self._machine, permit, entity, asked, at=at)

    def _mover(self, entity: Any) -> Mover:  # noqa: ANN401 - whatever has a stage
        """Prepare, and keep, the way in which objects of one class are moved."""
        if isinstance(getattr(entity, "pipeline", None), Pipeline):
            raise InvalidValue("entity", "has verbs of its own", "call those, such as lose(…)")
        self._movers[type(entity)] = mover(type(entity))
        return self._movers[type(entity)]
