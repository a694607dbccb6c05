"""Whether two words differ by a slip of the pen, told by rapidfuzz where it is installed."""

from __future__ import annotations

from ..values.names import Near

_SHORTEST, _LONG = 5, 8


def near_words(*, more_slips: int = 0) -> Near:
    """
    Return what tells two near words: by rapidfuzz (the extra ``fuzzy``), else only equal ones.

    >>> near_words()("ahmadi", "ahmadi")
    True
    """
    try:
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - optional
    except ImportError:
        return str.__eq__
    distance = OSA.distance

    def near(one: str, other: str) -> bool:
        shorter = min(len(one), len(other))
        slips = 0 if shorter < _SHORTEST else (1 if shorter < _LONG else 2) + more_slips
        return distance(one, other, score_cutoff=slips) <= slips

    return near
