"""
What a pipeline works out about itself once it is used: its machine, its table, and its steps.

The engine is imported only here, and only then, so that importing the library stays light.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from ..errors import Refusal
from .move import Move
from .moving import moved
from .permit import Permit
from .stage import Stage
from .straight_step import Step, straight_step
from .table import Asked, OneWay, Table, Ways, too_early

Steps = dict[str, dict[str, Step]]


class Compiled:
    """
    The machine of a pipeline, its table, and for each class of entities the steps they take.

    It never travels: a pipeline travels as its definition.
    """

    __slots__ = ("machine", "steps", "table")

    def __init__(self) -> None:
        """Begin with nothing."""
        self.machine: Any = None
        self.table: Table | None = None
        self.steps: dict[type[Any], Steps] = {}

    def compile(self, stages: tuple[Stage, ...], moves: tuple[Move, ...]) -> Table:
        """Build the machine, and read the table out of it."""
        from ._machine import build_machine, compile_table  # noqa: PLC0415 - see above

        self.machine = build_machine(stages, moves)
        self.table = compile_table(self.machine, {stage.name: stage for stage in stages})
        return self.table

    def called_back(
        self, permit: Permit, entity: object, asked: Asked, at: datetime
    ) -> Mapping[str, Any]:
        """Let the machine take the way, and return what the callbacks have set."""
        if not permit.calls_back:
            return {}
        from ._machine import run  # noqa: PLC0415 - see above

        return run(self.machine, permit, entity, asked, at=at)

    def step_of(self, entity_type: type[Any], ways: OneWay | Ways) -> Step:
        """Return the step of a class along a way, prepared when the first of its kind takes it."""
        steps = self.steps.setdefault(entity_type, {}).setdefault(ways.trigger, {})
        if ways.stage not in steps:
            steps[ways.stage] = self._step(ways, entity_type)
        return steps[ways.stage]

    def _step(self, ways: OneWay | Ways, entity_type: type[Any]) -> Step:
        return (isinstance(ways, OneWay) and straight_step(ways, entity_type)) or self._any_step(
            ways
        )

    def _any_step(self, ways: OneWay | Ways) -> Step:
        """Return a function that judges ways of any kind, calls back, and builds the new value."""

        def step(entity: Any, at: datetime, by: str) -> Any:  # noqa: ANN401 - whatever has a stage
            early = too_early(entity, ways.trigger, ways.stage, at)
            if early is not None:
                return early
            asked: Asked = {}
            verdict = ways.judge(entity, at, asked)
            if isinstance(verdict, Refusal):
                return verdict
            also = self.called_back(verdict, entity, asked, at)
            return moved(entity, verdict, also, at=at, by=by)

        return step


@functools.lru_cache(maxsize=64)
def arrived(kind: Callable[..., Any], parts: tuple[tuple[str, Any], ...]) -> Any:  # noqa: ANN401 - a pipeline
    """Let all copies of one pipeline that arrive be the same value, so that it is compiled once."""
    return kind(**dict(parts))
