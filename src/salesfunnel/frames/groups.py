"""Groups of a frame: by a column, a rule, or the period of the entry; what each is called."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import attrs

from ..analytics.grouping import Grouping, Known
from ..errors import InvalidValue, Text
from ..rules.kinds import NUMBER, TEXT, YES_OR_NO
from ..rules.operators import OPERATORS
from ..rules.rule import Rule
from ..values.calendar import Every, Period
from .columns import FactColumn
from .engine import Expr, narwhals
from .history_columns import HistoryColumns, fit, found_column
from .judging import FrameJudge
from .known_rows import micros
from .looking import Look

_TWO_MEANINGS = Text(
    "period_and_column",
    "{field}: {name} is a period and a column of the frame",
    "rename the column, or leave it out",
)
_AGE = Text(
    "age_of_group",
    "{field} is by an age at the entry, and each entered at an instant of its own",
    "ask with known='now', or leave within, older_than and due_within out of the rule",
)
_GROUPS = "texts, whole numbers or truths"


@attrs.frozen
class FrameGroups:
    """
    By what the entities of a frame are counted apart, if at all.

    ``named`` is what a column or a rule names the group of a row, blank where nothing is known.
    """

    grouping: Grouping
    named: Expr | None = None
    periods: tuple[Period, ...] = ()

    @classmethod
    def of(
        cls, columns: HistoryColumns, grouping: Grouping, *, look: Callable[[], Look]
    ) -> FrameGroups:
        """Let in what a user asked for. Raises `InvalidValue` for a column that does not fit."""
        group = grouping.group
        if isinstance(group, Rule):
            return cls(grouping, named=_ruled(columns, group, grouping))
        if group is None:
            return cls(grouping)
        if group in frozenset(Every):
            if group in columns.frame.types:
                raise InvalidValue("group", _TWO_MEANINGS, {"name": group})
            return cls(grouping, periods=look().periods(grouping.calendar, Every(group)))
        column = found_column(columns.frame, "group", group)
        fit("group", group, column, (TEXT, NUMBER, YES_OR_NO), _GROUPS)
        return cls(grouping, named=names_of(column))

    def further(self) -> dict[str, Expr]:
        """Give the column that rows need to name their group."""
        return {} if self.named is None else {"named": self.named}

    def joined(self, entities: Any, rows: Any) -> Any:  # noqa: ANN401 - of narwhals
        """Add the group of each entity, in a column ``named``; the rows know their ends."""
        nw = narwhals()
        if self.named is None and self.grouping.group is not None:
            return entities.with_columns(named=numbered_period(nw.col("began"), self.periods))
        if self.named is None:
            return entities
        end = "is_last" if self.is_now else "is_first"
        return entities.join(
            rows.filter(nw.col(end)).select("entity", "named"), on="entity", how="inner"
        )

    @property
    def is_now(self) -> bool:
        """Whether the last row of an entity names its group, and not the first."""
        return self.grouping.known is Known.NOW

    @property
    def keys(self) -> tuple[str, ...]:
        """The column by which is counted."""
        return ("named",) if self.grouping.group is not None else ()

    def name(self, key: Any) -> str | None:  # noqa: ANN401 - a text or a number
        """Name a group as it is named for objects."""
        if self.periods:
            return self.periods[int(key)].label
        return None if self.named is None else str(key).strip() or None

    def name_of(self, key: str | None, began: datetime) -> str | None:
        """Name the group of one entity, by what its row has in the column, or by its entry."""
        every = self.grouping.group
        if self.named is None and every is not None:
            return self.grouping.calendar.period(began, str(every)).label
        return None if key is None else key.strip() or None

    def names(self, found: Any) -> list[str | None]:  # noqa: ANN401 - of narwhals
        """Name the group of each row that was counted."""
        return [
            *map(
                self.name,
                found["named"].to_list() if self.grouping.group is not None else [""] * len(found),
            )
        ]


def names_of(group: FactColumn) -> Expr:
    """Name the group of each row as objects would, blank where nothing is known; never null."""
    nw = narwhals()
    if group.kind == YES_OR_NO:
        said = nw.when(group.fact).then(nw.lit("yes")).otherwise(nw.lit("no"))
    else:
        said = group.fact.cast(nw.String)
    return nw.when(group.known).then(said).otherwise(nw.lit(""))


def _ruled(columns: HistoryColumns, rule: Rule, grouping: Grouping) -> Expr:
    """Name the group of each row by what a rule answers."""
    for test in _tests(rule):
        if OPERATORS[test.op].is_age and grouping.known is Known.ENTRY:
            raise InvalidValue("group", _AGE)
        found_column(columns.frame, "group", test.path)
    truths = FrameJudge(columns.frame, {}, grouping.at).judge(rule, what="group")
    nw = narwhals()
    no = nw.when(truths.no).then(nw.lit("no")).otherwise(nw.lit(""))
    return nw.when(truths.yes).then(nw.lit("yes")).otherwise(no)


def _tests(rule: Rule) -> Iterator[Rule]:
    """Go through the parts that compare one fact."""
    if rule.op in OPERATORS:
        yield rule
    for part in rule.parts:
        yield from _tests(part)


def numbered_period(moment: Expr, periods: Sequence[Period]) -> Expr:
    """Say in the how-manieth of some periods, one after the other, a moment lies."""
    nw = narwhals()
    later = [
        nw.when(moment >= micros(period.begins)).then(nw.lit(1)).otherwise(nw.lit(0))
        for period in periods[1:]
    ]
    while len(later) > 1:
        # In pairs, since engines do not like a sum that is nested a thousand times.
        pairs = [later[n : n + 2] for n in range(0, len(later), 2)]
        later = [functools.reduce(operator.add, pair) for pair in pairs]
    return later[0] if later else nw.lit(0)
