"""
Movement, forecast, slippage and report of random deals, counted again in SQL written apart.

What each deal was like after each step is written down as it walks, not read from its timeline. It
gets amounts in two currencies and loses them, is put off and has its day taken away, is closed
and reopened, and does several things on one day. Each deal is a pile of its own.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb

from salesfunnel import Opportunity
from salesfunnel.analytics import Total, forecast, movement, report, slippage
from salesfunnel.analytics.movement_causes import CAUSES
from salesfunnel.pipeline import Stage
from salesfunnel.pipeline.presets.free import free_pipeline
from salesfunnel.values import Money, Period

START = datetime(2026, 1, 1, tzinfo=UTC)
OPEN = {"a": "0.10", "b": None, "c": "0.70"}
BOARD = free_pipeline(
    "desk",
    [
        *(Stage(name, probability=chance) for name, chance in OPEN.items()),
        Stage("won", kind="won"),
        Stage("lost", kind="lost"),
    ],
)
SINCE, UNTIL = 20, 45
BEGINS, ENDS = 31, 59
FEBRUARY = Period(date(2026, 2, 1), date(2026, 3, 1), label="2026-02")
CREATE = """
CREATE TABLE told (id INT, n INT, day INT, stage TEXT, kind TEXT, amount DECIMAL(18, 2),
                   currency TEXT, expected INT, chance DECIMAL(4, 2), reason TEXT, rival TEXT,
                   origin TEXT)
"""
MOVEMENT = """
WITH known AS (
    SELECT *, kind = 'open' AND ($begins IS NULL OR coalesce(expected >= $begins
              AND expected < $ends, false)) AS here
    FROM told WHERE day <= $until
), pairs AS (
    SELECT *, lag(here) OVER w AS was, lag(kind) OVER w AS had, lag(n) OVER w AS prior,
           lag(amount) OVER w AS less, lag(currency) OVER w AS coin
    FROM known WINDOW w AS (PARTITION BY id ORDER BY n)
), stayed AS (SELECT * FROM pairs WHERE day > $since AND was AND here), found AS (
    SELECT id, 'opening' AS cause, amount, currency FROM known k WHERE here AND day <= $since
        AND n = (SELECT max(n) FROM known o WHERE o.id = k.id AND o.day <= $since)
    UNION ALL SELECT id, 'closing', amount, currency FROM known k WHERE here
        AND n = (SELECT max(n) FROM known o WHERE o.id = k.id)
    UNION ALL SELECT id, CASE WHEN prior IS NULL THEN 'new' WHEN had = 'open' THEN 'pulled_in'
                              ELSE 'reopened' END, amount, currency
        FROM pairs WHERE day > $since AND here AND NOT coalesce(was, false)
    UNION ALL SELECT id, CASE kind WHEN 'open' THEN 'moved_out' ELSE kind END, less, coin
        FROM pairs WHERE day > $since AND was AND NOT here
    UNION ALL SELECT id, 'raised', amount - less, currency
        FROM stayed WHERE currency = coin AND amount > less
    UNION ALL SELECT id, 'lowered', less - amount, currency
        FROM stayed WHERE currency = coin AND amount < less
    UNION ALL SELECT id, 'lowered', less, coin
        FROM stayed WHERE less IS NOT NULL AND currency IS DISTINCT FROM coin
    UNION ALL SELECT id, 'raised', amount, currency
        FROM stayed WHERE amount IS NOT NULL AND currency IS DISTINCT FROM coin
)
SELECT id, cause, currency, count(*), sum(amount) FROM found GROUP BY ALL
"""
LAST = """
SELECT arg_max(struct_pack(stage, kind, amount, currency, expected, chance, day, reason, rival,
                           origin), n) AS deal, id, arg_min(day, n) AS opened
FROM told WHERE day <= $at GROUP BY id
"""
FORECAST = f"""
SELECT id, CASE WHEN deal.kind = 'won' THEN month($day) WHEN deal.expected IS NULL THEN -1
                WHEN deal.expected < $at THEN -2
                ELSE month(DATE '2026-01-01' + deal.expected) END,
       deal.kind, deal.currency, count(*), sum(deal.amount), sum(deal.amount * deal.chance)
FROM ({LAST}) WHERE deal.kind = 'open'
    OR (deal.kind = 'won' AND month(DATE '2026-01-01' + deal.day) = month($day))
GROUP BY ALL
"""  # noqa: S608 - our own
REPORT = f"""
SELECT id, deal.stage, deal.currency, count(*), sum(deal.amount),
       min(deal.day - opened) FILTER (deal.kind = 'won')
FROM ({LAST}) WHERE deal.kind = 'open' OR $begins IS NULL
    OR (deal.day >= $begins AND deal.day < $ends)
