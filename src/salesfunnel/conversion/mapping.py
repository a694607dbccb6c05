"""
What becomes of each field of a lead when it converts: carried over, or dropped on purpose.

No field may be missing, so nothing that was learnt about a lead is lost without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from ..errors import InvalidDefinition, Problem, Text, WrongKind
from ..leads.lead import Lead
from ..values import converters
from ..values.answer import Answer
from ..values.contact_points import ContactKind
from ..values.field_merge import FieldMerge
from ..values.frozen_map import FrozenMap

_FORGOTTEN = Text("field_forgotten", "field {field!r} of the lead is not mentioned")
_NO_FIELD = Text("field_of_mapping", "field {field!r} does not exist")
_TWICE = Text("field_twice", "field {field!r} is named twice")
_NO_PLACE = Text("place_of_mapping", "field {field!r} is carried to {place}", "one of: {places}")
_NOT_PARTED = Text(
    "field_not_parted", "field {field!r} is taken as a whole only", "parts have: {fields}"
)
_LINK = Text("id_dropped", "field 'id' is dropped", "carry it to account.lead_ids")
_OWNER_KEPT = Text(
    "owner_kept", "field {field!r} could change who owns what exists", "the way keep; assign it"
)
_WAY_OF_MEMBERS = Text(
    "way_of_members", "field {field!r} is a collection, which no function puts in", "{ways}"
)

MergeFunction = Callable[[Any, Any], Any]
"""What stands there and what is offered, and what shall stand there: a way of one's own."""

FieldWay = FieldMerge | MergeFunction

# Where a field of the lead may go to. A part of details and answers has a name of its own.
_PLACES = {
    "account": (
        *("company", "people", "people.contact_points", "contact_points", "source"),
        *("source_words", "lead_ids", "owner", "team", "consent", "engagement"),
    ),
    "opportunity": (
        *("name", "contacts", "contacts.role", "answers", "source", "source_words", "lead_ids"),
        *("amount", "expected_close", "owner", "team", "steps", "consent", "engagement"),
    ),
}
PLACES = tuple(
    f"{noun}.{field}" for noun, fields in _PLACES.items() for field in (*fields, "details")
)
OF_THE_OWNER = ("owner", "team")
_NAMED = ("account.details.", "opportunity.details.", "opportunity.answers.")
_PARTED = ("details", "answers", "contact_points")
_COLLECTIONS = (
    *("account.people", "account.people.contact_points", "account.contact_points"),
    "account.lead_ids",
    *("opportunity.contacts", "opportunity.lead_ids", "opportunity.steps"),
    *("account.consent", "opportunity.consent", "account.engagement", "opportunity.engagement"),
)


def latest(known: Answer, offered: Answer) -> Answer:
    """
    Let the later of two answers stand; without its day the offered one does not.

    >>> from datetime import UTC, datetime
    >>> march, june = (datetime(2026, month, 2, tzinfo=UTC) for month in (3, 6))
    >>> latest(Answer(False, at=march), Answer(True, at=june)).value
    True
    """
    later = known.at is not None and offered.at is not None and offered.at > known.at
    return offered if later else known


def _places(places: Iterable[str]) -> tuple[str, ...]:
    return converters.several(str, places, "to")


def _way(way: FieldWay | str) -> FieldWay:
    if callable(way):
        return way
    return converters.choice(FieldMerge, way, "way")


@attrs.frozen
class Carried:
    """
    A field of the lead that lives on: where, and how it is put into what exists already.

    The way is fill, add, replace, keep, ask, or a function of what stands there and what is
    offered. Details, answers and contact points may be carried in parts, such as ``details.hall``
    and ``contact_points.mobile``.

    >>> print(Carried("source", ("account.source", "opportunity.source"), "keep"))
    carry  source to account.source, opportunity.source (keep)
    """

    field: str
    to: tuple[str, ...] = attrs.field(converter=_places)
    way: FieldWay = attrs.field(default=FieldMerge.FILL, converter=_way)

    def __str__(self) -> str:
        """Say where the field goes."""
        way = self.way.value if isinstance(self.way, FieldMerge) else self.way.__name__
        return f"carry  {self.field} to {', '.join(self.to)} ({way})"


@attrs.frozen
class Dropped:
    """
    A field of the lead that stays behind, and why.

    >>> print(Dropped("stage", "the lead keeps its own"))
    drop   stage, since the lead keeps its own
    """

    field: str
    why: str

    def __str__(self) -> str:
        """Say why the field stays behind."""
        return f"drop   {self.field}, since {self.why}"


