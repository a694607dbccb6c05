"""Options that are blank, as where a variable of a script is empty: refused, and never ignored."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..errors import InvalidValue, Text

_BLANK = Text("blank_option", "{field} is blank", "say what it is, or leave it out")


def check_blanks(words: Sequence[str]) -> None:
    """
    Refuse an option that says nothing.

    >>> check_blanks(["funnel", "leads.csv", "--history", ""])
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: --history is blank; allowed: say what it is, or leave it out
    """
    for word, following in pairwise([*words, "."]):
        option, equals, value = word.partition("=")
        if option.startswith("--") and not (value if equals else following).strip():
            raise InvalidValue(option, _BLANK)
