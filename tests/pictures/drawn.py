"""What can be drawn, and the parts of a drawn picture, as the tests of pictures see them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

from hypothesis import strategies as st

from salesfunnel import Money
from salesfunnel.analytics import (
    Cohort,
    Cohorts,
    Forecast,
    ForecastCategory,
    ForecastRow,
    Funnel,
    FunnelStep,
    Proportion,
    Total,
)
from salesfunnel.analytics.funnel_step import FunnelPath
from salesfunnel.pictures import Language
from salesfunnel.values import Period

SVG = "{http://www.w3.org/2000/svg}"
LIMIT = 6_000
MARCH = datetime(2026, 3, 2, tzinfo=UTC)
languages = st.sampled_from(Language)
names = st.text(min_size=1, max_size=40) | st.sampled_from(["meeting", "جلسه (A/B)", "Ձագար"])
counts = st.integers(0, 10**7)


@st.composite
def steps(draw):
    """Draw one stage of a funnel, called by any text."""
    onward, lost, still = draw(st.tuples(counts, counts, counts))
    bypassed = draw(st.just(0) | counts)
    entered = onward + lost + still + bypassed
    return FunnelStep(
        stage=draw(names),
        entered=entered,
        onward=onward,
        lost=lost,
        bypassed=bypassed,
        first=max(entered, 1),
    )


@st.composite
def funnels(draw):
    """Draw a funnel of up to forty stages."""
    rows = tuple(draw(st.lists(steps(), max_size=40)))
    return Funnel(
        at=MARCH,
        path=FunnelPath.REACHED,
        counted=0,
        reopened=0,
        steps=rows,
        flows=(),
        entered=draw(st.sampled_from([None, Period(date(2026, 1, 1), date(2026, 2, 1))])),
    )


@st.composite
def cohort_tables(draw):
    """Draw cohorts of up to sixty periods."""
    windows = tuple(
        timedelta(hours=n)
        for n in sorted(draw(st.sets(st.integers(1, 9_999), min_size=1, max_size=8)))
    )
    rows = []
    for number in range(draw(st.integers(0, 60))):
        size = draw(st.integers(1, 10**6))
        shares = [
            draw(
                st.none() | st.integers(0, size).map(lambda part, size=size: Proportion(part, size))
            )
            for _ in windows
        ]
        bounded = draw(st.none() | st.integers(0, size).map(lambda n, size=size: (n / size, 1.0)))
        bounds = tuple(bounded if share is None else None for share in shares)
        cohort = Cohort(period=f"2026-{number:02}", size=size, shares=tuple(shares), bounds=bounds)
        rows.append(cohort)
    return Cohorts(at=datetime(2026, 3, 2, tzinfo=UTC), within=windows, rows=tuple(rows))


amounts = st.decimals(0, 10**14, places=2).map(lambda amount: Money(amount, "EUR"))
totals = st.lists(st.none() | amounts, max_size=3).map(Total.of)


@st.composite
def forecast_rows(draw, label):
    """Draw a row of a forecast in euros."""
    categories = draw(st.dictionaries(st.sampled_from(ForecastCategory), totals))
    worth = [money for total in categories.values() for money in total.value]
    return ForecastRow(
        label=label,
        won=draw(totals),
        open=Total.of(worth),
        weighted=Total.of(worth).value,
        categories=categories,
    )


@st.composite
def forecasts(draw):
    """Draw a forecast of up to forty months."""
    months = range(draw(st.integers(0, 40)))
    return Forecast(
        at=MARCH,
        rows=tuple(draw(forecast_rows(f"2026-{month:02}")) for month in months),
        slipped=draw(forecast_rows("slipped")),
        undated=draw(forecast_rows("undated")),
        target=draw(st.none() | amounts),
    )


anything_drawn = funnels() | cohort_tables() | forecasts()


def tree_of(picture):
    """Read a picture as XML, and fail where it is none."""
    return ET.fromstring(picture.svg)  # noqa: S314 - it is our own


def bars_of(picture):
    """List the bars, without the ground: left, top, width, height and colour."""
    rects = tree_of(picture).iter(f"{SVG}rect")
    return [
        (*(int(r.get(name)) for name in ("x", "y", "width", "height")), r.get("fill"))
        for r in rects
        if r.get("fill") != "#fff"
    ]


def texts_of(picture):
    """List what is written, each with the marks of its isolate."""
    return [text.text for text in tree_of(picture).iter(f"{SVG}text")]


def sentences_of(picture):
    """List what is read out of the parts."""
    return [title.text for title in tree_of(picture).iter(f"{SVG}title")]


def numbers_in(text):
    """Read the numbers of a text, whatever digits and marks of thousands it is written with."""
    return [int(re.sub(r"\D", "", found)) for found in re.findall(r"\d[\d,٬\u00a0\u202f]*", text)]
