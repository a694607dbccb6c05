"""What the tests of writing share: the mappings, and how two of a kind are compared."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import attrs
from hypothesis import settings

from salesfunnel.interop.mapping.mapping import KNOWN, load_mapping, read_mapping
from salesfunnel.interop.rows.row_outcomes import Accepted

few = settings(max_examples=max(settings.default.max_examples // 3, 6))
"""For a law of writing, since it is tried with each of forty mappings."""

LATER = datetime(9989, 5, 5, tzinfo=UTC)
OWN = """
[format]
dates = ["%d/%m/%Y"]
decimal_mark = ","
currency = "toman"
timezone = "Asia/Tehran"
country = "IR"
blanks = ["نامشخص"]

[lead]
lists = ["Phones", "Mails"]
[lead.columns]
id = "Nr"
person = "Who"
company = "Firm"
annual_revenue = "Revenue"
phone = "Phones"
mobile = "Mobile"
email = ["Mail", "Mails"]
captured = "Day"
stage = "Stage"
reason = "Why"
[lead.answers]
need = "Need"
[lead.details]
topic = "Topic"
[opportunity.columns]
id = "Nr"
amount = "Amount"
stage = "Stage"
outcome = "State"
close = "Day"
[account.columns]
name = "Firm"
phone = "Phone"
[person.columns]
given_name = "First"
family_name = "Last"
account_id = "Firm"
[activity.columns]
kind = "Kind"
happened = "Day"
note = "Note"
"""
MAPPINGS = {name: load_mapping(name) for name in KNOWN}
VARIANTS = {
    f"{name}.{variant}": mapping.labelled(variant)
    for name, mapping in MAPPINGS.items()
    for variant in mapping.variants
}
ALL = {"none": None, **MAPPINGS, **VARIANTS, "own": read_mapping(OWN, name="own")}
# What only events tell, or what follows from the day of the beginning.
FOLLOWS = {
    *("engagement", "steps", "nurtured_from", "hand_off", "stage_since", "merged_into", "rest"),
    *("amount_agreed", "lines"),
}
# What a reader keeps beside what a word of the file means.
BESIDE = {"source_words"}


def by_kind(value):
    """Give addresses kind by kind, since between kinds there is no order; all else as it is."""
    if (
        isinstance(value, tuple)
        and value
        and hasattr(value[0], "kind")
        and hasattr(value[0], "text")
    ):
        return sorted(value, key=lambda point: point.kind)
    return value


def differences(told, read):
    """Name the fields in which two of a kind differ; what was not told is no difference."""
    for field in attrs.fields(type(told)):
        one, other = by_kind(getattr(told, field.name)), by_kind(getattr(read, field.name))
        if field.name in BESIDE and not one:
            continue
        if field.name == "person" and hasattr(one, "id") and hasattr(other, "id") and not one.id:
            other = attrs.evolve(other, id="")  # that of the row
        if field.name == "details":  # a blank says nothing; the stage is the word of the file
            one, other = ({k: v for k, v in texts.items() if v} for texts in (one, other))
            if "stage" not in one:
                other = {k: v for k, v in other.items() if k != "stage"}
        if field.eq and field.name != "timeline" and one != other:
            yield field.name


def is_named(name: str, places: set[str]) -> bool:
    """Tell whether a difference in a field is named."""
    if name in FOLLOWS and any(place.startswith(("timeline.", "captured")) for place in places):
        return True
    return any(place == name or place.startswith(f"{name}.") for place in places)


def check(noun, mapping, write, read, suffix: str = ".csv", **how) -> None:
    """Write one, read it as anybody would, and ask of each difference whether it was named."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"list{suffix}")
        written = write([noun], path, mapping=mapping, **how)
        known = {"encoding": how["encoding"]} if "encoding" in how else {}
        rows = list(read(path, at=LATER, mapping=mapping, **known)) if written.rows else []
    places = {one.place for one in written.left_out}
    found = [row.entity for row in rows if isinstance(row, Accepted)]
    assert written.rows == 1
    if not found:
        assert "row" in places
        return
    unnamed = [name for name in differences(noun, found[0]) if not is_named(name, places)]
    assert unnamed == []
    timeline = getattr(noun, "timeline", ())
    lost = len(timeline) > len(getattr(found[0], "timeline", ()))
    assert not lost or any(place.startswith(("timeline.", "answers.")) for place in places)
