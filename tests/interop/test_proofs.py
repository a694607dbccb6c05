"""What rows prove of dates and numbers, and how it is said."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.cli import main
from salesfunnel.interop.opportunities import read_opportunities
from tests.interop.examples import MONDAY

HEAD = "Deal,Stage,Created,Amount\n"


def reading_of(*rows):
    """Read deals of a day and an amount each."""
    lines = (f"{n},Proposal,{day},{amount}" for n, (day, amount) in enumerate(rows))
    return read_opportunities(
        io.StringIO(HEAD.replace(",", ";") + "\n".join(lines).replace(",", ";").replace("|", ",")),
        at=MONDAY,
    )


def test_what_was_assumed_is_said_with_the_row_that_proved_it():
    """The order of day and month, and the mark before the cents."""
    found = reading_of(("05/01/2026", "3.100"), ("31/03/2026", "9|5"), ("25/12/2025", "1.234|50"))

    assert [str(guess).partition(";")[0] for guess in found.guesses] == [
        "dates are read with the day first, as row 3 proves (2 in all)",
        "decimals are read behind ',', as row 3 proves (2 in all)",
    ]


def test_the_month_may_come_first():
    """As in the United States."""
    (guess,) = reading_of(("05/01/2026", "1"), ("3/31/2026", "2")).guesses

    assert guess.code == "month_first_proven"


@pytest.mark.parametrize(
    "rows",
    [
        [("31/03/2026", "1")],
        [("05/01/2026", "1")],
        [("31/03/2026", "1"), ("3/31/2026", "2"), ("05/01/2026", "3")],
        [("2026-03-31", "12|50")],
    ],
)
def test_what_changes_nothing_is_not_said(rows):
    """Where no cell is in doubt, or no row proves more than another, nothing was assumed."""
    assert reading_of(*rows).guesses == ()


def test_a_row_proves_a_thing_once():
    """One odd row with many dates outweighs no other, and one that proves two things none."""
    head = "Deal,Stage,Created,Close Date,Expected Close\n"
    odd = "1,Proposal,25/12/2025,26/12/2025,27/12/2025\n"
    usual = "".join(f"{n},Proposal,12/{n}/2025,,\n" for n in (13, 14, 5, 6, 7, 8))
    both = "9,Proposal,25/12/2025,12/25/2025,\n"

    found = list(read_opportunities(io.StringIO(head + odd + usual + both), at=MONDAY))

    assert [row.entity.timeline[0].at.month for row in found[3:7]] == [12] * 4


@given(
    st.sampled_from(["31/12/2025", "12/31/2025", "x", "", "1/1/1", "2026-01-05", "05/06/2026"]),
    st.sampled_from(["9|5", "9.5", "1.234|5", "x", "", "12.500"]),
    st.integers(0, 6),
)
def test_a_row_that_is_added_changes_no_other(day, amount, place):
    """Where three rows prove how dates and decimals are written, one more row changes nothing."""
    rows = [("31/03/2026", "9|5"), ("25/12/2025", "1.234|50"), ("30/01/2026", "7|25")]
    rows += [("05/01/2026", "3.100"), ("06/02/2026", "12.500"), ("", "")]
    more = [*rows[:place], (day, amount), *rows[place:]]

    def facts(found):
        return [(row.entity.amount, row.entity.opened_on) for row in found]

    with_it = facts(reading_of(*more))

    assert with_it[:place] + with_it[place + 1 :] == facts(reading_of(*rows))


def test_guesses_are_printed(tmp_path, capsys):
    """For people and for programs."""
    path = tmp_path / "deals.csv"
    path.write_text(HEAD + "1,Won,05/01/2026,1\n2,Won,31/03/2026,2\n", encoding="utf-8")

    assert main(["report", str(path)]) == 0
    assert "assumed: dates are read with the day first, as row 3 proves" in capsys.readouterr().out
    assert main(["report", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["guesses"][0].startswith("dates are read")
