"""What salespeople live through: each story runs on a how-to page, whose examples run as tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.test_examples import blocks

HOW_TO = Path(__file__).resolve().parents[2] / "docs/how-to"

# The story, by its number, in a few words; the page; and what its examples must show.
STORIES = {
    1: ("an SMS to thousands contacts no one", "log-calls", '== {"new"}'),
    2: ("one of them rings back", "log-calls", 'inbound=True, campaign="spring"'),
    3: ("reached at the third call", "log-calls", '("contacted", 3, 2)'),
    4: ("a visit that is entered two days later", "log-calls", "when=tuesday, at=thursday"),
    5: ("a call of the ninth, asked for at midnight", "plan-next-steps", "timedelta(hours=1)"),
    6: ("a lost deal with open calls", "plan-next-steps", "lost.reopen(at=may)"),
    7: ("a deal rests until June", "let-it-rest", "(40, 61)"),
    8: ("a nurtured lead is resumed", "let-it-rest", 'stage == "qualified"'),
    9: ("a second lead of a customer", "convert-into-an-account", "among=[novin]"),
    10: ("a lead of another firm", "convert-into-an-account", "other_company"),
    11: ("the second of three leads was a mistake", "undo-a-conversion", "('L1', 'L3')"),
    12: ("a renewal without a deal", "convert-into-an-account", "opportunity=None"),
    13: ("a fact of one's own on the deal", "convert-into-an-account", "details.pumps: 10"),
    14: ("ten pumps, a discount and a credit", "price-a-deal", "849.55 EUR"),
    15: ("the report of March stays as it was", "price-a-deal", "560,000,000 IRR"),
    16: ("won in March, entered in April", "close-a-deal", "closing.correct(won"),
    17: ("lost for the price, won for the support", "close-a-deal", '"support"'),
    18: ("a card dropped on Lost asks why", "close-a-deal", "a reason is needed"),
    19: ("twelve days stay twelve days", "change-the-pipeline", "timedelta(days=12)"),
    20: ("late after ten on Thursday", "hand-off", "is_late(web.hand_off"),
    21: ("31 leads for three colleagues", "share-out-leads", "{'Ani': 12, 'Reza': 12, 'Sara': 12}"),
    22: ("no account stands under its own", "group-companies", "place(holding, under=novin"),
    23: ("two accounts of one firm are merged", "find-duplicates", "plan_merge(novin, again"),
    24: ("everything about Ali is deleted", "erase-a-person", "erase_person("),
    25: ("consent that ends, and a list read again", "consent", "holds(again, at=july) is False"),
}


@pytest.mark.parametrize("story", STORIES)
def test_each_story_runs_on_its_page(story):
    """The page is there, and an example of it shows what the story is about."""
    _, page, shown = STORIES[story]

    code = "".join(c for language, _, c in blocks(HOW_TO / f"{page}.md") if language == "python")

    assert shown in code
