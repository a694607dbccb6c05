"""Files of leads, one cell at a time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from salesfunnel.errors import UnreadableFile
from salesfunnel.interop import load_mapping, write_leads
from salesfunnel.interop.leads import read_leads
from salesfunnel.values import Bucket, Money, Source
from tests.interop.examples import MONDAY, a_list, lead_of, lead_rows


def problem_of(folder, **cells):
    """Read a list of one lead that is refused: the column and the problem."""
    header = [c.replace("_", " ") for c in cells]
    ((), (refused,)) = lead_rows(folder, header, cells.values(), strict=True)
    return refused.column, refused.problem


def test_a_full_row_becomes_a_lead_with_all_it_says(tmp_path):
    """Person, company, contact points, source, answers and details arrive where they belong."""
    lead = lead_of(
        tmp_path,
        Name="Sara Ahmadi",
        Title="Buyer",
        Company="Novin",
        Employees="51-200",
        Annual_revenue="1,200",
        City="Tehran",
        Email="s@n.example",
        Fax="021 8877",
        Source="salon",
        Need="oui",
        Budget="no",
        Timing="?",
        Captured="2026-02-01",
        Note="two\nlines",
    ).entity

    assert (lead.person.name, lead.person.job_title) == ("Sara Ahmadi", "Buyer")
    assert (lead.company.employees, lead.company.city) == (Bucket(51, 200), "Tehran")
    assert lead.company.annual_revenue == Money(1200, "XXX")
    assert [str(point) for point in lead.contact_points] == ["s@n.example", "021 8877"]
    assert (lead.source, lead.source_words) == (Source.EXHIBITION, "salon")
    assert {slot: answer.value for slot, answer in lead.answers.items()} == {
        "need": True,
        "budget": False,
        "timing": None,
    }
    assert lead.timeline[0].at == datetime(2026, 2, 1, tzinfo=UTC)
    assert lead.details == {"note": "two\nlines"}


def test_a_name_in_two_columns_is_put_together(tmp_path):
    """Given and family name make the name, if no column has it whole."""
    person = lead_of(tmp_path, First_name="Sara", Last_name="Ahmadi", Salutation="Ms").entity.person

    assert (person.name, person.given, person.salutation) == ("Sara Ahmadi", "Sara", "Ms")


@pytest.mark.parametrize(
    ("cells", "whole"),
    [
        ({"نام": "رضا", "نام_خانوادگی": "کریمی"}, "رضا کریمی"),
        ({"Անուն": "Անի", "Ազգանուն": "Պետրոսյան"}, "Անի Պետրոսյան"),
        ({"Nom": "Lefèvre", "Prénom": "Hélène"}, "Hélène Lefèvre"),
    ],
)
def test_half_a_name_is_completed_by_the_other_half(tmp_path, cells, whole):
    """The word for a name stands for the half that no other column has."""
    person = lead_of(tmp_path, **cells).entity.person

    assert (person.name, person.given, person.family) == (whole, *whole.split())


@pytest.mark.parametrize(("cell", "family"), [("Curie", "Curie"), ("Marie Curie", "")])
def test_a_family_name_alone_is_one(tmp_path, cell, family):
    """Beside a blank first name; of several words it may be the whole name."""
    person = lead_of(tmp_path, Nom=cell, Prénom="").entity.person

    assert (person.name, person.given, person.family) == (cell, "", family)


@pytest.mark.parametrize(
    ("whole", "given", "family", "name"),
    [
        ("Pumps", "Sara", "Ahmadi", "Sara Ahmadi"),
        ("Pumps", "Sara", "", "Sara"),
        ("سارا احمدی", "Sara", "Ahmadi", "سارا احمدی"),
        ("Sara A.", "Sara", "Ahmadi", "Sara A."),
        ("Sara A.", "", "", "Sara A."),
    ],
)
def test_a_name_that_has_nothing_of_its_parts_is_that_of_something_else(
    tmp_path, whole, given, family, name
):
    """Such as the title of a lead: it is kept as text, and makes no half of a name."""
    cells = {"Lead_name": whole, "First_name": given, "Last_name": family}
    found = lead_of(tmp_path, **cells)
    is_other = whole not in ("", name)

    assert found.entity.person.name == name
    assert found.entity.details.get("person", "") == (whole if is_other else "")
    assert [note.code for note in found.notes] == ["name_beside_its_parts"] * is_other


@pytest.mark.parametrize("half", [{"Last_name": "KARIMI"}, {"First_name": "reza"}])
def test_a_whole_name_is_not_taken_for_half_of_one(tmp_path, half):
    """Where the name has the other column's half in it already, it stays as it is."""
    person = lead_of(tmp_path, Name="Reza Karimi", **half).entity.person

    assert (person.name, {person.given, person.family}) == ("Reza Karimi", {"", *half.values()})


