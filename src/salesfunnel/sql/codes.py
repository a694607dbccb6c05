"""The stages of a pipeline as numbers, with the rung on which each stands."""

from __future__ import annotations

import attrs

from ..analytics.passage import Ladder
from ..errors import WrongKind
from ..pipeline.pipeline import Pipeline


@attrs.frozen
class Codes:
    """
    The stages of a pipeline as whole numbers from 1 on, in the order of the ladder, lost last.

    >>> from ..pipeline import OPPORTUNITY_PIPELINE
    >>> Codes.of(OPPORTUNITY_PIPELINE).stages[0]
    'meeting'
    """

    stages: tuple[str, ...]
    rungs: tuple[int, ...]
    steps: tuple[str, ...]

    @classmethod
    def of(cls, pipeline: object) -> Codes:
        """Number the stages of a pipeline."""
        if not isinstance(pipeline, Pipeline):
            raise WrongKind.of("pipeline", pipeline, wanted="a Pipeline")
        ladder = Ladder.of(pipeline)
        above = len(ladder.rungs)
        names = [stage.name for stage in pipeline.stages]
        names.sort(key=lambda name: ladder.places[name] % (above + 1))
        return cls(tuple(names), tuple(ladder.places[name] for name in names), ladder.rungs)

    @property
    def last(self) -> int:
        """The highest rung."""
        return len(self.steps) - 1

    def on(self, *rungs: int) -> str:
        """List the codes of the stages on these rungs, as a condition takes them."""
        found = [str(code) for code, rung in enumerate(self.rungs, 1) if rung in rungs]
        return f"({', '.join(found) or '0'})"
