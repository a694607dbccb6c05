"""
Splink's pairs in our groups, held to a bar: ``python tests/benchmarks/splink_pairs.py [LEADS]``.

Hands the records of Febrl 3, folded by our match keys, to splink on DuckDB, and its pairs to
`find_duplicates`; prints what that finds, and ends with 1 where the bar is missed. With a number,
as many made leads go the way of the how-to on millions of rows, and figures are printed alone.
Needs ``pip install splink``; the real files lie beside the repository.
"""

from __future__ import annotations

import itertools
import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pyarrow as pa
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from salesfunnel.duplicates import fact_key, find_duplicates, splink_records  # noqa: E402
from salesfunnel.duplicates.splink_records import COLUMNS  # noqa: E402
from tests.duplicates.many_leads import judged, read_words, stream_of_leads  # noqa: E402
from tests.duplicates.test_finding_laws import FEBRL_KEYS, f1_of, of_febrl  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
LEAST_F1, CERTAIN = 0.995, 0.99
EXACT = ("soc_sec_id", "date_of_birth", "postcode", "suburb", "street_number")
ALIKE = ("address_1", "address_2")
BATCH = 50_000


def learned(linker, rules):
    """Let splink learn what it says that values agree."""
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in rules:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    return linker


def pairs_of(linker, least):
    """Let splink find the pairs, and give them with their probabilities."""
    found = linker.inference.predict(threshold_match_probability=least)
    wanted = "unique_id_l, unique_id_r, match_probability"
    return found.as_duckdbpyrelation().project(wanted).fetchall()


def febrl():
    """Print what is found of Febrl 3, and tell whether it is too little."""
    people = list(of_febrl(DATA, 3))
    parts = (*EXACT, *ALIKE)
    keys = [fact_key(f"details.{part}", strength="context", name=part) for part in parts]
    records = pa.Table.from_pylist([*splink_records(people, keys=keys, columns=parts)])
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            *(cl.DamerauLevenshteinAtThresholds(part, [1, 2]) for part in EXACT),
            *(
                cl.JaroWinklerAtThresholds(part, [0.9, 0.7])
                for part in (*ALIKE, "name", "first", "last")
            ),
        ],
        blocking_rules_to_generate_predictions=[
            *(block_on(part) for part in ("soc_sec_id", "date_of_birth", "sound")),
            block_on("postcode", "street_number"),
            block_on("address_1", "suburb"),
            block_on("first", "postcode"),
            block_on("last", "postcode"),
        ],
        probability_two_random_records_match=0.0005,
    )
    linker = Linker(DuckDBAPI().register(records), settings, log_level="ERROR")
    begin = time.perf_counter()
    learned(linker, [block_on("date_of_birth"), block_on("postcode")])
    pairs = pairs_of(linker, 0.5)
    print(f"Febrl 3: {len(pairs):,} pairs by splink in {time.perf_counter() - begin:.0f} s")
    missed = 0
    for what, own in (("splink's pairs", ()), ("splink's pairs and our keys", FEBRL_KEYS)):
        found = find_duplicates(people, keys=own, pairs=pairs, certain=CERTAIN)
        f1 = f1_of(found.groups, people)
        print(f"Febrl 3 by {what}: F1 {f1:.4f} (at least {LEAST_F1})")
        missed += f1 < LEAST_F1
    return int(missed > 0)


def made(count):
    """Take as many leads the way of the how-to, and print how well and how fast it went."""
    words = read_words(DATA / "word_lists")
    size = {"people": count * 7 // 10, "leads": count, "firms": max(900, count // 11)}
    with tempfile.TemporaryDirectory() as folder:
        database = duckdb.connect(str(Path(folder, "leads.duckdb")))
        columns = ("unique_id", "name", "sound", "first", "last", "town", *COLUMNS)
        told = ", ".join(f"{name} VARCHAR" for name in columns)
        database.execute(f"CREATE TABLE leads ({told})")
        whose, leads = stream_of_leads(words, **size)
        begin = time.perf_counter()
        records, schema = splink_records(leads), pa.schema([(c, pa.string()) for c in columns])
        while batch := [*itertools.islice(records, BATCH)]:
            database.register("batch", pa.Table.from_pylist(batch, schema))
            database.execute("INSERT INTO leads SELECT * FROM batch")
        print(f"{count:,} leads made and told to DuckDB: {time.perf_counter() - begin:.0f} s")
        begin = time.perf_counter()
        pairs = pairs_of(by_keys(database), 0.9)
        print(f"{len(pairs):,} pairs by splink: {time.perf_counter() - begin:.0f} s")
    _, leads = stream_of_leads(words, **size)
    begin = time.perf_counter()
    found = find_duplicates(leads, keys=(), pairs=pairs)
    print(f"leads made once more, pairs grouped: {time.perf_counter() - begin:.0f} s")
    of_one = {}
    for place, who in enumerate(whose):
        of_one.setdefault(who, []).append(place)
    true = {pair for places in of_one.values() for pair in itertools.combinations(places, 2)}
    precision, recall = judged(found.groups, true)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"precision {precision:.3f}, recall {recall:.3f}, at most {most:.1f} GiB")
    return 0


def by_keys(database):
    """Let splink compare what shares a match key."""
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("first", [0.9, 0.8]),
            cl.JaroWinklerAtThresholds("last", [0.9, 0.8]),
            *(cl.ExactMatch(part) for part in ("phone", "email", "company", "town")),
        ],
        blocking_rules_to_generate_predictions=[
            *(block_on(part) for part in ("mobile", "phone", "email")),
            block_on("company", "first"),
            block_on("company", "last"),
            block_on("sound", "town"),
        ],
        probability_two_random_records_match=1e-6,
    )
    leads = DuckDBAPI(database).register("leads")
    linker = Linker(leads, settings, log_level="ERROR")
    return learned(linker, [block_on("email"), block_on("phone")])


if __name__ == "__main__":
    sys.exit(made(int(sys.argv[1])) if len(sys.argv) > 1 else febrl())
