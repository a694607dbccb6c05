"""Every text of an event says whether it is personal, so that erasing finds all of them."""

from __future__ import annotations

import re
import typing

import attrs
import pytest

from salesfunnel.accounts import AccountEvent
from salesfunnel.leads import LeadEvent
from salesfunnel.opportunities import OpportunityEvent

EVENTS = sorted(
    {
        kind
        for union in (LeadEvent, OpportunityEvent, AccountEvent)
        for kind in typing.get_args(union)
    },
    key=lambda kind: kind.__name__,
)
TEXTS = [
    (kind, field)
    for kind in EVENTS
    for field in attrs.fields(kind)
    if re.search(r"\bstr\b", str(field.type))
]
each_text = pytest.mark.parametrize(
    "field", [field for _, field in TEXTS], ids=[f"{kind.__name__}.{f.name}" for kind, f in TEXTS]
)


@each_text
def test_a_text_says_whether_it_is_personal(field):
    """``metadata={"personal": …}`` stands on each field that holds a text, or texts by name."""
    assert type(field.metadata.get("personal")) is bool


@each_text
def test_a_personal_text_is_not_shown(field):
    """What may tell of a person is in no representation, unless it hides its values itself."""
    shows_itself = field.repr is not False and "FrozenMap" not in str(field.type)

    assert not (field.metadata["personal"] and shows_itself)


def test_there_are_texts_to_look_at():
    """Notes are personal, and ids are not."""
    found = {(kind.__name__, field.name): field.metadata["personal"] for kind, field in TEXTS}

    assert found["ActivityLogged", "note"] is True
    assert found["LeadCaptured", "id"] is False
