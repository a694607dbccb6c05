"""Why a fact did not come back: no column for it, no word, or no place in a list at all."""

from __future__ import annotations

from types import MappingProxyType

from ...errors import Text
from ..mapping.noun_mapping import TYPED
from .left_out import NO_COLUMN, NO_PLACE, NO_WORD, NOT_ITS_KIND, READ_OTHERWISE
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
        "company.name": ("company", "name"),
        "details.note": ("note",),
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
    if place.endswith(LENT):
        return LENT_COLUMN
    if place == "stage" and columns.noun.statuses:
        return READ_OTHERWISE
    if place in columns.noun.fills:
        return _FILLED
    if part == "details" and name in TYPED and columns.has(name) and not columns.has(place):
        return NOT_ITS_KIND
    own = _OF_TWO_DAYS.get(place)
    if own is not None and columns.has("close") and not columns.has(own):
        return _ONE_DAY
    return None


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
