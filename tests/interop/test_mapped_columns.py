"""Which column holds which field, and what is remembered of its cells."""

from __future__ import annotations

from salesfunnel.interop.mapping import mapped_columns
from salesfunnel.interop.mapping.mapped_columns import MappedColumns
from salesfunnel.interop.mapping.mapping import load_mapping

PLAIN = load_mapping("salesfunnel")


def test_two_columns_may_hold_one_field():
    """Their places are kept in the order of the file; a column that is not known is told."""
    found = MappedColumns(("Email", "Weather", "Courriel"), PLAIN.lead)

    assert found.places == {"email": [(0, "Email"), (2, "Courriel")]}
    assert found.unread == ("Weather",)


def test_fields_that_begin_alike_are_found_together():
    """The answers of a file are the columns that hold answers."""
    columns = MappedColumns(("Need", "Name", "Besoin", "Budget"), PLAIN.lead)

    assert columns.answers == (("answers.budget", "budget"), ("answers.need", "need"))


def test_a_text_is_read_once_and_forgotten_in_time(monkeypatch):
    """Texts of one field are remembered, of another field read anew, and never too many kept."""
    monkeypatch.setattr(mapped_columns, "_MOST_REMEMBERED", 2)
    found, asked = MappedColumns(("Name",), PLAIN.lead), []

    def reader(text):
        asked.append(text)
        return text.upper() or None

    texts = [("date", "a"), ("date", "a"), ("stage", "a"), ("date", "b"), ("date", "a")]
    answers = [found.once(field, reader, text) for field, text in texts]

    assert answers == ["A", "A", "A", "B", "A"]
    assert asked == ["a", "a", "b", "a"]
    assert found.once("date", reader, "") is found.once("date", reader, "") is None
    assert asked == ["a", "a", "b", "a", ""]
