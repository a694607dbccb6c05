"""What decides has a fingerprint: a translation keeps it, and any other change is seen."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salesfunnel import testing
from salesfunnel.pipeline import Guard, Move, Pipeline, Stage
from salesfunnel.pipeline.notation import pipeline_from_json, pipeline_to_json
from salesfunnel.pipeline.released import RELEASED_PIPELINES, released_pipeline
from salesfunnel.pipeline.what_decides import pipeline_decides
from salesfunnel.qualification import BANT, policy
from salesfunnel.rules import yes
from salesfunnel.rules.fingerprint import fingerprint
from salesfunnel.rules.rule import Rule

# The words of each part; all other fields decide.
WORDS = {
    Pipeline: {"name", "version"},
    Stage: {"label"},
    Move: set(),
    Guard: {"name", "message", "remedy", "code", "label"},
}
DECIDES = {
    Pipeline: {"stages", "moves", "reasons", "roles", "activity_kinds"},
    Stage: {
        "name",
        "kind",
        "probability",
        "limit",
        "requires",
        "entry",
        "reasons",
        "note_for",
        "uncounted",
        "roles",
        "quiet",
    },
    Move: {"trigger", "sources", "destination", "guards", "reopening", "needs"},
    Guard: {"check"},
}
# Held for ever: a built-in pipeline that changes gets a new version, and a line of its own here.
RELEASED = {
    ("lead", "1"): "8101e12afe5c8f0f",
    ("opportunity", "1"): "6fb8c069c8b50249",
    ("five stages", "1"): "284d0aab0d073876",
    ("dynamics", "1"): "9c3046c186550680",
    ("erpnext", "1"): "c38c25c5ac205409",
    ("espocrm", "1"): "76b46ea03c0309f7",
    ("frappe", "1"): "6b731e925a9d2c04",
    ("hubspot", "1"): "f2d92eb683a9a0df",
    ("odoo", "1"): "14f335a805deb758",
    ("pipedrive", "1"): "ca1df0fde5cc3e18",
    ("salesforce", "1"): "da617d331dcb097f",
    ("suitecrm", "1"): "bdbe484b880ed0d2",
    ("vtiger", "1"): "36af8a3cadb4ba95",
}


def translated(pipeline, word):
    """Give every text that only people read another word."""

    def other(guard):
        said = attrs.evolve(guard, message=word, remedy=word)
        return attrs.evolve(said, name=f"{word}: {guard.name}") if is_rule(guard) else said

    stages = [
        attrs.evolve(
            stage,
            label=f"{word} {number}",
            entry=[other(guard) for guard in stage.entry],
            reasons=dict.fromkeys(stage.reasons, word),
        )
        for number, stage in enumerate(pipeline.stages)
    ]
    moves = [
        attrs.evolve(move, guards=[other(guard) for guard in move.guards])
        for move in pipeline.moves
    ]
    return Pipeline(
        f"{word} {pipeline.name}",
        stages=stages,
        moves=moves,
        version="2",
        reasons={what: dict.fromkeys(codes, word) for what, codes in pipeline.reasons.items()},
        roles=dict.fromkeys(pipeline.roles, word),
        activity_kinds=dict.fromkeys(pipeline.activity_kinds, word),
    )


def is_rule(guard):
    """Tell a rule from a function, which is known by its name alone."""
    return isinstance(guard.check, Rule)


@pytest.mark.parametrize("kind", WORDS)
def test_each_field_decides_or_is_a_word(kind):
    """A field that is new must be said to be one or the other, or this test fails."""
    given_fields = {field.name for field in attrs.fields(kind) if field.init}

    assert given_fields == WORDS[kind] | DECIDES[kind]


@given(testing.pipelines(), testing.names())
def test_fingerprint_ignores_words(pipeline, word):
    """A translation of all labels and sentences makes no stored deal unreadable."""
    assert translated(pipeline, word).fingerprint == pipeline.fingerprint


@given(testing.pipelines(), testing.pipelines())
def test_fingerprint_sees_decisions(one, other):
    """Two pipelines have one fingerprint only if they are equal but for their words."""
    plain, other_plain = (
        attrs.evolve(translated(pipeline, "a"), name="a") for pipeline in (one, other)
    )

    assert (one.fingerprint == other.fingerprint) is (plain == other_plain)


CHANGES = {
    "name": lambda stage: f"{stage.name}!",
    "kind": lambda stage: "won" if stage.kind.value == "lost" else "lost",
    "probability": lambda stage: "0.33" if stage.probability is None else None,
    "limit": lambda stage: None if stage.limit else timedelta(days=7),
    "requires": lambda stage: (*stage.requires, "offer"),
    "entry": lambda stage: (*stage.entry, yes("signed")),
    "reasons": lambda stage: {**stage.reasons, "stock": "Not in stock"},
    "note_for": lambda stage: () if stage.note_for else [*stage.reasons, "price"][:1],
    "uncounted": lambda stage: [*stage.reasons, "price"][:1],
    "roles": lambda stage: (*stage.roles, "user"),
    "quiet": lambda _stage: timedelta(days=30),
}


@given(testing.pipelines(), st.sampled_from(sorted(CHANGES)), st.data())
def test_any_change_of_a_stage_is_seen(pipeline, field, data):
    """One field of one stage, whichever: the fingerprint is another."""
    place = data.draw(st.integers(0, len(pipeline.stages) - 1))
    stage = pipeline.stages[place]
    if field == "uncounted":
        stage = attrs.evolve(stage, kind="lost")
    changed = attrs.evolve(stage, **{field: CHANGES[field](stage)})
    stages = [*pipeline.stages[:place], changed, *pipeline.stages[place + 1 :]]
    before = [*pipeline.stages[:place], stage, *pipeline.stages[place + 1 :]]

    assert fingerprint_without_checks(stages) != fingerprint_without_checks(before)


def fingerprint_without_checks(stages):
    """Name the stages alone, since a changed one may contradict the moves."""
    return fingerprint(pipeline_decides(stages, []))


@given(testing.pipelines())
def test_a_pipeline_read_from_json_has_the_same_fingerprint(pipeline):
    """It is of the definition, not of the object."""
    functions = [guard for move in pipeline.moves for guard in move.guards if not is_rule(guard)]
    again = pipeline_from_json(pipeline_to_json(pipeline), guards=functions)
    assume(again == pipeline)

    assert again.fingerprint == pipeline.fingerprint


def test_a_policy_guards_by_what_decides_in_it():
    """Other questions change nothing, and another threshold does."""

    def guarded(judge, name="fit"):
        stages = [Stage("demo"), Stage("won", kind="won", entry=Guard.verdict(judge, name=name))]
        return Pipeline("ours", stages=stages, moves=[Move("win", "demo", "won")]).fingerprint

    model = policy("model", lambda _lead: 70, threshold=60)
    asked = BANT.with_questions({"need": "De quoi avez-vous besoin ?"})

    assert guarded(BANT) == guarded(asked, "convient")
    assert len({guarded(BANT), guarded(BANT.with_threshold(79)), guarded(model)}) == 3
    assert guarded(model) != guarded(model, "other model")  # a function is known by its name


@given(testing.pipelines(), st.sampled_from(["decline", "hold", "roles", "activity_kinds"]))
def test_any_change_of_a_list_of_codes_is_seen(pipeline, what):
    """One code more in one list, whichever: the fingerprint is another; a label changes nothing."""

    def having(code, label):
        known = getattr(pipeline, what, None) or pipeline.reasons.get(what, {})
        longer = {**known, code: label}
        if hasattr(pipeline, what):
            return attrs.evolve(pipeline, **{what: longer})
        return attrs.evolve(pipeline, reasons={**pipeline.reasons, what: longer})

    assert having("new", "New").fingerprint == having("new", "Nouveau").fingerprint
    assert having("new", "New").fingerprint != having("newer", "New").fingerprint
    assert having("new", "New").fingerprint != pipeline.fingerprint


def test_released_presets_resolve_for_ever():
    """The list holds each built-in pipeline by name and version, and only grows."""
    held = {key: known.fingerprint for key, known in RELEASED_PIPELINES.items()}

    assert held == RELEASED
    assert all(released_pipeline(name) is not None for name in RELEASED.values())
    assert len(set(RELEASED.values())) == len(RELEASED)
    assert released_pipeline("0" * 16) is None
