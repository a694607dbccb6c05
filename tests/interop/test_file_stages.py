"""The stages of a file: kept as they are, by a pipeline that is named or as they are found."""

from __future__ import annotations

from datetime import date

import pytest

from salesfunnel.analytics import report
from salesfunnel.cli import main
from salesfunnel.errors import InvalidDefinition, InvalidValue
from salesfunnel.interop import read_mapping, read_opportunities
from salesfunnel.pipeline import FIVE_STAGES, SALESFORCE
from tests.interop.examples import MONDAY, a_list, deal_of, sorted_out

SALES = [
    ("Opportunity ID", "Stage", "Amount", "Close Date"),
    ("1", "Value Proposition", "100.5", "2026-06-30"),
    ("2", "Needs Analysis", "200.5", "2026-06-30"),
    ("3", "Closed Lost", "300.5", "2026-01-30"),
]


def deals(folder, rows, **how):
    """Read a list of deals of which none is refused."""
    accepted, refused = sorted_out(read_opportunities(a_list(folder, rows), at=MONDAY, **how))
    assert refused == []
    return [row.entity for row in accepted]


@pytest.mark.parametrize("pipeline", [SALESFORCE, "salesforce"])
def test_deals_are_read_by_a_pipeline_of_their_own(tmp_path, pipeline):
    """Each stage stays what it is, and the report says them as the file does."""
    found = deals(tmp_path, SALES, pipeline=pipeline)

    assert [deal.stage for deal in found] == ["Value Proposition", "Needs Analysis", "Closed Lost"]
    assert "Value Proposition" in str(report(found, at=MONDAY))


def test_stages_are_taken_as_they_are_found(tmp_path):
    """In the order of the rows; won and lost by the words that are known, one added if need be."""
    rows = [("Deal", "Stage"), ("a", "Kick-off"), ("b", "Gagn\u00e9"), ("c", "Angebot"), ("d", "-")]

    accepted, refused = sorted_out(
        read_opportunities(a_list(tmp_path, rows), at=MONDAY, pipeline="as-found")
    )

    stages = accepted[0].entity.pipeline.stages
    assert [(s.name, s.kind.value) for s in stages] == [
        ("Kick-off", "open"),
        ("Angebot", "open"),
        ("Gagn\u00e9", "won"),
        ("Lost", "lost"),
    ]
    assert [row.row for row in refused] == [5]


def test_a_mapping_may_name_the_pipeline(tmp_path):
    """So that whoever reads the file need not."""
    mapping = read_mapping(
        '[opportunity]\npipeline = "as-found"\n[opportunity.columns]\nstage = "Phase"', name="own"
    )

    (deal,) = deals(tmp_path, [("Phase",), ("Kick-off",)], mapping=mapping)

    assert deal.stage == "Kick-off"


def test_a_stage_of_the_pipeline_may_be_meant_by_a_word_of_the_mapping(tmp_path):
    """The words for won and lost are known in any pipeline, and what a mapping says is believed."""
    (won, first) = deals(
        tmp_path, [("Deal", "Stage"), ("a", "Gagn\u00e9"), ("b", "1-Qualify")], pipeline="dynamics"
    )

    assert (won.stage, first.stage) == ("Won", "Qualify")


def test_an_export_that_is_known_keeps_the_stages_of_its_system(tmp_path):
    """A stage that was added to it stays, too, if its word is known; any other word is refused."""
    rows = [
        ("Opportunity Number", "Campaign Source", "Next Step", "Sales Stage"),
        ("P1", "", "", "Value Proposition"),
        ("P2", "", "", "Contract Sent"),
        ("P3", "", "", "nowhere"),
    ]

    accepted, (refused,) = sorted_out(read_opportunities(a_list(tmp_path, rows), at=MONDAY))

    deals_found = [row.entity for row in accepted]
    assert [deal.stage for deal in deals_found] == ["Value Proposition", "Contract Sent"]
    assert {deal.pipeline.name for deal in deals_found} == {"vtiger"}
    assert refused.code == "unknown_word"


def test_without_a_pipeline_the_word_is_kept_and_the_translation_noted(tmp_path):
    """Nobody has to guess later what was meant by our name of a stage."""
    found = deal_of(tmp_path, Deal="a", Stage="Value Proposition")

    assert (found.entity.stage, found.entity.details["stage"]) == ("meeting", "Value Proposition")
    assert [note.code for note in found.notes] == ["stage_translated"]


def test_translations_are_told_once_for_a_column(tmp_path, capsys):
    """However many words it has: with a count, and with the stages that they became."""
    path = tmp_path / "deals.csv"
    words = ["برنده", "برنده", "از دست رفته", "پیشنهاد قیمت", "برنده"]
    path.write_text("\n".join(["نام فرصت,مرحله", *(f"پمپ {w},{w}" for w in words)]), "utf-8")

    assert main(["report", str(path)]) == 0
    (line,) = (line for line in capsys.readouterr().out.splitlines() if "is read as" in line)
    assert line.startswith("  note on 5 rows: مرحله is read as 'Won' (3), ")


@pytest.mark.parametrize("own", [FIVE_STAGES, "as-found"])
def test_a_deal_that_ended_long_ago_ends_then(tmp_path, own):
    """Its timeline ends on the day of closing, and from which stage it was lost is not known."""
    rows = [("Deal", "Stage", "Closed Date"), ("a", "Lost", "2018-02-26")]
    (deal,) = deals(tmp_path, rows, pipeline=own)

    assert {event.at.date() for event in deal.timeline} == {date(2018, 2, 26)}
    assert (deal.loss.stage, deal.opened_on) == ("", None)


def test_a_lost_deal_keeps_the_stage_that_the_file_tells(tmp_path):
    """Where another column says that it is lost, it is lost from there, and reopened there."""
    mapping = read_mapping(
        '[opportunity.columns]\nstage = "S"\noutcome = "O"\nclosed = "C"', name="own"
    )
    rows = [("S", "O", "C"), ("Proposal", "Lost", "2026-01-05"), ("Proposal", "Won", "2026-01-05")]

    lost, won = deals(tmp_path, rows, mapping=mapping)

    assert (lost.loss.stage, won.closing.stage) == ("proposal", "proposal")
    assert lost.reopen(at=MONDAY).stage == "proposal"


def test_a_pipeline_that_is_misspelt_is_told(tmp_path):
    """By its name, and in a mapping."""
    with pytest.raises(InvalidValue, match="did you mean salesforce"):
        deals(tmp_path, SALES, pipeline="salesfroce")
    with pytest.raises(InvalidValue, match="'mine' is not known; allowed: a Pipeline, or one of"):
        deals(tmp_path, SALES, pipeline="mine")
    with pytest.raises(InvalidDefinition, match="pipeline is not one of: as-found, dynamics"):
        read_mapping('[opportunity]\npipeline = "mine"', name="own")
