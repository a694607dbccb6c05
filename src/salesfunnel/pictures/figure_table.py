"""What was counted as a table on a page: headings, stages, numbers and days by the language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from ..analytics.figures import Figures
from ..analytics.html_rows import html_rows
from ..analytics.proportion import Proportion
from ..values.lengths import said_length
from .heads import HEADS
from .language import Language

# The columns of names.
_NAMES = ("stage", "pipeline", "")
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


def figure_table(figures: Figures, words: Language, labels: Mapping[str, str]) -> str:
    """
    Write figures as a table of HTML in a language; the notes below it are in English.

    >>> figures = Figures(("stage", timedelta(days=30)), (("meeting", 12),))
    >>> table = figure_table(figures, Language.PERSIAN, {})
    >>> [word in table for word in ("مرحله", "۳۰ روز", "جلسه", "۱۲")]
    [True, True, True, True]
    """
    heads = [_head(heading, words) for heading in figures.headings]
    rows = [
        [
            _named(str(cell), words, labels) if heading in _NAMES else _cell(cell, words)
            for heading, cell in zip(figures.headings, row, strict=True)
        ]
        for row in figures.rows
    ]
    is_foreign = words is not Language.ENGLISH
    return html_rows(heads, rows, notes=figures.notes, is_foreign=is_foreign)


def _named(name: str, words: Language, labels: Mapping[str, str]) -> str:
    """Give what a stage, a pipeline or a row is called, or a period by the digits of a language."""
    called = stage_called(name, words, labels)
    return words.digits(name) if called == name else called


def stage_called(stage: str, words: Language, labels: Mapping[str, str]) -> str:
    """
    Give what people call a stage: by the labels that are given, else by its usual name.

    >>> stage_called("meeting", Language.FRENCH, {}), stage_called("hall", Language.FRENCH, {})
    ('Rendez-vous', 'hall')
    """
    return labels.get(stage) or words.word(stage)


def _head(heading: str | timedelta, words: Language) -> str:
    if isinstance(heading, str):
        found = HEADS.get(heading)
        place = tuple(Language).index(words) - 1
        return heading if found is None or place < 0 else found[place]
    for length, unit in ((_DAY, "days"), (_HOUR, "hours")):
        if heading and not heading % length:
            return f"{words.number(heading // length)} {words.word(unit)}"
    return words.digits(said_length(heading))


def _cell(value: object, words: Language) -> str:
    """Write a value: a whole number by its marks, a share in percent, all else by its digits."""
    match value:
        case None:
            return ""
        case int():
            return words.number(value)
        case Proportion():
            share = words.percent(value.part, value.whole)
            return f"{share} ({words.number(value.part)} / {words.number(value.whole)})"
        case tuple():
            return words.comma.join(words.digits(str(each)) for each in value)
        case _:
            return words.digits(str(value))
