"""The funnel, held against a naive count of random histories."""

from __future__ import annotations

import json
import tracemalloc
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import BANT, Lead, Money, plan_conversion
from salesfunnel.analytics import Funnel, funnel
from salesfunnel.analytics.funnel_count import FunnelCount
from salesfunnel.analytics.funnel_step import FunnelPath
from salesfunnel.analytics.labels import Called
from salesfunnel.analytics.passage import UNKNOWN, Entry
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.interop import read_opportunities
from salesfunnel.opportunities import Opportunity, OpportunityMoved
from salesfunnel.pictures import meeting_page, picture
from salesfunnel.pipeline import Stage
from salesfunnel.pipeline.presets.free import free_pipeline
from salesfunnel.rules import field
from salesfunnel.values import Calendar, Period

START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=40)
OPEN = ["a", "b", "c"]
RUNGS = [*OPEN, "won"]
BOARD = free_pipeline(
    "board", [*map(Stage, OPEN), Stage("won", kind="won"), Stage("lost", kind="lost")]
)
# Each history: where it begins, and where it goes after how many days; some of them too late.
HISTORIES = st.lists(
    st.tuples(
        st.sampled_from(OPEN),
        st.integers(0, 45),
        st.lists(st.tuples(st.sampled_from([*RUNGS, "lost"]), st.integers(0, 9)), max_size=7),
    ),
    max_size=8,
)


def a_deal(history, number=0):
    """Walk a deal through a history, reopening where it has to; also list what it entered when."""
    stage, day, moves = history
    deal = Opportunity.open(
        id=str(number),
        pipeline=BOARD,
        stage=stage,
        at=START + timedelta(days=day),
        source="web" if day % 2 else "exhibition",
    )
    entered = [(day, stage)]
    for stage, wait in moves:
        day += wait
        at = START + timedelta(days=day)
        if deal.stage == stage:
            continue
        if deal.closing:
            deal = deal.reopen(at=at)
            entered.append((day, deal.stage))
        if deal.stage == stage:
            continue
        reason = "price" if stage == "lost" else ""
        deal = deal.move(to=stage, reason=reason, at=at)
        entered.append((day, stage))
    return deal, entered


def counted_by_hand(walks, path, day=40):
    """Count each step by looking at all walks again and again, as one would on paper."""
    known = [[step for step in walk if step[0] <= day] for walk in walks]
    ways = [[stage for _, stage in walk] for walk in known if walk]
    steps = []
    for place, stage in enumerate(RUNGS):
        entered = onward = lost = bypassed = still = skipped = returned = 0
        for way in ways:
            if not reaches(way, place, path):
                continue
            entered += 1
            skipped += stage not in way
            if place == len(RUNGS) - 1:
                passed = way[-1] == "won"
            elif path == "visited":
                passed = RUNGS[place + 1] in way[way.index(stage) :]
            else:
                passed = reaches(way, place + 1, path)
            onward += passed
            lost += not passed and way[-1] == "lost"
            bypassed += not passed and way[-1] == "won"
            still += not passed and way[-1] != "lost"
        for way in ways:
            later = set(RUNGS[place + 1 :])
            returned += any(
                name == stage and stage in way[:n] and later & set(way[:n])
                for n, name in enumerate(way)
            )
        steps.append((stage, entered, onward, lost, bypassed, still, skipped, returned))
    return len(ways), steps


def reaches(way, place, path):
    """Tell whether a way reaches a rung, by the meaning of a path."""
    if path == "visited":
        return RUNGS[place] in way
    if path == "reached":
        return any(stage in RUNGS[place:] for stage in way)
    rest = iter(way)
    return all(stage in rest for stage in RUNGS[: place + 1])


def figures(found):
    """Give what a funnel says as plain tuples."""
    return [
        (s.stage, s.entered, s.onward, s.lost, s.bypassed, s.still, s.skipped, s.returned)
        for s in found.steps
    ]


@given(HISTORIES, st.sampled_from(["reached", "visited", "strict"]))
def test_a_funnel_is_what_one_counts_by_hand(histories, path):
    """All integers agree, on each path, with skips, returns, ties, reopenings and emptiness."""
    walks = [a_deal(history, n) for n, history in enumerate(histories)]

    found = funnel((deal for deal, _ in walks), at=NOW, path=path)

    counted, steps = counted_by_hand([walk for _, walk in walks], path)
    moves = Counter()
    for _, walk in walks:
        way = [stage for day, stage in walk if day <= 40]
        moves.update(zip(["", *way], way, strict=False))
    assert found.counted == counted
    assert figures(found) == (steps if walks else [])
    assert {(f.from_stage, f.to_stage): f.count for f in found.flows} == moves
    for step in found.steps:
        assert step.entered == step.onward + step.lost + step.still
        assert step.bypassed == 0 or path != "reached"
        assert step.undecided == step.still - step.bypassed
    assert json.loads(json.dumps(found.as_data()))["counted"] == counted


