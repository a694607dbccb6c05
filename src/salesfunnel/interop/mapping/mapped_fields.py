"""What the columns of the files beside leads and deals may hold, and what their words stand for."""

from __future__ import annotations

from types import MappingProxyType

from ...values.source import Source

_ADDRESSES = {"email", "phone", "mobile", "fax"}
_PLACE = {"street", "postal_code", "city", "state", "country"}
_FIRM = {"employees", "industry", "annual_revenue", "currency", "website"}
_NAMES = {"person", "given_name", "family_name", "salutation", "job_title"}

ACCOUNT_FIELDS = frozenset(
    {"id", "name", "parent", "parent_id", "lead_id", "created", "source", "owner", "note"}
    | {*_FIRM, *_PLACE, *_ADDRESSES}
)
"""What a column of a file of accounts may hold, besides details."""

PERSON_FIELDS = frozenset(
    {"id", "account", "account_id", "created", "source", "owner", "note"}
    | {*_NAMES, *_PLACE, *_ADDRESSES}
)
"""What a column of a file of people may hold, besides details."""

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
"""What a column of a list of activities may hold, besides details."""

KINDS_OF_ACTIVITY = frozenset(
    {"call", "email", "sms", "fax", "letter", "meeting", "visit", "chat", "demo", "task", "note"}
)
"""The kinds of activities that have words; any other is kept as it is written."""

STATUSES = frozenset({"done", "planned", "dropped"})
DIRECTIONS = frozenset({"inbound", "outbound"})

OTHER_FIELDS = MappingProxyType(
    {
        "account": ACCOUNT_FIELDS,
        "person": PERSON_FIELDS,
        "history": HISTORY_FIELDS,
        "activity": ACTIVITY_FIELDS,
    }
)
"""The fields of each kind of file beside leads and deals."""

OTHER_MEANINGS: MappingProxyType[str, dict[str, frozenset[str]]] = MappingProxyType(
    {
        "account": {"source": frozenset(Source)},
        "person": {"source": frozenset(Source)},
        "history": {},
        "activity": {
            "kind": KINDS_OF_ACTIVITY,
            "status": STATUSES,
            "direction": DIRECTIONS,
            "answers": frozenset({"yes", "no", "unknown"}),
        },
    }
)
"""What the words of each such file may stand for, field by field."""
