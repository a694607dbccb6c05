"""Lists that nobody on this project wrote: all of them are read, and no row is lost."""

from __future__ import annotations

import csv
import json

import pytest

from salesfunnel.errors import UnreadableFile
from salesfunnel.interop.inputs.inputs import read_records
from salesfunnel.interop.rows.records import Record
from salesfunnel.interop.rows.row_fault import Refused
from tests.real_files import files_in

SOUND = {
    "salesforce_org/Lead.csv": (28, 22),
    "salesforce_org/OpportunityHistory.csv": (13, 48),
    "salesforce_wide/Lead.csv": (55, 60),
    "salesforce_wide/Opportunity.csv": (35, 50),
    "axelor_fr_en/demo/fr/crm_lead.csv": (28, 30),
    "maven_pipeline/sales_pipeline.csv": (8, 8_800),
    "atomic_contacts/contacts.csv": (24, 500),
    "csvkit_samples/realdata/ks_1033_data.csv": (14, 1_575),
}


@pytest.mark.parametrize("name", SOUND)
def test_exports_of_real_crms_are_read_whole(real_data, name):
    """Each row of a real export arrives, as wide as its header."""
    leads = read_records(real_data / name)
    found = list(leads)

    assert (len(leads.header), len(found)) == SOUND[name]
    assert all(isinstance(row, Record) for row in found)


@pytest.mark.parametrize(
    "folder", ["salesforce_org", "salesforce_wide", "axelor_fr_en", "maven_pipeline"]
)
def test_exports_are_read_as_the_standard_library_reads_them(real_data, folder):
    """Where the standard library is told encoding and delimiter, both read the same cells."""
    for path in files_in(real_data / folder, "*.csv"):
        leads = read_records(path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            _, *expected = csv.reader(file, delimiter=leads.input.delimiter)

        assert [row.cells for row in leads if isinstance(row, Record)] == [
            tuple(row) for row in expected if any(cell.strip() for cell in row)
        ]


def test_the_spectrum_of_csv_is_read_as_its_authors_meant(real_data):
    """Every dialect of csv-spectrum gives the rows that its authors wrote down."""
    for path in files_in(real_data / "csv_spectrum" / "csvs", "*.csv"):
        if path.stem == "location_coordinates":  # its answer holds another telephone number
            continue
        expected = json.loads(
            (real_data / f"csv_spectrum/json/{path.stem}.json").read_text("utf-8")
        )
        leads = read_records(path)
        found = [dict(zip(leads.header, row.cells, strict=True)) for row in leads]

        # The line ends of the files, unlike those of the answers, were normalised to LF.
        assert found == json.loads(json.dumps(expected).replace("\\r\\n", "\\n"))


def test_naughty_strings_survive_a_list(real_data, tmp_path):
    """Each of the big list of naughty strings comes back as it was written."""
    naughty = json.loads((real_data / "naughty_strings/blns.json").read_text("utf-8"))
    path = tmp_path / "naughty.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("n", "text"), *enumerate(naughty)])

    assert [row.cells[1] for row in read_records(path)] == naughty


@pytest.mark.parametrize(
    "folder",
    [
        *("csv_spectrum", "csvkit_samples", "naughty_strings", "salesforce_org"),
        *("salesforce_wide", "axelor_fr_en", "maven_pipeline", "atomic_contacts"),
    ],
)
def test_any_real_file_is_a_list_or_says_why_not(real_data, folder):
    """Of workbooks, archives, JSON, licences and lists each is read or refused in a sentence."""
    answers = []
    for path in files_in(real_data / folder, "*"):
        try:
            answers += read_records(path)
        except UnreadableFile as refused:
            answers.append(refused)

    assert answers
    assert all(isinstance(answer, Record | Refused | UnreadableFile) for answer in answers)
