"""
The pipeline: stages, and the moves between them, as one frozen value that gives every verdict.

It is agnostic of the entity: a lead, an opportunity and somebody's own database row are judged by
the same definition, and what `explain` says is what a move does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

import attrs

from ..errors import InvalidDefinition, Objection, Refusal
from ..rules.facts import read_fact
from ..values.instants import instant
from .checks import problems
from .move import LAST_OPEN, Move
from .permit import Permit
from .stage import Stage, StageKind
from .table import Table


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
        if found := problems(self.stages, self.moves):
            raise InvalidDefinition(f"pipeline {self.name}", found)

    @cached_property
    def _stages(self) -> dict[str, Stage]:
        return {stage.name: stage for stage in self.stages}

    @cached_property
    def _table(self) -> Table:
        # The engine is imported only when a pipeline is first used, so that importing stays light.
        from ._machine import compile_table  # noqa: PLC0415 - see above

        return compile_table(self.stages, self.moves)

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

    def decide(self, stage: str, trigger: str, entity: object, *, at: datetime) -> Permit | Refusal:
        """
        Judge one move: a permit, or a refusal with every objection. Nothing is changed.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> print(OPPORTUNITY_PIPELINE.decide("meeting", "win", {}, at=monday))
        cannot win from meeting: win is not open from meeting
        """
        moment = instant(at)
        if stage not in self._stages:
            return _refuse(trigger, stage, self._unknown_stage())
        if trigger not in self._table:
            known = f"triggers: {', '.join(self.triggers)}"
            return _refuse(trigger, stage, Objection("unknown_trigger", "no such trigger", known))
        rows = self._table[trigger].get(stage)
        if rows is None:
            sources = f"{trigger} is open from: {', '.join(self._table[trigger])}"
            return _refuse(
                trigger,
                stage,
                Objection("not_from_here", f"{trigger} is not open from {stage}", sources),
            )
        objections: list[Objection] = []
        for row in rows:
            destination = self._destination(row.destination, entity, moment)
            unmet = [o for guard in row.guards if (o := guard.objection(entity, at=moment))]
            if destination is None:
                unmet.append(Objection("unknown", "the stage it was closed from is not known"))
            elif not unmet:
                return Permit(trigger, self._stages[stage], destination)
            objections += unmet
        return Refusal(trigger, stage, "guard", tuple(dict.fromkeys(objections)))

    def allowed(self, stage: str, entity: object, *, at: datetime) -> tuple[str, ...]:
        """
        List the triggers that a move would obey now, guards included.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> OPPORTUNITY_PIPELINE.allowed("meeting", {}, at=datetime(2026, 3, 2, tzinfo=UTC))
        ('propose', 'lose')
        """
        return tuple(t for t in self.triggers if self.decide(stage, t, entity, at=at))

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
        return {t: self.decide(stage, t, entity, at=at) for t in self.triggers}

    def _destination(self, name: str, entity: object, at: datetime) -> Stage | None:
        if name != LAST_OPEN:
            return self._stages[name]
        stage = self._stages.get(str(read_fact(entity, ("last_open_stage",), at=at)))
        return stage if stage and stage.kind is StageKind.OPEN else None

    def _unknown_stage(self) -> Objection:
        return Objection("unknown_stage", f"no such stage; stages: {', '.join(self._stages)}")


def _refuse(trigger: str, stage: str, objection: Objection) -> Refusal:
    return Refusal(trigger, stage, objection.code, (objection,))
