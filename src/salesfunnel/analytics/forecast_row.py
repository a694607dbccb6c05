"""One period of a forecast: what was won in it, and what is open, by category and weighted."""

from __future__ import annotations

from typing import Any

import attrs

from ..opportunities.probability import ProbabilityOrigin
from ..values.calendar import Period
from ..values.converters import choice
from ..values.frozen_map import FrozenMap
from ..values.money import Money
from .forecast_categories import ForecastCategory
from .total import Total


@attrs.frozen(kw_only=True)
class ForecastRow:
    """
    One period, or those without one: what was won, and what is open, by category and weighted.

    ``weighted`` adds up each amount times its own chance, and ``origins`` by whom the chance was
    set; deals without a chance or an amount are ``unweighted`` and count for nothing in it.

    >>> print(ForecastRow(label="2026-06", won=Total(), open=Total()))
    2026-06: 0 won, 0 open
    """

    label: str
    won: Total
    open: Total
    period: Period | None = None
    weighted: tuple[Money, ...] = ()
    unweighted: int = 0
    categories: FrozenMap[ForecastCategory, Total] = attrs.field(
        factory=FrozenMap[ForecastCategory, Total]
    )
    origins: FrozenMap[ProbabilityOrigin, Total] = attrs.field(
        factory=FrozenMap[ProbabilityOrigin, Total]
    )

    def up_to(self, category: ForecastCategory | str) -> Total:
        """
        Add up what was won and what is held to be at least so sure: won and commit, and so on.

        >>> ForecastRow(label="2026-06", won=Total(1), open=Total()).up_to("commit").count
        1
        """
        wanted = list(ForecastCategory).index(choice(ForecastCategory, category, "category"))
        sure = [c for c in self.categories if list(ForecastCategory).index(c) >= wanted]
        return Total.together([self.won, *(self.categories[c] for c in sure)])

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data; amounts are texts, since they are exact.

        >>> ForecastRow(label="2026-06", won=Total(), open=Total()).as_data()["unweighted"]
        0
        """
        return {
            "label": self.label,
            "won": self.won.as_data(),
            "open": self.open.as_data(),
            "weighted": Total(0, self.weighted).as_data()["value"],
            "unweighted": self.unweighted,
            "categories": {name.value: t.as_data() for name, t in self.categories.items()},
            "up_to": {c.value: self.up_to(c).as_data() for c in ForecastCategory},
            "origins": {origin.value: t.as_data() for origin, t in self.origins.items()},
        }

    def __str__(self) -> str:
        """Say what was won, what is open, and what that comes to."""
        parts = [self.won.said("won"), self.open.said("open"), *self._said_categories()]
        if self.weighted:
            parts.append("weighted " + ", ".join(map(str, self.weighted)))
        if self.unweighted:
            parts.append(f"{self.unweighted:,} without a chance or an amount")
        return f"{self.label}: " + ", ".join(parts)

    @property
    def has_categories(self) -> bool:
        """Whether any open deal is told to be more or less than in the pipeline."""
        return bool(set(self.categories) - {ForecastCategory.PIPELINE})

    def _said_categories(self) -> list[str]:
        """Say how sure the open ones are held to be, the surest first, if that was told of any."""
        surest = [c for c in tuple(ForecastCategory)[::-1] if c in self.categories]
        said = ", ".join(self.categories[c].said(c.said) for c in surest)
        return [f"of these {said}"] if self.has_categories else []
