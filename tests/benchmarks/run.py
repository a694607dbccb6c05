"""
What users call, held to bars: ``python tests/benchmarks/run.py``.

Prints one table and ends with status 1 where a bar is missed. Each row is a ratio of medians: the
two contenders take turns in one process, on the real nouns. Rows without a bar are printed for
comparison. Processor time is what counts. It is run by hand, since a busy machine moves even that.
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import agenda_speed
import attrs
import conversion_speed
from transitions import Machine

from salesfunnel import BANT, Lead, Money, Opportunity
from salesfunnel.errors import Refusal
from salesfunnel.opportunities import OpportunityMoved, Probability
from salesfunnel.pipeline import OPPORTUNITY_PIPELINE, Move, Pipeline, Stage
from salesfunnel.qualification import Criterion, QuestionAnswered, Scorecard
from salesfunnel.rules import field, yes
from salesfunnel.values import Answer

ROUNDS, SECONDS = 41, 0.002
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
README = Path(__file__).resolve().parents[2] / "README.md"

Contender = Callable[[], object]


def measure(ours: Contender, theirs: Contender) -> float:
    """Return how many times as long ours takes; both take turns, and the medians count."""
    times: dict[Contender, list[float]] = {ours: [], theirs: []}
    calls = {contender: calls_for(contender) for contender in times}
    for _ in range(ROUNDS):
        for contender, found in times.items():
            gc.collect(0)
            begin = time.process_time()
            for _ in range(calls[contender]):
                contender()
            found.append((time.process_time() - begin) / calls[contender])
    return statistics.median(times[ours]) / statistics.median(times[theirs])


def calls_for(contender: Contender) -> int:
    """Find how many calls take long enough to be measured."""
    contender()
    begin = time.process_time()
    contender()
    return max(1, int(SECONDS / (time.process_time() - begin)))


# --- a deal is moved -----------------------------------------------------------------------------

DEAL = Opportunity.open(id="7", amount=Money("900", "EUR"), at=MONDAY)
PROPOSED = DEAL.move("propose", at=MONDAY)


class Bound:
    """A mutable deal that a bare machine moves; it keeps no history."""

    agreed = involved = False


def bare_machine(model: Bound) -> Machine:
    """Build a machine of ``transitions`` with the stages of our default pipeline."""
    return Machine(
        model=model,
        states=["meeting", "proposal", "negotiation", "won", "lost"],
        initial="meeting",
        auto_transitions=False,
        model_attribute="stage",
        transitions=[
            {"trigger": "propose", "source": "meeting", "dest": "proposal"},
            {"trigger": "negotiate", "source": "proposal", "dest": "negotiation"},
            {
                "trigger": "win",
                "source": ["proposal", "negotiation"],
                "dest": "won",
                "conditions": [lambda: model.involved, lambda: model.agreed],
            },
            {"trigger": "lose", "source": ["meeting", "proposal", "negotiation"], "dest": "lost"},
        ],
    )


BOUND = Bound()
BARE = bare_machine(BOUND)


def bare_move() -> None:
    """Trigger a move of a bound model."""
    BOUND.stage = "meeting"
    BOUND.propose()


def bare_refusal() -> bool:
    """Trigger a move that a condition forbids."""
    BOUND.stage = "proposal"
    return BOUND.win()


def move() -> Opportunity:
    """Move a deal, with its event."""
    return DEAL.move("propose", at=MONDAY)


def move_by_hand() -> Opportunity:
    """Move a deal as one would without the library, and keep a history."""
    if DEAL.stage != "meeting":
        raise ValueError(DEAL.stage)
    event = OpportunityMoved(
        at=MONDAY,
        by="",
        trigger="propose",
        from_stage=DEAL.stage,
        to_stage="proposal",
        probability=CHANCE,
    )
    return attrs.evolve(
        DEAL, stage="proposal", probability=CHANCE, timeline=(*DEAL.timeline, event)
    )


CHANCE = Probability("0.5", "stage")


def refusal() -> Refusal:
    """Be told both reasons why a deal cannot be won."""
    verdict = PROPOSED.decide("win", at=MONDAY)
    assert len(verdict.objections) == 2
    return verdict


# --- a lead is asked and judged ------------------------------------------------------------------

QUESTIONS = [f"question_{n}" for n in range(10)]
LEAD = Lead.capture(person="Sara Ahmadi", email="sara@novin.example", at=MONDAY)


def answer() -> Lead:
    """Record an answer."""
    return LEAD.answer("budget", True, at=MONDAY)


def answer_by_hand() -> Lead:
    """Record an answer as one would without a verb."""
    event = QuestionAnswered(at=MONDAY, by="", slot="budget", answer=Answer(True, at=MONDAY))
    answers = type(LEAD.answers)({**LEAD.answers, "budget": event.answer})
    return attrs.evolve(LEAD, answers=answers, timeline=(*LEAD.timeline, event))


def scorecard(criteria: int, *, place: str = "") -> Scorecard:
    """Define a scorecard of so many yes/no questions, whose answers stand in a row or a place."""
    asked = [Criterion(f"n{n}", yes(f"{place}question_{n}"), weight=10) for n in range(criteria)]
    return Scorecard("questions", criteria=asked, threshold=criteria * 7)


TEN = scorecard(10)
TEN_ANSWERS = scorecard(10, place="answers.")
ROW = dict.fromkeys(QUESTIONS, True)
ANSWERED = LEAD.answer(ROW, at=MONDAY)
assert TEN.assess(ROW, at=MONDAY).floor == TEN_ANSWERS.assess(ANSWERED, at=MONDAY).floor == 100
MIXED = Scorecard(
    "answers and fields",
    criteria=[
        *(Criterion(f"n{n}", yes(f"answers.question_{n}"), weight=10) for n in range(5)),
        Criterion("size", field("company.employees") <= 200, weight=10),
        Criterion("industry", field("company.industry").one_of("retail", "health"), weight=10),
        Criterion("title", field("person.job_title").is_("CEO"), weight=10),
        Criterion("source", field("source").one_of("exhibition", "referral"), weight=10),
        Criterion("stage", field("stage").is_("new"), weight=10),
    ],
    threshold=70,
)


def ten_ifs() -> bool:  # noqa: C901 - as many branches as there are questions
    """Add up points as one would without a library; an unknown counts as no."""
    points, row = 0, ROW
    if row.get("question_0"):
        points += 10
    if row.get("question_1"):
        points += 10
    if row.get("question_2"):
        points += 10
    if row.get("question_3"):
        points += 10
    if row.get("question_4"):
        points += 10
    if row.get("question_5"):
        points += 10
    if row.get("question_6"):
        points += 10
    if row.get("question_7"):
        points += 10
    if row.get("question_8"):
        points += 10
    if row.get("question_9"):
        points += 10
    return points >= 70


def per_criterion(criteria: int) -> Contender:
    """Judge by a scorecard of so many criteria, as often as makes 400 criteria in all."""
    card = scorecard(criteria)
    row = {f"question_{n}": True for n in range(criteria)}
    times = 400 // criteria

    def judge() -> None:
        for _ in range(times):
            card.score(row, at=MONDAY)

    return judge


# --- long histories, and large pipelines ---------------------------------------------------------


def history(events: int) -> Contender:
    """Replay a deal with so many events: moves to and fro, and answers."""
    deal = DEAL
    moves = [("propose", None), ("meet", None), (None, "budget")]
    timeline = list(deal.timeline)
    for step in range(12):
        trigger, question = moves[step % 3]
        at = MONDAY + timedelta(hours=step)
        deal = deal.move(trigger, at=at) if trigger else deal.answer(question, True, at=at)
    cycle = deal.timeline[1:13]
    for n in range(events - 1):
        event = cycle[n % 12]
        timeline.append(attrs.evolve(event, at=MONDAY + timedelta(hours=n)))
    return lambda: Opportunity.replay(timeline)


def busy_lead() -> Lead:
    """Take in a lead with which a thousand calls were made."""
    lead = LEAD
    for _ in range(1_000):
        lead = lead.log("call", reached=False, at=MONDAY)
    return lead


def large_pipeline() -> Pipeline:
    """Define 500 stages and 2,000 moves: from each stage four lead on."""
    names = [f"stage {n}" for n in range(499)]
    moves = [
        Move(f"move {n} by {step}", name, names[(n + step) % 499])
        for n, name in enumerate(names)
        for step in range(1, 5)
    ]
    stages = [*map(Stage, names), Stage("won", kind="won")]
    moves += [Move(f"win from {n}", names[n], "won") for n in range(4)]
    return Pipeline("large", stages=stages, moves=moves)


# --- whole processes -----------------------------------------------------------------------------


def processes(*commands: list[str]) -> list[float]:
    """Run each command by turns in a process of its own; return the medians of their seconds."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    times: list[list[float]] = [[] for _ in commands]
    for turn in range(16):
        for command, found in zip(commands, times, strict=True):
            begin = processor_seconds()
            subprocess.run(
                [sys.executable, *command], check=True, capture_output=True, env=environment
            )
            if turn:  # the first turn writes the byte code
                found.append(processor_seconds() - begin)
    return [statistics.median(found) for found in times]


