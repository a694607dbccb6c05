"""
Every way in which the library says no.

A business *no* is a value first: a [`Refusal`][] lists all its objections. A caller's mistake, or
a verb that is refused, raises one of these errors, and for bytes, rows, definitions and stored
events from outside nothing else ever escapes::

    SalesFunnelError
    ├── InvalidValue        (ValueError)   a value that cannot exist
    │   └── CurrencyMismatch               an amount in one currency met another
    ├── InvalidDefinition   (ValueError)   a definition that contradicts itself
    ├── InvalidHistory      (ValueError)   events that tell no possible story
    ├── MoveRefused                        a verb was refused; carries the Refusal
    │   └── ConversionRefused              a conversion was refused
    ├── GuardFailed                        a guard raised, or answered with something not a bool
    ├── StaleVersion                       somebody else changed the entity first
    └── UnreadableFile      (ValueError)   not one row of a file could be read

Each carries fields, pickles, and has a stable ``code``. Messages name what was wrong, what is
allowed and what to do; they never repeat personal data.
"""

from __future__ import annotations

from typing import ClassVar

import attrs


@attrs.frozen
class Objection:
    """
    One unmet condition: what stands in the way and what would satisfy it.

    >>> print(Objection("guard", "the amount is not agreed", remedy="agree the amount"))
    the amount is not agreed
    """

    code: str
    message: str
    remedy: str = ""
    params: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Say the objection as a sentence without its full stop."""
        return self.message


@attrs.frozen
class Refusal:
    """
    A *no* with all its reasons. It is falsy, so that ``if pipeline.decide(…):`` reads well.

    >>> no = Refusal(
    ...     "win", "proposal", "guard", (Objection("guard", "no decision maker is known"),)
    ... )
    >>> bool(no)
    False
    >>> print(no)
    cannot win from proposal: no decision maker is known
    """

    trigger: str
    stage: str
    code: str
    objections: tuple[Objection, ...]

    def __bool__(self) -> bool:
        """Is always false: a refusal is a no."""
        return False

    def __str__(self) -> str:
        """Say what was refused, and every reason."""
        reasons = "; ".join(map(str, self.objections))
        return f"cannot {self.trigger} from {self.stage}: {reasons}"


class SalesFunnelError(Exception):
    """The root of every error that the library raises on purpose."""

    code: ClassVar[str] = "error"


@attrs.define
class InvalidValue(SalesFunnelError, ValueError):
    """
    A value that cannot exist, such as an amount that is not a number.

    The offending text is never repeated, since it may be personal.

    >>> raise InvalidValue("amount", "is not a number", "digits with one decimal point")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: amount is not a number; allowed: digits with one decimal point
    """

    code: ClassVar[str] = "invalid_value"

    field: str
    problem: str
    allowed: str = ""

    def __str__(self) -> str:
        """Say what was wrong and what is allowed."""
        allowed = f"; allowed: {self.allowed}" if self.allowed else ""
        return f"{self.field} {self.problem}{allowed}"


@attrs.define
class CurrencyMismatch(InvalidValue):
    """Amounts in two currencies were added, compared by size, or shared out together."""

    code: ClassVar[str] = "currency_mismatch"


@attrs.define
class InvalidDefinition(SalesFunnelError, ValueError):
    """A rule, policy, pipeline or mapping that contradicts itself; lists every problem."""

    code: ClassVar[str] = "invalid_definition"

    what: str
    problems: tuple[str, ...]

    def __str__(self) -> str:
        """Name the definition and every problem in it."""
        return f"{self.what}: " + "; ".join(self.problems)


@attrs.define
class InvalidHistory(SalesFunnelError, ValueError):
    """Events that tell no possible story, such as a timeline without a beginning."""

    code: ClassVar[str] = "invalid_history"

    what: str
    problem: str

    def __str__(self) -> str:
        """Say whose history it is and what is impossible about it."""
        return f"{self.what}: {self.problem}"


@attrs.define
class MoveRefused(SalesFunnelError):
    """A verb was refused. ``refusal`` holds all the reasons as a value."""

    code: ClassVar[str] = "move_refused"

    refusal: Refusal

    def __str__(self) -> str:
        """Say what was refused, every reason, and what would help."""
        remedies = [o.remedy for o in self.refusal.objections if o.remedy]
        return f"{self.refusal}" + (f" ({'; '.join(remedies)})" if remedies else "")


@attrs.define
class ConversionRefused(MoveRefused):
    """A lead cannot be converted, or a plan no longer fits the lead."""

    code: ClassVar[str] = "conversion_refused"


@attrs.define
class GuardFailed(SalesFunnelError):
    """A guard raised, or answered with something that is neither ``True`` nor ``False``."""

    code: ClassVar[str] = "guard_failed"

    guard: str
    problem: str

    def __str__(self) -> str:
        """Name the guard and what it did."""
        return f"guard {self.guard!r} {self.problem}; a guard must return True or False"


@attrs.define
class StaleVersion(SalesFunnelError):
    """Somebody else changed the entity first."""

    code: ClassVar[str] = "stale_version"

    expected: int
    found: int

    def __str__(self) -> str:
        """Say both versions and what to do."""
        return f"expected version {self.expected}, found {self.found}; load it again and repeat"


@attrs.define
class UnreadableFile(SalesFunnelError, ValueError):
    """Not one row of a file could be read: missing, empty, binary, or with unknown headers."""

    code: ClassVar[str] = "unreadable_file"

    file: str
    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        """Name the file, what is wrong with it, and what to do."""
        return f"{self.file}: {self.problem}" + (f"; {self.remedy}" if self.remedy else "")
