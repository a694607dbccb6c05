"""Files of leads: an exhibition list, a bought list, or the export of another system."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import attrs

from ..activities.consented import ConsentWithdrawn
from ..errors import Text
from ..history.timeline import folded
from ..leads.captured import LeadCaptured
from ..leads.converted import LeadConverted
from ..leads.events import LeadEvent
from ..leads.identity import content_id, personal_addresses
from ..leads.lead import Lead
from ..leads.qualified import LeadDisqualified
from ..leads.told import has_day
from ..pipeline.presets.standard import LEAD_PIPELINE
from ..pipeline.stage import Stage, StageKind
from ..values import converters
from ..values.company import Company
from ..values.instants import instant
from ..values.match_links import Link
from .cells.countries import given_country
from .cells.second_opinion import require_contacts
from .inputs.inputs import Readable
from .mapping.file_reasons import told_reason
from .mapping.lead_words import is_word_of_its_own
from .mapping.mapping import FileMapping
from .mapping.recognition import opened_list
from .mapping.told_statuses import stage_told
from .rows.addresses import ADDRESSES, addresses_of
from .rows.kept_beside import note_what_differs
from .rows.later_facts import OTHER_BEGINNING, begun_as_told, told_later
from .rows.reading import FileReading
from .rows.row_company import company_of
from .rows.row_fields import RowFields
from .rows.row_person import person_of
from .rows.row_reader import RowReader
from .rows.shared_address import beside_known
from .rows.two_people import another_lead

_FLAG_SAYS_NO = Text(
    "converted_but_flag_says_no", "its stage says converted, its flag says not: taken as qualified"
)
_FROM_THE_FUTURE = Text(
    "captured_in_future", "it was captured in the future: it counts from that day on"
)
_CONVERTED_EARLY = Text(
    "converted_before_captured",
    "it was converted before it was captured: taken as the same moment",
)
_FLAG_SAYS_YES = Text(
    "lost_but_flag_says_converted",
    "its stage says that it was given up, its flag that it was converted: taken as converted",
)
_NOBODY = Text(
    "names_nobody", "names no person, company, address or id", "fill one of these columns"
)
_LINKS = ("account_id", "opportunity_id", "contact_id")
_OF_AN_ENDING = ("stage", "active", "converted", "converted_on", "reason", *_LINKS)
_DISQUALIFIED = LEAD_PIPELINE.stage("disqualified")
_CHANNELS = {"do_not_call": "phone", "do_not_mail": "email"}
_NO_APPROACH = tuple(_CHANNELS)

_KEY_FIELDS = ("id", "mobile", "email")

NAMING = ("person", "given_name", "family_name", "company", *ADDRESSES)
"""The fields of which a file of leads needs one."""


def read_leads(
    input: Readable,
    *,
    at: datetime,
    mapping: FileMapping | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    country: str = "",
    check_addresses: bool = False,
    strict: bool = False,
    known: Iterable[Lead] = (),
) -> FileReading[Lead]:
    r"""
    Open a file of leads; ``at`` is the instant of the import, for rows that give no date.

    Without a mapping, the one that comes with the library and knows most of the columns is taken.
    ``country`` completes the national numbers of rows that do not name their own, and
    ``check_addresses`` notes what phonenumbers and email-validator doubt. A cell that
    cannot be read is kept as text in the details, with a note; if ``strict``, it refuses its row.
    A row that names no person, company, address or id is always refused.
    Leads that are ``known`` are found again by id, else by their match keys, as `find_duplicates`
    does, also under other ids, which are named; they get what is new as events.
    Raises `UnreadableFile` when not one row could be read.

    >>> from datetime import UTC
    >>> from io import StringIO
    >>> cards = StringIO("Name,Besoin\nSara Ahmadi,oui\n,bientôt\n")
    >>> for found in read_leads(cards, at=datetime(2026, 3, 2, tzinfo=UTC)):
    ...     print(found)
    Accepted(row=2, entity=Lead(...), notes=(), known_as=())
    row 3: names no person, company, address or id; fill one of these columns
    """
    needed = NAMING if mapping is None else (*NAMING, "id")
    records, mapping, columns = opened_list(
        input,
        mapping,
        kind="lead",
        needed=needed,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
    )
    if country:
        columns = columns.with_format(country=given_country(country))
    if check_addresses:
        require_contacts()
        columns = columns.with_format(check_addresses=True)
    make = partial(_lead, at=instant(at))
    reader = RowReader(
        make=make,
        keys_in=_keys,
        key_fields=_KEY_FIELDS,
        keys_of=_keys_of,
        join=_joined,
        when=partial(_when, at=instant(at)),
        part=_parted,
        at=instant(at),
    )
    if leads := converters.several(Lead, known, "known"):
        reader = _knowing(leads, reader)
    return FileReading(records, mapping, columns, reader, strict)


def _knowing(leads: Collection[Lead], reader: RowReader[Lead]) -> RowReader[Lead]:
    """Let a reader hold each row against the leads that are known."""
    from ..duplicates.known_leads import KnownLeads  # noqa: PLC0415 - most lists need none of it

    known = KnownLeads(leads)
    rows: set[int] = set()
    return attrs.evolve(
        reader,
        make=beside_known(reader.make, leads),
        keys_told=partial(_known_keys, find=known.find, rows=rows),
        may_be_known=rows.__contains__,
        join=partial(_joined, known=frozenset(lead.id for lead in leads)),
        known=known.find,
        known_as=partial(_known_as, likely=known.likely),
    )


def _keys(row: RowFields) -> tuple[str, ...]:
    """Tell which lead a row is about, by as few of its cells as do."""
    given_id = row.name("id")
    if given_id:
        return (given_id,)
    if personal := personal_addresses(addresses_of(row, "mobile", "email")):
        return tuple(personal)
    company = row.line("company")
    person = person_of(row)
    firm = Company(company) if company else None
    return (content_id(person, firm, addresses_of(row)),)


def _keys_of(lead: Lead) -> tuple[str, ...]:
    return (lead.id, *personal_addresses(lead.contact_points))


def _known_keys(
    row: RowFields, told: Lead, *, find: Callable[[Lead], Lead | None], rows: set[int]
) -> tuple[str, ...]:
    """Tell which lead a row is about, be it one that is known; its number is noted then."""
    found = find(told)
    if found is not None:
        rows.add(row.number)
    own = () if row.filled("id") else tuple(personal_addresses(told.contact_points))
    return (*(own or (told.id,)), *(() if found is None else (found.id,)))


def _known_as(told: Lead, *, likely: Callable[[Lead], tuple[Link, ...]]) -> tuple[Link, ...]:
    links = likely(told)
    return () if links and links[0].one == told.id else links


def _when(lead: Lead, *, at: datetime) -> datetime | None:
    last: datetime = lead.timeline[-1].at
    return None if last == at else last


def _joined(lead: Lead, told: Lead, row: RowFields, *, known: Container[str] = ()) -> Lead:
    """Add what a further row tells; the first words stand, and the others are kept beside them."""
    began = told.timeline[0].at
    if has_day(told.timeline[0]) and began != lead.timeline[0].at:
        if lead.id not in known and not has_day(lead.timeline[0]):
            lead = begun_as_told(lead, told, is_day_told=True)
        if lead.timeline[0].at != began:
            row.note(OTHER_BEGINNING, row.header_of("captured"))
    tells_stage = bool(row.filled("stage") or row.filled("converted") or _is_archived(row))
    after = told_later(lead, told, tells_stage=tells_stage, keeps=True)
    note_what_differs(row, lead, told, after)
    return after


def _parted(lead: Lead, told: Lead, row: RowFields) -> Lead | None:
    return another_lead(lead, told, has_id=bool(row.filled("id")))


def _lead(row: RowFields, *, at: datetime) -> Lead | None:
    """Make a lead of a row: its capture, its answers, and how it ended if it did."""
    captured = row.moment("captured")
    ended = row.instant("converted_on")
    tells_ending = row.columns.tells(*_OF_AN_ENDING)
    stood_in = _stage(row) if tells_ending else LEAD_PIPELINE.initial
    is_archived = _is_archived(row)
    stage = _DISQUALIFIED if is_archived and stood_in.is_open else stood_in
    person = person_of(row, noun="a lead without a person")
    company = company_of(row, "company", noun="a lead without a company")
    points = addresses_of(row)
    given_id = row.name("id")
    if not (person or company or points or given_id):
        row.refuse(_NOBODY)
        return None
    source, source_words = row.source()
    began = captured or min(ended or at, at)
    _note_odd_dates(row, captured, ended, at)
    opened = stood_in if stood_in.is_open else LEAD_PIPELINE.initial
    later: list[LeadEvent] = [
        answered
        for field, question in row.columns.answers
        if (answered := row.answered(field, question, at=began)) is not None
    ]
    later += _withdrawn(row, at=began)
    if tells_ending:
        later += _ending(
            row,
            stage,
            opened,
            at=max(ended or began, began),
            has_day=ended is not None,
            is_from_told=stood_in.is_open and bool(row.filled("stage")),
        )
    _keep_word(row)
    row.keep_details("note")
    beginning = LeadCaptured(
        at=began,
        id=given_id or content_id(person, company, points),
        person=person,
        company=company,
        contact_points=points,
        source=source,
        source_words=source_words,
        details=row.details,
        owner=row.line("owner"),
        pipeline=LEAD_PIPELINE,
        to_stage=opened.name,
        is_day_told=captured is not None,
    )
    return folded(Lead, beginning, tuple(later))


def _stage(row: RowFields) -> Stage:
    """Find the stage; where a stage says converted and a flag says not, the flag is believed."""
    word, converted = row.word("stage"), row.is_so("converted")
    if told := _told_by_both(row, word):
        return LEAD_PIPELINE.stage(told)
    stage = LEAD_PIPELINE.stage(word) if word else LEAD_PIPELINE.initial
    if stage.kind is StageKind.WON and converted is False:
        row.note(_FLAG_SAYS_NO)
        return LEAD_PIPELINE.stage("qualified")
    if stage.kind is StageKind.LOST and converted:
        row.note(_FLAG_SAYS_YES)
    return LEAD_PIPELINE.stage("converted") if converted else stage


def _keep_word(row: RowFields) -> None:
    """Keep the word of a stage that says more than its name."""
    for _, word in row.filled("stage")[:1]:
        # A mapping is large: it must not be part of what is remembered.
        is_its_own = partial(is_word_of_its_own, noun=row.columns.noun)
        if row.columns.once("word of the stage", is_its_own, word):
            row.keep("stage", word)


def _is_archived(row: RowFields) -> bool:
    """Tell whether it was given up as some systems have it: in any stage, and active no more."""
    return row.is_so("active") is False


def _told_by_both(row: RowFields, status: str | None) -> str:
    """Name the stage that a status and its reason tell together, where a system has it so."""
    noun = row.columns.noun
    is_told = noun.statuses and (status or not row.columns.tells("stage"))
    return stage_told(noun, status, row.text("reason")) if is_told else ""


def _ending(
    row: RowFields,
    stage: Stage,
    opened: Stage,
    *,
    at: datetime,
    has_day: bool,
    is_from_told: bool,
) -> Iterator[LeadEvent]:
    """Tell how the lead ended, as the file tells it; what other systems allowed is history."""
    way: dict[str, Any] = {
        "from_stage": opened.name,
        "to_stage": stage.name,
        "is_from_told": is_from_told,
    }
    if stage.kind is StageKind.WON:
        links: dict[str, Any] = {field: row.line(field) for field in _LINKS}
        yield LeadConverted(at=at, trigger="convert", **way, **links, is_day_told=has_day)
    else:
        row.set_aside("converted_on", *_LINKS, noun="a lead that was not converted")
    if stage.kind is StageKind.LOST:
        words = row.text("reason") or _reason_as_status(row)
        reason = told_reason(row, words, stage)
        yield LeadDisqualified(
            at=at, trigger="disqualify", **way, reason=reason, note=words, is_day_told=False
        )
    elif not _told_by_both(row, row.word("stage")):
        row.set_aside("reason", noun="a lead that was not disqualified")


def _withdrawn(row: RowFields, *, at: datetime) -> Iterator[ConsentWithdrawn]:
    """Tell by which channels they do not want to be approached; a no only stays in the details."""
    for field in row.columns.among(_NO_APPROACH):
        if row.is_so(field):
            channel = _CHANNELS[field]
            yield ConsentWithdrawn(at=at, channel=channel, source=row.header_of(field))
        else:
            row.keep_as_written(field)


def _reason_as_status(row: RowFields) -> str:
    """Return the word of a status such as "Wrong number", which says why the lead was given up."""
    word = row.text("stage")
    return word if row.columns.noun.meaning_of(word, field="reason") else ""


def _note_odd_dates(
    row: RowFields, captured: datetime | None, ended: datetime | None, at: datetime
) -> None:
    if captured and captured > at:
        row.note(_FROM_THE_FUTURE)
    if captured and ended and ended < captured:
        row.note(_CONVERTED_EARLY)
