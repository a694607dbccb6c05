"""An event with a key can be withdrawn: it stays on the timeline, and the rest makes the noun."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.history import apply, as_of
from salesfunnel.leads import Lead
from tests.history.examples import DAY, MONDAY, TUESDAY, WEDNESDAY, without_timeline


@attrs.frozen(kw_only=True)
class Marked:
    """An event of one's own that adds a word, and can be withdrawn by its key."""

    at: datetime
    by: str = ""
    key: str = ""
    withdraws: str = ""
    word: str = ""

    def changes(self, before: Any) -> Mapping[str, Any]:
        """Add the word to the words of the source."""
        return {"source_words": before.source_words + self.word}


@attrs.frozen(kw_only=True)
class OurLead(Lead):
    """A kind of lead to which such an event can happen."""

    event_types = (*Lead.event_types, Marked)


BEGUN = OurLead.capture(company="Novin Tejarat", at=MONDAY)


def test_what_is_withdrawn_is_as_if_it_had_not_been():
    """The word is gone, both events stay, and the words of other events stand."""
    marked = apply(BEGUN, Marked(at=MONDAY, key="1", word="a"))
    marked = apply(marked, Marked(at=TUESDAY, key="2", word="b"))

    withdrawn = apply(marked, Marked(at=WEDNESDAY, withdraws="1", word="c"))

    assert (marked.source_words, withdrawn.source_words) == ("ab", "bc")
    assert withdrawn.version == 4
    assert OurLead.replay(withdrawn.timeline) == withdrawn
    assert as_of(withdrawn, at=TUESDAY) == marked


def test_what_happens_again_after_it_was_withdrawn_counts():
    """A key that is used anew stands for the later event as well."""
    marked = apply(BEGUN, Marked(at=MONDAY, key="1", word="a"))
    withdrawn = apply(marked, Marked(at=TUESDAY, withdraws="1"))

    again = apply(withdrawn, Marked(at=WEDNESDAY, key="1", word="b"))

    assert (withdrawn.source_words, again.source_words) == ("", "b")
    assert OurLead.replay(again.timeline) == again
    assert apply(again, Marked(at=WEDNESDAY, withdraws="1")).source_words == ""


def test_a_correction_takes_the_place_of_what_it_corrects():
    """An event that withdraws its own key counts itself, and can be corrected or withdrawn."""
    marked = apply(BEGUN, Marked(at=MONDAY, key="1", word="a"))

    corrected = apply(marked, Marked(at=TUESDAY, key="1", withdraws="1", word="b"))
    twice = apply(corrected, Marked(at=TUESDAY, key="1", withdraws="1", word="c"))

    assert (corrected.source_words, twice.source_words) == ("b", "c")
    assert OurLead.replay(twice.timeline) == twice
    assert apply(twice, Marked(at=WEDNESDAY, withdraws="1")).source_words == ""


def test_withdrawing_what_did_not_happen_changes_nothing():
    """No event has such a key, and events without a key cannot be withdrawn."""
    marked = apply(BEGUN, Marked(at=MONDAY, word="a"))

    assert apply(marked, Marked(at=MONDAY, withdraws="9")).source_words == "a"


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "1", "2"]), st.sampled_from(["", "", "1", "2"])), max_size=8
    )
)
def test_verb_and_replay_agree_on_what_is_withdrawn(marks):
    """One event after the other, or all at once: the lead is the same."""
    lead = BEGUN
    for place, (key, withdraws) in enumerate(marks):
        word = "abcdefgh"[place]
        lead = apply(lead, Marked(at=MONDAY + place * DAY, key=key, withdraws=withdraws, word=word))

    told = OurLead.replay(lead.timeline)

    assert told == lead
    assert without_timeline(told) == without_timeline(lead)
