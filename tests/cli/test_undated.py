"""A funnel by days says which leads tell none, and puts them on no day."""

from __future__ import annotations

import json

import pytest

from salesfunnel.cli.command_line import main

DATED = "Name,Email,Created\nBea,b@ararat.example,2025-01-05\n"
ROWS = DATED + "Ani,a@ararat.example,\n"


def found_in(capsys, path, text, *options):
    """Count the funnel of a list, as JSON."""
    path.write_text(text, encoding="utf-8")
    main(["funnel", str(path), "--json", *options])
    found = json.loads(capsys.readouterr().out)
    return found, [p["code"] for p in found["problems"]]


@pytest.mark.parametrize("options", [[], ["--group", "source"]])
def test_leads_without_a_day_count_where_no_day_is_asked_for(capsys, tmp_path, options):
    """Nothing is said of them."""
    found, problems = found_in(capsys, tmp_path / "leads.csv", ROWS, *options)

    assert (found["counted"], problems) == (2, [])


def test_leads_without_a_day_are_a_group_of_their_own(capsys, tmp_path):
    """They are in no month, and the groups add up to the whole."""
    found, problems = found_in(capsys, tmp_path / "leads.csv", ROWS, "--group", "month")

    assert found["counted"] == 2
    counts = {group["group"]: group["counted"] for group in found["groups"]}
    assert counts == {"2025-01": 1, None: 1}
    assert problems == []
    found, problems = found_in(capsys, tmp_path / "leads.csv", DATED, "--group", "month")
    assert (len(found["groups"]), problems) == (1, [])


@pytest.mark.parametrize(("text", "said"), [(ROWS, ["time_without_days"]), (DATED, [])])
def test_leads_without_a_day_are_in_no_period(capsys, tmp_path, text, said):
    """Though it lasts until the day of the reading, on which they may not have come."""
    found, problems = found_in(capsys, tmp_path / "leads.csv", text, "--from", "2025-01-01")

    assert (found["counted"], problems) == (1, said)
