"""The commands on files that nobody on this project wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salesfunnel.cli import main

MAVEN = str(Path(__file__).resolve().parents[2] / "docs" / "examples" / "maven.toml")


def found(capsys, *arguments):
    """Run a command that succeeds and read its JSON."""
    assert main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_converted_leads_of_an_org_arrive_converted(capsys, real_data):
    """All 22 leads arrive, five converted with their three links; three only say so."""
    data = found(capsys, "qualify", real_data / "salesforce_org" / "Lead.csv")

    converted = [lead for lead in data["leads"] if lead["stage"] == "converted"]
    assert (data["mapping"], data["rows"]) == (
        "salesforce",
        {"read": 22, "accepted": 22, "repeated": 0, "refused": 0},
    )
    assert len(converted) == 5
    assert all(link for lead in converted for link in lead["converted"].values())
    assert sum(lead["notes"] != [] for lead in data["leads"]) == 3


def test_a_wide_org_is_read_whole(capsys, real_data):
    """All 60 leads and 50 deals of an org with its own fields arrive."""
    leads = found(capsys, "qualify", real_data / "salesforce_wide" / "Lead.csv")
    deals = found(capsys, "report", real_data / "salesforce_wide" / "Opportunity.csv")
    org = found(capsys, "report", real_data / "salesforce_org" / "Opportunity.csv")

    assert leads["rows"] == {"read": 60, "accepted": 60, "repeated": 0, "refused": 0}
    assert deals["rows"] == {"read": 50, "accepted": 50, "repeated": 0, "refused": 0}
    assert (org["opportunities"], org["won"], org["lost"]) == (36, 12, 8)


@pytest.mark.parametrize("folder", ["", "us_date_variant"])
def test_a_pipeline_of_8800_deals_is_summed_up(capsys, real_data, folder):
    """Won, lost and open, the win rate, the value and the days are those of the published data."""
    path = real_data / "maven_pipeline" / folder / "sales_pipeline.csv"

    data = found(capsys, "report", path, "--mapping", MAVEN)

    assert (data["won"], data["lost"], data["open"]) == (4_238, 2_473, 2_089)
    assert data["rows"] == {"read": 8_800, "accepted": 8_800, "repeated": 0, "refused": 0}
    assert round(data["win_rate"]["share"], 4) == 0.6315
    assert data["won_value"] == {"USD": "10005534"}
    assert round(data["days_to_win"]["mean"], 2) == 51.78
    assert data["days_to_win"]["median"] == 57
