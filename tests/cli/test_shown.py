"""The option ``--show``: the funnel, forecast, cohorts and movement of deals, in text and JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from salesfunnel.analytics import cohorts, forecast, funnel, movement
from salesfunnel.cli import main
from salesfunnel.interop import read_opportunities
from salesfunnel.values import Calendar

DEALS = (
    "Deal ID,Lead ID,Stage,Amount,Currency,Created,Closed,Expected close\n"
    "7,1,Won,100,EUR,2026-01-05,2026-02-20,\n8,,Proposal,50,EUR,2026-01-12,,2099-01-01\n"
)
LEADS = "Lead ID,Name,Status\n1,Sara,Converted\n"


@pytest.fixture
def lists(tmp_path):
    """Write deals, and the leads of some."""
    for name, text in (("deals", DEALS), ("leads", LEADS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return str(tmp_path / "deals.csv"), str(tmp_path / "leads.csv")


@pytest.mark.parametrize("command", ["report", "funnel"])
@pytest.mark.parametrize("since", ["", "2026-02-01"])
def test_all_that_a_page_has_is_told_in_json(capsys, lists, command, since):
    """It is what the functions of the library say of the same deals."""
    deals, leads = lists
    files = [deals] if command == "report" else [leads, deals]
    period = ["--from", since] if since else []

    assert main([command, *files, "--show", "all", *period, "--json"]) == 0

    shown = json.loads(capsys.readouterr().out)["shown"]
    now = datetime.fromisoformat(shown["forecast"]["at"])
    read = [*read_opportunities(deals, at=now).entities()]
    expected = {"funnel": funnel, "forecast": forecast, "cohorts": cohorts}
    assert list(shown) == [*expected, *(["movement"] if since else [])]
    for name, counted in expected.items():
        assert shown[name] == json.loads(json.dumps(counted(read, at=now).as_data()))
    if since:
        first = datetime(2026, 2, 1, tzinfo=UTC)
        moved = movement(read, since=first, until=now, calendar=Calendar())
        assert shown["movement"] == json.loads(json.dumps(moved.as_data()))


def test_what_is_shown_is_printed_in_its_order_and_in_words(capsys, lists):
    """Nothing of it stands there unless it is asked for."""
    deals, _ = lists
    more = ["--show", "cohorts", "--show", "funnel", "--from", "2026-01-01", "--show", "movement"]

    assert main(["report", deals]) == 0
    assert "of the deals" not in capsys.readouterr().out
    assert main(["report", deals, *more, "--to", "2026-01-31"]) == 0

    out = capsys.readouterr().out
    places = [out.index(f"{one} of the deals\n") for one in ("funnel", "cohorts", "movement")]
    assert places == sorted(places)
    assert "forecast of the deals" not in out
    assert "Proposal" in out[places[0] : places[1]]
    assert "from 2026-01-01 00:00 UTC to 2026-02-01 00:00 UTC\nopening: 0\n+ new: 2" in out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["report", "--example", "--show", "movement"], "--show movement leads from one day to"),
        (["report", "--example", "--show", "sales"], "--show is not in the list; allowed: funnel"),
        (["funnel", "leads.csv", "--show", "forecast"], "--show is about a file of deals"),
    ],
)
def test_what_cannot_be_shown_is_refused(capsys, given, said):
    """With what can be, and how."""
    assert main(given) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("named", ["forecast", "cohorts", "movement"])
def test_a_command_that_there_is_not_is_pointed_to_what_shows_it(capsys, named):
    """It is asked of a report."""
    with pytest.raises(SystemExit):
        main([named, "deals.csv"])

    assert f"report DEALS --show {named}" in capsys.readouterr().err
