"""Which parts in a decision are taken, and by whom; and which are still open."""

from __future__ import annotations

from ..values.frozen_map import FrozenMap
from ..values.person import Person
from .opportunity import Opportunity


def coverage(deal: Opportunity) -> FrozenMap[str, tuple[Person, ...]]:
    """
    List the people in each role that the deal's pipeline knows or asks for, or none.

    >>> from datetime import UTC, datetime
    >>> deal = Opportunity.open(id="7", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> deal = deal.involve("Sara Ahmadi", "user", at=deal.stage_since)
    >>> found = coverage(deal)
    >>> [str(person) for person in found["user"]], found["decision_maker"]
    (['Sara Ahmadi'], ())
    """
    asked = (role for stage in deal.pipeline.stages for role in stage.roles)
    played = (contact.role for contact in deal.contacts)
    roles = dict.fromkeys((*deal.pipeline.roles, *asked, *played))
    return FrozenMap(
        {role: tuple([c.person for c in deal.contacts if c.role == role]) for role in roles}
    )
