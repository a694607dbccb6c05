"""What the words of a status tell of a list, where its columns could be of leads or of deals."""

from __future__ import annotations

from itertools import islice

from ...errors import Text, UnreadableFile
from ...values.text import shown
from ..rows.records import Record, Records
from .mapped_columns import MappedColumns
from .mapping_choice import mapping_of_kind, recognise_mapping
from .noun_mapping import NounMapping

_MOST_LOOKED_AT = 100
_MOST_NAMED = 3
_LONGEST_COLUMN = 40
_PEOPLE = ("person", "given_name", "family_name")
_LEADS_BY_WORDS = Text(
    "leads_by_their_words",
    "seems to be a list of leads, not of deals: {column} has {words}",
    "read it by qualify, read_leads; or name a mapping to have it read all the same "
    "(--mapping salesfunnel)",
)


def leads_by_words(records: Records, columns: MappedColumns) -> UnreadableFile | None:
    """
    Say that what is read as deals seems to be leads, if each column and each word may be of those.

    One column that only deals have is enough for deals, as is one word that only they have, such
    as Proposal. Words that both have, such as New, are those of leads, unless one of them tells
    that something is open, won or lost. The amount of a deal that may come of it leaves leads what
    they are where other columns and words are theirs alone.
    """
    leads = mapping_of_kind(recognise_mapping(records.header, kind="lead"), "lead")
    as_leads = MappedColumns(records.header, leads)
    if not as_leads.tells(*_PEOPLE) or "stage" not in columns.places:
        return None
    ours, theirs = _known(as_leads), _known(columns)
    words = _words(records, columns)
    of_leads = [word for word in words if leads.meaning_of(word, field="stage")]
    of_deals = [word for word in words if _is_of_deals(word, columns.noun)]
    both = [word for word in of_leads if word in of_deals]
    if not of_leads or len(of_deals) > len(both):
        return None
    is_outcome = any(columns.noun.meaning_of(word, field="outcome") for word in both)
    is_of_leads_alone = len(of_leads) > len(both)
    if is_outcome and not is_of_leads_alone:
        return None
    has_more = len(theirs - ours) <= len(ours - theirs) and is_of_leads_alone and not is_outcome
    if theirs - ours and not has_more:
        return None
    params = {
        "column": shown(columns.header_of("stage"), limit=_LONGEST_COLUMN),
        "words": ", ".join(map(shown, of_leads[:_MOST_NAMED])),
    }
    return UnreadableFile(records.input.name, _LEADS_BY_WORDS, params)


def _known(columns: MappedColumns) -> set[str]:
    return {name for places in columns.places.values() for _, name in places}


def _words(records: Records, columns: MappedColumns) -> list[str]:
    """List the words of the stages of the first rows, each once."""
    rows = (row for row in islice(records, _MOST_LOOKED_AT) if isinstance(row, Record))
    places = [place for place, _ in columns.places["stage"]]
    return list(dict.fromkeys(row.cells[place].strip() for row in rows for place in places))


def _is_of_deals(word: str, noun: NounMapping) -> bool:
    return any(noun.meaning_of(word, field=field) for field in ("stage", "outcome"))
