"""Policies as JSON: written, read again, and refused where they come from a stranger."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import attrs
import pytest

from salesfunnel import qualification
from salesfunnel.errors import InvalidDefinition, WrongKind
from salesfunnel.qualification import (
    BANT,
    Criterion,
    Scorecard,
    policy_from_json,
    policy_to_json,
)
from salesfunnel.qualification.released import RELEASED_POLICIES, released_policy
from salesfunnel.rules import yes
from tests.qualification.examples import half_true

PRESETS = [
    getattr(qualification, name)
    for name in qualification.__all__
    if isinstance(getattr(qualification, name), Scorecard)
]
ONE = {"name": "need", "rule": ["eq", "answers.need", True], "weight": 1}


def document(**changed):
    """Write a small policy, spoilt in one place."""
    head = {"format": "salesfunnel.policy", "version": 1, "name": "ours", "threshold": 1}
    return json.dumps({**head, "criteria": [ONE], **changed})


def spoilt(**changed):
    """Write a small policy whose second criterion is spoilt."""
    return document(criteria=[ONE, {**ONE, "name": "other", **changed}])


@pytest.mark.parametrize("policy", PRESETS, ids=lambda policy: policy.name)
def test_every_framework_survives_json(policy):
    """What is written is read as the same, also in lines."""
    assert policy_from_json(policy_to_json(policy)) == policy
    assert policy_from_json(policy_to_json(policy, indent=2).encode()) == policy


def test_what_may_be_left_out_has_the_usual_value():
    """A short document is enough for a short policy."""
    short = Scorecard(
        "ours", criteria=[Criterion("need", yes("answers.need"), weight=1)], threshold=1
    )

    assert policy_from_json(document()) == short


@pytest.mark.parametrize("thing", [None, "BANT", BANT.criteria[0], Scorecard])
def test_only_a_scorecard_is_written(thing):
    """A policy of another make is code."""
    with pytest.raises(WrongKind, match="allowed: a Scorecard, such as BANT"):
        policy_to_json(thing)


def test_a_function_is_no_data():
    """A policy with a function works, but cannot be written."""
    card = BANT.with_criterion(Criterion("half", half_true, weight=1))

    with pytest.raises(InvalidDefinition, match=r"\$\.criteria\[4\]\.rule: asks a function"):
        policy_to_json(card)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is not JSON"),
        ("[]", r"\$\.format: must be"),
        (document(version=2), r"\$\.version: only version 1"),
        (document(colour="red"), "is not a known key"),
        (document(name=5), r"\$\.name: must be a text"),
        (document(threshold=None), r"\$\.threshold: must be a whole number"),
        (document(threshold=2), r"\$: no lead can qualify"),
        (document(policy_version=3), r"\$\.policy_version: must be a text"),
        (document(criteria={}), r"\$\.criteria: must be a list"),
        (document(criteria=[]), r"\$: a policy needs at least one criterion"),
        (document(criteria=[ONE] * 201), r"\$: a policy has at most 200 criteria"),
        (document(criteria=[ONE, ONE]), r"\$: two criteria have the same name"),
        (document(criteria=[5]), r"\$\.criteria\[0\]: must be an object"),
        (document(grades=[["A"]]), r"\$\.grades\[0\]: must be a list of 2"),
        (document(grades=[["A", 1.5]]), r"\$\.grades\[0\]\[1\]: must be a whole number"),
        (document(grades=5), r"\$\.grades: must be a list"),
        (document(grades=[["\u202eA", 1]]), r"\$\.grades\[0\]\[0\]: holds a control or direction"),
        (document(grades=[[" ", 1]]), r"\$: a grade needs a name of one line"),
        (document(name="\u202eA"), r"\$\.name: holds a control or direction character"),
        (document(recycle_after_seconds="x"), r"\$\.recycle_after_seconds: must be a number"),
        (document(recycle_after_seconds=0), r"\$: recycle_after must be a positive timedelta"),
        (spoilt(weight="1"), r"\$\.criteria\[1\]\.weight: must be a whole number"),
        (spoilt(weight=10**30), r"\$\.criteria\[1\]\.weight: must be a whole number"),
        (spoilt(required=1), r"\$\.criteria\[1\]\.required: must be true or false"),
        (spoilt(question=[]), r"\$\.criteria\[1\]\.question: must be a text"),
        (spoilt(name=None), r"\$\.criteria\[1\]\.name: must be a text"),
        (spoilt(half_life_seconds="x"), r"\$\.criteria\[1\]\.half_life_seconds: must be a number"),
        (spoilt(half_life_seconds=10**12), r"half_life_seconds: must be a number"),
        (spoilt(half_life_seconds=0), r"\$\.criteria\[1\]: the half-life must be a positive"),
        (spoilt(rule=["matches", "a", "b"]), r"\$\.criteria\[1\]\.rule: unknown operator"),
        (spoilt(rule=["answered", "__class__"]), r"\$\.criteria\[1\]\.rule: the path"),
        (spoilt(rule={}), r"\$\.criteria\[1\]\.rule: a rule is a list"),
        (spoilt(weight=float("nan")), r"\$\.criteria\[1\]\.weight: NaN and Infinity"),
        (spoilt(weight=float("inf")), "NaN and Infinity"),
    ],
)
def test_a_mistake_is_named_with_its_place(text, problem):
    """Whoever wrote the document finds the place at once."""
    with pytest.raises(InvalidDefinition, match=problem):
        policy_from_json(text)


def test_several_mistakes_are_told_together():
    """A document is mended at one go, and no one reads a thousand complaints."""
    with pytest.raises(InvalidDefinition) as caught:
        policy_from_json(document(criteria=[{**ONE, "weight": "x"}] * 30))

    assert len(caught.value.problems) == 20
    assert caught.value.problems[19].where == "$.criteria[19].weight"


@pytest.mark.parametrize(
    "text",
    [
        document(criteria=[])[:-2] + "[" * 10_000,
        document(criteria=[])[:-2] + "[" * 10_000 + "]" * 10_001 + "}",
        document(criteria=[ONE] * 100_000),
        document(threshold=1).replace('"threshold": 1', '"threshold": ' + "9" * 500_000),
        document(name="x" * 900_000),
    ],
    ids=["deep", "deep and closed", "wide", "huge number", "long name"],
)
def test_a_hostile_document_is_refused_at_once(text):
    """Depth, width, numbers and texts are looked at before any work is done."""
    start = time.process_time()

    with pytest.raises(InvalidDefinition):
        policy_from_json(text)

    assert time.process_time() - start < 0.5


def test_a_fingerprint_changes_with_all_that_decides():
    """Two scorecards have one fingerprint only if they judge alike."""
    first = BANT.criteria[0]
    others = [
        BANT,
        BANT.with_threshold(79),
        BANT.with_grades({"A": 80}),
        attrs.evolve(BANT, recycle_after=timedelta(days=30)),
        BANT.with_criterion(attrs.evolve(first, weight=31)),
        BANT.with_criterion(attrs.evolve(first, rule=yes("answers.pain"))),
        BANT.with_criterion(attrs.evolve(first, required=False)),
        BANT.with_criterion(attrs.evolve(first, deferrable=True)),
        BANT.with_criterion(attrs.evolve(first, half_life=timedelta(days=30))),
    ]

    assert len({policy.fingerprint for policy in others}) == len(others)


@pytest.mark.parametrize(
    "same",
    [
        BANT.renamed("BANT à nous", version="2"),
        BANT.with_questions({"need": "De quoi avez-vous besoin ?"}),
        BANT.with_criterion(attrs.evolve(BANT.criteria[0], cost=2, group="fit")),
        attrs.evolve(BANT, criteria=BANT.criteria[::-1]),
        policy_from_json(policy_to_json(BANT)),
    ],
)
def test_a_translation_leaves_the_fingerprint_alone(same):
    """Names, questions, costs, groups and the order decide nothing."""
    assert same.fingerprint == BANT.fingerprint


def test_a_function_has_no_fingerprint():
    """What is no data cannot be named by its content."""
    card = BANT.with_criterion(Criterion("half", half_true, weight=1))

    with pytest.raises(InvalidDefinition, match="half asks a function or an object, which has no"):
        _ = card.fingerprint


# Held for ever: a built-in policy that changes gets a new version, and a line of its own here.
RELEASED = {
    ("ANUM", "1"): "a60d1715b95b63ab",
    ("Asked for a quote", "1"): "245efaa24dcaafd0",
    ("BANT", "1"): "645d0d10a3bead26",
    ("Budget approved", "1"): "0453ce9b06831621",
    ("CHAMP", "1"): "24a1a52293279af3",
    ("FAINT", "1"): "d4f7a343186d6013",
    ("GPCTBA/C&I", "1"): "f5563933e10f0805",
    ("MEDDIC", "1"): "1d0a071baa8d1d5a",
    ("MEDDPICC", "1"): "9e26e4271cd8a4d3",
    ("NEAT", "1"): "95f13f7b2aaca4d8",
    ("ideal customer of a vendor for small firms", "1"): "72987ece3a5e93b3",
    ("questions to a lead", "1"): "12bd290952569671",
    ("questions to an opportunity", "1"): "ff4bb224f475605a",
}


def test_released_policies_resolve_for_ever():
    """The list holds each built-in policy by name and version, and only grows."""
    held = {key: known.fingerprint for key, known in RELEASED_POLICIES.items()}

    assert held == RELEASED
    assert all(released_policy(name) is not None for name in RELEASED.values())
    assert len(set(RELEASED.values())) == len(RELEASED)
    assert released_policy("0" * 16) is None


def test_each_field_of_a_policy_decides_or_is_a_word():
    """A field that is new must be said to be one or the other, or this test fails."""
    words = {"name", "question", "cost", "group", "version", "facts"}
    decides = {"rule", "weight", "required", "deferrable", "half_life"}
    decides |= {"criteria", "threshold", "grades", "recycle_after"}
    known = {f.name for kind in (Criterion, Scorecard) for f in attrs.fields(kind) if f.init}

    assert known == words | decides
