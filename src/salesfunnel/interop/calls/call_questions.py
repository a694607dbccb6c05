"""The questions of a call sheet: each is a column, whose header names the answer it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ...errors import InvalidValue, Text, WrongKind
from ...qualification.assessment import Assessment
from ...qualification.scorecard import Scorecard
from ...values.text import shown

_PLACE = "answers."
_LONGEST_QUESTION = 300
_LONGEST_HEADER = 1_000
_NAME = re.compile(r"\[\s*(\w+)\s*\]\s*\Z")
_NOT_ANSWERS = Text(
    "questions_of_no_answers", "{field} are not named after answers", 'such as {{"need": "Why?"}}'
)


def asked(
    questions: Mapping[str, str] | Scorecard | None, assessments: Iterable[Assessment]
) -> dict[str, str]:
    """
    List what to ask by the names of the answers: what is given, or else all that a policy asks.

    A question about anything but an answer, such as the size of the company, has no cell.

    >>> from salesfunnel.qualification import IDEAL_CUSTOMER
    >>> list(asked(IDEAL_CUSTOMER, ())), asked({"need": "Which problem?"}, ())
    (['need', 'demo', 'meeting'], {'need': 'Which problem?'})
    """
    given: object = questions
    if isinstance(given, Scorecard):
        pairs = ((path, found) for found in given.criteria for path in found.reads)
        return {
            slot: found.question or found.name
            for path, found in pairs
            if (slot := slot_asked(path))
        }
    if given is None:
        return _of_policy(assessments)
    if not isinstance(given, Mapping):
        raise WrongKind.of("questions", given, wanted='a scorecard, or {"need": "Which problem?"}')
    for slot, text in given.items():
        if not _is_slot(slot) or not isinstance(text, str):
            raise InvalidValue("questions", _NOT_ANSWERS)
    return dict(given)


def header_of(slot: str, question: str) -> str:
    """
    Name the column of a question: in its words, and behind them the answer that it asks for.

    >>> header_of("need", "Which problem do you have?")
    'Which problem do you have? [need]'
    """
    text = shown(question, limit=_LONGEST_QUESTION)
    return f"{text} [{slot}]" if text else f"[{slot}]"


def slot_of(header: str) -> str:
    """
    Tell which answer a column asks for, by the name at its end; nothing where there is none.

    >>> slot_of("Welches Problem? [need]"), slot_of("Note")
    ('need', '')
    """
    found = _NAME.search(header[-_LONGEST_HEADER:])
    return found[1] if found and _is_slot(found[1]) else ""


def _of_policy(assessments: Iterable[Assessment]) -> dict[str, str]:
    """List all that was asked of some lead, open or not, in the order of the criteria."""
    found: dict[str, str] = {}
    for assessment in assessments:
        for finding in assessment.findings:
            for slot in filter(None, map(slot_asked, finding.facts)):
                found.setdefault(slot, finding.question or finding.criterion)
    return found


def slot_asked(path: str) -> str:
    """
    Tell which answer stands at a path; nothing where something else does.

    >>> slot_asked("answers.need"), slot_asked("company.employees")
    ('need', '')
    """
    name = path.removeprefix(_PLACE)
    return name if name != path and _is_slot(name) else ""


def _is_slot(name: object) -> bool:
    return isinstance(name, str) and name.isidentifier() and not name.startswith("_")
