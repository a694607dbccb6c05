"""Answers on a lead or a deal: said at one time, entered at another, and the last one stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from salesfunnel.errors import InvalidValue
from salesfunnel.history import as_of
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.values import Answer

MONDAY, TUESDAY, WEDNESDAY = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 3, 4))
NOUNS = [Lead.capture(company="Novin", at=MONDAY), Opportunity.open(id="7", at=MONDAY)]
each_noun = pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: type(noun).__name__)


@each_noun
def test_an_answer_of_tuesday_is_entered_on_wednesday(noun):
    """It was said on Tuesday, and on Tuesday no one knew."""
    told = noun.answer("budget", True, when=TUESDAY, at=WEDNESDAY)

    assert told.answers["budget"] == Answer(True, at=TUESDAY)
    assert as_of(told, at=TUESDAY) == noun


@each_noun
def test_an_answer_that_arrives_late_does_not_supersede_a_later_one(noun):
    """Both stay on the timeline, and the one that was said last stands."""
    told = noun.answer("budget", False, at=TUESDAY)

    late = told.answer({"budget": True, "need": True}, when=MONDAY, at=WEDNESDAY)

    assert late.answers["budget"].value is False
    assert late.answers["need"] == Answer(True, at=MONDAY)
    assert late.version == told.version + 2
    assert type(noun).replay(late.timeline) == late


@each_noun
def test_of_two_answers_of_one_moment_the_one_entered_later_stands(noun):
    """Saying it again puts it right."""
    told = noun.answer("budget", False, at=TUESDAY).answer("budget", True, at=TUESDAY)

    assert told.answers["budget"].value is True


@each_noun
def test_what_was_not_said_yet_cannot_be_entered(noun):
    """An answer of tomorrow is none."""
    with pytest.raises(InvalidValue, match="when lies after the time of entering"):
        noun.answer("budget", True, when=TUESDAY, at=TUESDAY - timedelta(seconds=1))
