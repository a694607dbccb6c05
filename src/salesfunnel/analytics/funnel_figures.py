"""The tables of a funnel: its steps, and the moves between stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from .figures import Figures
from .funnel_step import FunnelStep, StageFlow

_COUNTS = ("entered", "of them skipped", "of them returned", "onward", "lost", "still")
_RATES = ("of the decided", "at least", "at most", "of all who began")


def step_figures(steps: Iterable[FunnelStep], notes: tuple[object, ...]) -> Figures:
    """Tell of each step the counts, the rate of the decided, its bounds and the overall share."""
    return Figures(("stage", *_COUNTS, *_RATES), tuple(_row(step) for step in steps), notes)


def flow_figures(flows: Iterable[StageFlow]) -> Iterator[Figures]:
    """Tell how often something moved from stage to stage, if anything did."""
    if rows := tuple((*flow.names, flow.count) for flow in flows):
        yield Figures(("from stage", "to stage", "moves"), rows)


def _row(step: FunnelStep) -> tuple[object, ...]:
    counts = (step.entered, step.skipped, step.returned, step.onward, step.lost, step.still)
    ends = (step.onward, step.onward + step.still)
    bounds = [Fraction(end, step.entered) if step.entered else None for end in ends]
    overall = Fraction(step.entered, step.first) if step.overall and step.first else None
    return (step.stage, *counts, step.rate, *bounds, overall)
