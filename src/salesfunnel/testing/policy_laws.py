"""The laws of policies, each as a judgement over one case: nothing if it is kept, else words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from ..qualification.assessment import Assessment, Verdict
from ..qualification.notation import policy_from_json, policy_to_json
from ..qualification.policy import Policy
from ..qualification.scorecard import Scorecard
from ..rules.rule import Rule
from .policy_cases import PolicyCase

Judgement = Callable[[Policy, PolicyCase], str]


@attrs.frozen
class Law:
    """
    What every policy keeps, in one sentence, and how a case is judged by it.

    >>> print(LAWS[0])
    every lead can be assessed
    """

    sentence: str
    judge: Judgement = attrs.field(repr=False)

    def __str__(self) -> str:
        """Say the law."""
        return self.sentence


def _is_total(policy: Policy, case: PolicyCase) -> str:
    for lead in (case.before, case.after):
        try:
            assessment: object = policy.assess(lead, at=case.at)
        except Exception as error:  # noqa: BLE001 - that it raises is what we look for
            return f"It raised {type(error).__name__}."
        if not isinstance(assessment, Assessment):
            return f"It returned {type(assessment).__name__}, not an Assessment."
    return ""


def _is_deterministic(policy: Policy, case: PolicyCase) -> str:
    first = policy.assess(case.after, at=case.at)
    again = [policy.assess(case.after, at=case.at) for _ in range(2)]
    return "" if again == [first, first] else "Asked again, it said something else."


def _is_pure(policy: Policy, case: PolicyCase) -> str:
    lead = case.after
    before = _state(lead)
    policy.assess(lead, at=case.at)
    return "" if _state(lead) == before else "It changed the lead."


def _state(lead: object) -> tuple[str, str]:
    return repr(lead), repr(getattr(lead, "__dict__", ""))


def _ignores_order_of_facts(policy: Policy, case: PolicyCase) -> str:
    said, otherwise = (policy.assess(d, at=case.at) for d in (case.after, case.reordered))
    return "" if said == otherwise else "Told the facts in another order, it said something else."


def _interval_shrinks(policy: Policy, case: PolicyCase) -> str:
    before, after = (policy.assess(lead, at=case.at) for lead in (case.before, case.after))
    if before.floor <= after.floor and after.ceiling <= before.ceiling:
        return ""
    return f"The score first {before.score}, then {after.score}."


def _decided_is_final(policy: Policy, case: PolicyCase) -> str:
    leads = (case.before, case.after, case.renewed)
    first, then, again = (policy.assess(lead, at=case.at).verdict for lead in leads)
    if first not in (Verdict.UNDECIDED, then):
        return f"It said {first}, and after more answers {then}."
    if then not in (Verdict.UNDECIDED, again):
        return f"It said {then}, and when the same was answered again, {again}."
    return ""


def _findings_add_up(policy: Policy, case: PolicyCase) -> str:
    said = policy.assess(case.after, at=case.at)
    total = sum(f.points for f in said.findings)
    return "" if total == said.floor else f"Findings make {total}, the floor is {said.floor}."


def _knock_out_dominates(policy: Policy, case: PolicyCase) -> str:
    said = policy.assess(case.after, at=case.at)
    failed = [f.criterion for f in said.findings if f.failed]
    if not failed or said.verdict is Verdict.DISQUALIFIED:
        return ""
    return f"The required {failed[0]} is a no, and yet it said {said.verdict}."


def _follows_the_threshold(policy: Policy, case: PolicyCase) -> str:
    said = policy.assess(case.after, at=case.at)
    if said.verdict is Verdict.QUALIFIED and said.floor < said.threshold:
        return f"It said qualified, although the score {said.score}, below {said.threshold}."
    if said.verdict is not Verdict.DISQUALIFIED and said.ceiling < said.threshold:
        return (
            f"It said {said.verdict}, although the threshold of {said.threshold} is out of reach."
        )
    return ""


def _undecided_asks(policy: Policy, case: PolicyCase) -> str:
    said = policy.assess(case.after, at=case.at)
    if (said.verdict is Verdict.UNDECIDED) == bool(said.next_questions):
        return ""
    return f"It said {said.verdict} and had {len(said.next_questions)} questions to ask."


def _full_knowledge_decides(policy: Policy, case: PolicyCase) -> str:
    said = policy.assess(case.after, at=case.at)
    if not said.findings or said.coverage < 1:
        return ""
    if said.floor == said.ceiling and said.verdict is not Verdict.UNDECIDED:
        return ""
    return f"All is answered, yet it said {said.summary}."


def _ignores_order_of_criteria(policy: Policy, case: PolicyCase) -> str:
    if not isinstance(policy, Scorecard):
        return ""
    turned = attrs.evolve(policy, criteria=policy.criteria[::-1])
    said, otherwise = (_gist(p.assess(case.after, at=case.at)) for p in (policy, turned))
    return "" if said == otherwise else "With its criteria in another order it says otherwise."


def _gist(said: Assessment) -> tuple[Any, ...]:
    asked = frozenset(question.text for question in said.next_questions)
    return said.floor, said.ceiling, said.verdict, frozenset(said.findings), asked


def _quick_verdict_agrees(policy: Policy, case: PolicyCase) -> str:
    verdict = getattr(policy, "verdict", None)
    if not callable(verdict):
        return ""
    quick, full = verdict(case.after, at=case.at), policy.assess(case.after, at=case.at).verdict
    return "" if quick is full else f"Its quick verdict is {quick}, its full one {full}."


def _survives_json(policy: Policy, case: PolicyCase) -> str:
    if not isinstance(policy, Scorecard) or not _is_data(policy):
        return ""
    again = policy_from_json(policy_to_json(policy))
    same = again == policy and _said(again, case) == _said(policy, case)
    return "" if same else "Written as JSON and read again, it is another policy."


def _is_data(policy: Scorecard) -> bool:
    return all(isinstance(c.rule, Rule) and _is_plain(c.rule) for c in policy.criteria)


def _is_plain(rule: Rule) -> bool:
    return rule.function is None and all(map(_is_plain, rule.parts))


def _said(policy: Policy, case: PolicyCase) -> Assessment:
    return policy.assess(case.after, at=case.at)


LAWS = (
    Law("every lead can be assessed", _is_total),
    Law("the same lead is assessed the same each time", _is_deterministic),
    Law("assessing changes nothing", _is_pure),
    Law("the order of facts does not matter", _ignores_order_of_facts),
    Law("an answer never widens the score", _interval_shrinks),
    Law("a decided verdict is final", _decided_is_final),
    Law("findings add up to the floor", _findings_add_up),
    Law("a failed required criterion disqualifies", _knock_out_dominates),
    Law("the verdict follows from score and threshold", _follows_the_threshold),
    Law("undecided always has a question, decided never", _undecided_asks),
    Law("when all is answered, all is decided", _full_knowledge_decides),
    Law("the order of criteria does not matter", _ignores_order_of_criteria),
    Law("the quick verdict is the full one", _quick_verdict_agrees),
    Law("a policy of rules survives JSON", _survives_json),
)
"""What every policy keeps. The first is a condition for judging the others."""
