"""What can happen to a lead. Each event says when, by whom, and which fields it changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from ..pipeline.pipeline import Pipeline
from ..values.company import Company
from ..values.contact_points import ContactPoint
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.person import Person
from ..values.source import Source
from .reasons import DisqualificationReason

Changes = Mapping[str, Any]


@attrs.frozen(kw_only=True)
class LeadCaptured:
    """
    A lead arrived: who it is, and by which way. A lead from another system may arrive mid-life.

    >>> from salesfunnel.leads import Lead
    >>> from datetime import UTC, datetime
    >>> Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, tzinfo=UTC)).timeline[
    ...     0
    ... ].to_stage
    'new'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    id: str
    person: Person | None
    company: Company | None
    contact_points: tuple[ContactPoint, ...]
    source: Source
    source_words: str
    details: FrozenMap[str, str]
    pipeline: Pipeline
    to_stage: str

    def changes(self, _before: object, /) -> Changes:
        """Begin the lead with all that is known."""
        return {
            "id": self.id,
            "person": self.person,
            "company": self.company,
            "contact_points": self.contact_points,
            "source": self.source,
            "source_words": self.source_words,
            "details": self.details,
            "pipeline": self.pipeline,
            "stage": self.to_stage,
            "last_open_stage": self.to_stage,
        }


@attrs.frozen(kw_only=True)
class LeadTouched:
    """
    Somebody talked with the lead, or tried to, over a channel such as phone or e-mail.

    >>> from datetime import UTC, datetime
    >>> LeadTouched(at=datetime(2026, 3, 2, tzinfo=UTC), channel="phone").channel
    'phone'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    channel: str
    note: str = attrs.field(default="", repr=False)

    def changes(self, _before: object, /) -> Changes:
        """Change nothing but the timeline."""
        return {}


@attrs.frozen(kw_only=True)
class LeadAmended:
    """
    What is known about the lead was completed or corrected; holds the new values by field.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.values import FrozenMap
    >>> LeadAmended(
    ...     at=datetime(2026, 3, 2, tzinfo=UTC), amended=FrozenMap({"source_words": "Expo"})
    ... ).by
    ''
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    amended: FrozenMap[str, Any] = attrs.field(repr=False)

    def changes(self, _before: object, /) -> Changes:
        """Put the new values in place."""
        return self.amended


@attrs.frozen(kw_only=True)
class LeadMoved:
    """
    The lead moved from one stage to another, for example into nurturing until a later date.

    >>> from datetime import UTC, datetime
    >>> moved = LeadMoved(
    ...     at=datetime(2026, 3, 2, tzinfo=UTC),
    ...     trigger="nurture",
    ...     from_stage="new",
    ...     to_stage="nurturing",
    ... )
    >>> moved.to_stage
    'nurturing'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    trigger: str
    from_stage: str
    to_stage: str
    until: datetime | None = None
    note: str = attrs.field(default="", repr=False)

    def changes(self, _before: object, /) -> Changes:
        """Enter the new stage; it is open, so it is also the last open one."""
        return {"stage": self.to_stage, "last_open_stage": self.to_stage, "rejection": None}


@attrs.frozen(kw_only=True)
class LeadQualified:
    """
    A policy found the lead worth an offer; keeps which policy, and the score at the time.

    >>> LeadQualified.__name__
    'LeadQualified'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    trigger: str
    from_stage: str
    to_stage: str
    policy: str
    policy_version: str
    floor: int
    ceiling: int

    def changes(self, _before: object, /) -> Changes:
        """Enter the new stage."""
        return {"stage": self.to_stage, "last_open_stage": self.to_stage}


@attrs.frozen(kw_only=True)
class LeadDisqualified:
    """
    The lead was given up, with the reason that marketing learns from.

    >>> LeadDisqualified.__name__
    'LeadDisqualified'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    trigger: str
    from_stage: str
    to_stage: str
    reason: DisqualificationReason = attrs.field(converter=DisqualificationReason)
    note: str = attrs.field(default="", repr=False)

    def changes(self, _before: object, /) -> Changes:
        """Enter the lost stage and keep the reason."""
        return {"stage": self.to_stage, "rejection": self.reason}


@attrs.frozen(kw_only=True)
class LeadConverted:
    """
    The lead became an account and an opportunity; keeps the links to both.

    >>> LeadConverted.__name__
    'LeadConverted'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    trigger: str
    from_stage: str
    to_stage: str
    account_id: str
    opportunity_id: str
    contact_id: str = ""

    def changes(self, _before: object, /) -> Changes:
        """Enter the converted stage and keep the links."""
        return {
            "stage": self.to_stage,
            "account_id": self.account_id,
            "opportunity_id": self.opportunity_id,
            "contact_id": self.contact_id,
        }
