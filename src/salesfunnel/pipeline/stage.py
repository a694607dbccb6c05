"""A stage: one station on the way from first contact to won or lost."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

import attrs

from ..errors import InvalidDefinition
from ..values.numbers import exact_decimal
from ..values.text import is_visible


class StageKind(StrEnum):
    """
    Whether work goes on in a stage, or the way has ended well or badly there.

    >>> StageKind("won") is StageKind.WON
    True
    """

    OPEN = "open"
    WON = "won"
    LOST = "lost"


def _probability(value: Decimal | int | str | None) -> Decimal | None:
    if value is None:
        return None
    chance = exact_decimal(value, "stage.probability")
    if not 0 <= chance <= 1:
        raise InvalidDefinition("stage", ("a probability lies between 0 and 1",))
    return chance


@attrs.frozen
class Stage:
    """
    One station on the way, with the default probability of winning and a time limit.

    >>> Stage("proposal", probability="0.50").kind
    <StageKind.OPEN: 'open'>
    """

    name: str
    kind: StageKind = attrs.field(default=StageKind.OPEN, converter=StageKind, kw_only=True)
    label: str = attrs.field(default="", kw_only=True)
    probability: Decimal | None = attrs.field(default=None, converter=_probability, kw_only=True)
    limit: timedelta | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a stage without a name."""
        if not is_visible(self.name):
            raise InvalidDefinition("stage", ("a stage needs a name",))

    @property
    def title(self) -> str:
        """What people read: the label, or else the name."""
        return self.label or self.name