@given(HISTORIES)
def test_fewer_and_fewer_come_further(histories):
    """On the ladder no step has more than the one before, and who is done went on."""
    found = funnel([a_deal(history)[0] for history in histories], at=NOW)

    entered = [step.entered for step in found.steps]
    assert entered == sorted(entered, reverse=True)
    assert [step.onward for step in found.steps[:-1]] == entered[1:]


@given(HISTORIES, st.integers(1, 30))
def test_a_window_shows_each_as_it_stood_then_and_leaves_out_the_young(histories, days):
    """So a young one is never taken for one that failed."""
    walks = [a_deal(history, n) for n, history in enumerate(histories)]

    found = funnel([deal for deal, _ in walks], at=NOW, within=timedelta(days=days))

    old = [
        [(day, stage) for day, stage in walk if day <= walk[0][0] + days]
        for _, walk in walks
        if walk[0][0] + days <= 40
    ]
    counted, steps = counted_by_hand(old, "reached", day=999)
    assert (found.counted, [f[:5] for f in figures(found)]) == (
        counted,
        [s[:5] for s in steps] if walks else [],
    )


@given(HISTORIES)
def test_a_window_for_a_stage_counts_from_entering_it(histories):
    """A stage has those only who entered it so long ago, and who went on in time."""
    walks = [a_deal(history, n) for n, history in enumerate(histories)]

    found = funnel([deal for deal, _ in walks], at=NOW, within={"b": timedelta(days=5)})

    entered = onward = lost = 0
    for _, walk in walks:
        known = [step for step in walk if step[0] <= 40]
        began = min((day for day, s in known if s in RUNGS[1:]), default=99)
        if began + 5 > 40:
            continue
        by_then = [stage for day, stage in known if day <= began + 5]
        passed = any(stage in RUNGS[2:] for stage in by_then)
        entered, onward = entered + 1, onward + passed
        lost += not passed and by_then[-1] == "lost"
    if walks:
        step = found.step("b")
        assert (step.entered, step.onward, step.lost) == (entered, onward, lost)


@given(HISTORIES, st.sampled_from(["source", "month", field("source").is_("web"), "details.no"]))
def test_groups_add_up_to_the_whole(histories, group):
    """Each is in one group, and those without the fact have a group of their own."""
    deals = [a_deal(history, n)[0] for n, history in enumerate(histories)]

    found = funnel(deals, at=NOW, group=group, calendar=Calendar("jalali"))

    assert sum(part.counted for part in found.groups.values()) == found.counted
    for place, step in enumerate(found.steps):
        parts = [part.steps[place] for part in found.groups.values()]
        assert sum(part.entered for part in parts) == step.entered
        assert sum(part.lost for part in parts) == step.lost
    if group == "details.no":
        assert set(found.groups) <= {None}


@given(HISTORIES)
def test_a_funnel_knows_nothing_that_happened_later(histories):
    """A funnel of the past is that of the deals as they stood then."""
    deals = [a_deal(history, n)[0] for n, history in enumerate(histories)]
    then = [d.timeline for d in deals]
    past = [
        Opportunity.replay([e for e in events if e.at <= NOW])
        for events in then
        if events[0].at <= NOW
    ]

    assert figures(funnel(past, at=NOW)) == (figures(funnel(deals, at=NOW)) if past else [])


def walked(*stages):
    """A deal that entered these stages, a day after another."""
    moves = [(stage, 1) for stage in stages[1:]]
    return a_deal((stages[0], 0, moves))[0]


SEVEN = [
    *[walked("a", "b", "won")] * 3,
    *[walked("a", "c", "won")] * 2,
    *[walked("b", "c")] * 4,
    *[walked("a", "lost")] * 2,
    *[walked("a", "b", "lost")] * 1,
    *[walked("a")] * 5,
    *[walked("b", "a")] * 1,
]


