"""What was counted as a table on a page: headings, stages, numbers and days by the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from ..analytics.ageing import AgeSpan
from ..analytics.figures import Figures
from ..analytics.html_rows import html_notes, html_rows
from ..analytics.proportion import Proportion
from ..analytics.total import Total
from ..values.calendar import Period
from ..values.money import Money
from .heads import HEADS
from .language import Language
from .notes import REASONS, note_said

# The columns of names.
_PERIODS = ("began in", "")
_NAMES = ("stage", "pipeline", "from stage", "to stage", "lost from", "")

_REASONS = ("lost for", "lost also for")


def figure_table(figures: Figures, words: Language, labels: Mapping[str, str]) -> str:
    """
    Write figures as a table of HTML in a language; a note that has no words in it is in English.

    >>> figures = Figures(("stage", timedelta(days=30)), (("meeting", 12),))
    >>> table = figure_table(figures, Language.PERSIAN, {})
    >>> [word in table for word in ("مرحله", "۳۰ روز", "جلسه", "۱۲")]
    [True, True, True, True]
    """
    heads = [_head(heading, words) for heading in figures.headings]
    rows = [
        [
            _cell(_named(heading, cell, words, labels), words)
            for heading, cell in zip(figures.headings, row, strict=True)
        ]
        for row in figures.rows
    ]
    said = [note_said(note, words) for note in figures.notes]
    own, foreign = ([note for note, is_own in said if is_own is own] for own in (True, False))
    return html_rows(heads, rows, notes=own) + html_notes(foreign, is_foreign=True)


def _named(
    heading: str | timedelta, cell: object, words: Language, labels: Mapping[str, str]
) -> object:
    """Give what a stage, a pipeline, a reason or a row is called; all else is as it is."""
    if not isinstance(cell, str):
        return cell
    if heading in _REASONS or cell == "(not known)":
        return _translated(cell, REASONS, words)
    if heading in _PERIODS:
        cell = words.label(cell)
    if heading not in _NAMES:
        return cell
    if cell in HEADS and heading in {"", "from stage"} and cell not in labels:
        return _translated(cell, HEADS, words)
    return stage_called(cell, words, labels)


def stage_called(stage: str, words: Language, labels: Mapping[str, str]) -> str:
    """
    Give what people call a stage: by the labels that are given, else by its usual name.

    >>> stage_called("meeting", Language.FRENCH, {}), stage_called("hall", Language.FRENCH, {})
    ('Rendez-vous', 'hall')
    """
    return labels.get(stage) or words.word(stage)


def _translated(said: str, into: Mapping[str, tuple[str, ...]], words: Language) -> str:
    place = tuple(Language).index(words) - 1
    return into[said][place] if said in into and place >= 0 else said


def _head(heading: str | timedelta, words: Language) -> str:
    if isinstance(heading, timedelta):
        return words.length(heading)
    return _translated(heading, HEADS, words)


def _cell(value: object, words: Language) -> str:
    """Write a value: numbers by their marks, shares in percent, all else by its digits."""
    write = _WRITERS.get(type(value))
    return words.digits(str(value)) if write is None else write(words, value)


def _several(words: Language, values: tuple[object, ...]) -> str:
    return words.comma.join(_cell(each, words) for each in values)


def _total(words: Language, total: Total) -> str:
    count, worth = words.number(total.count), _several(words, total.value)
    return f"{count} ({worth})" if worth else count


def _rounded(words: Language, value: float) -> str:
    return words.number(Decimal(f"{value:.2f}").normalize() + 0)


_WRITERS: Mapping[type, Callable[[Language, Any], str]] = MappingProxyType(
    {
        type(None): lambda _words, _nothing: "",
        int: Language.number,
        float: _rounded,
        Proportion: lambda words, found: words.share(found.part, found.whole, found.interval),
        Fraction: lambda words, share: words.percent(share.numerator, share.denominator),
        Money: Language.money,
        Total: _total,
        timedelta: Language.length,
        AgeSpan: lambda words, span: words.span(span.since, span.until),
        Period: Language.period,
        tuple: _several,
    }
)
