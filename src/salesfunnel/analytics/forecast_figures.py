"""The tables of a forecast: what is expected, how sure it is, and how far the target is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..values.money import Money
from .figures import Figures
from .forecast_categories import ForecastCategory
from .forecast_row import ForecastRow
from .total import Total

_NOTHING = Total()


def expected_figures(lines: Iterable[ForecastRow], notes: tuple[object, ...]) -> Figures:
    """Tell what was won in each period and what is open, and what that comes to."""
    rows = tuple((r.label, r.won, r.open, r.weighted, r.unweighted) for r in lines)
    return Figures(("", "won", "open", "weighted", "not weighted"), rows, notes)


def category_figures(lines: Iterable[ForecastRow]) -> Iterator[Figures]:
    """Tell how sure the open ones are held to be, the surest first, if that was told of any."""
    told = [line for line in lines if line.has_categories]
    if told:
        surest = tuple(ForecastCategory)[::-1]
        rows = tuple((r.label, *(r.categories.get(c, _NOTHING) for c in surest)) for r in told)
        yield Figures(("", *(category.said for category in surest)), rows)


def target_figures(
    target: Money | None, lines: Iterable[tuple[str, Money | None, float | None]]
) -> Iterator[Figures]:
    """Tell of each period what is missing to the target, and how often that is open."""
    if target is not None:
        rows = tuple((label, target, missing, coverage) for label, missing, coverage in lines)
        yield Figures(("", "target", "missing", "coverage"), rows)
