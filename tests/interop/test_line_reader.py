"""The lines of a list, with a way to take some of them back."""

from __future__ import annotations

import io
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.inputs import line_reader
from salesfunnel.interop.inputs.input_file import MARK_DAMAGE
from salesfunnel.interop.inputs.line_reader import LONGEST_LINE, FileLines, LineReader


def lines_of(text):
    """Read lines from a text as from a file, its line ends untouched."""
    return LineReader(io.StringIO(text, newline="").read)


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


PIECES = (
    "Sara",
    "سارا",
    "Zoé,",
    "می\u200cخواهد",
    "\n",
    "\r",
    "\r\n",
    "\x85",
    "\u2028",
    "😀",
    "\ufeff",
)
BROKEN = (b"\xff", b"\xd8", b"\xf0\x9f", b"\0")
ENCODINGS = ("utf-8", "utf-16-le", "utf-32-be", "cp1256", "shift_jis")


def encoded(pieces, encoding):
    """Write texts in an encoding, as far as it has their letters, and bytes as they are."""
    return b"".join(
        piece if isinstance(piece, bytes) else piece.encode(encoding, "ignore") for piece in pieces
    )


@given(
    pieces=st.lists(st.sampled_from((*PIECES, *BROKEN)), max_size=20),
    encoding=st.sampled_from(ENCODINGS),
    block=st.integers(1, 30),
)
def test_blocks_make_the_lines_of_python(pieces, encoding, block):
    """Wherever a block ends, the lines, their ends and the marked bytes are those of `io`."""
    written = encoded(pieces, encoding)
    slow = io.TextIOWrapper(io.BytesIO(written), encoding, MARK_DAMAGE, newline="")
    first, *others = slow.readlines() or [""]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_reader, "_BLOCK", block)
        found = list(FileLines(io.BytesIO(written), encoding))

    assert found == [first.lstrip("\ufeff"), *others]


@given(
    pieces=st.lists(st.sampled_from((*PIECES, *BROKEN)), max_size=20),
    block=st.integers(1, 30),
)
def test_lines_are_sound_until_a_byte_means_nothing(pieces, block):
    """No line that holds a mark is ever handed out as sound, and sound files stay so."""
    written = encoded(pieces, "utf-8")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_reader, "_BLOCK", block)
        lines = FileLines(io.BytesIO(written), "utf-8")
        for line in lines:
            assert not (lines.is_sound and "\ud800" in line)

    try:
        written.decode()
    except UnicodeDecodeError:
        assert not lines.is_sound
    else:
        assert lines.is_sound


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("above", ["", "Aram\r", "Aram\n"])
def test_a_long_line_of_many_blocks_is_cut(end, above):
    """Wherever the blocks end, be it at or within the end of the line, the next one is whole."""
    for extra, block in product((-2, -1, 0, 1, 50), (7, 1_005, 1_006, 1_007, 1_055, 2**15)):
        content = "x" * (1_000 + extra) + end
        text = io.StringIO(f"{above}{content}Sara\rAni", newline="")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(line_reader, "LONGEST_LINE", 1_000)
            found = list(LineReader(lambda text=text, block=block: text.read(block)))

        assert found == [*filter(None, [above]), content[:1_000], "Sara\r", "Ani"]


def test_sound_lines_are_of_utf_8_alone():
    """Of a code page each line is looked at."""
    assert not FileLines(io.BytesIO(b"Sara"), "cp1256").is_sound
