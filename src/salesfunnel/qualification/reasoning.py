"""Showing an assessment to people: as text, as a table, and as HTML for a notebook or a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import attrs

from ..rules.truth import in_words
from ..values.answer import Answer
from ..values.text import shown
from .finding import Finding

_SHOWN = 60  # characters of one fact
Row = tuple[str, str, str, str]
_HEADINGS: Row = ("criterion", "answer", "points", "evidence")


def _rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(rows)


def _texts(texts: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(text) for text in texts)


@attrs.frozen
class Reasoning:
    """
    Why a policy says what it says: a heading, a row for each criterion, and what to ask next.

    >>> print(Reasoning("BANT says undecided", [("need", "yes", "30 of 30", "")], ["Until when?"]))
    BANT says undecided
      need: yes (30 of 30)
      ask next: Until when?
    """

    heading: str
    rows: tuple[Row, ...] = attrs.field(converter=_rows)
    questions: tuple[str, ...] = attrs.field(converter=_texts)

    def __str__(self) -> str:
        """Write it as indented text."""
        lines = [self.heading]
        for criterion, answer, points, evidence in self.rows:
            because = f", since {evidence}" if evidence else ""
            lines.append(f"  {criterion}: {answer} ({points}){because}")
        return "\n".join([*lines, *(f"  ask next: {question}" for question in self.questions)])

    @property
    def table(self) -> str:
        """The rows below each other in columns, for a terminal."""
        rows = [_HEADINGS, *self.rows]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return "\n".join(
            "  ".join(map(str.ljust, row, widths)).rstrip()
            for row in [rows[0], tuple("-" * width for width in widths), *rows[1:]]
        )

    def _repr_html_(self) -> str:
        """Write it as a table in HTML. Each text finds its own direction, so Persian reads well."""
        head = "".join(f"<th>{heading}</th>" for heading in _HEADINGS)
        body = "".join(
            "<tr>" + "".join(f'<td dir="auto">{_html(cell)}</td>' for cell in row) + "</tr>"
            for row in self.rows
        )
        asked = "".join(f'<li dir="auto">{_html(question)}</li>' for question in self.questions)
        return (
            f'<table><caption dir="auto">{_html(self.heading)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            + (f"<ol>{asked}</ol>" if asked else "")
        )


def reasoning_rows(findings: Iterable[Finding], evidence: Mapping[str, object]) -> tuple[Row, ...]:
    """
    Write each finding as a row of texts, with the evidence behind it.

    >>> need = Finding("need", True, points=30, weight=30, facts=("answers.need",))
    >>> reasoning_rows([need], {"answers.need": Answer(True, source="phone call")})
    (('need', 'yes', '30 of 30', 'answers.need is yes (phone call)'),)
    """
    return tuple(
        (
            _shown(finding.criterion),
            in_words(finding.answer) + (f", {finding.problem}" if finding.problem else ""),
            finding.points_told,
            "; ".join(_told(path, evidence[path]) for path in finding.facts if path in evidence),
        )
        for finding in findings
    )


def _told(path: str, fact: object) -> str:
    if not isinstance(fact, Answer):
        return f"{path} is {_value(fact)}"
    parts = [
        _shown(fact.source),
        _shown(fact.said_by),
        "" if fact.at is None else f"{fact.at:%Y-%m-%d}",
        "" if fact.confidence is None else f"{fact.confidence}% sure",
        "" if fact.expires is None else f"until {fact.expires:%Y-%m-%d}",
    ]
    known = ", ".join(filter(None, parts))
    return f"{path} is {_value(fact.value)}" + (f" ({known})" if known else "")


def _value(value: object) -> str:
    if value is None or isinstance(value, bool):
        return in_words(value)
    try:
        return _shown(str(value))
    except Exception:  # noqa: BLE001 - a host's object may fail at it, as does a very long integer
        return "…"


def _shown(text: str) -> str:
    return shown(text, limit=_SHOWN)


def _html(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>"
