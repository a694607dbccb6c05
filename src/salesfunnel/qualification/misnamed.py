"""Answers under a name that no criterion reads, although one much like it is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..errors import Problem, Text, did_you_mean
from ..values.answer import USUAL_QUESTIONS
from .finding import Finding

_PLACE = "answers."
_MISNAMED = Text(
    "misnamed_answer",
    "answers.{question}: no criterion reads it",
    "answer {meant}, if that was meant",
)


def misnamed_answers(lead: Any, findings: Iterable[Finding]) -> tuple[Problem, ...]:  # noqa: ANN401 - a row will do as well
    """
    Report each answer whose name is nearly that of a question that is still open.

    >>> need = Finding("need", None, points=0, weight=30, facts=("answers.need",))
    >>> print(*misnamed_answers({"answers": {"nede": True}}, [need]))
    answers.nede: no criterion reads it; answer need, if that was meant
    """
    still_open = {path.removeprefix(_PLACE) for path in _open_paths(findings)}
    given = _answers(lead) if still_open else {}
    found: list[Problem] = []
    for question in given:
        near = "" if question in USUAL_QUESTIONS else did_you_mean(question, still_open)
        if near and near not in given:
            found.append(_MISNAMED.problem(question=question, meant=near))
    return tuple(found)


def _open_paths(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        if finding.answer is None:
            yield from (path for path in finding.facts if path.startswith(_PLACE))


def _answers(lead: Any) -> Mapping[str, object]:  # noqa: ANN401 - see above
    """Find the answers of a lead or a row; anything else has none."""
    try:
        found = lead["answers"] if isinstance(lead, Mapping) else lead.answers
    except Exception:  # noqa: BLE001 - an object of a host may raise anything
        return {}
    if not isinstance(found, Mapping):
        return {}
    return {name: said for name, said in found.items() if isinstance(name, str)}
