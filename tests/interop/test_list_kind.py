"""What a list seems to be: one of another kind is told, and not read as what it is not."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.cli import main
from salesfunnel.errors import UnreadableFile
from salesfunnel.interop.inputs.inputs import read_records
from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping.list_kind import another_kind
from salesfunnel.interop.mapping.mapped_columns import MappedColumns
from salesfunnel.interop.mapping.mapping import load_mapping, read_mapping
from salesfunnel.interop.mapping.mapping_choice import mapping_of_kind
from salesfunnel.interop.mapping.mapping_draft import draft_mapping
from salesfunnel.interop.opportunities import read_opportunities
from salesfunnel.interop.stage_lines import read_stage_history
from tests.interop.examples import MONDAY, sorted_out
from tests.interop.good_exports import GOOD
from tests.interop.workbooks import a_workbook

STAGES = ("Meeting", "Proposal", "Negotiation", "Won")

HISTORY = (
    "lead_id,stage,entered_at,exited_at\n1,new,2026-01-05,2026-01-06\n1,contacted,2026-01-06,\n"
)
CHANGES = (
    "Id,OpportunityId,StageName,Amount,ExpectedRevenue,CloseDate,CreatedDate\n"
    "008,006,Qualification,15000,1500,2027-01-27,2026-02-23\n"
    "009,006,Proposal,15000,1500,2027-01-27,2026-03-23\n"
    "010,007,Proposal,15000,1500,2027-01-27,2026-03-23\n"
    "011,008,Proposal,15000,1500,2027-01-27,2026-03-23\n"
)
LONG = (
    "Lead Number,Salutation,First Name,Last Name,Company,Designation,Primary Email,Primary Phone,"
    "Fax,Website,City,Country,Industry,Annual Revenue,Lead Source,Lead Status,Campaign Source\n"
    "1,Ms,Sara,Ahmadi,Novin,,,,,,,,,,,New,\n"
)
DEALS = "Deal ID,Company,Stage,Amount,Close Date\n1,Novin,Proposal,100,2026-05-01\n"
LEADS = "Name,Email,Phone,Status\nSara,s@x.example,021 88880000,New\n"
PASSENGERS = (
    "PassengerId,Survived,Pclass,Name,Sex,Age,SibSp,Parch,Ticket,Fare,Cabin,Embarked\n"
    "1,0,3,Owen Harris,male,22,1,0,A/5 21171,7.25,,S\n"
)
CALLS = "Subject,Activity Type,Status,Due Date,Related To\nHello,Call,Done,2026-05-01,Pumps\n"
ROLES = "name,roleName,object,canRead,canWrite\nperm.all,Admin,User,true,true\n"
PRODUCTS = "id,name,price,stock\n1,Pump,100,7\n"
TICKETS = "Id,Status,Assignee,Severity,Component,Fixed\n1,Open,Sara,high,pumps,no\n"


@pytest.mark.parametrize(
    ("reader", "text", "problem"),
    [
        (read_leads, HISTORY, "seems to be a list of stages over time, not of leads"),
        (read_opportunities, HISTORY, "seems to be a list of stages over time, not of deals"),
        (read_opportunities, CHANGES, "seems to be a list of stages over time, not of deals"),
        (read_opportunities, LONG, "seems to be a list of leads, not of deals"),
        (read_leads, DEALS, "seems to be a list of deals, not of leads: it has Deal ID, Amount"),
        (read_opportunities, LEADS, "seems to be a list of leads, not of deals: it has Email"),
        (read_leads, CALLS, "seems to be a list of activities, not of leads: it has"),
        (read_leads, ROLES, "seems to be no list of leads: of its 5 columns only name"),
        (read_leads, PASSENGERS, "seems to be no list of leads: of its 12 columns only Name"),
        (read_leads, PRODUCTS, "seems to be no list of leads: of its 4 columns only"),
        (read_opportunities, TICKETS, "seems to be no list of deals: of its 6 columns only"),
    ],
)
def test_a_list_of_another_kind_is_told(reader, text, problem):
    """What it seems to be is said with the columns by which one sees it, and what to do."""
    with pytest.raises(UnreadableFile, match=problem) as refused:
        reader(io.StringIO(text), at=MONDAY)

    assert "name a mapping" in refused.value.remedy


@pytest.mark.parametrize(("command", "text"), [("qualify", DEALS), ("report", LEADS)])
def test_a_command_ends_with_status_2_for_another_kind(tmp_path, capsys, command, text):
    """A script sees that nothing was read, unless it named a mapping."""
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")

    assert main([command, str(path)]) == 2
    assert "seems to be a list of" in capsys.readouterr().err
    assert main([command, str(path), "--mapping", "salesfunnel"]) == 0


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        (read_leads, "Name,Weather\nSara Ahmadi,fine\n"),
        (read_leads, "Name,Company,Stage,Expected Revenue,Email\nSara,Novin,New,9,s@x.example\n"),
        (read_leads, "Full name,Booth,Day,Badge\nSara Ahmadi,7,2,green\n"),
        (read_leads, "Company,City,Country,Website\nNovin,Tehran,Iran,novin.example\n"),
        (read_opportunities, "Deal,Stage,Contact Email,Contact Phone\nPumps,Won,s@x.example,021\n"),
        (read_opportunities, "Stage,Colour,Size\nWon,red,7\n"),
    ],
)
def test_what_may_be_such_a_list_is_read(reader, text):
    """A column that only such a list has is enough, as is a list of few columns."""
    accepted, refused = sorted_out(reader(io.StringIO(text), at=MONDAY))

    assert (len(accepted), refused) == (1, [])


@pytest.mark.parametrize(
    ("reader", "header", "seems"),
    [
        (read_opportunities, "Deal ID,Stage,Entered", "stages over time, not of deals: it has En"),
        (read_opportunities, "ID,Stage,Since,Owner", "stages over time, not of deals"),
        (read_opportunities, "Deal ID,Stage,Changed on,By", "stages over time, not of deals"),
        (read_leads, "ID,Stage,Entered", "stages over time, not of leads"),
        (read_stage_history, "Lead ID,Name,Company,Created,Status", "leads, not of stages over"),
        (read_stage_history, "Name,Email,Phone,Company", "leads, not of stages over time"),
        (read_stage_history, "Subject,Type,Status,Date,Due Date", "activities, not of stages over"),
        (read_stage_history, "Deal ID,Deal name,Stage,Created", "deals, not of stages over time"),
    ],
)
@pytest.mark.parametrize("row", [["7", "Won", "2026-03-02", "", ""], None])
def test_what_stands_in_the_place_of_another_list_is_refused(reader, header, seems, row):
    """Leads, deals and histories are told apart by their columns, also where there is no row."""
    width = header.count(",") + 1
    text = header + "\n" + (",".join(row[:width]) if row else "")
    more = {} if reader is read_stage_history else {"at": MONDAY}

    with pytest.raises(UnreadableFile, match=f"seems to be a list of {seems}"):
        reader(io.StringIO(text), **more)


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=6),
    st.sampled_from(["Date", "Created", "Created at"]),
)
def test_one_id_in_several_stages_makes_a_history(lengths, day):
    """Where the columns may be of deals or of their history, the rows decide."""
    ways = [f"D{n},{stage},2026-03-02" for n, many in enumerate(lengths) for stage in STAGES[:many]]
    text = "\n".join([f"Deal ID,Stage,{day}", *ways])
    moves = sum(lengths) - len(lengths)

    try:
        list(read_opportunities(io.StringIO(text), at=MONDAY))
        is_history = False
    except UnreadableFile as error:
        is_history = error.text.code == "another_kind_of_list"

    assert is_history == (3 * moves >= sum(lengths))
    assert len(list(read_stage_history(io.StringIO(text)))) == len(ways)


MAY_STAND_BESIDE = ("Lead ID", "Owner", "Source", "Expected close", "Note", "Currency", "Lead")


@given(
    st.lists(st.sampled_from(STAGES), min_size=1, max_size=4),
    st.lists(st.sampled_from(MAY_STAND_BESIDE), unique=True),
    st.sampled_from(["Created,Amount", "Date", "Date,Value", "Created at,Amount", "Created"]),
    st.sampled_from(["Deal ID", "ID", "Opportunity ID", "ID,Deal ID"]),
    st.randoms(use_true_random=False),
)
def test_deals_of_which_each_is_named_once_are_deals(stages, others, values, ids, mixed):
    """Also where several are of one lead: no list of deals is refused as a history."""
    names = [*ids.split(","), "Stage", *values.split(","), *others]
    mixed.shuffle(names)
    day = values.partition(",")[0]
    always = {"Lead ID": "L1", "Lead": "L1", "Owner": "Ani", day: "2026-03-02", "Amount": "7"}
    rows = [
        [{"Stage": stage, **always}.get(name, f"D{n}" if "ID" in name else "") for name in names]
        for n, stage in enumerate(stages)
    ]
    text = "\n".join(map(",".join, [names, *rows]))

    assert len(list(read_opportunities(io.StringIO(text), at=MONDAY))) == len(stages)
    assert "[history.columns]" not in draft_mapping(io.StringIO(text))


@pytest.mark.parametrize(
    "more", ["Closed", "Lead ID", "Deal name", "Outcome", "Loss reason", "Source", "Source,Closed"]
)
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("id", ["ID", "Deal ID"])
def test_deals_are_no_history_of_theirs(more, count, id):
    """What only a deal has, and no deal twice, makes no lines of a history."""
    beside = ",x" * (more.count(",") + 1)
    rows = [f"D{n},Won,5 EUR,2026-03-02{beside}" for n in range(count)]
    text = "\n".join([f"{id},Stage,Amount,Created,{more}", *rows])

    with pytest.raises(UnreadableFile, match="a list of deals, not of stages over time"):
        read_stage_history(io.StringIO(text))


@pytest.mark.parametrize("turned", [1, -1])
def test_each_place_takes_the_sheet_of_its_kind(turned):
    """One workbook may hold all lists, in any order, under a mapping of one's own too."""
    sheets = {
        "Cover": [["Sales of the fair"]],
        "Leads": [["Lead ID", "Name", "Email", "Created", "Status"], ["1", "S", "", "", "New"]],
        "Deals": [["Deal ID", "Deal name", "Stage", "Created"], ["7", "P", "Won"]],
        "History": [["ID", "Stage", "Entered"], ["7", "Won", "2026-03-02"]],
    }
    book = a_workbook(**{name: sheets[name] for name in [*sheets][::turned]})
    own = read_mapping('extends = "salesfunnel"\n[lead.columns]\nperson = "Nm"', name="own")
    for mapping in (None, own, load_mapping("salesfunnel")):
        found = {
            "Leads": read_leads(io.BytesIO(book), at=MONDAY, mapping=mapping),
            "Deals": read_opportunities(io.BytesIO(book), at=MONDAY, mapping=mapping),
            "History": read_stage_history(io.BytesIO(book), mapping=mapping),
        }

        assert {name: reading.how["sheet"] for name, reading in found.items()} == {
            name: name for name in found
        }


