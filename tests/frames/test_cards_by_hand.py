"""The short form of ``tests/benchmarks/frame_card.py``: both judge alike on each engine."""

from __future__ import annotations

import pandas as pd
import pytest

from salesfunnel.frames import assess
from tests.benchmarks.frame_card import CARD, contenders
from tests.benchmarks.frame_judging import AT, leads

ROWS = leads(300)


@pytest.mark.parametrize("contender", list(contenders(ROWS)), ids=lambda contender: contender[0])
def test_a_card_says_what_code_by_hand_says(contender):
    """Eight criteria, of columns that pandas keeps in three ways, by expressions and by SQL."""
    _, by_hand, by_library, listed = contender

    assert listed(by_library()) == listed(by_hand())


def test_an_index_changes_nothing():
    """A frame of pandas may have any index, and one twice, and comes back with it."""
    frame = ROWS.to_pandas(use_pyarrow_extension_array=True)
    odd = frame.set_axis(pd.Index([0, 1, 1] * 100, name="floor"))

    judged = assess(CARD, odd, at=AT)

    assert judged.index.equals(odd.index)
    assert judged.reset_index(drop=True).equals(assess(CARD, frame, at=AT))
