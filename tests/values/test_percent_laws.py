"""One way of saying a share in percent, wherever it is shown."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from salesfunnel.analytics import Proportion
from salesfunnel.analytics.html_rows import shown_cell
from salesfunnel.pictures import Language
from salesfunnel.values.percent import whole_percent


def shares(most):
    """Give parts of wholes."""
    wholes = st.integers(1, most)
    return wholes.flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@given(shares(10**6))
@example((95, 200))
@example((97, 200))
@example((57, 200))
@example((139, 200))
def test_a_share_has_one_percentage(share):
    """Law: a half is rounded up, and the terminal, a page and a picture say the same."""
    part, whole = share
    exact = Decimal(100 * part) / whole

    percent = whole_percent(Fraction(part, whole))

    assert percent == exact.quantize(Decimal(1), ROUND_HALF_UP)
    assert percent == whole_percent(part / whole)
    said = f"{percent}%"
    assert shown_cell(Fraction(part, whole)) == Language.ENGLISH.percent(part, whole) == said
    assert re.findall(r"\d+%", str(Proportion(part, whole)))[0] == said


@given(shares(500))
def test_an_interval_is_said_alike(share):
    """Law: between what a share lies is the same in the terminal and on a page."""
    found = Proportion(*share)

    low, high = re.search(r"CI (\d+)–(\d+)%", str(found)).groups()

    assert f"{low}–{high}%)" in Language.ENGLISH.share(*share, found.interval)
