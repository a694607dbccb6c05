"""How lines become rows, and how one bad row is kept from spoiling the next."""

from __future__ import annotations

import io

import pytest

from salesfunnel.interop.inputs.csv_rows import LONGEST_CELL, csv_rows
from salesfunnel.interop.inputs.input_file import DAMAGE
from salesfunnel.interop.inputs.line_reader import LONGEST_LINE, LineReader
from salesfunnel.interop.rows.row_fault import RowFault


def read(text, *, delimiter=",", width=2):
    """Read rows from a text; each refused row becomes the first words of its problem."""
    found = csv_rows(LineReader(io.StringIO(text, newline="").read), delimiter, width)
    return [" ".join(str(row).split()[:4]) if isinstance(row, RowFault) else row for row in found]


QUOTES = "has a quotation mark"
WELL = ["Sara", "Novin"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Sara,Novin\n", [WELL]),
        ("Sara,Novin\r\nSara,Novin\rSara,Novin", [WELL, WELL, WELL]),
        ('"Sara","Novin"\n', [WELL]),
        ('Sara,"No\nv""in"\n', [["Sara", 'No\nv"in']]),
        ("'+98,'tHooft\n", [["+98", "'tHooft"]]),
        ('5" pipe,Novin\n', [['5" pipe', "Novin"]]),
    ],
)
def test_a_sound_row_is_its_cells(text, expected):
    """Quoted or not, on one line or several, a row is what was typed."""
    assert read(text) == expected


@pytest.mark.parametrize("blank", ["\n", " \n", ",\n", ", ,\t,\n", '"",""\n', '" ",\r\n'])
def test_a_row_without_a_visible_sign_is_blank(blank):
    """Rows of empty cells, as spreadsheets leave them below a list, are blank and not wrong."""
    assert read(f"{blank}Sara,Novin") == [[], WELL]


def test_a_row_with_too_many_cells_is_refused_with_both_counts():
    """It cannot be told apart from a shifted one; one with too few is left as it is."""
    short, long = csv_rows(LineReader(io.StringIO("Sara\na,b,c\n").read), ",", 2)

    assert short == ["Sara"]
    assert (str(long), long.code) == ("has 3 cells where the header has 2", "cell_count")


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('"Novin \\"T\\" Co","x"\n', ['Novin "T" Co', "x"]),
        ('"a", "b"\n', ["a", "b"]),
        ('"Novin \\"T", "x", "y"\n', "has a quotation mark"),
        ('"a", "b,c"\n', ["a", "b,c"]),
        ('"a", "b"x"\n', ["a", ' "b"x"']),
    ],
)
def test_quotation_marks_may_follow_other_rules(text, cells):
    """Some programs write a backslash before a mark in a cell, or a blank before the cell."""
    assert read(text) == [cells]


def test_blank_cells_beyond_the_header_are_dropped():
    """A delimiter too many at the end of a row does no harm."""
    assert read("Sara,Novin,, \n") == [WELL]


@pytest.mark.parametrize(
    "bad",
    [
        'Aram,"Faradis\n',
        '"Aram,Faradis\n',
        'Aram,"Fara"dis\n',
        '"Aram" ,Faradis\n',
    ],
)
@pytest.mark.parametrize("good", ["Sara,Novin\n", '"Sara","Novin"\n'])
def test_a_broken_quotation_mark_costs_its_own_line_only(bad, good):
    """The rows above and below an unclosed quotation mark arrive."""
    assert read(good + bad + good + good) == [WELL, QUOTES, WELL, WELL]


def test_a_note_of_several_lines_below_a_broken_row_arrives():
    """A neighbour of a broken row may itself run over several lines."""
    note = 'Ani,"line one\nline ""two"""\n'

    assert read(f'Aram,"Faradis\n{note}') == [QUOTES, ["Ani", 'line one\nline "two"']]


def test_an_open_mark_that_is_closed_by_chance_is_a_cell():
    """What is well-formed as a whole cannot be told from a note, though rows are lost in it."""
    text = 'Aram,"x\nSara,Novin\nAni,"\n'

    assert read(text) == [["Aram", "x\nSara,Novin\nAni,"]]


