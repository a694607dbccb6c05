"""
Three-valued logic after Kleene: true, false, or unknown, which is written ``None``.

Unknown is not no. What is decided stays decided, however the unknowns turn out.
"""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None


def conjunction(truths: Iterable[Truth]) -> Truth:
    """Tell whether all are true: one no decides, otherwise one unknown leaves it open."""
    outcome: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            outcome = None
    return outcome


def at_least_of(count: int, truths: Iterable[Truth]) -> Truth:
    """Tell whether at least ``count`` are true, once the unknowns can no longer change that."""
    known = list(truths)
    sure, possible = known.count(True), len(known) - known.count(False)
    if sure >= count:
        return True
    return False if possible < count else None


def in_words(truth: Truth) -> str:
    """Say yes, no or unknown."""
    return "unknown" if truth is None else ("yes" if truth else "no")


def negation(truth: Truth) -> Truth:
    """Turn yes into no and no into yes; unknown stays unknown."""
    return None if truth is None else not truth
