"""What stands in the cells of a lead, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter

from ...activities.consent_register import ConsentRegister
from ...activities.steps import Steps
from ...leads.converted import LeadConverted
from ...leads.lead import Lead
from ...pipeline.presets.standard import LEAD_PIPELINE
from ...pipeline.stage import Stage, StageKind
from ...qualification.events import QuestionAnswered
from ...values.answer import AnswerValue
from ..mapping.lead_words import lead_word
from .told_parts import Cells, Told

_NO_MORE = attrgetter("role", "team", "nurture_until", "nurtured_from", "hand_off", "merged_into")
_NO_MORE_USUALLY = ("", "", None, "", None, "")
_NO_STEPS = Steps()
_CHANNELS = {"do_not_call": "phone", "do_not_mail": "email"}
_LINKS = ("account_id", "opportunity_id", "contact_id")


def lead_cells(lead: Lead, cells: Cells) -> Told:
    """
    Tell a lead field by field.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> lead = Lead.capture(person="Sara Ahmadi", id="7", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> lead_cells(lead, Cells.of(load_mapping("suitecrm"), "lead")).cells["family_name"]
    'Ahmadi'
    """
    beginning = lead.timeline[0]
    told = Told({"id": lead.id, "captured": cells.values.moment(beginning.at)})
    told.shape.append(bool(beginning.at.microsecond))
    if lead.owner:
        told.cells["owner"] = lead.owner
    told.is_usual = _NO_MORE(lead) == _NO_MORE_USUALLY and lead.steps == _NO_STEPS
    told.is_usual &= _is_told_at_once(lead) and cells.values.is_exact(beginning.at)
    if lead.person is not None:
        cells.tell_person(told, lead.person)
    if lead.company is not None:
        told.cells["company"] = lead.company.name
        cells.tell_company(told, lead.company)
    cells.tell_contact_points(told, lead.contact_points)
    cells.tell_source(told, lead.source, lead.source_words)
    _tell_stage(told, lead, cells)
    if lead.consent.words:
        _tell_consent(told, lead.consent, cells)
    cells.tell_answers(told, lead.answers, beginning.at)
    details: Mapping[str, AnswerValue] = lead.details
    if "stage" in details and not cells.columns.has("details.stage"):
        details = {name: value for name, value in details.items() if name != "stage"}
    cells.tell_details(told, details)
    return told


def _is_told_at_once(lead: Lead) -> bool:
    """Tell whether a lead was captured with its answers, and nothing happened since."""
    timeline = lead.timeline
    beginning = timeline[0]
    began = beginning.at
    for event in timeline[1:]:
        is_another = event.at is not began and event.at != began
        if type(event) is not QuestionAnswered or is_another or event.by:
            return False
    return not beginning.by and len(timeline) == 1 + len(lead.answers)


def _tell_stage(told: Told, lead: Lead, cells: Cells) -> None:
    told.cells["stage"], told.cells["converted"], stage = cells.words.stage_and_flag(
        lead.stage, lead.pipeline
    )
    told.shape.append(lead.stage)
    statuses, nearest = cells.columns.noun.statuses, cells.words.nearest(lead.stage)
    if stage.kind is not StageKind.LOST and nearest in statuses:
        told.cells["stage"], told.cells["reason"] = statuses[nearest]
    is_open = stage.is_open  # looking up a kind takes long
    _tell_own_word(told, lead, stage, cells)
    if cells.columns.has("active"):
        is_lost = stage.kind is StageKind.LOST
        told.cells["active"] = cells.words.flag("active", is_so=not is_lost)
        if is_lost:
            last = lead.last_open_stage or lead.pipeline.initial.name
            told.cells["stage"], *_ = cells.words.stage_and_flag(last, lead.pipeline)
    if lead.pipeline is not LEAD_PIPELINE or not is_open:
        told.is_usual = False
        if not is_open:
            _tell_ending(told, lead, stage, cells)


def _tell_own_word(told: Told, lead: Lead, stage: Stage, cells: Cells) -> None:
    """Let the file's own word stand where the system has it, and count what is told otherwise."""
    has, nearest = cells.columns.has, cells.words.nearest(lead.stage)
    if not has("stage") or has("details.stage"):
        return
    if has("active") and stage.kind is StageKind.LOST:
        return
    own = lead_word(lead) if "stage" in lead.details else ""
    if own or nearest != lead.stage:
        word = str(told.cells["stage"])
        own = own or stage.title
        told.cells["stage"] = cells.words.stage_in_own_word(lead.stage, own, word)
        told.shape.append(own)


def _tell_ending(told: Told, lead: Lead, stage: Stage, cells: Cells) -> None:
    if stage.kind is StageKind.LOST:
        note = getattr(lead.timeline[-1], "note", "")
        told.cells["reason"] = cells.words.reason(lead.rejection or "", note, stage)
        return
    for event in lead.timeline:
        if isinstance(event, LeadConverted) and event.is_day_told:
            told.cells["converted_on"] = cells.values.moment(event.at)
    told.cells |= {link: getattr(lead, link) for link in _LINKS}


def _tell_consent(told: Told, consent: ConsentRegister, cells: Cells) -> None:
    told.is_usual = False
    for field, channel in _CHANNELS.items():
        word = consent.word(channel)
        if word is not None and not word.is_given:
            told.cells[field] = cells.words.flag(field, is_so=True)
