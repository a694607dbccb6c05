"""Two columns of one field, headers that stand twice, and cells that say nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidDefinition
from salesfunnel.interop.cells.blanks import BLANKS
from salesfunnel.interop.mapping.mapping import read_mapping
from tests.interop.examples import deal_of, deal_rows, lead_rows

OURS = (
    '[opportunity.columns]\nid = "Deal"\nstage = ["Phase", "Old Phase"]\namount = ["Net", "Gross"]'
)


@pytest.mark.parametrize("header", [("Deal", "Phase", "Old Phase"), ("Deal", "Old Phase", "Phase")])
def test_the_order_of_the_mapping_decides(tmp_path, header):
    """Whichever column stands first in the file, the first of the mapping is asked first."""
    row = {"Deal": "1", "Phase": "Won", "Old Phase": "Proposal"}

    ((found,), ()) = deal_rows(tmp_path, header, [row[name] for name in header], mapping=OURS)

    assert found.entity.stage == "won"
    assert "Proposal" in found.entity.details["stage"]


def test_the_first_cell_that_is_understood_is_taken(tmp_path):
    """What is no amount stays as text, and the other column has its say."""
    ((found,), ()) = deal_rows(
        tmp_path, ["Deal", "Phase", "Gross", "Net"], ["1", "Won", "120", "ask Ani"], mapping=OURS
    )

    assert found.entity.amount.amount == Decimal(120)
    assert found.entity.details["amount"] == "ask Ani"


@pytest.mark.parametrize(
    ("cells", "stage", "left"),
    [
        ({"Stage": "Proposal", "Status": "Won"}, "won", "proposal"),
        ({"Status": "Lost", "Stage": "Proposal"}, "lost", "proposal"),
        ({"Status": "Open", "Stage": "Proposal"}, "proposal", None),
        ({"Stage": "Won", "Status": "Opportunity"}, "won", ""),
        ({"Sales Stage": "Propose", "Deal Status": "Won"}, "won", "proposal"),
    ],
)
def test_a_status_beside_a_stage_is_an_outcome(tmp_path, cells, stage, left):
    """Many systems keep the stage in which a deal was won or lost, and say so in another column."""
    names = [*cells, "Amount"]

    ((found,), ()) = deal_rows(tmp_path, names, [*cells.values(), "100"])

    assert found.entity.stage == stage
    if left is not None:
        assert (found.entity.closing.stage or "") == left


def test_a_status_alone_is_a_stage(tmp_path):
    """Without another column it says in which stage a deal is."""
    assert deal_of(tmp_path, Status="Proposal", Amount="9").entity.stage == "proposal"


@pytest.mark.parametrize("header", [["Name", "Email", "Email"], ["Name", "Tag", "Tag"]])
def test_a_header_that_stands_twice_costs_nothing(tmp_path, header):
    """Two columns of one name are two columns."""
    (found,), refused = lead_rows(tmp_path, header, ["Sara", "a@x.example", "b@x.example"])

    assert refused == []
    assert [point.text for point in found.entity.contact_points] == (
        ["a@x.example", "b@x.example"] if "Email" in header else []
    )


@given(st.sampled_from(sorted(BLANKS)), st.sampled_from(["", "-", "--", "–", " "]))
def test_a_blank_is_blank_everywhere(tmp_path_factory, word, dashes):
    """A name or an address that is `N/A` is none, in any case and between dashes."""
    blank = f"{dashes}{word.upper()}{dashes}"
    folder = tmp_path_factory.mktemp("blank")

    (found,), (refused,) = (
        lead_rows(folder, ["Name", "Email", "Company"], ["Sara", blank, blank], [blank, blank, "-"])
        if blank.strip()
        else lead_rows(
            folder, ["Name", "Email", "Company"], ["Sara", blank, blank], ["-", blank, "-"]
        )
    )

    assert (found.entity.contact_points, found.entity.company, found.notes) == ((), None, ())
    assert refused.code == "names_nobody"


def test_a_blank_of_one_s_own(tmp_path):
    """What a system writes for nothing can be told in the mapping."""
    mapping = (
        '[format]\nblanks = ["keine Angabe"]\n[lead.columns]\nperson = "Name"\nemail = "Email"'
    )

    (found,), (refused,) = lead_rows(
        tmp_path,
        ["Name", "Email"],
        ["Sara", "Keine Angabe"],
        ["keine angabe", "-"],
        mapping=mapping,
    )

    assert found.entity.contact_points == ()
    assert refused.row == 3


@pytest.mark.parametrize(
    "line",
    [
        f"dates = {['%Y-%m-%d'] * 2_000}",
        f"dates = ['%Y-%m-%d{'-' * 200}']",
    ],
)
def test_a_format_beyond_measure_is_refused(line):
    """A mapping of two thousand formats would cost each cell two thousand attempts."""
    text = "[format]\n" + line.replace(", '", ",\n'")

    with pytest.raises(InvalidDefinition, match="is not a list of at most"):
        read_mapping(text, name="own")
