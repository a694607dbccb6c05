"""Files of accounts, and of the people who work there."""

from __future__ import annotations

import pytest

from salesfunnel.accounts import Account
from salesfunnel.errors import UnreadableFile
from salesfunnel.interop import Accepted, Refused, read_accounts, read_opportunities, read_people
from salesfunnel.interop.accounts import named_account
from tests.interop.examples import MONDAY, a_list


def read(reader, folder, *rows, **how):
    """Read a list to its end, whatever becomes of its rows."""
    return list(reader(a_list(folder, rows), at=MONDAY, **how))


def kinds(found):
    """Name what became of each row."""
    return [type(row).__name__ for row in found]


def test_an_account_has_all_that_its_row_tells(tmp_path):
    """Company, place, size, addresses, owner, source; what has no place is a detail."""
    header = (
        *("Account ID", "Account Name", "Employees", "Street", "ZIP", "City", "State", "Country"),
        *("Phone", "Owner", "Source", "Created", "Annual Revenue", "Currency", "Notes"),
    )
    row = (
        *("A7", "Novin Tejarat", "51-200", "Main St 1", "01234", "Springfield", "MA", "USA"),
        *("+1 212 555 0100", "Ani", "exhibition", "2026-01-05", "9000", "EUR", "a good one"),
    )

    ((found,), ()) = (read(read_accounts, tmp_path, header, row), ())

    account = found.entity
    assert (account.id, account.name, account.owner) == ("A7", "Novin Tejarat", "Ani")
    assert (account.company.street, account.company.postal_code) == ("Main St 1", "01234")
    assert (str(account.company.annual_revenue), account.source.value) == (
        *("9,000 EUR", "exhibition"),
    )
    assert account.timeline[0].at.date().isoformat() == "2026-01-05"
    assert account.details == {"note": "a good one"}
    assert Account.replay(account.timeline) == account


def test_a_firm_without_an_id_is_the_one_that_its_deals_name(tmp_path):
    """Deals and people name it in any spelling, with or without the legal form."""
    ((firm,), (deal,), (person,)) = (
        read(read_accounts, tmp_path, ("Company",), ("Novin Tejarat Ltd",)),
        read(
            read_opportunities,
            tmp_path,
            ("Deal", "Account", "Stage"),
            ("7", "novin tejarat", "Won"),
        ),
        read(read_people, tmp_path, ("Name", "Company"), ("Sara Ahmadi", "NOVIN TEJARAT")),
    )

    assert firm.entity.id == deal.entity.account_id == person.entity.account_id


def test_a_parent_is_named_by_id_or_by_name(tmp_path):
    """Which firm stands above is kept, whichever way the file tells it."""
    header = ("Account ID", "Name", "Parent", "Parent ID")
    found = read(
        read_accounts, tmp_path, header, ("1", "Novin", "", "9"), ("2", "Ararat", "Up", "")
    )

    assert [row.entity.parent_id for row in found] == ["9", named_account("UP")]


def test_a_row_without_a_name_is_no_account(tmp_path):
    """An address alone is no firm."""
    (found,) = read(read_accounts, tmp_path, ("Account Name", "City"), ("", "Tehran"))

    assert isinstance(found, Refused)
    assert found.code == "account_row_without_name"


def test_a_file_without_names_of_firms_is_refused(tmp_path):
    """What is read as accounts has a column of names."""
    with pytest.raises(UnreadableFile, match="knows as one of: name"):
        read(read_accounts, tmp_path, ("Weather",), ("fine",))


def test_a_firm_in_two_rows_is_one_account(tmp_path):
    """Later facts are events: another owner, another parent, a further number."""
    header = ("Account ID", "Name", "City", "Owner", "Parent ID", "Phone", "Created")
    found = read(
        read_accounts,
        tmp_path,
        header,
        ("7", "Novin", "Tehran", "Ani", "", "+98 21 8888 0001", "2026-01-05"),
        ("7", "NOVIN", "Shiraz", "Reza", "9", "+98 21 8888 0002", "2026-01-06"),
        ("7", "Novin", "", "", "", "", ""),
        ("8", "Ararat", "", "", "", "", ""),
    )

    account = found[0].entity
    assert kinds(found) == ["Accepted", "Joined", "Repeated", "Accepted"]
    assert (account.name, account.company.city, account.owner, account.parent_id) == (
        *("Novin", "Shiraz"),
        *("Reza", "9"),
    )
    assert len(account.contact_points) == 2
    assert "other_beginning" in {note.code for note in found[1].notes}