def test_a_mapping_of_ones_own_is_no_word_for_another_kind():
    """It knows of each kind what it knows: a history is none of deals, unless it says so."""
    own = read_mapping('extends = "salesfunnel"\n[lead.columns]\nperson = "Nm"', name="own")
    theirs = read_mapping('[opportunity.columns]\nid = "Deal ID"\nstage = "Stage"', name="theirs")
    text = "Deal ID,Stage,Entered\n7,Won,2026-03-02\n"

    with pytest.raises(UnreadableFile, match="stages over time, not of deals"):
        read_opportunities(io.StringIO(text), at=MONDAY, mapping=own)
    for mapping in (theirs, load_mapping("salesfunnel")):
        assert len(list(read_opportunities(io.StringIO(text), at=MONDAY, mapping=mapping))) == 1


@pytest.mark.parametrize("export", GOOD, ids=lambda export: export.name)
def test_no_export_of_leads_or_deals_is_a_history(export):
    """No line of them is accepted as one, and each is still what it is."""
    written = export.written(export.rows())

    with pytest.raises(UnreadableFile):
        read_stage_history(io.BytesIO(written))
    assert export.reader(io.BytesIO(written), at=MONDAY).columns.places


def test_lines_that_name_their_deal_are_a_history_where_it_moves():
    """Its columns may be those of deals: the same deal in several stages makes it none."""
    text = (
        "Deal ID,Deal name,Stage,Created\n7,P,Meeting,2026-01-05\n,,,\n,,Won,\n7,P,Won,2026-02-02\n"
    )

    accepted, refused = sorted_out(read_stage_history(io.StringIO(text)))

    assert [found.entity.stage for found in accepted] == ["Meeting", "Won"]
    assert len(refused) == 1


