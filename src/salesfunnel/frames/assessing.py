"""A scorecard on a frame: score, verdict, grade and the next question of each row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

import attrs

from ..errors import InvalidValue, Text, WrongKind
from ..qualification.criterion import Criterion
from ..qualification.scorecard import Scorecard
from ..rules.rule import Rule
from ..values.instants import instant
from .asking import ask_next
from .engine import Expr, asking_engine
from .judging import FrameJudge
from .known_frame import KnownFrame
from .layers import Layers
from .scoring import score_all
from .truths import Answered, Truths

FrameT = TypeVar("FrameT")

ADDED = ("floor", "ceiling", "verdict", "grade", "next_question")
"""The columns that an assessment of a frame adds."""

_NO_RULE = Text(
    "criterion_on_frame",
    "criterion {field} asks a Python function, which no engine can run",
    "use a rule, or judge row by row as the page on frames shows",
)
_FADES = Text(
    "half_life_on_frame",
    "the points of criterion {field} fade with the age of an answer, which a column does not tell",
    "leave half_life out, or judge row by row as the page on frames shows",
)
_TAKEN = Text("column_taken", "the frame has a column {field} already", "rename it first")


def assess(
    scorecard: Scorecard,
    frame: FrameT,
    *,
    at: datetime,
    columns: Mapping[str, str] | None = None,
) -> FrameT:
    """
    Judge each row of a frame, and add floor, ceiling, verdict, grade and the next question.

    Each row is judged as `Scorecard.score` judges it as an object; a null, a blank text and a NaN
    are unknown. The frame that comes back is of the same kind, and lazy if it was; the different
    texts of a lazy frame are asked for by one small query a column.

    Raises `InvalidValue` for a criterion that asks a function or fades, for a column that is
    missing, and for one of a type that says nothing; `EngineFailed` where the engine cannot answer.

    Args:
        scorecard: what judges; of rules alone, without half-lives.
        frame: of polars, pandas, pyarrow, DuckDB or Spark.
        at: the instant, for rules about days and moments.
        columns: the name of the column by the path of a fact, where it is another.

    >>> import polars
    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> leads = polars.DataFrame({"need": [True, None], "budget": [True, False]})
    >>> named = {f"answers.{name}": name for name in ("need", "budget", "timing", "authority")}
    >>> rows = leads.with_columns(timing=None, authority=None)
    >>> rows = rows.cast({"timing": polars.Boolean, "authority": polars.Boolean})
    >>> judged = assess(BANT, rows, at=datetime(2026, 3, 2, tzinfo=UTC), columns=named)
    >>> judged["verdict"].to_list()
    ['undecided', 'disqualified']
    """
    if not isinstance(scorecard, Scorecard):
        raise WrongKind.of("scorecard", scorecard, wanted="a Scorecard")
    if not isinstance(columns, Mapping | None):
        raise WrongKind.of("columns", columns, wanted="the name of a column by the path of a fact")
    now = instant(at)
    with asking_engine(frame):
        judged: FrameT = _judged(scorecard, frame, columns or {}, now)
    return judged


def _judged(
    scorecard: Scorecard,
    frame: object,
    columns: Mapping[str, str],
    at: datetime,
) -> Any:  # noqa: ANN401 - of the engine
    known = KnownFrame.of(frame)
    for name in ADDED:
        if known.has(name):
            raise InvalidValue(name, _TAKEN)
    judge = FrameJudge(known, columns, at)
    answers = [(criterion, _answers(criterion, judge)) for criterion in scorecard.criteria]
    work = Layers(known)
    criteria = _as_columns(work, answers)
    score_all(work, scorecard, criteria)
    ask_next(work, criteria, threshold=scorecard.threshold)
    return known.given_back(work.result())


def _as_columns(work: Layers, answers: Answered) -> Answered:
    """Compute what each criterion answers once, for all that stands on it."""
    columns: dict[str, Expr] = {}
    criteria: list[tuple[Criterion, Truths]] = []
    for number, (criterion, truths) in enumerate(answers):
        parts = {
            f"{name}{number}": part
            for name, part in attrs.asdict(truths, recurse=False).items()
            if part is not None
        }
        columns |= parts
        criteria.append((criterion, Truths(*[work[name] for name in parts])))
    work.add(columns)
    return criteria


def _answers(criterion: Criterion, judge: FrameJudge) -> Truths:
    if not isinstance(criterion.rule, Rule):
        raise InvalidValue(criterion.name, _NO_RULE)
    if criterion.half_life is not None:
        raise InvalidValue(criterion.name, _FADES)
    found = judge.judge(criterion.rule, what=criterion.name)
    # What only waits for an answer is never a no.
    return attrs.evolve(found, known=found.yes) if criterion.awaits else found
