"""Size brackets: many systems know only that a company has 51 to 200 staff."""

from __future__ import annotations

import re

import attrs

from ..errors import InvalidValue, Text
from .numbers import ascii_digits

_ENDS = Text(
    "bracket_ends",
    "{field} is not a bracket",
    "two whole numbers from 0 on, the lower one first",
)
_BRACKET = Text("not_a_bracket", "{field} is not a bracket", "such as 51-200 or 1000+")

_TEXT_LIMIT = 40
_WRITTEN = re.compile(r"([0-9]{1,9})(?:[-–—]([0-9]{1,9})|\+)")
_BLANKS_AND_GROUP_MARKS = str.maketrans("", "", " \t\u00a0\u202f,'\u2019٬")


@attrs.frozen
class Bucket:
    """
    A size bracket, both ends included. Without an upper end it is open.

    >>> Bucket.read("51-200")
    Bucket(low=51, high=200)
    >>> print(Bucket(1000, None))
    1000+
    """

    low: int
    high: int | None

    def __attrs_post_init__(self) -> None:
        """Refuse ends that are not counts, or in the wrong order."""
        ends = [self.low] if self.high is None else [self.low, self.high]
        if not all(type(end) is int and end >= 0 for end in ends) or ends != sorted(ends):
            raise InvalidValue("bucket", _ENDS)

    @classmethod
    def read(cls, text: str) -> Bucket:
        """
        Read a bracket as systems write it, in digits of any script.

        >>> Bucket.read("1,001 – 5,000"), Bucket.read("۱۰۰۰+")
        (Bucket(low=1001, high=5000), Bucket(low=1000, high=None))
        """
        written = None
        if isinstance(text, str):
            digits = ascii_digits(text[:_TEXT_LIMIT]).translate(_BLANKS_AND_GROUP_MARKS)
            written = _WRITTEN.fullmatch(digits)
        if written is None or len(text) > _TEXT_LIMIT:
            raise InvalidValue("bucket", _BRACKET)
        low, high = written.groups()
        return cls(int(low), int(high) if high else None)

    def __str__(self) -> str:
        """Write the bracket as most systems do."""
        return f"{self.low}+" if self.high is None else f"{self.low}-{self.high}"
