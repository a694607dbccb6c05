"""The command ``report``: the opportunities of a file, summed up by stage and outcome."""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import UTC, datetime

from ..analytics.report import report
from ..interop.import_report import ImportReport
from ..interop.opportunities import read_opportunities
from ..interop.printing import as_json
from .given import given_file, given_mapping, given_pipeline, how_read, status_of, write_report
from .output import watched, write


def run_report(options: argparse.Namespace) -> int:
    """Sum up the opportunities, and account for every row."""
    mapping, now = given_mapping(options), datetime.now(UTC)
    with given_file(options, "deals.csv") as path:
        reading = read_opportunities(
            path,
            at=now,
            mapping=mapping,
            pipeline=given_pipeline(options.pipeline),
            encoding=options.encoding,
            sheet=options.sheet,
            strict=options.strict,
        )
        with ImportReport() as rows_read, closing(watched(reading)) as rows:
            found = report(row.entity for row in rows_read.accepted_of(rows))
            if options.json:
                write(as_json({**how_read(reading, rows_read), **found.as_data()}, rows_read))
            else:
                print(found)
                write_report(rows_read, reading)
            return status_of(rows_read, strict=options.strict)
