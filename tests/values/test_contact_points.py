"""Addresses and numbers, as written, and what makes two of them the same."""

from __future__ import annotations

import pytest

from salesfunnel.errors import InvalidValue
from salesfunnel.values.contact_points import ContactKind, ContactPoint


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("+98 (0)21 8877 6655", "+982188776655"),
        ("0098 21 8877-6655", "+982188776655"),
        ("+98 021 8877 6655", "+982188776655"),
        ("(+98) 21.88.77.66.55", "+982188776655"),
        ("tel:+98-21-88776655;ext=5", "+982188776655"),
        ("۰۰۹۸۲۱۸۸۷۷۶۶۵۵", "+982188776655"),
        ("982188776655+", "+982188776655"),
        ("＋98 21 8877 6655", "+982188776655"),
        ("\u202a+98 21 8877 6655\u202c", "+982188776655"),
        ("تلفن: ۰۲۱-۸۸۷۷۶۶۵۵ داخلي ۱۲", "02188776655"),
        ("داخلی ۱۲: ۰۲۱-۸۸۷۷۶۶۵۵", "02188776655"),
        ("02188776655 / 02188776656", "02188776655"),
        ("(0)21 88776655", "02188776655"),
        ("01/23/45/67/89", "0123456789"),
        ("06.75.77.83.99", "0675778399"),
        ("+33 (0) 1 23 45 67 89 poste 4", "+33123456789"),
        ("+374 (0)10 52-52-52 ներքին 3", "+37410525252"),
        ("+39 06 1234 5678", "+390612345678"),
        ("555-1234x12", "5551234"),
        ("555-1234 ext. 12", "5551234"),
        ("+971 050 123 4567", "+971501234567"),
        ("+98 (0)912 123 4567", "+989121234567"),
        ("+36 06 1 234 5678", "+3612345678"),
        ("+7 800 123-45-67", "+78001234567"),
        ("+39 (0)6 1234 5678", "+390612345678"),
        ("9121234567.0", "9121234567"),
        ("021-88776655-7", "02188776655"),
        ("021 88776655 - 60", "02188776655"),
        ("+98 21 8877 6655-7", "+982188776655"),
        ("+49 89 1234567-0", "+498912345670"),
        ("0912-123-45-67", "09121234567"),
        ("1515", "1515"),
        ("110", "110"),
    ],
)
@pytest.mark.parametrize("kind", ["phone", "mobile", "fax"])
def test_a_number_has_one_key_however_written(kind, written, key):
    """Blanks, brackets, scripts, extensions and prefixes do not matter."""
    assert ContactPoint(kind, written).key == key


@pytest.mark.parametrize(
    "written",
    [
        *("n/a", "-", "?", "12", "+", "+9", "00", "ندارد", "ext 12", "call me"),
        *("0912123456709121234567", "+98 21 8877 6655 8877 6656"),
    ],
)
def test_an_unusable_number_is_kept_without_a_key(written):
    """No lead is lost for a bad number; it just matches nothing."""
    point = ContactPoint(ContactKind.PHONE, written)

    assert (point.text, point.key) == (written, "")


@pytest.mark.parametrize(
    ("country", "written", "key"),
    [
        ("IR", "09121234567", "+989121234567"),
        ("IR", "9121234567", "+989121234567"),
        ("IR", "989121234567", "+989121234567"),
        ("IR", "00989121234567", "+989121234567"),
        ("ir", "۰۹۱۲ ۱۲۳ ۴۵۶۷", "+989121234567"),
        ("IR", "9121234567.0", "+989121234567"),
        ("IR", "021-8877 6655-7", "+982188776655"),
        ("IR", "88776655", "88776655"),
        ("IR", "+33 1 23 45 67 89", "+33123456789"),
        ("NL", "0612345678", "+31612345678"),
        ("IT", "06 1234 5678", "+390612345678"),
        ("AM", "(010) 52-52-52", "+37410525252"),
        ("US", "1 (650) 253-0000", "+16502530000"),
        ("US", "011 44 20 7946 0000", "+442079460000"),
        ("RU", "8 (912) 345-67-89", "+79123456789"),
        ("RU", "8 800 123 45 67", "+78001234567"),
        ("RU", "8001234567", "+78001234567"),
        ("RU", "8~10 44 20 7946 0000", "+442079460000"),
        ("JP", "010 44 20 7946 0000", "+442079460000"),
        ("HU", "06 1 234 5678", "+3612345678"),
        ("BY", "8 029 491 19 11", "+375294911911"),
        ("AE", "971585215778", "+971585215778"),
        ("AE", "9710585215778", "+971585215778"),
        ("AQ", "0912 123 4567", "09121234567"),
    ],
)
def test_a_national_number_is_completed_by_its_country(country, written, key):
    """With the country known, all spellings of a number are one."""
    assert ContactPoint(ContactKind.MOBILE, written, country=country).key == key


