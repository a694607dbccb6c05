"""Files of stage histories, and of activities."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest

from salesfunnel.activities import ActivityLogged, StepPlanned
from salesfunnel.errors import UnreadableFile
from salesfunnel.interop import Refused, read_activities, read_mapping, read_stage_history
from salesfunnel.interop.mapping.mapping_draft import draft_mapping
from tests.interop.examples import MONDAY, a_list

DAY = timedelta(days=1)


def lines_of(folder, *rows, **how):
    """Read a stage history."""
    return list(read_stage_history(a_list(folder, rows), **how))


def activities_of(folder, *rows, **how):
    """Read a list of activities."""
    return list(read_activities(a_list(folder, rows), at=MONDAY, **how))


def test_a_line_tells_where_a_deal_stood(tmp_path):
    """Which deal, which stage, since when, until when, and who moved it."""
    header = ("Deal ID", "Stage", "Old Stage", "Entered", "Left", "By", "Mood")
    mapping = read_mapping(
        """
        [history.columns]
        id = "Deal ID"
        stage = "Stage"
        from_stage = "Old Stage"
        entered = "Entered"
        left = "Left"
        by = "By"
        [history.details]
        mood = "Mood"
        """,
        name="own",
    )

    (found,) = lines_of(
        tmp_path,
        header,
        ("7", "Proposal", "Meeting", "2026-01-05", "2026-01-09", "Ani", "fine"),
        mapping=mapping,
    )

    line = found.entity
    assert (line.of, line.stage, line.from_stage, line.by) == ("7", "Proposal", "Meeting", "Ani")
    assert line.left - line.entered == 4 * DAY
    assert line.details == {"mood": "fine"}


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        (("", "Proposal", "2026-01-05"), "of which deal or lead it is"),
        (("7", "", "2026-01-05"), "the stage"),
        (("7", "Proposal", "soon"), "since when"),
    ],
)
def test_a_line_without_one_of_three_is_refused(tmp_path, row, missing):
    """Of which deal, which stage and since when: less tells nothing of a history."""
    (found,) = lines_of(tmp_path, ("Deal ID", "Stage", "Entered"), row)

    assert isinstance(found, Refused)
    assert missing in found.problem


def test_a_column_that_is_not_known_is_named_and_not_called_empty(tmp_path):
    """The id is filled, but nobody can tell that it is one."""
    (found,) = lines_of(tmp_path, ("Vorgang", "Stage", "Entered"), ("7", "Proposal", "2026-01-05"))

    assert found.problem.startswith("does not tell of which deal or lead it is: no column is known")
    assert "these are not read: Vorgang; rename a column" in found.problem


@pytest.mark.parametrize(
    "header",
    [
        ("N° affaire", "Étape", "Date d'entrée"),
        ("N° d’affaire", "Étape", "Date d’entrée"),
        ("شناسه معامله", "مرحله", "تاریخ ورود"),
    ],
)
def test_histories_and_activities_in_french_and_persian_name_their_deal(tmp_path, header):
    """The number of the deal is known by its header."""
    (line,) = lines_of(tmp_path, header, ("7", "Proposal", "2026-01-05"))
    (call,) = activities_of(tmp_path, (header[0], "Type", "Date"), ("7", "Call", "2026-01-05"))

    assert (line.entity.of, line.entity.stage, call.entity.about) == ("7", "Proposal", ("7",))


def test_a_stage_that_was_left_before_it_was_entered_has_no_exit(tmp_path):
    """The entry is believed, and what the file says is kept as text."""
    header = ("Deal ID", "Stage", "Entered", "Left")
    (found,) = lines_of(tmp_path, header, ("7", "Proposal", "2026-01-05", "2026-01-04"))

    assert found.entity.left is None
    assert found.entity.details == {"left": "2026-01-04"}
    assert [note.code for note in found.notes] == ["left_before_entered"]


def test_equal_lines_are_repeated(tmp_path):
    """A deal that came back into a stage has two lines; a line that is copied has one."""
    header = ("Deal ID", "Stage", "Entered")
    rows = ("7", "Proposal", "2026-01-05"), ("7", "Proposal", "2026-01-05")
    found = lines_of(tmp_path, header, *rows, ("7", "Proposal", "2026-01-06"))

    assert [type(row).__name__ for row in found] == ["Accepted", "Repeated", "Accepted"]


def test_a_file_without_days_is_no_history(tmp_path):
    """Deals are not taken for their history."""
    with pytest.raises(UnreadableFile, match="knows as one of: entered, left"):
        lines_of(tmp_path, ("Deal ID", "Stage"), ("7", "Proposal"))


def test_a_call_is_read_with_all_that_is_told(tmp_path):
    """Which kind, which way, whether they were reached, with whom, and about which deal."""
    header = (
        *("Activity ID", "Type", "Date", "Direction", "Reached", "Result", "Subject", "Notes"),
        *("Deal ID", "Lead ID", "Contact", "Owner", "Campaign"),
    )
    row = (
        *("T1", "Phone call", "2026-02-27", "incoming", "yes", "wants a demo", "Demo", "Call back"),
        *("7", "L1", "Sara Ahmadi", "Ani", "Spring"),
    )

    (found,) = activities_of(tmp_path, header, row)

    line = found.entity
    assert (line.id, line.kind, line.status, line.inbound) == ("T1", "call", "done", True)
    assert (line.reached, line.outcome, line.note) == (True, "wants a demo", "Demo\nCall back")
    assert (set(line.about), line.person) == ({"7", "L1"}, "Sara Ahmadi")
    assert (line.owner, line.campaign) == ("Ani", "Spring")
    event = line.event(at=MONDAY)
    assert isinstance(event, ActivityLogged)
    assert (event.when, event.by) == (datetime(2026, 2, 27, tzinfo=UTC), "Ani")


@pytest.mark.parametrize(
    ("status", "day", "expected"),
    [
        ("", "2026-02-27", "done"),
        ("", "2026-03-27", "planned"),
        ("Not Started", "2026-02-27", "planned"),
        ("Completed", "2026-02-27", "done"),
        ("Completed", "2026-03-27", "planned"),
        ("Annulé", "2026-02-27", "dropped"),
        ("Odd", "2026-02-27", "done"),
    ],
)
def test_what_is_done_and_what_is_planned(tmp_path, status, day, expected):
    """The status says so, else the day; nothing was done tomorrow."""
    (found,) = activities_of(tmp_path, ("Type", "Date", "Status"), ("Call", day, status))

    assert found.entity.status == expected
    assert ("done_in_future" in {note.code for note in found.notes}) is (
        (status, day) == ("Completed", "2026-03-27")
    )


def test_a_planned_task_becomes_a_step(tmp_path):
    """What is due is a next step, with its day and its owner; when it was entered is kept."""
    header = ("Type", "Date", "Due Date", "Status", "Owner")
    (found,) = activities_of(tmp_path, header, ("Task", "2026-02-27", "2026-03-09", "Open", "Ani"))

    step = found.entity.event(at=MONDAY)
    assert isinstance(step, StepPlanned)
    assert (step.due.isoformat(), step.owner) == ("2026-03-09", "Ani")
    assert found.entity.details == {"happened": "2026-02-27"}


def test_an_activity_without_a_day_is_noted(tmp_path):
    """It is taken as of the day of the import; a row that tells nothing at all is refused."""
    header = ("Type", "Subject", "Date", "Deal ID")
    found = activities_of(
        tmp_path, header, ("Webinar", "", "", "7"), ("", "", "", "7"), ("", "Call Sara", "", "")
    )

    assert [type(row).__name__ for row in found] == ["Accepted", "Refused", "Accepted"]
    assert (found[0].entity.kind, found[0].entity.day) == ("Webinar", MONDAY)
    assert "activity_without_day" in {note.code for note in found[0].notes}
    assert (found[1].code, found[2].entity.kind) == ("row_without_activity", "activity")


def test_the_later_word_on_one_activity_stands(tmp_path):
    """A call that stands twice under one id is one call, with what both rows tell."""
    header = ("Activity ID", "Type", "Date", "Result", "Owner")
    found = activities_of(
        tmp_path,
        header,
        ("T1", "Call", "2026-02-27", "", "Ani"),
        ("T1", "Call", "2026-02-27", "wants a demo", ""),
        ("T1", "Call", "2026-02-27", "", ""),
    )

    assert [type(row).__name__ for row in found] == ["Accepted", "Joined", "Repeated"]
    assert (found[0].entity.outcome, found[0].entity.owner) == ("wants a demo", "Ani")


def test_a_history_of_salesforce_may_call_its_day_last_modified_date():
    """As its reports of opportunity history do."""
    text = "Opportunity ID,From Stage,To Stage,Last Modified Date\n006,,Prospecting,2026-01-07\n"

    (line,) = read_stage_history(StringIO(text)).entities()

    assert (line.of, line.stage, line.entered.date()) == ("006", "Prospecting", date(2026, 1, 7))


ENTERED = {
    "en": "Entered|Stage entered|Date entered|Changed on|Date of change|Stage entered on",
    "fr": "Entrée le|Entré le|Date entrée|Date d’entrée|Entrée en étape le|Date de changement",
    "fa": "تاریخ ورود|تاریخ ورود به مرحله|تاریخ تغییر مرحله|روز ورود",
    "hy": "Մուտքի ամսաթիվ|Փուլի մուտքի ամսաթիվ|Մուտքի օր|Փոփոխման ամսաթիվ",
}
LEFT = {
    "en": "Left|Date left|Exit date|Stage left",
    "fr": "Sortie le|Sorti le|Date de sortie|Quittée le",
    "fa": "تاریخ خروج|روز خروج|تاریخ خروج از مرحله",
    "hy": "Ելքի ամսաթիվ|Ելքի օր|Փուլի ելքի ամսաթիվ",
}
NAMES = {
    "en": "Deal ID,Stage",
    "fr": "N° affaire,Étape",
    "fa": "شناسه معامله,مرحله",
    "hy": "Գործարքի կոդ,Փուլ",
}


@pytest.mark.parametrize("language", NAMES)
def test_the_days_of_a_stage_are_known_by_their_words(language):
    """However the two columns are worded, in each language."""
    for entered in ENTERED[language].split("|"):
        for left in LEFT[language].split("|"):
            text = f"{NAMES[language]},{entered},{left}\n7,Won,2026-03-02,2026-03-09\n"
            (line,) = read_stage_history(StringIO(text)).entities()

            assert (line.of, line.entered.day, line.left.day) == ("7", 2, 9), text
            assert "[history.columns]" in draft_mapping(StringIO(text)), text
