"""Answers under a name that no criterion reads, although one much like it is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..errors import Problem, Text, did_you_mean
from ..values.answer import USUAL_QUESTIONS
from ..values.text import shown
from .finding import Finding

_PLACE = "answers."
_LONGEST_SHOWN = 40
_MISNAMED = Text(
    "misnamed_answer",
    "answers.{question}: no criterion reads it",
    "answer {meant}, if that was meant",
)


def questions_answered(lead: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row will do as well
    """
    Name the questions that a lead or a row has answered; anything else has none.

    >>> questions_answered({"answers": {"need": True}}), questions_answered({"answers": 5})
    (('need',), ())
    """
    try:
        found = lead["answers"] if isinstance(lead, Mapping) else lead.answers
        return tuple(found) if isinstance(found, Mapping) else ()
    except Exception:  # noqa: BLE001 - an object of a host may raise anything
        return ()


def misnamed_answers(
    questions: Iterable[object], findings: Iterable[Finding]
) -> tuple[Problem, ...]:
    """
    Report each answered question whose name is nearly that of one that is still open.

    >>> need = Finding("need", None, points=0, weight=30, facts=("answers.need",))
    >>> print(*misnamed_answers(["nede"], [need]))
    answers.nede: no criterion reads it; answer need, if that was meant
    """
    given = {name for name in questions if isinstance(name, str)}
    still_open = {path.removeprefix(_PLACE) for path in _open_paths(findings)} - given
    return tuple(
        _MISNAMED.problem(question=shown(question, limit=_LONGEST_SHOWN), meant=near)
        for question in (sorted(given - USUAL_QUESTIONS) if still_open else ())
        if (near := did_you_mean(question, still_open))
    )


def _open_paths(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        if finding.answer is None:
            yield from (path for path in finding.facts if path.startswith(_PLACE))
