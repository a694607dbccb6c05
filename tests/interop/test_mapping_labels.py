"""The headers of a mapping in several languages, what it demands, and the word for each meaning."""

from __future__ import annotations

from itertools import chain

import pytest

from salesfunnel.errors import InvalidDefinition, InvalidValue
from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping.mapping import SHIPPED, load_mapping, read_mapping
from salesfunnel.interop.mapping.mapping_choice import recognise_mapping
from salesfunnel.interop.mapping.noun_mapping import key
from tests.interop.examples import MONDAY, a_list, sorted_out

TWO_LANGUAGES = """
[lead]
required = ["family_name", "rank"]
lists = ["More phones"]
[lead.columns]
family_name = ["Last Name", "Surname"]
phone = ["Phone", "More phones"]
[lead.details]
rank = "Rank"
[lead.labels.fr]
family_name = "Nom"
rank = "Rang"
[lead.values.source]
exhibition = ["Trade Show", "Fair"]
web = "Web Site"
"""


def faults(text: str) -> str:
    """Read a faulty mapping and tell its faults."""
    with pytest.raises(InvalidDefinition) as refused:
        read_mapping(text, name="own")
    return str(refused.value)


def test_a_label_of_any_language_is_read():
    """A French export needs no other mapping than an English one."""
    lead = read_mapping(TWO_LANGUAGES, name="own").lead

    assert (lead.field_of("Nom"), lead.field_of("Last Name")) == ("family_name", "family_name")
    assert (lead.field_of("RANG"), lead.field_of("Rank")) == ("details.rank", "details.rank")


def test_a_mapping_knows_its_headers_as_they_are_written():
    """What is written has the capitals and blanks of the system."""
    lead = read_mapping(TWO_LANGUAGES, name="own").lead

    assert lead.headers["family_name"] == ("Last Name", "Surname")
    assert lead.headers["phone"] == ("Phone", "More phones")
    assert (lead.required, lead.lists) == (
        (("family_name",), ("details.rank",)),
        {"More phones"},
    )
    assert dict(lead.told["source"]) == {"exhibition": "Trade Show", "web": "Web Site"}


def test_a_mapping_can_be_written_in_another_language():
    """A field without a label in it keeps its header; all is read as before."""
    own = read_mapping(TWO_LANGUAGES, name="own")

    french = own.labelled("fr")

    assert (own.variants, french.name) == (("fr",), "own.fr")
    assert french.lead.headers["family_name"] == ("Nom",)
    assert french.lead.headers["details.rank"] == ("Rang",)
    assert french.lead.headers["phone"] == ("Phone", "More phones")
    assert french.lead == own.lead


def test_a_variant_is_loaded_by_its_name():
    """The system, a dot, and the language."""
    assert load_mapping("vtiger.fa").lead.headers["company"] == ("شرکت",)
    assert load_mapping("vtiger.api").lead.headers["family_name"] == ("lastname",)


def test_a_language_that_a_mapping_lacks_is_refused():
    """The message names those that it has."""
    with pytest.raises(InvalidValue, match=r"'de' is not one .* vtiger .*api, fa, fr"):
        load_mapping("vtiger.de")
    with pytest.raises(InvalidValue, match="none"):
        read_mapping("", name="own").labelled("fr")


