"""
How many questions settle a verdict, on 448 real deals, when the library chooses the next one.

Run it by hand: ``python tests/benchmarks/question_order.py``. Points are learnt by a logistic
regression with a strong ridge. A verdict counts as settled once 95 % of what the remaining answers
are, in all other deals, would leave it as it is.
"""

from __future__ import annotations

import bisect
import csv
import math
from datetime import UTC, datetime
from pathlib import Path

from salesfunnel.qualification import Criterion, Scorecard

AT = datetime(2026, 3, 2, tzinfo=UTC)
DATA = Path(__file__).resolve().parents[3] / "shared/data/salvirt_b2b/Salvirt_B2B_ML_dataset.csv"
OUTCOME, WON = "Status", "Won"
RIDGE, STEPS, RATE, SCALE, SETTLED = 30, 400, 0.5, 30, 0.95


def learn(deals, fields):
    """Return points for each answer to each question, and the threshold."""
    weights = {(f, deal[f]): 0.0 for f in fields for deal in deals}
    constant, count = 0.0, len(deals)
    for _ in range(STEPS):
        slope = {key: RIDGE * weight / count for key, weight in weights.items()}
        slope_constant = 0.0
        for deal in deals:
            keys = [(f, deal[f]) for f in fields]
            chance = 1 / (1 + math.exp(-constant - sum(weights[key] for key in keys)))
            error = (chance - (deal[OUTCOME] == WON)) / count
            slope_constant += error
            for key in keys:
                slope[key] += error
        constant -= RATE * slope_constant
        weights = {key: weight - RATE * slope[key] for key, weight in weights.items()}
    points = {key: round(SCALE * weight) for key, weight in weights.items()}
    return points, round(-SCALE * constant)


def scorecard(points, threshold, fields):
    """Make a scorecard with a criterion for each question, graded by its answers."""
    criteria = []
    for name in fields:
        graded = {answer: worth for (f, answer), worth in points.items() if f == name}
        least, most = min(graded.values()), max(graded.values())
        threshold -= least
        criteria.append(
            Criterion(name, grader(name, graded, least, most), weight=most - least, question=name)
        )
    return Scorecard("learnt", criteria=criteria, threshold=threshold)


def grader(name, graded, least, most):
    """Make the scorer of one question: the share of its points that an answer earns."""

    def share(deal, _at):
        answer = deal.get(name)
        return None if answer is None else (graded[answer] - least) / max(most - least, 1)

    return share


def chosen_by_library(card, deal, asked):
    """Ask what the library would ask next."""
    said = card.assess({name: deal[name] for name in asked}, at=AT)
    return said.next_questions[0].criterion if said.next_questions else None


def questions_until_settled(card, deal, others, choose):
    """Count the questions until the verdict is as good as settled."""
    worth = {c.name: c for c in card.criteria}
    asked = []
    while True:
        missing = card.threshold - sum(points_of(worth[name], deal) for name in asked)
        rest = [name for name in worth if name not in asked]
        reached = sorted(sum(other[name] for name in rest) for other in others)
        chance = 1 - bisect.bisect_left(reached, missing) / len(reached)
        if max(chance, 1 - chance) >= SETTLED or not rest:
            return len(asked)
        name = choose(card, deal, asked)
        if name is None:
            return len(asked)
        asked.append(name)


def points_of(criterion, deal):
    """Return the points that a deal earns by one criterion."""
    return criterion.find(deal, at=AT).points


def main():
    """Print the average number of questions in the order of the form, and of the library."""
    with DATA.open(encoding="utf-8") as file:
        deals = list(csv.DictReader(file, delimiter=";"))
    fields = [name for name in deals[0] if name != OUTCOME]
    points, threshold = learn(deals, fields)
    card = scorecard(points, threshold, fields)
    others = [{c.name: points_of(c, deal) for c in card.criteria} for deal in deals]
    right = sum(
        (card.score(deal, at=AT).verdict == "qualified") == (deal[OUTCOME] == WON) for deal in deals
    )
    orders = {
        "order of the form": lambda _card, _deal, asked: fields[len(asked)],
        "order of the library": chosen_by_library,
    }
    print(f"{len(deals)} deals, {len(fields)} questions, {right / len(deals):.0%} told right")
    for name, choose in orders.items():
        counts = [questions_until_settled(card, deal, others, choose) for deal in deals]
        print(f"{name:22} {sum(counts) / len(counts):5.2f} questions")


if __name__ == "__main__":
    main()
