"""Why a lead stands where it stands on a call sheet, and what is planned with it."""

from __future__ import annotations

from datetime import UTC, tzinfo

from ...leads.lead import Lead
from ...qualification.assessment import Assessment
from ...qualification.finding import Finding
from ...values.calendar import civil_day
from ..writing.excel_cells import cut_text
from .call_questions import slot_asked
from .call_translations import kind_in, label_in
from .call_words import CallWords


def why_of(assessment: Assessment, words: CallWords) -> str:
    """
    Say why a lead stands where it stands: the verdict, the score, and what was answered.

    >>> from datetime import datetime
    >>> from salesfunnel.interop.calls.call_words import CALL_WORDS
    >>> from salesfunnel.qualification import BANT
    >>> said = BANT.assess({"answers": {"need": True}}, at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> why_of(said, CALL_WORDS["fr"])
    'à suivre, 30–100: besoin oui'
    """
    floor, ceiling = assessment.floor, assessment.ceiling
    score = f"{floor}" if floor == ceiling else f"{floor}–{ceiling}"
    found = [
        f"{_label(finding, words)} {words.yes_no(finding.answer)}"
        for finding in assessment.findings
        if finding.answer is not None
    ]
    told = f"{words.verdicts[assessment.verdict]}{words.comma}{score}"
    return cut_text(f"{told}: {words.comma.join(found)}" if found else told)


def next_step_of(
    lead: Lead, assessment: Assessment, words: CallWords, *, zone: tzinfo = UTC
) -> str:
    """
    Say what is planned next, or until when to wait; nothing where neither is known.

    >>> from datetime import date, datetime
    >>> from salesfunnel.activities import plan_step
    >>> from salesfunnel.interop.calls.call_words import CALL_WORDS
    >>> from salesfunnel.qualification import BANT
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> lead = plan_step(lead, "visit", due=date(2026, 3, 9), at=monday)
    >>> next_step_of(lead, BANT.assess(lead, at=monday), CALL_WORDS["en"])
    'visit, 2026-03-09'
    >>> next_step_of(lead, BANT.assess(lead, at=monday), CALL_WORDS["fa"])
    'بازدید، ۱۴۰۴/۱۲/۱۸'
    """
    step = lead.steps.next
    if step is not None:
        note = f": {step.note}" if step.note else ""
        kind = kind_in(words.language, step.kind)
        return cut_text(f"{kind}{words.comma}{words.day(civil_day(step.due, zone))}{note}")
    wait = lead.nurture_until or assessment.recycle_on
    return "" if wait is None else words.not_before.format(day=words.day(civil_day(wait, zone)))


def _label(finding: Finding, words: CallWords) -> str:
    """Name what a finding is about, by the answer on which it rests where that is one."""
    slots = [slot for path in finding.facts if (slot := slot_asked(path))]
    name = slots[0] if len(slots) == 1 else ""
    return label_in(words.language, name, finding.criterion)
