"""The lines of a list, with a way to take some of them back."""

from __future__ import annotations

import io

import pytest

from salesfunnel.interop.inputs.csv_rows import LONGEST_LINE, LineReader


def lines_of(text):
    """Read lines from a text as from a file, its line ends untouched."""
    return LineReader(io.StringIO(text, newline="").readline)


def test_lines_put_back_come_next_in_their_order():
    """What was read in vain is read again before anything else."""
    lines = lines_of("a\nb\nc\nd\n")
    first, *others = [next(lines) for _ in range(3)]
    lines.put_back(others)

    assert [first, *lines] == ["a\n", "b\n", "c\n", "d\n"]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("extra", [-3, -2, -1, 0, 1, LONGEST_LINE - 1, LONGEST_LINE, 10**7])
def test_a_long_line_is_cut_and_the_next_one_is_whole(end, extra):
    """A line beyond all measure is kept in part, and costs its neighbours nothing."""
    content = "x" * (LONGEST_LINE + extra) + end

    first, *others = lines_of(f"{content}Sara{end}{end}Aram")

    assert first == content[:LONGEST_LINE]
    assert others == [f"Sara{end}", end, "Aram"]


def test_a_long_line_at_the_end_of_the_file_is_cut():
    """The last line needs no end of its own."""
    assert list(lines_of("x" * 2 * LONGEST_LINE)) == ["x" * LONGEST_LINE]
