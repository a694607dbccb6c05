"""Why a fact for which a list has a column is read otherwise than it was."""

from __future__ import annotations

from types import MappingProxyType

from ...errors import Text
from .left_out import READ_OTHERWISE

LETTERS_LACKING = Text(
    "letters_lacking_in_encoding",
    "{fact}: {count:,} (the encoding lacks letters of it; utf-8 has all)",
)
TOO_LONG = Text(
    "text_cut_in_cell", "{fact}: {count:,} (a cell of a workbook holds no text of that length)"
)
_WHOLE_NAME = Text(
    "whole_name_divided",
    "{fact}: {count:,} (only the whole name is known: it is divided at its last blank)",
)
_NAME_OF_PARTS = Text(
    "name_of_its_parts",
    "{fact}: {count:,} (the list has the parts of a name, which make another, or "
    "a reader takes it for a blank)",
)
_ONE_NAME = Text(
    "one_column_for_two_names",
    "{fact}: {count:,} (the list has one column for the names of the account and of the company)",
)
_ONE_ID = Text(
    "one_column_for_two_ids", "{fact}: {count:,} (the list has one column of ids, that of its rows)"
)
_SAME_ID = Text(
    "id_of_several_rows", "{fact}: {count:,} (another row has it too, or a reader tidies it)"
)
_NUMBER_ALONE = Text(
    "number_without_country",
    "{fact}: {count:,} (the number stands there, and not the country in which it is read)",
)
_NO_ADDRESS = Text(
    "no_address_for_reader",
    "{fact}: {count:,} (it stands there, and is read as a text, since it reaches no one)",
)
_ONE_WEBSITE = Text(
    "one_column_for_websites", "{fact}: {count:,} (the list has one web site, that of the company)"
)
_ONE_REASON = Text(
    "one_column_for_reason", "{fact}: {count:,} (the list has one column for it and for its words)"
)
_DAY_KNOWN = Text(
    "day_as_known", "{fact}: {count:,} (the list tells as much of the moment as it can, or none)"
)
_NO_END = Text(
    "beginning_without_end",
    "{fact}: {count:,} (it stands there, and is not counted, since the list has no day of the end)",
)
_NO_TEXT = Text(
    "text_for_reader", "{fact}: {count:,} (a reader tidies such a text, or takes it for a blank)"
)
_WHOLE = MappingProxyType(
    {
        "person.family": _WHOLE_NAME,
        "person.given": _WHOLE_NAME,
        "person.name": _NAME_OF_PARTS,
        "person.id": _ONE_ID,
        "id": _SAME_ID,
        "source_words": _ONE_REASON,
        "closing.note": _ONE_REASON,
        "rejection.note": _ONE_REASON,
        "captured": _DAY_KNOWN,
        "since": _DAY_KNOWN,
        "day": _DAY_KNOWN,
        "opened_on": _NO_END,
    }
)
_BEGINNINGS = MappingProxyType(
    {
        "contact_points.email.": _NO_ADDRESS,
        "contact_points.website.": _ONE_WEBSITE,
        "contact_points.": _NUMBER_ALONE,
    }
)
_TEXTS = frozenset(
    {
        *("name", "owner", "account", "account_id", "person.salutation", "person.job_title"),
        *("person", "outcome", "campaign", "note", "about.1", "lead_ids.1"),
    }
)
_NUMBERS = frozenset({"company.employees", "company.annual_revenue"})


def why_otherwise(place: str, *, names_accounts: bool = False) -> Text:
    """
    Say why a fact is read otherwise, by its place, and whether the list names accounts.

    >>> why_otherwise("contact_points.phone.1").code, why_otherwise("company.city").code
    ('number_without_country', 'text_for_reader')
    """
    if place == "company.name" and names_accounts:
        return _ONE_NAME
    if place in _WHOLE:
        return _WHOLE[place]
    for beginning, text in _BEGINNINGS.items():
        if place.startswith(beginning):
            return text
    is_text = place.startswith("company.") and place.removesuffix(".currency") not in _NUMBERS
    return _NO_TEXT if is_text or place in _TEXTS else READ_OTHERWISE