def processor_seconds() -> float:
    """Tell how long the processes that have ended kept a processor busy."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def import_ratio() -> float:
    """Compare README's import line with ``import attrs``, without the start of Python."""
    line = next(
        line for line in README.read_text("utf-8").splitlines() if line.startswith("from salesf")
    )
    start, ours, theirs = processes(["-c", "pass"], ["-c", line], ["-c", "import attrs"])
    return (ours - start) / (theirs - start)


def help_ratio() -> float:
    """Compare the command's help with importing what parses its arguments."""
    ours, theirs = processes(["-m", "salesfunnel", "--help"], ["-c", "import argparse"])
    return ours / theirs


# --- the table -----------------------------------------------------------------------------------


def rows() -> list[tuple[str, str, float | None, Callable[[], float]]]:
    """List what is measured, against what, the bar, and how."""
    large, busy = large_pipeline(), busy_lead()
    return [
        (
            'opportunity.move("propose")',
            "a bare transitions trigger",
            1.0,
            lambda: measure(move, bare_move),
        ),
        (
            "lead.answer",
            "attrs.evolve and event by hand",
            1.7,
            lambda: measure(answer, answer_by_hand),
        ),
        (
            "refusal with two reasons",
            "bare False of transitions",
            1.0,
            lambda: measure(refusal, bare_refusal),
        ),
        (
            "replay of 10,000 events",
            "of 1,000",
            12,
            lambda: measure(history(10_000), history(1_000)),
        ),
        (
            "a call after 1,000 calls",
            "the first, and copying them",
            1.5,
            lambda: measure(
                lambda: busy.log("call", reached=False, at=MONDAY),
                lambda: (
                    LEAD.log("call", reached=False, at=MONDAY),
                    busy.timeline[:-1] + busy.timeline[-1:],
                ),
            ),
        ),
        (
            "agenda of 100,000 busy leads",
            "without activities",
            1.5,
            agenda_speed.agenda_ratio,
        ),
        (
            "memory of its lines, in kB",
            "",
            2.0,
            lambda: agenda_speed.memory() / 1e3,
        ),
        (
            "a lead more, of 10,000 converted",
            "the first, without copying",
            conversion_speed.MOST,
            conversion_speed.ratio,
        ),
        (
            "ways of 500 stages, 2,000 moves",
            "of the default pipeline",
            5,
            lambda: measure(
                lambda: large.ways("stage 9", {}, at=MONDAY),
                lambda: OPPORTUNITY_PIPELINE.ways("proposal", {}, at=MONDAY),
            ),
        ),
        (
            "verdict of ten criteria, a dict",
            "ten ifs by hand",
            5,
            lambda: measure(lambda: TEN.verdict(ROW, at=MONDAY), ten_ifs),
        ),
        (
            "verdict of ten criteria, a Lead",
            "ten ifs by hand",
            8,
            lambda: measure(lambda: TEN_ANSWERS.verdict(ANSWERED, at=MONDAY), ten_ifs),
        ),
        (
            "assess(lead)",
            "ten ifs by hand",
            25,
            lambda: measure(lambda: TEN_ANSWERS.assess(ANSWERED, at=MONDAY), ten_ifs),
        ),
        (
            "a criterion of 200",
            "a criterion of 10",
            1.5,
            lambda: measure(per_criterion(200), per_criterion(10)),
        ),
        ("README's import line", "import attrs", 3.0, import_ratio),
        ("salesfunnel --help", 'python -c "import argparse"', 6, help_ratio),
        (
            'opportunity.move("propose")',
            "the same by hand, with event",
            None,
            lambda: measure(move, move_by_hand),
        ),
        (
            "assess(lead), answers and fields",
            "ten ifs by hand",
            None,
            lambda: measure(lambda: MIXED.assess(ANSWERED, at=MONDAY), ten_ifs),
        ),
        (
            "BANT.assess(lead)",
            "ten ifs by hand",
            None,
            lambda: measure(lambda: BANT.assess(ANSWERED, at=MONDAY), ten_ifs),
        ),
    ]


def main() -> int:
    """Print the table, and say by the status whether every bar is met."""
    missed = 0
    print(f"{'what':34}{'against':32}{'ratio':>8}  {'at most':>8}")
    for what, against, bar, measured in rows():
        ratio = measured()
        is_missed = bar is not None and ratio > bar
        missed += is_missed
        wanted = "" if bar is None else f"{bar:8.1f}"
        print(f"{what:34}{against:32}{ratio:8.2f}  {wanted}{'  MISSED' if is_missed else ''}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
