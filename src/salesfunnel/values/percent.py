"""A share in whole percent, said in one way in the terminal, on pages and in pictures."""

from __future__ import annotations

import math
from fractions import Fraction


def whole_percent(share: float | Fraction) -> int:
    """
    Give a share in whole percent; a half is rounded up, as people round.

    A float is taken for the share of a count that it stands for, so 57 of 200 is 28.5 percent.

    >>> [whole_percent(Fraction(count, 200)) for count in (95, 97)], whole_percent(57 / 200)
    ([48, 49], 29)
    """
    exact = share if isinstance(share, Fraction) else Fraction(share).limit_denominator(_MOST)
    return math.floor(100 * exact + Fraction(1, 2))


_MOST = 10**7  # what two floats of one count differ by is far less than two of its shares
