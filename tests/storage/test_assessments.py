"""What a policy said is stored with its evidence, and with what went wrong while it judged."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import given

from salesfunnel import testing
from salesfunnel.errors import InvalidDocument, Problem, Text
from salesfunnel.qualification import BANT, IDEAL_CUSTOMER, Assessment, Criterion, Finding
from salesfunnel.storage import from_data, to_data
from salesfunnel.values import Answer, Bucket, Company, ContactPoint, FrozenMap, Money, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ASSESSMENT = BANT.assess({"answers": {"need": True, "budget": "much"}, "id": "7"}, at=MONDAY)


def again(assessment):
    """Store an assessment and read it again."""
    return from_data(to_data(assessment), kind=Assessment)


@given(testing.leads())
def test_any_assessment_is_read_again(lead):
    """Score, verdict, findings, questions and evidence."""
    for policy in (BANT, IDEAL_CUSTOMER):
        assessment = policy.assess(lead, at=MONDAY)
        found = again(assessment)
        assert found == assessment
        assert str(found.explain()) == str(assessment.explain())


@pytest.mark.parametrize(
    "fact",
    [
        *(True, 7, "words", 0.5, 1e300, Money(9, "EUR"), MONDAY, MONDAY.date(), ("IR", "AM"), ()),
        *(Answer(True, note="x"), Bucket(51, None), Company("Novin"), Person("Sara")),
        *(ContactPoint("fax", "021"), (Answer(1), ("a", 0.25))),
    ],
    ids=str,
)
def test_evidence_keeps_its_type(fact):
    """Whatever a rule can read."""
    told = attrs.evolve(ASSESSMENT, evidence=FrozenMap({"fact": fact}))

    found = again(told).evidence["fact"]

    assert (type(found), found) == (type(fact), fact)


@pytest.mark.parametrize("fact", ["inf", "NaN", "x", "1" * 40, 5, None])
def test_a_float_that_is_none_is_refused(fact):
    """A number that was kept as a float is a finite one."""
    data = to_data(ASSESSMENT)
    data["evidence"] = {"fact": {"float": fact}}

    with pytest.raises(InvalidDocument, match=r"\$\.evidence\.fact: must be a finite number"):
        from_data(data)


def scorer(lead, at):
    """Fail, as scorers of others do."""
    raise LookupError(lead, at)


def test_what_went_wrong_is_read_as_it_was():
    """Our own sentences come back with their code, template and parameters."""
    card = BANT.with_criterion(Criterion("odd", scorer, weight=1))

    assessment = card.assess({"answers": {"need": 5}}, at=MONDAY)

    assert [p.code for p in assessment.problems] == ["wrong_kind_of_fact", "scorer_raised"]
    assert again(assessment).problems == assessment.problems


def finding(problem):
    """Make an assessment of one finding that has a problem."""
    odd = Finding("odd", None, points=0, weight=1, problem=problem)
    return attrs.evolve(ASSESSMENT, findings=(odd,), next_questions=None)


def test_a_sentence_of_others_says_what_it_said():
    """A scorer may give a problem of its own; its words are kept, braces and all."""
    own = Problem(Text("own", "{n} {{of}} {when}", "ask {who}"), {"n": 5, "when": [1], "who": "A"})

    (found,) = again(finding(own)).problems

    assert (found.code, found.message, str(found)) == ("own", "5 {of} [1]", str(own))
    assert again(again(finding(own))) == again(finding(own))


@pytest.mark.parametrize("params", [{}, {"found": "str"}, {"found": "x", "allowed": "y"}])
def test_a_sentence_of_ours_that_was_changed_is_taken_by_the_word(params):
    """Parameters that do not fit never make it fail later."""
    data = to_data(finding(Text("scorer_wrong_kind", "the scorer returned str").problem()))
    data["findings"][0]["problem"]["params"] = params

    (found,) = from_data(data).problems

    assert str(found) == "the scorer returned str"
