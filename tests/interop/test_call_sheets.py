"""Call sheets: what stands on them, and what comes back when people have filled them in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest

from salesfunnel.activities import drop_step, plan_step, withdraw
from salesfunnel.analytics import rank
from salesfunnel.duplicates import plan_merge
from salesfunnel.errors import InvalidValue, UnreadableFile, WrongKind
from salesfunnel.interop import read_calls, read_records, write_ranking
from salesfunnel.interop.calls.call_cells import answer_cell, answer_said
from salesfunnel.interop.calls.call_contacts import dialled
from salesfunnel.interop.calls.call_words import CALL_WORDS, call_words
from salesfunnel.leads import Lead
from salesfunnel.privacy import consent
from salesfunnel.qualification import BANT, IDEAL_CUSTOMER, LEAD_QUESTIONS
from salesfunnel.values import ContactPoint, Money, Person
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
from tests.interop.workbooks import a_workbook

SARA = Person("Sara Ahmadi", job_title="Head of purchasing")


def header_of(content, sheet=0):
    """Read the header of a sheet."""
    return [cell.value for cell in openpyxl.load_workbook(BytesIO(content)).worksheets[sheet][1]]


def row_of(content, row=2, sheet=0):
    """Read a row of a sheet by its header, without what is blank."""
    lines = openpyxl.load_workbook(BytesIO(content)).worksheets[sheet]
    pairs = zip(lines[1], lines[row], strict=True)
    return {head.value: cell.value for head, cell in pairs if cell.value is not None}


def test_a_row_says_who_how_why_and_what_to_ask():
    """All that a seller needs for the call stands in one row, and what is known in its cells."""
    lead = a_lead(person=SARA, phone="+98 21 8888", email="sara@novin.example", owner="Ani")
    lead = plan_step(lead.answer("need", True, at=MONDAY), "visit", due=date(2026, 3, 9), at=MONDAY)

    row = row_of(a_call_sheet([lead]))

    assert row == {
        "Place": 1,
        "Person": "Sara Ahmadi, Head of purchasing",
        "Company": "Novin Tejarat",
        "Phone": "+98 21 8888",
        "E-mail": "sara@novin.example",
        "Why": "undecided, 30–100: need yes",
        "Which problem of yours should it solve? [need]": "yes",
        "Next step": "visit, 2026-03-09",
        "Ask first": "Is a budget approved, or still awaited?",
        "Owner": "Ani",
        "Lead": "7",
        "Version": "3 @ 2026-03-02T09:00:00+00:00 # efb7 cc6d 0049 23d6",
    }
    assert header_of(a_call_sheet([lead]))[9:17] == [
        "Which problem of yours should it solve? [need]",
        "Is a budget approved, or still awaited? [budget]",
        "When do you plan to have it running? [timing]",
        "Who decides, and who else has a say? [authority]",
        "Called on",
        "Reached",
        "Note",
        "Call again on",
    ]


def test_a_lead_of_which_all_is_known_has_one_score():
    """And nothing more to ask."""
    answers = dict.fromkeys(("need", "budget", "timing", "authority"), True)

    row = row_of(a_call_sheet([a_lead().answer(answers, at=MONDAY)]))

    assert row["Why"] == "qualified, 100: need yes, budget yes, timing yes, authority yes"
    assert "Ask first" not in row


def test_the_cells_to_fill_in_are_coloured_and_offer_yes_and_no():
    """The version is hidden, and a note has room."""
    content = a_call_sheet([a_lead()], questions={"need": "Why?", "budget": "How much?"})
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    heads = {cell.value: cell.column_letter for cell in sheet[1]}

    coloured = [head for head, place in heads.items() if sheet[f"{place}2"].fill.patternType]
    offers = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    hidden = [head for head, place in heads.items() if sheet.column_dimensions[place].hidden]

    assert coloured == [
        *("Why? [need]", "How much? [budget]"),
        *("Called on", "Reached", "Note", "Call again on"),
    ]
    assert offers == {
        f"{heads['Why? [need]']}2": '"yes,no,?"',
        f"{heads['How much? [budget]']}2": '"yes,no,?"',
        f"{heads['Reached']}2": '"yes,no"',
    }
    assert hidden == ["Version"]
    assert sheet.column_dimensions[heads["Note"]].width > 40


def test_each_owner_has_a_sheet_and_the_one_with_the_best_lead_comes_first():
    """A name that Excel forbids is changed, and who has no owner stands on a sheet of its own."""
    leads = [
        a_lead("1", owner="Ani / Yerevan"),
        a_lead("2", owner="Reza").answer("need", True, at=MONDAY),
        a_lead("3"),
    ]

    content = a_call_sheet(leads)

    assert openpyxl.load_workbook(BytesIO(content)).sheetnames == [
        "Reza",
        "Ani Yerevan",
        "no owner",
    ]
    assert [row_of(content, sheet=sheet)["Lead"] for sheet in range(3)] == ["2", "1", "3"]


def test_more_owners_than_a_reader_goes_through_share_the_last_sheet():
    """None of them is lost."""
    leads = [a_lead(str(number), owner=f"owner {number}") for number in range(101)]

    content = a_call_sheet(leads)

    book = openpyxl.load_workbook(BytesIO(content))
    assert (len(book.sheetnames), book.sheetnames[-1], book.worksheets[-1].max_row) == (
        99,
        "others",
        4,
    )
    assert len(come_back(content, leads).rows) == 101


def test_leads_that_are_closed_or_below_the_top_are_left_out_and_counted(tmp_path):
    """Nobody calls someone who has said no; the others can wait."""
    leads = [a_lead(str(number)) for number in range(4)]
    leads[0] = leads[0].disqualify("no_need", at=MONDAY)

    sheet = write_ranking(rank(leads, BANT, at=MONDAY), tmp_path / "calls.CSV", top=2)

    assert str(sheet) == "2 leads on 1 sheet; left out: 1 that are closed, 1 below the top"
    assert [row.cells[-2] for row in read_records(tmp_path / "calls.CSV")] == ["1", "2"]


def test_an_address_that_they_refuse_stays_out_of_sight():
    """Who does not want to be called has no number on the sheet, and that is no change of it."""
    lead = a_lead(phone="+98 21 8888", email="sara@novin.example")
    lead = consent.withdraw(lead, channel="phone", at=MONDAY)

    content = a_call_sheet([lead], questions={"need": "Why?"})

    assert (row_of(content)["Phone"], row_of(content)["E-mail"]) == (
        "do not call",
        "sara@novin.example",
    )
    assert told_of(come_back(content, [lead])) == []


@pytest.mark.parametrize(
    ("column", "text", "right"),
    [
        ("Phone", "0912 765 4321 - home", "+98 912 765 4321"),
        ("Phone", "9.12E+11", "+98 912 765 4321"),
        ("E-mail", "zoe(at)bensaid.example", "zoe@bensaid.example"),
    ],
)
def test_what_was_kept_as_text_is_shown_until_it_is_put_right(column, text, right):
    """People can read what no machine can; a second reading finds what was put right."""
    lead = a_lead(details={"phone" if column == "Phone" else "email": text})
    content = a_call_sheet([lead])
    mended = filled_in(content, {2: {column: right}})

    results = come_back(mended, [lead])

    assert row_of(content)[column] == text
    assert come_back(content, [lead]).leads == (lead,)
    assert [point.text for point in results.leads[0].contact_points] == [right]
    assert row_of(a_call_sheet(results.leads))[column] == right
    again = come_back(mended, results.leads)
    assert (again.leads, told_of(again)) == (results.leads, [])


def test_the_remark_of_the_card_and_the_last_note_are_shown():
    """A note that was withdrawn is not; what is changed there is named, and belongs elsewhere."""
    lead = a_lead(details={"note": "stand B12"})
    lead = lead.log("call", note="call after 5 pm", id="1", at=MONDAY)
    lead = lead.log("call", note="wrong one", id="2", at=MONDAY)
    lead = withdraw(lead, "2", at=MONDAY)
    content = a_call_sheet([lead])

    changed = come_back(filled_in(content, {2: {"Remark": "stand C3"}}), [lead])

    assert row_of(content)["Remark"] == "stand B12\ncall after 5 pm"
    assert (changed.leads, told_of(changed)) == ((lead,), [(2, "remark_changed")])


def test_what_is_changed_of_the_place_and_the_why_is_named():
    """It says what the ranking says; blanks around it, and another place of the column, do not."""
    lead = a_lead(person=SARA).answer("need", True, at=MONDAY)
    sheet = a_call_sheet([lead])
    row = row_of(sheet)
    odd = {"Place": 2, "Why": "he is my cousin", "Next step": "lunch", "Ask first": ""}

    told = come_back(filled_in(sheet, {2: odd}), [lead])

    assert (told.leads, told_of(told)) == ((lead,), [(2, "told_cell_changed")] * 4)
    spaced = filled_in(sheet, {2: {"Why": f" {row['Why']}  "}})
    assert told_of(come_back(spaced, [lead])) == []


def test_a_lead_that_waits_says_until_when():
    """Be it by nurturing, or by an answer that means not now."""
    nurtured = a_lead("1").nurture(until=date(2026, 9, 1), at=MONDAY)
    later = a_lead("2").answer("timing", False, at=MONDAY)

    for lead, day in ((nurtured, "2026-09-01"), (later, "2026-05-31")):
        assert row_of(a_call_sheet([lead]))["Next step"] == f"not before {day}"


@pytest.mark.parametrize(
    ("language", "policy", "headers", "from_right"),
    [
        ("", PERSIAN, ("شخص", "روز تماس"), True),
        ("fa", BANT, ("شخص", "روز تماس"), True),
        ("hy", BANT, ("Անձ", "Զանգի օրը"), False),
        ("fr", BANT, ("Personne", "Appelé le"), False),
        ("", BANT, ("Person", "Called on"), False),
    ],
)
def test_a_sheet_speaks_the_language_of_its_questions_or_another(
    language, policy, headers, from_right
):
    """A Persian sheet runs from right to left; each is read again without being told."""
    lead = a_lead(person=SARA).answer("need", True, at=MONDAY)
    content = a_call_sheet([lead], policy=policy, language=language, questions=policy)
    book = openpyxl.load_workbook(BytesIO(content))

    assert set(headers) < set(header_of(content))
    assert bool(book.worksheets[0].sheet_view.rightToLeft) is from_right
    assert come_back(content, [lead]).leads == (lead,)


def test_a_persian_list_has_persian_commas():
    """In the reasons and behind a name."""
    lead = a_lead(person=SARA).answer({"need": True, "budget": False}, at=MONDAY)

    row = row_of(a_call_sheet([lead], language="fa"))

    assert row["شخص"] == "Sara Ahmadi، Head of purchasing"
    assert row["چرا"].count("،") == 2
    assert "," not in row["چرا"]


def test_armenian_shows_by_its_letters_and_french_is_asked_for():
    """Letters tell no French from English."""
    assert call_words("", ["Ո՞վ է որոշում"]) is CALL_WORDS["hy"]
    with pytest.raises(InvalidValue, match="language is none of a call sheet; allowed: en, fa"):
        call_words("de")


def test_questions_are_those_of_a_scorecard_or_your_own():
    """By the names of their answers; what is no answer, such as a size, has no cell."""
    lead = a_lead()

    for questions, slots in (
        (LEAD_QUESTIONS, ["authority", "need", "meeting", "demo"]),
        (IDEAL_CUSTOMER, ["need", "demo", "meeting"]),
        ({"users": "How many?", "quote": ""}, ["users", "quote"]),
    ):
        header = header_of(a_call_sheet([lead], questions=questions))
        assert [name.rpartition("[")[2][:-1] for name in header if "[" in name] == slots
    assert "[quote]" in header_of(a_call_sheet([lead], questions={"quote": ""}))


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"questions": {"answers.need": "Why?"}}, InvalidValue),
        ({"questions": {"need": 5}}, InvalidValue),
        ({"questions": "need"}, WrongKind),
        ({"top": -1}, InvalidValue),
        ({"top": "5"}, InvalidValue),
        ({"language": "xx"}, InvalidValue),
    ],
)
def test_what_cannot_be_written_is_refused(wrong, error, tmp_path):
    """Nothing is written then."""
    with pytest.raises(error):
        write_ranking(rank([a_lead()], BANT, at=MONDAY), tmp_path / "calls.xlsx", **wrong)

    assert list(tmp_path.iterdir()) == []


def test_a_target_of_another_kind_and_rows_that_are_no_leads_are_refused(tmp_path):
    """Rows have no timeline to which an answer could come back."""
    with pytest.raises(InvalidValue, match="neither a workbook nor CSV"):
        write_ranking([], tmp_path / "calls.pdf")
    with pytest.raises(WrongKind, match="leads, since rows have no timeline"):
        write_ranking(rank([{"answers": {}}], BANT, at=MONDAY), tmp_path / "calls.csv")


def test_answers_and_calls_come_back_to_the_lead():
    """On the day of the call, with the note, and the call that was planned is done."""
    lead = plan_step(a_lead(), "call", due=date(2026, 3, 4), at=MONDAY)
    content = filled_in(
        a_call_sheet([lead]),
        {
            2: {
                "[need]": "yes, the old one is slow",
                "[timing]": date(2026, 6, 1),
                "Called on": date(2026, 3, 4),
                "Reached": "yes",
                "Note": "friendly",
                "Call again on": "1404/12/29",
            }
        },
    )

    results = come_back(content, [lead], by="Ani")

    (lead,), (row,) = results.leads, results.rows
    assert (lead.answers["need"].value, lead.answers["need"].note) == (True, "the old one is slow")
    assert lead.answers["timing"].value == date(2026, 6, 1)
    assert lead.answers["need"].at == datetime(2026, 3, 4, tzinfo=MONDAY.tzinfo)
    assert lead.engagement.last_contact == lead.answers["need"].at
    assert (lead.stage, [step.due for step in lead.steps]) == ("contacted", [date(2026, 3, 20)])
    assert [event.by for event in row.events] == ["Ani"] * 5
    assert row.as_data()["changes"][0] == "6 March 2026, Ani: reached them by call (4 March 2026)"
    assert row.as_data()["lead"] == "7"
    assert str(results) == "rows: 1 read; leads: 1 changed"
    assert results.changed == (lead,)


def test_blanks_that_are_filled_in_complete_the_lead():
    """A number that was asked for is one more; what stood there is never replaced."""
    lead = a_lead()
    content = filled_in(
        a_call_sheet([lead]),
        {
            2: {
                "Person": "Sara  Ahmadi",
                "Company": "Novin",
                "Phone": "+98 21 8888",
                "E-mail": "ask later",
                "Owner": "Ani",
            }
        },
    )
    bare = Lead.capture(id="8", at=MONDAY)
    named = filled_in(a_call_sheet([bare]), {2: {"Company": "Ararat", "E-mail": "a@x.example"}})

    results = come_back(content, [lead])
    (told,) = results.leads
    (company,) = come_back(named, [bare]).leads

    assert (str(told.person), str(told.company), told.owner) == (
        "Sara Ahmadi",
        "Novin Tejarat",
        "Ani",
    )
    assert [point.text for point in told.contact_points] == ["+98 21 8888"]
    assert told_of(results) == [(2, "told_cell_changed"), (2, "filled_blank_no_address")]
    assert (str(company.company), company.contact_points[0].text) == ("Ararat", "a@x.example")
    assert come_back(content, results.leads).leads == (told,)


def test_a_row_that_is_filled_in_further_corrects_its_call():
    """One row is one call a day: what was added later belongs to it."""
    content = a_call_sheet([a_lead()])
    first = filled_in(content, {2: {"Reached": "no", "Call again on": "2026-03-09"}})
    later = filled_in(
        first, {2: {"Reached": "yes", "Note": "she called back", "Call again on": "2026-03-16"}}
    )

    leads = come_back(first, [a_lead()]).leads
    results = come_back(later, leads, at=FRIDAY + timedelta(days=3))
    (lead,) = results.leads

    assert [type(event).__name__ for event in results.rows[0].events] == [
        "ActivityCorrected",
        "StepMoved",
    ]
    corrected = results.rows[0].events[0].activity
    assert (corrected.reached, corrected.note) == (True, "she called back")
    assert (lead.engagement.activities, lead.engagement.attempts) == (1, 0)
    assert lead.steps.next.due == date(2026, 3, 16)
    assert come_back(later, results.leads, at=FRIDAY + timedelta(days=3)).leads == (lead,)


def test_another_day_is_another_call():
    """A sheet that is kept for a week has the last call of each row."""
    content = a_call_sheet([a_lead()])
    leads = [a_lead()]
    for day in (3, 4):
        filled = filled_in(content, {2: {"Called on": date(2026, 3, day), "Reached": "no"}})
        leads = come_back(filled, leads).leads

    assert leads[0].engagement.attempts == 2


def test_what_was_answered_since_is_not_turned_back_by_a_cell_that_stands_as_written():
    """The sheet says yes since it was written so; the no of yesterday stands."""
    lead = a_lead().answer("need", True, at=MONDAY)
    content = a_call_sheet([lead], questions=BANT)
    since = lead.answer("need", False, at=MONDAY + timedelta(days=1))

    assert come_back(content, [since]).leads == (since,)
    changed = come_back(filled_in(content, {2: {"[need]": "no"}}), [since])
    assert changed.leads == (since,)


def test_what_is_filled_in_counts_also_where_others_answered_since():
    """Two answers that differ are two events, and the one that was said last stands."""
    content = filled_in(a_call_sheet([a_lead()]), {2: {"[need]": "yes"}})
    since = a_lead().answer("need", False, at=MONDAY + timedelta(days=1))

    results = come_back(content, [since])

    assert results.leads[0].answers["need"].value is True
    assert come_back(content, results.leads).leads == results.leads


def test_a_question_mark_opens_an_answer_again():
    """It was asked, and they do not know any more."""
    lead = a_lead().answer("need", True, at=MONDAY)
    content = filled_in(a_call_sheet([lead], questions=BANT), {2: {"[need]": "?"}})

    (after,) = come_back(content, [lead]).leads

    assert after.answers["need"].value is None
    assert come_back(content, [after]).leads == (after,)


def test_without_its_version_a_row_is_compared_with_the_lead_as_it_is():
    """It then cannot be told what stood there, and what stands in the lead changes nothing."""
    lead = a_lead().answer("need", True, note="slow", at=MONDAY)
    content = filled_in(a_call_sheet([lead], questions=BANT), {2: {"Version": None}})

    assert come_back(content, [lead]).leads == (lead,)
    for version in ("x", "0 @ 2026-03-02T09:00:00+00:00", "9 @ x", "1 @ x", "1 @ 2026-03-02", "²"):
        odd = filled_in(content, {2: {"Version": version}})
        assert come_back(odd, [lead]).leads == (lead,)
    doubted = a_lead().answer("need", None, at=MONDAY)
    content = filled_in(content, {2: {"Version": None, "[need]": "?"}})
    assert come_back(content, [doubted]).leads == (doubted,)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ({"Called on": "soon"}, "not_a_day_of_call"),
        ({"Called on": "x" * 70}, "not_a_day_of_call"),
        ({"Called on": date(2026, 3, 7)}, "call_in_future"),
        ({"Called on": datetime(2026, 3, 6, 9, 1)}, "call_in_future"),  # noqa: DTZ001 - a cell
        ({"Called on": "05/04/2026"}, "day_or_month_of_call"),
    ],
)
def test_a_day_of_the_call_that_cannot_be_taken_costs_that_cell(cell, code):
    """The others count from the reading on, which is said."""
    content = filled_in(a_call_sheet([a_lead()]), {2: {**cell, "[need]": "yes", "Reached": "yes"}})

    results = come_back(content, [a_lead()])

    (lead,) = results.changed
    assert told_of(results) == [(2, code), (2, "call_undated")]
    assert {fault.column for fault in results.rows[0].faults} == {"Called on"}
    assert (lead.answers["need"].value, lead.engagement.last_contact) == (True, FRIDAY)


def test_a_day_that_is_put_right_moves_the_call_and_another_is_another_call():
    """What was read without a day is no second call; once it has a day, a further one is."""
    content = a_call_sheet([a_lead()])
    odd, right, further = (
        filled_in(content, {2: {"Called on": day, "Reached": "yes"}})
        for day in ("yesterday", date(2026, 3, 5), date(2026, 3, 6))
    )
    later = FRIDAY + timedelta(days=3)

    undated = come_back(odd, [a_lead()]).leads
    moved = come_back(right, undated, at=later).leads
    again = come_back(right, moved, at=later + timedelta(days=1)).leads
    (two,) = come_back(further, moved, at=later).leads

    assert again == moved
    assert (moved[0].engagement.activities, moved[0].engagement.last_contact.day) == (1, 5)
    assert (two.engagement.activities, two.engagement.last_contact.day) == (2, 6)


def test_an_odd_day_alone_is_no_call():
    """Nothing was taken of the row, so a further row of the lead may tell it right."""
    content = filled_in(
        a_call_sheet([a_lead("1"), a_lead("2"), a_lead("3")]),
        {
            2: {"Called on": "yesterday"},
            3: {"Lead": "1", "Called on": date(2026, 3, 4), "[need]": "no"},
            4: {"Lead": "1", "[need]": "yes"},
        },
    )
    leads = [a_lead("1")]

    results = come_back(content, leads)
    again = come_back(content, results.leads, at=FRIDAY + timedelta(days=1))

    assert again.leads == results.leads
    assert results.leads[0].engagement.activities == 1
    assert told_of(results)[2:] == [(4, "lead_twice_on_sheet")]
    assert "Lead is that of row 3 again" in str(results.rows[2].faults[0])


def test_dates_are_read_as_told_and_may_have_their_hour():
    """05/04 is in April where the day comes first."""
    content = filled_in(
        a_call_sheet([a_lead()]),
        {2: {"Called on": "04/03/2026 14:30", "Call again on": "05/04/2026 09:00"}},
    )

    (lead,) = come_back(content, [a_lead()], day_first=True).leads

    assert lead.engagement.last_activity == datetime(2026, 3, 4, 14, 30, tzinfo=MONDAY.tzinfo)
    assert lead.steps.next.due == datetime(2026, 4, 5, 9, tzinfo=MONDAY.tzinfo)


def test_a_call_on_the_day_of_reading_is_now_and_on_another_after_what_is_known_of_it():
    """A day has no hour, and the answer of a call counts after that of the same morning."""
    lead = a_lead().answer("need", False, at=MONDAY)
    content = a_call_sheet([lead], questions=BANT)
    same = filled_in(content, {2: {"[need]": "yes", "Called on": date(2026, 3, 2)}})

    (late,) = come_back(same, [lead]).leads
    (today,) = come_back(same, [lead], at=MONDAY + timedelta(hours=2)).leads

    assert (late.answers["need"].value, late.answers["need"].at) == (True, MONDAY)
    assert today.answers["need"].at == MONDAY + timedelta(hours=2)


def test_odd_cells_cost_themselves_and_are_named():
    """The others of the row are taken."""
    lead = a_lead(person=SARA, owner="Ani")
    content = filled_in(
        a_call_sheet([lead]),
        {
            2: {
                "Reached": "perhaps",
                "Note": "a nice talk",
                "Person": "Reza Karimi",
                "Owner": "Reza",
                "Call again on": "later",
            }
        },
    )

    results = come_back(content, [lead])

    assert sorted(told_of(results)) == [
        (2, "not_a_day_of_call"),
        (2, "reached_told_otherwise"),
        (2, "told_cell_changed"),
        (2, "told_cell_changed"),
    ]
    assert results.leads[0].timeline[-1].note == "a nice talk\nperhaps"
    assert str(results).endswith("rows with cells that were not taken: 1")


@pytest.mark.parametrize("cell", ["no answer yet", "répondeur", "خاموش بود"])
def test_what_became_of_a_call_that_is_told_otherwise_is_said(cell):
    """It is the note of an attempt; a second reading logs nothing, and a later yes corrects it."""
    lead = a_lead()
    content = filled_in(a_call_sheet([lead]), {2: {"Reached": cell}})

    results = come_back(content, [lead])

    (call,) = [one for one in results.leads[0].timeline if hasattr(one, "reached")]
    assert (call.reached, call.note) == (None, cell)
    assert told_of(results) == [(2, "reached_told_otherwise")]
    again = come_back(content, results.leads)
    assert told_of(again) == [(2, "reached_told_otherwise")]
    assert again.leads == results.leads
    content = filled_in(a_call_sheet([lead]), {2: {"Reached": "yes"}})
    (later,) = come_back(content, results.leads).leads
    assert later.timeline[-1].activity.reached
    assert later.timeline[-1].activity.note == cell


@pytest.mark.parametrize(
    ("cell", "note", "reached", "noted"),
    [
        ("no, voicemail", "", False, "voicemail"),
        ("oui (par son assistant)", "rappelle", True, "rappelle\npar son assistant"),
        ("نه، پیغام گذاشتم", "", False, "پیغام گذاشتم"),
    ],
)
def test_who_was_reached_may_be_told_with_a_note(cell, note, reached, noted):
    """As the answer to a question may; a second reading corrects nothing."""
    lead = a_lead()
    content = filled_in(a_call_sheet([lead]), {2: {"Reached": cell, "Note": note}})

    results = come_back(content, [lead])

    call = next(one for one in results.leads[0].timeline if hasattr(one, "reached"))
    assert (call.reached, call.note) == (reached, noted)
    assert not told_of(results)
    assert come_back(content, results.leads).changed == ()


@pytest.mark.parametrize(
    "day", ["2026-03-09T10:00:00Z", "2026-03-09T13:30:00+03:30", "2026-03-09 10:00"]
)
def test_a_moment_may_be_written_as_programs_do(day):
    """With its zone, or without."""
    content = filled_in(a_call_sheet([a_lead()]), {2: {"Call again on": day}})
    (lead,) = come_back(content, [a_lead()]).leads

    assert lead.steps.next.due == datetime(2026, 3, 9, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("again", "day"),
    [
        ("31/03/2026", date(2026, 3, 4)),
        ("۳۱/۰۳/۲۰۲۶", date(2026, 3, 4)),
        ("03/31/2026", None),  # as it is then the third of April, which is to come
        ("2026-03-31", None),
    ],
)
def test_the_days_of_a_sheet_tell_together_which_part_is_the_day(again, day):
    """A sheet that was saved as CSV has its days in the order of one program."""
    given = [a_lead("1"), a_lead("2")]
    told = {2: {"Called on": "04/03/2026"}, 3: {"Call again on": again}}
    content = filled_in_csv(a_call_sheet(given, kind=".csv"), told)

    results = come_back(content, given, kind=".csv")

    calls = [one.when for one in results.leads[0].timeline if hasattr(one, "reached")]
    assert [when.date() for when in calls] == ([day] if day else [])
    assert results.leads[1].steps.next.due == date(2026, 3, 31)


def test_what_the_lead_refuses_is_named_with_the_reason():
    """A sheet that is read for a time before the last event appends nothing."""
    lead = a_lead().log("email", at=FRIDAY)
    content = filled_in(
        a_call_sheet([lead]), {2: {"[need]": "yes", "Note": "x", "Call again on": "2026-04-01"}}
    )

    results = come_back(content, [lead], at=MONDAY)

    assert told_of(results) == [(2, "cell_refused")] * 3
    assert results.leads == (lead,)
    assert "the time lies before the last event" in str(results.rows[0].faults[0])


def test_a_text_that_cannot_be_stored_is_named():
    """An answer that hides what it says is no answer."""
    odd = {"[need]": "a\u202eb", "Note": "a\u202eb"}
    content = filled_in(a_call_sheet([a_lead()]), {2: odd})

    assert told_of(come_back(content, [a_lead()])) == [(2, "control_in_note")] * 2


def test_an_answer_that_the_policy_does_not_understand_is_kept_and_named():
    """It stands on the lead as it was said; the policy asks again."""
    content = filled_in(a_call_sheet([a_lead()]), {2: {"[budget]": "half of it", "[need]": "yes"}})

    results = come_back(content, [a_lead()], policy=BANT)

    assert results.leads[0].answers["budget"].value == "half of it"
    assert told_of(results) == [(2, "answer_not_understood")]
    assert str(results.rows[0].faults[0]).endswith("yes or no is needed")
    assert told_of(come_back(content, [a_lead()])) == []
    with pytest.raises(WrongKind):
        come_back(content, [a_lead()], policy="BANT")


def test_a_call_that_was_withdrawn_is_not_logged_again():
    """Who withdrew it knew better."""
    content = filled_in(a_call_sheet([a_lead()]), {2: {"Reached": "yes"}})
    (lead,) = come_back(content, [a_lead()]).leads
    call = next(event.id for event in lead.timeline if getattr(event, "kind", "") == "call")

    results = come_back(content, [withdraw(lead, call, at=FRIDAY)])

    assert (told_of(results), results.changed) == ([(2, "call_withdrawn")], ())


def test_a_next_call_that_was_dropped_is_not_planned_again():
    """Neither on the same day nor, without a word, on another one."""
    content = filled_in(a_call_sheet([a_lead()]), {2: {"Call again on": "2026-03-20"}})
    (lead,) = come_back(content, [a_lead()]).leads
    lead = drop_step(lead, lead.steps.next.id, at=FRIDAY)
    later = filled_in(content, {2: {"Call again on": "2026-03-21"}})

    assert come_back(content, [lead]).leads == (lead,)
    assert told_of(come_back(later, [lead])) == [(2, "step_of_call_gone")]


@pytest.mark.parametrize(
    ("called", "again", "named"),
    [
        ("2026-03-04", "2026-03-05", []),  # read on Friday the 6th: it is due
        ("2026-03-04", "2026-03-04", []),
        ("2026-03-04", "2026-02-05", [(2, "call_again_before_call")]),
        ("", "2026-03-05", [(2, "call_again_before_call")]),
        ("", "2026-03-06", []),
    ],
)
def test_a_call_that_is_planned_before_the_last_one_is_named(called, again, named):
    """It is taken; but it may be a slip of the month."""
    lead = a_lead()
    content = filled_in(a_call_sheet([lead]), {2: {"Called on": called, "Call again on": again}})

    told = come_back(content, [lead])

    assert told_of(told) == named
    assert told.leads[0].steps.next.due == date.fromisoformat(again)
    assert told_of(come_back(content, told.leads, at=FRIDAY + timedelta(days=9))) == []


@pytest.mark.parametrize(
    ("phone", "cell", "named"),
    [
        ("09121234567", "9121234567", []),
        ("+374 91 111111", "37491111111", []),
        ("+37491111111", "37491111111", []),
        ("09121234567", "9121234568", [(2, "told_cell_changed")]),
        ("09121234567", "9121234567 x", [(2, "told_cell_changed")]),
    ],
)
def test_a_number_without_the_zero_that_a_spreadsheet_drops_is_the_same(phone, cell, named):
    """A sheet that was saved by a spreadsheet has amounts where there were numbers to call."""
    lead = a_lead(phone=phone)
    content = filled_in(a_call_sheet([lead]), {2: {"Phone": cell}})

    assert told_of(come_back(content, [lead])) == named


def test_rows_without_a_lead_of_an_unknown_one_or_there_twice_are_named():
    """Nothing of them is read, and the others are."""
    content = filled_in(
        a_call_sheet([a_lead("1"), a_lead("2"), a_lead("3")]),
        {
            2: {"[need]": "yes"},
            3: {"Lead": "1", "[need]": "no"},
            4: {"Lead": None, "[need]": "no"},
        },
    )

    results = come_back(content, [a_lead("1"), a_lead("2"), a_lead("3")])

    assert told_of(results) == [(3, "lead_twice_on_sheet"), (4, "row_without_lead")]
    assert [lead.id for lead in results.changed] == ["1"]
    assert told_of(come_back(content, [])) == [
        (2, "lead_not_known"),
        (3, "lead_not_known"),
        (4, "row_without_lead"),
    ]


def test_a_lead_on_two_sheets_is_named_with_the_sheet():
    """Two people who called the same one have to tell which row counts."""
    leads = [a_lead("1", owner="Ani"), a_lead("2", owner="Reza")]
    content = filled_in(a_call_sheet(leads), {2: {"Reached": "yes"}})
    content = filled_in(content, {2: {"Lead": "1", "Reached": "no"}}, sheet=1)

    (fault,) = come_back(content, leads).rows[1].faults

    assert str(fault) == (
        "Lead is that of row 2 on Ani again: nothing of this row was read; allowed: one row for "
        "each lead"
    )


def test_a_lead_that_was_merged_into_another_is_named():
    """Its answers belong to the one that stays."""
    sara = a_lead("1", person=SARA, email="sara@novin.example")
    again = a_lead("2", person=SARA, email="sara@novin.example")
    content = filled_in(a_call_sheet([sara, again]), {3: {"[need]": "yes"}})
    merged = plan_merge(sara, again).apply(at=FRIDAY)

    results = come_back(content, [merged.survivor, merged.other])

    assert told_of(results) == [(3, "lead_was_merged")]


def test_changed_headers_and_deleted_columns_are_named():
    """Cells under a header that nobody knows are counted."""
    filled = StringIO(
        "Lead,Note,Note,Which problem?,Called by,Reached,[need],Budget? [need]\n"
        "7,,twice,yes,Ani,yes,no,yes\n"
    )

    results = read_calls(filled, [a_lead()], at=FRIDAY)

    said = [str(problem) for problem in results.problems]
    assert "the column Called on is gone: nothing of it was read" in said
    assert "the column Version is gone: nothing of it was read" in said
    assert "Note is there twice: only the first was read" in said
    assert "Budget? [need] is there twice: only the first was read" in said
    assert said[-2].startswith("Which problem? does not belong to a call sheet; 1 filled cells")
    assert len(said) == 17
    assert results.leads[0].answers["need"].value is False


def test_a_sheet_of_another_kind_is_named_and_one_without_leads_alone_is_refused():
    """Whoever adds a sheet of notes loses nothing of the others."""
    rows = [["Lead", "[need]"], ["7", "yes"]]
    book = a_workbook(Ani=[["Calls of this week"], [], *rows], Notes=[["Prices", "x"], ["1", "2"]])

    results = read_calls(BytesIO(book), [a_lead()], at=FRIDAY)

    assert str(results.problems[-1]) == "the sheet Notes has no column Lead: it was not read"
    assert results.leads[0].answers["need"].value is True
    with pytest.raises(UnreadableFile, match="has no column Lead"):
        read_calls(BytesIO(book), [a_lead()], at=FRIDAY, sheet="Notes")
    assert read_calls(BytesIO(book), [a_lead()], at=FRIDAY, sheet="Ani").changed


def test_a_row_that_cannot_be_read_is_named():
    """It has more cells than the header, and its lead stays as it is."""
    results = read_calls(StringIO("Lead,[need]\n7,yes,no\n"), [a_lead()], at=FRIDAY)

    assert (told_of(results), results.changed) == ([(2, "cell_count")], ())


@pytest.mark.parametrize(
    ("cell", "value", "note"),
    [
        ("Բայց", "Բայց", ""),
        ("بله، تا خرداد", True, "تا خرداد"),
        ("no - too dear", False, "too dear"),
        ("no idea", "no idea", ""),
        ("+98 21", "+98 21", ""),
        ("007", "007", ""),
        ("-3.5", "-3.5", ""),
        ("2026-02-30", "2026-02-30", ""),
        ("նա, հետո", "նա, հետո", ""),
        ("؟", None, ""),
    ],
)
def test_what_stands_in_a_cell_is_read_for_what_it_is(cell, value, note):
    """A text is never bent into a yes, a number or a day."""
    said = answer_said(cell)

    assert (str(said.value) if cell == "-3.5" else said.value, said.note) == (value, note)


def test_amounts_and_moments_are_shown_as_texts():
    """And come back as nothing new."""
    lead = a_lead().answer({"budget": Money("12.50", "EUR"), "timing": FRIDAY}, at=MONDAY)

    content = a_call_sheet([lead], questions=BANT)

    assert come_back(content, [lead]).leads == (lead,)
    shown = answer_cell(lead.answers["timing"], CALL_WORDS["en"], at=MONDAY)
    assert shown == "2026-03-06T09:00:00+00:00"


def test_of_two_leads_of_one_id_the_first_is_changed():
    """As everywhere, where two have one id."""
    content = filled_in(a_call_sheet([a_lead()]), {2: {"[need]": "yes"}})

    first, second = come_back(content, [a_lead(), a_lead()]).leads

    assert (first.version, second) == (2, a_lead())


def test_leads_of_a_generator_will_do():
    """And a moment without a zone will not."""
    content = a_call_sheet([a_lead()])

    assert come_back(content, (lead for lead in [a_lead()])).leads == (a_lead(),)
    with pytest.raises(InvalidValue, match="at has no time zone"):
        come_back(content, [], at=MONDAY.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("text", "country", "shown"),
    [
        ("9123456789", "IR", "+989123456789"),
        ("۹۱۲۳۴۵۶۷۸۹", "IR", "+989123456789"),
        ("612345678", "FR", "+33612345678"),
        ("09123456789", "IR", "09123456789"),
        ("912 345 6789", "", "912 345 6789"),
        ("9123456789", "", "9123456789"),
        ("12345678901234", "IR", "12345678901234"),
    ],
)
def test_a_number_that_lost_its_zero_can_be_called(text, country, shown):
    """What a spreadsheet has damaged is completed where the country is known."""
    assert dialled(ContactPoint("mobile", text, country=country)) == shown
