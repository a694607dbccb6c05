"""The reasons of a file: those of the pipeline that it is read along, in its own words."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs
import pytest

from salesfunnel.errors import InvalidDefinition
from salesfunnel.interop import read_opportunities
from salesfunnel.interop.mapping.file_reasons import reason_in
from salesfunnel.interop.mapping.mapping import load_mapping, read_mapping
from salesfunnel.pipeline import LEAD_PIPELINE, OPPORTUNITY_PIPELINE, Stage

AT = datetime(2026, 3, 2, tzinfo=UTC)
SHOP = attrs.evolve(
    OPPORTUNITY_PIPELINE,
    name="shop",
    stages=[
        *OPPORTUNITY_PIPELINE.stages[:-1],
        Stage("lost", kind="lost", reasons={"stock": "در انبار نیست", "too_far": ""}),
    ],
)
OWN = """
name = "shop"
[opportunity.columns]
id = "id"
stage = "stage"
reason = "why"
[opportunity.values.reason]
stock = ["ausverkauft", "انبار خالی"]
price = "zu teuer"
"""


def reason_of(tmp_path, words, pipeline=SHOP):
    """Read one lost deal, and give its reason."""
    path = tmp_path / "deals.csv"
    path.write_text(f"id,stage,why\n1,lost,{words}\n", "utf-8")
    own = read_mapping(OWN, name="shop")
    [deal] = read_opportunities(path, mapping=own, pipeline=pipeline, at=AT).entities()
    return deal.loss.reason


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("در انبار نيست", "stock"),
        ("Stock", "stock"),
        ("too far", "too_far"),
        ("Ausverkauft", "stock"),
        ("zu teuer", "price"),
        ("the moon was full", "other"),
        ("", "unknown"),
    ],
)
def test_a_reason_is_known_by_code_by_label_and_by_the_words_of_the_mapping(
    tmp_path, words, reason
):
    """A file tells what happened elsewhere: a code that the stage lacks is kept all the same."""
    assert reason_of(tmp_path, words) == reason


def test_a_mapping_may_name_codes_of_a_pipeline_of_ones_own():
    """One that is nearly ours is a slip, and one that is no line is no code."""
    assert read_mapping(OWN, name="shop").opportunity.meaning_of("zu teuer", field="reason")
    for code, said in (
        ("pricee", "has the unknown name 'pricee'; did you mean 'price'"),
        ('" "', "has the unknown name"),
    ):
        with pytest.raises(InvalidDefinition, match=said):
            read_mapping(OWN.replace("stock =", f"{code} ="), name="shop")
    with pytest.raises(InvalidDefinition, match="is not a table"):
        read_mapping('name = "x"\n[opportunity.values]\nreason = "stock"\n', name="x")


@pytest.mark.parametrize("pipeline", [LEAD_PIPELINE, OPPORTUNITY_PIPELINE])
def test_each_reason_of_ours_is_read_by_its_label(pipeline):
    """What we print, we read."""
    [lost] = [stage for stage in pipeline.stages if stage.reasons]
    noun = load_mapping("salesfunnel").opportunity

    assert all(reason_in(label, lost, noun) == code for code, label in lost.reasons.items())
    assert reason_in("x" * 5_000, lost, noun) == "other"
