"""The laws of call sheets: untouched they tell nothing, and each filled cell is found or named."""

from __future__ import annotations

from csv import writer
from datetime import timedelta
from io import StringIO

from hypothesis import example, given, settings
from hypothesis import strategies as st

from salesfunnel.activities.events import ActivityLogged
from salesfunnel.activities.steps import StepPlanned
from salesfunnel.interop import read_calls, read_leads
from salesfunnel.interop.calls.call_cells import answer_said, says_the_same
from salesfunnel.interop.calls.call_words import CALL_WORDS
from salesfunnel.interop.cells.noted_answers import word_and_note
from salesfunnel.interop.cells.truths import truth_said
from salesfunnel.interop.cells.usual_words import usual_words
from salesfunnel.qualification import BANT
from salesfunnel.qualification.events import QuestionAnswered
from salesfunnel.testing import leads
from salesfunnel.values.answer import Answer
from tests.interop.call_sheets import (
    FRIDAY,
    MONDAY,
    PERSIAN,
    a_call_sheet,
    a_lead,
    come_back,
    filled_in,
    filled_in_csv,
    told_of,
)

EXPIRING = a_lead().answer("need", Answer("two\nlines", expires=FRIDAY), at=MONDAY)
several = st.lists(leads(), min_size=1, max_size=3, unique_by=lambda lead: lead.id)
kinds = st.sampled_from([".xlsx", ".csv"])
answers = st.sampled_from(
    [
        "yes",
        "Oui",
        "خیر",
        "?",
        "by June",
        "12",
        "0",
        "2026-06-01",
        "=1+1",
        "yes, by June",
        "🙂",
        "ոչ",
    ]
)
days = st.sampled_from(["2026-03-03", "1404/12/13", "05/04/2026", "soon", "2999-01-01", "3.3.2026"])
cells = st.fixed_dictionaries(
    {},
    optional={
        **{f"[{slot}]": answers for slot in ("need", "budget", "timing", "authority")},
        "Called on": days,
        "Reached": st.sampled_from(["yes", "non", "perhaps", "no, voicemail"]),
        "Note": st.sampled_from(["a nice talk", "=HYPERLINK(1)", "'+98 21", "خوب"]),
        "Call again on": st.sampled_from(["2026-03-20", "1405-01-11", "later", "2026-04-01 14:30"]),
        "Company": st.just("another one"),
        "Person": st.just("سارا احمدی"),
        "E-mail": st.sampled_from(["sara@novin.example", "?", "=1+1"]),
        "Owner": st.just("Reza"),
    },
)


def after(several):
    """Give the day after all that happened to some leads."""
    return max(lead.timeline[-1].at for lead in several) + timedelta(days=1)


@settings(max_examples=30)
@given(several, kinds, st.sampled_from(["", *CALL_WORDS]), st.sampled_from([BANT, PERSIAN]))
@example(
    [a_lead().answer("need", Answer("two\nlines", expires=FRIDAY), at=MONDAY)], ".csv", "", BANT
)
def test_what_is_written_and_read_untouched_changes_nothing(given_leads, kind, language, policy):
    """A sheet of any leads, in any language, comes back without a change and without a fault."""
    at = after(given_leads)
    questions = {"need": "Why?", "budget": "How much?", "quote": ""}
    content = a_call_sheet(
        given_leads, at=at, kind=kind, policy=policy, language=language, questions=questions
    )

    results = come_back(content, given_leads, kind=kind, at=at + timedelta(days=30))

    assert results.leads == tuple(given_leads)
    assert (told_of(results), results.problems) == ([], ())
    assert not any(row.events for row in results.rows)


@settings(max_examples=60)
@given(st.lists(cells, min_size=1, max_size=2), kinds, st.booleans())
def test_each_filled_cell_is_found_in_the_lead_or_named(rows, kind, knows_version):
    """And a second reading of the same sheet, on another day, appends nothing."""
    given_leads = [a_lead(str(number), phone="+98 21 8888") for number, _ in enumerate(rows, 1)]
    told = dict(enumerate(rows, 2))
    if not knows_version:
        told = {row: {**told[row], "Version": "?"} for row in told}
    fill = filled_in if kind == ".xlsx" else filled_in_csv
    content = fill(a_call_sheet(given_leads, kind=kind), told)

    results = come_back(content, given_leads, kind=kind, policy=BANT)
    again = come_back(content, results.leads, kind=kind, at=FRIDAY + timedelta(days=3))

    assert again.leads == results.leads
    for row in results.rows:
        lead = next(one for one in results.leads if one.id == row.lead_id)
        named = {fault.column for fault in row.faults}
        for end, cell in rows[row.row - 2].items():
            assert is_named(end, named) or is_found(end, cell, lead)


