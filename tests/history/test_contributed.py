"""What is known from elsewhere becomes an event of any noun, and can be withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import attrs
import pytest

from salesfunnel.accounts import Account
from salesfunnel.errors import InvalidHistory, InvalidValue, MoveRefused
from salesfunnel.history import Contributed, apply, as_of, contribute, withdraw_contribution
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.values import Answer, Company, Contribution, Money, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
MORE = Contribution({"details": {"hall": "7"}, "answers": {"budget": Answer(True)}})
NOUNS = {
    "lead": (Lead.capture(company="Novin", id="L1", at=MONDAY), MORE),
    "deal": (Opportunity.open(id="D1", at=MONDAY), MORE),
    "account": (
        Account.open(id="A1", company=Company("Novin"), at=MONDAY),
        Contribution({"details": {"hall": "7"}, "people": [Person("Sara Ahmadi")]}),
    ),
}
each_noun = pytest.mark.parametrize("noun", NOUNS)


@each_noun
def test_a_noun_is_completed_and_can_be_told(noun):
    """The event keeps all that was offered, and the noun is still the fold of its timeline."""
    before, more = NOUNS[noun]

    after = contribute(before, more, id="fair", at=FRIDAY, by="Ani")

    assert after.details == {"hall": "7"}
    assert after.timeline[-1] == Contributed(at=FRIDAY, by="Ani", id="fair", contribution=more)
    assert type(after).replay(after.timeline) == after
    assert as_of(after, at=MONDAY) == before


@each_noun
def test_a_withdrawn_contribution_leaves_nothing_behind(noun):
    """What another one brought as well stays; then nothing is left to withdraw."""
    before, more = NOUNS[noun]
    twice = contribute(contribute(before, more, id="a", at=MONDAY), more, id="b", at=MONDAY)

    once = withdraw_contribution(twice, "a", at=MONDAY, by="Ani")
    none = withdraw_contribution(once, "b", at=FRIDAY)

    assert (once.details, once.timeline[-1].by) == ({"hall": "7"}, "Ani")
    assert attrs.evolve(none, timeline=before.timeline) == before
    for id_ in ("a", "b", "c"):
        with pytest.raises(MoveRefused, match="nothing of that id was contributed"):
            withdraw_contribution(none, id_, at=FRIDAY)
    again = contribute(none, more, id="a", at=FRIDAY)
    assert withdraw_contribution(again, "a", at=FRIDAY).details == before.details


@each_noun
def test_each_contribution_has_an_id_without_being_given_one(noun):
    """Two that nobody named can be withdrawn apart from each other."""
    before, more = NOUNS[noun]
    twice = contribute(contribute(before, more, at=MONDAY), more, at=MONDAY)

    first, second = (event.key for event in twice.timeline[-2:])

    assert first != second
    assert withdraw_contribution(twice, first, at=MONDAY).details == {"hall": "7"}


@each_noun
def test_a_noun_takes_only_what_it_has(noun):
    """A value for which there is no field does not fit, and too early a time is refused."""
    before, more = NOUNS[noun]
    amount = Contribution({"amount": Money(1, "EUR"), "lead_ids": ["1"], "person": Person("Li")})

    with pytest.raises(InvalidValue, match=r"^contribution has .*, for which it has no field"):
        contribute(before, amount, at=MONDAY)
    with pytest.raises(InvalidHistory, match="Contributed, which does not fit"):
        apply(before, Contributed(at=MONDAY, id="7", contribution=amount))
    with pytest.raises(MoveRefused, match=r"^cannot contribute: the time lies before"):
        contribute(before, more, at=MONDAY - timedelta(days=1))
    with pytest.raises(InvalidValue, match="contribution is of the wrong kind"):
        contribute(before, {"details": {}}, at=MONDAY)
