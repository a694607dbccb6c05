"""
The semantics of rules, written down a second time, as plainly as possible and without any speed.

The laws compare the library with this: what a rule says about well-behaved plain rows.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from salesfunnel.values import Bucket, Money, fold


def fact_of(row, path):
    """Walk down dictionaries; a blank, a NaN, an infinity and an empty collection are unknown."""
    for name in path.split("."):
        row = row.get(name) if isinstance(row, dict) else None
    if isinstance(row, float | Decimal) and not Decimal(row).is_finite():
        return None
    if isinstance(row, str) and not row.strip():
        return None
    return None if row in ((), [], {}) else row


def verdict(rule, row, at):
    """Judge a rule of any shape after the tables of Kleene."""
    truths = [verdict(part, row, at) for part in rule.parts]
    match rule.op:
        case "not":
            return {True: False, False: True, None: None}[truths[0]]
        case "all":
            return False if False in truths else (None if None in truths else True)
        case "at_least":
            if truths.count(True) >= rule.operand:
                return True
            return None if truths.count(True) + truths.count(None) >= rule.operand else False
    fact = fact_of(row, rule.path)
    if rule.op == "answered":
        return fact is not None
    return None if fact is None else test(rule.op, fact, rule.operand, at)


def test(op, fact, operand, at):  # noqa: C901, PLR0911 - a case per kind of test
    """Judge one test of a fact that is known."""
    match op:
        case "one_of":
            truths = [test("eq", fact, option, at) for option in operand]
            return True if True in truths else (None if None in truths else False)
        case "between":
            truths = [test("ge", fact, operand[0], at), test("le", fact, operand[1], at)]
            return False if False in truths else (None if None in truths else True)
        case "contains" if isinstance(fact, (tuple, list)):
            truths = [test("eq", item, operand, at) for item in fact]
            return True if True in truths else (None if None in truths else False)
        case "starts_with" | "contains":
            if not isinstance(fact, str) or not isinstance(operand, str):
                return None
            key, part = fold(fact) or fact.strip(), fold(operand) or operand.strip()
            return key.startswith(part) if op == "starts_with" else part in key
        case "within" | "older_than" | "due_within":
            return dated(op, fact, operand, at)
    if isinstance(fact, Bucket):
        return bracketed(op, fact, operand)
    if isinstance(fact, datetime) and not isinstance(operand, datetime):
        fact = fact.date()
    if kind(fact) is None or kind(fact) != kind(operand):
        return None
    left, right = plain(fact), plain(operand)
    answers = {"eq": left == right}
    if op != "eq":
        answers |= {"lt": left < right, "le": left <= right}
        answers |= {"gt": left > right, "ge": left >= right}
    return answers[op]


def kind(value):
    """Name what a value is; two values of different kinds cannot be compared."""
    if isinstance(value, bool):
        return "yes or no"
    if isinstance(value, (int, float, Decimal)):
        return "number"
    if isinstance(value, datetime):
        return "moment" if value.tzinfo else None
    if isinstance(value, Money):
        return f"money in {value.currency}"
    return {str: "text", date: "day"}.get(type(value))


def plain(value):
    """Give what is compared."""
    if isinstance(value, str):
        return fold(value) or value.strip()
    if isinstance(value, float):
        return Decimal(repr(value))
    return value.amount if isinstance(value, Money) else value


def bracketed(op, bucket, operand):
    """Ask each head count in the bracket, or beyond all numbers where it is open."""
    if kind(operand) != "number":
        return None
    high = 10**40 if bucket.high is None else bucket.high
    near = {int(operand) + step for step in (-1, 0, 1)}
    counts = {bucket.low, high, *(n for n in near if bucket.low <= n <= high)}
    truths = {test(op, count, operand, datetime.now(UTC)) for count in counts}
    return truths.pop() if len(truths) == 1 else None


def dated(op, fact, days, at):
    """Count how long ago it was."""
    if not isinstance(fact, date) or (isinstance(fact, datetime) and not fact.tzinfo):
        return None
    age = at - fact if isinstance(fact, datetime) else at.date() - fact
    if op == "older_than":
        return age > timedelta(days)
    return timedelta(0) <= (age if op == "within" else -age) <= timedelta(days)
