"""Every text of an event says whether it is personal, so that erasing finds all of them."""

from __future__ import annotations

import re
import typing

import attrs

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
TEXTS = {
    f"{kind.__name__}.{field.name}": field
    for kind in EVENTS
    for field in attrs.fields(kind)
    if re.search(r"\bstr\b", str(field.type))
}


def test_a_text_says_whether_it_is_personal():
    """``metadata={"personal": …}`` stands on each field that holds a text, or texts by name."""
    silent = {n for n, field in TEXTS.items() if type(field.metadata.get("personal")) is not bool}

    assert silent == set()


def test_a_personal_text_is_not_shown():
    """What may tell of a person is in no representation, unless it hides its values itself."""
    shown = {
        name
        for name, field in TEXTS.items()
        if field.metadata["personal"]
        and field.repr is not False
        and "FrozenMap" not in str(field.type)
    }

    assert shown == set()


def test_there_are_texts_to_look_at():
    """Notes are personal, and ids are not."""
    assert TEXTS["ActivityLogged.note"].metadata["personal"] is True
    assert TEXTS["LeadCaptured.id"].metadata["personal"] is False