def test_facts_of_a_company_without_a_name_make_no_company(tmp_path):
    """A lead is not refused because its company has a size and no name."""
    assert lead_of(tmp_path, Name="Sara", Company="", Employees="40").entity.company is None


def test_two_addresses_in_a_cell_and_one_in_another_column_are_three(tmp_path):
    """Every address is kept, once."""
    lead = lead_of(tmp_path, Email="a@b.example; c@d.example", Courriel="e@f.example").entity

    assert [str(p) for p in lead.contact_points] == ["a@b.example", "c@d.example", "e@f.example"]


def test_a_number_behind_a_formula_guard_arrives_without_it(tmp_path):
    """The apostrophe that a spreadsheet needs is no part of the number."""
    lead = lead_of(tmp_path, Phone="'+98 21 8888 0000").entity

    assert str(lead.contact_points[0]) == "+98 21 8888 0000"


def test_two_columns_of_one_field_are_noted_where_they_differ(tmp_path):
    """Name and نام both hold the name: the first that says something is taken, and it is noted."""
    found = lead_of(tmp_path, Name="Sara Ahmadi", نام="سارا احمدی")

    assert found.entity.person.name == "Sara Ahmadi"
    assert tuple(map(str, found.notes)) == (
        "columns for person differ: the first is taken, the others are kept as text",
    )
    assert lead_of(tmp_path, Name="", نام="سارا").entity.person.name == "سارا"
    assert lead_of(tmp_path, Name="Sara", نام="Sara").notes == ()


def test_a_line_break_inside_a_name_costs_no_lead(tmp_path):
    """It is taken as a blank, and that is noted."""
    found = lead_of(tmp_path, Company="Novin\r\nTejarat", Phone="021 8877\n66")

    assert (found.entity.company.name, str(found.entity.contact_points[0])) == (
        "Novin Tejarat",
        "021 8877 66",
    )
    assert list(map(str, found.notes)) == ["a line break inside a cell was taken as a blank"]


def test_direction_marks_around_a_name_are_left_out(tmp_path):
    """They come along when names are pasted, and are no part of a name."""
    assert lead_of(tmp_path, Name="\u200fسارا\u200e").entity.person.name == "سارا"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            {"Need": "soon"},
            ("Need", "has a text that the mapping does not know for answers; allowed: yes, no"),
        ),
        (
            {"Status": "Parti"},
            (
                "Status",
                "has 'Parti', which the mapping does not know for stage; allowed: new",
            ),
        ),
        ({"Email": "x" * 501}, ("Email", "is too long; allowed: at most 500 characters")),
        (
            {"Employees": "about 50"},
            ("Employees", "is not a number of people; allowed: such as"),
        ),
        (
            {"Date": "1404-12-30"},
            ("Date", "is not a day of the Jalali calendar; allowed: 2026"),
        ),
        ({"Weather": "fine"}, ("", "names no person, company, address or id; fill one")),
        (
            {"Need": "soon", "Date": "soon"},
            (
                "Date",
                "is not a date from 1900 on; allowed: 2026-03-31, 2026/03/31, 31.03.2026; Need ",
            ),
        ),
    ],
)
def test_a_refused_row_names_its_column_and_every_problem(tmp_path, cells, expected):
    """Whoever mends the list finds the cell and reads what is allowed."""
    who = {} if "Weather" in cells else {"Company": "Novin"}
    column, problem = problem_of(tmp_path, **{"Company": "", **who, **cells})

    assert column == expected[0]
    assert problem.startswith(f"{column} {expected[1]}".strip())


@pytest.mark.parametrize(
    ("stage", "flag", "expected"),
    [
        ("", "", "new"),
        ("Nurturing", "", "nurturing"),
        ("Converted", "", "converted"),
        ("New", "yes", "converted"),
        ("Converted", "no", "qualified"),
        ("Dead", "no", "disqualified"),
    ],
)
def test_the_stage_and_the_flag_say_where_a_lead_stands(tmp_path, stage, flag, expected):
    """A flag that contradicts the stage is believed."""
    assert lead_of(tmp_path, Name="S", Stage=stage, Converted=flag).entity.stage == expected