def test_lists_of_other_kinds_are_not_judged():
    """Who asks for a list of accounts gets it read."""
    records = read_records(io.StringIO(DEALS))
    columns = MappedColumns(records.header, mapping_of_kind(load_mapping("salesfunnel"), "account"))

    assert another_kind(records, columns, "account") is None


@pytest.mark.parametrize(
    "text",
    [
        "Sara Ahmadi,Novin,phone,exhibition\nAni P,Ararat,mobile,website\n",
        "Sara Ahmadi,s@x.example,phone\nAni P,a@x.example,phone\n",
        "Sara Ahmadi,0912 123 4567\n",
        "09121234567,Novin\n09121234568,Ararat\n",
    ],
)
def test_a_first_entry_is_no_header(text):
    """No lead is swallowed as the names of columns; the sentence says what is missing."""
    with pytest.raises(UnreadableFile, match="seems to begin without names of columns"):
        read_leads(io.StringIO(text), at=MONDAY)


@pytest.mark.parametrize("groups", ["Contact,,Company,,", "Visitor,,,Company,", "Name,,,,"])
def test_the_names_of_groups_of_columns_are_no_header(groups):
    """The row below them is: it is wider, and more of it is known."""
    rows = io.StringIO(
        f"{groups}\nName,Phone,Email,Company,City\nSara,021 8877 6655,,Novin,Tehran\n"
    )

    reading = read_leads(rows, at=MONDAY)
    (found,) = reading

    assert (reading.header_row, found.entity.person.name) == (2, "Sara")
    assert (found.entity.company.name, found.entity.company.city) == ("Novin", "Tehran")


