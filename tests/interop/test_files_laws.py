"""Laws of reading files: no row is lost, and how a file is written makes no difference."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping.mapped_fields import LEAD_FIELDS, OPPORTUNITY_FIELDS
from salesfunnel.interop.mapping.mapping import load_mapping
from salesfunnel.interop.opportunities import read_opportunities
from tests.interop.examples import MONDAY, ODD_CELLS, a_list, sorted_out

MAPPING = load_mapping("salesfunnel")
LEAD_HEADERS = [*sorted(f for f in LEAD_FIELDS if MAPPING.lead.field_of(f)), "need", "budget"]
DEAL_HEADERS = sorted(f for f in OPPORTUNITY_FIELDS if MAPPING.opportunity.field_of(f))

cells = st.one_of(st.sampled_from(ODD_CELLS), st.text(st.characters(exclude_categories=["C"])))
words = st.text(st.sampled_from("abcdef ABéنمشАի"), min_size=1).filter(str.strip)


def tables(headers: list[str], needed: tuple[str, ...]):
    """Lists with some of the headers, one of those needed among them, in any order."""
    names = st.tuples(st.sampled_from(needed), st.sets(st.sampled_from(headers), max_size=8))
    orders = names.flatmap(lambda some: st.permutations(sorted({some[0], *some[1]})))
    return orders.flatmap(
        lambda header: st.lists(st.tuples(*[cells] * len(header)), max_size=4).map(
            lambda rows: [tuple(header), *rows]
        )
    )


def read(reader, rows, **how):
    """Write a list, read it twice, and see that both times say the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = a_list(Path(folder), rows, **how)
        found = sorted_out(reader(path, at=MONDAY, delimiter=how.get("delimiter", ",")))
        again = sorted_out(reader(path, at=MONDAY, delimiter=how.get("delimiter", ",")))
    assert again == found
    return found


@pytest.mark.parametrize(
    ("reader", "headers", "needed"),
    [
        (read_leads, LEAD_HEADERS, ("person", "company", "email")),
        (read_opportunities, DEAL_HEADERS, ("stage",)),
    ],
)
def test_every_row_is_accepted_or_refused(reader, headers, needed):
    """Read = accepted + refused, each row once, whatever stands in it, and twice the same."""

    @given(tables(headers, needed))
    def law(rows):
        accepted, refused = read(reader, rows)
        filled = [n for n, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row)]
        assert sorted(row.row for row in (*accepted, *refused)) == filled
        assert all(row.problem for row in refused)

    law()


SPELLINGS = {
    "Name": ["name", "NAME", "Nom complet", "نام", "Contact_Name", "անուն"],
    "Company": ["société", "SOCIETE", "شرکت", "شركت", "ընկերություն"],
    "Email": ["e-mail", "E_MAIL", "ايميل", "courriel"],
    "Need": ["besoin", "نیاز", "نياز", "կարիք"],
    "Budget": ["BUDGET", "بودجه"],
    "Source": ["Lead Source", "منبع", "origine"],
}


@given(
    rows=st.lists(
        st.tuples(
            words,
            words,
            st.just("a@b.example"),
            st.sampled_from(["yes", "no", "?"]),
            st.sampled_from(["yes", ""]),
            st.sampled_from(["fax", "salon", "نمایشگاه"]),
        ),
        min_size=1,
        max_size=4,
    ),
    header=st.tuples(*[st.sampled_from([name, *more]) for name, more in SPELLINGS.items()]),
    order=st.permutations(range(len(SPELLINGS))),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_how_a_list_is_written_makes_no_difference(rows, header, order, delimiter, encoding):
    """Order and spelling of the columns, delimiter and encoding: the leads are the same."""
    plain, () = read(read_leads, [tuple(SPELLINGS), *rows])

    other = [[row[place] for place in order] for row in (header, *rows)]

    found, () = read(read_leads, other, delimiter=delimiter, encoding=encoding)

    assert list(map(_told, found)) == list(map(_told, plain))


def _told(row):
    """Give what became of a row; its notes by their codes, since they name the columns."""
    return type(row), row.row, row.entity, [note.code for note in row.notes]


def test_a_persian_list_from_an_old_windows_has_the_same_leads():
    """The code page has only Arabic letters, and the headers and words are known all the same."""
    rows = [("نام", "شركت", "نياز"), ("سارا", "پارس", "بلي"), ("زهرا", "آريا", "خير")]

    assert read(read_leads, rows, encoding="cp1256") == read(read_leads, rows)
    assert len(read(read_leads, rows)[0]) == 2


@given(
    st.lists(
        st.decimals(
            min_value=Decimal(-999999999999999999),
            max_value=Decimal(999999999999999999),
            places=2,
        ),
        min_size=1,
    )
)
def test_every_amount_survives_exactly(amounts):
    """No cent is lost or gained, however large the amount."""
    rows = [("Stage", "Amount", "Currency"), *(("meeting", str(a), "EUR") for a in amounts)]

    accepted, () = read(read_opportunities, rows)

    assert [found.entity.amount.amount for found in accepted] == amounts


@given(st.lists(st.tuples(words, words), min_size=1, max_size=5))
def test_a_lead_has_the_same_id_in_every_list(people):
    """The id follows from who it is: another list, with other columns, gives the same."""
    short, () = read(read_leads, [("Name", "Company"), *people])
    long, () = read(read_leads, [("Need", "Company", "Name"), *(("yes", c, n) for n, c in people)])

    assert [found.entity.id for found in short] == [found.entity.id for found in long]
