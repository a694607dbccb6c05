"""The funnel as bars: in each the ones that went on, that still stand there and that were lost."""

from __future__ import annotations

from collections.abc import Sequence

from ..analytics.funnel import Funnel
from ..analytics.funnel_step import FunnelStep
from .drawing import WIDTH, Drawing, shortened
from .figure_table import stage_called
from .language import Language

_LABEL, _BARS, _LONGEST = 148, 156, 340
_FIRST, _ROW, _TALL = 66, 34, 22
_PARTS = {"onward": "#2a6f97", "still": "#a9c7dc", "lost_there": "#d1862f"}


def funnel_bars(
    found: Funnel, steps: Sequence[FunnelStep], words: Language, labels: dict[str, str], title: str
) -> str:
    """Draw some steps of a funnel; the others are counted below."""
    sheet = Drawing(title, mirrored=words.is_leftward)
    sheet.legend(8, [words.word(name) for name in _PARTS], list(_PARTS.values()))
    sheet.text(WIDTH - 8, 50, words.word("of_the_decided"), anchor="end", size=12)
    longest = max((step.entered for step in steps), default=0) or 1
    y = _FIRST
    for step in steps:
        label = shortened(stage_called(step.stage, words, labels), _LABEL - 6)
        sheet.begin(_sentence(step, words, label))
        sheet.text(_LABEL, y + 16, label, anchor="end")
        x = _BARS
        for count, fill in zip((step.onward, step.still, step.lost), _PARTS.values(), strict=True):
            if count:
                width = max(round(_LONGEST * count / longest), 1)
                sheet.bar(x, y, width, _TALL, fill)
                x += width
        sheet.text(x + 6, y + 16, words.number(step.entered))
        rate = words.percent(step.rate.part, step.rate.whole)
        sheet.text(WIDTH - 8, y + 16, rate, anchor="end")
        sheet.end()
        y += _ROW
    if left := len(found.steps) - len(steps):
        sheet.text(_BARS, y + 12, f"… {words.number(left)} {words.word('more')}")
        y += _ROW
    return sheet.svg(y)


def _sentence(step: FunnelStep, words: Language, label: str) -> str:
    counts = (
        (step.entered, "entered"),
        (step.onward, "onward"),
        (step.still, "still"),
        (step.lost, "lost_there"),
    )
    return f"{label}: " + words.comma.join(
        f"{words.number(n)} {words.word(word)}" for n, word in counts
    )