def test_a_stage_that_the_flag_contradicts_is_noted(tmp_path):
    """Eight leads say converted and five are: the other three are counted in a note."""
    found = lead_of(tmp_path, Name="S", Stage="Converted", Converted="no")

    assert tuple(map(str, found.notes)) == (
        "its stage says converted, its flag says not: taken as qualified",
    )


def test_a_converted_lead_keeps_its_links_and_dates(tmp_path):
    """The ids of account, contact and opportunity arrive with the lead."""
    mapping = """
        [lead.columns]
        person = "Name"
        converted = "Done"
        captured = "From"
        converted_on = "To"
        account_id = "A"
        contact_id = "C"
        opportunity_id = "O"
    """
    header = ("Name", "Done", "From", "To", "A", "C", "O")
    ((found, odd), ()) = lead_rows(
        tmp_path,
        header,
        ("Sara", "yes", "2026-01-05", "2026-02-05", "1", "2", "3"),
        ("Ani", "yes", "2026-02-05", "2026-01-05", "", "", ""),
        mapping=mapping,
    )

    lead = found.entity
    assert (lead.account_id, lead.contact_id, lead.opportunity_id) == ("1", "2", "3")
    assert [event.at.day for event in lead.timeline] == [5, 5]
    assert tuple(map(str, odd.notes)) == (
        "it was converted before it was captured: taken as the same moment",
    )


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "unknown"),
        ("Spam", "junk"),
        ("they moved to Mars", "other"),
    ],
)
def test_a_lead_given_up_keeps_its_reason(tmp_path, words, reason):
    """Unknown words are another reason, and stay on the timeline."""
    lead = lead_of(tmp_path, Name="Sara", Stage="disqualified", Reason=words).entity

    assert (lead.rejection, lead.timeline[-1].note) == (reason, words)


def test_a_jalali_date_is_kept_as_the_gregorian_one(tmp_path):
    """Persian lists are dated by their own calendar; the change is noted."""
    found = lead_of(tmp_path, Name="سارا", تاریخ="۱۴۰۴/۱۰/۱۵")

    assert found.entity.timeline[0].at == datetime(2026, 1, 5, tzinfo=UTC)
    assert list(map(str, found.notes)) == ["a Jalali date is kept as the Gregorian one"]


@pytest.mark.parametrize("nothing", ["-", "--None--", "-None-", "null", "N/A", "—"])
def test_where_a_system_says_that_nothing_is_chosen_nothing_is(tmp_path, nothing):
    """Their signs for a blank are no words, dates or numbers."""
    cells = {"Stage": nothing, "Date": nothing, "Employees": nothing, "Need": nothing}
    lead = lead_of(tmp_path, Company="Novin", **cells).entity

    assert (lead.stage, lead.company.employees, dict(lead.answers)) == ("new", None, {})


@pytest.mark.parametrize(
    ("header", "cell", "called", "job"),
    [
        ("عنوان", "مدیر خرید", "", "مدیر خرید"),
        ("عنوان", "سرکار خانم", "سرکار خانم", ""),
        ("عنوان اجتماعی", "خانم", "خانم", ""),
        ("Title", "Buyer", "", "Buyer"),
        ("Title", "Ms.", "Ms.", ""),
        ("Titre", "Mme", "Mme", ""),
        ("Job title", "Professor", "", "Professor"),
    ],
)
def test_a_title_is_a_job_unless_it_is_what_people_are_called_by(
    tmp_path, header, cell, called, job
):
    """Forms ask for either under one word."""
    person = lead_of(tmp_path, Name="Sara", **{header: cell}).entity.person

    assert (person.salutation, person.job_title) == (called, job)


@pytest.mark.parametrize("total", [("Total", "2"), ("جمع کل", "۲"), ("TOTAL :", "1,200.00 EUR")])
def test_a_row_of_totals_is_no_lead(tmp_path, total):
    """It is accounted for as what it is."""
    (_, (refused,)) = lead_rows(tmp_path, ("Name", "Phone"), ("Sara", "021 8877"), total)

    assert str(refused) == "row 3: is a row of totals or a footnote, not an entry of the list"


@pytest.mark.parametrize(
    "note",
    [
        *("Total: 2 leads", "Grand Totals (2 records)", "جمع کل: ۲", "Ընդամենը՝ 1", "Ընդամենը։ 1"),
        *("Grand Total", "Subtotal", "Total général", "Sous-total :", "جمع کل", "Ընդամենը"),
        *("Copyright (c) 2026 Novin", "Confidential Information - Do Not Distribute"),
        *("Exported on 2026-03-02 by Ani", "Généré le 2 mars 2026"),
    ],
)
def test_a_footnote_is_no_lead(tmp_path, note):
    """Where it stands alone; with anything beside it, it is whoever is called so."""
    (_, refused) = lead_rows(tmp_path, ("Name", "City"), ("Sara", "Paris"), (note, ""))
    (both, none) = lead_rows(tmp_path, ("Name", "City"), ("Sara", "Paris"), (note, "Lyon"))

    assert [row.code for row in refused] == ["row_of_totals"]
    assert (len(both), none) == (2, [])


