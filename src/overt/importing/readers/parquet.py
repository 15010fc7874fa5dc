"""Parquet tables, read a batch of rows at a time."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from overt.importing.cells import Cell, cell_text, json_text
from overt.importing.errors import FileProblem
from overt.importing.readers.file_format_detection import check_kind
from overt.importing.readers.input_file import InputFile
from overt.importing.readers.table_header_and_rows import Line, read_table
from overt.model.source import FileSpec

MAX_BYTES = 2 * 1024**3
"""Maximum number of unpacked bytes of a file's columns."""
_BATCH_ROWS = 1_000


def read_rows(file: InputFile, spec: FileSpec) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Yield the rows in order, from `row=1`. A timestamp at midnight is read as its day; empty rows are skipped.

    Raises FileProblem as `read_lines` does, and for invalid column names.
    """
    # The column names don't have a row, so they are row 0.
    return read_table(file, spec.model_copy(update={"header": 0}), read_lines(file))


def read_lines(file: InputFile) -> Iterator[Line]:
    """Yield the column names as row 0, and all rows as lists of strings. Raises FileProblem for a broken or very large file."""
    check_kind(file, "parquet")
    number = 0
    try:
        with pq.ParquetFile(file.path) as table:
            groups = range(table.metadata.num_row_groups)
            unpacked = sum(table.metadata.row_group(group).total_byte_size for group in groups)
            if unpacked > MAX_BYTES:
                raise FileProblem(
                    f"{file.name}: unpacks to {unpacked:,} bytes (at most {MAX_BYTES:,}); refused as a decompression bomb"
                )
            yield 0, list(table.schema_arrow.names)
            for batch in table.iter_batches(_BATCH_ROWS):
                for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    number += 1
                    yield number, [json_text(value) if isinstance(value, list | dict) else cell_text(value) for value in values]
    except (pa.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0][:200]
        raise FileProblem(
            f"{file.name}: row={number + 1}: not a Parquet table that can be read ({reason}); download it again"
        ) from None
