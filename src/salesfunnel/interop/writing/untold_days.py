"""Beginnings that no cell told: the moment of a reading stands for them, and is not written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from ...errors import Text
from ..rows.entities import Entities
from ..rows.reading import FileReading
from ..rows.told_parts import Told
from .left_out import LeftOut
from .written import Written

_NOT_TOLD = Text(
    "beginning_not_told",
    "{fact}: {count:,} (no cell told it, and the moment of the reading is not written for it)",
)


def reading_moment(source: object) -> datetime | None:
    """
    Tell at which moment a list was read, which stands in for the days that it does not tell.

    >>> reading_moment([]) is None
    True
    """
    given = source.reading if isinstance(source, Entities) else source
    return given.reader.at if isinstance(given, FileReading) else None


@attrs.define
class UntoldDays:
    """Leaves blank the beginnings that no cell told, and counts them."""

    field: str
    place: str
    count: int = 0

    def telling(
        self, tell: Callable[[Any], Told], is_untold: Callable[[Any], bool]
    ) -> Callable[[Any], Told]:
        """Tell a noun field by field, without the day of a beginning that no cell told."""

        def told_of(noun: Any) -> Told:  # noqa: ANN401 - of the kind that is written
            told = tell(noun)
            if is_untold(noun):
                self.count += told.cells.pop(self.field, None) is not None
            return told

        return told_of

    def named_in(self, written: Written) -> Written:
        """Name them among what was left out, where the list has a column for them."""
        lacking: list[LeftOut] = []
        for one in written.left_out:
            if one.place != self.place or not self.count or one.code == "no_column_for_fact":
                lacking.append(one)
                continue
            lacking.append(attrs.evolve(one, count=self.count, why=_NOT_TOLD))
            if one.count > self.count:
                lacking.append(attrs.evolve(one, count=one.count - self.count))
        return attrs.evolve(written, left_out=tuple(lacking))
