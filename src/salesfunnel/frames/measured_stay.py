"""The times in one stage: of one entity, or of all who are alike but for how long they were."""

from __future__ import annotations

from collections.abc import Mapping

import attrs


@attrs.frozen(kw_only=True)
class MeasuredStay:
    """
    How often each length was measured, in microseconds, and whether they are still there.

    ``is_gone`` is who was closed in the instant in which it began, so that nothing is known. For
    each limit, so many began so long ago, and so many of them had left by then.
    """

    group: str | None
    code: int
    lengths: Mapping[int, int]
    is_there: bool
    is_gone: bool
    old: tuple[int, ...]
    left: tuple[int, ...]
    times: int = 1
