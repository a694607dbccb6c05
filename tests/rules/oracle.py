"""
The semantics of rules, written down a second time, as plainly as possible and without any speed.

The laws compare the library with this: what a rule says about well-behaved plain rows.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

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
    if rule.op in JOINTS:
        return JOINTS[rule.op]([verdict(part, row, at) for part in rule.parts], rule.operand)
    fact = fact_of(row, rule.path)
    if rule.op == "answered":
        return fact is not None
    return None if fact is None else TESTS[rule.op](fact, rule.operand, at)


def conjunction(truths, _operand=None):
    """One no decides, and otherwise one unknown leaves it open."""
    return False if False in truths else (None if None in truths else True)


def count(truths, wanted):
    """Count the yes for sure, and those that may become one."""
    if truths.count(True) >= wanted:
        return True
    return None if truths.count(True) + truths.count(None) >= wanted else False


JOINTS = {
    "all": conjunction,
    "at_least": count,
    "not": lambda truths, _operand: {True: False, False: True, None: None}[truths[0]],
}


def equal(fact, operand, _at):
    """Compare for equality."""
    return compared("eq", fact, operand)


def among(fact, options, _at):
    """Ask each option."""
    return count([compared("eq", fact, option) for option in options], 1)


def between(fact, ends, _at):
    """Ask both ends."""
    return conjunction([compared("ge", fact, ends[0]), compared("le", fact, ends[1])])


def contained(fact, operand, _at):
    """Look for an item of a collection, or for a part of a text."""
    if isinstance(fact, (tuple, list)):
        return count([compared("eq", item, operand) for item in fact], 1)
    return of_keys(fact, operand, lambda key, part: part in key)


def of_keys(fact, operand, fits):
    """Compare two texts by their keys."""
    if not isinstance(fact, str) or not isinstance(operand, str):
        return None
    return fits(fold(fact) or fact.strip(), fold(operand) or operand.strip())


TESTS = {
    "eq": equal,
    "lt": lambda fact, operand, _at: compared("lt", fact, operand),
    "le": lambda fact, operand, _at: compared("le", fact, operand),
    "gt": lambda fact, operand, _at: compared("gt", fact, operand),
    "ge": lambda fact, operand, _at: compared("ge", fact, operand),
    "one_of": among,
    "between": between,
    "contains": contained,
    "starts_with": lambda fact, text, _at: of_keys(fact, text, str.startswith),
    "ends_with": lambda fact, text, _at: of_keys(fact, text, str.endswith),
    "within": lambda fact, days, at: aged(fact, at, lambda age: 0 <= age <= days),
    "older_than": lambda fact, days, at: aged(fact, at, lambda age: age > days),
    "due_within": lambda fact, days, at: aged(fact, at, lambda age: 0 <= -age <= days),
    "answered": lambda _fact, _operand, _at: True,
}


def compared(op, fact, operand):
    """Compare two values, if they are of one kind."""
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
    truths = {compared(op, staff, operand) for staff in counts}
    return truths.pop() if len(truths) == 1 else None


def aged(fact, at, fits):
    """Count how many days ago it was, and parts of days."""
    if not isinstance(fact, date) or (isinstance(fact, datetime) and not fact.tzinfo):
        return None
    age = at - fact if isinstance(fact, datetime) else at.date() - fact
    return fits(Fraction(age // timedelta(microseconds=1), 86_400_000_000))
