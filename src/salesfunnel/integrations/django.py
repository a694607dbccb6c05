"""
Django: abstract models that keep leads, deals and accounts, and a field for one JSON column.

A model of events is the truth, and its constraint lets only one of two editors in. A model of rows
has the columns of `as_row` to look things up by, and can be made anew at any time.
"""

# ruff: noqa: ANN401 - Django has no types of its own

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import FieldDoesNotExist  # type: ignore[import-untyped]
from django.db import IntegrityError, models, transaction  # type: ignore[import-untyped]
from django.db.models.fields.json import KeyTransform  # type: ignore[import-untyped]

from ..accounts.account import Account
from ..errors import InvalidDefinition, StaleVersion, WrongKind
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.notation import pipeline_from_json, pipeline_to_json
from ..pipeline.pipeline import Pipeline
from ..storage.appending import unsaved
from ..storage.definitions import definitions
from ..storage.documents import from_data, to_data
from ..storage.rows import ROW_COLUMNS, Column, as_row, row_kind
from ..values import converters
from ..values.text import LINE_LIMIT

if TYPE_CHECKING:  # Django has no types of its own; this is what is used of it

    class _Model:
        objects: ClassVar[Any]
        DoesNotExist: ClassVar[type[Exception]]
        _meta: ClassVar[Any]
        pk: Any

        def __init__(self, **values: object) -> None: ...
        @classmethod
        def add_to_class(cls, name: str, value: object) -> None: ...

    class _JSONField:
        name: str

        def __init__(self, *args: Any, **options: Any) -> None: ...
        def deconstruct(self) -> Any: ...
        def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any: ...
        def get_prep_value(self, value: Any) -> Any: ...
        def get_db_prep_save(self, value: Any, connection: Any) -> Any: ...
        def value_from_object(self, obj: Any) -> Any: ...
        def validate(self, value: Any, model_instance: Any) -> None: ...
else:
    _Model, _JSONField = models.Model, models.JSONField

_atomic: Any = transaction.atomic
_ATTEMPTS = 3


class NounField(_JSONField):
    """
    A column that holds a lead, a deal or an account as its one JSON document.

    Look-ups go into the document as into any JSON, such as ``lead__events__0__source="web"``.
    Assign the new noun; there is nothing to change in place.
    """

    def __init__(self, noun: type[Any], *args: Any, pipelines: Any = (), **options: Any) -> None:
        """Say which noun it is, and along which pipelines, unless the library has released them."""
        self.noun: type[Any] = noun
        self.pipelines: Any = pipelines
        super().__init__(*args, **{"editable": False, **options})

    def deconstruct(self) -> Any:
        """Write the field into a migration; pipelines are nothing to the database."""
        name, path, args, options = super().deconstruct()
        return name, path, [self.noun, *args], options

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Read the noun, or the part of the document that a look-up asks for."""
        data = super().from_db_value(value, expression, connection)
        return data if isinstance(expression, KeyTransform) else self.to_python(data)

    def to_python(self, value: Any) -> Any:
        """Read the noun from its data."""
        if value is None or isinstance(value, self.noun):
            return value
        return from_data(value, kind=self.noun, pipelines=self.pipelines)

    def get_prep_value(self, value: Any) -> Any:
        """Write the noun as its data."""
        return super().get_prep_value(self._data(value))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Write the noun as its data; what is neither one nor an expression is refused."""
        if value is not None and not hasattr(value, "as_sql"):
            converters.one(self.noun, value, self.name)
        return super().get_db_prep_save(self._data(value), connection)

    def value_from_object(self, obj: Any) -> Any:
        """Give the data, so that serializers write it."""
        return self._data(super().value_from_object(obj))

    def validate(self, value: Any, model_instance: Any) -> None:
        """Let a noun pass, which is valid by itself."""
        super().validate(self._data(value), model_instance)

    def _data(self, value: Any) -> Any:
        return to_data(value) if isinstance(value, self.noun) else value