def test_all_seven_definitions_of_the_peers_can_be_asked_for():
    """One log and one step give seven numbers, each by its arguments."""
    reached, visited = funnel(SEVEN, at=NOW), funnel(SEVEN, at=NOW, path="visited")
    strict = funnel(SEVEN, at=NOW, path="strict")
    closed = funnel(SEVEN, at=NOW, closed_only=True)
    standing = funnel(SEVEN, at=NOW, path="standing")

    def counts(found):
        return found.step("b").entered, found.step("a").entered

    assert counts(visited) == (9, 14)  # entered B of entered A, no order asked
    assert (visited.step("a").onward, visited.step("a").entered) == (4, 14)  # A, then B
    assert counts(strict) == (4, 14)  # all stages up to B, of all up to A
    assert counts(reached) == (11, 18)  # reached or passed
    assert str(reached.step("a").rate) == "11 of 13 (85%, 95% CI 58–96%)"  # of the decided
    assert counts(closed) == (6, 8)  # of closed deals
    assert counts(standing) == (9, 15)  # where they stand today, lost left out


def test_a_converted_lead_goes_on_as_its_furthest_deal_and_counts_once():
    """Two deals of one lead are one customer; a deal without a lead is told, not counted."""
    lead = Lead.capture(company="Novin Tejarat", source="web", at=START)
    lead = lead.answer({"need": True, "budget": True, "timing": True}, at=START)
    lead = lead.qualify(BANT, at=START)
    lead, _, deal = plan_conversion(lead, amount=Money(9, "EUR")).apply(at=START)
    second = Opportunity.open(id="2", lead_ids=[lead.id], at=START)
    deals = [deal.move("propose", at=START), second.lose("price", at=START)]
    young = Lead.capture(company="Ararat", source="fax", at=START)

    found = funnel(
        [lead, young], opportunities=[*deals, Opportunity.open(id="3", at=START)], at=NOW
    )

    assert [(s.stage, s.entered, s.lost, s.still) for s in found.steps if s.entered] == [
        ("new", 2, 0, 1),
        ("contacted", 1, 0, 0),
        ("nurturing", 1, 0, 0),
        ("qualified", 1, 0, 0),
        ("converted", 1, 0, 0),
        ("meeting", 1, 0, 0),
        ("proposal", 1, 0, 1),
    ]
    assert [str(problem) for problem in found.problems] == [
        "deals that belong to none of these leads: 1"
    ]
    alone = funnel([attrs_free(lead)], opportunities=deals[:1], at=NOW)
    assert alone.step("proposal").entered == 1


def attrs_free(lead):
    """The lead as it is stored and read again."""
    return Lead.replay(lead.timeline)


def test_only_those_of_a_period_are_counted():
    """The days are those of the zone of the period."""
    deals = [a_deal(("a", day, []), day)[0] for day in (0, 9, 10, 40)]

    period = Period(date(2026, 1, 1), date(2026, 1, 11))
    found = funnel(deals, at=NOW, entered=period, group="month")

    assert found.counted == 2
    assert {part.entered for part in (found, *found.groups.values())} == {period}
    assert str(found).splitlines()[0].endswith(", entered 2026-01-01 to 2026-01-10")
    assert found.as_data()["entered"] == {
        "period": "2026-01-01 to 2026-01-10",
        "since": "2026-01-01",
        "until": "2026-01-11",
    }
    assert funnel(deals, at=NOW).as_data()["entered"] is None


def test_what_is_known_now_may_be_another_group():
    """As a rule a group goes by what was known at the entry."""
    deal = walked("a").amend(details={"team": "north"}, at=START + timedelta(days=1))

    groups = [
        list(funnel([deal], at=NOW, group="details.team", known=known).groups)
        for known in ("entry", "now")
    ]

    assert groups == [[None], ["north"]]


def test_a_funnel_says_what_it_counted():
    """Nothing is a rate of nothing."""
    deal = walked("a", "b", "lost", "b", "a")
    found = funnel([deal], at=NOW, group="source")

    lines = str(found).splitlines()
    assert lines[0] == "1 counted at 2026-02-10 00:00 UTC"
    assert [line.split()[:4] for line in lines[2:4]] == [["a", "1", "1", "1"], ["b", "1", "0", "0"]]
    assert not any(line.split()[0] == "c" for line in lines)  # in which no one was
    assert str(found.step("b")).endswith("0 of 0 (unknown) of the decided, 0 to 100% in the end")
    assert str(found.step("c")) == "c: 0 entered, 0 went on, 0 lost, 0 still there"
    assert (found.step("c").bounds, found.reopened) == (None, 1)
    assert "  reopened: 1" in str(found)
    assert "Exhibition: 1 counted" in str(found)
    steps, moves = found.figures()
    rows = 2 + len(steps.rows) + len(moves.rows)
    assert found._repr_html_().count("<tr>") == 2 * rows
    assert isinstance(found.groups["exhibition"], Funnel)
    assert str(found.flows[0]) == "(begun) → a: 1"
    nothing = funnel([walked("a", "lost")], at=NOW, group="details.no")
    assert "(not known): 1 counted" in str(nothing)


