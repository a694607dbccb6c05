"""The option ``--rates``: a report in one currency, by a file of dated rates."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from salesfunnel.cli import main
from salesfunnel.cli.rates import given_rates
from salesfunnel.values.rates import Rates

DEALS = (
    "Deal,Stage,Created,Close Date,Amount\n"
    "a,proposal,2026-01-09,,100 EUR\nb,won,2026-01-09,2026-02-03,10 USD\n"
)


@pytest.fixture
def asked(tmp_path):
    """Write deals and rates, and give the command that reports on them."""

    def written(rates):
        (tmp_path / "deals.csv").write_text(DEALS, "utf-8")
        (tmp_path / "rates.csv").write_text(rates, "utf-8")
        return ["report", str(tmp_path / "deals.csv"), "--rates", str(tmp_path / "rates.csv")]

    return written


def test_a_report_is_in_one_currency(capsys, asked, tmp_path):
    """An open deal takes the rate of today, a closed one that of its closing day."""
    page = tmp_path / "page.html"
    command = asked(
        'Day,Currency,Rate,Into\n2026-01-01,euro,"700,000",IRR\n2026-02-01,USD,600000,ریال\n'
        "1404-12-01,USD,650000,IRR\n2026-02-15,EUR,۸۰۰۰۰۰,IRR\n"
    )

    assert main([*command, "--json", "--out", str(page)]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["open_value"] == {"IRR": "80000000"}
    assert found["won_value"] == {"IRR": "6000000"}
    assert "80,000,000 IRR" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("rates", "sentence"),
    [
        ("day,rate,into\n2026-01-01,1,EUR\n", "rates.csv: has no column currency; the columns"),
        ("day,currency,rate,into\n", "rates.csv: has no rates; a row such as"),
        (
            "day,currency,rate,into\n2026-01-01,USD,1,EUR\n2026-01-01,USD,1,IRR\n",
            "rates.csv: has rates into EUR and IRR; one currency",
        ),
        (
            "day,currency,rate,into\n2026-01-01,USD,1,EUR\n2026-01-01,USD,2,EUR\n",
            "rates.csv: tells two rates of USD on 2026-01-01; one rate",
        ),
        ("day,currency,rate,into\n2026-01-01,USD,1,EUR,x\n", "row 2: has 5 cells where the header"),
        (
            "day,currency,rate,into\nsoon,USD,1,EUR\n",
            "row 2: day is not a day; allowed: 2026-03-31",
        ),
        ("day,currency,rate,into\n05/04/2026,USD,1,EUR\n", "row 2: day may begin with its day or"),
        ("day,currency,rate,into\n2026-01-01,USD,0,EUR\n", "row 2: rates is not greater than 0"),
        ("day,currency,rate,into\n2026-01-01,USD,much,EUR\n", "row 2: rate is not a"),
        ("day,currency,rate,into\n2026-01-01,gold,1,EUR\n", "row 2: currency is not a currency"),
        ("day,currency,rate,into\n2026-01-01,EUR,1,EUR\n", "row 2: rates has a rate of EUR to"),
        ("day,currency,rate,into\n2026-01-01,toman,1,EUR\n", "row 2: currency is the toman"),
    ],
)
def test_an_odd_file_of_rates_is_refused_whole(capsys, asked, rates, sentence):
    """A rate that is left out would change figures without a word, so it names the row instead."""
    assert main(asked(rates)) == 2

    assert sentence in capsys.readouterr().err


@given(st.decimals("0.000000000001", "999999", places=12, allow_nan=False).map(lambda d: f"{d:f}"))
@example("0.000001")
@example("700000")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_a_file_takes_each_rate_that_rates_take(asked, rate):
    """A rial is worth a millionth of a euro: what can be given in Python can be written down."""
    command = asked(f"day,currency,rate,into\n2026-01-01,IRR,{rate},EUR\n")

    read = given_rates(Namespace(rates=command[-1], day_first=None))

    assert read == Rates("EUR", {"IRR": {date(2026, 1, 1): rate}})
