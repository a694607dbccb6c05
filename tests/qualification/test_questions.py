"""Questions: which one to ask next."""

from __future__ import annotations

import attrs
import pytest

from salesfunnel.errors import InvalidDefinition, WrongKind
from salesfunnel.qualification import (
    BANT,
    Criterion,
    Scorecard,
    policy_from_json,
    policy_to_json,
)
from salesfunnel.rules import yes
from tests.qualification.examples import MONDAY


def asked(row, *criteria, threshold):
    """List the names of the questions in their order."""
    card = Scorecard("ours", criteria=criteria, threshold=threshold)
    return [q.criterion for q in card.assess(row, at=MONDAY).next_questions]


def criterion(name, weight=0, **more):
    """Make a criterion about the fact of its name."""
    return Criterion(name, yes(name), weight=weight, **more)


def test_a_must_is_asked_first():
    """A no to a must ends the talk."""
    assert asked({}, criterion("wish", 50), criterion("need", 50, required=True), threshold=60) == [
        "need",
        "wish",
    ]


def test_even_a_light_must_comes_before_a_heavy_wish():
    """Its points hardly matter, but its no does."""
    wishes = (criterion("wish", 50), criterion("other", 50))

    assert asked({}, *wishes, criterion("need", 1, required=True), threshold=50)[0] == "need"


def test_the_weightier_is_asked_first():
    """It brings the verdict nearer."""
    assert asked({}, criterion("a", 10), criterion("b", 30), criterion("c", -20), threshold=20) == [
        "b",
        "c",
        "a",
    ]


def test_the_dearer_is_asked_later():
    """A question that costs five times the trouble waits."""
    assert asked({}, criterion("a", 40, cost=5), criterion("b", 30), threshold=60) == ["b", "a"]


def test_of_two_equal_musts_the_weightier_is_asked_first():
    """Where each alone may end the talk either way, the points decide."""
    musts = (criterion("a", 50, required=True), criterion("b", 60, required=True))

    assert asked({}, *musts, threshold=10) == ["b", "a"]


def test_more_points_than_are_missing_are_worth_no_more():
    """Ten points are missing, so that a hundred do not make up for three times the trouble."""
    assert asked({}, criterion("a", 100, cost=3), criterion("b", 10), threshold=10) == ["b", "a"]


def test_a_shared_question_is_as_dear_as_the_dearest():
    """Whoever must go to some trouble for one half of the answer waits with both."""
    shared = (criterion("a", 20, question="Both?"), criterion("b", 20, question="Both?", cost=5))

    assert asked({}, *shared, criterion("c", 30), threshold=60) == ["c", "a"]


def test_what_cannot_change_the_verdict_is_not_asked():
    """Once the score suffices, only musts are open, and what is worth nothing is never asked."""
    criteria = (
        criterion("a", 40),
        criterion("b", 30),
        criterion("m", required=True),
        criterion("z"),
    )

    assert asked({"a": True}, *criteria, threshold=40) == ["m"]


def test_equals_are_asked_in_the_order_of_the_form():
    """Where nothing else decides, the author of the policy does."""
    assert asked({}, *(criterion(name, 10) for name in "dacb"), threshold=20) == list("dacb")


def test_a_shared_question_is_asked_once():
    """Two criteria on one fact are settled by one question, at the higher cost of the two."""
    card = Scorecard(
        "ours",
        criteria=[
            criterion("a", 10, question="How many?"),
            criterion("b", 15),
            criterion("c", 10, question="How many?", cost=2),
        ],
        threshold=20,
    )

    first, second = sorted(card.assess({}, at=MONDAY).next_questions, key=lambda q: q.cost)

    assert (str(first), first.settles) == ("Is this so: b?", ("b",))
    assert (str(second), second.settles, second.cost) == ("How many?", ("a", "c"), 2)


def test_the_next_question_of_the_readme():
    """Need and budget are known, so timing settles it."""
    said = BANT.assess({"answers": {"need": True, "budget": True}}, at=MONDAY)

    assert str(said.next_questions[0]) == "When do you plan to have it running?"


WORDS = ("کدام مشکل را می‌خواهید حل کنید؟", "Ո՞ր խնդիրը պետք է լուծի", "Quel problème\u202f?", "")


@pytest.mark.parametrize("words", WORDS)
def test_a_framework_asks_in_other_words(words):
    """Only the words change: not what is judged, not its order, not the other questions."""
    ours = BANT.with_questions({"need": words})

    assert ours.criteria[0].question == words
    assert ours.with_questions({"need": BANT.criteria[0].question}) == BANT
    assert policy_from_json(policy_to_json(ours)) == ours


def test_only_what_is_asked_can_be_reworded():
    """A misspelt name would leave one question in the old words."""
    with pytest.raises(InvalidDefinition, match=r"no criterion budgte \(did you mean budget\?\)"):
        BANT.with_questions({"budgte": "Combien ?"})


@pytest.mark.parametrize("questions", [[("need", "Quoi ?")], None])
def test_questions_are_given_by_the_name_of_their_criterion(questions):
    """A list does not say which question it rewords."""
    with pytest.raises(WrongKind, match="allowed: texts by the name of a criterion"):
        BANT.with_questions(questions)


def test_no_words_at_all_change_nothing():
    """Whoever has no other words keeps the scorecard, whatever class it is of."""

    @attrs.frozen
    class Ours(Scorecard):
        pass

    ours = Ours("ours", criteria=BANT.criteria, threshold=80)

    assert ours.with_questions({}) == ours