def test_a_footnote_has_an_end(tmp_path):
    """What is longer is a text, and somebody wrote it."""
    ((_, found), ()) = lead_rows(tmp_path, ("Name", "City"), ("Sara", ""), ("© " + "x" * 200, ""))

    assert found.entity.person is not None


@pytest.mark.parametrize(
    ("header", "cell"),
    [("Email", "total@oil.example"), ("City", "Paris"), ("City", ""), ("Fax", "+33 1 47 44 45 46")],
)
def test_a_firm_may_be_called_total(tmp_path, header, cell):
    """With a word, an address or a whole number to call beside it, or with nothing, it is one."""
    ((found,), ()) = lead_rows(tmp_path, ("Company", header), ("Total", cell))

    assert found.entity.company.name == "Total"


def test_a_lead_from_the_future_is_noted(tmp_path):
    """A date that is never meant to come is kept and told."""
    found = lead_of(tmp_path, Name="Sara", Date="9999-12-31")

    assert list(map(str, found.notes)) == [
        "it was captured in the future: it counts from that day on"
    ]


def test_own_sources_are_read_by_the_mapping(tmp_path):
    """A firm may have a word of its own for exhibitions."""
    mapping = (
        '[lead.columns]\nperson = "N"\nsource = "S"\n[lead.values.source]\nexhibition = "GITEX"'
    )
    ((gitex, usual), ()) = lead_rows(
        tmp_path, ("N", "S"), ("Sara", "Gitex"), ("Ani", "fax"), mapping=mapping
    )

    assert (gitex.entity.source, usual.entity.source) == (Source.EXHIBITION, Source.FAX)


def test_a_lead_given_up_some_day_was_captured_no_later(tmp_path):
    """Where only the end has a date, the lead began no later; where both have, each has its own."""
    mapping = """
        [lead.columns]
        person = "Name"
        converted = "Done"
        captured = "From"
        converted_on = "To"
    """
    ((ended, both), ()) = lead_rows(
        tmp_path,
        ("Name", "Done", "From", "To"),
        ("Sara", "yes", "", "2026-02-05"),
        ("Ani", "yes", "2026-01-05", "2026-02-05"),
        mapping=mapping,
    )

    assert [event.at.month for event in ended.entity.timeline] == [2, 2]
    assert [event.at.month for event in both.entity.timeline] == [1, 2]


def test_an_address_that_is_typed_twice_is_kept_once(tmp_path):
    """A list often repeats the address in another column."""
    assert (
        len(lead_of(tmp_path, Email="a@b.example", Courriel="a@b.example").entity.contact_points)
        == 1
    )


def test_a_note_and_a_problem_are_said_once(tmp_path):
    """Two breaks in a row are one note; a fault in two columns is one problem each."""
    found = lead_of(tmp_path, Name="Sara\nAhmadi", Company="Novin\nTejarat", City="Teh\nran")

    assert list(map(str, found.notes)) == ["a line break inside a cell was taken as a blank"]
    assert (
        problem_of(tmp_path, Name="S", Email="x" * 501, Courriel="y" * 501)[1].count("too long")
        == 2
    )


def test_a_story_in_the_column_of_the_source_is_kept_and_not_looked_up(tmp_path):
    """The words stay, as a source that nobody knows."""
    story = "fax" + " " * 300 + "!"
    lead = lead_of(tmp_path, Name="Sara", Source=story).entity

    assert (lead.source, lead.source_words) == (Source.FAX, story)


def test_an_org_with_its_own_statuses_says_what_they_mean(tmp_path):
    """The picklist of any system is mapped by a table in the mapping."""
    mapping = '[lead.columns]\nperson = "N"\nstage = "S"\n[lead.values.stage]\nnurturing = ["Kühl"]'
    ((found,), (refused,)) = lead_rows(
        tmp_path, ("N", "S"), ("Sara", "KUHL"), ("Ani", "Eisig"), mapping=mapping, strict=True
    )

    assert (found.entity.stage, refused.row) == ("nurturing", 3)


