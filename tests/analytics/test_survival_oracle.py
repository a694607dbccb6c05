"""The curves of time, held against another package that many trust."""

from __future__ import annotations

import random
import warnings

import pytest

from salesfunnel.analytics.survival import Span, incidence, kaplan_meier

with warnings.catch_warnings():  # what others warn of each other is no business of ours
    warnings.simplefilter("ignore")
    from lifelines import AalenJohansenFitter, KaplanMeierFitter

SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_share_that_stays_is_that_of_kaplan_and_meier(seed):
    """To twelve digits, with ties and with those who have not left."""
    chance = random.Random(seed)  # noqa: S311 - not to keep a secret
    lengths = [(chance.randrange(1, 40), chance.random() < 0.7) for _ in range(200)]

    fitted = KaplanMeierFitter().fit(*zip(*lengths, strict=True)).survival_function_at_times
    left, still = ([n for n, ended in lengths if ended is wanted] for wanted in (True, False))
    found = list(kaplan_meier(left, still))

    assert found
    assert all(abs(share - float(fitted(length).iloc[0])) <= 1e-12 for length, share in found)


def farthest(spans, seed):
    """Measure how far our curve and that of the other package lie apart."""
    codes = [{"won": 1, "lost": 2, "": 0}[span.outcome] for span in spans]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it spreads ties a little, and says so
        fitter = AalenJohansenFitter(seed=seed, calculate_variance=False)
        entries = [span.entered for span in spans] if any(s.entered for s in spans) else None
        fitter.fit([s.ended for s in spans], codes, event_of_interest=1, entry=entries)
    curve = fitter.cumulative_density_.iloc[:, 0]
    pairs = ((p.share, float(curve[curve.index <= p.day + 0.5].iloc[-1])) for p in incidence(spans))
    return max(abs(ours - theirs) for ours, theirs in pairs)


@pytest.mark.parametrize("is_late", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_share_that_has_won_is_that_of_aalen_and_johansen(seed, is_late):
    """While others are lost or open; also where some were watched only from a later day on."""
    chance = random.Random(seed)  # noqa: S311 - likewise
    days = chance.sample(range(10, 1_000, 2), 150)
    spans = [
        Span(
            chance.randrange(1, day, 2) if is_late and chance.random() < 0.5 else 0,
            day,
            chance.choice(["won", "won", "lost", ""]),
        )
        for day in days
    ]

    assert farthest(spans, seed) <= 1e-3


def test_many_that_end_on_one_day_are_at_risk_together():
    """Their order on that day is drawn by the other package; of many it makes no difference."""
    chance = random.Random(7)  # noqa: S311 - likewise
    ends = ["won", "won", "lost", ""]
    spans = [Span(0, chance.randrange(1, 200), chance.choice(ends)) for _ in range(20_000)]

    assert farthest(spans, 7) <= 1e-3
