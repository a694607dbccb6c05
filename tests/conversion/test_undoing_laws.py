"""The laws of undoing: it gives back exactly what was, loses no later work, and can be told."""

from __future__ import annotations

import pickle
from datetime import timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.accounts import Account
from salesfunnel.conversion import plan_conversion
from salesfunnel.errors import MoveRefused, Refusal
from salesfunnel.leads import Lead
from salesfunnel.testing import accounts, leads, moneys
from tests.funnel.verbs import VERBS

QUALIFIED = leads(stage="qualified")
INTO = st.none() | accounts()
GAPS = st.timedeltas(timedelta(), timedelta(days=3))


def facts(noun):
    """Give all that is known about a noun, but not how it came about."""
    return None if noun is None else attrs.evolve(noun, timeline=())


def undated(noun):
    """Give all that is known about a noun but the time of its beginning, and of its last move."""
    fields = [field.name for field in attrs.fields(type(noun)) if field.name in DATED]
    return attrs.evolve(facts(noun), **dict.fromkeys(fields))


DATED = {"opened_on", "stage_since", "engagement"}


def later(*nouns):
    """Give the time of the last thing that has happened."""
    return max(noun.timeline[-1].at for noun in nouns if noun)


@given(QUALIFIED, INTO, GAPS, GAPS)
def test_undone_is_as_never_converted(lead, account, wait, longer):
    """Lead and account are what they were, but for their timelines, and these go on."""
    at = later(lead, account) + wait
    done = plan_conversion(lead, account=account).apply(at=at)

    undone = done.undo(at=at + longer)

    assert (facts(undone.lead), facts(undone.account)) == (facts(lead), facts(account))
    assert undone.lead.timeline[:-1] == done.lead.timeline
    assert account is None or undone.account.timeline[: done.account.version] == (
        done.account.timeline
    )
    assert done.undo(at=at + longer) == undone


@given(QUALIFIED, INTO, GAPS)
def test_an_undone_conversion_can_be_told(lead, account, wait):
    """Each noun is still the fold of its timeline, and is the same after a journey."""
    at = later(lead, account) + wait
    done = plan_conversion(lead, account=account).apply(at=at)

    undone = done.undo(at=at)

    assert Lead.replay(undone.lead.timeline) == undone.lead
    assert account is None or Account.replay(undone.account.timeline) == undone.account
    assert pickle.loads(pickle.dumps(undone)) == undone  # noqa: S301 - our own bytes


@given(QUALIFIED, INTO, st.none() | moneys(), st.lists(GAPS, min_size=3, max_size=3))
def test_what_was_undone_can_be_converted_again(lead, account, amount, waits):
    """The second conversion gives the ids and the facts of the first, and is undone alike."""
    at = later(lead, account) + waits[0]
    done = plan_conversion(lead, amount=amount, account=account).apply(at=at)
    undone = done.undo(at=at + waits[1])

    again = plan_conversion(undone.lead, amount=amount, account=undone.account).apply(
        at=at + waits[1] + waits[2]
    )

    assert (undated(again.lead), undated(again.account)) == (
        undated(done.lead),
        undated(done.account),
    )
    assert undated(again.opportunity) == undated(done.opportunity)
    assert facts(again.undo(at=later(*again)).lead) == facts(lead)


@given(QUALIFIED, INTO, st.data())
def test_undoing_never_loses_later_work(lead, account, data):
    """All that is done afterwards is still there after undoing, or stands in the way of it."""
    at = later(lead, account)
    done = plan_conversion(lead, account=account).apply(at=at)
    worked_on = {}
    for field, noun in done._asdict().items():
        for verb in data.draw(st.lists(st.sampled_from(sorted(VERBS[type(noun)])), max_size=2)):
            try:
                noun = VERBS[type(noun)][verb](noun, at)  # noqa: PLW2901 - the noun, one verb later
            except MoveRefused:
                continue
        worked_on[field] = noun
    later_on = done._replace(**worked_on)

    undone = later_on.try_undo(at=at)

    if isinstance(undone, Refusal):
        assert later_on.opportunity != done.opportunity or later_on.account != done.account
        return
    assert later_on.opportunity == done.opportunity
    assert undone.lead.timeline[:-1] == later_on.lead.timeline
    if account is None:
        assert (undone.account, later_on.account) == (None, done.account)
        return
    assert undone.account.timeline[: later_on.account.version] == later_on.account.timeline
    for field in facts_by_name(account):
        was, became = getattr(account, field), getattr(done.account, field)
        now, after = getattr(later_on.account, field), getattr(undone.account, field)
        assert after == (now if was == became else was)
        assert became in (was, now)


def facts_by_name(account):
    """List the names of all that is known about an account."""
    return [field.name for field in attrs.fields(type(account)) if field.name != "timeline"]