def test_a_file_in_which_nobody_is_named_is_refused_whole(tmp_path):
    """Without a column for a name or an address no row could ever be a lead."""
    with pytest.raises(UnreadableFile, match="has no column that the mapping salesfunnel knows"):
        read_leads(a_list(tmp_path, [("Weather",), ("fine",)]), at=MONDAY)


def test_a_remark_behind_a_header_makes_no_difference(tmp_path):
    """Where another column has the field itself, that one comes first."""
    header = ("Name (*)", "Phone (work)", "Email (home)", "Email")
    ((found,), ()) = lead_rows(tmp_path, header, ("Sara", "021 8877", "a@b.example", "c@d.example"))

    points = [str(point) for point in found.entity.contact_points]
    assert points == ["c@d.example", "a@b.example", "021 8877"]


def test_one_word_in_a_row_makes_no_header_of_it(tmp_path):
    """A cell may say Phone by chance; below a title two names of columns are wanted."""
    rows = [("Foo", "Bar"), ("Phone", "x"), ("Fax", "y")]

    with pytest.raises(UnreadableFile, match="has no column that the mapping"):
        read_leads(a_list(tmp_path, rows), at=MONDAY)


def test_columns_that_nobody_knows_are_told(tmp_path):
    """Nothing is left out in silence."""
    reading = read_leads(a_list(tmp_path, [("Name", "Weather"), ("Sara", "fine")]), at=MONDAY)

    assert (reading.mapping.name, reading.unread_columns) == ("salesfunnel", ("Weather",))


@pytest.mark.parametrize(
    ("word", "stage", "reason"),
    [
        ("Wrong number", "disqualified", "unreachable"),
        ("Doublon", "disqualified", "duplicate"),
        ("بودجه ندارد", "disqualified", "no_budget"),
        ("Plus tard", "nurturing", None),
    ],
)
def test_a_status_that_is_a_reason_says_why_the_lead_was_given_up(tmp_path, word, stage, reason):
    """Many lists have one column for both."""
    lead = lead_of(tmp_path, Name="Sara", Status=word).entity

    assert (lead.stage, lead.rejection) == (stage, reason)


def test_the_reason_of_its_own_column_counts_more_than_that_of_the_status(tmp_path):
    """It was asked for, where the status was chosen from a list."""
    lead = lead_of(tmp_path, Name="Sara", Status="Spam", Reason="No budget").entity

    assert lead.rejection == "no_budget"


@pytest.mark.parametrize("header", ["Name", "First name", "Company"])
def test_a_name_of_which_nothing_is_seen_is_none(tmp_path, header):
    """Letters that show nothing come along when cells are pasted; they cost no lead."""
    (found,), () = lead_rows(tmp_path, [header, "Email"], ["\u180c\u180c", "s@n.example"])

    assert (found.entity.person, found.entity.company) == (None, None)
    assert "\u180c\u180c" in found.entity.details.values()


def test_a_lead_given_up_and_converted_is_converted(tmp_path):
    """The flag outweighs the stage, and that is noted."""
    (row,), () = lead_rows(
        tmp_path, ["Name", "Status", "Converted"], ["Sara", "Disqualified", "yes"]
    )

    assert row.entity.stage == "converted"
    assert "its flag that it was converted" in str(row.notes[0])


@pytest.mark.parametrize("active", ["True", "False", ""])
@pytest.mark.parametrize("stage", ["New", "Qualified", "Won", ""])
def test_a_lead_of_odoo_is_given_up_where_it_stands(tmp_path, stage, active):
    """It is archived there, in the stage in which it was; who is won is not lost."""
    odoo, source = load_mapping("odoo"), tmp_path / "odoo.csv"
    rows = f"id,Opportunity,Stage,Active,Lost Reason\n1,X,{stage},{active},Too expensive\n"
    source.write_text(rows, encoding="utf-8")
    (lead,) = read_leads(source, at=MONDAY, mapping=odoo).entities()
    is_lost = active == "False" and stage != "Won"

    written = write_leads([lead], tmp_path / "there.csv", mapping="odoo")

    assert (lead.stage == "disqualified", bool(lead.rejection)) == (is_lost, is_lost)
    assert not is_lost or lead.last_open_stage == (stage.lower() or "new")
    (back,) = read_leads(tmp_path / "there.csv", at=MONDAY, mapping=odoo).entities()
    assert (back.stage, back.rejection) == (lead.stage, lead.rejection)
    assert back.last_open_stage == lead.last_open_stage
    assert not {"stage", "rejection"} & {one.place for one in written.left_out}