@given(
    st.integers(1, 3), st.booleans(), st.booleans(), st.sampled_from(["yes", "no", "40 k€", "?"])
)
@example(1, True, True, "no")
def test_what_a_call_heard_stands_over_the_list_whenever_that_is_read(day, knows, twice, before):
    """A list without days is as old as its reading, be that after the call."""
    said = "no" if before == "yes" else "yes"
    file = f"Lead ID,Company,Budget\n7,Novin Tejarat,{before}\n"
    lists = [[row.entity for row in read_leads(StringIO(file), at=at)] for at in (MONDAY, FRIDAY)]
    called = (MONDAY + timedelta(days=day)).date().isoformat()
    told = {"[budget]": said, "Called on": called, **({} if knows else {"Version": "?"})}
    content = filled_in_csv(a_call_sheet(lists[0], kind=".csv"), {2: told})

    results = come_back(content, lists[1], kind=".csv")
    if twice:
        results = come_back(content, results.leads, kind=".csv")

    assert results.leads[0].answers["budget"].value is (said == "yes")
    assert told_of(results) == []


def test_an_answer_of_a_later_day_stands_and_it_is_said():
    """Who was called on Tuesday, and said something else on Thursday, is heard on Thursday."""
    lead = a_lead()
    told = {2: {"[budget]": "yes", "Called on": "2026-03-03"}}
    content = filled_in_csv(a_call_sheet([lead], kind=".csv"), told)
    later = lead.answer("budget", False, at=MONDAY + timedelta(days=3))

    results = come_back(content, [later], kind=".csv")

    assert results.leads[0].answers["budget"].value is False
    assert told_of(results) == [(2, "later_answer_stands")]


def is_named(end, named):
    """Whether a fault is about the column."""
    return any(column.endswith(end) for column in named)


def is_found(end, cell, lead):
    """Whether the lead has what stands in a cell."""
    calls = [event for event in lead.timeline if isinstance(event, ActivityLogged)]
    days = {"2026-03-03": "2026-03-03", "3.3.2026": "2026-03-03", "1404/12/13": "2026-03-04"}
    found = {
        "Called on": [call.happened.date().isoformat() for call in calls] == [days.get(cell)],
        "Reached": _reached(cell, calls),
        "Note": [call.note.partition("\n")[0] for call in calls] == [cell],
        "Call again on": sum(isinstance(event, StepPlanned) for event in lead.timeline) == 1,
        "Person": str(lead.person) == cell,
        "E-mail": [point.text for point in lead.contact_points][1:] == [cell],
        "Owner": lead.owner == cell,
    }
    answered = any(
        isinstance(event, QuestionAnswered)
        and event.slot == end.strip("[]")
        and says_the_same(event.answer, answer_said(cell))
        for event in lead.timeline
    )
    return found.get(end, answered)


def _reached(cell, calls):
    """Whether the call tells what the cell says, with the note behind it."""
    said = truth_said(cell) or Answer(None)
    return [call.reached for call in calls] == [said.value] and said.note in calls[0].note


YES_AND_NO = sorted(
    word for word, meaning in usual_words("lead")["answers"].items() if meaning in ("yes", "no")
)
# What is one word can have a note behind it.
NOTED = st.tuples(
    st.sampled_from(
        [word for word in YES_AND_NO if word.isalpha() and word_and_note(f"{word}, x")]
    ),
    st.sampled_from(["{}, {}", "{} – {}", "{}: {}", "{} ({})", "{}، {}", "{}"]),
    st.sampled_from(["by June", "40 k€", "تا عید", "a (b)"]),
).map(lambda parts: parts[1].format(parts[0], parts[2]))


@given(NOTED)
@example("yes, by June")
@example("oui, 40 k€")
@example("بله، تا عید")
@example("oui (40 k€)")
def test_a_list_and_a_call_sheet_read_a_yes_alike(cell):
    """With the note behind it, which is not lost."""
    table = StringIO()
    writer(table).writerows([["Name", "Budget"], ["Sara", cell]])
    table.seek(0)

    (lead,) = read_leads(table, at=MONDAY).entities()

    said, read = answer_said(cell), lead.answers["budget"]
    assert (read.value, read.note) == (said.value, said.note)
    assert isinstance(said.value, bool)


@given(st.sampled_from([word for word in YES_AND_NO if not word.isdecimal()]))
@example("آره")
@example("نخیر")
@example("ok")
@example("Ouais")
def test_a_yes_of_a_list_is_a_yes_in_each_cell_of_a_call_sheet(cell):
    """One set of words: whether they were reached is answered as a question is; 0 is a number."""
    table = StringIO()
    writer(table).writerows([["Name", "Budget"], ["Sara", cell]])
    table.seek(0)
    (lead,) = read_leads(table, at=MONDAY).entities()
    sheet = StringIO()
    writer(sheet).writerows([["Lead", "Need? [need]", "Reached"], [lead.id, cell, cell]])
    sheet.seek(0)

    told = read_calls(sheet, [lead], at=FRIDAY)

    read = lead.answers["budget"].value
    (row,) = told.rows
    calls = [event for event in row.events if isinstance(event, ActivityLogged)]
    assert not row.faults
    assert [call.reached for call in calls] == [read]
    assert told.leads[0].answers["need"].value is truth_said(cell).value is read
