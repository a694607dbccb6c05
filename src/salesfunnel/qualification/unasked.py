"""Columns that are named for a fact of which no criterion asks: mostly a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import InvalidValue, Text, did_you_mean
from .scorecard import Scorecard

_UNASKED = Text(
    "column_unasked",
    "{field} name {path}, a fact of which no criterion asks{meant}",
    "leave it out, or one of: {paths}",
)


def check_asked(scorecard: Scorecard, paths: Iterable[str]) -> None:
    """
    Refuse the path of a fact that no criterion of a scorecard reads.

    >>> from salesfunnel.qualification import BANT
    >>> check_asked(BANT, ["answer.need"])
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: columns name answer.need, a fact of which no criterion asks ...
    """
    asked = sorted({path for criterion in scorecard.criteria for path in criterion.reads})
    for path in paths:
        if path not in asked:
            near = did_you_mean(path, asked)
            meant = f" (did you mean {near}?)" if near else ""
            params = {"path": path, "meant": meant, "paths": ", ".join(asked)}
            raise InvalidValue("columns", _UNASKED, params)