GROUP BY ALL
"""  # noqa: S608 - our own
CREATED = f"""
SELECT id, (opened >= $begins AND opened < $ends)::INT,
       (deal.kind = 'won' AND deal.day >= $begins AND deal.day < $ends)::INT,
       (deal.kind = 'lost' AND deal.day >= $begins AND deal.day < $ends)::INT
FROM ({LAST})
"""  # noqa: S608 - our own
SLIPPAGE = """
WITH due AS (
    SELECT id FROM told WHERE day < $begins GROUP BY id
    HAVING arg_max(kind, n) = 'open'
       AND coalesce(arg_max_null(expected, n) >= $begins, false)
       AND coalesce(arg_max_null(expected, n) < $ends, false)
), after AS (
    SELECT id, arg_max(kind, n) AS kind, arg_max_null(expected, n) AS expected
    FROM told SEMI JOIN due USING (id) WHERE day <= least($at, $ends) GROUP BY id
), days AS (
    SELECT id, n, day, expected, last_value(expected IGNORE NULLS) OVER (
        PARTITION BY id ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
    FROM told WHERE day <= least($at, $ends)
), slips AS (
    SELECT id, count(*) AS pushes, sum(expected - before) AS days
    FROM days WHERE day >= $begins AND expected > before GROUP BY id
)
SELECT id, (kind = 'won')::INT, (kind = 'lost')::INT,
       (kind = 'open' AND coalesce(expected >= $ends, false))::INT, coalesce(pushes, 0),
       coalesce(days, 0)
FROM after LEFT JOIN slips USING (id)
"""


def a_deal(chance: random.Random, number: int) -> tuple[Opportunity, list[tuple[Any, ...]]]:
    """Walk a deal at random, and write down what it was like after each step."""
    day, stage = chance.choice([0, 5, 20, 31, 40, 58]), chance.choice(list(OPEN))
    amount, expected = _an_amount(chance), _a_day(chance)
    deal = Opportunity.open(
        id=str(number),
        pipeline=BOARD,
        stage=stage,
        amount=amount,
        expected_close=_date(expected),
        at=START + timedelta(days=day),
    )
    likely = OPEN[stage]
    nothing = None, None, None
    told = [(*_row(day, deal.stage, amount, expected, likely), *nothing)]
    for _ in range(chance.randrange(12)):
        day += chance.choice([0, 0, 1, 3, 9, 20])
        at = START + timedelta(days=day)
        what, lost = chance.choice(["amount", "expected", "expected", "move"]), nothing
        if deal.closing is not None:
            deal = deal.reopen(at=at)
        elif what == "amount" and (wanted := _an_amount(chance)) != amount:
            amount = wanted
            deal = deal.amend(amount=amount, at=at)
        elif what == "expected" and (later := _a_day(chance)) != expected:
            expected = later
            deal = deal.amend(expected_close=_date(expected), at=at)
        elif what == "move":
            to = chance.choice([*(name for name in OPEN if name != deal.stage), "won", "lost"])
            if to == "lost":
                rival = chance.choice([None, "Faradis"])
                lost = chance.choice(["price", "stock"]), rival, deal.stage
            deal = deal.move(to=to, reason=lost[0] or "", competitor=lost[1] or "", at=at)
            likely = OPEN.get(to) or likely  # a stage without a chance leaves it as it was
        else:
            continue
        told.append((*_row(day, deal.stage, amount, expected, likely), *lost))
    return deal, told


def _an_amount(chance: random.Random) -> Money | None:
    return chance.choice([None, *(Money(n, c) for n in (5, 9, 9, 12) for c in ("EUR", "USD"))])


def _a_day(chance: random.Random) -> int | None:
    return chance.choice([None, 10, 30, 31, 40, 58, 59, 70, 100])


def _date(day: int | None) -> date | None:
    return None if day is None else (START + timedelta(days=day)).date()


def _row(
    day: int, stage: str, amount: Money | None, expected: int | None, likely: str | None
) -> tuple[Any, ...]:
    kind = "open" if stage in OPEN else stage
    worth = (None, None) if amount is None else (amount.amount, amount.currency)
    return day, stage, kind, *worth, expected, likely


def totals_of(rows: Iterable[tuple[Any, ...]]) -> dict[Any, Any]:
    """Put rows of key, currency, count and sum together, without what is nothing."""
    found: dict[Any, Any] = {}
    for key, currency, count, worth in rows:
        counts = found.setdefault(key, [0, {}])
        counts[0] += count
        if currency is not None and worth:
            counts[1][currency] = counts[1].get(currency, Decimal(0)) + worth
    return found


def as_total(totals: Mapping[Any, Total]) -> dict[Any, Any]:
    """Give totals as `totals_of` does."""
    return {
        key: [total.count, {money.currency: money.amount for money in total.value if money.amount}]
        for key, total in totals.items()
        if total.count
    }


def told_in_sql(walks: Iterable[list[tuple[Any, ...]]]) -> duckdb.DuckDBPyConnection:
    """Put what was written down of each deal into a table."""
    sql = duckdb.connect()
    sql.execute(f"SET threads = 1; {CREATE}")
    rows = [(n, place, *row) for n, told in enumerate(walks) for place, row in enumerate(told)]
    sql.executemany("INSERT INTO told VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    return sql


def differing(count: int, *, seed: int) -> Iterator[str]:
    """Count so many random deals twice, and name each figure that differs."""
    chance = random.Random(seed)  # noqa: S311 - not to keep a secret
    walks = [a_deal(chance, number) for number in range(count)]
    sql = told_in_sql(told for _, told in walks)

    def by_deal(query: str, **asked: Any) -> dict[int, list[tuple[Any, ...]]]:
        found: dict[int, list[tuple[Any, ...]]] = {}
        for number, *row in sql.execute(query, asked).fetchall():
            found.setdefault(number, []).append(tuple(row))
        return found

    deals = [deal for deal, _ in walks]
    month = {"begins": BEGINS, "ends": ENDS}
    for part in (_movements, _forecasts, _reports, _slippages):
        yield from part(deals, by_deal, month)


def _movements(deals: list[Opportunity], by_deal: Any, month: dict[str, int]) -> Iterator[str]:
    since, until = (START + timedelta(days=day) for day in (SINCE, UNTIL))
    for period in (None, FEBRUARY):
        ends = month if period else dict.fromkeys(month)
        expected = by_deal(MOVEMENT, since=SINCE, until=UNTIL, **ends)
        for number, deal in enumerate(deals):
            found = movement([deal], since=since, until=until, expected_in=period)
            causes = {name: getattr(found, name) for name in ("opening", *CAUSES, "closing")}
            if as_total(causes) != (wanted := totals_of(expected.get(number, []))):
                yield f"{number} movement {period}: {as_total(causes)} for {wanted}"


def _forecasts(deals: list[Opportunity], by_deal: Any, _month: object) -> Iterator[str]:
    for day in (SINCE, UNTIL):
        at = START + timedelta(days=day)
        expected = by_deal(FORECAST, at=day, day=at.date())
        for number, deal in enumerate(deals):
            rows = expected.get(number, [])
            found = forecast([deal], at=at)
            named = {row.period.since.month: row for row in found.rows if row.period}
            places = {**named, -1: found.undated, -2: found.slipped}
            for kind in ("won", "open"):
                wanted = totals_of((row[0], *row[2:5]) for row in rows if row[1] == kind)
                mine = as_total({place: getattr(row, kind) for place, row in places.items()})
                if mine != wanted:
                    yield f"{number} forecast {kind} at {day}: {mine} for {wanted}"
            mine = {
                (place, money.currency): money.amount
                for place, row in places.items()
                for money in row.weighted
            }
            sums = {(row[0], row[2]): row[5] for row in rows if row[1] == "open" and row[5]}
            if mine != sums:
                yield f"{number} forecast weighted at {day}: {mine} for {sums}"


def _reports(deals: list[Opportunity], by_deal: Any, month: dict[str, int]) -> Iterator[str]:
    at = START + timedelta(days=UNTIL + 30)
    for period in (None, FEBRUARY):
        ends = month if period else dict.fromkeys(month)
        expected = by_deal(REPORT, at=UNTIL + 30, **ends)
        created = by_deal(CREATED, at=UNTIL + 30, **month)
        for number, deal in enumerate(deals):
            rows, found = expected.get(number, []), report([deal], at=at, closed_in=period)
            wanted = totals_of(row[:4] for row in rows)
            mine = as_total(
                {stage.stage: Total(stage.count, stage.value) for stage in found.stages}
            )
            if mine != wanted:
                yield f"{number} report {period}: {mine} for {wanted}"
            days = [row[4] for row in rows if row[4] is not None]
            if found.days_to_win.median != (days[0] if days else None):
                yield f"{number} days to win: {found.days_to_win} for {days}"
            if found.period is not None:
                totals = (found.period.created, found.period.won, found.period.lost)
                counts = tuple(total.count for total in totals)
                if [counts] != created.get(number, [(0, 0, 0)]):
                    yield f"{number} created, won, lost: {counts} for {created.get(number)}"


def _slippages(deals: list[Opportunity], by_deal: Any, month: dict[str, int]) -> Iterator[str]:
    for day in (UNTIL, ENDS + 20):
        expected = by_deal(SLIPPAGE, at=day, **month)
        for number, deal in enumerate(deals):
            found = slippage([deal], due=FEBRUARY, at=START + timedelta(days=day))
            counts = (found.won, found.lost, found.pushed, found.pushes, found.days)
            wanted = expected.get(number, [])
            if found.due != len(wanted) or (wanted and wanted != [counts]):
                yield f"{number} slippage at {day}: {counts} of {found.due} for {wanted}"
