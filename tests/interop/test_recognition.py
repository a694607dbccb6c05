"""What the rows of a file prove together, and a single one does not."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import UnreadableFile
from salesfunnel.interop import read_opportunities
from tests.interop.examples import MONDAY, deal_rows

DATES = st.dates(datetime(1970, 1, 1).date(), datetime(2049, 12, 31).date())  # noqa: DTZ001


def deals(header, *rows, **how):
    """Read a list of deals in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return deal_rows(Path(folder), header, *rows, **how)


@given(st.lists(DATES, max_size=5), st.booleans())
def test_three_dates_without_doubt_give_the_order_of_all(dates, day_first):
    """Then every date of the file is read as it was written."""
    form = "%d/%m/%Y" if day_first else "%m/%d/%Y"
    dates = [*dates, *[datetime(2026, 3, day).date() for day in (29, 30, 31)]]  # noqa: DTZ001

    found, refused = deals(("Stage", "Created"), *(("meeting", d.strftime(form)) for d in dates))

    assert ([row.entity.opened_on for row in found], refused) == (dates, [])


@given(st.lists(st.decimals(-(10**9), 10**9, places=2), max_size=5), st.booleans())
def test_one_amount_without_doubt_gives_the_decimal_mark_of_all(amounts, comma):
    """Then every amount of the file is read as it was written."""
    amounts = [*amounts, Decimal("1234.50")]
    texts = [f"{amount:,.2f}" for amount in amounts]
    if comma:
        texts = [text.translate({ord(","): ".", ord("."): ","}) for text in texts]

    found, refused = deals(("Stage", "Amount"), *(("meeting", text) for text in texts))

    assert ([row.entity.amount.amount for row in found], refused) == (amounts, [])


@pytest.mark.parametrize("dates", [("05/01/2026",), ("31/03/2026", "03/31/2026", "05/01/2026")])
def test_without_proof_or_with_two_the_doubt_remains(dates):
    """Dates that contradict one another prove nothing about a third."""
    found, refused = deals(("Stage", "Created"), *(("meeting", text) for text in dates))

    assert [row.entity.details.get("opened") for row in found][-1] == "05/01/2026"
    assert refused == []
    assert str(found[-1].notes[0]).startswith(
        "Created may begin with its day or with its month: kept as text"
    )


def test_amounts_that_contradict_prove_nothing():
    """What can mean one thing only is still read."""
    rows = [("meeting", text) for text in ("1,234.50", "12.500", "1,5")]

    found, refused = deals(("Stage", "Amount"), *rows, delimiter=";")

    assert [row.entity.amount and row.entity.amount.amount for row in found] == [
        Decimal("1234.5"),
        None,
        Decimal("1.5"),
    ]
    assert [row.entity.details.get("amount") for row in found] == [None, "12.500", None]
    assert refused == []


def test_a_row_that_cannot_be_read_proves_nothing():
    """A ragged row is refused, and the others are looked at."""
    found, refused = deals(("Stage", "Created"), ("meeting", "31/03/2026", "x"), ("won", "13/1/26"))

    assert (len(found), len(refused)) == (1, 1)
    assert found[0].entity.timeline[0].at == datetime(2026, 1, 13, tzinfo=UTC)


def test_who_names_a_mapping_is_believed():
    """No row is evidence against the format that somebody has written down."""
    mapping = '[format]\ndates = ["%m/%d/%Y"]\n[opportunity.columns]\nstage = "S"\nopened = "C"'

    found, refused = deals(
        ("S", "C"), ("won", "31/03/2026"), ("won", "05/01/2026"), mapping=mapping
    )

    assert [row.entity.details.get("opened") for row in found] == ["31/03/2026", None]
    assert refused == []


@pytest.mark.parametrize(
    ("column", "proof", "doubtful", "odd"),
    [
        ("Amount", ["1.5", "2.25", "3.75"], ["3,100", "12,500"], ["9,5", "1.234,50"]),
        ("Amount", [], ["3,100", "12,500", "8,250"], ["9,5", "1.234,50", "7.5"]),
        ("Created", ["12/31/2025", "1/15/2026", "2/28/2026"], ["05/01/2026"], ["25/12/2025"]),
        ("Created", [], ["05/01/2026", "03/02/2026", "04/06/2026"], ["25/12/2025", "12/25/2025"]),
    ],
)
def test_one_odd_cell_changes_no_other_row(column, proof, doubtful, odd):
    """What three cells prove, or more cells leave in doubt, one more row does not turn."""

    @given(st.permutations([*proof, *doubtful]), st.sampled_from(odd), st.integers(0, 9))
    def law(cells, odd_cell, place):
        rows = [(f"D{number}", "meeting", cell) for number, cell in enumerate(cells)]
        header = ("Deal ID", "Stage", column)

        alone, _ = deals(header, *rows, delimiter=";")
        rows.insert(place % len(rows), ("odd", "meeting", odd_cell))
        beside, _ = deals(header, *rows, delimiter=";")

        assert [row.entity for row in beside if row.entity.id != "odd"] == [
            row.entity for row in alone
        ]

    law()


AMOUNTS = ("3,100", "12,500", "8,250", "9,5")


def test_a_total_does_not_fall_by_one_decimal_comma():
    """Three thousands and a half stay three thousands and a half."""
    found, _ = deals(("Stage", "Amount"), *[("won", text) for text in AMOUNTS], delimiter=";")

    assert [row.entity.amount.amount for row in found] == [3100, 12500, 8250, Decimal("9.5")]


def test_a_column_that_is_known_is_not_what_was_meant_by_another():
    """The name of a deal is its name, however near the word is to that of a stage."""
    with pytest.raises(UnreadableFile) as refused:
        read_opportunities(StringIO("Deal name,Etape bizarre\nX,Won\n"), at=MONDAY)

    assert refused.value.text.code == "no_known_column"
    with pytest.raises(UnreadableFile, match="did you mean stage by 'Dael stage'"):
        read_opportunities(StringIO("Deal name,Dael stage\nX,Won\n"), at=MONDAY)
