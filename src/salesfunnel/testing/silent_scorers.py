"""
Scorers that never answer: each of their faults costs one criterion, so no law is ever broken.

A scorer may stumble over odd facts. One that stumbles, and never once says yes or no, was not tried
at all: it is broken, or it needs other leads than those that were drawn.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ..errors import Problem
from ..qualification.policy import Policy
from ..qualification.scorecard import Scorecard
from ..qualification.scoring import ask
from ..rules.rule import Rule
from .policy_cases import PolicyCase
from .rule_cases import parts_of

_REMEDY = (
    "If it reads other facts, name them in facts=, with values; "
    "if it reads no dictionaries, make its leads in build=."
)


@attrs.define
class Roll:
    """
    Which scorers of a policy have answered about any lead so far, and the faults of all others.

    >>> from salesfunnel.errors import Text
    >>> raised = Text("scorer_raised", "the scorer raised {error}").problem(error="ValueError")
    >>> roll = Roll(faults={"model": raised})
    >>> print(roll)
    model: the scorer raised ValueError.
    If it reads other facts, name them in facts=, with values; if it reads no dictionaries, ...
    """

    faults: dict[str, Problem] = attrs.field(factory=dict)
    answered: set[str] = attrs.field(factory=set)

    def all_answered(self, policy: Policy, case: PolicyCase) -> bool:
        """Ask about one more lead; tell whether by now each scorer has answered about some lead."""
        waiting = False
        for scorer, has_answered, fault in _said(policy, case):
            if has_answered:
                self.answered.add(scorer)
                self.faults.pop(scorer, None)
            elif scorer not in self.answered:
                waiting = True
                if fault:
                    self.faults[scorer] = fault
        return not waiting and not self.faults

    def __str__(self) -> str:
        """Name each that never answers, with its last fault, and what to do about it."""
        return "\n".join([*(f"{who}: {fault}." for who, fault in self.faults.items()), _REMEDY])


def _said(policy: Policy, case: PolicyCase) -> Iterator[tuple[str, bool, Problem | None]]:
    for finding in policy.assess(case.after, at=case.at).findings:
        yield finding.criterion, finding.answer is not None, finding.problem
    for criterion in policy.criteria if isinstance(policy, Scorecard) else ():
        # What a function raises inside a larger rule is not even told by the finding.
        for part in _parts_within(criterion.rule):
            if part.function is not None:
                share, fault = ask(part.function, case.after, at=case.at)
                yield f"{part} in {criterion.name}", share is not None, fault


def _parts_within(rule: object) -> Iterator[Rule]:
    for part in rule.parts if isinstance(rule, Rule) else ():
        yield from parts_of(part)
