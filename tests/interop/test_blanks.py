"""What is written into a cell in which nothing is chosen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.cells import blanks as blanks_file
from salesfunnel.interop.cells.blanks import BLANKS, Blanks, bare
from salesfunnel.interop.cells.plain_cells import are_all_plain

OWN = ["tbd", "?", "straße", "ohne angabe"]
DASHES = st.text("-–— ", max_size=3)


@given(
    before=DASHES,
    word=st.sampled_from(sorted([*BLANKS, *OWN])) | st.text(max_size=3),
    behind=DASHES,
    change=st.sampled_from([str.upper, str.title, str.casefold, str.swapcase]),
)
def test_no_blank_begins_otherwise(before, word, behind, change):
    """A look at two letters never takes a blank for a text that says something."""
    blanks, text = Blanks(OWN), f"{before}{change(word)}{behind}".strip()

    assert text not in blanks or blanks.may_begin[text[:2]]


def test_words_of_ones_own_are_added():
    """They count as those that are known do, with dashes around and in any case."""
    blanks = Blanks(map(bare, ["--TBD--", "Straße"]))

    assert [
        text for text in ("tbd", "-Tbd", "STRASSE", "ßtra", "N/A", "Sara") if text in blanks
    ] == [*("tbd", "-Tbd", "STRASSE", "N/A")]


def test_not_too_much_is_remembered_of_beginnings(monkeypatch):
    """However many texts are looked at, few beginnings are kept, and each is told rightly."""
    monkeypatch.setattr(blanks_file, "_MOST_HEADS", 2)
    blanks = Blanks()

    told = [blanks.may_begin[head] for head in ("No", "Sa", "xy", "No", "")]

    assert told == [True, False, False, True, True]
    assert len(blanks.may_begin) <= 2


def test_a_long_text_is_not_plain_for_sure():
    """It is looked at by itself, as one that a reader may tell otherwise."""
    assert are_all_plain(["a" * 400], Blanks())
    assert not are_all_plain(["a" * 401], Blanks())
