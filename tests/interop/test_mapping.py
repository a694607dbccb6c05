"""Mappings: the shipped ones, those of users, and what is wrong with some."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.cli import main
from salesfunnel.errors import InvalidDefinition, UnreadableFile
from salesfunnel.interop.cells.formats import FileFormat
from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping.mapping import KNOWN, SHIPPED, load_mapping, read_mapping
from salesfunnel.interop.mapping.mapping_checks import mapping_problems
from salesfunnel.interop.mapping.mapping_choice import recognise_mapping
from salesfunnel.interop.mapping.noun_mapping import LONGEST_WORD, key
from tests.interop.examples import MONDAY, a_list


def problems(text: str) -> tuple[str, ...]:
    """Read a faulty mapping and list its faults."""
    with pytest.raises(InvalidDefinition) as refused:
        read_mapping(text, name="own")
    return tuple(map(str, refused.value.problems))


@pytest.mark.parametrize("header", ["E-Mail", "e_mail", "EMAIL", "email ", "Courriel", "ايميل"])
def test_a_header_is_known_in_all_its_spellings(header):
    """Case, accents, signs and Arabic letters make no difference."""
    assert load_mapping("salesfunnel").lead.field_of(header) == "email"


@pytest.mark.parametrize(
    ("field", "headers"),
    [
        ("email", "Primary Email"),
        ("phone", "Primary Phone, Office Phone, Business Phone, Phone Number"),
        ("mobile", "Mobile Phone, Mobile Phone Number, Mobile No."),
        ("job_title", "Designation, Job Position"),
        ("company", "Organization Name, Associated Company, نام سازمان"),
        ("country", "Country/Region, Primary Address Country"),
        ("stage", "وضعیت سرنخ فروش"),
    ],
)
def test_the_labels_of_common_systems_are_known(field, headers):
    """What vtiger, SuiteCRM, Dynamics 365, HubSpot and Odoo write above a column is understood."""
    lead = load_mapping("salesfunnel").lead

    assert {lead.field_of(header) for header in headers.split(", ")} == {field}


def test_a_header_that_is_not_known_has_no_field():
    """Nobody guesses what a column means."""
    assert load_mapping("salesfunnel").lead.field_of("Weather") is None


@pytest.mark.parametrize(("one", "other"), [("✓", "✗"), ("+", "-"), ("?", "✓")])
def test_signs_are_told_apart(one, other):
    """A sign has no letters to fold, and still it is not any other sign."""
    assert key(one) != key(other)


def test_a_mapping_may_be_spelt_with_half_spaces():
    """They belong to Persian spelling, and are no second line."""
    mine = read_mapping('[lead.answers]\nauthority = "تصمیم\u200cگیر"', name="mine")

    assert mine.lead.field_of("تصمیم\u200cگیر") == "answers.authority"


def test_a_long_text_is_no_word():
    """A cell with a whole story is not looked up."""
    stages = load_mapping("salesfunnel").lead

    assert stages.meaning_of("new" + " " * LONGEST_WORD, field="stage") is None
    assert stages.meaning_of("New", field="stage") == "new"


def test_every_stage_and_reason_may_be_given_by_its_own_name():
    """What the library writes it also reads."""
    for section in (load_mapping("salesfunnel").lead, load_mapping("salesfunnel").opportunity):
        for field in ("stage", "reason"):
            for meaning in section.meanings(field):
                assert section.meaning_of(meaning, field=field) == meaning


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_mapping_is_read_once(name):
    """A mapping cannot change, so all share it."""
    assert load_mapping(name) is load_mapping(name)


def test_a_mapping_of_your_own_is_a_file(tmp_path):
    """The name is that of the file, unless it says another."""
    path = tmp_path / "ours.toml"
    path.write_text('\ufeff[format]\ndates = ["%d/%m/%Y"]\n', "utf-8")

    found = load_mapping(path)

    assert (found.name, found.format) == ("ours", FileFormat(dates=("%d/%m/%Y",)))


def test_own_words_come_before_the_usual_ones():
    """A firm whose *Qualified* is a proposal says so; all other words stay as they are."""
    own = read_mapping('[opportunity.values.stage]\nproposal = "Qualified"', name="own")

    assert own.opportunity.meaning_of("qualified", field="stage") == "proposal"
    assert own.opportunity.meaning_of("Gagné", field="stage") == "won"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "is neither a known mapping nor a file"),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (b"#" * 70_000, "is not a mapping: it has over 65,536 bytes"),
    ],
)
def test_what_is_no_mapping_file_is_refused(tmp_path, content, problem):
    """A file that cannot be a mapping is named, with what could be given instead."""
    path = tmp_path / "ours.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(UnreadableFile) as refused:
        load_mapping(path)

    assert (refused.value.file, refused.value.problem) == ("ours.toml", problem)
    assert refused.value.remedy == f"name a TOML file, or one of: {', '.join(KNOWN)}"


def test_a_folder_is_no_mapping(tmp_path):
    """What is no ordinary file is not read, be it endless."""
    with pytest.raises(UnreadableFile, match="is a folder"):
        load_mapping(tmp_path)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[lead.columns", "is not TOML: Expected ']' at the end of a table declaration"),
        ("x = " + "[\n" * 9_000, "is not TOML that can be read: it is nested too deep"),
        ("x = " + "9" * 1_900, "has the unknown name 'x'"),
        ("a" + ".a" * 1_000 + " = 1", "has a line of more than 2,000 letters; break it"),
        ('nmae = "x"', "has the unknown name 'nmae'; did you mean 'name'?"),
        ("weather = 1", "has the unknown name 'weather'; known: "),
        ("name = 7", "name is not a text of one line, at most 40 letters"),
        ('name = "a\\nb"', "name is not a text of one line, at most 40 letters"),
        ("lead = 7", "[lead]: is not a table"),
        ("format = 7", "[format]: is not a table"),
        ('[format]\ndates = "%d"', "[format]: dates is not a list"),
        ('[format]\ndates = ["%d.%m"]', "[format]: dates is not a list"),
        ('[format]\ndates = ["%Y-%m-%d %Q"]', "[format]: dates is not a list"),
        ('[format]\ndates = ["%Y-%m-%d-%d"]', "[format]: dates is not a list"),
        ("[format]\ndecimal_mark = []", "[format]: decimal_mark is neither '.' nor ','"),
        ("[format]\npercent = 1", "[format]: percent is neither true nor false"),
        ("[format]\nday_first = 1", "[format]: day_first is neither true nor false"),
        ('[format]\ncurrency = "euro"', "[format]: currency is neither three capital letters"),
        ("[format]\ncurrency = 7", "[format]: currency is neither three capital letters"),
        ("[lead]\ncolumns = 7", "[lead.columns]: is not a table"),
        (
            '[lead.columns]\nemial = "x"',
            "[lead.columns]: has the unknown name 'emial'; did you me",
        ),
        ("[lead.columns]\nemail = 7", "[lead.columns]: 'email' is neither a text nor a list of te"),
        ("[lead.columns]\nemail = [7]", "[lead.columns]: 'email' is neither a text nor a list of "),
        ('[lead.columns]\nemail = "a\\nb"', "[lead.columns]: 'email' has a text that is too long,"),
        (
            '[lead.columns]\nemail = "Lead Source"\nphone = "lead_source"',
            "[lead.columns]: 'phone' has 'lead_source', which stands for another too",
        ),
        (
            '[lead.details]\nmood = "a"\nrating = "A"',
            "[lead.details]: 'rating' has 'A', which stands for another too",
        ),
        ('[lead.details]\nemail = "a"', "[lead.details]: has the name 'email', which belongs in"),
        ('[lead.details]\n"a b" = "a"', "[lead.details]: has a name that is not a plain word"),
        ('[account.answers]\nneed = "a"', "[account]: has the unknown name 'answers'; known: col"),
        ("[lead]\nvalues = 7", "[lead.values]: is not a table"),
        ('[lead.values.weather]\nnew = "x"', "[lead.values]: has the unknown name 'weather'; know"),
        ('[lead.values.stage]\nnwe = "x"', "[lead.values.stage]: has the unknown name 'nwe'; did"),
        ("[lead.values]\nstage = 7", "[lead.values.stage]: is not a table"),
        ("[lead.values.stage]\nnew = 7", "[lead.values.stage]: 'new' is neither a text nor a lis"),
        (
            '[lead.values.stage]\nnew = "x"\nqualified = "X"',
            "[lead.values.stage]: 'qualified' has 'X', which stands for another too",
        ),
    ],
)
def test_each_fault_of_a_mapping_is_a_sentence(text, problem):
    """Whoever mistypes a mapping reads where, what, and what was probably meant."""
    assert problems(text)[0].startswith(problem)


def test_all_faults_are_told_at_once():
    """Nobody has to mend a mapping fault by fault."""
    assert len(problems('a = 1\n[format]\npercent = 2\n[lead.columns]\nb = "c"')) == 3


def test_a_mapping_that_is_all_faults_is_answered_briefly():
    """Of ten thousand faults the first twenty will do."""
    many = "\n".join(f'x{number} = "a"' for number in range(4_000))

    assert len(problems(f"[lead.columns]\n{many}")) == 20


VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.text(max_size=5), st.just("won")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["name", "format", "lead", "columns", "values", "stage", "email", "dates", "x"]
            ),
            inner,
            max_size=4,
        ),
    ),
)


@given(st.dictionaries(st.sampled_from(["name", "format", "lead", "opportunity", "x"]), VALUES))
def test_the_checks_survive_any_document(document):
    """Whatever stands in a mapping, it is sound or its faults are sentences."""
    assert all(problem.is_error and problem.message for problem in mapping_problems(document))


@given(st.text())
def test_any_text_is_a_mapping_or_says_why_not(text):
    """Nothing but an invalid definition comes of a text that is no mapping."""
    with suppress(InvalidDefinition):
        assert read_mapping(text, name="own").name == "own"


@pytest.mark.parametrize(
    ("header", "kind", "expected"),
    [
        (("Name", "Company"), "lead", "salesfunnel"),
        (("Id", "FirstName", "NumberOfEmployees", "ConvertedAccountId"), "lead", "salesforce"),
        (("Id", "StageName", "CloseDate", "AccountId"), "opportunity", "salesforce"),
        (("Deal", "Stage", "Close value"), "opportunity", "salesfunnel"),
        (("Lead Number", "Last Name", "Company", "Designation", "Lead Status"), "lead", "vtiger"),
        (("Title", "Value", "Status", "Stage", "Won time"), "opportunity", "pipedrive"),
        (("Owner", "Name", "Budget"), "lead", "salesfunnel"),
        (("?",), "lead", "salesfunnel"),
    ],
)
def test_a_file_is_recognised_by_its_headers(header, kind, expected):
    """The mapping that knows most columns is taken, and the plain one where all know the same."""
    assert recognise_mapping(header, kind=kind).name == expected


@pytest.mark.parametrize("name", SHIPPED)
def test_an_export_with_all_columns_is_known_for_what_it_is(name):
    """No mapping that is shipped knows the columns of another system better than its own."""
    own = load_mapping(name)

    for kind, section in (("lead", own.lead), ("opportunity", own.opportunity)):
        assert recognise_mapping(tuple(section.columns), kind=kind).name == name


@pytest.mark.parametrize("rest", ["", "[lead]\nkeep_unknown = true\n"])
def test_a_column_that_a_mapping_misspells_is_told(tmp_path, capsys, rest):
    """The field has none of its headers, and a column of the list is not known."""
    ours = tmp_path / "ours.toml"
    columns = '[lead.columns]\nperson = "Nomm"\nemail = ["Mail", "Courriel"]\ncity = "Lieu"\n'
    ours.write_text(rest + columns, "utf-8")
    path = a_list(tmp_path, [("Nom", "Courriel"), ("Sara", "sara@novin.example")])
    told = [
        "person: the list has no column Nomm; did you mean Nom?",
        "city: the list has no column Lieu",
    ]

    reading = read_leads(path, at=MONDAY, mapping=load_mapping(ours))
    assert [str(column) for column in reading.missing_columns] == told
    for option in ([], ["--json"]):
        assert main(["qualify", str(path), "--mapping", str(ours), *option]) == 0
        printed = capsys.readouterr().out
        assert all(line in printed for line in told)


def test_a_list_of_which_all_is_known_misses_nothing(tmp_path):
    """One mapping may serve several lists; and no list has all that a system exports."""
    path = a_list(tmp_path, [("Nom", "Météo"), ("Sara", "fine")])
    columns = '[lead.columns]\nperson = ["Nom", "Name"]\nemail = "Courriel"\n'
    known = read_mapping(columns + '[lead.details]\nweather = "Météo"', name="ours")
    extends = read_mapping('extends = "salesfunnel"', name="ours")

    for mapping in (known, extends, load_mapping("salesfunnel"), None):
        assert read_leads(path, at=MONDAY, mapping=mapping).missing_columns == ()