def test_a_table_tells_of_a_step_all_that_its_data_tell():
    """Those that skipped it or came back, the rate, its bounds, and the share of all."""
    deals = [walked("a", "b", "a", "lost"), walked("b", "c", "b"), walked("a")]
    found = funnel(deals, at=NOW)

    steps, _ = found.figures()

    assert [dict(zip(steps.headings, row, strict=True)) for row in steps.rows] == [
        {
            "stage": Called(step.stage, step.stage),
            "entered": step.entered,
            "of them skipped": step.skipped,
            "of them returned": step.returned,
            "onward": step.onward,
            "lost": step.lost,
            "still": step.still,
            "of the decided": step.rate,
            "in the end at least": step.bounds and pytest.approx(step.bounds[0]),
            "in the end at most": step.bounds and pytest.approx(step.bounds[1]),
            "of all who began": pytest.approx(step.overall.part / step.overall.whole),
        }
        for step in found.used_steps
    ]
    assert str(found.step("a")).startswith("a: 3 entered (1 of them skipped it, 1 of them came ba")
    assert funnel([], at=NOW).figures()[0].rows == ()


def test_all_that_are_lost_are_lost_and_all_that_are_open_are_undecided():
    """Neither has a rate of a hundred percent."""
    lost, still = (funnel([walked(*way)], at=NOW) for way in (("a", "lost"), ("a",)))

    assert str(lost.step("a").rate).startswith("0 of 1")
    assert str(still.step("a").rate) == "0 of 0 (unknown)"
    assert funnel([walked("a", "lost")], at=NOW, path="standing").counted == 0


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"path": "any"}, "path is not in the list; allowed: reached, visited, strict, standing"),
        ({"within": timedelta()}, "within is not longer than nothing; allowed: timedelta(days=30)"),
        ({"within": {"a": timedelta(-1)}}, "within is not longer than nothing"),
        ({"within": 30}, "within is of the wrong kind: int"),
        ({"known": "later"}, "known is not in the list; allowed: entry, now"),
        ({"calendar": "jalali"}, 'calendar is of the wrong kind: str; allowed: Calendar("jalali")'),
        ({"group": "sorce"}, "group is by sorce, a fact that a deal cannot have (did you mean s"),
        ({"group": "mnoth"}, "group is by mnoth, a fact that a deal cannot have (did you mean m"),
        ({"group": "xyz"}, "group is by xyz, a fact that a deal cannot have; allowed: a fact by "),
        ({"entered": Period(date(2027, 1, 1), date(2028, 1, 1))}, "entered begins after"),
    ],
)
def test_a_question_that_means_nothing_is_told(asked, message):
    """One sentence says what is allowed."""
    with pytest.raises(InvalidValue) as told:
        funnel([walked("a")], at=NOW, **asked)

    assert str(told.value).startswith(message)


def test_a_stage_that_all_skipped_is_in_no_table():
    """No one ever stood in it; as data it is kept, as is one to which no one got."""
    found = funnel([walked("a", "c"), walked("a", "c", "lost")], at=NOW)

    assert [step["stage"] for step in found.as_data()["steps"]] == [s.stage for s in found.steps]
    assert (found.step("b").entered, found.step("b").skipped) == (2, 2)
    assert [row[0].code for row in found.figures()[0].rows] == ["a", "c"]
    assert '<td dir="auto">b</td>' not in meeting_page([found], title="t")
    assert '"b: ' not in picture(found).svg


@pytest.mark.parametrize("nouns", [None, "abc", [None], {"a": 1}])
def test_what_are_no_leads_and_no_deals_is_told(nouns):
    """Rows have to be read first."""
    with pytest.raises(WrongKind, match="leads is of the wrong kind"):
        funnel(nouns, at=NOW)


def test_two_pipelines_are_no_funnel():
    """Their stages have no common order."""
    with pytest.raises(InvalidValue, match="leads go through board and through opportunity"):
        funnel([walked("a"), Opportunity.open(id="7", at=START)], at=NOW)
    with pytest.raises(InvalidValue, match="stage is not a step of this funnel; allowed: a, b, c"):
        funnel([walked("a")], at=NOW).step("d")


