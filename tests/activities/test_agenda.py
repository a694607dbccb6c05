"""The agenda: all that falls due, in order, each once, by the day of those who ask."""

from __future__ import annotations

import heapq
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesfunnel.accounts import Account
from salesfunnel.activities import Due, DueKind, agenda, plan_step
from salesfunnel.activities.agenda import _place
from salesfunnel.errors import InvalidValue
from salesfunnel.leads import Lead, handoff
from salesfunnel.opportunities import Opportunity, closing
from salesfunnel.pipeline import Move, Pipeline, Stage, overdue
from salesfunnel.privacy import consent
from salesfunnel.qualification import BANT
from salesfunnel.testing import accounts, leads, opportunities

MONDAY, FRIDAY = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
NINTH = date(2026, 3, 9)
TEHRAN = ZoneInfo("Asia/Tehran")
ZONES = [timezone(timedelta(minutes=minutes)) for minutes in (-660, 0, 210, 840)]
QUICK = Pipeline(
    "quick",
    stages=[
        Stage("new", limit=timedelta(days=2)),
        Stage("won", kind="won"),
        Stage("lost", kind="lost"),
    ],
    moves=[Move("win", "new", "won"), Move("lose", "new", "lost"), Move("again", "new", "new")],
)
LEAD = Lead.capture(id="L", person="Sara Ahmadi", owner="Ani", at=MONDAY)
DEAL = Opportunity.open(id="D", owner="Reza", at=MONDAY)
ACCOUNT = Account.open(id="A", name="Novin", at=MONDAY)
few = settings(max_examples=max(settings.default.max_examples // 4, 10))
NOUNS = st.lists(leads() | opportunities() | accounts(), max_size=3)


def shown(lines):
    """Write an agenda as one reads it."""
    return [str(line) for line in lines]


@attrs.frozen(kw_only=True)
class RestingDeal(Opportunity):
    """A deal of a host that may rest."""

    held_until: datetime | None = None


def test_steps_are_listed_by_the_day():
    """Today and overdue unless more days are asked for; by owner, the step's before the noun's."""
    lead = plan_step(LEAD, "call", due=NINTH, at=MONDAY)
    deal = plan_step(DEAL, "visit", due=datetime(2026, 3, 9, 12, tzinfo=UTC), at=MONDAY)
    account = plan_step(ACCOUNT, "email", due=date(2026, 3, 3), owner="Ani", at=MONDAY)
    nouns = [lead, deal, account]

    assert shown(agenda(nouns, at=MONDAY)) == []
    assert shown(agenda(nouns, at=MONDAY, days=1)) == ["2026-03-03 email: A"]
    assert shown(agenda(nouns, at=FRIDAY, days=3)) == [
        "2026-03-03 email: A (overdue)",
        "2026-03-09 visit: D",
        "2026-03-09 call: L",
    ]
    assert shown(agenda(nouns, at=FRIDAY, days=3, owner="Ani")) == [
        "2026-03-03 email: A (overdue)",
        "2026-03-09 call: L",
    ]
    assert shown(agenda(nouns, at=FRIDAY, days=3, owner="")) == []


def test_a_line_tells_what_it_is_about():
    """The noun, the step and the owner are at hand."""
    lead = plan_step(LEAD, "call", due=NINTH, note="hm", at=MONDAY)

    [line] = agenda([lead], at=MONDAY, days=None)

    assert line == Due(
        noun=lead,
        what=DueKind.STEP,
        due=NINTH,
        owner="Ani",
        is_overdue=False,
        step=lead.steps.next,
    )
    assert "Sara" not in repr(line)
    assert "hm" not in repr(line)


def test_a_call_on_the_ninth_falls_due_by_the_day_of_tehran():
    """At 23:30 of the eighth it is not due today, half an hour later it is."""
    lead = plan_step(LEAD, "call", due=NINTH, at=MONDAY)
    eighth = datetime(2026, 3, 8, 23, 30, tzinfo=TEHRAN)

    assert agenda([lead], at=eighth) == ()
    assert len(agenda([lead], at=eighth + timedelta(minutes=30))) == 1
    assert agenda([lead], at=datetime(2026, 3, 9, 23, 30, tzinfo=TEHRAN))[0].is_overdue is False
    assert agenda([lead], at=datetime(2026, 3, 10, 0, 30, tzinfo=TEHRAN))[0].is_overdue is True


def test_a_lost_deal_is_gone_from_the_agenda_and_back_when_it_is_reopened():
    """Its open calls stay with it."""
    deal = plan_step(plan_step(DEAL, "call", due=NINTH, at=MONDAY), "fax", due=NINTH, at=MONDAY)
    lost = deal.lose("price", at=FRIDAY)
    may = datetime(2026, 5, 1, tzinfo=UTC)

    assert agenda([lost], at=may) == ()
    assert len(agenda([lost], at=may, closed=True)) == 2
    assert [line.is_overdue for line in agenda([lost.reopen(at=may)], at=may)] == [True, True]


def test_nurturing_and_resting_end_on_a_day():
    """Then it is on the agenda, and until then it is neither silent nor too long in its stage."""
    may = datetime(2026, 5, 1, tzinfo=UTC)
    nurtured = LEAD.nurture(until=may, at=MONDAY)
    resting = RestingDeal(
        **{f.name: getattr(DEAL, f.name) for f in attrs.fields(Opportunity) if f.init},
        held_until=may,
    )
    silent_after = timedelta(days=30)

    lines = agenda([nurtured, resting], at=MONDAY, days=None, silent_after=silent_after)
    assert shown(lines) == ["2026-05-01 hold_over: D", "2026-05-01 nurture_over: L"]
    assert agenda([nurtured], at=may - timedelta(days=1), silent_after=silent_after) == ()
    assert len(agenda([nurtured], at=may, silent_after=silent_after)) == 1


def test_a_stage_has_its_limit():
    """It falls due when the pipeline says so, and a move back into the stage changes nothing."""
    deal = Opportunity.open(id="D", pipeline=QUICK, at=MONDAY).move("again", at=FRIDAY)

    [line] = agenda([deal], at=FRIDAY)

    assert (line.what, line.due) == (DueKind.STAGE_LIMIT, MONDAY + timedelta(days=2))
    assert overdue(deal, at=FRIDAY).since == line.due
    assert agenda([deal.lose("price", at=FRIDAY)], at=FRIDAY) == ()


def test_silence_falls_due_for_leads_and_deals():
    """An account is worked on through its deals, so it is never silent by itself."""
    called = DEAL.log("call", reached=True, at=FRIDAY)

    lines = agenda(
        [called, ACCOUNT, LEAD.log("sms", at=FRIDAY)],
        at=MONDAY,
        days=None,
        silent_after=timedelta(days=30),
    )

    assert [(line.what, line.noun.id, line.due) for line in lines] == [
        (DueKind.SILENCE, "L", MONDAY + timedelta(days=30)),
        (DueKind.SILENCE, "D", FRIDAY + timedelta(days=30)),
    ]


def test_consent_that_runs_out_is_said_while_there_is_time():
    """Not after it has expired, nor where they withdrew it meanwhile."""
    asked = consent.give(LEAD, "email", basis="consent", until=FRIDAY, at=MONDAY)
    asked = consent.give(asked, "sms", basis="consent", at=MONDAY)

    [line] = agenda([asked, ACCOUNT], at=FRIDAY)

    assert (line.what, line.due, line.owner) == (DueKind.CONSENT_ENDS, FRIDAY, "Ani")
    assert agenda([asked], at=FRIDAY + timedelta(seconds=1)) == ()
    assert agenda([consent.withdraw(asked, at=MONDAY)], at=FRIDAY) == ()


def test_what_will_never_be_is_not_on_the_agenda():
    """A limit beyond the last year, a silence of ages, and the last of all days are no errors."""
    centuries = Stage("new", limit=timedelta(days=36_500))
    ages = attrs.evolve(QUICK, stages=[centuries, *QUICK.stages[1:]])
    last = datetime(9999, 12, 31, 23, tzinfo=UTC)
    deal = Opportunity.open(id="D", pipeline=ages, at=last)

    assert agenda([deal], at=last, days=None, silent_after=timedelta.max) == ()
    assert len(agenda([plan_step(deal, "call", due=NINTH, at=last)], at=last)) == 1
    assert len(agenda([plan_step(DEAL, "call", due=last, at=MONDAY)], at=MONDAY, days=10**9)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": -1},
        {"days": 1.5},
        {"days": True},
        {"silent_after": timedelta()},
        {"silent_after": 30},
        {"at": NINTH},
        {"at": MONDAY.replace(tzinfo=None)},
    ],
)
def test_an_odd_question_is_refused_by_its_field(wrong):
    """What is wrong is named, also where there are no nouns."""
    with pytest.raises(InvalidValue, match=rf"^{next(iter(wrong))} "):
        agenda([], **{"at": MONDAY, **wrong})
    with pytest.raises(
        InvalidValue, match=r"^nouns is of the wrong kind: Opportunity; allowed: se"
    ):
        agenda(DEAL, at=MONDAY)


def test_what_rests_is_due_when_the_rest_is_over_and_later_in_its_stage():
    """Story 7: while it rests it is neither silent nor late, and rest is not counted as work."""
    quick = Opportunity.open(id="D", pipeline=QUICK, at=MONDAY)
    resting = closing.hold(quick, until=FRIDAY.date(), at=MONDAY)
    resumed = closing.resume(resting, at=FRIDAY)

    due = {
        name: agenda([d], at=FRIDAY, days=None)
        for name, d in {
            "resting": resting,
            "resumed": resumed,
            "open": closing.hold(resumed, at=FRIDAY),
        }.items()
    }

    assert [(line.what, line.due) for line in due["resting"]] == [
        (DueKind.HOLD_OVER, FRIDAY.date())
    ]
    assert [line.due for line in due["resumed"]] == [
        line.due + (FRIDAY - MONDAY) for line in agenda([quick], at=MONDAY, days=None)
    ]
    assert due["open"] == ()


def day_of(due, zone):
    """Give the day on which something is due in a zone."""
    return due.astimezone(zone).date() if isinstance(due, datetime) else due


@few
@given(NOUNS, st.sampled_from(ZONES), st.none() | st.integers(0, 30_000), st.booleans(), st.data())
def test_agenda_is_sorted_complete_and_each_once(nouns, zone, days, closed, data):
    """Each open step, rest and silence that falls due by then is there once, and nothing else."""
    at = data.draw(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1))).replace(tzinfo=zone)  # noqa: DTZ001 - drawn
    silence = timedelta(days=30)

    lines = agenda(nouns, at=at, days=days, closed=closed, silent_after=silence)

    expected = []
    for noun in nouns:
        is_open = not hasattr(noun, "stage") or noun.pipeline.stage(noun.stage).is_open
        until = getattr(noun, "nurture_until", None)
        if is_open or closed:
            expected += [(noun.id, "step", step.due) for step in noun.steps]
        if is_open:
            expected += [
                (noun.id, "consent_ends", word.until)
                for word in noun.consent.words
                if word.until and word.until >= at
                if noun.consent.word(word.channel, purpose=word.purpose) == word
            ]
        offer = getattr(noun, "hand_off", None)
        if is_open and offer and offer.is_open:
            expected.append((noun.id, "offer_waits", day_of(offer.offered_at, zone)))
        rest = getattr(noun, "rest", None)
        if is_open and until:
            expected.append((noun.id, "nurture_over", until))
        elif is_open and rest and rest.since:
            expected += [(noun.id, "hold_over", rest.until)] if rest.until else []
        elif is_open and hasattr(noun, "stage"):
            expected.append((noun.id, "silence", noun.engagement.quiet_since + silence))
    if days is not None:
        last = at.date() + timedelta(days=days)
        expected = [one for one in expected if day_of(one[2], zone) <= last]
    told = [(line.noun.id, line.what.value, line.due) for line in lines]
    assert sorted(map(str, told)) == sorted(map(str, expected))
    assert [day_of(line.due, zone) for line in lines] == sorted(
        day_of(line.due, zone) for line in lines
    )


