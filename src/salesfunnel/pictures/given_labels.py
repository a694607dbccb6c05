"""The labels that a picture or a page is given: what people call a stage, a reason or a group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..analytics.labels import Called, Labels
from ..errors import InvalidValue, Text, WrongKind, did_you_mean
from ..values.converters import one, visible_line
from ..values.text import shown
from .titles import COUNTED

_LONGEST_SHOWN = 40
_MISSPELT = Text("label_of_nothing", "{field} is a label of nothing here", "labels.{meant}")


def given_labels(labels: Mapping[str, str] | None) -> dict[str, str]:
    """
    Let in labels by their codes, or none. Raises `InvalidValue` for one that is blank, by its code.

    >>> given_labels({"visit": ""})
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: labels.visit is blank; allowed: a text with ...
    """
    given: object = {} if labels is None else labels
    if not isinstance(given, Mapping):
        raise WrongKind.of("labels", given, wanted="what people call a stage, by its name")
    return {
        one(str, code, "labels"): visible_line(label, _place(code)) for code, label in given.items()
    }


def refuse_misspelt(labels: Mapping[str, str], found: Iterable[object]) -> None:
    """
    Refuse a label whose code is nearly one that is shown: it would change nothing.

    One table of labels may serve several pipelines, so other codes are let in.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.analytics import funnel
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> counted = funnel([Opportunity.open(id="7", at=monday)], at=monday)
    >>> refuse_misspelt({"meeting": "Visit", "hall": "Hall"}, [counted])
    >>> refuse_misspelt({"meetin": "Visit"}, [counted])
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: labels.meetin is a label of nothing here; allowed: ...
    """
    if not labels:
        return
    known = {code for each in found if isinstance(each, COUNTED) for code in _codes(each)}
    for code in labels.keys() - known:
        if meant := did_you_mean(code, sorted(known - labels.keys())):
            raise InvalidValue(_place(code), _MISSPELT, {"meant": meant})


def _codes(found: Any) -> Iterator[str]:  # noqa: ANN401 - anything that was counted
    """List what may be called otherwise: the codes that have a label, and those in the tables."""
    labels: Labels = found.labels
    yield from (*labels.stages, *labels.reasons, *labels.groups)
    cells = (cell for table in found.figures() for row in table.rows for cell in row)
    yield from (cell.code for cell in cells if isinstance(cell, Called))


def _place(code: str) -> str:
    return f"labels.{shown(code, limit=_LONGEST_SHOWN)}"
