"""Nouns in models of Django: by their events and rows, or in one column, on SQLite in memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, models
from django.db.migrations.writer import MigrationWriter
from hypothesis import given

from salesfunnel.accounts import Account
from salesfunnel.conversion import plan_conversion
from salesfunnel.errors import InvalidDocument, StaleVersion, WrongKind
from salesfunnel.integrations.django import (
    AccountModel,
    EventModel,
    LeadModel,
    NounField,
    OpportunityModel,
    PipelineModel,
)
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import Guard, Move, Pipeline, Stage
from salesfunnel.privacy import erase_person
from salesfunnel.rules import predicate
from salesfunnel.storage import unsaved
from salesfunnel.testing import leads

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
OURS = Pipeline(
    "ours",
    stages=[Stage("visit", limit=2 * DAY), Stage("won", kind="won")],
    moves=[Move("win", "visit", "won")],
)


class KeptPipeline(PipelineModel):
    """All pipelines."""

    class Meta:
        """Of no installed application."""

        app_label = "kept"


class Event(EventModel):
    """All events."""

    pipelines = KeptPipeline

    class Meta(EventModel.Meta):
        """Of no installed application."""

        app_label = "kept"


class LeadRow(LeadModel):
    """The rows of leads, with the name, by which an administrator searches."""

    events = Event
    name = models.CharField(max_length=500)

    class Meta:
        """Of no installed application."""

        app_label = "kept"


class DealRow(OpportunityModel):
    """The rows of deals."""

    events = Event

    class Meta:
        """Of no installed application."""

        app_label = "kept"


class AccountRow(AccountModel):
    """The rows of accounts."""

    events = Event

    class Meta:
        """Of no installed application."""

        app_label = "kept"


class Document(models.Model):
    """A lead in one column."""

    lead = NounField(Lead, null=True)

    class Meta:
        """Of no installed application."""

        app_label = "kept"

    def __str__(self):
        """Say who it is."""
        return str(self.lead)


MODELS = (Event, KeptPipeline, LeadRow, DealRow, AccountRow, Document)


@pytest.fixture(scope="module", autouse=True)
def _tables():
    """Create the tables, and drop them again."""
    with connection.schema_editor() as editor:
        for model in MODELS:
            editor.create_model(model)
    yield
    with connection.schema_editor() as editor:
        for model in MODELS:
            editor.delete_model(model)
    connection.close()


@pytest.fixture(autouse=True)
def _empty():
    """Begin each test with empty tables."""
    for model in MODELS:
        model.objects.all().delete()


def a_lead(**known):
    """Capture a lead on Monday."""
    return Lead.capture(id="7", person="Sara Ahmadi", at=MONDAY, **known)


@given(leads())
def test_what_is_kept_is_loaded_again(lead):
    """Every lead that can come about is the same value again, and keeping it twice is once."""
    for model in (Event, LeadRow):
        model.objects.all().delete()

    LeadRow.keep(lead)
    LeadRow.keep(lead, known=lead.version)
    LeadRow.keep(lead)

    assert LeadRow.load(lead.id) == lead
    assert Event.objects.count() == lead.version


def test_a_row_has_the_facts_to_look_up():
    """The columns are filled, and so is a field of one's own that bears a personal name."""
    LeadRow.keep(a_lead(owner="Ani"))

    row = LeadRow.objects.get(owner="Ani", stage="new")

    assert (row.name, row.version, str(row)) == ("Sara Ahmadi", 1, "lead 7")
    assert str(Event.objects.get()) == "lead 7 0: lead.captured"
    assert Event.objects.filter(data__event__source="other").count() == 1


def test_everything_overdue_is_found():
    """What was due before now, in the order of the rows, along a pipeline that is kept."""
    deal = Opportunity.open(id="7", pipeline=OURS, at=MONDAY)
    DealRow.keep(deal)

    assert DealRow.find(due_at__lt=MONDAY + 2 * DAY) == ()
    assert DealRow.find(models.Q(due_at__lt=MONDAY + 3 * DAY)) == (deal,)
    assert str(KeptPipeline.objects.get()) == "ours 1"


