"""How values of any type stand in documents, as their fields say."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest

from salesfunnel.errors import InvalidDefinition
from salesfunnel.values import Bucket, Company, ContactKind, FrozenMap, Money, Person
from salesfunnel.values.codecs import TEXT, WHOLE
from salesfunnel.values.container_codecs import fields_of, list_of, map_of, optional
from salesfunnel.values.document_keys import strange_keys
from salesfunnel.values.type_codecs import PLAIN_ROWS, codec_of, object_of


@attrs.frozen(kw_only=True)
class Sample:
    """Something with a field of each sort."""

    name: str
    note: str = ""
    count: int = 1
    scores: tuple[tuple[str, int], ...] = ()
    ways: FrozenMap[str, ContactKind] = FrozenMap()
    share: Money | Decimal | None = None
    _inner: str = attrs.field(default="", alias="inner")
    made: str = attrs.field(default="", init=False)


SAMPLE = object_of(Sample, PLAIN_ROWS)
FULL = Sample(
    name="a",
    note="b",
    scores=(("c", 2),),
    ways=FrozenMap({"d": ContactKind.FAX}),
    share=Decimal("0.5"),
    inner="e",
)


def problems(codec, data, given=None):
    """List the problems of data that a row cannot read."""
    with pytest.raises(InvalidDefinition) as refused:
        codec.read(data, given)
    return [str(problem) for problem in refused.value.problems]


def test_a_class_is_written_by_its_fields():
    """Each type of a field brings its own form."""
    assert SAMPLE.write(FULL) == {
        "name": "a",
        "note": "b",
        "count": 1,
        "scores": [["c", 2]],
        "ways": {"d": "fax"},
        "share": "0.5",
        "inner": "e",
    }
    assert SAMPLE.read(SAMPLE.write(FULL), None) == FULL
    priced = attrs.evolve(FULL, share=Money(9, "EUR"))
    assert SAMPLE.read(SAMPLE.write(priced), None) == priced


def test_only_blank_defaults_are_left_out():
    """No later change of a default changes the past, since all but blanks was written."""
    assert SAMPLE.write(Sample(name="")) == {"name": "", "count": 1}
    assert problems(SAMPLE, {}) == ["name is missing", "count is missing"]


def test_what_people_write_may_leave_out_every_default():
    """A definition that was written by hand says only what differs."""
    lenient = object_of(Sample, PLAIN_ROWS, lenient=True)

    assert lenient.read({"name": "a"}, None) == Sample(name="a")


def test_each_problem_has_its_place_up_to_twenty():
    """Nested as deep as it may be, and without a word of what stands there."""
    odd = {"name": 5, "count": 1, "scores": [["c"], ["c", "d"]], "ways": {"Sara": "pigeon"}}

    assert problems(SAMPLE, odd) == [
        ".name: must be a text",
        ".scores[0]: must be a list of 2",
        ".scores[1][1]: must be a whole number",
        ".ways.Sara: is not in the list; email, phone, mobile, fax, website, social",
    ]
    assert len(problems(list_of(TEXT), [1] * 90)) == 20
    assert len(problems(map_of(TEXT), {f"k{n}": 1 for n in range(90)})) == 20
    assert problems(map_of(TEXT), {5: "x"}) == [".(key 0): must be a text"]


@pytest.mark.parametrize(
    ("codec", "problem"),
    [
        (SAMPLE, "must be an object"),
        (map_of(TEXT), "must be an object"),
        (fields_of({"a": TEXT}), "must be an object"),
        (list_of(TEXT), "must be a list"),
    ],
)
def test_a_text_is_never_taken_letter_by_letter(codec, problem):
    """What is no list or object is refused as a whole."""
    assert problems(codec, "text") == [problem]


def test_some_fields_of_a_noun_are_read_under_their_names():
    """What a noun does not have is not a field of it."""
    some = fields_of({"name": TEXT, "count": WHOLE})

    assert some.read(some.write({"count": 5}), None) == {"count": 5}
    assert problems(some, {"count": "x", "nmae": "y"}) == [
        ".count: must be a whole number",
        ".nmae: is not a known key; did you mean name?",
    ]


def test_what_the_class_refuses_is_told_at_its_key():
    """The converters of a class are asked, too."""
    person = object_of(Person, PLAIN_ROWS)
    nobody = {"name": " ", "is_erased": False}

    assert problems(person, nobody) == [
        "person has no name; a name with at least one visible letter"
    ]
    bucket = object_of(Bucket, PLAIN_ROWS)
    assert problems(list_of(bucket), [{"low": 5, "high": 1}])[0].startswith("[0]: bucket is not")


def test_what_cannot_be_written_is_told_at_its_place():
    """Whoever stores a value is led to the part that no document holds."""
    odd = attrs.evolve(FULL, scores=(("c", 2), ("c", 0.5)))

    for codec, value, place in (
        (SAMPLE, odd, ".scores[1][1]"),
        (map_of(WHOLE), {"a b": 0.5}, ".(key 0)"),
        (fields_of({"n": WHOLE}), {"n": 0.5}, ".n"),
    ):
        with pytest.raises(InvalidDefinition) as refused:
            codec.write(value)
        assert [problem.where for problem in refused.value.problems] == [place]


def test_a_size_is_a_number_or_a_bracket():
    """A document says which it is."""
    company = codec_of(Company, PLAIN_ROWS)

    for size in (7, Bucket(51, None), None):
        written = company.write(Company("Novin", employees=size))
        assert company.read(written, None).employees == size
    assert optional(WHOLE).read(None, None) is None


def test_only_a_few_strange_keys_are_guessed_at():
    """A document may hold thousands."""
    found = list(strange_keys({f"name{n}": 1 for n in range(90)}, ["name"]))

    assert [problem.code for problem in found] == ["key_misspelt"] * 3 + ["unknown_key"] * 17
