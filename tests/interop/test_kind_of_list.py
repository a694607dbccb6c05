"""Which kind of list a file is, told by its columns, or in doubt."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from salesfunnel.cli.convert_options import KINDS as TYPED
from salesfunnel.errors import UnreadableFile
from salesfunnel.interop.mapping.kind_of_list import KINDS, kind_of_list
from salesfunnel.interop.mapping.mapping import read_mapping

EXPORTS = sorted((Path(__file__).parent / "exports").glob("*.csv"))


IN_DOUBT = {
    "salesfunnel_accounts": "leads or of accounts",
    **dict.fromkeys(
        ["hubspot_contacts", "pipedrive_contacts", "salesfunnel_contacts", "suitecrm_contacts"],
        "leads or of contacts",
    ),
}
"""Lists of people or firms of which nothing is known that a lead has not."""


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.stem)
def test_the_kind_of_an_export_is_told_or_in_doubt(path):
    """No export is taken for another kind."""
    if path.stem in IN_DOUBT:
        with pytest.raises(UnreadableFile, match=IN_DOUBT[path.stem]):
            kind_of_list(path)
    else:
        assert kind_of_list(path) == path.stem.partition("_")[2]


def test_a_mapping_of_your_own_tells_the_kind():
    """Its columns count, and a header that it gives itself."""
    own = read_mapping('[account.columns]\nname = "Kunde"', name="own")
    bare = read_mapping('header = ["N", "S"]\n[opportunity.columns]\nstage = "S"', name="bare")

    assert kind_of_list(StringIO("Kunde\nNovin"), mapping=own) == "accounts"
    assert kind_of_list(StringIO("Pumps,Won"), mapping=bare) == "deals"


def test_a_mapping_of_formats_alone_leaves_the_kind_to_the_columns():
    """As it does when the list is read: it is laid over the mapping that is recognised."""
    formats = read_mapping("[format]\nday_first = true", name="formats")

    assert kind_of_list(StringIO("Deal,Stage,Amount\nPumps,Won,7"), mapping=formats) == "deals"
    with pytest.raises(UnreadableFile, match="no columns by which"):
        kind_of_list(StringIO("Weather\nfine"), mapping=formats)


def test_headers_that_are_known_by_their_words_tell_a_kind_too():
    """Where no other kind knows a column by its name."""
    assert kind_of_list(StringIO("your-name,Badge Company,Any message\nSara,Novin,hi")) == "leads"


def test_a_list_below_a_title_has_its_kind():
    """The header is looked for as it is when the list is read."""
    title = "Deals of May,,\n\nDeal,Stage,Amount\nPumps,Won,7"

    assert kind_of_list(StringIO(title)) == "deals"


def test_what_may_be_two_kinds_is_in_doubt():
    """A person with a phone may be a lead as well as a contact."""
    with pytest.raises(UnreadableFile, match="leads or of contacts; say which"):
        kind_of_list(StringIO("First name,Last name,Phone\nSara,A,1"))


@pytest.mark.parametrize("text", ["Weather,Wind\nfine,west", "a\n1"])
def test_a_list_of_nothing_that_is_known_is_told(text):
    """No column tells what it is about."""
    with pytest.raises(UnreadableFile, match="no columns by which it is a list of leads, deals"):
        kind_of_list(StringIO(text))


def test_the_command_knows_the_same_kinds():
    """They are listed apart, so that the command line starts quickly."""
    assert tuple(KINDS) == TYPED