def test_a_mapping_that_extends_another_may_add_labels_of_its_own():
    """A field of one's own gets a French header; those of the base stay."""
    own = read_mapping(
        'extends = "vtiger"\n[lead.details]\nzone = "Zone"\n'
        '[lead.labels.fr]\nzone = "Secteur de vente"\nrating = "Cote"',
        name="own",
    )

    french = own.labelled("fr").lead

    assert french.headers["details.zone"] == ("Secteur de vente",)
    assert french.headers["company"] == ("Société",)
    assert (french.field_of("Cote"), french.field_of("Note")) == ("details.rating",) * 2


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[lead.labels.fr]\ncompagny = "X"', "did you mean 'company'"),
        ("[lead.labels]\nfr = 3", "is not a table"),
        ('[lead.labels."f r"]\nid = "X"', "not a short plain word"),
        ('[lead.labels.fr]\nid = "X"\nnote = "x"', "stands for another too"),
        ('[lead.columns]\nid = "X"\n[lead.labels.fr]\nnote = "x"', "stands for another too"),
        ("[lead.labels.fr]\nid = 3", "neither a text nor a list of texts"),
        ("[lead]\ncolumns = 3\n[lead.labels.fr]\nid = 'X'", "is not a table"),
        ("[lead.columns]\nid = 3\n[lead.labels.fr]\nid = 'X'", "neither a text nor a list"),
        ('[lead]\nrequired = "id"', "required is not a list of fields"),
        ("[lead]\nlists = [1]", "lists is not a list of texts"),
        ('[lead]\nlists = ["Phnes"]\n[lead.columns]\nphone = "Phones"', "did you mean 'Phones'"),
        ('[lead]\nlists = ["Phones"]', "lists: has the unknown name 'Phones'; known: "),
        ('extends = "vtiger"\n[lead]\nrequired = ["stages"]', "did you mean 'stage'"),
        ('extends = "vtiger"\n[lead.spellings]\ncompagny = "X"', "did you mean 'company'"),
        ('extends = "vtiger"\n[lead.labels.fr]\ncompagny = "X"', "did you mean 'company'"),
        ('[format]\nday_numbers = ["catpured"]', "did you mean 'captured'"),
        ('[lead]\nrequired = ["stages"]', "did you mean 'stage'"),
        ('[lead]\nrequired = [["email", "stages"]]', "did you mean 'stage'"),
        ('[lead]\nrequired = [[["email"]]]', "required is not a list of fields"),
        ("[lead]\nrequired = [7]", "required is not a list of fields"),
        ('[lead.fills]\nstages = "New"', "did you mean 'stage'"),
        ('[lead.fills]\nstage = ["compagny"]', "did you mean 'company'"),
        ("[lead.fills]\nstage = [7]", "too long, or not on one line"),
        ('[lead.defaults]\nstage = ["company"]', "too long, or not on one line"),
        ("[lead]\nlabels = 3", "is not a table"),
        ("[lead]\nspellings = 3", "is not a table"),
        ('[lead.spellings]\ncompagny = "X"', "did you mean 'company'"),
        ('[lead.columns]\nid = "X"\n[lead.spellings]\nnote = "x"', "stands for another too"),
    ],
)
def test_what_is_wrong_with_labels_is_told(text, fault):
    """Each fault is found when the mapping is read, with its place."""
    assert fault in faults(text)


@pytest.mark.parametrize("name", SHIPPED)
def test_what_a_system_demands_it_has_a_column_for(name):
    """What cannot be written cannot be demanded; and each label belongs to a column."""
    mapping = load_mapping(name)
    for kind in ("lead", "opportunity", "account", "person", "activity"):
        noun = getattr(mapping, kind)
        labelled = {field for labels in noun.labels.values() for field in labels}

        assert {*chain.from_iterable(noun.required), *labelled} <= noun.headers.keys()
        assert noun.lists <= {header for found in noun.headers.values() for header in found}


@pytest.mark.parametrize("name", SHIPPED)
def test_each_header_of_a_system_stands_for_one_field(name):
    """In every language: what is written under a header is read under its field again."""
    mapping = load_mapping(name)
    for variant in (mapping, *map(mapping.labelled, mapping.variants)):
        for kind in ("lead", "opportunity", "account", "person", "activity"):
            noun = getattr(variant, kind)
            for field, headers in noun.headers.items():
                for header in headers:
                    found = (noun.field_of(header), noun.also.get(key(header)))
                    assert field in found, (variant.name, kind, header)


