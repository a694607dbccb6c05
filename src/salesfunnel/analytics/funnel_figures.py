"""The tables of a funnel: its steps, and the moves between stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from .figures import Figures
from .funnel_step import FunnelStep, StageFlow
from .labels import Labels

_COUNTS = {
    "entered": "entered",
    "of them skipped": "skipped",
    "of them returned": "returned",
    "onward": "onward",
    "lost": "lost",
    "still": "still",
    "of them won past it": "bypassed",
    "of them undated": "undated",
    "perhaps more": "perhaps",
}
_SELDOM = ("skipped", "returned", "bypassed", "undated", "perhaps")
_ENDS = ("in the end at least", "in the end at most")
_RATES = ("of the decided", *_ENDS, "of all who began")


def step_figures(steps: Iterable[FunnelStep], notes: tuple[object, ...], labels: Labels) -> Figures:
    """
    Tell of each step the counts, the rate of the decided, its bounds and the overall share.

    What is seldom, such as that some skipped a stage or came back to it, is told where any did.
    """
    every = tuple(steps)
    names = {
        head: name
        for head, name in _COUNTS.items()
        if name not in _SELDOM or any(getattr(step, name) for step in every)
    }
    rows = tuple((labels.stage(step.stage), *_row(step, names.values())) for step in every)
    return Figures(("stage", *names, *_RATES), rows, notes)


def flow_figures(flows: Iterable[StageFlow], labels: Labels) -> Iterator[Figures]:
    """Tell how often something moved from stage to stage, if anything did."""
    if rows := tuple((*flow.called(labels), flow.count) for flow in flows):
        yield Figures(("from stage", "to stage", "moves"), rows)


def _row(step: FunnelStep, names: Iterable[str]) -> tuple[object, ...]:
    counts = (getattr(step, name) for name in names)
    whole = step.entered + step.perhaps
    ends = (step.onward, step.onward + step.still + step.perhaps)
    bounds = [Fraction(end, whole) if whole else None for end in ends]
    overall = Fraction(step.entered, step.first) if step.overall and step.first else None
    return (*counts, step.rate, *bounds, overall)
