"""What is found of one period while deals are counted for a forecast."""

from __future__ import annotations

from ..opportunities.opportunity import Opportunity
from ..opportunities.probability import ProbabilityOrigin
from ..values.calendar import Period
from ..values.frozen_map import FrozenMap
from ..values.money import Money
from .forecast_categories import ForecastCategory
from .forecast_row import ForecastRow
from .total import Total


class ExpectedRow:
    """The amounts of one period."""

    unweighted: int

    def __init__(self) -> None:
        """Begin without any."""
        self.won: list[Money | None] = []
        self.open: dict[ForecastCategory, list[Money | None]] = {}
        self.weighted: dict[ProbabilityOrigin, list[Money]] = {}
        self.unweighted = 0

    def add(
        self,
        deal: Opportunity,
        category: ForecastCategory | None,
        amount: Money | None,
        weighted: Money | None,
    ) -> None:
        """Count a deal by its amounts, as they are valued; one without a category is won."""
        if category is None:
            self.won.append(amount)
            return
        self.open.setdefault(category, []).append(amount)
        if weighted is None or deal.probability is None:
            self.unweighted += 1
        else:
            self.weighted.setdefault(deal.probability.origin, []).append(weighted)

    def as_row(self, label: str, *, period: Period | None = None) -> ForecastRow:
        """Return what was found."""
        return ForecastRow(
            label=label,
            period=period,
            won=Total.of(self.won),
            open=Total.of(amount for amounts in self.open.values() for amount in amounts),
            weighted=Total.of(a for amounts in self.weighted.values() for a in amounts).value,
            unweighted=self.unweighted,
            categories=FrozenMap[ForecastCategory, Total](
                {c: Total.of(self.open[c]) for c in ForecastCategory if c in self.open}
            ),
            origins=FrozenMap[ProbabilityOrigin, Total](
                {o: Total.of(self.weighted[o]) for o in ProbabilityOrigin if o in self.weighted}
            ),
        )