@pytest.mark.parametrize("country", ["Iran", "I1", "I", 98, "ای"])
def test_the_country_of_a_number_is_a_code(country):
    """Names of countries are for those who read files."""
    with pytest.raises(InvalidValue, match=r"^country is not the code of a country; allowed: two"):
        ContactPoint(ContactKind.MOBILE, "0612345678", country=country)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Sara@NOVIN.example", "sara@novin.example"),
        (" sara@novin.example، ", "sara@novin.example"),
        ("Sara Ahmadi <sara@novin.example>", "sara@novin.example"),
        ("mailto:sara@novin.example", "sara@novin.example"),
        ("sara@novin.example.", "sara@novin.example"),
        ("a.b+crm@novin.example", "a.b+crm@novin.example"),
        ("ali@شرکت.ایران", "ali@شرکت.ایران"),
        ("ali@شركت.ايران", "ali@شرکت.ایران"),
        ("ali@xn--pgbni38b.xn--mgba3a4f16a", "ali@شرکت.ایران"),
        ("ali@XN--SOCIT-ESAB.fr", "ali@societe.fr"),
        ("ali@xn--\u0661\u0662-.fr", "ali@12.fr"),
        ("राम@मोहन.ईन्फो", "राम@मोहन.ईनफो"),
        ("ali@xn--99999999.fr", "ali@xn--99999999.fr"),
    ],
)
def test_an_e_mail_address_has_one_key_however_written(written, key):
    """Case, a name around it and the two spellings of a domain do not matter."""
    assert ContactPoint(ContactKind.EMAIL, written).key == key


@pytest.mark.parametrize(
    "written",
    [
        *("sara", "@novin.example", "sara@", "s a@novin.example", "a@b", "a@b c.d"),
        *("not-an-address", "a@@b..c", ".sara@novin.example", "sara.@novin.example"),
        *("sara..a@novin.example", '"sara a"@novin.example', "sara@-novin.example"),
        *("sara@novin-.example", "sara@10.0.0.1", "sara@novin.123", "sara@[10.0.0.1]"),
        *("sara@novin.example:25", "(Sara)s@novin.example", "s@a.example Bcc: t@a.example"),
        *("s" * 65 + "@novin.example", "s@" + "novin." * 42 + "example"),
        "s" * 64 + "@" + "novin." * 31 + "example",
    ],
)
def test_what_is_no_address_has_no_key(written):
    """What no mail server would take matches nothing."""
    assert ContactPoint(ContactKind.EMAIL, written).key == ""


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("https://www.Novin.example/fa?x=1#top", "novin.example"),
        ("novin.example:8080", "novin.example"),
        ("http://sara:secret@novin.example/", "novin.example"),
        ("société.fr", "societe.fr"),
        ("xn--socit-esab.fr", "societe.fr"),
        ("www.novin.example.", "novin.example"),
        ("javascript:alert(1)", ""),
        ("localhost", ""),
    ],
)
def test_a_web_site_is_known_by_its_host(written, key):
    """Scheme, «www.», path and port do not matter."""
    assert ContactPoint(ContactKind.WEBSITE, written).key == key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("https://www.instagram.com/Novin/?hl=fa", "instagram.com/novin"),
        ("instagram.com/novin", "instagram.com/novin"),
        ("@Novin", "@novin"),
        ("https://medium.com/@novin", "medium.com/@novin"),
    ],
)
def test_a_social_profile_is_known_by_its_path(written, key):
    """A profile is the host and who it is there."""
    assert ContactPoint(ContactKind.SOCIAL, written).key == key


def test_a_representation_shows_the_kind_only():
    """What ends up in a log says how, never where somebody can be reached."""
    point = ContactPoint(ContactKind.EMAIL, "sara@novin.example")

    assert repr(point) == "ContactPoint(email: …)"
    assert str(point) == "sara@novin.example"


def test_controls_of_writing_direction_are_taken_out():
    """An address book wraps numbers in invisible controls; the number is what stays."""
    assert ContactPoint(ContactKind.PHONE, "\u200e+98 21\u202c").text == "+98 21"


def test_the_kind_may_be_given_by_its_stored_value():
    """What was stored as «fax» is a fax again, and nothing else is a kind."""
    assert ContactPoint("fax", "123").kind is ContactKind.FAX
    with pytest.raises(
        InvalidValue, match=r"^contact kind is not in the list; allowed: email, phone, mob"
    ):
        ContactPoint("telex", "123")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (" \u200c", "is blank"),
        ("\u202a\u202c", "is blank"),
        ("12\n34", "holds a control"),
        ("1" * 501, "is too long"),
    ],
)
def test_a_contact_point_is_one_visible_line(text, problem):
    """Blanks and control characters reach nobody."""
    with pytest.raises(InvalidValue, match=f"^phone {problem}"):
        ContactPoint(ContactKind.PHONE, text)


def test_a_contact_point_is_text():
    """A number that lost its leading zero is no telephone number."""
    with pytest.raises(InvalidValue, match=r"^contact point is not text; allowed: a str$"):
        ContactPoint(ContactKind.PHONE, 2188776655)