class EventModel(_Model):
    """
    The events of all nouns, each with its number; make a model of your own of it.

    Set ``pipelines`` to your model of pipelines, or to those that the library has not released, or
    to a function that finds one by its fingerprint.
    """

    pipelines: ClassVar[Any] = ()

    kind: Any = models.CharField(max_length=20)
    noun_id: Any = models.CharField(max_length=LINE_LIMIT)
    number: Any = models.PositiveIntegerField()
    at: Any = models.DateTimeField()
    name: Any = models.CharField(max_length=100)
    data: Any = models.JSONField()

    class Meta:
        """One event for each number."""

        abstract = True
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["kind", "noun_id", "number"], name="%(app_label)s_%(class)s_number"
            )
        ]
        ordering: ClassVar[list[str]] = ["kind", "noun_id", "number"]

    def __str__(self) -> str:
        """Say which event of which noun it is."""
        return f"{self.kind} {self.noun_id} {self.number}: {self.name}"


class PipelineModel(_Model):
    """
    The pipelines that events refer to, each kept once by what decides in it.

    Set ``guards`` to the functions that guards of a stored pipeline stand for, and ``given`` to
    pipelines with functions inside of their rules, which are no data.
    """

    guards: ClassVar[Any] = ()
    given: ClassVar[Iterable[Pipeline]] = ()

    fingerprint: Any = models.CharField(max_length=64, primary_key=True)
    name: Any = models.CharField(max_length=LINE_LIMIT)
    version: Any = models.CharField(max_length=LINE_LIMIT)
    data: Any = models.JSONField()

    class Meta:
        """For a model of your own."""

        abstract = True

    def __str__(self) -> str:
        """Name the pipeline."""
        return f"{self.name} {self.version}"

    @classmethod
    def keep(cls, pipeline: Pipeline) -> None:
        """Store a pipeline, unless it is there, or is given each time."""
        try:
            data = json.loads(pipeline_to_json(pipeline))
        except InvalidDefinition:
            return
        known = {"name": pipeline.name, "version": pipeline.version}
        cls.objects.get_or_create(pk=pipeline.fingerprint, defaults={**known, "data": data})

    @classmethod
    def find(cls, fingerprint: str) -> Pipeline | None:
        """Find a pipeline by its fingerprint."""
        for pipeline in cls.given:
            if pipeline.fingerprint == fingerprint:
                return pipeline
        row = cls.objects.filter(pk=fingerprint).first()
        return row and pipeline_from_json(json.dumps(row.data), guards=cls.guards)


