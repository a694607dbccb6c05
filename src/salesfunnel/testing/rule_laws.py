"""The laws of rules, each as a judgement over one case: nothing if it is kept, else words."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from ..errors import SalesFunnelError
from ..rules.notation import rule_from_json, rule_to_json
from ..rules.rule import Rule
from ..rules.truth import Truth, in_words
from .rule_cases import RecordedRow, RuleCase, parts_of

Judgement = Callable[[Any, RuleCase, datetime], str]


@attrs.frozen
class RuleLaw:
    """
    What every rule keeps, in one sentence, and how a case is judged by it.

    >>> print(RULE_LAWS[0])
    a rule answers yes, no or unknown about every lead
    """

    sentence: str
    judge: Judgement = attrs.field(repr=False)

    def __str__(self) -> str:
        """Say the law."""
        return self.sentence


def _is_total(rule: Any, case: RuleCase, at: datetime) -> str:  # noqa: ANN401 - anything may be checked
    """Ask the plain functions too, since a rule that contains one catches what it raises."""
    parts = parts_of(rule) if isinstance(rule, Rule) else ()
    functions = [part.function for part in parts if part.function is not None]
    asked = functions or [lambda lead, at: rule.holds(lead, at=at)]
    for ask in asked:
        for lead in (case.before(), case.after()):
            try:
                answer: object = ask(lead, at)
            except Exception as error:  # noqa: BLE001 - that it raises is what we look for
                return f"It raised {type(error).__name__}."
            if answer is not None and answer is not True and answer is not False:
                return f"It answered with {type(answer).__name__}."
    return ""


def _is_deterministic(rule: Any, case: RuleCase, at: datetime) -> str:  # noqa: ANN401
    answers = [_say(rule, case.after(), at) for _ in range(3)]
    return "" if len(set(answers)) == 1 else "Asked again, it said something else."


def _is_pure(rule: Any, case: RuleCase, at: datetime) -> str:  # noqa: ANN401
    lead = case.after()
    before = copy.deepcopy(dict(lead)), repr(lead)
    _say(rule, lead, at)
    return "" if (dict(lead), repr(lead)) == before else "It changed the lead."


def _decided_stays_decided(rule: Any, case: RuleCase, at: datetime) -> str:  # noqa: ANN401
    if isinstance(rule, Rule) and any(part.op == "answered" for part in parts_of(rule)):
        return ""
    before, after = _say(rule, case.before(), at), _say(rule, case.after(), at)
    if before in (None, after):
        return ""
    return f"It said {in_words(before)}, and after more answers {in_words(after)}."


def _reads_what_it_lists(rule: Any, case: RuleCase, at: datetime) -> str:  # noqa: ANN401
    lead: RecordedRow = case.after()
    _say(rule, lead, at)
    listed = [*rule.facts]
    strays = [
        path
        for path in sorted(lead.read)
        if not any(f"{fact}.".startswith(f"{path}.") for fact in listed)
        and not any(f"{path}.".startswith(f"{fact}.") for fact in listed)
    ]
    return f"It read {', '.join(strays)}, which its facts do not list." if strays else ""


def _survives_json(rule: Any, case: RuleCase, at: datetime) -> str:  # noqa: ANN401
    try:
        if isinstance(rule, Rule):
            if any(part.function is not None for part in parts_of(rule)):
                return ""
            again: Any = rule_from_json(rule_to_json(rule))
        elif hasattr(rule, "to_json"):
            kind = rule.__class__
            again = kind.from_json(rule.to_json())
        else:
            return ""
        said = _say(again, case.after(), at)
    except (SalesFunnelError, ValueError, TypeError, KeyError, AttributeError) as error:
        return f"Written as JSON and read again, it raised {type(error).__name__}."
    kept = said is _say(rule, case.after(), at)
    return "" if kept else "Written as JSON and read again, it said something else."


def _say(rule: Any, lead: RecordedRow, at: datetime) -> Truth:  # noqa: ANN401
    answer: Truth = rule.holds(lead, at=at)
    return answer


RULE_LAWS = (
    RuleLaw("a rule answers yes, no or unknown about every lead", _is_total),
    RuleLaw("asked again, a rule says the same", _is_deterministic),
    RuleLaw("a rule changes nothing", _is_pure),
    RuleLaw("a rule reads only the facts that it lists", _reads_what_it_lists),
    RuleLaw("what is decided stays decided, however the unknowns turn out", _decided_stays_decided),
    RuleLaw("a rule survives JSON", _survives_json),
)
"""In the order in which they are checked; each takes the ones before it for granted."""
