"""The laws of appending: twice is once, one of two editors, and what is torn heals."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue, StaleVersion
from salesfunnel.leads import Lead
from salesfunnel.storage import news, to_data, unsaved
from salesfunnel.testing import accounts, leads, opportunities

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
nouns = leads() | opportunities() | accounts()


def stored(noun, beginning, end):
    """Write the events from one number to another as a database keeps them."""
    return [to_data(event) for event in noun.timeline[beginning:end]]


@given(nouns, st.data())
def test_the_news_follow_on_what_is_known(noun, data):
    """Numbers go on where the known version ends, and the last one is the version less one."""
    known = data.draw(st.integers(0, noun.version))

    told = news(known, noun)

    assert [one.number for one in told] == list(range(known, noun.version))
    assert tuple(one.event for one in told) == noun.timeline[known:]
    assert all(one.as_data()["event"]["event"] == one.name for one in told)


@given(nouns, st.data())
def test_append_twice_is_once(noun, data):
    """The same append after a lost answer finds everything there, also if more has come since."""
    known = data.draw(st.integers(0, noun.version))
    earlier = type(noun).replay(noun.timeline[: data.draw(st.integers(1, noun.version))])
    assume(known <= earlier.version)

    assert unsaved(known, noun, stored(noun, known, None)) == ()
    assert unsaved(known, earlier, stored(noun, known, None)) == ()


@given(nouns, st.data())
def test_torn_write_heals(noun, data):
    """After a crash between two events, the next save stores what is missing, and no more."""
    known = data.draw(st.integers(0, noun.version))
    torn = data.draw(st.integers(known, noun.version))

    missing = unsaved(known, noun, stored(noun, known, torn))

    assert missing == news(torn, noun)


@given(nouns, st.sampled_from(["Ani", "Reza"]), st.integers(0, 3))
def test_one_of_two_editors(noun, first, back):
    """Of two who changed the same version, the second is told so and by how much they differ."""
    known, at = noun.version, noun.timeline[-1].at
    mine = noun.assign("Sara", at=at)
    theirs = noun.assign(first, at=at).assign("", at=at)
    read = max(0, known - back)

    with pytest.raises(StaleVersion) as stale:
        unsaved(read, mine, stored(theirs, read, None))

    assert (stale.value.expected, stale.value.found) == (known, known + 2)


def test_a_version_that_was_never_reached_is_refused():
    """Nothing is left out because a version was mistaken."""
    with pytest.raises(StaleVersion, match="expected version 2, found 1"):
        news(2, Lead.capture(id="7", at=MONDAY))


def test_a_version_is_a_number_that_can_be():
    """The text of a form, or a number below nothing, is refused."""
    lead = Lead.capture(id="7", at=MONDAY)

    for version in ("1", -1, None):
        with pytest.raises(InvalidValue):
            news(version, lead)