class _RowModel(_Model):
    """What the three models of rows share."""

    events: ClassVar[type[EventModel]]
    """Your model of events."""

    noun_class: ClassVar[type[Any]]

    class Meta:
        """For a model of your own."""

        abstract = True

    def __str__(self) -> str:
        """Say which noun it is."""
        return f"{self.noun_class.__name__.lower()} {self.pk}"

    @classmethod
    def keep(cls, noun: Any, *, known: int = 0) -> None:
        """
        Store what has happened to a noun, and its row, in one transaction.

        To keep the same again changes nothing; the second of two editors gets `StaleVersion`.

        Args:
            noun: as it is now.
            known: the version that was loaded, so that fewer events are compared.
        """
        if type(noun) is not cls.noun_class:
            raise WrongKind.of("noun", noun, wanted=f"a value of {cls.noun_class.__name__}")
        attempts = _ATTEMPTS
        while not cls._kept(noun, known, is_last=attempts == 1):
            attempts -= 1

    @classmethod
    def load(cls, id: str) -> Any:
        """Load a noun from its events. Raises ``DoesNotExist`` where there is none."""
        nouns = cls._read([id])
        if not nouns:
            raise cls.DoesNotExist
        return nouns[0]

    @classmethod
    def find(cls, *conditions: Any, **look_ups: Any) -> tuple[Any, ...]:
        """Load the nouns whose rows fit, such as ``find(stage="new")``, in the order of rows."""
        rows = cls.objects.filter(*conditions, **look_ups)
        return tuple(cls._read(list(rows.values_list("pk", flat=True))))

    @classmethod
    def replace(cls, before: Any, after: Any) -> None:
        """Put a noun in the place of another, history included, as after erasing a person."""
        with _atomic():
            cls.remove(before)
            cls.keep(after)

    @classmethod
    def remove(cls, noun: Any) -> None:
        """Delete a noun with its history, such as a deal whose conversion was undone."""
        with _atomic():
            cls._stored(noun.id).delete()
            cls.objects.filter(pk=noun.id).delete()

    @classmethod
    def _kept(cls, noun: Any, known: int, *, is_last: bool) -> bool:
        """Write what is missing; say no if another editor was faster meanwhile."""
        begin = max(known - 1, 0)  # the last event that was loaded must be there, and be the same
        found = list(cls._stored(noun.id).filter(number__gte=begin).values_list("data", flat=True))
        if known and not found:
            raise StaleVersion(known, 0)
        missing = unsaved(begin, noun, found)
        try:
            with _atomic():
                cls._write(noun, missing)
        except IntegrityError:
            if is_last:  # it was something else
                raise
            return False
        return True

    @classmethod
    def _stored(cls, *ids: str) -> Any:
        kind = cls.noun_class.__name__.lower()
        return cls.events.objects.filter(kind=kind, noun_id__in=ids).order_by("number")

    @classmethod
    def _write(cls, noun: Any, missing: Iterable[Any]) -> None:
        kind = row_kind(noun)
        cls.events.objects.bulk_create(
            cls.events(
                kind=kind,
                noun_id=noun.id,
                number=one.number,
                at=one.event.at,
                name=one.name,
                data=one.as_data(),
            )
            for one in missing
        )
        pipelines = cls.events.pipelines
        if hasattr(pipelines, "keep"):  # a model, and not the pipelines themselves
            for pipeline in definitions(noun):
                pipelines.keep(pipeline)
        row = {k: v for k, v in as_row(noun, personal=True).items() if cls._has(k)}
        rows = cls.objects.filter(pk=noun.id)
        if not rows.filter(version__lte=noun.version).update(**row) and not rows.exists():
            cls.objects.create(**row)

    @classmethod
    def _has(cls, name: str) -> bool:
        try:
            cls._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        return True

    @classmethod
    def _read(cls, ids: list[str]) -> list[Any]:
        pipelines = getattr(cls.events.pipelines, "find", cls.events.pipelines)
        events: dict[str, list[Any]] = {id_: [] for id_ in ids}
        for noun_id, data in cls._stored(*ids).values_list("noun_id", "data"):
            events[noun_id].append(from_data(data, pipelines=pipelines))
        return [cls.noun_class.replay(told) for told in events.values() if told]


class LeadModel(_RowModel):
    """The rows of leads: make a model of your own of it, and set ``events``."""

    noun_class = Lead

    class Meta(_RowModel.Meta):
        """For a model of your own."""

        abstract = True


class OpportunityModel(_RowModel):
    """The rows of deals: make a model of your own of it, and set ``events``."""

    noun_class = Opportunity

    class Meta(_RowModel.Meta):
        """For a model of your own."""

        abstract = True


class AccountModel(_RowModel):
    """The rows of accounts: make a model of your own of it, and set ``events``."""

    noun_class = Account

    class Meta(_RowModel.Meta):
        """For a model of your own."""

        abstract = True


_INDEXED = frozenset({"stage", "due_at", "owner", "next_step_due", "expected_close", "account_id"})


def _field(column: Column) -> Any:
    """Make the field of a column."""
    key = {"primary_key": True} if column.name == "id" else {"db_index": column.name in _INDEXED}
    if column.type is str:
        return models.CharField(max_length=column.length, blank=True, default="", **key)
    fields = {
        int: models.PositiveIntegerField,
        bool: models.BooleanField,
        date: models.DateField,
        datetime: models.DateTimeField,
    }
    if column.type is Decimal:
        return models.DecimalField(max_digits=36, decimal_places=12, null=True, blank=True)
    return fields[column.type](null=True, blank=True, **key)


for _model in (LeadModel, OpportunityModel, AccountModel):
    for _column in ROW_COLUMNS[_model.noun_class.__name__.lower()]:
        if not _column.is_personal:  # add a field of that name to your model, and it is filled
            _model.add_to_class(_column.name, _field(_column))
