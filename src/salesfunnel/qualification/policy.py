"""A policy of your own: any object that can assess a lead, or any function that scores one."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import Any, Protocol

import attrs

from ..errors import InvalidDefinition, Problem, Text, WrongKind
from ..rules.predicate import takes
from ..values.scalars import plain_scalar
from .assessment import Assessment
from .criterion import Criterion, shown_name
from .scorecard import Scorecard
from .scoring import unusable

MOST_SCORE = 100

_SIGNATURE = Text(
    "score_signature", "its function takes the lead and nothing else", "such as lambda lead: 50"
)

Points = float | Decimal | Fraction | Problem | None


class Policy(Protocol):
    """
    Anything with ``assess(lead, *, at)`` that returns an `Assessment`; no base class is needed.

    >>> from salesfunnel.qualification import BANT
    >>> policy: Policy = BANT
    """

    def assess(self, lead: Any, /, *, at: datetime) -> Assessment:  # noqa: ANN401 - a row will do as well
        """Judge a lead as of an instant."""
        ...


@attrs.frozen
class PointScorer:
    """
    A function that scores a lead from 0 to 100, as a criterion asks it.

    >>> from datetime import UTC, datetime
    >>> PointScorer(lambda lead: 70)({}, datetime(2026, 3, 2, tzinfo=UTC))
    Fraction(7, 10)
    """

    score: Callable[[Any], Points]

    def __call__(self, lead: Any, _at: datetime) -> Fraction | Problem | None:  # noqa: ANN401 - a row will do as well
        """Give the score as a share, or say why it cannot be one."""
        said = plain_scalar(self.score(lead))
        if said is None or isinstance(said, Problem):
            return said
        is_number = type(said) is not bool and isinstance(said, (Real, Decimal))
        try:
            points = float(said) if is_number else math.nan
        except (OverflowError, ValueError):
            points = math.nan
        if 0 <= points <= MOST_SCORE:
            return Fraction(points) / MOST_SCORE
        return unusable(said, most=MOST_SCORE, allowed="None, or a number from 0 to 100")


def policy(
    name: str, score: Callable[[Any], Points], *, threshold: int, version: str = "1"
) -> Scorecard:
    """
    Make a policy of any function that scores a lead from 0 to 100, such as a model.

    A score counts in whole points. ``None`` means that the score is not known yet: the lead stays
    undecided, and anything from 0 to 100 is possible. So it is where the function raises, or
    returns something else, and a finding says what it did.

    >>> from datetime import UTC, datetime
    >>> model = policy("model", lambda lead: lead["visits"] * 10, threshold=60)
    >>> model.assess({"visits": 7}, at=datetime(2026, 3, 2, tzinfo=UTC)).verdict
    <Verdict.QUALIFIED: 'qualified'>
    >>> print(model.assess({}, at=datetime(2026, 3, 2, tzinfo=UTC)))
    model says undecided: the score lies between 0 and 100, the threshold is 60
      score: unknown (0 of 100, the scorer raised KeyError)
    """
    if not callable(score):
        raise WrongKind.of("score", score, wanted="a function of the lead, giving 0 to 100")
    if not takes(score, "lead"):
        raise InvalidDefinition(f"policy {shown_name(name)}", (_SIGNATURE.problem(),))
    asked = Criterion("score", PointScorer(score), weight=MOST_SCORE)
    return Scorecard(name, criteria=[asked], threshold=threshold, version=version)
