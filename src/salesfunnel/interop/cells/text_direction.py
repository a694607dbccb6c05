"""Which way texts run: from right to left as Persian does, or from left to right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_LONGEST_LOOKED_AT = 1_000


def runs_from_right(texts: Iterable[str]) -> bool:
    """
    Tell whether more of some texts begin with a letter that is written from right to left.

    >>> runs_from_right(["نام", "شرکت", "E-mail"]), runs_from_right(["Name", "2026"])
    (True, False)
    """
    ways = [_first_way(text) for text in texts]
    return ways.count("R") > ways.count("L")


def _first_way(text: str) -> str:
    """Give R or L by the first letter that has a direction of its own, or nothing."""
    ways = map(unicodedata.bidirectional, text[:_LONGEST_LOOKED_AT])
    found = next((way for way in ways if way in {"L", "R", "AL"}), "")
    return found.replace("AL", "R")
