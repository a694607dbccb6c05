"""The sentences that a user may meet: one code each, every parameter used, in plain English."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from salesfunnel.errors import Text
from tests.architecture.texts import (
    GIVEN_ANYWAY,
    TEXTS,
    USES,
    inside,
    made_in_functions,
    placeholders,
)

CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
# What no modern sentence says. "is no lead" is "is not a lead".
STILTED = re.compile(
    r"\b(whatever|whoever|whichever|nobody|somebody|lest|reckon\w*|thereof|herein|per cent|"
    r"(?<!there )is no(?! longer)|(?<!there )are no|names what|of whom|nought|ought|shall|upon|"
    r"whence|thence|hence)\b"
)


def test_there_are_texts():
    """The collection is not empty, and neither are the places that say a text."""
    assert len(TEXTS) > 150
    assert len(USES) > 150


def test_a_code_stands_for_one_sentence():
    """No code has two templates or two remedies, so a translation is a table by code."""
    by_code = defaultdict(set)
    for text in TEXTS:
        by_code[text.code].add((text.template, text.remedy))

    assert {code: said for code, said in by_code.items() if len(said) > 1} == {}


def test_every_text_is_a_constant():
    """No function makes up a text of its own, which no translation could know."""
    assert made_in_functions() == []


def test_a_code_is_a_name():
    """Codes are lower case words with underscores, and none says that it has no name yet."""
    codes = {text.code for text in TEXTS}

    assert {code for code in codes if not CODE.fullmatch(code)} | codes & {"untold"} == set()


def test_a_sentence_is_plain_english():
    """No template and no remedy says what a colleague would not say; none ends in a full stop."""
    said = {sentence for text in TEXTS for sentence in (text.template, text.remedy)}

    assert {s for s in said if STILTED.search(s) or s.endswith((".", " "))} == set()


@pytest.mark.parametrize("stilted", ["it is no lead", "whatever it is", "there are no two; nobody"])
def test_a_stilted_sentence_is_found(stilted):
    """What a colleague would not say is found, and what one would say is not."""
    assert STILTED.search(stilted)
    assert not STILTED.search("there is no stage, and it is no longer open")


def test_a_sentence_gets_the_parameters_that_it_wants():
    """Where a text is said, its parameters are those of its template and its remedy."""
    mistaken = [
        (use.file, use.line, use.text.code)
        for use in USES
        for wanted in [placeholders(use.text) - GIVEN_ANYWAY]
        if not use.given <= wanted or (use.is_all and use.given != wanted)
    ]

    assert mistaken == []


def test_texts_in_tables_are_found():
    """A text is collected from a tuple and from a table as well."""
    text = Text("closed", "it is {stage}", "reopen it {when.day}")

    assert list(inside({"a": (text, "b")})) == [text]
    assert placeholders(text) == {"stage", "when"}
