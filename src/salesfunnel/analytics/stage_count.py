"""How many deals stand in one stage, what they are worth, and how many stand there too long."""

from __future__ import annotations

from typing import Any

import attrs

from ..pipeline.stage import StageKind
from ..values.money import Money
from .total import Total


@attrs.frozen(kw_only=True)
class StageCount:
    """
    How many deals stand in one stage, and what they are worth, currency by currency.

    ``overdue`` of them have stood there for longer than the pipeline allows.

    >>> StageCount(stage="proposal", count=2, value=(Money("900", "EUR"),)).count
    2
    """

    stage: str
    pipeline: str = ""
    kind: StageKind = StageKind.OPEN
    count: int
    value: tuple[Money, ...]
    overdue: int = 0

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data; amounts are texts, since they are exact.

        >>> StageCount(stage="proposal", count=2, value=()).as_data()["kind"]
        'open'
        """
        return {
            "pipeline": self.pipeline,
            "stage": self.stage,
            "kind": self.kind.value,
            **Total(self.count, self.value).as_data(),
            "overdue": self.overdue,
        }

    def __str__(self) -> str:
        """Say the stage, how many, how much, and how many are overdue."""
        return f"{self.stage}: {self.said}"

    @property
    def said(self) -> str:
        """How many, how much, and how many are overdue."""
        said = ", ".join([f"{self.count:,}", *map(str, self.value)])
        return f"{said}, {self.overdue:,} overdue" if self.overdue else said
