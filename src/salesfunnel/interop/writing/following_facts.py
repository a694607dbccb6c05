"""Facts that did not come back since another one did not, from which they follow."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ...errors import Text

FOLLOWS = Text(
    "follows_from_another", "{fact}: {count:,} (it follows from what is named here besides)"
)
_SOURCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "last_open_stage": ("stage", "closing.stage"),
        "stage_since": ("captured",),
    }
)


def follows(place: str, total: Mapping[str, int]) -> bool:
    """
    Tell whether a fact is another only as often as those are from which it follows.

    >>> follows("stage_since", {"stage_since": 3, "captured": 3})
    True
    >>> follows("stage_since", {"stage_since": 3, "captured": 2})
    False
    """
    sources = _SOURCES.get(place, ())
    return bool(sources) and total[place] <= sum(total.get(source, 0) for source in sources)