def test_a_conversion_is_kept_as_a_whole():
    """Lead, account and deal stand in one table of events."""
    nouns = plan_conversion(a_lead(stage="qualified")).apply(at=MONDAY)
    for model, noun in zip((LeadRow, AccountRow, DealRow), nouns, strict=True):
        model.keep(noun)

    loaded = [m.load(n.id) for m, n in zip((LeadRow, AccountRow, DealRow), nouns, strict=True)]

    assert loaded == list(nouns)


def test_of_two_editors_the_second_is_told():
    """Both have loaded version 1."""
    lead = a_lead()
    LeadRow.keep(lead)
    LeadRow.keep(lead.assign("Ani", at=MONDAY), known=1)

    with pytest.raises(StaleVersion, match="expected version 1, found 2"):
        LeadRow.keep(lead.assign("Reza", at=MONDAY), known=1)


def test_no_hole_is_left_by_a_mistaken_version():
    """What was never stored cannot go on from a version that was loaded."""
    lead = a_lead().assign("Ani", at=MONDAY)

    with pytest.raises(StaleVersion, match="expected version 1, found 0"):
        LeadRow.keep(lead, known=1)


def test_an_older_value_overwrites_no_row():
    """To keep what was kept long ago is no news."""
    lead = a_lead()
    LeadRow.keep(lead.assign("Ani", at=MONDAY))

    LeadRow.keep(lead)

    assert LeadRow.objects.get().owner == "Ani"


def test_a_torn_write_heals():
    """The event is there, the row is not: the next save writes it."""
    lead = a_lead()
    LeadRow.keep(lead)
    LeadRow.objects.all().delete()

    LeadRow.keep(lead.assign("Ani", at=MONDAY))

    assert LeadRow.objects.get().owner == "Ani"


def test_an_editor_who_is_faster_between_reading_and_writing(monkeypatch):
    """The constraint lets one in; then the other looks again, and is told."""
    lead = a_lead()
    LeadRow.keep(lead)
    faster = [lead.assign("Ani", at=MONDAY)]

    def slow(known, noun, found):
        missing = unsaved(known, noun, found)
        if faster:
            LeadRow.keep(faster.pop(), known=1)
        return missing

    monkeypatch.setattr("salesfunnel.integrations.django.unsaved", slow)

    with pytest.raises(StaleVersion, match="expected version 1, found 2"):
        LeadRow.keep(lead.assign("Reza", at=MONDAY), known=1)


def test_a_constraint_of_the_host_is_not_taken_for_an_editor(monkeypatch):
    """After three attempts the error of the database is raised."""

    def broken(*_):
        raise IntegrityError

    monkeypatch.setattr(LeadRow, "_write", broken)

    with pytest.raises(IntegrityError):
        LeadRow.keep(a_lead())


def test_what_is_not_there_or_not_a_lead_is_refused():
    """As Django says it, and as the library says it."""
    with pytest.raises(LeadRow.DoesNotExist):
        LeadRow.load("7")
    with pytest.raises(WrongKind):
        LeadRow.keep("lead")
    with pytest.raises(WrongKind, match="a value of Lead"):
        LeadRow.keep(Account.open(id="7", name="Novin", at=MONDAY))


def test_functions_of_guards_are_found_by_their_names(monkeypatch):
    """The table holds no code, so the model says what a guard of that name does."""

    def signed(deal, at):
        return deal.name == str(at)

    ours = Pipeline("ours", stages=OURS.stages, moves=[Move("win", "visit", "won", guards=signed)])
    deal = Opportunity.open(id="7", pipeline=ours, at=MONDAY)
    DealRow.keep(deal)

    with pytest.raises(InvalidDocument, match="names guard signed"):
        DealRow.load("7")
    monkeypatch.setattr(KeptPipeline, "guards", (signed,))
    assert DealRow.load("7") == deal