def test_a_funnel_keeps_no_deal():
    """Ten thousand deals leave hardly a trace."""
    deal = walked("a", "b", "won")
    funnel([deal], at=NOW)

    tracemalloc.start()
    funnel((Opportunity.replay(deal.timeline) for _ in range(3_000)), at=NOW)
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert used < 200_000


def test_a_deal_that_only_its_lead_names_goes_on_with_it():
    """The link may stand on either side."""
    lead = Lead.capture(company="Novin Tejarat", at=START)
    lead = lead.answer({"need": True, "budget": True, "timing": True}, at=START)
    lead, _, deal = plan_conversion(lead.qualify(BANT, at=START)).apply(at=START)
    alone = Opportunity.open(id=deal.id, at=START)

    found = funnel([lead], opportunities=[alone], at=NOW)

    assert (found.step("meeting").entered, found.problems) == (1, ())


def test_a_stage_is_counted_only_once_its_window_is_over():
    """And a move into the same stage is no move; a rule that says no is a group."""
    waits = free_pipeline("waits", [Stage("a"), Stage("won", kind="won")])
    deal = Opportunity.open(id="7", pipeline=waits, at=START)
    asked = {"within": {"a": timedelta(days=99)}, "group": field("owner").is_("Ani")}

    found = funnel([deal.assign("Reza", at=START)], at=NOW, **asked)

    assert (found.step("a").entered, list(found.groups)) == (0, ["no"])


def test_a_stage_that_is_entered_from_itself_is_no_move():
    """Some systems write a line of history whenever a deal is saved."""
    deal = Opportunity.open(id="7", pipeline=BOARD, stage="a", at=START)
    saved = OpportunityMoved(
        at=START, trigger="to_a", from_stage="a", to_stage="a", probability=deal.probability
    )

    moves = funnel([Opportunity.replay([*deal.timeline, saved])], at=NOW).flows

    assert [(move.from_stage, move.to_stage) for move in moves] == [("", "a")]


def test_a_stage_of_another_pipeline_is_counted_apart():
    """Whoever stands in stages alone that the pipeline lacks is in no step of it."""
    count = FunnelCount(FunnelPath.REACHED, None, NOW, closed_only=False)

    assert count.usable([Entry(NOW, UNKNOWN, "tasted")]) == []
    assert [str(problem) for problem in count.unknown.problems(["taste", "won"])] == [
        "they entered a stage that the pipeline does not have: 1 (tasted)",
        "did you mean taste, which the pipeline has?",
    ]


def test_a_stage_that_no_one_told_is_none_that_it_stood_in():
    """A list that says only how deals ended has moves from a stage that is not known."""
    ends = StringIO("Deal,Stage,Created,Closed on\na,Lost,2026-01-05,2026-01-09\nb,Won,,\n")
    deals = [*read_opportunities(ends, at=START).entities()]

    found = funnel(deals, at=NOW)

    ways = [(None, "lost"), (None, "won"), ("", None)]
    assert {(flow.from_stage, flow.to_stage) for flow in found.flows} == {*ways}
    assert [str(flow) for flow in found.flows] == [
        "(begun) → (not known): 2",
        "(not known) → lost: 1",
        "(not known) → won: 1",
    ]
    assert found.as_data()["flows"][1]["from"] is None
    assert [str(problem) for problem in found.problems] == [
        "lost from a stage that is not known, and counted where they begin: 1"
    ]
    assert found.step("meeting").lost == 1
    for path in ("visited", "strict"):
        seen = funnel(deals, at=NOW, path=path)
        assert (seen.step("meeting").entered, seen.problems) == (0, ())


def test_each_group_tells_what_was_lost_from_a_stage_that_no_one_told():
    """As the whole does; and within a window only what was lost by then."""
    days = ("a,2026-01-05,2026-01-09", "b,2026-01-05,2026-01-29", "c,2026-02-01,2026-02-02")
    ends = StringIO("\n".join(["Deal,Created,Closed on,Stage", *(f"{d},Lost" for d in days)]))
    deals = [*read_opportunities(ends, at=NOW).entities()]

    found = funnel(deals, at=NOW, group="month")
    by_then = funnel(deals, at=NOW, within=timedelta(days=8))

    told = [[problem.params["count"] for problem in g.problems] for g in found.groups.values()]
    assert (told, found.problems[0].params["count"]) == ([[2], [1]], 3)
    assert [problem.params["count"] for problem in by_then.problems] == [2]
