"""
Velocity, losses, ageing and the time to win of piles of deals, counted again in SQL written apart.

The deals are those of `deals_sql`, six to a pile. The share that has won is that of Aalen and
Johansen: at each length, those still at risk, times the share that remained until then.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from salesfunnel import Opportunity
from salesfunnel.analytics import Total, report, time_to_win
from tests.analytics.deals_sql import LAST, START, a_deal, as_total, told_in_sql, totals_of

PILE, DAYS = 6, (45, 120)
NEAR = 1e-9
PILES = f"WITH deals AS (SELECT id // {PILE} AS pile, deal, opened FROM ({LAST}))"  # noqa: S608 - our own
VELOCITY = f"""
{PILES}, coins AS (
    SELECT DISTINCT pile, deal.currency AS currency FROM deals WHERE deal.currency IS NOT NULL
), own AS (
    SELECT pile, coins.currency, deal, opened FROM deals JOIN coins USING (pile)
    WHERE deal.currency IS NULL OR deal.currency = coins.currency
), found AS (
    SELECT pile, currency, count(*) FILTER (deal.kind = 'open' AND deal.amount > 0) AS open,
           median(deal.amount) FILTER (deal.kind = 'won') AS amount,
           count(*) FILTER (deal.kind = 'won') AS won,
           count(*) FILTER (deal.kind <> 'open') AS closed,
           median(deal.day - opened) FILTER (deal.kind = 'won') AS days
    FROM own GROUP BY ALL
)
SELECT * FROM found WHERE open > 0 AND amount IS NOT NULL AND days > 0
"""  # noqa: S608 - our own
LOSSES = f"""
{PILES}
SELECT pile, (deal.origin, deal.reason), deal.currency, count(*), sum(deal.amount)
FROM deals WHERE deal.kind = 'lost' GROUP BY ALL
"""  # noqa: S608 - our own
RIVALS = f"""
{PILES}
SELECT pile, deal.rival, deal.currency, count(*), sum(deal.amount)
FROM deals WHERE deal.rival IS NOT NULL GROUP BY ALL
"""  # noqa: S608 - our own
AGES = f"""
{PILES}
SELECT pile, CASE WHEN $at - opened <= 30 THEN 0 WHEN $at - opened <= 60 THEN 31
                  WHEN $at - opened <= 90 THEN 61 ELSE 91 END,
       deal.currency, count(*), sum(deal.amount)
FROM deals WHERE deal.kind = 'open' GROUP BY ALL
"""  # noqa: S608 - our own
TIMES = f"""
{PILES}, spans AS (
    SELECT pile, deal.kind AS kind, if(deal.kind = 'open', $at, deal.day) - opened AS length
    FROM deals
), steps AS (
    SELECT pile, length, count(*) AS all_of_it, count(*) FILTER (kind = 'won') AS won,
           count(*) FILTER (kind = 'lost') AS lost
    FROM spans GROUP BY ALL
), risks AS (
    SELECT *, sum(all_of_it) OVER (PARTITION BY pile ORDER BY length DESC) AS at_risk FROM steps
), shares AS (
    SELECT *, coalesce(product(1 - (won + lost) / at_risk) OVER (PARTITION BY pile ORDER BY length
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 1) AS remain
    FROM risks
)
SELECT pile, sum(won)::INT, sum(lost)::INT, sum(all_of_it - won - lost)::INT,
       sum(remain * won / at_risk)
FROM shares GROUP BY pile
"""  # noqa: S608 - our own


def differing(count: int, *, seed: int) -> Iterator[str]:
    """Count so many random piles twice, and name each figure that differs."""
    chance = random.Random(seed)  # noqa: S311 - not to keep a secret
    walks = [a_deal(chance, number) for number in range(PILE * count)]
    sql = told_in_sql(told for _, told in walks)
    piles = [[deal for deal, _ in walks[n : n + PILE]] for n in range(0, len(walks), PILE)]
    for day in DAYS:

        def by_pile(query: str, at: int = day) -> dict[int, list[tuple[Any, ...]]]:
            found: dict[int, list[tuple[Any, ...]]] = {}
            for number, *row in sql.execute(query, {"at": at}).fetchall():
                found.setdefault(number, []).append(tuple(row))
            return found

        for part in (_reports, _times):
            yield from part(piles, by_pile, day)


def _reports(piles: list[list[Opportunity]], by_pile: Any, day: int) -> Iterator[str]:
    velocity = by_pile(VELOCITY)
    asked = {"losses": LOSSES, "lost_to": RIVALS, "ageing": AGES}
    expected = {name: by_pile(query) for name, query in asked.items()}
    for number, deals in enumerate(piles):
        found = report(deals, at=START + timedelta(days=day))
        speeds = [
            (
                *(each.median_won.currency, each.open, each.median_won.amount),
                *(each.win_rate.part, each.win_rate.whole, each.median_days),
            )
            for each in found.velocity
        ]
        if speeds != sorted(velocity.get(number, [])):
            yield f"{number} velocity at {day}: {speeds} for {velocity.get(number)}"
        totals: dict[str, dict[Any, Total]] = {
            "losses": {(loss.stage, loss.reason): loss.total for loss in found.losses},
            "lost_to": dict(found.lost_to),
            "ageing": {age.since: age.total for age in found.ageing},
        }
        for name, mine in totals.items():
            wanted = totals_of(expected[name].get(number, []))
            if as_total(mine) != wanted:
                yield f"{number} {name} at {day}: {as_total(mine)} for {wanted}"


def _times(piles: list[list[Opportunity]], by_pile: Any, day: int) -> Iterator[str]:
    expected = by_pile(TIMES)
    for number, deals in enumerate(piles):
        found = time_to_win(deals, at=START + timedelta(days=day))
        *counts, share = expected.get(number, [(0, 0, 0, 0.0)])[0]
        won = found.curve[-1].share if found.curve else 0.0
        is_near = abs(won - share) <= NEAR
        if [found.won, found.lost, found.open] != counts or not is_near:
            yield f"{number} time to win at {day}: {found} for {counts}, {share}"
