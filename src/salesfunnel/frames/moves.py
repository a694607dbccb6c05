"""What moved between two instants, as the engine adds it up: from what to what, for how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import attrs

from ..analytics.apart import Apart
from ..analytics.movement import MovementCount
from ..analytics.movement_causes import DealStanding, change_between
from ..rules.kinds import NO_ZONE
from ..values.calendar import Period
from ..values.money import Money
from ..values.numbers import EXACT
from .engine import Expr, flag, narwhals
from .groups import FrameGroups
from .history_columns import HistoryColumns, collected
from .known_rows import KnownRows, micros

_HALF = 10**9
"""Amounts are added up in two halves, so that no sum is too wide for an engine."""

_STATES = ("", "open", "won", "lost")
_KEYS = ("is_opening", "is_closing", "is_change", "was", "stands", "was_in", "is_in", "sign")


def worth_columns(columns: HistoryColumns, expected_in: Period | None) -> dict[str, Expr]:
    """Give the columns that rows need: the currency, blank without an amount, and the amount."""
    nw = narwhals()
    amount, currency, expected = columns.amount, columns.currency, columns.expected
    further: dict[str, Expr] = {"money": nw.lit("")}
    if amount is not None and currency is not None:
        code = nw.when(currency.known).then(currency.fact).otherwise(nw.lit(""))
        further = {"money": nw.when(amount.known).then(code).otherwise(nw.lit(""))}
        if amount.decimal is not None:
            further["part0"] = amount.fact
        else:
            whole = nw.when(amount.known).then(amount.fact).otherwise(nw.lit(0)).cast(nw.Int64)
            further |= {"part0": whole // _HALF, "part1": whole - whole // _HALF * _HALF}
    further["is_in"] = nw.lit(1)
    if expected is not None and expected_in is not None:
        ends: tuple[date, ...] = (expected_in.since, expected_in.until)
        if expected.kind == NO_ZONE:
            ends = tuple(datetime.combine(day, time()) for day in ends)
        begins, until = map(nw.lit, ends)
        further["is_in"] = flag(
            expected.known & (expected.fact >= begins) & (expected.fact < until)
        )
    return further


def moves_counted(
    known: KnownRows,
    kinds: Mapping[int, str],
    parts: Sequence[str],
    *,
    since: datetime,
    until: datetime,
    groups: FrameGroups,
) -> Apart[MovementCount]:
    """
    Add up what moved.

    ``kinds`` tells of each code whether it is open, won or lost; ``parts`` are the columns that an
    amount is in.
    """
    apart = Apart(lambda: MovementCount(since, until), groups.grouping)
    found = collected(_moved(known, kinds, parts, since, groups))
    keys = zip(*(map(int, found[key].to_list()) for key in _KEYS), strict=True)
    had = monies(found, "had", [f"before_{part}" for part in parts])
    has_now = monies(found, "money", parts)
    columns = groups.names(found), keys, had, has_now, map(int, found["times"].to_list())
    for name, key, worth, has, times in zip(*columns, strict=True):
        is_opening, is_closing, is_change, was, stands, was_in, is_in, _ = key
        before = DealStanding(_STATES[was], bool(was_in), worth) if was else None
        after = DealStanding(_STATES[stands], bool(is_in), has)
        changes = [*change_between(before, after)] if is_change else []
        if is_in:
            changes += [("opening", has)] * is_opening + [("closing", has)] * is_closing
        for counts in apart.counts_named(name):
            for cause, amount in changes:
                counts.totals[cause].add(amount, times=times)
    return apart


def _moved(
    known: KnownRows,
    kinds: Mapping[int, str],
    parts: Sequence[str],
    since: datetime,
    groups: FrameGroups,
) -> Any:  # noqa: ANN401 - of narwhals
    """Put each row beside the one before it, and add up those of which the same is true."""
    nw = narwhals()
    code, begins = nw.col("code"), micros(since)
    state = nw.lit(0)
    for known_code, kind in kinds.items():
        state = nw.when(code == known_code).then(nw.lit(_STATES.index(kind))).otherwise(state)
    rows = known.frame.with_columns(stands=state)
    is_in = nw.when(nw.col("stands") == 1).then(nw.col("is_in")).otherwise(nw.lit(0))
    rows = attrs.evolve(known, frame=rows.with_columns(is_in=is_in)).beside(
        before=["stands", "is_in", "money", *parts], after=["moment"]
    )
    is_first, is_last, moment = nw.col("is_first"), nw.col("is_last"), nw.col("moment")
    before = {name: nw.col(f"before_{name}") for name in ("stands", "is_in", "money")}
    rows = rows.with_columns(
        was=nw.when(~is_first).then(before["stands"]).otherwise(nw.lit(0)).cast(nw.Int64),
        was_in=nw.when(~is_first).then(before["is_in"]).otherwise(nw.lit(0)).cast(nw.Int64),
        had=nw.when(~is_first).then(before["money"]).otherwise(nw.lit("")),
        is_change=flag(moment > begins),
        is_opening=flag((moment <= begins) & (is_last | (nw.col("after_moment") > begins))),
        is_closing=flag(is_last),
    )
    rows = rows.with_columns(sign=_sign(parts))
    if groups.grouping.group is not None:
        entities = groups.joined(rows.group_by("entity").agg(began=moment.min()), rows)
        rows = rows.drop("named") if groups.named is not None else rows
        rows = rows.join(entities, on="entity", how="inner")
    sums = [nw.col(name).sum() for part in parts for name in (part, f"before_{part}")]
    return rows.group_by(*_KEYS, "had", "money", *groups.keys).agg(*sums, times=nw.len())


def _sign(parts: Sequence[str]) -> Expr:
    """Say with 1 or -1 whether there is more or less than before, in the same currency."""
    nw = narwhals()
    sign = nw.lit(0)
    for part in reversed(parts):
        now, before = nw.col(part), nw.col(f"before_{part}")
        less = nw.when(now < before).then(nw.lit(-1)).otherwise(sign)
        sign = nw.when(now > before).then(nw.lit(1)).otherwise(less)
    is_same = (nw.col("money") != "") & (nw.col("money") == nw.col("had"))
    return nw.when(is_same).then(sign).otherwise(nw.lit(0))


def monies(found: Any, currency: str, parts: Sequence[str]) -> list[Money | None]:  # noqa: ANN401 - of narwhals
    """Read sums as amounts of money; ``None`` where no amount is known."""
    codes = found[currency].to_list()
    sums = (
        zip(*(found[part].to_list() for part in parts), strict=True) if parts else [()] * len(codes)
    )
    return [
        Money.summed(_whole(halves), code) if code else None
        for code, halves in zip(codes, sums, strict=True)
    ]


def _whole(halves: Sequence[Any]) -> Decimal:
    """Put two halves together; a decimal is whole already."""
    if len(halves) == 1:
        return Decimal(halves[0])
    high, low = (Decimal(int(half)) for half in halves)
    return EXACT.add(EXACT.multiply(high, Decimal(_HALF)), low)
