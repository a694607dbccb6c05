"""What holds for every scorecard and every lead, whatever is known or unknown."""

from __future__ import annotations

import pickle
from types import SimpleNamespace

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesfunnel.qualification import BANT, Scorecard, Verdict
from salesfunnel.testing.policy_cases import cases, facts_of, nested
from salesfunnel.testing.policy_laws import LAWS
from tests.qualification.examples import MONDAY, scorecards


@st.composite
def judged(draw):
    """Draw a scorecard, and a case of facts on both sides of its limits."""
    card = draw(scorecards())
    return card, draw(cases(facts_of(card, at=MONDAY), build=nested, at=MONDAY))


@pytest.mark.parametrize("law", LAWS, ids=str)
@settings(max_examples=settings.default.max_examples // 3)
@given(judged())
def test_every_scorecard_keeps_the_law(law, drawn):
    """Whatever the criteria and the facts, the law holds."""
    card, case = drawn

    assert law.judge(card, case) == ""


@given(judged())
def test_together_the_criteria_find_what_each_finds_alone(drawn):
    """Judged together or one by one, the criteria find the same, in the order of the policy."""
    card, case = drawn

    alone = [c.find(case.after, at=MONDAY, recycle_after=card.recycle_after) for c in card.criteria]

    assert list(card.score(case.after, at=MONDAY).findings) == alone


@given(judged())
def test_a_row_and_an_object_are_judged_alike(drawn):
    """What stands in dictionaries and what stands in attributes is worth the same."""
    card, case = drawn
    known = dict(case.facts)
    row = nested(known)
    thing = SimpleNamespace(
        **{k: SimpleNamespace(**v) if isinstance(v, dict) else v for k, v in row.items()}
    )
    plain = attrs.evolve(
        card,
        criteria=[c for c in card.criteria if c.reads and c.reads != ("visits",)] or BANT.criteria,
        threshold=0,
    )

    assert plain.score(thing, at=MONDAY) == plain.score(row, at=MONDAY)


@given(judged())
def test_what_if_tells_what_would_be(drawn):
    """To suppose an answer gives the score that the answer itself would give."""
    card, case = drawn
    before, after = (card.assess(lead, at=MONDAY) for lead in (case.before, case.after))
    news = {
        f.criterion: f.answer if f.weight == 0 or f.answer is None else abs(f.points / f.weight)
        for f in after.findings
    }

    supposed = before.what_if(news)

    assert (supposed.floor, supposed.ceiling) == (after.floor, after.ceiling)


@given(judged())
def test_answering_every_question_decides(drawn):
    """Once all questions that it asked are answered with yes, there is a verdict."""
    card, case = drawn
    said = card.assess(case.before, at=MONDAY)

    answered = said.what_if({name: True for q in said.next_questions for name in q.settles})

    assert answered.verdict is not Verdict.UNDECIDED


@given(judged(), st.integers(1, 100))
def test_a_heavier_criterion_that_is_met_never_lowers_the_score(drawn, more):
    """Raising the weight of a yes by some points raises the floor, or leaves it."""
    card, case = drawn
    first, *others = card.criteria
    heavier = attrs.evolve(first, weight=first.weight + more)
    richer = Scorecard("richer", criteria=[heavier, *others], threshold=-1000)
    poorer = Scorecard("poorer", criteria=card.criteria, threshold=-1000)

    floors = [c.assess(case.after, at=MONDAY).floor for c in (poorer, richer)]

    assert floors == sorted(floors)


@given(judged())
def test_ceiling_and_groups_add_up(drawn):
    """Spreads make up the ceiling, and the groups together make up the whole."""
    card, case = drawn
    said = card.assess(case.after, at=MONDAY)

    groups = [said.within(group) for group in {f.group for f in said.findings}]

    assert said.ceiling == said.floor + sum(f.spread for f in said.findings)
    assert [sum(column) for column in zip(*groups, strict=True)] == [said.floor, said.ceiling]


@given(judged())
def test_an_assessment_survives_a_journey(drawn):
    """Sent to another process, an assessment still says the same."""
    card, case = drawn
    said = card.assess(nested({"answers.need": case.facts.get("answers.need")}), at=MONDAY)

    assert pickle.loads(pickle.dumps(said)) == said  # noqa: S301 - our own bytes


@given(st.booleans(), st.booleans())
def test_authority_is_never_essential(authority, known):
    """Need, budget and timing qualify, whatever is known of the authority."""
    answers = {"need": True, "budget": True, "timing": True}
    answers |= {"authority": authority} if known else {}

    assert BANT.verdict({"answers": answers}, at=MONDAY) is Verdict.QUALIFIED


@given(st.sets(st.sampled_from(["need", "budget", "timing"]), max_size=2))
def test_authority_alone_never_qualifies(met):
    """Not even together with two of the three musts does authority qualify."""
    answers = {"authority": True} | dict.fromkeys(met, True)

    assert BANT.verdict({"answers": answers}, at=MONDAY) is Verdict.UNDECIDED
