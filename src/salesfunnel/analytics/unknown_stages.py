"""Stages that the pipeline does not have: how many entered one, which, and what was meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

import attrs

from ..errors import Problem, Text, did_you_mean
from ..values.text import shown
from .passage import UNKNOWN, Entry

_ENTERED = Text(
    "entered_unknown_stage",
    "they entered a stage that the pipeline does not have: {count:,}{named}",
)
_MEANT = Text("unknown_stage_meant", "did you mean {meant}, which the pipeline has?")
_MOST_NAMED = 5
_LONGEST_SHOWN = 40


@attrs.define
class UnknownStages:
    """
    Counts those that entered a stage that the pipeline does not have, and how many entered which.

    >>> found = UnknownStages(2, Counter({"Demo": 2, "hall": 1}))
    >>> for problem in found.problems(["demo", "won"]):
    ...     print(problem)
    they entered a stage that the pipeline does not have: 2 (Demo, hall)
    did you mean demo, which the pipeline has?
    """

    entered: int = 0
    names: Counter[str] = attrs.field(factory=Counter[str])

    def count(self, entries: Iterable[Entry], *, times: int = 1) -> None:
        """Count one that entered some stages, or several that entered the same."""
        names = {entry.stage for entry in entries if entry.rung == UNKNOWN}
        self.entered += times * bool(names)
        self.names.update({name: times for name in names if name})

    def problems(self, stages: Collection[str]) -> tuple[Problem, ...]:
        """Say so, the most frequent names first, and which of the pipeline's stages is near."""
        if not self.entered:
            return ()
        ordered = sorted(filter(str.strip, self.names), key=lambda name: (-self.names[name], name))
        named = [shown(name, limit=_LONGEST_SHOWN) for name in ordered[:_MOST_NAMED]]
        if len(ordered) > _MOST_NAMED:
            named.append(f"+{len(ordered) - _MOST_NAMED:,}")
        which = f" ({', '.join(named)})" if named else ""
        said = _ENTERED.problem(is_error=False, count=self.entered, named=which)
        near = dict.fromkeys(did_you_mean(name, stages) for name in ordered[:_MOST_NAMED])
        meant = ", ".join(filter(None, near))
        return (said, *((_MEANT.problem(is_error=False, meant=meant),) if meant else ()))
