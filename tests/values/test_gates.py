"""The gates of an event: what is let in."""

from __future__ import annotations

import pytest

from salesfunnel.errors import InvalidValue
from salesfunnel.values.gates import fields, name, note

GATES = {"name": name, "note": note}


@pytest.mark.parametrize("values", [{}, {"stage": "won"}, {"name": "A", "stage": "won"}, "name", 5])
def test_only_known_fields_are_let_in(values):
    """Nothing at all, a field without a gate, and what names no fields are refused alike."""
    with pytest.raises(InvalidValue, match=r"amend names no field.*; allowed: name, note$"):
        fields(values, GATES, "amend")


def test_each_value_passes_its_own_gate():
    """A blank note is a note, and a number is no name."""
    assert fields({"name": "Sara", "note": ""}, GATES, "amend") == {"name": "Sara", "note": ""}
    with pytest.raises(InvalidValue, match="name"):
        fields({"name": 5}, GATES, "amend")
