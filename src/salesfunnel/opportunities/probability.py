"""The chance to win, and where the figure comes from."""

from __future__ import annotations

import functools
from decimal import Decimal
from enum import StrEnum

import attrs

from ..errors import InvalidValue, Text
from ..pipeline.stage import Stage
from ..values import converters
from ..values.numbers import exact_decimal


class ProbabilityOrigin(StrEnum):
    """
    Who set a probability: the stage, a hand, a model, or the closing of the deal.

    >>> Probability("0.9", "hand").origin is ProbabilityOrigin.HAND
    True
    """

    STAGE = "stage"
    HAND = "hand"
    MODEL = "model"
    CLOSING = "closing"


_OUT_OF_RANGE = Text(
    "probability_range", "{field} lies outside its range", "0 to 1, such as 0.25 for 25%"
)
_ONLY_CLOSING = Text("only_closing", "{field} is that of a closed deal", "hand, model, or stage")


def _share(value: Decimal | int | str) -> Decimal:
    share = exact_decimal(value, "probability")
    if not 0 <= share <= 1:
        raise InvalidValue("probability", _OUT_OF_RANGE)
    return share


def _origin(value: ProbabilityOrigin | str) -> ProbabilityOrigin:
    return converters.choice(ProbabilityOrigin, value, "probability.origin")


@attrs.frozen
class Probability:
    """
    A chance between 0 and 1 with its origin. A figure set by hand outlives a change of stage.

    >>> by_hand = Probability("0.9", ProbabilityOrigin.HAND)
    >>> Probability.entering(Stage("proposal", probability="0.5"), before=by_hand).value
    Decimal('0.9')
    """

    value: Decimal = attrs.field(converter=_share)
    origin: ProbabilityOrigin = attrs.field(converter=_origin)

    @classmethod
    def entering(cls, stage: Stage, *, before: Probability | None = None) -> Probability | None:
        """
        Return the probability after entering an open stage: its default, unless a hand set another.

        >>> Probability.entering(Stage("proposal", probability="0.5")).value
        Decimal('0.5')
        """
        if stage.probability is None or (before and before.origin is not ProbabilityOrigin.STAGE):
            return before
        return by_stage(stage.probability)


@functools.lru_cache(maxsize=1_000)
def by_stage(share: Decimal) -> Probability:
    """
    Return the default probability of a stage, made once for each figure.

    >>> by_stage(Decimal("0.5")).origin.value
    'stage'
    """
    return Probability(share, ProbabilityOrigin.STAGE)


CERTAIN = Probability(1, ProbabilityOrigin.CLOSING)
HOPELESS = Probability(0, ProbabilityOrigin.CLOSING)


def estimated(value: Probability | Decimal | int | str) -> Probability:
    """Read an estimate; a bare figure is one by hand. Only closing a deal makes it certain."""
    found = value if isinstance(value, Probability) else Probability(value, ProbabilityOrigin.HAND)
    if found.origin is ProbabilityOrigin.CLOSING:
        raise InvalidValue("probability.origin", _ONLY_CLOSING)
    return found


def chance(value: Probability) -> Probability:
    """Let in a probability."""
    return converters.one(Probability, value, "probability")


def maybe_chance(value: Probability | None) -> Probability | None:
    """Let in a probability, or none."""
    return converters.maybe(Probability, value, "probability")


def chance_before(value: Probability | None) -> Probability | None:
    """Let in the probability before an estimate, or none."""
    return converters.maybe(Probability, value, "before")


def chance_before_closing(value: Probability | None) -> Probability | None:
    """Let in the probability before a deal was closed, or none."""
    return converters.maybe(Probability, value, "probability_before")
