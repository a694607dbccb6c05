"""A funnel by days says which leads tell none."""

from __future__ import annotations

import pytest

from salesfunnel.cli.command_line import main

ROWS = "Name,Email,Created\nAni,a@ararat.example,\nBea,b@ararat.example,2025-01-05\n"
SAID = "1 of them tell no day on which they came"


@pytest.mark.parametrize(
    ("options", "is_said"),
    [
        ([], False),
        (["--group", "source"], False),
        (["--group", "month"], True),
        (["--from", "2025-01-01"], True),
    ],
)
def test_leads_without_a_day_are_named_where_days_count(capsys, tmp_path, options, is_said):
    """They are counted on the day of the reading, and not without a word."""
    leads = tmp_path / "leads.csv"
    leads.write_text(ROWS, encoding="utf-8")

    main(["funnel", str(leads), *options])

    assert (SAID in capsys.readouterr().out) is is_said
