"""What the columns of each kind of list may hold, besides answers and details."""

from __future__ import annotations

from types import MappingProxyType

_ADDRESSES = {"email", "phone", "mobile", "fax"}
_PLACE = {"street", "postal_code", "city", "state", "country"}
_FIRM = {"employees", "industry", "annual_revenue", "currency", "website"}
_NAMES = {"person", "given_name", "family_name", "salutation", "job_title"}
_ENTRY = {"id", "source", "owner", "note"}
_COURSE = {*_ENTRY, "stage", "reason", "currency"}

LEAD_FIELDS = frozenset(
    {"company", "captured", "captured_time", "do_not_call", "do_not_mail"}
    | {"active", "converted", "converted_on", "account_id", "contact_id", "opportunity_id"}
    | {*_COURSE, *_NAMES, *_FIRM, *_PLACE, *_ADDRESSES}
)
"""What a column of a file of leads may hold."""

OPPORTUNITY_FIELDS = frozenset(
    {"name", "account", "account_id", "lead_id", "competitor", "outcome"}
    | {"amount", "expected_revenue", "actual_revenue", "probability"}
    | {"opened", "opened_time", "expected_close", "closed", "close", *_COURSE}
)
"""What a column of a file of opportunities may hold."""

ACCOUNT_FIELDS = frozenset(
    {"name", "parent", "parent_id", "lead_id", "created"} | {*_ENTRY, *_FIRM, *_PLACE, *_ADDRESSES}
)
"""What a column of a file of accounts may hold."""

PERSON_FIELDS = frozenset(
    {"account", "account_id", "created", *_ENTRY, *_NAMES, *_PLACE, *_ADDRESSES}
)
"""What a column of a file of people may hold."""

HISTORY_FIELDS = frozenset(
    {"id", "stage", "from_stage", "entered", "left", "by"}
    | {"amount", "currency", "expected_close"}
)
"""What a column of a stage history may hold; ``id`` is that of the deal or lead."""

ACTIVITY_FIELDS = frozenset(
    {"id", "kind", "happened", "happened_time", "due", "due_time"}
    | {"status", "direction", "reached", "outcome", "subject"}
    | {"about", "lead_id", "opportunity_id", "account_id", "person_id", "person"}
    | {"campaign", "owner", "note"}
)
"""What a column of a list of activities may hold."""

FIELDS = MappingProxyType(
    {
        "lead": LEAD_FIELDS,
        "opportunity": OPPORTUNITY_FIELDS,
        "account": ACCOUNT_FIELDS,
        "person": PERSON_FIELDS,
        "history": HISTORY_FIELDS,
        "activity": ACTIVITY_FIELDS,
    }
)
"""The fields of each kind of list."""