@few
@given(NOUNS, NOUNS, st.sampled_from(ZONES))
def test_agenda_of_parts_is_the_merge_of_agendas(some, others, zone):
    """Two teams that ask by themselves see together what one agenda of all would show."""
    at = MONDAY.astimezone(zone)
    parts = [
        agenda(part, at=at, days=None, silent_after=timedelta(days=9)) for part in (some, others)
    ]

    together = agenda([*some, *others], at=at, days=None, silent_after=timedelta(days=9))

    merged = heapq.merge(*parts, key=lambda line: _place(line, at))
    assert [(x.noun.id, x.what, x.due) for x in together] == [
        (x.noun.id, x.what, x.due) for x in merged
    ]


@few
@given(leads() | opportunities())
def test_since_when_it_stands_in_its_stage_is_kept(noun):
    """The agenda asks no timeline, and is told what the timeline tells."""
    moved = [e for e in noun.timeline if getattr(e, "to_stage", "")]
    since = moved[0].at
    for event in moved[1:]:
        if event.to_stage != event.from_stage:
            since = getattr(event, "stage_since", None) or event.at

    assert noun.stage_since == since


def test_midnight_is_that_of_the_asker():
    """A moment just before the next midnight is due today, and midnight itself is tomorrow."""
    midnight = datetime.combine(NINTH, time(), tzinfo=TEHRAN)
    before, after = (
        plan_step(DEAL, "call", due=midnight + timedelta(minutes=m), at=MONDAY) for m in (-1, 0)
    )

    eighth = datetime(2026, 3, 8, 12, tzinfo=TEHRAN)
    assert len(agenda([before], at=eighth)) == 1
    assert agenda([after], at=eighth) == ()