def _rows(rows: Iterable[Carried | Dropped]) -> tuple[Carried | Dropped, ...]:
    told = converters.several(object, rows, "rows")
    for row in told:
        if not isinstance(row, (Carried, Dropped)):
            raise WrongKind.of("rows", row, wanted="Carried or Dropped")
    return told  # type: ignore[return-value]  # each was looked at


def _own(names: Iterable[str]) -> tuple[str, ...]:
    return tuple([converters.visible_line(n, "own") for n in converters.several(str, names, "own")])


@attrs.frozen
class ConversionMapping:
    """
    What becomes of each field of a lead, row by row. It is complete, or it is no mapping.

    ``own`` names the details that a host keeps for itself; each has a row. ``of`` is the class of
    the leads. Raises `InvalidDefinition` with every field that is forgotten or that does not exist.

    >>> mapping = STANDARD_MAPPING.with_rows(
    ...     Carried("details.pumps", ("opportunity.details.pumps",)),
    ...     Dropped("details.hall", "the fair is over"),
    ...     own=("pumps", "hall"),
    ... )
    >>> mapping.own
    ('pumps', 'hall')
    """

    name: str
    rows: tuple[Carried | Dropped, ...] = attrs.field(converter=_rows)
    own: tuple[str, ...] = attrs.field(default=(), converter=_own, kw_only=True)
    of: type[Lead] = attrs.field(default=Lead, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a mapping that does not name each field exactly once."""
        if problems := tuple(self._problems()):
            raise InvalidDefinition(f"conversion mapping {self.name}", problems)

    def with_rows(
        self, *rows: Carried | Dropped, own: Iterable[str] = (), of: type[Lead] | None = None
    ) -> ConversionMapping:
        """
        Return the same mapping with some rows more; one for a field that has a row takes its place.

        >>> bare = STANDARD_MAPPING.with_rows(Dropped("details", "they are notes of the fair"))
        >>> len(bare.rows) == len(STANDARD_MAPPING.rows)
        True
        """
        again = {row.field: row for row in rows}
        named = {row.field for row in self.rows}
        return attrs.evolve(
            self,
            rows=(
                *(again.get(row.field, row) for row in self.rows),
                *(row for row in rows if row.field not in named),
            ),
            own=(*self.own, *own),
            of=of or self.of,
        )

    def for_class(self, of: type[Lead]) -> ConversionMapping:
        """
        Hold the mapping against a class of leads, which may have fields of its own.

        >>> STANDARD_MAPPING.for_class(Lead) is STANDARD_MAPPING
        True
        """
        return self if of is self.of else attrs.evolve(self, of=of)

    def _problems(self) -> Iterator[Problem]:
        named = [row.field for row in self.rows]
        fields = [field.name for field in attrs.fields(self.of) if field.init]
        wanted = [*fields, *(f"details.{name}" for name in self.own)]
        yield from (_FORGOTTEN.problem(field=name) for name in wanted if name not in named)
        for name in dict.fromkeys(named):
            if named.count(name) > 1:
                yield _TWICE.problem(field=name)
            root, _, part = name.partition(".")
            if root not in fields:
                yield _NO_FIELD.problem(field=name)
            elif part and root not in _PARTED:
                yield _NOT_PARTED.problem(field=name, fields=", ".join(_PARTED))
            elif root == "contact_points" and part and part not in list(ContactKind):
                yield _NO_FIELD.problem(field=name)
        for row in self.rows:
            if isinstance(row, Carried):
                yield from _misplaced(row)
            elif row.field == "id":
                yield _LINK.problem()

    def read(self, lead: Lead, row: Carried | Dropped) -> Any:  # noqa: ANN401 - of any kind
        """
        Read from a lead what a row is about, without the parts that have a row of their own.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin", details={"hall": "7"}, at=monday)
        >>> STANDARD_MAPPING.read(lead, Dropped("details", "why not"))
        FrozenMap({'hall': …})
        """
        root, _, part = row.field.partition(".")
        value = getattr(lead, root)
        if root not in _PARTED:
            return value
        parts = {
            other.field.partition(".")[2]
            for other in self.rows
            if other.field.startswith(f"{root}.")
        }
        is_meant = (lambda name: name == part) if part else (lambda name: name not in parts)
        if isinstance(value, FrozenMap):
            return FrozenMap({name: item for name, item in value.items() if is_meant(name)})
        return tuple([point for point in value if is_meant(point.kind.value)])


def _misplaced(row: Carried) -> Iterator[Problem]:
    for place in row.to:
        if place not in PLACES and not (place.startswith(_NAMED) and place not in _NAMED):
            yield _NO_PLACE.problem(field=row.field, place=place, places=", ".join(PLACES))
        if place.partition(".")[2] in OF_THE_OWNER and row.way is not FieldMerge.KEEP:
            yield _OWNER_KEPT.problem(field=row.field)
        if not isinstance(row.way, FieldMerge) and place in _COLLECTIONS:
            ways = ", ".join(FieldMerge)
            yield _WAY_OF_MEMBERS.problem(field=row.field, ways=ways)


STANDARD_MAPPING = ConversionMapping(
    "standard",
    (
        Carried("id", ("account.lead_ids", "opportunity.lead_ids"), FieldMerge.ADD),
        Carried("person", ("account.people", "opportunity.contacts"), FieldMerge.ADD),
        Carried("company", ("account.company",)),
        Carried("role", ("opportunity.contacts.role",)),
        Carried("contact_points", ("account.people.contact_points",), FieldMerge.ADD),
        Carried("contact_points.website", ("account.contact_points",), FieldMerge.ADD),
        Carried("source", ("account.source", "opportunity.source"), FieldMerge.KEEP),
        Carried(
            "source_words", ("account.source_words", "opportunity.source_words"), FieldMerge.KEEP
        ),
        Carried("details", ("opportunity.details",)),
        Carried("answers", ("opportunity.answers",)),
        Carried("owner", ("account.owner", "opportunity.owner"), FieldMerge.KEEP),
        Carried("team", ("account.team", "opportunity.team"), FieldMerge.KEEP),
        Dropped("pipeline", "the opportunity follows a pipeline of its own"),
        Dropped("stage", "the lead keeps its own: converted"),
        Dropped("last_open_stage", "the lead keeps its own"),
        Dropped("stage_since", "the opportunity begins in a stage of its own"),
        Carried("engagement", ("account.engagement", "opportunity.engagement")),
        Carried("steps", ("opportunity.steps",), FieldMerge.ADD),
        Carried("consent", ("account.consent", "opportunity.consent"), FieldMerge.ADD),
        Dropped("nurture_until", "a qualified lead waits no longer"),
        Dropped("nurtured_from", "a qualified lead waits no longer"),
        Dropped("rejection", "a qualified lead has none; earlier ones stay on its timeline"),
        Dropped("hand_off", "the lead was handed over, and keeps the answer"),
        Dropped("account_id", "conversion sets it on the lead"),
        Dropped("opportunity_id", "conversion sets it on the lead"),
        Dropped("contact_id", "conversion sets it on the lead"),
        Dropped("merged_into", "what was merged into another lead is not converted"),
        Dropped("timeline", "it stays with the lead, which the others name"),
    ),
)
"""Ours: blanks are filled, nothing is overwritten, and details go to the deal alone."""

# The table of vtiger's `DefaultDataPopulator`: company, industry, phone, fax, rating, website,
# employees and revenue to the organization; names, mobile, title and second e-mail to the contact;
# the e-mail to both, which is here the contact alone, since an address has one place; the source to
# contact and potential; the description to all three. An organization that exists is reused and not
# updated. The lead's status goes nowhere.
VTIGER_MAPPING = ConversionMapping(
    "vtiger",
    (
        Carried("id", ("account.lead_ids", "opportunity.lead_ids"), FieldMerge.ADD),
        Carried("person", ("account.people", "opportunity.contacts"), FieldMerge.ADD),
        Carried("company", ("account.company", "opportunity.name"), FieldMerge.KEEP),
        Dropped("role", "vtiger's contacts have none"),
        Carried("contact_points", ("account.people.contact_points",), FieldMerge.ADD),
        Carried("contact_points.phone", ("account.contact_points",), FieldMerge.KEEP),
        Carried("contact_points.fax", ("account.contact_points",), FieldMerge.KEEP),
        Carried("contact_points.website", ("account.contact_points",), FieldMerge.KEEP),
        Carried("source", ("opportunity.source",), FieldMerge.KEEP),
        Carried("source_words", ("opportunity.source_words",), FieldMerge.KEEP),
        Carried("details.description", ("account.details", "opportunity.details"), FieldMerge.KEEP),
        Carried("details.rating", ("account.details",), FieldMerge.KEEP),
        Dropped("details", "vtiger carries own fields only where its table is told to"),
        Dropped("answers", "vtiger has no answers"),
        Carried("consent", ("account.consent", "opportunity.consent"), FieldMerge.ADD),
        Dropped("engagement", "vtiger copies no activities"),
        Carried("owner", ("account.owner", "opportunity.owner"), FieldMerge.KEEP),
        Carried("team", ("account.team", "opportunity.team"), FieldMerge.KEEP),
        Carried("steps", ("opportunity.steps",), FieldMerge.ADD),
        *(row for row in STANDARD_MAPPING.rows if isinstance(row, Dropped)),
    ),
)
"""vtiger's published mapping: what it drops is dropped here too, and is said."""
