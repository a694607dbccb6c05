"""The law of nothing lost: what a known column says is in the entity, its details or a note."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from salesfunnel.interop.accounts import read_accounts
from salesfunnel.interop.activity_lines import read_activities
from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping.mapped_columns import MappedColumns
from salesfunnel.interop.mapping.mapped_fields import (
    ACCOUNT_FIELDS,
    ACTIVITY_FIELDS,
    HISTORY_FIELDS,
    LEAD_FIELDS,
    OPPORTUNITY_FIELDS,
    PERSON_FIELDS,
)
from salesfunnel.interop.mapping.mapping import read_mapping
from salesfunnel.interop.mapping.noun_mapping import NounMapping
from salesfunnel.interop.opportunities import read_opportunities
from salesfunnel.interop.people import read_people
from salesfunnel.interop.stage_lines import read_stage_history
from salesfunnel.values.answer import Answer
from salesfunnel.values.text import fold
from tests.interop.examples import MONDAY, ODD_CELLS, a_list, sorted_out

# Words that arrive under another name, by what they become.
MEANINGS = {
    "oui": Answer(True),
    "بله": Answer(True),
    "yes": Answer(True),
    "✓": Answer(True),
    "no": Answer(False),
    "a@b.example; c@d.example": "a@b.example",
    "1403-12-30": "2025-03-20",
    "51-200": "51",
    "1000+": "1000",
    "50%": Decimal("0.5"),
    "12.500": Decimal("0.125"),
    "120": 120,
    "-5": Decimal(-5),
    "45992": 45992,
}

ANSWERS = (
    "x active",
    "x reached",
    "x need",
    "x budget",
    "x converted",
    "x do_not_call",
    "x do_not_mail",
)

texts = st.one_of(
    st.sampled_from(ODD_CELLS),
    st.sampled_from(["Sara Ahmadi", "Novin", "s@n.example", "New", "Proposal", "Lost", "Open"]),
    st.text(st.characters(exclude_categories=["C"])),
)


def atoms(value: Any) -> set[Any]:
    """Collect all that stands in an entity: texts, numbers, days, answers."""
    if attrs.has(type(value)) and not isinstance(value, type):
        inner = (getattr(value, field.name) for field in attrs.fields(type(value)))
        found = {atom for part in inner for atom in atoms(part)}
        return found | {value} if isinstance(value, Answer) else found
    if isinstance(value, (tuple, list, frozenset)):
        return {atom for part in value for atom in atoms(part)}
    if hasattr(value, "items"):
        return {atom for part in value.values() for atom in atoms(part)}
    if isinstance(value, datetime):
        return {value, value.date().isoformat()}
    if isinstance(value, date):
        return {value, value.isoformat()}
    return {value, str(value)} if value is not None else set()


def is_found(text: str, header: str, row: Any, known: set[Any], noun: NounMapping) -> bool:
    """Tell whether a cell is in the entity, as it was or as what it means, or in a note."""
    plain = " ".join(text.replace("\u202e", "").replace("\u200f", "").split())
    kept = " ".join(" ".join(str(atom).split()) for atom in known)
    if not plain or plain in MappedColumns((), noun).blanks:
        return True
    field = header[2:] if header[2:] in noun.words else "answers"
    if noun.meaning_of(text, field=field) and (field != "answers" or header in ANSWERS):
        return True
    if header == "x currency" and plain.upper() in known:
        return True
    if plain in kept or MEANINGS.get(text) in known or plain.lstrip("'") in kept:
        return True
    noted = any(
        note.column == header or note.params.get("field") in (header, header[2:])
        for note in row.notes
    )
    digits = "".join(filter(str.isdecimal, plain))
    return noted or (digits != "" and digits.lstrip("0") in "".join(filter(str.isdecimal, kept)))


def a_mapping(fields: frozenset[str], noun: str, answers: tuple[str, ...]):
    """Map a column of the same name to each field."""
    lines = [f"[{noun}.columns]", *(f'{field} = "x {field}"' for field in sorted(fields))]
    if answers:
        lines += [f"[{noun}.answers]", *(f'{slot} = "x {slot}"' for slot in answers)]
    return read_mapping("\n".join(lines), name="law")


def history_of(path, *, at, **how):
    """Read a stage history as the other readers are called, which are told the time."""
    assert at == MONDAY
    return read_stage_history(path, **how)


@pytest.mark.parametrize(
    ("reader", "fields", "noun", "answers"),
    [
        (read_leads, LEAD_FIELDS, "lead", ("need", "budget")),
        (read_opportunities, OPPORTUNITY_FIELDS, "opportunity", ()),
        (read_accounts, ACCOUNT_FIELDS, "account", ()),
        (read_people, PERSON_FIELDS, "person", ()),
        (history_of, HISTORY_FIELDS, "history", ()),
        (read_activities, ACTIVITY_FIELDS, "activity", ()),
    ],
)
def test_each_filled_cell_is_found_again(reader, fields, noun, answers):
    """In the entity, in its details or in a note; only what makes a row useless refuses it."""
    mapping = a_mapping(fields, noun, answers)
    header = [f"x {field}" for field in (*sorted(fields), *answers)]

    @settings(phases=[Phase.generate])  # a row of forty cells takes minutes to shrink
    @given(st.lists(st.tuples(*[st.one_of(st.just(""), texts)] * len(header)), max_size=3))
    def law(rows):
        with tempfile.TemporaryDirectory() as folder:
            path = a_list(Path(folder), [header, *rows])
            accepted, refused = sorted_out(
                reader(path, at=MONDAY, mapping=mapping, delimiter=",", encoding="utf-8")
            )
        assert {fault.code for no in refused for fault in no.faults} <= {
            "names_nobody",
            "blank_stage",
            *("unknown_word", "unknown_text"),
            "row_of_totals",
            *("account_row_without_name", "row_of_nobody", "stage_line_incomplete"),
            "row_without_activity",
        }
        for row in accepted:
            told = getattr(row.entity, "timeline", ())
            assert not told or type(row.entity).replay(told) == row.entity
            known = atoms(row.entity)
            for name, cell in zip(header, rows[row.row - 2], strict=True):
                text = cell.removeprefix("'") if cell[1:2] in "=+-@" else cell
                words = getattr(mapping, noun)
                assert is_found(text.strip(), name, row, known, words), (name, text)

    law()


doubles = st.fixed_dictionaries(
    {
        "Name": st.sampled_from(["", "Sara Ahmadi", "SARA AHMADI", "سارا احمدی", "Sara A."]),
        "Company": st.sampled_from(["", "Novin", "Novin Tejarat", "شرکت نوین"]),
        "Title": st.sampled_from(["", "CTO", "مدیر خرید"]),
        "City": st.sampled_from(["", "Tehran", "تهران"]),
        "Source": st.sampled_from(["", "fair", "web", "a friend of Ani's"]),
        "Website": st.sampled_from(["", "novin.example", "novin.test"]),
        "Remark": st.sampled_from(["", "stand B12", "rappeler lundi", "wants a demo"]),
        "Owner": st.sampled_from(["", "Ani", "Reza"]),
        "Budget": st.sampled_from(["", "yes", "no"]),
    }
)


@given(st.lists(doubles, min_size=2, max_size=4), st.booleans())
def test_a_double_overwrites_no_word_without_a_trace(rows, is_known):
    """Each filled cell of rows about one lead is in it, or a note names the column."""
    header = ["Email", *rows[0]]
    cells = [["sara@x.example", *(row[name] for name in header[1:])] for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        known = []
        if is_known:
            first = a_list(Path(folder), [header, cells[0]])
            known = list(read_leads(first, at=MONDAY).entities())
            rows, cells = rows[1:], cells[1:]
        found = list(read_leads(a_list(Path(folder), [header, *cells]), at=MONDAY, known=known))
    (lead,) = {id(row.entity): row.entity for row in found}.values()
    kept = {fold(word) for atom in atoms(lead) for word in str(atom).split("\n")}
    noted = {
        name
        for row in found
        for note in row.notes
        for name in str(note.params.get("fields", "")).split(", ")
    }
    for row in rows:
        for name, text in row.items():
            is_said = not text or fold(text) in kept or name in noted
            assert is_said or name == "Budget", (name, text)
    assert type(lead).replay(lead.timeline) == lead
    for name in ("Name", "Company", "Title", "City", "Source", "Website", "Remark"):
        assert name not in noted or all(fold(row[name]) in kept for row in rows if row[name])


def test_a_street_too_long_is_kept_as_text_and_an_odd_yes_is_no_answer(tmp_path):
    """What cannot be read costs its own cell alone: the text stays in the details."""
    path = tmp_path / "leads.csv"
    street = "x" * 2_000
    path.write_text(f'Name,Company,Street,Need\nSara,Novin,{street},"zzz (by June)"\n', "utf-8")

    (row,) = read_leads(path, at=datetime(2026, 3, 2, tzinfo=UTC))

    assert street in row.entity.details.values()
    assert "zzz (by June)" in row.entity.details.values()
    assert row.entity.answers == {}
