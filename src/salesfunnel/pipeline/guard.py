"""A guard: a condition that a move must meet, with the sentence that says what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Self

import attrs

from ..errors import GuardFailed, InvalidDefinition, Objection, Text
from ..rules.rule import Rule
from ..values.instants import instant
from ..values.text import is_visible
from .codes import label_of
from .policy_check import Assessing, PolicyCheck

Check = Callable[[Any, datetime], bool]

_NO_NAME = Text("guard_without_name", "a guard needs a name")
_NO_CHECK = Text(
    "guard_without_check",
    "a guard checks a rule, or a function of entity and instant that can be hashed",
)
_NO_TEXTS = Text("guard_texts", "its message, remedy and code are texts")
# The sentences of a guard are those of its definition, and are translated there.
_UNMET = Text("guard", "{unmet}", "{remedy}")
_UNKNOWN = Text("unknown_fact", "{unmet} (unknown: {unknown})", "{remedy}")
_NO_POLICY = Text("no_policy", "its policy cannot assess anything", "a policy, such as BANT")
ROLE = Text("missing_role", "no {role} is known", "involve one")
MISSING = Text("missing", "{fact} is not known", "find out {fact}")


@attrs.frozen(cache_hash=True)
class Guard:
    """
    A rule, or a function of entity and instant that returns a real bool, with its objection.

    Args:
        name: what the guard is called in pictures and in JSON.
        check: the rule or the function.
        message: what is missing when it does not hold.
        remedy: what would help.
        code: the code of its objection.
        label: what the role that it asks for is called, if it asks for one.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.rules import yes
    >>> agreed = Guard("amount_agreed", yes("amount_agreed"), message="the amount is not agreed")
    >>> print(agreed.objection({"amount_agreed": False}, at=datetime(2026, 3, 2, tzinfo=UTC)))
    the amount is not agreed
    """

    name: str
    check: Rule | Check
    message: str = attrs.field(default="", kw_only=True)
    remedy: str = attrs.field(default="", kw_only=True)
    code: str = attrs.field(default="guard", kw_only=True)
    label: str = attrs.field(default="", kw_only=True, repr=False, eq=False)
    _no: Objection = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a guard that could neither be named nor asked."""
        if not is_visible(self.name):
            raise InvalidDefinition("guard", (_NO_NAME.problem(),))
        problems = [
            *([] if _can_be_asked(self.check) else [_NO_CHECK.problem()]),
            *(
                []
                if all(map(_is_text, (self.message, self.remedy, self.code)))
                else [_NO_TEXTS.problem()]
            ),
        ]
        if problems:
            raise InvalidDefinition(f"guard {self.name}", tuple(problems))
        # A plain no says the same each time, so it is written once.
        object.__setattr__(self, "_no", self._plain_no())

    @classmethod
    def verdict(cls, policy: Assessing, *, name: str = "") -> Self:
        """
        Let a policy guard a move or a stage: it must say qualified.

        The objection gives its summary and its next question. In JSON it stands by its name, that
        of the policy unless given, and is given again where the pipeline is read.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.qualification import BANT
        >>> no = Guard.verdict(BANT).objection({}, at=datetime(2026, 3, 2, tzinfo=UTC))
        >>> print(no, no.remedy, sep="; ")
        BANT says undecided: the score lies between 0 and 100, the threshold is 80; ask: Which ...
        """
        if isinstance(policy, type) or not callable(getattr(policy, "assess", None)):
            raise InvalidDefinition("guard", (_NO_POLICY.problem(),))
        return cls(name or str(getattr(policy, "name", "")), PolicyCheck(policy))

    def objection(self, entity: object, *, at: datetime) -> Objection | None:
        """
        Return what stands in the way, or ``None``. Raises `GuardFailed` if the guard is broken.

        >>> from datetime import UTC, datetime
        >>> odd = Guard("odd", lambda entity, at: "yes")
        >>> odd.objection({}, at=datetime(2026, 3, 2, tzinfo=UTC))
        Traceback (most recent call last):
        salesfunnel.errors.GuardFailed: guard 'odd' returned str; a guard must return True or False
        """
        moment = instant(at)
        check = self.check.compiled() if isinstance(self.check, Rule) else self.check
        try:
            if isinstance(check, PolicyCheck):
                return check.objection(entity, at=moment)
            answer: object = check(entity, moment)
        except Exception as error:
            raise GuardFailed(self.name, f"raised {type(error).__name__}") from error
        if answer is True:
            return None
        is_rule = isinstance(self.check, Rule)
        if answer is False or (answer is None and is_rule and self.code == ROLE.code):
            return self._no
        if answer is None and isinstance(self.check, Rule):
            unknown = ", ".join(sorted(self.check.missing_facts(entity, at=moment)))
            return _UNKNOWN.objection(**self._said(), unknown=unknown)
        raise GuardFailed(self.name, f"returned {type(answer).__name__}")

    def _plain_no(self) -> Objection:
        if self.code == MISSING.code and isinstance(self.check, Rule):
            return MISSING.objection(fact=self.check.path)
        if self.code == ROLE.code and isinstance(self.check, Rule):
            role = str(self.check.operand)
            said = {"role": self.label or label_of({}, role), "role_code": role}
            return ROLE.objection(**said)
        return _text_of(self.code).objection(**self._said())

    def _said(self) -> dict[str, str]:
        unmet = self.message or f"{self.name} does not hold"
        return {"guard": self.name, "unmet": unmet, "remedy": self.remedy}


def _text_of(code: str) -> Text:
    return _UNMET if code == _UNMET.code else attrs.evolve(_UNMET, code=code)


def _can_be_asked(check: object) -> bool:
    """Tell whether a check can be called, and told from others; one that may change cannot."""
    try:
        hash(check)
    except TypeError:
        return False
    return isinstance(check, Rule) or callable(check)


def _is_text(text: object) -> bool:
    return isinstance(text, str)
