"""Converting into an account that exists: what is empty is filled, what is there is left alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..accounts.account import Account
from ..leads.lead import Lead


def complete(account: Account, lead: Lead, *, at: datetime, by: str) -> Account:
    """Fill what is empty in an account from a lead; one that lacks nothing stays as it is."""
    points = {(point.kind, point.key) for point in account.contact_points}
    people = {person.key for person in account.people}
    values: dict[str, Any] = {
        "company": account.company or lead.company,
        "people": (
            *account.people,
            *((lead.person,) if lead.person and lead.person.key not in people else ()),
        ),
        "contact_points": (
            *account.contact_points,
            *(point for point in lead.contact_points if (point.kind, point.key) not in points),
        ),
        "details": type(lead.details)({**lead.details, **account.details}),
        "lead_ids": (*account.lead_ids, *(() if lead.id in account.lead_ids else (lead.id,))),
    }
    filled = {name: value for name, value in values.items() if value != getattr(account, name)}
    return account.complete(at=at, by=by, **filled) if filled else account
