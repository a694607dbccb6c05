"""What a conversion opens where nothing is given that exists, and what stands there at first."""

from __future__ import annotations

from enum import Enum
from types import SimpleNamespace
from typing import Any, Final

from ..activities.consent_register import ConsentRegister
from ..activities.engagement import Engagement
from ..activities.steps import Steps
from ..values.frozen_map import FrozenMap
from ..values.source import Source


class Opening(Enum):
    """
    What a conversion opens, where nothing is given that exists.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> from salesfunnel.conversion import draft_conversion
    >>> lead = Lead.capture(company="Novin", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> draft_conversion(lead, opportunity=NEW) == draft_conversion(lead)
    True
    """

    NEW = "new"


NEW: Final = Opening.NEW
"""A new opportunity, as a conversion opens one unless it is told otherwise."""

NO_ACCOUNT = SimpleNamespace(
    name="",
    company=None,
    people=(),
    contact_points=(),
    source=Source.OTHER,
    source_words="",
    details=FrozenMap[str, Any](),
    lead_ids=(),
    steps=Steps(),
    consent=ConsentRegister(),
    engagement=Engagement(),
)
NO_OPPORTUNITY = SimpleNamespace(
    name="",
    account_id="",
    contacts=(),
    answers=FrozenMap[str, Any](),
    source=Source.OTHER,
    source_words="",
    details=FrozenMap[str, Any](),
    lead_ids=(),
    amount=None,
    expected_close=None,
    steps=Steps(),
    consent=ConsentRegister(),
    engagement=Engagement(),
)

AFTERWARDS = ("steps", "consent", "engagement")
"""What a noun is given once it is there, since it is not opened with it."""
