"""Cells with several addresses or numbers."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidDefinition, InvalidValue
from salesfunnel.interop.cells.cell_text import one_line
from salesfunnel.interop.cells.second_opinion import _libraries, doubt
from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping.mapping import read_mapping
from salesfunnel.interop.rows import addresses
from salesfunnel.interop.rows.addresses import contact_point, whole_number
from salesfunnel.interop.rows.divided_addresses import contact_texts
from salesfunnel.interop.rows.row_fault import Refused
from salesfunnel.leads.identity import content_id
from salesfunnel.values import ContactKind, ContactPoint
from tests.interop.examples import MONDAY, a_list

TWO_ADDRESSES = ["a@b.example", "c@d.example"]
TWO_NUMBERS = ["021 8877 6655", "021 8877 6656"]


@given(
    text=st.emails()
    | st.text("ab.@;/|<>- \u200e\u2028İ", max_size=12)
    | st.from_regex(addresses._PLAIN_NUMBER, fullmatch=True)
    | st.sampled_from(["a/b@novin.example", "a|b@novin.example", "Straße@novin.example"]),
    kind=st.sampled_from([ContactKind(field) for field in addresses.ADDRESSES]),
    country=st.sampled_from(["", "IR", "US", "RU", "IT"]),
)
def test_a_plain_address_is_used_as_it_is(text, kind, country):
    """A look at a plain text finds what dividing, mending and completing it would."""
    at_once = addresses._at_once(kind, text)

    if at_once is not None:
        assert contact_texts(kind, text) == [text] == [one_line(whole_number(text))]
        assert contact_point(kind, text, country) == at_once
        assert at_once.key


@pytest.mark.parametrize("between", ["; ", ",", " / ", " ", "\n", "، ", " | ", " ::: "])
def test_two_addresses_in_a_cell_are_two(between):
    """Whatever stands between addresses divides them."""
    assert contact_texts(ContactKind.EMAIL, between.join(TWO_ADDRESSES)) == TWO_ADDRESSES


@pytest.mark.parametrize(
    "between",
    [
        *("; ", ",", " / ", "\r\n", " ، ", "|", " - ", " – ", " ::: "),
        *(" ou ", " OR ", " یا ", " և/կամ ", " կամ "),
    ],
)
@pytest.mark.parametrize("kind", [ContactKind.PHONE, ContactKind.MOBILE, ContactKind.FAX])
def test_two_whole_numbers_in_a_cell_are_two(kind, between):
    """Blanks group the digits of a number, so they do not divide numbers."""
    assert contact_texts(kind, between.join(TWO_NUMBERS)) == TWO_NUMBERS


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ContactKind.PHONE, "01/23/45/67/89"),
        (ContactKind.PHONE, "88776655 / 56"),
        (ContactKind.PHONE, "+49 7031 - 1234567"),
        (ContactKind.PHONE, "021 8877 6655 ou 12"),
        (ContactKind.PHONE, "021 8877 6655 - 12"),
        (ContactKind.PHONE, "+98 21 8877 6655;ext=12"),
        (ContactKind.EMAIL, "Sara Ahmadi <sara@novin.example>"),
        (ContactKind.EMAIL, "sara at novin.example"),
        (ContactKind.EMAIL, "sara @ novin.example"),
        (ContactKind.PHONE, "/"),
        (ContactKind.EMAIL, " , ;"),
    ],
)
def test_a_cell_that_is_not_several_whole_ones_is_left_alone(kind, text):
    """A short part belongs to what stands before it."""
    assert contact_texts(kind, text) == [text]


@pytest.mark.parametrize("text", ["9.12E+09", "9,8912E+11", "9e+9", "9.E+9"])
@pytest.mark.parametrize("kind", [ContactKind.PHONE, ContactKind.MOBILE, ContactKind.FAX])
def test_a_number_that_a_spreadsheet_has_shortened_is_none(kind, text):
    """Its last digits are gone, so that it would meet numbers of other people."""
    with pytest.raises(InvalidValue, match="has lost digits in a spreadsheet"):
        contact_point(kind, text)


@given(
    kind=st.sampled_from([ContactKind.EMAIL, ContactKind.PHONE]),
    text=st.text(alphabet="a@.12 ;/,+\n<>", min_size=1),
)
def test_no_letter_of_an_address_is_lost(kind, text):
    """Only what stands between addresses or numbers is left out."""
    found = "".join(contact_texts(kind, text))

    assert [c for c in found if c not in " ;/,\n"] == [c for c in text if c not in " ;/,\n"]


@given(kind=st.sampled_from(ContactKind), text=st.text(max_size=30) | st.text("0123456789 +-()"))
def test_a_point_can_be_used_or_is_refused(kind, text):
    """Whatever comes of a cell has a key, and says how it was written."""
    try:
        point = contact_point(kind, text, "IR")
    except InvalidValue:
        return

    assert point.key


def test_a_cell_with_more_than_anybody_has_is_left_alone():
    """What is longer than a hundred addresses is a text."""
    text = "a@b.example " * 400

    assert contact_texts(ContactKind.EMAIL, text) == [text]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("9121234567.0", "9121234567"),
        ("۹۱۲۱۲۳۴۵۶۷.۰", "9121234567"),
        ("9121234567.00", "9121234567"),
        ("06.75.77.83.90", "06.75.77.83.90"),
        ("12.0", "12.0"),
        ("0" * 50, "0" * 50),
    ],
)
def test_a_spreadsheet_s_decimals_are_taken_off(text, whole):
    """A number that was taken for an amount has its digits still."""
    assert whole_number(text) == whole


def a_lead(tmp_path, header, *cells, strict=False, **how):
    """Read a list of one row."""
    path = a_list(tmp_path, [header.split(","), cells])
    return next(iter(read_leads(path, at=MONDAY, strict=strict, **how)))


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("Phone", "call me"),
        ("Mobile", "12345"),
        ("Phone", "0912123456709121234567"),
        ("Email", "not-an-address"),
        ("Email", "sara(at)novin.example"),
        ("Email", ".sara@novin.example"),
        ("Email", "a@@b..c"),
        ("Phone", "9.12E+09"),
        ("Phone", "1" * 2_000),
    ],
)
def test_what_reaches_nobody_is_kept_as_text_and_noted(tmp_path, header, text):
    """Nobody is lost for a bad address, and nobody is called by one."""
    found = a_lead(tmp_path, f"Name,{header}", "Sara", text)

    assert found.entity.contact_points == ()
    assert found.entity.details == {header.lower(): text}
    assert [note.column for note in found.notes] == [header]
    assert isinstance(a_lead(tmp_path, f"Name,{header}", "Sara", text, strict=True), Refused)


def test_one_bad_address_in_a_cell_costs_no_other(tmp_path):
    """Of several addresses those that can be used are used."""
    found = a_lead(tmp_path, "Name,Email", "Sara", "sara@novin.example; .info@novin.example")

    assert [point.key for point in found.entity.contact_points] == ["sara@novin.example"]
    assert found.entity.details == {"email": ".info@novin.example"}


@pytest.mark.parametrize("country", ["Iran", "IR", "ایران", "Իրան", "IRN", "Iran (IR)"])
def test_the_country_of_the_row_completes_its_numbers(tmp_path, country):
    """Lists of several countries name the country of each, in any of four languages."""
    found = a_lead(
        tmp_path,
        "Name,Company,Country,Mobile",
        "Sara",
        "Novin",
        country,
        "09121234567",
        country="FR",
    )

    [point] = found.entity.contact_points
    assert (point.text, point.key) == ("09121234567", "+989121234567")
    assert found.notes == ()


@pytest.mark.parametrize("named", ["", "Atlantis", "x" * 500])
def test_the_country_of_the_file_completes_all_others(tmp_path, named):
    """It is given by an option, or by the mapping; the option is believed."""
    cells = ("Sara", "Novin", named, "06 12 34 56 78")
    mapping = read_mapping(
        '[format]\ncountry = "Armenia"\n[lead.columns]\nperson = "Name"\ncompany = "Company"\n'
        'country = "Country"\nmobile = "Mobile"',
        name="ours",
    )
    header = "Name,Company,Country,Mobile"
    given = a_lead(tmp_path, header, *cells, country="NL", mapping=mapping)
    mapped = a_lead(tmp_path, header, *cells, mapping=mapping)

    assert [point.key for point in given.entity.contact_points] == ["+31612345678"]
    assert [point.key for point in mapped.entity.contact_points] == ["0612345678"]
    assert "is not as long as numbers of AM" in str(mapped.notes[-1])


def test_a_number_that_a_spreadsheet_took_for_an_amount_is_read_and_noted(tmp_path):
    """The lost zero is no matter where the country is known."""
    found = a_lead(tmp_path, "Name,Mobile", "Sara", "9121234567.0", country="IR")

    assert [point.key for point in found.entity.contact_points] == ["+989121234567"]
    assert [str(point) for point in found.entity.contact_points] == ["9121234567"]
    assert [note.code for note in found.notes] == ["decimals_left_out"]


def test_a_number_without_its_area_is_used_and_noted(tmp_path):
    """It can be called from there, but meets no other spelling."""
    found = a_lead(tmp_path, "Name,Phone", "Sara", "8877 6655", country="Iran")

    assert [point.key for point in found.entity.contact_points] == ["88776655"]
    assert [note.code for note in found.notes] == ["number_not_completed"]


@pytest.mark.parametrize("country", ["Atlantis", 98])
def test_a_country_that_is_not_known_is_an_error_of_the_call(tmp_path, country):
    """A misspelt option would leave all numbers as they are, without a word."""
    with pytest.raises(InvalidValue, match=r"^country is not a country that is known; allowed: IR"):
        a_lead(tmp_path, "Name,Mobile", "Sara", "09121234567", country=country)


@pytest.mark.parametrize("country", ['"Atlantis"', "98", '""'])
def test_a_mapping_names_a_known_country(country):
    """A mistake in a mapping is told at once."""
    with pytest.raises(InvalidDefinition, match="country is not a country; such as IR"):
        read_mapping(f"[format]\ncountry = {country}", name="ours")


DOUBTFUL = ("Name,Email,Mobile", "Sara", "sara@novin.test", "0970 000 0000")


def test_other_libraries_are_asked_on_request(tmp_path):
    """What they doubt is noted, and taken all the same."""
    found = a_lead(tmp_path, *DOUBTFUL, country="IR", check_addresses=True)
    good = a_lead(
        tmp_path,
        "Name,Email,Mobile",
        "Sara",
        "s@novin.example",
        "0912 123 4567",
        country="IR",
        check_addresses=True,
    )

    assert [note.code for note in found.notes] == ["mail_is_refused", "number_not_given_out"]
    assert found.entity == a_lead(tmp_path, *DOUBTFUL, country="IR").entity
    assert good.notes == ()


def test_what_belongs_to_no_country_is_not_doubted():
    """A national number without its country may be good, and a code of none is not."""
    assert doubt(ContactPoint("mobile", "0912 123 4567")) is None
    assert doubt(ContactPoint("mobile", "+999 123 4567")).code == "number_not_given_out"


def test_without_the_extra_the_remedy_is_told(tmp_path, monkeypatch):
    """Whoever asks for a check that cannot be made is told how to get it."""
    _libraries.cache_clear()
    monkeypatch.setitem(sys.modules, "phonenumbers", None)

    with pytest.raises(InvalidValue, match=r"^check_addresses needs .* pip install 'sales"):
        a_lead(tmp_path, *DOUBTFUL, check_addresses=True)
    assert a_lead(tmp_path, *DOUBTFUL, country="IR").entity.contact_points[1].country == "IR"


@given(kind=st.sampled_from(ContactKind), text=st.text(max_size=30) | st.text("0123456789 +-@.ab"))
def test_ids_and_keys_are_the_same_with_and_without_the_extra(kind, text):
    """What is installed beside us, and whether it is asked, changes no key."""
    try:
        point = contact_point(kind, text, "IR")
    except InvalidValue:
        return
    key, said = point.key, content_id(None, None, [point])
    doubt(point)

    assert (point.key, content_id(None, None, [point])) == (key, said)
