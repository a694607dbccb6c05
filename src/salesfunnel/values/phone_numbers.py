"""A telephone number as people write it, and what makes two of them the same."""

from __future__ import annotations

import re

from .numbering_plans import NumberingPlan, plan_behind, plan_of

_EXTENSION = re.compile(
    r"(?:;ext=|\b(?:ext(?:ension)?|poste|x|داخلی|ներքին|доб)\b|(?<=\d)\s?x)[\s.:]{0,4}\d{1,8}(?!\d)"
)
_NUMBER_SEPARATOR = re.compile(r"[/،؛;,|]")
_DIGITS = re.compile("[0-9]+")
# It has neither an extension, nor decimals, nor another number behind it.
_PLAIN = re.compile(r"\+?[0-9][0-9 ()-]*")
_NUMBER_START = re.compile(r"[+\d]")
_AS_AN_AMOUNT = re.compile(r"(\d{6,15})\.0{1,2}")
# In «88776655-7» the 7 is another line or an extension; in «345-67-89» it is a group.
_TAIL = re.compile(r"\d\s?[-–]\s?(\d{1,2})$")
_TAIL_OF_A_LONG_GROUP = re.compile(r"\d{7}\s?[-–]\s?\d{1,2}$")

_LONG_ENOUGH = 7
_SHORTEST, _LONGEST = 3, 15
_ABROAD = "00"


def number_key(text: str, country: str = "") -> str:
    """
    Return the match key of a number, of which letters and digits are folded; empty if it is none.

    With its country a national number is completed, if it has as many digits as numbers there have.

    >>> number_key("+98 (0)912 123 4567"), number_key("0912 123 4567")
    ('+989121234567', '09121234567')
    >>> number_key("0912 123 4567", "IR")
    '+989121234567'
    """
    if not _PLAIN.fullmatch(text):
        text = without_decimals(_first_number(text))
    digits, tail = _digits(text), _tail(text)
    plan = plan_of(country) if country else None
    exit_prefix = _exit_prefix(text, digits, plan)
    if exit_prefix is not None:
        key = _international(text, digits.removeprefix(exit_prefix).lstrip("0"), tail)
    else:
        key = (plan and _completed(digits, tail, plan)) or _without_loose_tail(text, digits, tail)
    return key if _SHORTEST <= len(key.removeprefix("+")) <= _LONGEST else ""


def without_decimals(text: str) -> str:
    """
    Take off what a spreadsheet has put behind a number that it took for an amount.

    >>> without_decimals("9121234567.0"), without_decimals("06.75.77.83.99")
    ('9121234567', '06.75.77.83.99')
    """
    found = _AS_AN_AMOUNT.fullmatch(text)
    return found[1] if found else text


def _first_number(text: str) -> str:
    """Leave out extensions, and what stands behind the first of several numbers."""
    text = _EXTENSION.sub(" ", text)
    first, *_ = _NUMBER_SEPARATOR.split(text, maxsplit=1)
    # «01/23/45/67/89» is one number, «88776655 / 88776656» are two: the first one counts.
    return (first if len(_digits(first)) >= _LONG_ENOUGH else text).strip()


def _exit_prefix(text: str, digits: str, plan: NumberingPlan | None) -> str | None:
    """Find what leads abroad: for a plus that is nothing, and for a national number ``None``."""
    # A plus behind the number is one that a right-to-left text field has moved.
    start = _NUMBER_START.search(text)
    if (start is not None and start[0] == "+") or text.endswith("+"):
        return ""
    if digits.startswith(_ABROAD):
        return _ABROAD
    if plan and digits.startswith(plan.exit_prefix):
        return None if len(_without_trunk(digits, plan)) in plan.usual else plan.exit_prefix
    return None


def _international(text: str, digits: str, tail: int) -> str:
    plan = plan_behind(digits)
    if plan is None:
        return f"+{_without_loose_tail(text, digits, tail)}"
    national = digits.removeprefix(plan.calling_code)
    found = _behind_code(national, plan)
    if tail and len(found) not in plan.usual:
        shorter = _behind_code(national[:-tail], plan)
        found = shorter if len(shorter) in plan.usual else found
    return f"+{plan.calling_code}{found}"


def _behind_code(digits: str, plan: NumberingPlan) -> str:
    """Take off a trunk prefix that was left in behind the code, as in +98 (0)21."""
    is_whole = len(digits) in plan.possible and digits[0] != "0"
    return digits if is_whole else _without_trunk(digits, plan)


def _completed(digits: str, tail: int, plan: NumberingPlan) -> str:
    """Put the calling code before a national number; nothing if no number there is so long."""
    found = _national(digits, plan)
    if tail and len(found) not in plan.usual:
        shorter = _national(digits[:-tail], plan)
        found = shorter if len(shorter) in plan.usual else found
    return f"+{plan.calling_code}{found}" if len(found) in plan.possible else ""


def _national(digits: str, plan: NumberingPlan) -> str:
    """Take off the trunk prefix, or the calling code where the plus in front of it was lost."""
    found = _without_trunk(digits, plan)
    if len(found) not in plan.usual and digits.startswith(plan.calling_code):
        behind_code = _behind_code(digits.removeprefix(plan.calling_code), plan)
        found = behind_code if len(behind_code) in plan.usual else found
    return found


def _without_trunk(digits: str, plan: NumberingPlan) -> str:
    for prefix in plan.trunk_prefixes:
        rest = digits.removeprefix(prefix)
        # No number begins with 0 where that is the prefix; where it is 1 or 8, lengths decide.
        is_prefix = prefix[0] == "0" or (len(rest) in plan.usual and len(digits) not in plan.usual)
        if rest != digits and is_prefix:
            return rest
    return digits


def _tail(text: str) -> int:
    if "-" not in text and "–" not in text:
        return 0  # as in most numbers
    found = _TAIL.search(text)
    return len(found[1]) if found else 0


def _without_loose_tail(text: str, digits: str, tail: int) -> str:
    """Leave out a tail where nothing but the length of the group before it can tell."""
    return digits[:-tail] if tail and _TAIL_OF_A_LONG_GROUP.search(text) else digits


def _digits(text: str) -> str:
    return "".join(_DIGITS.findall(text))