def test_an_offer_waits_until_it_is_answered():
    """On the day of the offer it is due, on the next overdue; accepted or declined it is not."""
    lead = Lead.capture(id="L", company="Novin", owner="Ani", at=MONDAY)
    lead = lead.answer({"need": True, "budget": True, "timing": True}, at=MONDAY)
    offered = handoff.offer(lead, BANT, at=MONDAY)
    june = datetime(2026, 6, 1, tzinfo=UTC)

    assert shown(agenda([offered], at=MONDAY)) == ["2026-03-02 offer_waits: L"]
    assert shown(agenda([offered], at=FRIDAY)) == ["2026-03-02 offer_waits: L (overdue)"]
    assert agenda([handoff.accept(offered, at=MONDAY)], at=FRIDAY) == ()
    declined = handoff.decline(offered, "not_now", recycle_on=june, at=MONDAY)
    assert agenda([declined], at=FRIDAY) == ()
    assert shown(agenda([declined], at=june)) == ["2026-06-01 nurture_over: L"]


def test_a_stage_says_how_long_it_may_be_quiet():
    """A patient stage and a hasty one; where a stage says nothing, the one who asks says it."""
    stages = [
        Stage("new", quiet=timedelta(days=3)),
        Stage("demo", quiet=timedelta(days=60)),
        Stage("offer"),
        Stage("won", kind="won"),
    ]
    moves = [Move("win", ["new", "demo", "offer"], "won")]
    moves += [Move("go", "new", "demo"), Move("on", "demo", "offer")]
    patient = Pipeline("patient", stages=stages, moves=moves)
    deals = [
        Opportunity.open(id=stage.name, pipeline=patient, stage=stage.name, at=MONDAY)
        for stage in stages[:3]
    ]
    asked = {"at": MONDAY, "days": None}

    said = {line.noun.id: line.due - MONDAY for line in agenda(deals, **asked)}
    more = {
        line.noun.id: line.due - MONDAY
        for line in agenda(deals, silent_after=timedelta(days=30), **asked)
    }

    assert said == {"new": timedelta(days=3), "demo": timedelta(days=60)}
    assert more == {**said, "offer": timedelta(days=30)}
