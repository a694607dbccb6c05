"""What is printed for people, and as JSON."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import Text
from salesfunnel.interop.printing import as_json, leads_as_text, report_as_text
from salesfunnel.interop.rows.import_report import ImportReport
from salesfunnel.interop.rows.row_fault import Refused, RowFault
from salesfunnel.interop.rows.row_outcomes import Accepted, Joined, Repeated
from salesfunnel.interop.rows.sorted_store import SortedStore

ODD, BLANK = Text("odd", "is odd"), Text("blank", "{field} is blank")
LEAD = {
    "row": 2,
    "id": "7",
    "person": "Sara",
    "company": "Novin",
    "stage": "new",
    "verdict": "undecided",
    "floor": 60,
    "ceiling": 100,
    "why": ["a", "b"],
    "ask": ["When?"],
    "notes": [],
}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def printed(*leads: dict) -> list[str]:
    """Print leads for people."""
    with SortedStore() as store:
        for lead in leads:
            store.put({**LEAD, **lead})
        return list(leads_as_text(store))


def account_of(*rows, unread=()) -> list[str]:
    """Print the account of rows."""
    with ImportReport() as account:
        list(account.accepted_of(rows))
        return list(report_as_text(account, unread))


def test_a_lead_is_printed_with_verdict_reasons_and_questions():
    """A line says who, a line the verdict, and then why and what to ask."""
    assert printed({}) == [
        "   1. Sara, Novin (row 2, new)",
        "      undecided, score 60 to 100",
        "      why: a; b",
        "      ask: When?",
    ]


def test_the_same_questions_are_printed_once():
    """Leads of whom nothing is known differ in nothing that one could ask."""
    both = {"ask": ["When?", "Who?"]}

    lines = printed(both, {"row": 3, "ask": ["Who?"]}, {"row": 4, **both})

    assert [line.strip() for line in lines if "ask" in line] == [
        "ask: When?; Who?",
        "ask: Who?",
        "ask: the same as 1",
    ]


def test_what_is_not_known_is_not_printed():
    """A settled score is one number; a lead without a name goes by its number, or by its id."""
    settled = {"person": None, "company": None, "ceiling": 60, "why": [], "ask": []}

    assert printed(settled) == ["   1. 7 (row 2, new)", "      undecided, score 60"]
    assert printed({**settled, "contact": "0912"})[0] == "   1. 0912 (row 2, new)"


def test_a_converted_lead_is_printed_with_its_links():
    """So that one finds the account and the opportunity."""
    with_links = {"converted": {"account_id": "A", "opportunity_id": "", "contact_id": "C"}}

    assert "      converted: account_id A, contact_id C" in printed(with_links)
    assert "      converted: without links" in printed({"converted": {"account_id": ""}})


def test_a_lead_to_come_back_to_is_printed_with_the_day():
    """Not now is not no."""
    line = "      not now rather than no: recycle on 2026-09-01"

    assert line in printed({"recycle_on": "2026-09-01"})


def test_a_persian_name_does_not_turn_the_line_round():
    """It is set apart from the text around it; other names are left alone."""
    assert printed({"person": "سارا"})[0] == "   1. \u2068سارا\u2069, Novin (row 2, new)"


def test_the_account_counts_notes_and_lists_refusals():
    """Each refused row comes with its number, its column and the problem."""
    rows = [
        Accepted(2, "", (RowFault(ODD),)),
        Refused(3, (RowFault(BLANK, {"field": "Need"}, "Need"),)),
        Refused(4, (RowFault(ODD),)),
        Refused(5, (RowFault(BLANK, {"field": "نیاز"}, "نیاز"),)),
    ]

    assert account_of(*rows) == [
        "rows: 4 read, 1 accepted, 3 refused",
        "  note on 1 row: is odd",
        "  row 3: Need is blank",
        "  row 4: is odd",
        "  row 5: \u2068نیاز\u2069 is blank",
    ]


def test_of_many_refusals_and_columns_the_first_are_printed():
    """Nobody reads ten thousand lines; the JSON has them all."""
    refused = (Refused(n, (RowFault(ODD, column=f"c{n}"),)) for n in range(25))
    lines = account_of(*refused, unread=[*"abcdefghijkl"])

    assert len(lines) == 1 + 20 + 1 + 1
    assert lines[-2:] == [
        "  and 5 more; --json lists them all",
        "columns not read: a, b, c, d, e, f, g, h, i, j and 2 more",
    ]
    assert account_of(unread=["a"])[-1] == "columns not read: a"
    assert (
        account_of(unread=[*"abcdefghij"])[-1] == "columns not read: a, b, c, d, e, f, g, h, i, j"
    )


@given(
    facts=st.dictionaries(
        TEXTS.filter(lambda name: name not in {"leads", "rows", "notes", "refused"}), TEXTS
    ),
    leads=st.lists(st.dictionaries(TEXTS, TEXTS)),
    refusals=st.lists(
        st.builds(
            Refused,
            st.integers(2),
            st.tuples(st.builds(RowFault, st.just(ODD), st.just({"most": 5}), TEXTS)),
        )
    ),
)
def test_json_is_one_object_of_the_documented_shape(facts, leads, refusals):
    """Whatever the texts, one object holds facts, leads, the account and every refusal."""
    with ImportReport() as account, SortedStore() as store:
        list(account.accepted_of(refusals))
        for lead in leads:
            store.put(lead)
        found = json.loads("".join(as_json(facts, account, leads=store)))

    number = len(refusals)
    assert found == {
        **facts,
        "leads": leads,
        "rows": {"read": number, "accepted": 0, "repeated": 0, "refused": number},
        "notes": [],
        "joined": [],
        "known": [],
        "repeated": [],
        "refused": [
            {
                "row": r.row,
                "column": r.column,
                "problem": "is odd",
                "faults": [
                    {
                        "column": r.column,
                        "code": "odd",
                        "message": "is odd",
                        "remedy": "",
                        "params": {"most": 5},
                    }
                ],
            }
            for r in refusals
        ],
    }


def test_rows_with_the_same_fault_are_one_line_with_their_number():
    """One date format that is not known is one sentence, not four thousand."""
    lines = account_of(*(Refused(n, (RowFault(ODD),)) for n in range(2, 4_002)))

    assert lines[1:] == ["  rows 2, 3, 4, 5, 6 and 3,995 more: is odd"]


def test_rows_that_tell_nothing_new_are_one_line_with_their_number():
    """The first of them by their row, and how many more there are."""
    lead = "a lead"
    rows = [Repeated(n, lead, of=None if n % 2 else 2) for n in range(3, 60)]
    rows += [Joined(n, lead, of=2) for n in range(60, 67)]

    single = [Repeated(3, lead, of=None), Repeated(4, lead, of=2), Joined(5, lead, of=2)]

    assert [line.split(": ") for line in account_of(*rows)[1:]] == [
        [
            "  rows 60 (of 2), 61 (of 2), 62 (of 2), 63 (of 2), 64 (of 2) and 2 more",
            "each tells more of another row",
        ],
        ["  rows 3, 5, 7, 9, 11 and 24 more", "tell nothing that is not known"],
        [
            "  rows 4 (of 2), 6 (of 2), 8 (of 2), 10 (of 2), 12 (of 2) and 23 more",
            "each repeats another row",
        ],
    ]
    assert account_of(*single)[1:] == [
        "  row 5: tells more of what row 2 is about",
        "  row 3: tells nothing that is not known",
        "  row 4: repeats row 2",
    ]