def test_a_pipeline_that_is_no_data_is_given_each_time(monkeypatch):
    """A rule with a function inside of it works, and cannot be stored."""
    rule = predicate("paid")(lambda _deal, _at: True)
    guarded = [Move("win", "visit", "won", guards=Guard("paid", rule))]
    odd = Pipeline("odd", stages=OURS.stages, moves=guarded)
    DealRow.keep(Opportunity.open(id="7", pipeline=odd, at=MONDAY))
    assert KeptPipeline.objects.count() == 0

    with pytest.raises(InvalidDocument, match="refers to a pipeline that is not known"):
        DealRow.load("7")
    monkeypatch.setattr(KeptPipeline, "given", (OURS, odd))
    assert DealRow.load("7").pipeline is odd


def test_pipelines_may_be_given_instead_of_kept(monkeypatch):
    """A list of them will do where there is no model of pipelines."""
    deal = Opportunity.open(id="7", pipeline=OURS, at=MONDAY)
    monkeypatch.setattr(Event, "pipelines", [OURS])

    DealRow.keep(deal)

    assert DealRow.load("7") == deal
    assert KeptPipeline.objects.count() == 0


def test_erased_is_replaced_with_its_history():
    """Nothing of the person is left in any table."""
    lead = a_lead().log("call", note="Sara rang back", at=MONDAY)
    LeadRow.keep(lead)
    [erased] = erase_person("Sara Ahmadi", lead, at=MONDAY, rekey={"7": "8"}).nouns

    LeadRow.replace(lead, erased)

    assert LeadRow.find() == (erased,)
    assert "Sara" not in str([*Event.objects.values(), *LeadRow.objects.values()])


def test_a_lead_in_one_column():
    """It is read as it was written, look-ups go into it, and serializers get its data."""
    lead = a_lead()
    Document.objects.create(lead=lead)
    Document.objects.create(lead=None)

    row = Document.objects.get(lead__events__0__source="other")

    assert row.lead == lead
    assert Document.objects.filter(lead=lead).count() == 1
    assert list(Document.objects.values_list("lead__format", flat=True)) == [
        "salesfunnel.lead",
        None,
    ]
    row.full_clean()
    field = Document._meta.get_field("lead")
    assert field.to_python(field.value_from_object(row)) == lead


def test_what_is_no_document_is_refused_in_one_column():
    """A form or a fixture brings data, which is read like any other."""
    with pytest.raises(InvalidDocument):
        Document(lead={"format": "x"}).full_clean()


def test_a_migration_writes_the_field():
    """The noun is named by its class, and pipelines are left out."""
    written, imports = MigrationWriter.serialize(NounField(Lead, pipelines=[OURS], null=True))

    assert written == (
        "salesfunnel.integrations.django.NounField(salesfunnel.leads.lead.Lead, "
        "editable=False, null=True)"
    )
    assert "import salesfunnel.leads.lead" in imports


@pytest.mark.parametrize("value", ["x", 5, {"format": "x"}, Opportunity.open(id="7", at=MONDAY)])
def test_a_column_for_a_lead_takes_nothing_else(value):
    """What was let in could not be read again."""
    row = Document.objects.create(lead=a_lead())

    with pytest.raises(WrongKind, match=r"lead is of the wrong kind: .*; allowed: Lead"):
        Document.objects.create(lead=value)
    with pytest.raises(WrongKind):
        Document.objects.update(lead=value)
    row.lead = value
    with pytest.raises(WrongKind):
        Document.objects.bulk_update([row], ["lead"])

    assert Document.objects.get().lead == a_lead()
    assert Document.objects.update(lead=models.F("lead")) == 1
    assert Document.objects.get().lead == a_lead()
