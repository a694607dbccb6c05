"""How many people a company has, in the words of lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.interop.cells.formats import FileFormat
from salesfunnel.interop.cells.head_counts import read_head_count
from salesfunnel.values.bucket import Bucket

PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
counts = st.integers(min_value=0, max_value=999_999)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("250 نفر", 250),
        ("120 people", 120),
        ("45 salariés", 45),
        ("30 մարդ", 30),
        ("1 200", 1200),
        ("1.200", 1200),
        ("40.0", 40),
        ("۱۰ تا ۲۰ نفر", Bucket(10, 20)),
        ("از ۱۰ تا ۲۰", Bucket(10, 20)),
        ("entre 10 et 20", Bucket(10, 20)),
        ("10 մինչև 20", Bucket(10, 20)),
        ("51-200 employees", Bucket(51, 200)),
        ("Small (11-200)", Bucket(11, 200)),
        ("11-200 (small)", Bucket(11, 200)),
        ("بیش از ۲۰۰", Bucket(201, None)),
        ("plus de 200", Bucket(201, None)),
        ("ավելի քան 200 մարդ", Bucket(201, None)),
        ("200+", Bucket(200, None)),
        ("200 people or more", Bucket(200, None)),
        ("حداقل ۵۰ نفر", Bucket(50, None)),
        ("زیر ۵۰ نفر", Bucket(0, 49)),
        ("moins de 50", Bucket(0, 49)),
        ("up to 50", Bucket(0, 50)),
        ("تا ۵۰", Bucket(0, 50)),
    ],
)
def test_a_head_count_is_read_as_people_say_it(text, count):
    """In four languages, with a word for people, as a bracket, or with an end that is open."""
    assert read_head_count(text) == count


@pytest.mark.parametrize(
    "text",
    [
        *("حدود ۴۰", "about 50", "unknown", "1.5", "-5", "1,20", "5-1", "more than 5-10"),
        *("40" * 40, "", "1200²", "³", "①"),
    ],
)
def test_what_is_no_head_count_is_refused(text):
    """Nobody knows how many "about 50" are, so the text is kept instead."""
    with pytest.raises(InvalidValue):
        read_head_count(text)


def test_a_thousand_or_one_is_settled_by_the_mapping():
    """With three decimals of nothing both are possible."""
    with pytest.raises(InvalidValue):
        FileFormat().head_count("1.000")
    assert FileFormat(decimal_mark=",").head_count("1.000") == 1000
    assert FileFormat(decimal_mark=".").head_count("1.000") == 1


@given(
    counts,
    st.sampled_from(["{}", "{} نفر", " {} people", "{} salariés", "{} աշխատակից"]),
    st.sampled_from(["{:,}", "{}"]),
    st.booleans(),
)
def test_a_count_is_read_whatever_stands_behind_it(count, words, grouping, persian):
    """The digits of a script, marks of groups and a word for people make no difference."""
    written = words.format(grouping.format(count))

    assert read_head_count(written.translate(PERSIAN_DIGITS) if persian else written) == count


@given(counts, counts, st.sampled_from(["{}-{}", "{} تا {} نفر", "{} to {}", "de {} à {}"]))
def test_a_bracket_keeps_both_ends(one, other, words):
    """The lower end stands first in every language."""
    low, high = sorted((one, other))

    assert read_head_count(words.format(low, high)) == Bucket(low, high)


@given(st.text(max_size=200))
def test_any_text_is_a_head_count_or_refused(text):
    """Whatever stands in a cell, nothing but the one error comes of it."""
    try:
        found = read_head_count(text)
    except InvalidValue:
        return
    assert isinstance(found, (int, Bucket))
