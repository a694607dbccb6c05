"""Why a fact did not come back: no column for it, no word, or no place in a list at all."""

from __future__ import annotations

from types import MappingProxyType

from ...errors import Text
from ..mapping.noun_mapping import TYPED
from .left_out import NO_COLUMN, NO_PLACE, NO_WORD, NOT_ITS_KIND, RETOLD
from .lent_numbers import LENT, LENT_COLUMN
from .otherwise_reasons import why_otherwise
from .written_columns import WrittenColumns

_ONE_DAY = Text(
    "one_column_for_two_days",
    "{fact}: {count:,} (the list has one column for both days: the day of the end stands there, "
    "and where that is not known the day that was expected)",
)
_FILLED = Text(
    "filled_for_target",
    "{fact}: {count:,} (the system demands it: what is usual there, or known besides, is written)",
)
_REWRITTEN = Text(
    "read_as_another_word",
    "{fact}: {count:,} (the mapping reads it as another word, or a reader tidies it)",
)

_OWN_LIST = Text("people_have_own_list", "{fact}: {count:,} (people have a list of their own)")
_LIST_OF_KIND = Text(
    "list_for_each_kind",
    "{fact}: {count:,} (the system has a list for each kind, and no column: write one for each)",
)
_NEAREST = Text(
    "nearest_stage_before",
    "{fact}: {count:,} (the system has no word for it: that of the stage before it stands there, "
    "if any)",
)
_ORIGIN = Text(
    "origin_not_in_list",
    "{fact}: {count:,} (the number stands there, and not who set it)",
)
_ALIKE = Text(
    "row_without_id",
    "{fact}: {count:,} (it says what another says, or too little, and the list has no ids)",
)

ROW = "row"
"""The place of a whole row that could not be read at all."""

_FIELDS: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("id",),
        "name": ("name",),
        "owner": ("owner",),
        "source": ("source",),
        "source_words": ("source",),
        "stage": ("stage", "converted", "outcome"),
        "captured": ("captured", "opened", "created"),
        "rejection": ("reason",),
        "rejection.note": ("reason",),
        "person.name": ("person", "family_name"),
        "person.given": ("given_name",),
        "person.family": ("family_name",),
        "account_id": ("account_id",),
        "amount.currency": ("currency",),
        "company.annual_revenue.currency": ("currency",),
        "closing.amount.currency": ("currency",),
        "closing.stage": (),
        "closing.probability_before": (),
        "opportunity_id": ("opportunity_id",),
        "contact_id": ("contact_id",),
        "parent_id": ("parent_id",),
        "opened_on": ("opened",),
        "closing.closed_on": ("closed", "close"),
        "closing.reason": ("reason",),
        "closing.note": ("reason",),
        "closing.amount": ("actual_revenue", "amount"),
        "closing.competitors": ("competitor",),
        "expected_close": ("expected_close",),
        "amount": ("amount", "expected_revenue"),
        "probability": ("probability",),
        "probability.origin": ("probability",),
        "company.name": ("company", "name"),
        "details.note": ("note",),
        "account": ("account",),
        "since": ("created",),
        "lead_ids.1": ("lead_id",),
        "lead_ids.2": ("lead_id 2",),
        "kind": ("kind",),
        "status": ("status",),
        "day": ("happened", "due"),
        "inbound": ("direction",),
        "reached": ("reached",),
        "outcome": ("outcome",),
        "person": ("person",),
        "campaign": ("campaign",),
        "note": ("subject", "note"),
        "about.1": ("about", "lead_id", "opportunity_id", "account_id", "person_id"),
        "about.2": ("about 2",),
        "consent.phone.any": ("do_not_call",),
        "consent.email.any": ("do_not_mail",),
        ROW: ("id",),
    }
)
_OF_TWO_DAYS = MappingProxyType({"expected_close": "expected_close", "closing.closed_on": "closed"})
_STARTING = ("person.", "company.", "closing.")


def why_left_out(place: str, columns: WrittenColumns) -> Text:
    """
    Say why a fact did not come back, by its place and the columns that were written.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> columns = WrittenColumns.of(load_mapping("vtiger"), "lead")
    >>> why_left_out("contact_points.phone.2", columns) is NO_COLUMN
    True
    """
    if place.startswith(("timeline.", "earlier_")):
        return NO_PLACE
    if found := _of_its_column(place, columns):
        return found
    if columns.noun.kind == "person":
        place = place.removeprefix("person.") if ".contact_points." in place else place
    fields = _fields_of(place)
    if place.endswith(".currency") and not any(map(columns.has, _amount_of(place))):
        return NO_COLUMN
    if not any(map(columns.has, fields)):
        return NO_COLUMN if fields else NO_PLACE
    if not columns.noun.rewritten.keys().isdisjoint(fields):
        return _REWRITTEN
    has_words = any(columns.noun.told.get(field) for field in fields)
    return NO_WORD if has_words else why_otherwise(place, names_accounts=columns.has("name"))


def _of_its_column(place: str, columns: WrittenColumns) -> Text | None:
    """Say what is peculiar to the column in which a fact stands."""
    part, _, name = place.partition(".")
    noun, has, own = columns.noun, columns.has, _OF_TWO_DAYS.get(place)
    reasons = (
        (_OWN_LIST, part == "people"),
        (LENT_COLUMN, place.endswith(LENT)),
        (_NEAREST, place == "stage" and noun.kind == "lead" and "stage" in noun.told),
        (RETOLD, place == "details.stage" and has("stage") and not has(place)),
        (_LIST_OF_KIND, place == "kind" and bool(noun.kinds) and not has("kind")),
        (_ALIKE, place == ROW and not has("id")),
        (_FILLED, place in noun.fills),
        (_ORIGIN, place == "probability.origin" and has("probability")),
        (NOT_ITS_KIND, part == "details" and name in TYPED and has(name) and not has(place)),
        (_ONE_DAY, own is not None and has("close") and not has(own)),
    )
    return next((text for text, is_so in reasons if is_so), None)


def _amount_of(place: str) -> tuple[str, ...]:
    """Name the fields of the amount to which a currency belongs."""
    return _fields_of(place.removesuffix(".currency"))


def _fields_of(place: str) -> tuple[str, ...]:
    """Name the fields that hold a fact."""
    if place in _FIELDS:
        return _FIELDS[place]
    if place.startswith("contact_points."):
        _, kind, number = place.split(".")
        return (kind,) if number == "1" else (f"{kind} {number}",)
    if place.startswith(("answers.", "details.")):
        return (place.removesuffix(".evidence"),) if not place.endswith(".evidence") else ()
    if place.startswith(_STARTING):
        return (place.partition(".")[2],)
    return ()
