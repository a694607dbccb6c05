"""Pipelines as JSON."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidDefinition, WrongKind
from salesfunnel.pipeline import (
    DYNAMICS,
    FIVE_STAGES,
    HUBSPOT,
    LEAD_PIPELINE,
    ODOO,
    OPPORTUNITY_PIPELINE,
    SALESFORCE,
    SUITECRM,
    VTIGER,
    Destination,
    Guard,
    Move,
    Pipeline,
    Stage,
    pipeline_from_json,
    pipeline_to_json,
    requires,
)
from salesfunnel.rules import field, yes

PRESETS = [LEAD_PIPELINE, OPPORTUNITY_PIPELINE, FIVE_STAGES, VTIGER, SUITECRM, SALESFORCE]
PRESETS += [DYNAMICS, HUBSPOT, ODOO]


SIGNED = Guard("signed", lambda deal, _at: deal.signed)
RICH = Pipeline(
    "قیف فروش",
    stages=[
        Stage("نمایش", label="Démo", probability="0.25", limit=timedelta(days=14)),
        Stage("offer", limit=timedelta(microseconds=1_500_001), requires=["amount", "need"]),
        Stage("won", kind="won", entry=[SIGNED, field("amount") >= 1000]),
    ],
    moves=[
        Move("propose", "نمایش", "offer"),
        Move("call", ("نمایش", "offer"), Destination.STAYS),
        Move("win", "offer", "won", guards=requires(yes("paid"), "it is not paid"), needs="bill"),
        Move("reopen", "won", Destination.LAST_OPEN, reopening=True),
    ],
    version="2026.1",
)


def changed(**changes):
    """Write a small pipeline as JSON, with something changed."""
    stages = [{"name": "a"}, {"name": "b", "kind": "won"}]
    moves = [{"trigger": "win", "sources": ["a"], "destination": "b"}]
    head = {"format": "salesfunnel.pipeline", "version": 1, "name": "p"}
    return json.dumps({**head, "stages": stages, "moves": moves, **changes})


def stage(**fields):
    """Write the small pipeline with another first stage."""
    return changed(stages=[{"name": "a", **fields}, {"name": "b", "kind": "won"}])


def move(**fields):
    """Write the small pipeline with another move."""
    return changed(moves=[{"trigger": "win", "sources": ["a"], "destination": "b", **fields}])


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_preset_travels_as_json(preset):
    """Nothing has to be passed, since all its guards are rules."""
    assert pipeline_from_json(pipeline_to_json(preset)) == preset


def test_every_part_travels_as_json():
    """A guard that is a function travels as its name."""
    text = pipeline_to_json(RICH)

    assert pipeline_from_json(text.encode(), guards=[SIGNED]) == RICH
    assert "قیف فروش" in text


def test_the_small_pipeline_is_sound():
    """What the next tests change is right before."""
    assert pipeline_from_json(changed()).triggers == ("win",)


INVALID = {
    "no JSON": ("{", "$: is not JSON (line 1, column 2)"),
    "another format": (changed(format="x"), '$.format: must be "salesfunnel.pipeline"'),
    "another version": (changed(version=2), "$.version: only version 1 can be read"),
    "an unknown key": (
        changed(code="import os"),
        "$.code: is not a known key; known: activity_kinds, format, moves, name, pipeline_version",
    ),
    "a number for a name": (changed(name=7), "$.name: must be a text"),
    "no list of stages": (changed(stages={}), "$.stages: must be a list"),
    "a stage that is a text": (changed(stages=["a"]), "$.stages[0]: must be an object"),
    "a stage without a name": (stage(name=" "), "$.stages[0]: a stage needs a name; one line"),
    "an odd kind": (stage(kind="x"), "$.stages[0].kind: is not in the list; open, won"),
    "a list for a kind": (stage(kind=[]), "$.stages[0].kind: is not in the list"),
    "a text for a limit": (stage(limit="soon"), "$.stages[0].limit: must be a number of seconds"),
    "a list for a limit": (stage(limit=[1]), "$.stages[0].limit: must be a number of seconds"),
    "too fine a limit": (stage(limit=1.0000001), "$.stages[0].limit: must be a number of seconds"),
    "a yes for a limit": (stage(limit=True), "$.stages[0].limit: must be a number of seconds"),
    "an endless limit": (stage(limit=10**30), "$.stages[0].limit: must be a number of seconds"),
    "a limit of nothing": (stage(limit=0), "$.stages[0]: its time limit is a timedelta longer"),
    "a control character": (stage(label="a\u202eb"), "$.stages[0].label: holds a control or dir"),
    "an odd need": (move(needs=[1]), "$.moves[0].needs[0]: must be a text"),
    "an odd requirement": (stage(requires=[1]), "$.stages[0].requires[0]: must be a text"),
    "a text for a yes": (move(reopening="yes"), "$.moves[0].reopening: must be true or false"),
    "a guard not given": (
        move(guards=["signed"]),
        "$.moves[0].guards[0]: names guard signed, which was not given; guards=… with a function",
    ),
    "a callback": (
        move(after=["os.system"]),
        "$.moves[0].after: is not a known key; known: destination, guards, needs, reopening",
    ),
    "a list for codes": (stage(reasons=["price"]), "$.stages[0].reasons: must be an object"),
    "a number for a label": (
        stage(reasons={"price": 7}),
        "$.stages[0].reasons.price: must be a text",
    ),
    "a number for a role": (changed(roles={"boss": 7}), "$.roles.boss: must be a text"),
    "reasons to dance": (
        changed(reasons={"dance": {}}),
        "$: its reasons are lists of codes by what they are for: decline, hold",
    ),
    "a note for no reason": (
        stage(reasons={"other": "Other"}, note_for=["othre"]),
        "$.stages[0]: othre in note_for is not one of its reasons (did you mean other?)",
    ),
    "a guard that is a number": (move(guards=[1]), "$.moves[0].guards[0]: must be an object"),
    "a guard without a name": (
        move(guards=[{"name": "", "rule": ["answered", "a"]}]),
        "$.moves[0].guards[0]: a guard needs a name",
    ),
    "an odd rule": (
        move(guards=[{"name": "g", "rule": ["exec", "a"]}]),
        "$.moves[0].guards[0].rule: ",
    ),
    "a misspelt stage": (move(destination="c"), "$: move 'win' leads to the unknown stage 'c'"),
}


@pytest.mark.parametrize(("text", "problem"), INVALID.values(), ids=INVALID)
def test_an_invalid_document_is_refused_with_its_place(text, problem):
    """The error says what is wrong, and where."""
    with pytest.raises(InvalidDefinition) as refused:
        pipeline_from_json(text)

    assert str(refused.value.problems[0]).startswith(problem)


@given(st.timedeltas(timedelta(microseconds=1), timedelta(36_500)))
def test_a_time_limit_travels_exactly(limit):
    """To the microsecond, be it of one year or of a hundred."""
    stages = [Stage("a", limit=limit), Stage("b", kind="won")]
    pipeline = Pipeline("p", stages=stages, moves=[Move("win", "a", "b")])

    assert pipeline_from_json(pipeline_to_json(pipeline)) == pipeline


def test_the_problems_of_all_parts_are_told_together():
    """Two odd stages are two problems."""
    odd = changed(stages=[{"name": "a", "limit": "soon"}, {"name": "b", "kind": "x"}])

    with pytest.raises(InvalidDefinition) as refused:
        pipeline_from_json(odd)

    assert [p.where for p in refused.value.problems] == ["$.stages[0].limit", "$.stages[1].kind"]


def asking(*guards):
    """Define a pipeline with a way for each guard."""
    moves = [Move(f"win {n}", "a", "b", guards=guard) for n, guard in enumerate(guards)]
    return Pipeline("p", stages=[Stage("a"), Stage("b", kind="won")], moves=moves)


def test_a_guard_without_a_code_travels_without_one():
    """A blank is not replaced by what is usual."""
    pipeline = asking(Guard("paid", yes("paid"), code=""))

    assert pipeline_from_json(pipeline_to_json(pipeline)) == pipeline


def signed(_deal, _at):
    """Tell whether a deal is signed."""
    return True


def test_a_bare_function_is_found_by_its_name():
    """It is written as it was given to the move, and one may be given alone."""
    pipeline = asking(signed)
    text = pipeline_to_json(pipeline)

    assert pipeline_from_json(text, guards=signed) == pipeline
    assert pipeline_from_json(text, guards=[signed, signed]) == pipeline


def test_a_name_stands_for_one_guard():
    """Two functions of one name could not be told apart by any reader."""
    others = [signed, Guard("signed", lambda _deal, _at: False)]

    with pytest.raises(InvalidDefinition, match="two guards are called signed"):
        pipeline_from_json(pipeline_to_json(asking(signed)), guards=others)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
KEYS = ["name", "kind", "label", "probability", "limit", "requires", "entry"]
MOVE_KEYS = ["trigger", "sources", "destination", "guards", "reopening", "needs", "after"]


@given(st.sampled_from(KEYS), st.sampled_from(MOVE_KEYS), json_values, json_values)
def test_nothing_but_an_invalid_definition_escapes(key, move_key, value, other):
    """Whatever a stranger writes, it is a pipeline or it is refused."""
    for text in (stage(**{key: value}), move(**{move_key: other})):
        try:
            pipeline = pipeline_from_json(text)
        except InvalidDefinition:
            continue
        assert pipeline_from_json(pipeline_to_json(pipeline)) == pipeline


def test_only_a_pipeline_is_written():
    """Rows of a database, or a name, are not one."""
    for thing in (None, "opportunity", {"stages": []}):
        with pytest.raises(WrongKind, match="allowed: a Pipeline, such as OPPORTUNITY_PIPELINE"):
            pipeline_to_json(thing)
