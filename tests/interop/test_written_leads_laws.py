"""The law of writing: what was written is read as the same, or the difference is named."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping import SHIPPED, load_mapping, read_mapping
from salesfunnel.interop.row_outcomes import Accepted
from salesfunnel.interop.written_leads import write_leads
from salesfunnel.leads import Lead
from salesfunnel.testing import leads

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
"""
MAPPINGS = {name: load_mapping(name) for name in SHIPPED}
VARIANTS = {
    f"{name}.{variant}": mapping.labelled(variant)
    for name, mapping in MAPPINGS.items()
    for variant in mapping.variants
}
ALL = {**MAPPINGS, **VARIANTS, "own": read_mapping(OWN, name="own")}
# What only events tell, or what follows from the day of the beginning.
FOLLOWS = {"engagement", "steps", "nurtured_from", "hand_off", "stage_since", "merged_into"}


def read_again(path: Path, mapping) -> list[Lead]:
    """Read what was written, as anybody would."""
    rows = read_leads(path, at=LATER, mapping=mapping)
    return [row.entity for row in rows if isinstance(row, Accepted)]


def by_kind(lead):
    """Give the addresses kind by kind; between kinds there is no order."""
    return sorted(lead.contact_points, key=lambda point: point.kind)


def differences(told: Lead, read: Lead):
    """Name the fields in which two leads differ."""
    for field in attrs.fields(Lead):
        one, other = getattr(told, field.name), getattr(read, field.name)
        if field.name == "contact_points":
            one, other = by_kind(told), by_kind(read)
        if field.name == "source_words" and not one:
            continue  # the words of the file
        if field.name == "details":  # a blank says nothing
            one, other = ({k: v for k, v in texts.items() if v} for texts in (one, other))
        if field.eq and field.name != "timeline" and one != other:
            yield field.name


def confessed(name: str, places: set[str]) -> bool:
    """Tell whether a difference in a field is named."""
    if name in FOLLOWS and any(place.startswith(("timeline.", "captured")) for place in places):
        return True
    return any(place == name or place.startswith(f"{name}.") for place in places)


def check(lead: Lead, mapping, suffix: str = ".csv", **how) -> None:
    """Write a lead, read it, and ask of each difference whether it was named."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"leads{suffix}")
        written = write_leads([lead], path, mapping=mapping, **how)
        found = read_again(path, mapping)
    places = {one.place for one in written.left_out}
    assert written.rows == 1
    if not found:
        assert "row" in places
        return
    unnamed = [name for name in differences(lead, found[0]) if not confessed(name, places)]
    assert unnamed == []
    lost = len(lead.timeline) > len(found[0].timeline)
    assert not lost or any(place.startswith(("timeline.", "answers.")) for place in places)


@pytest.mark.parametrize("name", ALL)
@given(leads())
def test_a_lead_comes_back_or_the_difference_is_named(name, lead):
    """Of every preset in every language, and of a mapping of one's own; in letters of any kind."""
    check(lead, ALL[name])


@pytest.mark.parametrize("suffix", [".jsonl", ".xlsx", ".tsv"])
@given(lead=leads(), name=st.sampled_from(["vtiger", "dynamics", "own"]))
def test_so_it_does_from_other_kinds_of_files(suffix, lead, name):
    """JSON lines, a workbook, a list with tabs."""
    check(lead, ALL[name], suffix)


@given(lead=leads(), encoding=st.sampled_from(["cp1256", "cp1252", "utf-16"]))
def test_so_it_does_in_other_encodings(lead, encoding):
    """Letters that an encoding lacks become question marks, and are named."""
    check(lead, ALL["vtiger"], encoding=encoding, delimiter=";")
