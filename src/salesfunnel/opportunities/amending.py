"""What may be corrected in a deal at any time, also after it was closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

import attrs

from ..values import gates
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from .contacts import involvements

AMENDABLE: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "name": gates.name,
        "account_id": gates.link,
        "contacts": involvements,
        "source": gates.source,
        "source_words": gates.source_words,
        "details": gates.details,
    }
)
"""What may be corrected, and the gate of each; all else has a verb of its own."""


def _amended(values: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return gates.fields(values, AMENDABLE, "amend")


@attrs.frozen(kw_only=True)
class OpportunityAmended:
    """
    What is known about a deal was corrected, also who has a say; holds the new values by field.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.history import apply
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", name="Generators", at=monday)
    >>> apply(deal, OpportunityAmended(at=monday, amended={"name": "Two generators"})).name
    'Two generators'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = attrs.field(default="", converter=gates.author, repr=False)
    amended: FrozenMap[str, Any] = attrs.field(converter=_amended, repr=False)

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Put the new values in place."""
        return self.amended
