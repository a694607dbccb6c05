"""The time in one stage, of one entity or of as many as were there equally long."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True)
class MeasuredStay:
    """
    How long it was, in microseconds, whether they are still there, and how many they are.

    ``is_gone`` is who was closed in the instant in which it began, so that nothing is known. For
    each limit, so many began so long ago, and so many of them had left by then.
    """

    group: str | None
    code: int
    length: int
    is_there: bool
    is_gone: bool
    old: tuple[int, ...]
    left: tuple[int, ...]
    times: int = 1
