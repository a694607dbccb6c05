"""Activities of several kinds: words of their own, lists of their own, and what is said of them."""

from __future__ import annotations

import csv
from pathlib import Path

import attrs
import pytest

from salesfunnel.accounts import Account
from salesfunnel.errors import InvalidDefinition, InvalidValue
from salesfunnel.interop import (
    AccountPerson,
    ActivityLine,
    load_mapping,
    read_activities,
    read_mapping,
    write_accounts,
    write_activities,
    write_people,
)
from salesfunnel.interop.mapping.mapping import KNOWN
from salesfunnel.values import ContactPoint, Person
from tests.interop.examples import MONDAY

CALL = ActivityLine(
    id="a1",
    kind="call",
    status="done",
    day=MONDAY,
    inbound=True,
    reached=True,
    outcome="interested",
    person="Sara",
    campaign="spring",
    owner="Ani",
    note="asked for a demo\nwants two",
    about=["7", "8"],
)
TASK = attrs.evolve(CALL, id="a2", kind="task")
WITH_KINDS = [name for name in KNOWN if load_mapping(name).activity.kinds]
APART = [name for name in WITH_KINDS if "kind" not in load_mapping(name).activity.headers]


def statuses(path):
    """Read the column of statuses."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row.get("Status") or row["status"] for row in csv.DictReader(file)]


@pytest.mark.parametrize("name", WITH_KINDS)
def test_each_word_of_a_kind_is_read_as_its_status(name):
    """A system that has its own words for tasks is understood when it tells of them."""
    noun = load_mapping(name).activity

    for kind, words in noun.kinds.items():
        assert noun.meaning_of(kind, field="kind") == kind
        for status, word in words.items():
            assert noun.meaning_of(word, field="status") == status


@pytest.mark.parametrize("name", ["vtiger", "suitecrm", "espocrm"])
@pytest.mark.parametrize(("status", "word"), [("done", "Completed"), ("planned", "Not Started")])
def test_a_task_is_completed_and_a_call_is_held(tmp_path, name, status, word):
    """Each kind has the words of its own list."""
    path = tmp_path / "list.csv"
    lines = [attrs.evolve(line, status=status) for line in (CALL, TASK)]

    write_activities(lines, path, mapping=name)

    assert statuses(path) == [{"done": "Held", "planned": "Planned"}[status], word]


@pytest.mark.parametrize("name", APART)
def test_a_system_with_a_list_for_each_kind_takes_them_one_by_one(tmp_path, name):
    """In one list the kind is lost, and it is said why; in a list of its own it is not."""
    path = tmp_path / "list.csv"
    together = write_activities([CALL, TASK], path, mapping=name).left_out
    assert [one.code for one in together if one.place == "kind"] == ["list_for_each_kind"]

    alone = write_activities([CALL, TASK, TASK], path, mapping=name, kind="call")
    assert alone.rows == 1
    assert "kind" not in {one.place for one in alone.left_out}
    (others,) = (one for one in alone.left_out if one.place == "row")
    assert (others.count, others.code) == (2, "activity_of_another_kind")

    text = f'extends = "{name}"\n[activity.defaults]\nkind = "call"'
    (found,) = read_activities(path, at=MONDAY, mapping=read_mapping(text, name="calls")).entities()
    assert (found.kind, found.status, found.note) == ("call", "done", CALL.note)


def test_a_list_of_a_kind_has_a_column_for_it_where_there_is_one(tmp_path):
    """Our own columns tell the kind as ever."""
    path = tmp_path / "list.csv"
    assert write_activities([CALL, TASK], path, kind="task").rows == 1
    assert [one.kind for one in read_activities(path, at=MONDAY).entities()] == ["task"]
    with pytest.raises(InvalidValue, match="kind"):
        write_activities([CALL], path, kind=7)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("kinds = 7", "is not a table"),
        ("[activity.kinds]\ntask = 7", "is not a table"),
        ('[activity.kinds.task]\nfinished = "Done"', "unknown name 'finished'"),
        ('[activity.kinds.task]\ndone = "Over"\ndropped = "over"', "stands for another too"),
        ('[lead.kinds.task]\ndone = "Over"', "unknown name 'kinds'"),
    ],
)
def test_what_is_wrong_with_the_words_of_a_kind_is_told(text, fault):
    """As of all that a mapping says."""
    text = text if text.startswith("[") else f"[activity]\n{text}"
    with pytest.raises(InvalidDefinition, match=fault):
        read_mapping(text, name="ours")


def test_the_words_of_a_kind_are_read_though_they_stand_nowhere_else():
    """What goes out as the status of a task comes in as it."""
    mine = read_mapping('[activity.kinds.task]\ndone = ["Over", "Through"]', name="ours").activity

    assert mine.kinds["task"]["done"] == "Over"
    assert mine.meaning_of("through", field="status") == "done"
    assert mine.meaning_of("held", field="status") == "done"


@pytest.mark.parametrize("name", [*KNOWN, None])
def test_no_fact_of_one_moment_is_called_a_history(tmp_path, name):
    """What a list of another system could have a column for is said to lack one."""
    points = [ContactPoint("email", "x y"), ContactPoint("email", "s@n.example")]
    sara = AccountPerson(
        id="7",
        person=Person("Sara Ahmadi", contact_points=points),
        account="Novin",
        account_id="n",
        owner="Ani",
        since=MONDAY,
    )
    novin = Account.open(id="n", name="Novin", people=[sara.person], lead_ids=["1", "2"], at=MONDAY)
    lists = [
        (write_activities, "activity", [CALL, attrs.evolve(CALL, id="a3", kind="sms")]),
        (write_people, "person", [sara]),
        (write_accounts, "account", [novin]),
    ]

    for write, kind, nouns in lists:
        if name is None or getattr(load_mapping(name), kind).headers:
            written = write(nouns, Path(tmp_path, "list.csv"), mapping=name)
            codes = {one.place: one.code for one in written.left_out}
            assert "no_place_for_history" not in codes.values(), (kind, codes)
            assert codes.get("people.1", "people_have_own_list") == "people_have_own_list"
