"""Driving rows of real databases: SQLAlchemy and Django, both on SQLite."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from django.db import connection, models
from sqlalchemy import orm

from salesfunnel.errors import MoveRefused
from salesfunnel.pipeline import Destination, Guard, Move, Pipeline, Stage

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


FUNNEL = Pipeline(
    "funnel",
    stages=[Stage("demo"), Stage("offer"), Stage("won", kind="won"), Stage("lost", kind="lost")],
    moves=[
        Move("propose", "demo", "offer"),
        Move("win", "offer", "won", guards=Guard("paid", lambda row, _at: row.paid)),
        Move("lose", ["demo", "offer"], "lost"),
        Move("reopen", ["won", "lost"], Destination.LAST_OPEN, reopening=True),
    ],
)


class Base(orm.DeclarativeBase):
    """The tables of this test."""


class AlchemyDeal(Base):
    """A deal in a database, by SQLAlchemy."""

    __tablename__ = "deals"

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    stage: orm.Mapped[str] = orm.mapped_column(default="demo")
    last_open_stage: orm.Mapped[str] = orm.mapped_column(default="")
    paid: orm.Mapped[bool] = orm.mapped_column(default=False)
    version = orm.mapped_column(sa.Integer)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's way


@pytest.fixture
def engine(tmp_path):
    """Provide a database file with one offer that is paid."""
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'deals.sqlite'}")
    Base.metadata.create_all(engine)
    with orm.Session(engine) as session, session.begin():
        session.add(AlchemyDeal(id=1, stage="offer", paid=True))
    yield engine
    engine.dispose()


def test_an_sqlalchemy_row_keeps_its_loaded_stage_and_moves_on(engine):
    """The stage comes from the database, and goes back there with the stage to reopen it in."""
    with orm.Session(engine) as session, session.begin():
        FUNNEL.drive(session.get_one(AlchemyDeal, 1), "win", at=MONDAY)

    with orm.Session(engine) as session:
        row = session.get_one(AlchemyDeal, 1)
        assert (row.stage, row.last_open_stage, row.version) == ("won", "offer", 2)


def test_a_refused_sqlalchemy_row_is_not_even_dirty(engine):
    """A refusal leaves nothing to write."""
    with orm.Session(engine) as session:
        row = session.get_one(AlchemyDeal, 1)

        with pytest.raises(MoveRefused, match="the stage is offer"):
            FUNNEL.drive(row, "reopen", at=MONDAY)
        assert not session.dirty


def test_an_sqlalchemy_row_is_reopened_in_another_session(engine):
    """Where it was is in the database too."""
    for trigger, given in (("lose", {"reason": "price"}), ("reopen", {})):
        with orm.Session(engine) as session, session.begin():
            FUNNEL.drive(session.get_one(AlchemyDeal, 1), trigger, at=MONDAY, **given)

    with orm.Session(engine) as session:
        assert session.get_one(AlchemyDeal, 1).stage == "offer"


def test_of_two_sqlalchemy_sessions_the_second_is_told(engine):
    """Two editors never overwrite each other: that is the database's own affair."""
    with orm.Session(engine) as one, orm.Session(engine) as other:
        for session, trigger in ((one, "win"), (other, "lose")):
            row = session.get_one(AlchemyDeal, 1)
            FUNNEL.drive(row, trigger, at=MONDAY, reason="price")
        one.commit()
        with pytest.raises(orm.exc.StaleDataError):
            other.commit()


def test_the_machine_moves_an_sqlalchemy_row_too(engine):
    """Bound to the machine, a row of a database has the triggers as methods."""
    with orm.Session(engine) as session, session.begin():
        row = session.get_one(AlchemyDeal, 1)
        FUNNEL.machine().add_model(row, initial=row.stage)
        assert row.win(at=MONDAY)

    with orm.Session(engine) as session:
        assert session.get_one(AlchemyDeal, 1).stage == "won"


class DjangoDeal(models.Model):
    """A deal in a database, by Django."""

    stage = models.CharField(max_length=20, default="demo")
    last_open_stage = models.CharField(max_length=20, default="")
    paid = models.BooleanField(default=False)

    class Meta:
        """The model belongs to no installed application."""

        app_label = "deals"

    def __str__(self):
        """Say where the deal is."""
        return self.stage


@pytest.fixture
def row():
    """Provide one offer that is paid, loaded from a database."""
    with connection.schema_editor() as editor:
        editor.create_model(DjangoDeal)
    DjangoDeal.objects.create(pk=1, stage="offer", paid=True)
    yield DjangoDeal.objects.get(pk=1)
    with connection.schema_editor() as editor:
        editor.delete_model(DjangoDeal)
    connection.close()


def test_a_django_row_keeps_its_loaded_stage_and_moves_on(row):
    """The stage comes from the database, and goes back there with the stage to reopen it in."""
    FUNNEL.drive(row, "win", at=MONDAY)
    row.save()

    saved = DjangoDeal.objects.get(pk=1)
    assert (saved.stage, saved.last_open_stage) == ("won", "offer")


def test_a_django_row_is_moved_only_if_nobody_was_faster(row):
    """The database compares and sets: the second of two editors changes no row."""
    before = row.stage
    after = FUNNEL.drive(row, "lose", at=MONDAY, reason="price").to_stage

    moved = [DjangoDeal.objects.filter(pk=1, stage=before).update(stage=after) for _ in range(2)]

    assert moved == [1, 0]


def test_the_machine_moves_a_django_row_too(row):
    """Bound to the machine, a row of a database has the triggers as methods."""
    FUNNEL.machine().add_model(row, initial=row.stage)

    assert row.lose(at=MONDAY, reason="price")
    assert (row.stage, row.last_open_stage) == ("lost", "offer")
