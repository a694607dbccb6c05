"""A stage that a status and its reason tell together, as Dynamics has it."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest

from salesfunnel.errors import InvalidDefinition
from salesfunnel.interop import (
    read_leads,
    read_mapping,
    read_opportunities,
    write_leads,
    write_opportunities,
)
from salesfunnel.interop.mapping.mapping import KNOWN, load_mapping
from salesfunnel.interop.writing.written_columns import WrittenColumns

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DYNAMICS = load_mapping("dynamics")
TOLD = {
    "new": ("Open", "New"),
    "contacted": ("Open", "Contacted"),
    "qualified": ("Open", "Contacted"),
    "converted": ("Qualified", "Qualified"),
}


@pytest.mark.parametrize(("stage", "told"), TOLD.items())
def test_a_lead_of_dynamics_has_a_status_and_its_reason(tmp_path, stage, told):
    """Contacted is a reason of an open lead there; what is qualified here is still open there."""
    (mine,) = read_leads(StringIO(f"id,person,stage\n7,Ani,{stage}\n"), at=MONDAY)
    lead = mine.entity

    written = write_leads([lead], tmp_path / "leads.csv", mapping="dynamics")

    with (tmp_path / "leads.csv").open(encoding="utf-8-sig") as file:
        (row,) = csv.DictReader(file)
    assert (row["Status"], row["Status Reason"]) == told
    (read,) = read_leads(tmp_path / "leads.csv", mapping=DYNAMICS, at=MONDAY)
    assert read.entity.stage == ("contacted" if stage == "qualified" else stage)
    assert "reason" not in read.entity.details
    said = [str(one) for one in written.left_out if one.place == "stage"]
    as_other = (
        "stage: 1 (the system has no word for it: that of the stage before it stands there, if any)"
    )
    assert said == ([as_other] if stage == "qualified" else [])


def test_another_reason_of_an_open_lead_is_kept_as_before():
    """What no lead of that status has says nothing of the stage."""
    (read,) = read_leads(
        StringIO("Full Name,Status,Status Reason\nAni,Open,Cannot Contact\n"),
        mapping=DYNAMICS,
        at=MONDAY,
    )
    assert (read.entity.stage, read.entity.details["reason"]) == ("new", "Cannot Contact")


@pytest.mark.parametrize("stage", [stage for stage in TOLD if stage != "qualified"])
@pytest.mark.parametrize("header", ["Full Name,Status Reason", "Full Name,Status,Status Reason"])
def test_in_a_list_without_a_status_its_reason_tells_the_stage(stage, header):
    """As the views of leads have it there; a status that is blank tells nothing."""
    cells = ["Ani", TOLD[stage][1]] if header.count(",") == 1 else ["Ani", "", TOLD[stage][1]]

    (read,) = read_leads(StringIO(f"{header}\n{','.join(cells)}\n"), mapping=DYNAMICS, at=MONDAY)

    is_alone = header.count(",") == 1
    assert read.entity.stage == (stage if is_alone else "new")
    assert ("reason" in read.entity.details) != is_alone


@pytest.mark.parametrize("why", ["Lost", "Cannot Contact", "No Longer Interested", "Canceled"])
def test_a_reason_of_those_who_are_disqualified_tells_it_alone(why):
    """No other status has it; the reason is kept with the ending, and in no detail."""
    rows = StringIO(f"Topic,Last Name,Status Reason\nX,Ni,{why}\n")

    (read,) = read_leads(rows, mapping=DYNAMICS, at=MONDAY)

    assert (read.entity.stage, read.entity.timeline[-1].note) == ("disqualified", why)
    assert "reason" not in read.entity.details


@pytest.mark.parametrize(
    "words", ['"Open"', '["Open"]', '["Open", 1]', '["Open", "New", "Old"]', '["Open", "a\\nb"]']
)
def test_a_status_without_its_reason_is_a_fault_of_the_mapping(words):
    """A mapping says all its faults."""
    with pytest.raises(InvalidDefinition, match="is not a status and its reason"):
        read_mapping(f"[lead.statuses]\nnew = {words}\n", name="mine")


@pytest.mark.parametrize("statuses", ['{ lost = ["Open", "New"] }', '"Open"'])
def test_only_stages_of_leads_have_statuses(statuses):
    """What is none is a fault of the mapping."""
    with pytest.raises(InvalidDefinition, match="statuses"):
        read_mapping(f"[lead]\nstatuses = {statuses}\n", name="mine")


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("kind", ["open", "won", "lost"])
def test_a_system_with_a_column_for_the_outcome_has_its_words(tmp_path, name, kind):
    """They begin with a capital, as the system writes them; won is a stage in Odoo."""
    columns = WrittenColumns.of(load_mapping(name), "opportunity")
    if not columns.has("outcome") or name in {"salesfunnel", "faradis"}:
        return
    stage = "proposal" if kind == "open" else kind
    (mine,) = read_opportunities(StringIO(f"id,name,stage\n7,Pilot,{stage}\n"), at=MONDAY)
    deal = mine.entity

    write_opportunities([deal], tmp_path / "deals.csv", mapping=name)

    with (tmp_path / "deals.csv").open(encoding="utf-8-sig") as file:
        row = next(csv.reader(list(file)[1:]))
    word = row[columns.fields.index("outcome")]
    assert word[:1].isupper() or (name, kind, word) == ("odoo", "won", "")
    if name in {"dynamics", "pipedrive"}:
        assert word == kind.capitalize()
