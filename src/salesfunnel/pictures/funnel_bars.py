"""
The funnel as bars: in each the ones that went on, that still stand there and that were lost.

Where to reach a stage is to have stood in it, those that were won past the next one are a part too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..analytics.funnel import Funnel
from ..analytics.funnel_step import FunnelStep
from .drawing import WIDTH, Drawing, shortened
from .figure_table import said_label
from .language import Language

_LABEL, _BARS, _LONGEST = 148, 156, 340
_FIRST, _ROW, _TALL = 66, 34, 22
_PARTS = {"onward": "#2a6f97", "still": "#a9c7dc", "lost_there": "#d1862f"}
_BYPASSED = {"bypassed": "#8a9a5b"}


def funnel_bars(
    found: Funnel,
    steps: Sequence[FunnelStep],
    words: Language,
    labels: Mapping[str, str],
    title: str,
) -> str:
    """Draw some steps of a funnel; the others are counted below."""
    sheet = Drawing(title, mirrored=words.is_leftward)
    parts = _PARTS | (_BYPASSED if any(step.bypassed for step in found.steps) else {})
    sheet.legend(8, [words.word(name) for name in parts], list(parts.values()))
    sheet.text(WIDTH - 8, 50, words.word("of_the_decided"), anchor="end", size=12)
    longest = max((step.entered for step in steps), default=0) or 1
    y = _FIRST
    for step in steps:
        called = said_label(found.labels.stage(step.stage), words, labels)
        label = shortened(called, _LABEL - 6)
        sheet.begin(_sentence(step, words, label))
        sheet.text(_LABEL, y + 16, label, anchor="end")
        x = _BARS
        counts = (step.onward, step.undecided, step.lost, step.bypassed)
        for count, fill in zip(counts, parts.values(), strict=False):
            if count:
                width = max(round(_LONGEST * count / longest), 1)
                sheet.bar(x, y, width, _TALL, fill)
                x += width
        sheet.text(x + 6, y + 16, words.number(step.entered))
        rate = words.percent(step.rate.part, step.rate.whole)
        sheet.text(WIDTH - 8, y + 16, rate, anchor="end")
        sheet.end()
        y += _ROW
    if left := len(found.used_steps) - len(steps):
        sheet.text(_BARS, y + 12, f"… {words.number(left)} {words.word('more')}")
        y += _ROW
    return sheet.svg(y)


def _sentence(step: FunnelStep, words: Language, label: str) -> str:
    counts = [
        (step.entered, "entered"),
        (step.onward, "onward"),
        (step.undecided, "still"),
        (step.lost, "lost_there"),
    ]
    if step.bypassed:
        counts.append((step.bypassed, "bypassed"))
    return f"{label}{words.colon}" + words.comma.join(
        f"{words.number(n)} {words.word(word)}" for n, word in counts
    )