def test_a_row_as_wide_as_the_header_is_data():
    """Unknown names of columns do not make a header of the first entry."""
    text = "Kunde,Bevorzugter Kanal,Alternativ\nSara Ahmadi,Email,Phone\nAni P,Phone,Email\n"

    with pytest.raises(UnreadableFile, match="has no column that the mapping"):
        read_leads(io.StringIO(text), at=MONDAY)


def test_a_column_of_numbers_may_hold_words():
    """A list of names and numbers stays one when nobody gave a number."""
    (lead,), () = sorted_out(read_leads(io.StringIO("Name,Phone\nSara,call me\n"), at=MONDAY))

    assert lead.entity.person.name == "Sara"


def test_a_list_of_deals_that_is_named_one_of_leads_is_read_as_such():
    """Whoever names a mapping is believed: what is missing is said, not what the list seems."""
    text = "Deal,Amount\n1,100\n"

    with pytest.raises(UnreadableFile, match="has no column that the mapping salesfunnel knows"):
        read_leads(io.StringIO(text), at=MONDAY, mapping=load_mapping("salesfunnel"))


def test_a_header_of_which_all_is_known_is_one_whatever_stands_below():
    """A cell that is no address is odd, and makes the first row no entry."""
    found = list(read_leads(io.StringIO("email\nSara\n"), at=MONDAY))

    assert [str(row) for row in found] == [
        "row 2: names no person, company, address or id; fill one of these columns"
    ]


