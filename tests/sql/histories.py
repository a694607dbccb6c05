"""Random histories in a database, and every integer of the query that the objects have not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from salesfunnel.analytics import Funnel, funnel
from salesfunnel.sql import SqlHistory, funnel_sql
from salesfunnel.values import Period
from tests.analytics.funnel_sql import AT, BOARD, PATHS, START, WINDOW, a_history
from tests.sql.databases import Database

NOW = START + timedelta(days=AT)
SOURCES = ("fair", "web", None)
JANUARY = Period(date(2026, 1, 4), date(2026, 1, 29))
LOG = SqlHistory("log", id="deal", stage="to", at="when", seq="n")
KINDS = {"deal": "whole", "n": "whole", "to": "text", "when": "moment", "source": "text"}
ASKED = [
    {"path": path, "within": within, "closed_only": closed_only, "entered": entered}
    for path in PATHS
    for within in (None, timedelta(days=WINDOW))
    for closed_only in (False, True)
    for entered in (None, JANUARY)
]
"""Every way to ask."""


def filled(database: Database, histories: list[Any]) -> None:
    """Write histories as rows in no order; the source of each first row is what counts."""
    rows = [
        (number, place, stage, START + timedelta(days=day), SOURCES[(number + bool(place)) % 3])
        for number, (_, entered) in enumerate(histories)
        for place, (day, stage) in enumerate(entered)
    ]
    random.Random(len(rows)).shuffle(rows)  # noqa: S311 - not to keep a secret
    database.table("log", KINDS, rows)


def asked(database: Database, *, log: SqlHistory = LOG, at: datetime = NOW, **more: Any) -> Any:
    """Give the rows of the query."""
    return database.run(funnel_sql(BOARD, log, dialect=database.dialect, at=at, **more))


def as_rows(found: Funnel, rows: str) -> list[tuple[Any, ...]]:
    """Write the integers of a funnel as the query gives them."""
    if rows == "steps":
        return [
            (s.stage, s.entered, s.onward, s.lost, s.still, s.skipped, s.returned, s.bypassed)
            for s in found.steps
        ]
    if rows == "flows":
        return sorted((flow.from_stage, flow.to_stage, flow.count) for flow in found.flows)
    return [(found.counted, found.reopened, 0, 0)]


def differing(database: Database, count: int, *, seed: int) -> Iterator[str]:
    """
    Count so many histories in the database, and name each answer that is not that of objects.

    Each is a group of its own, so that no two mistakes can hide one another.
    """
    chance = random.Random(seed)  # noqa: S311 - not to keep a secret
    histories = [a_history(chance, number) for number in range(count)]
    filled(database, histories)
    deals = [deal for deal, _ in histories]
    for more in ASKED:
        whole = funnel(deals, at=NOW, **more)
        alone = [funnel([deal], at=NOW, **more) for deal in deals]
        for rows in ("steps", "flows", "totals"):
            found = sorted(asked(database, rows=rows, **more))
            if found != sorted(as_rows(whole, rows)):
                yield f"{more} {rows}: {found} for {as_rows(whole, rows)}"
            by_deal: dict[int, list[Any]] = {}
            for number, *row in asked(database, rows=rows, group="deal", **more):
                by_deal.setdefault(number, []).append(tuple(row))
            for number, one in enumerate(alone):
                expected = as_rows(one, rows) if one.counted else []
                if sorted(by_deal.get(number, [])) != sorted(expected):
                    yield f"{number} {more} {rows}: {by_deal.get(number)} for {expected}"
