"""A release with tables of several row groups has the same bytes with any number of threads, and reports its progress."""

from pathlib import Path

import pytest

from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import write_parquet
from overt.release.release_build import build_release
from overt.release.release_inputs import ReleaseInputs, SourceInput
from overt.resolve.names import NameKeys
from overt.resolve.resolution_inputs import ClaimsFile, ResolutionInputs
from overt.resolve.resolution_writer import write_resolution
from overt.resolve.resolver import resolve
from tests.support.release_table_rows_and_file_hashes import file_hashes

RECORDS = 45_000
REPORT = {
    "rows_read": 0,
    "imported": 0,
    "out_of_scope": 0,
    "problems": 0,
    "claims": 0,
    "as_of": None,
    "as_of_said": None,
    "part": None,
    "suppliers": None,
    "other_edition": None,
    "out_of_scope_by_rule": {},
}
CLAIMS = f"""
    SELECT substr(sha256(record || property || value), 1, 32) AS claim_id, 'us_dod_1260h' AS source, record, type, property, value,
        NULL::VARCHAR AS original, CASE property WHEN 'amount' THEN 'USD@2021' END AS unit, NULL::VARCHAR AS lang,
        NULL::VARCHAR AS valid_from, NULL::VARCHAR AS valid_to, 'stated' AS basis, NULL::VARCHAR AS rule, NULL::VARCHAR AS document
    FROM (
        SELECT 'us_dod_1260h:' || i AS record, ['organization', 'project', 'commitment'][i % 3 + 1] AS type,
            unnest([['name', 'name', 'alias', 'country'], ['name', 'status', 'status', 'agreed'], ['project', 'amount', 'amount', 'agreed']][i % 3 + 1]) AS property,
            unnest([
                ['Company ' || (hash(i) % 20000), 'Firm ' || i, 'Short ' || (hash(i) % 30000), ['CN', 'KE'][i % 2 + 1]],
                ['Project ' || i, 'agreed', 'denied', (2000 + i % 20)::VARCHAR],
                ['us_dod_1260h:' || (i - 1), (i * 1.01)::VARCHAR, (i * 2.03)::VARCHAR, '2019-0' || (i % 9 + 1)]
            ][i % 3 + 1]) AS value
        FROM range({RECORDS}) AS r(i)
    ) ORDER BY record, property, claim_id
"""  # noqa: E501


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> SourceInput:
    folder = tmp_path_factory.mktemp("claims")
    with connect() as connection:
        assert write_parquet(connection, CLAIMS, folder / "claims.parquet") > 150_000
        places = "SELECT DISTINCT claim_id, repeat('0', 64) AS capture, 'row=1' AS locator, value AS excerpt, document"
        write_parquet(connection, f"{places} FROM ({CLAIMS}) ORDER BY ALL", folder / "evidence.parquet")
    return SourceInput("us_dod_1260h", "s", "2026-01-01", folder / "claims.parquet", folder / "evidence.parquet", REPORT)


@pytest.mark.slow
def test_any_number_of_threads_gives_the_same_bytes(source: SourceInput, content: Catalogue, tmp_path: Path) -> None:
    results = []
    for threads in (1, 2, 4):
        folder = tmp_path / str(threads)
        forms = NameKeys()
        with connect(threads=threads) as connection:
            resolution = resolve(ResolutionInputs([ClaimsFile(str(source.claims), 0)]), forms, connection)
        write_resolution(folder / "resolved", resolution, "test")
        inputs = ReleaseInputs([source], [], folder / "resolved" / "members.parquet")
        release = build_release(inputs, content, folder / "releases", threads=threads)
        results.append((release, file_hashes(folder / "releases" / release), file_hashes(folder / "resolved")))
    assert results[0] == results[1] == results[2]


@pytest.mark.slow
def test_progress_moves_on_to_the_end(source: SourceInput, content: Catalogue, tmp_path: Path) -> None:
    with connect() as connection:
        resolution = resolve(ResolutionInputs([ClaimsFile(str(source.claims), 0)]), NameKeys(), connection)
    write_resolution(tmp_path / "resolved", resolution, "test")
    steps: list[str] = []
    shares: list[float] = []

    def progress(step: str, share: float | None = None) -> None:
        steps.append(step)
        if share is not None:
            shares.append(share)

    inputs = ReleaseInputs([source], [], tmp_path / "resolved" / "members.parquet")
    build_release(inputs, content, tmp_path / "releases", progress=progress)
    assert shares == sorted(shares) and shares[-1] > 0.9
    assert steps.count("values and records") > 1, "long steps move on, too"
