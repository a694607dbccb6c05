"""All that is refused on the way through the funnel says a sentence that is in the list."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import testing
from salesfunnel.errors import Objection, Refusal
from tests.architecture.texts import TEXTS, placeholders

# Sentences that the host has written: of guards, and of what a pipeline of its own asks for.
OF_THE_HOST = "guard"


def check(objection: Objection) -> None:
    """Hold one objection to its template and to the list of all texts."""
    text, params = objection.text, objection.params

    assert objection.message == text.template.format(**params)
    assert objection.remedy == text.remedy.format(**params)
    assert placeholders(text) <= set(params) <= placeholders(text) | {"guard", "need", "trigger"}
    assert text in TEXTS or text.code == OF_THE_HOST
    assert "{" not in objection.message


def check_all(refusal: Refusal) -> None:
    """Hold a refusal, and each of its objections, to what they are made of."""
    for objection in refusal.objections:
        check(objection)
        assert objection.message in refusal.message
        assert objection.remedy in refusal.message
    assert refusal.code == refusal.objections[0].code


@given(testing.leads() | testing.opportunities(), st.sampled_from([-1, 0, 1]))
def test_every_no_says_a_sentence_of_the_list(noun, days):
    """Wherever a lead or a deal stands, and at any time, each no is a template filled in."""
    at = noun.timeline[-1].at + timedelta(days=days)

    for way in noun.ways(at=at):
        verdict = noun.decide(way.trigger, at=at)
        if not verdict:
            check_all(verdict)


@given(testing.leads() | testing.opportunities())
def test_a_misspelt_trigger_is_told_what_was_meant(noun):
    """A trigger with a letter missing is unknown, and the remedy names the right one."""
    at = noun.timeline[-1].at
    for move in noun.pipeline.moves:
        verdict = noun.decide(move.trigger[:-1], at=at)

        assert not verdict
        assert move.trigger in str(verdict)
        check_all(verdict)


def test_a_count_fits_one_as_well_as_many():
    """No sentence begins with how many there are, since "1 rows" is what it would come to."""
    assert not [text.code for text in TEXTS if text.template.startswith("{count")]