def test_a_ragged_row_of_several_lines_is_no_reason_to_lose_them():
    """A quotation mark that swallowed rows and closed by chance gives them back."""
    text = 'Aram,"Faradis\nSara,Novin\nAni,",Ararat"\n'

    assert read(text) == ["has 3 cells where", WELL, ["Ani", ",Ararat"]]


def test_the_rest_of_a_broken_note_is_not_taken_for_a_lead():
    """A line that was read as the inside of a note must be faultless to count as a row."""
    assert read('Aram,"met at\nstand 5",Tehran\n') == ["has 3 cells where", QUOTES]


def test_below_a_broken_note_a_stray_mark_counts_as_text_again():
    """Suspicion ends with the lines that were read in vain."""
    text = 'Aram,"x\nSara,Novin\nAni,"y"z\n5" pipe,Novin\n'

    assert read(text) == [QUOTES, WELL, QUOTES, ['5" pipe', "Novin"]]


def test_a_damaged_row_of_several_lines_is_refused_as_one():
    """Broken bytes inside a well-quoted note cost that one row."""
    assert read(f'Aram,"x\n{DAMAGE}"\nSara,Novin\n') == ["has bytes that mean", WELL]


@pytest.mark.parametrize(
    ("long", "problem"),
    [
        ("x" * LONGEST_LINE, "is longer than 1,048,576"),
        ('"' + "x" * LONGEST_LINE, "is longer than 1,048,576"),
        ("a," + "x" * (LONGEST_CELL + 1), "has a cell longer"),
        ('a,"' + "x" * (LONGEST_CELL + 1) + '"', QUOTES),
    ],
)
def test_a_row_beyond_measure_is_refused(long, problem):
    """A line or a cell longer than any lead could need is refused, and its neighbours stay."""
    assert read(f"Sara,Novin\n{long}\nSara,Novin\n") == [WELL, problem, WELL]


def test_a_cell_of_the_greatest_length_is_read():
    """The measure itself is still allowed, in a row that is longer than it."""
    assert read("a," + "x" * LONGEST_CELL) == [["a", "x" * LONGEST_CELL]]


def test_a_note_does_not_run_into_a_line_beyond_measure():
    """A quotation mark before an endless line is given up like one before the end of the file."""
    text = 'Aram,"x\n' + "y" * LONGEST_LINE + "\nSara,Novin\n"

    assert read(text) == [QUOTES, "is longer than 1,048,576", WELL]


def test_a_record_of_endless_lines_is_given_up():
    """No one record takes more of the file than a line may, though each cell has its measure."""
    typed = '"' + '\n","'.join(["x" * 100_000] * 12) + '"'

    assert read(typed, width=12)[0] == QUOTES


def test_a_file_that_only_opens_quotation_marks_is_read_in_linear_time():
    """When looking ahead was in vain too often, each open mark is refused at once."""
    hopeless = 'a","""\n' * 60_000

    assert set(read(hopeless)) == {QUOTES}
    assert len(read(hopeless)) == 60_000


def test_a_quoted_break_that_leaves_a_row_too_short_is_a_quotation_mark_left_open():
    """What stands behind it is read as rows of their own."""
    typed = '"x\ny",z\nSara,Novin,7\nAni,A,B\n'

    assert read(typed, width=3) == [QUOTES, QUOTES, ["Sara", "Novin", "7"], ["Ani", "A", "B"]]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_note_of_very_many_lines_is_one_cell(end):
    """A cell may have as many line ends as letters."""
    note = end * (LONGEST_CELL // len(end))

    assert read(f'Sara,"{note}"\nSara,Novin\n') == [["Sara", note], WELL]


def test_whose_end_is_not_looked_for_any_more_is_told():
    """A list that opens mark after mark and closes none is not read a thousand times."""
    broken = '"Sara,Novin\n' + "Sara,Novin\n" * 9_000
    found = csv_rows(LineReader(io.StringIO(broken * 60, newline="").read), ",", 2)

    codes = [row.code for row in found if isinstance(row, RowFault)]

    assert len(codes) == 60
    assert codes[0] == "open_quotation_mark"
    assert codes[-2] == "too_many_open_quotation_marks"
