"""The tables of a report: periods, rates, currencies, losses and ages, each a table of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from ..values.money import Money
from .ageing import AgeCount
from .days import Days
from .figures import Figures
from .labels import Called
from .period_count import PeriodCount
from .proportion import Proportion
from .total import Total
from .velocity import Velocity

CalledTotals = Sequence[tuple[Called | str, Total]]
"""Totals beside what people call them; blank where that is not known."""


def period_figures(periods: Iterable[PeriodCount]) -> Iterator[Figures]:
    """Tell what was created, won and lost in each period, and both win rates."""
    rows = tuple(
        (p.period, p.created, p.won, p.lost, p.win_rate, p.created_rate, p.created_open)
        for p in periods
    )
    if rows:
        rates = ("won of those closed", "won of those created", "of these still open")
        yield Figures(("period", "created", "won", "lost", *rates), rows)


def rate_figures(
    win_rate: Proportion, days: Days, still_open: int, without_value: int
) -> Iterator[Figures]:
    """Tell the win rate and the days to win, with those that are still open beside them."""
    if win_rate.whole:
        headings = ("win rate", "still open", "closed without a value", "days to win: median")
        row = (win_rate, still_open, without_value, days.median, days.mean)
        yield Figures((*headings, "mean"), (row,))


def currency_figures(
    won: Total,
    still_open: Total,
    by_value: Iterable[tuple[str, Fraction]],
    velocity: Iterable[Velocity],
    per_day: Iterable[Money],
) -> Iterator[Figures]:
    """Tell of each currency what was won in it, and how fast."""
    shares, speeds = dict(by_value), {each.median_won.currency: each for each in velocity}
    daily = {money.currency: money for money in per_day}
    rows = []
    for code in sorted({money.currency for money in (*won.value, *still_open.value)} | set(shares)):
        speed = speeds.get(code)
        fast = (None, None) if speed is None else (speed.median_won, speed.per_day)
        worth = won.in_currency(code), still_open.in_currency(code)
        rows.append((code, *worth, shares.get(code), *fast, daily.get(code)))
    if rows:
        headings = ("currency", "won", "still open", "win rate by value", "median won")
        yield Figures((*headings, "velocity, a day", "won a day"), tuple(rows))


def loss_figures(totals: Mapping[str, CalledTotals]) -> Iterator[Figures]:
    """Tell for what, from where and to whom deals were lost, each in a table of its own."""
    for heading, found in totals.items():
        if rows := tuple((name or "(not known)", t.count, t.value) for name, t in found):
            yield Figures((heading, "deals", "worth"), rows)


def age_figures(ageing: Iterable[AgeCount]) -> Iterator[Figures]:
    """Tell how many open deals are how old, in days."""
    counted = [age for age in ageing if age.total.count]
    rows = tuple((age.span, age.total.count, age.total.value) for age in counted)
    if rows:
        yield Figures(("days open", "deals", "worth"), rows)
