"""
The pipeline: stages, and the moves between them, as one frozen value that gives every verdict.

It is agnostic of the entity: a lead, an opportunity and somebody's own database row are judged by
the same definition, and what `explain` says is what a move does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, TypeVar

import attrs

from ..errors import InvalidDefinition, InvalidValue, MoveRefused, Refusal
from ..values.instants import instant
from ..values.text import is_visible
from .checks import Problem, find_problems, made_by
from .compiled import Compiled, arrived
from .events import StageChanged
from .move import Move
from .moving import drive
from .no_way import no_way, unknown_stage
from .permit import Permit
from .stage import Stage
from .straight_step import Step
from .table import Asked, OneWay, Table, Ways, too_early

EntityT = TypeVar("EntityT")

_NO_WAY: Mapping[str, OneWay | Ways] = MappingProxyType({})


def _stages(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    return made_by(Stage, stages, "stages")


def _moves(moves: Iterable[Move]) -> tuple[Move, ...]:
    return made_by(Move, moves, "moves")


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
    _compiled: Compiled = attrs.field(init=False, factory=Compiled, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a definition that contradicts itself."""
        if not is_visible(self.name):
            raise InvalidDefinition("pipeline", ("a pipeline needs a name",))
        if errors := [str(problem) for problem in self.problems() if problem.is_error]:
            raise InvalidDefinition(f"pipeline {self.name}", tuple(errors))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as a definition."""
        parts = [(f.name, getattr(self, f.name)) for f in attrs.fields(type(self)) if f.init]
        return arrived, (type(self), tuple(parts))

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
        for stage in self.stages:
            if stage.name == name:
                return stage
        raise InvalidDefinition(f"pipeline {self.name}", (unknown_stage(self.stages).message,))

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
        return tuple(t for t in self.triggers if self._judge(stage, t, entity, moment, {}))

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
        return {t: self._judge(stage, t, entity, moment, {}) for t in self.triggers}

    def move(self, entity: EntityT, trigger: str, *, at: datetime, by: str = "") -> EntityT:
        """
        Return a frozen attrs object with a ``stage``, one move later.

        If it has a ``timeline``, a `StageChanged` is appended, or a `MoveTaken` where the move
        stays; if it has a ``last_open_stage``, that is kept, so that it can be reopened. Raises
        `MoveRefused` with every reason.

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
        value: Any = entity
        try:
            step = self._compiled.steps[type(value)][trigger][value.stage]
        except (KeyError, TypeError):
            step = None
        later: Any = (step or self._step(value, trigger))(
            value, at if type(at) is datetime and at.tzinfo is UTC else instant(at), by
        )
        if type(later) is Refusal:
            raise MoveRefused(later)
        next_value: EntityT = later
        return next_value

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
        later: EntityT | Refusal = self._step(entity, trigger)(entity, instant(at), by)
        return later

    def drive(
        self, driven: object, trigger: str, *, at: datetime, attribute: str = "stage"
    ) -> Permit:
        """
        Move a mutable object, such as a database row, whose stage stands in an attribute.

        All that a move sets is set, or nothing. Raises `MoveRefused` with every reason why not, and
        `InvalidValue` for an object without that attribute, or one that cannot be changed.

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
        if not hasattr(driven, attribute):
            raise InvalidValue("driven", f"has no {attribute}", "any attribute=… that it has")
        verdict = self._judge(getattr(driven, attribute), trigger, driven, moment, asked)
        if isinstance(verdict, Refusal):
            raise MoveRefused(verdict)
        also = self._compiled.called_back(verdict, driven, asked, moment)
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

    def _repr_html_(self) -> str:
        from .notebook import html_table  # noqa: PLC0415 - only notebooks need it

        return html_table(self)

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        from .notebook import mimebundle  # noqa: PLC0415 - only notebooks need it

        return mimebundle(self, include=include, exclude=exclude)

    def _judge(
        self, stage: str, trigger: str, entity: object, at: datetime, asked: Asked
    ) -> Permit | Refusal:
        ways = self._ways(stage, trigger)
        if ways is None:
            return no_way(self.stages, self.moves, stage, trigger)
        early = too_early(entity, ways.trigger, ways.stage, at)
        return ways.judge(entity, at, asked) if early is None else early

    def _ways(self, stage: str, trigger: str) -> OneWay | Ways | None:
        table = self._compiled.table or self._table()
        try:
            return table.get(trigger, _NO_WAY).get(stage)
        except TypeError:  # from what cannot even be looked up, such as a list
            return None

    def _table(self) -> Table:
        return self._compiled.compile(self.stages, self.moves)

    def _step(self, entity: Any, trigger: str) -> Step:  # noqa: ANN401 - whatever has a stage
        """Return the step that an entity would take, or one that leads nowhere."""
        story = getattr(type(entity), "story", None)
        if isinstance(story, tuple) and StageChanged not in story:
            raise InvalidValue("entity", "has verbs of its own", "call those, such as lose(…)")
        if not attrs.has(type(entity)) or not hasattr(entity, "stage"):
            raise InvalidValue(
                "entity",
                "is no attrs value with a stage",
                "a frozen attrs object, or drive(…) for a mutable one",
            )
        ways = self._ways(entity.stage, trigger)
        if ways is None:
            return lambda old, _at, _by: no_way(self.stages, self.moves, old.stage, trigger)
        return self._compiled.step_of(type(entity), ways)
