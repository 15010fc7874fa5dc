"""Parquet files that DuckDB writes have equal bytes with any number of threads."""

import filecmp
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import parquet_rows_query, write_parquet


def test_several_files_give_equal_bytes_with_any_number_of_threads(tmp_path: Path) -> None:
    """Two of the files have more rows than fit into a row group."""
    ends = [0, 60_023, 70_000, 131_071]
    paths = [tmp_path / f"{at}.parquet" for at in range(3)]
    for path, begin, end in zip(paths, ends, ends[1:], strict=False):
        pq.write_table(pa.table({"number": range(begin, end), "name": [f"{at:06}.example" for at in range(begin, end)]}), path)
    for threads in (1, 2, 4):
        with connect(threads=threads) as connection:
            assert write_parquet(connection, parquet_rows_query(paths, "nothing"), tmp_path / f"by-{threads}") == ends[-1]
        numbers = pq.read_table(tmp_path / f"by-{threads}")["number"]
        assert numbers.equals(pa.chunked_array([pa.array(range(ends[-1]))]))
        assert filecmp.cmp(tmp_path / f"by-{threads}", tmp_path / "by-1", shallow=False)


def test_no_files_give_the_columns_of_the_empty_table(tmp_path: Path) -> None:
    with connect() as connection:
        connection.register("nothing", pa.table({"number": pa.array([], pa.int32())}))
        assert write_parquet(connection, parquet_rows_query([], "nothing"), tmp_path / "none") == 0
    assert pq.read_schema(tmp_path / "none").names == ["number"]
