"""The words that stand in cells: those that a mapping reads as others, and those it lacks."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop import load_mapping, read_leads, read_mapping, write_leads
from salesfunnel.interop.mapping.mapping import KNOWN
from salesfunnel.leads import Lead
from salesfunnel.values import Company, ContactPoint
from tests.interop.examples import MONDAY
from tests.interop.written_lists import check

REWRITING = """
[lead]
lists = ["Calls"]
[lead.columns]
person = "Who"
company = "Firm"
city = "Town"
owner = "Salesperson"
phone = ["Phone", "Calls"]
[lead.details]
rating = "Rating"
[lead.values.city]
Yerevan = ["EVN", "Jerevan"]
Reims = "Rheims"
Rheims = "Reims"
[lead.values.owner]
"Ani Hakobyan" = "u17"
[lead.values.phone]
"112" = "emergency"
[lead.values.rating]
good = "A"
"""


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@given(
    st.sampled_from(["Yerevan", "Shiraz", "EVN", "yerevan", "Jerevan", "Reims", "Rheims"]),
    st.sampled_from(["Ani Hakobyan", "u17", "Reza"]),
    st.sampled_from(["good", "A", "B"]),
    st.lists(st.sampled_from(["112", "113", "emergency"]), max_size=3),
)
def test_words_that_are_read_as_others_are_written_back(town, owner, rating, phones):
    """Each by its first word, if a reader takes that for what is told; else it is named."""
    mine = read_mapping(REWRITING, name="ours")
    points = [ContactPoint("phone", phone) for phone in dict.fromkeys(phones)]
    lead = Lead.capture(
        person="Ani",
        company=Company("A", city=town),
        contact_points=points,
        owner=owner,
        details={"rating": rating},
        at=MONDAY,
    )
    check(lead, mine, write_leads, read_leads)

    with tempfile.TemporaryDirectory() as folder:
        written = write_leads([lead], Path(folder, "leads.csv"), mapping=mine)
        (row,) = _rows(Path(folder, "leads.csv"))

    expected = {"Yerevan": "EVN", "Reims": "Rheims", "Rheims": "Reims"}
    assert row["Town"] == expected.get(town, town)
    assert row["Salesperson"] == {"Ani Hakobyan": "u17"}.get(owner, owner)
    assert row["Rating"] == {"good": "A"}.get(rating, rating)
    codes = {one.place: one.code for one in written.left_out}
    is_read_otherwise = town in {"EVN", "yerevan", "Jerevan"}
    assert codes.get("company.city", "") == is_read_otherwise * "read_as_another_word"


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize(
    ("stage", "before"),
    [
        ("new", ["new"]),
        ("contacted", ["contacted", "new"]),
        ("nurturing", ["nurturing", "contacted", "new"]),
        ("qualified", ["qualified", "contacted", "new"]),
    ],
)
def test_a_stage_without_a_word_is_told_by_the_one_before_it(tmp_path, name, stage, before):
    """No open lead goes out without a status, and none is said to be further than it is."""
    mapping = load_mapping(name)
    lead = Lead.capture(id="7", person="Ani Sar", company="Ararat", stage=stage, at=MONDAY)
    written = write_leads([lead], tmp_path / "leads.csv", mapping=mapping)
    (read,) = read_leads(tmp_path / "leads.csv", mapping=mapping, at=MONDAY).entities()

    named = [one.code for one in written.left_out if one.place == "stage"]
    if "stage" in mapping.lead.headers:
        assert read.stage in before
        assert named == ([] if read.stage == stage else ["nearest_stage_before"])
        (row,) = _rows(tmp_path / "leads.csv")
        assert row[mapping.lead.headers["stage"][0]]


def test_words_that_are_read_as_others_are_no_shape_of_a_row(tmp_path):
    """Rows that are alike but for such a word are each read back."""
    mine = read_mapping(REWRITING, name="ours")
    towns = ["Shiraz", "EVN", "Yerevan"]
    leads = [
        Lead.capture(person=f"Ani {town}", company=Company("A", city=town), at=MONDAY)
        for town in towns
    ]

    written = write_leads(leads, tmp_path / "leads.csv", mapping=mine)

    assert [row["Town"] for row in _rows(tmp_path / "leads.csv")] == ["Shiraz", "EVN", "EVN"]
    assert [one.count for one in written.left_out if one.place == "company.city"] == [1]