@pytest.mark.parametrize(
    "words", [["new"], ["New", "Working"], ["جدید"], ["qualified", ""], ["Converted", "Lost"]]
)
@pytest.mark.parametrize("header", ["Name,Company,Status", "Nom,Société,Statut"])
def test_leads_are_told_by_the_words_of_their_status(header, words):
    """Where each column may be of leads, words of leads make no deals in their first stage."""
    before = header.count(",")
    rows = [",".join([f"a{n}"] * before + [word]) for n, word in enumerate(words)]
    text = "\n".join([header, *rows])

    with pytest.raises(UnreadableFile, match="seems to be a list of leads, not of deals"):
        read_opportunities(io.StringIO(text), at=MONDAY)
    plain = load_mapping("salesfunnel")
    assert len([*read_opportunities(io.StringIO(text), at=MONDAY, mapping=plain)]) == len(words)


@pytest.mark.parametrize("words", [["Won"], ["open", "lost"], ["Proposal", "new"], ["", "odd"], []])
def test_a_word_of_deals_alone_or_of_how_they_stand_makes_deals(words):
    """A list of three plain columns is one of deals where its words are."""
    rows = [f"a{n},Novin,{word}" for n, word in enumerate(words)]
    reading = read_opportunities(io.StringIO("\n".join(["Name,Company,Status", *rows])), at=MONDAY)

    assert [row.row for row in reading] == [number for number, _ in enumerate(words, start=2)]


AMOUNTS = ("Amount", "Expected Revenue", "Deal value", "مبلغ")


@pytest.mark.parametrize("amount", AMOUNTS)
@pytest.mark.parametrize(
    ("header", "words", "kind"),
    [
        ("First Name,Last Name,Email", ["New", "Assigned"], "leads"),
        ("Name,Email,Account Name", ["In Process", ""], "leads"),
        ("Name,Email,Account Name", ["New", ""], "deals"),
        ("Name,Email,Account Name", ["Hot", "Won"], "deals"),
        ("Name,Account Name,Owner", ["Assigned", "New"], "deals"),
    ],
)
def test_the_amount_of_a_deal_that_may_come_makes_no_deals(header, words, kind, amount):
    """Where other columns, and words that no deal has, tell leads; in doubt it makes deals."""
    rows = [f"a,b,c,{word},50" for word in words]
    text = "\n".join([f"{header},Status,{amount}", *rows])
    if kind == "leads":
        with pytest.raises(UnreadableFile, match="a list of leads, not of deals"):
            read_opportunities(io.StringIO(text), at=MONDAY)
    else:
        assert len([*read_opportunities(io.StringIO(text), at=MONDAY)]) == len(words)


@pytest.mark.parametrize("names", ["First Name,Last Name", "Name,Email Address"])
@pytest.mark.parametrize("word", ["New", "Recycled", "Dead"])
def test_leads_of_suitecrm_keep_the_amount_of_their_deal(word, names):
    """They have a column for it, and are no deals for that."""
    header = f"{names},Account Name,Status,Opportunity Amount,Lead Source"
    text = f"{header}\nSara,a@b.example,Novin,{word},5000,Web Site\n"

    with pytest.raises(UnreadableFile, match="a list of leads, not of deals"):
        read_opportunities(io.StringIO(text), at=MONDAY)
    (lead,), () = sorted_out(read_leads(io.StringIO(text), at=MONDAY))
    assert lead.entity.details["opportunity_amount"] == "5000"
