"""How leads are judged by any policy, and which of them comes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from ..errors import Problem, Text, WrongKind
from ..pipeline.pipeline import Pipeline
from ..pipeline.stage import StageKind
from ..qualification.assessment import Assessment, Verdict
from ..qualification.finding import Finding
from ..qualification.policy import Policy
from ..values.instants import instant
from ..values.text import is_visible

LeadT = TypeVar("LeadT")

_KINDS = (StageKind.OPEN, StageKind.WON, StageKind.LOST)
_VERDICTS = (Verdict.QUALIFIED, Verdict.UNDECIDED, Verdict.DISQUALIFIED)
_LONGEST_NAME = 60
_ABSURD = 10**18

_RECORDS = 'to_dict("records")'
_REMEDY = "run check_policy on it"
_RAISED = Text("policy_raised", "it raised {error}", _REMEDY)
_NO_ASSESSMENT = Text("policy_no_assessment", "it gave {found}, not an Assessment", _REMEDY)
_NO_NUMBER = Text("policy_no_number", "it gave a score or threshold that is not a number", _REMEDY)
_NO_FINDINGS = Text("policy_no_findings", "it gave findings that are not of Finding", _REMEDY)


def several_leads(leads: Iterable[LeadT]) -> Iterable[LeadT]:
    """
    Let several leads or rows pass; a text, one row alone or a data frame is a mistake.

    >>> several_leads("abc")
    Traceback (most recent call last):
    salesfunnel.errors.WrongKind: leads is of the wrong kind: str; allowed: several leads, or rows
    """
    if hasattr(leads, "entities"):
        raise WrongKind.of("leads", leads, wanted="several leads; of a reading its .entities()")
    if hasattr(leads, "columns"):
        raise WrongKind.of("leads", leads, wanted=f"rows, such as those of {_rows_of(leads)}")
    if isinstance(leads, (str, bytes, Mapping, type)) or not hasattr(leads, "__iter__"):
        raise WrongKind.of("leads", leads, wanted="several leads, or rows")
    return leads


def _rows_of(frame: object) -> str:
    """Say how a frame gives its rows: polars, pyarrow, and pandas each by a word of its own."""
    calls = {"to_dicts": "to_dicts()", "to_pylist": "to_pylist()"}
    return next((said for name, said in calls.items() if hasattr(frame, name)), _RECORDS)


def judged(lead: Any, policy: Policy, *, at: datetime) -> Assessment:  # noqa: ANN401 - a row will do as well
    """
    Ask a policy of any make about a lead; what breaks in it is a finding.

    One lead on which a policy breaks stays undecided, and costs the others nothing. The finding
    names the policy and what it did, never what it said about the lead.

    >>> from datetime import UTC
    >>> class Hasty:
    ...     name = "hasty"
    ...
    ...     def assess(self, lead, /, *, at):
    ...         return lead["score"] > 50
    >>> print(judged({}, Hasty(), at=datetime(2026, 3, 2, tzinfo=UTC)).findings[0].problem)
    it raised KeyError; run check_policy on it
    """
    check_policy_kind(policy)
    at = instant(at)
    try:
        said: object = policy.assess(lead, at=at)
    except Exception as error:  # noqa: BLE001 - a policy of another author may raise anything
        return _broken(policy, _RAISED.problem(error=type(error).__name__), at=at)
    if not isinstance(said, Assessment):
        return _broken(policy, _NO_ASSESSMENT.problem(found=type(said).__name__), at=at)
    if not all(map(_is_score, (said.floor, said.ceiling, said.threshold))):
        return _broken(policy, _NO_NUMBER.problem(), at=at)
    if not _are_findings(said.findings):
        return _broken(policy, _NO_FINDINGS.problem(), at=at)
    return said


def check_policy_kind(policy: Policy) -> None:
    """
    Refuse what is not a policy: its name, its class, or a function.

    >>> check_policy_kind("BANT")
    Traceback (most recent call last):
    salesfunnel.errors.WrongKind: policy is of the wrong kind: str; allowed: a policy, such as BANT
    """
    if isinstance(policy, type) or not callable(getattr(policy, "assess", None)):
        raise WrongKind.of("policy", policy, wanted="a policy, such as BANT")


def precedence(lead: Any, said: Assessment) -> tuple[float, ...]:  # noqa: ANN401 - likewise
    """
    Rank a lead, the first of all with the least numbers; equals have the same.

    Open leads come first, then those already converted, then those given up. Among them counts the
    verdict, then what is certain, what is possible, and how much is known. A row without stages
    counts as open.

    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> known, unknown = ({"answers": {"need": True}}, {})
    >>> precedence(known, BANT.assess(known, at=monday)) < precedence(
    ...     unknown, BANT.assess(unknown, at=monday)
    ... )
    True
    """
    kind = stage_kind(lead)
    verdict = _VERDICTS.index(said.verdict)
    return _KINDS.index(kind), verdict, -said.floor, -said.ceiling, -float(said.coverage)


def stage_kind(lead: Any) -> StageKind:  # noqa: ANN401 - likewise
    """
    Tell whether a lead is open, converted (won), or given up (lost); any other row is open.

    >>> stage_kind({}).value
    'open'
    """
    try:
        pipeline = getattr(lead, "pipeline", None)
    except Exception:  # noqa: BLE001 - an object of a host may raise anything
        return StageKind.OPEN
    return pipeline.stage(lead.stage).kind if isinstance(pipeline, Pipeline) else StageKind.OPEN


def _is_score(number: object) -> bool:
    return isinstance(number, (int, float)) and abs(number) < _ABSURD  # which no NaN is


def _are_findings(found: object) -> bool:
    return isinstance(found, tuple) and all(isinstance(one, Finding) for one in found)


def _broken(policy: Policy, problem: Problem, *, at: datetime) -> Assessment:
    name = _name(policy)
    finding = Finding(f"policy {name}", None, points=0, weight=0, problem=problem)
    return Assessment(
        name,
        version="",
        at=at,
        floor=0,
        ceiling=0,
        threshold=0,
        verdict=Verdict.UNDECIDED,
        findings=(finding,),
    )


def _name(policy: Policy) -> str:
    """Name a policy as it names itself, if it can, or else by its class."""
    try:
        name: object = getattr(policy, "name", "")
    except Exception:  # noqa: BLE001 - a policy of another author may raise anything
        name = ""
    if isinstance(name, str) and name.isprintable() and is_visible(name):
        return name[:_LONGEST_NAME]
    return type(policy).__name__