def test_an_account_that_is_known_gets_what_is_new(tmp_path):
    """It is found by its id, or by its name where the list has no ids."""
    novin = Account.open(id="A7", name="Novin Ltd", company="Novin Ltd", at=MONDAY)

    by_name = read(read_accounts, tmp_path, ("Name", "City"), ("NOVIN", "Tehran"), known=[novin])
    by_id = read(read_accounts, tmp_path, ("ID", "Name"), ("A7", "Novin Tejarat"), known=[novin])

    assert by_name[0].entity.id == by_id[0].entity.id == "A7"
    assert by_name[0].entity.company.city == "Tehran"
    assert by_id[0].entity.name == "Novin Tejarat"


@pytest.mark.parametrize("reader", [read_accounts, read_people])
def test_national_numbers_are_completed(tmp_path, reader):
    """The country of the list makes one number of two spellings."""
    (found,) = read(reader, tmp_path, ("Name", "Mobile"), ("Novin", "0912 123 4567"), country="IR")

    noun = found.entity if reader is read_accounts else found.entity.person
    assert noun.contact_points[0].key == "+989121234567"


def test_a_person_has_addresses_of_their_own(tmp_path):
    """Name, title, addresses and account; the rest is a detail."""
    header = (
        *("Contact ID", "First Name", "Last Name", "Title", "Account ID", "Email", "City"),
        *("Owner", "Source", "Created"),
    )
    row = (
        *("C1", "Sara", "Ahmadi", "Buyer", "A7", "sara@novin.example", "Tehran"),
        *("Ani", "web", "2026-01-05"),
    )

    (found,) = read(read_people, tmp_path, header, row)

    told = found.entity
    assert (told.id, told.person.id, told.person.name) == ("C1", "C1", "Sara Ahmadi")
    assert (told.person.job_title, told.account_id, told.owner) == ("Buyer", "A7", "Ani")
    assert told.person.contact_points[0].key == "sara@novin.example"
    assert (told.details["city"], told.source.value) == ("Tehran", "web")
    assert told.since.date().isoformat() == "2026-01-05"


def test_a_person_without_an_id_is_told_by_an_address(tmp_path):
    """A mobile number, else name and account; another account makes another person of one name."""
    header = ("Name", "Company", "Mobile", "Title")
    found = read(
        read_people,
        tmp_path,
        header,
        ("Sara Ahmadi", "Novin", "+98 912 123 4567", ""),
        ("sara ahmadi", "Novin", "+98 912 123 4567", "Buyer"),
        ("Sara Ahmadi", "Ararat", "", ""),
        ("Sara Ahmadi", "Ararat", "", ""),
        ("Sara Ahmadi", "Novin", "", ""),
        ("", "Novin", "", ""),
    )

    assert kinds(found) == [
        *("Accepted", "Joined", "Accepted", "Repeated", "Accepted", "Refused"),
    ]
    assert found[0].entity.person.job_title == "Buyer"
    assert found[0].entity.person.name == "Sara Ahmadi"
    assert found[5].code == "row_of_nobody"


def test_a_later_row_of_a_person_stands(tmp_path):
    """Another account, owner and name are news; an address is added."""
    header = ("Contact ID", "Name", "Account ID", "Email", "Owner")
    found = read(
        read_people,
        tmp_path,
        header,
        ("C1", "Sara Ahmadi", "A7", "sara@novin.example", "Ani"),
        ("C1", "Sara Karimi", "A8", "sara@ararat.example", "Reza"),
    )

    told = found[0].entity
    assert isinstance(found[0], Accepted)
    assert (told.person.name, told.account_id, told.owner) == ("Sara Karimi", "A8", "Reza")
    assert len(told.person.contact_points) == 2
