"""The laws that hold for every noun of the funnel."""

from __future__ import annotations

import copy
import pickle
from datetime import timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesfunnel.accounts import Account
from salesfunnel.errors import InvalidValue, MoveRefused, StaleVersion
from salesfunnel.history import as_of, expect
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from tests.funnel.verbs import DEAL_TRIGGERS, LEAD_TRIGGERS, STRATEGIES, VERBS, given_with

each_noun = pytest.mark.parametrize("noun", VERBS, ids=lambda noun: noun.__name__)
each_machine = pytest.mark.parametrize(
    ("noun", "triggers"), [(Lead, LEAD_TRIGGERS), (Opportunity, DEAL_TRIGGERS)]
)
TRIGGERS = {Lead: LEAD_TRIGGERS, Opportunity: DEAL_TRIGGERS, Account: {}}
few = settings(max_examples=max(settings.default.max_examples // 4, 10))


def now(entity):
    """Give a time at which a verb may happen."""
    return entity.timeline[-1].at + timedelta(hours=1)


def by_post(entity):
    """Send an entity through a pickle."""
    return pickle.loads(pickle.dumps(entity))  # noqa: S301 - our own bytes


def attempt(entity, verb):
    """Do a verb, or give the entity back as it was."""
    try:
        return VERBS[type(entity)][verb](entity, now(entity))
    except MoveRefused:
        return entity


@each_noun
@given(data=st.data())
def test_an_entity_is_the_fold_of_its_timeline(noun, data):
    """After all that happened, replaying the timeline gives the same entity."""
    entity = data.draw(STRATEGIES[noun])

    assert noun.replay(entity.timeline) == entity
    assert entity.version == len(entity.timeline)


@each_noun
@few
@given(data=st.data())
def test_an_entity_can_be_read_as_of_every_moment(noun, data):
    """As of each of its versions, the entity is what the events until then make of it."""
    entity = data.draw(STRATEGIES[noun])
    moments = {event.at for event in entity.timeline}

    versions = [as_of(entity, at=moment).version for moment in sorted(moments)]

    assert versions == [sum(e.at <= m for e in entity.timeline) for m in sorted(moments)]
    assert as_of(entity, at=now(entity)) == entity


@each_noun
@few
@given(travel=st.sampled_from([copy.copy, copy.deepcopy, by_post]), data=st.data())
def test_an_entity_survives_a_journey(noun, travel, data):
    """Copied or sent to another process, an entity is equal to what it was, and works on."""
    sent = data.draw(STRATEGIES[noun])

    received = travel(sent)

    assert (received, hash(received), type(received)) == (sent, hash(sent), noun)
    assert [attempt(received, verb) for verb in VERBS[noun]] == [
        attempt(sent, verb) for verb in VERBS[noun]
    ]


@each_noun
@few
@given(data=st.data())
def test_two_entities_differ_if_any_field_does(noun, data):
    """Equality looks at every field, and equal entities have one hash."""
    entity = data.draw(STRATEGIES[noun])

    twin = noun(**{f.name: getattr(entity, f.name) for f in attrs.fields(noun) if f.init})

    assert (twin, hash(twin)) == (entity, hash(entity))
    assert attrs.evolve(entity, id=f"{entity.id}!") != entity


@each_noun
@given(data=st.data())
def test_a_verb_gives_a_new_value_and_leaves_the_old_one(noun, data):
    """After a verb the new value continues the old timeline, and the old value still stands."""
    before, verb = data.draw(STRATEGIES[noun]), data.draw(st.sampled_from(sorted(VERBS[noun])))
    kept = copy.deepcopy(before)

    after = attempt(before, verb)

    assert before == kept
    assert after.timeline[: before.version] == before.timeline
    assert (after.version > before.version) == (after is not before)


@each_noun
@given(data=st.data())
def test_no_verb_takes_a_time_without_a_zone(noun, data):
    """A time without a zone is invalid, unless the verb is closed at any time."""
    entity, verb = data.draw(STRATEGIES[noun]), data.draw(st.sampled_from(sorted(VERBS[noun])))

    with pytest.raises((InvalidValue, MoveRefused)) as refused:
        VERBS[noun][verb](entity, entity.timeline[-1].at.replace(tzinfo=None))
    if refused.type is not InvalidValue:
        assert attempt(entity, verb) is entity


@each_machine
@given(data=st.data())
def test_no_trigger_is_taken_before_the_last_event(noun, triggers, data):
    """Too early, every trigger is refused as ``too_early``, and `decide` says the same."""
    entity = data.draw(STRATEGIES[noun])
    early = entity.timeline[-1].at - timedelta(microseconds=1)

    assert not any(entity.ways(at=early))
    for trigger, verb in triggers.items():
        if trigger == "convert" and entity.stage != "qualified":
            continue  # a plan is made as of the last event, and is refused for another reason
        with pytest.raises(MoveRefused) as refused:
            verb(entity, early)
        assert refused.value.refusal == entity.decide(trigger, at=early)
        assert refused.value.refusal.code == "too_early"


@each_noun
@given(data=st.data())
def test_nothing_is_recorded_before_the_last_event(noun, data):
    """Too early, a verb that only records is refused with the same code as any move."""
    entity = data.draw(STRATEGIES[noun])
    early = entity.timeline[-1].at - timedelta(microseconds=1)

    for verb in VERBS[noun].keys() - TRIGGERS[noun].keys():
        with pytest.raises(MoveRefused) as refused:
            VERBS[noun][verb](entity, early)
        assert refused.value.refusal.code == "too_early"


@each_noun
@few
@given(data=st.data())
def test_two_editors_never_overwrite_each_other(noun, data):
    """An editor who read an older version is told so."""
    read = data.draw(STRATEGIES[noun])
    verb = "contribute" if "contribute" in VERBS[noun] else "answer"

    changed = VERBS[noun][verb](read, now(read))

    assert expect(changed, changed.version) is changed
    with pytest.raises(StaleVersion):
        expect(changed, read.version)


@each_machine
@given(data=st.data())
def test_what_is_explained_is_what_happens(noun, triggers, data):
    """`decide`, `ways` and the verbs never disagree, on any path."""
    entity = data.draw(STRATEGIES[noun])
    at = now(entity)
    open_ways = {way.trigger for way in entity.ways(at=at) if way}

    for trigger, verb in triggers.items():
        verdict = entity.decide(trigger, at=at, **given_with(trigger, entity, at))
        try:
            verb(entity, at)
            refusal = None
        except MoveRefused as refused:
            refusal = refused.refusal
        assert refusal == (None if verdict else verdict)
        needs_no_assessment = trigger != "qualify"
        assert (trigger in open_ways) == (refusal is None) or not needs_no_assessment


@each_noun
@few
@given(data=st.data())
def test_a_subclass_keeps_its_type(noun, data):
    """A class of one's own comes out of every verb as it went in."""
    own_kind = type(f"Our{noun.__name__}", (noun,), {"__slots__": ()})
    entity = data.draw(STRATEGIES[noun])
    ours = own_kind.replay(entity.timeline)

    for verb in VERBS[noun].values():
        try:
            assert type(verb(ours, now(ours))) is own_kind
        except MoveRefused:
            assert type(ours) is own_kind
