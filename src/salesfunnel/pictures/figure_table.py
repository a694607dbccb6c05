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
from ..analytics.labels import Called
from ..analytics.proportion import Proportion
from ..analytics.total import Total
from ..values.calendar import Period
from ..values.money import Money
from .heads import HEADS
from .language import Language
from .notes import note_said

# What stands where there is nothing to call.
_BRACKETED = ("(not known)", "(begun)")
_PERIODS = ("began in", "")


def figure_table(figures: Figures, words: Language, labels: Mapping[str, str]) -> str:
    """
    Write figures as a table of HTML in a language; a note that has no words in it is in English.

    >>> figures = Figures(("stage", timedelta(days=30)), ((Called("meeting", "Meeting"), 12),))
    >>> table = figure_table(figures, Language.PERSIAN, {})
    >>> [word in table for word in ("مرحله", "۳۰ روز", "جلسه", "۱۲")]
    [True, True, True, True]
    """
    heads, rows = table_cells(figures, words, labels)
    said = [note_said(note, words) for note in figures.notes]
    own, foreign = ([note for note, is_own in said if is_own is own] for own in (True, False))
    return html_rows(heads, rows, notes=own) + html_notes(foreign, is_foreign=True)


def table_cells(
    figures: Figures, words: Language, labels: Mapping[str, str]
) -> tuple[list[str], list[list[str]]]:
    """
    Write the headings and the cells of a table in a language.

    >>> table_cells(Figures(("won",), ((1234,),)), Language.FRENCH, {})
    (['gagné'], [['1\u202f234']])
    """
    rows = [
        [
            _cell(_named(heading, cell, words, labels), words)
            for heading, cell in zip(figures.headings, row, strict=True)
        ]
        for row in figures.rows
    ]
    return [_head(heading, words) for heading in figures.headings], rows


def _named(
    heading: str | timedelta, cell: object, words: Language, labels: Mapping[str, str]
) -> object:
    """Give what a stage, a reason, a pipeline or a row is called; all else is as it is."""
    if isinstance(cell, Called):
        return said_label(cell, words, labels)
    if not isinstance(cell, str):
        return cell
    if heading == "pipeline" or cell in _BRACKETED:
        return words.called(cell)
    said = words.label(cell) if heading in _PERIODS else cell
    return _translated(said, HEADS, words) if heading == "" else said


def said_label(called: Called | str, words: Language, labels: Mapping[str, str]) -> str:
    """
    Say what people call a stage, a reason or a group: by the labels that are given, else its own.

    A label that is built in is said in the language.

    >>> said_label(Called("meeting", "Meeting"), Language.FRENCH, {})
    'Rendez-vous'
    >>> said_label(Called("hall", "Hall"), Language.FRENCH, {"hall": "Salon"})
    'Salon'
    """
    if isinstance(called, str):
        return words.called(called) if called in _BRACKETED else called
    return labels.get(called.code) or words.called(called.label)


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