@pytest.mark.parametrize("variant", ["vtiger.fr", "vtiger.fa"])
def test_an_export_in_another_language_needs_no_mapping_to_be_named(tmp_path, variant):
    """The labels of the language tell the system."""
    headers = load_mapping(variant).lead.headers
    fields = ("id", "given_name", "family_name", "company", "email", "stage", "captured", "owner")
    header = [headers[field][0] for field in fields]
    row = ["L1", "Sara", "Ahmadi", "Novin", "s@n.example", "Hot", "2026-01-05", "Ani"]

    reading = read_leads(a_list(tmp_path, [header, row]), at=MONDAY)

    (found,), refused = sorted_out(reading)
    lead = found.entity
    assert (reading.mapping.name, refused) == ("vtiger", [])
    assert (lead.id, lead.stage, lead.owner) == ("L1", "contacted", "Ani")
    assert (lead.person.name, lead.company.name) == ("Sara Ahmadi", "Novin")


@pytest.mark.parametrize(
    "header",
    [("Nom", "Prénom", "Société", "Ville"), ("نام خانوادگی", "شرکت", "تلفن همراه", "شهر")],
)
def test_a_plain_list_in_another_language_stays_plain(header):
    """Words that anybody writes above a column prove no system."""
    assert recognise_mapping(header, kind="lead").name == "salesfunnel"


def test_what_a_mapping_names_itself_is_written_so():
    """Its own header is that of its own file, whatever the mapping it extends would write."""
    own = read_mapping('extends = "salesfunnel"\n[lead.columns]\ncompany = "Kunde"', name="own")

    assert own.lead.headers["company"] == ("Kunde",)
    assert own.lead.headers["email"] == ("Email", "Email 2", "Email 3")


def test_a_plain_list_is_written_in_four_languages():
    """English unless another is named."""
    assert load_mapping("salesfunnel").lead.headers["company"] == ("Company",)
    assert load_mapping("salesfunnel.hy").lead.headers["company"] == ("Ընկերություն",)
    assert load_mapping("salesfunnel").variants == ("en", "fa", "fr", "hy")


def test_the_lists_of_faradis_are_persian_and_have_to_be_named():
    """No header proves them, since any Persian list has the same."""
    faradis = load_mapping("faradis")

    assert (faradis.format.calendar, faradis.format.currency) == ("jalali", "toman")
    assert faradis.lead.headers["id"] == ("کد پیگیری",)
    assert faradis.lead.headers["website"] == ("وب‌سایت",)
    header = tuple(faradis.lead.headers[field][0] for field in ("id", "person", "company"))
    assert recognise_mapping(header, kind="lead").name == "salesfunnel"


def test_a_mapping_may_extend_one_that_extends_another():
    """Its own come first, then those of Faradis, then those of any Persian list."""
    own = read_mapping('extends = "faradis"\n[lead.details]\ncolour = "رنگ"', name="own")

    assert own.lead.field_of("رنگ") == "details.colour"
    assert own.lead.field_of("کد پیگیری") == "id"
    assert own.lead.field_of("Courriel") == "email"
    assert (own.format.currency, own.lead.headers["id"][0]) == ("toman", "کد پیگیری")


@pytest.mark.parametrize("text", ['language = "de"', "language = 3", 'language = ["en"]'])
def test_a_language_without_labels_is_a_fault(text):
    """A file cannot be written in a language that its mapping does not have."""
    assert "language is not one of its labels: none" in faults(text)


def test_another_spelling_is_read_and_never_written():
    """Of phones each header is a column of its own, so an old spelling stands apart."""
    own = read_mapping(
        '[lead.columns]\nphone = ["Phone", "Phone 2"]\n[lead.spellings]\nphone = "Tel."', name="own"
    )

    assert own.lead.field_of("TEL.") == "phone"
    assert own.lead.headers["phone"] == ("Phone", "Phone 2")
    assert own.variants == ()
