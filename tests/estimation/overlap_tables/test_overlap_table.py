"""Overlap tables, and their reader: what it accepts, and what it refuses in one line."""

import pytest

from overt.estimation.overlap_tables.overlap_csv_reader import read_overlap_table
from overt.estimation.overlap_tables.overlap_table import OverlapTable, all_patterns
from overt.model.errors import UsageError
from tests.estimation.tables_folder import TABLES

GOOD = "A,B,count\n1,0,3\n0,1,4\n1,1,2\n"


def read(tmp_path, data):
    path = tmp_path / "table.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_overlap_table(path)


def test_kosovo_has_the_published_totals():
    table = read_overlap_table(TABLES / "Kosovo.csv")
    assert table.names == ("EXH", "ABA", "OSCE", "HRW")
    assert table.observed == 4400
    assert table.totals().tolist() == [1910, 1528, 1786, 685]
    assert table.overlaps()[0, 1] == 177 + 181 + 18 + 27
    assert table.degrees().sum() == 4400


@pytest.mark.parametrize(
    "data",
    [
        GOOD,
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t"),
        '"A","B","count"\n"1","0",3\n0,1,"4"\n1,1,2',
        "A,B,count\n1,1,2\n\n0,1,4\n1,0,3\n",
        "sep=;\n" + GOOD.replace(",", ";"),
        "\ufeffsep=,\r\n" + GOOD.replace("\n", "\r\n"),
        '"sep=;"\nA;B;count\n1;0;3,0\n0;1;4\n1;1;2\n',
        "count,A,B\n3,1,0\n4,0,1\n2,1,1\n",
        "A,Count,B\n1,3,0\n0,4,1\n1,2,1\n",
        "A,B,count\n1.0,0.0,3.0\n0.0,1.0,4.0\n1.0,1.0,2.00\n",
        '"","A","B","count"\n"1",1,0,3\n"2",0,1,4\n"3",1,1,2\n',
        '"A" "B" "count"\n"1" 1 0 3\n"2" 0 1 4\n"7" 1 1 2\n',
        "A\tB\tcount\nr1\t1\t0\t3\nr2\t0\t1\t4\nr3\t1\t1\t2\n",
        "A   B  count\n1   0      3\n0   1      4\n1   1      2\n",
        '"A", "B", "count"\n1, 0, 3\n0, 1, 4\n1, 1, 2\n',
        " A , B , count \n1,0,3\n0,1,4\n1,1,2\n",
        "A,B,count\nTRUE,FALSE,3\nFALSE,TRUE,4\nTRUE,TRUE,2\n",
        "A,B,count,,\n1,0,3,,\n0,1,4,,\n1,1,2,,\n,,,,\n",
    ],
)
def test_one_table_in_many_formats(tmp_path, data):
    table = read(tmp_path, data)
    assert table.names == ("A", "B")
    assert table.patterns.astype(int).tolist() == [[1, 0], [0, 1], [1, 1]]
    assert table.counts.tolist() == [3, 4, 2]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("A,B,count\n1,0,-3\n", r":2: '-3' is not a count"),
        ("A,B,count\n1,0,2.5\n", r":2: '2.5' is not a count"),
        ("A,B,count\n1,0,nan\n", r"not a count"),
        ("A,B,count\n1,0,3\n0,0,9\n", r":3: nobody can be counted who is on no list"),
        ("A,B,count\n1,0,3\n1,0,4\n", r":3: the row 1,0 is there twice"),
        ("A,count\n1,3\n", r"one list"),
        ("A,B,count\n1,0,0\n", r"counts nobody"),
        ("A,B,count\n", r"counts nobody"),
        ("A,B,count\n1,0,3\n", r"nobody is on B"),
        ("A,A,count\n1,0,3\n", r"name of its own"),
        ("A,,count\n1,0,3\n", r"name of its own"),
        ("A,B,count\n2,0,3\n", r":2: '2' is neither 0 nor 1"),
        ("A,B,count\n1,3\n", r":2: has 2 columns"),
        ("A,B,n\n1,0,3\n", r":1: no column is named `count`"),
        ("A,B\n1,0\n0,1\n", r":1: no column is named `count`"),
        ("1,0,3\n0,1,4\n", r":1: no column is named `count`"),
        ("sep=;\nA;B;n\n1;0;3\n", r":2: no column is named `count`"),
        ("sep=;\nA;B;count\n1;0;3\n0;1;x\n", r":4: 'x' is not a count"),
        ("count,A,count\n3,1,0\n", r":1: 2 columns are named `count`"),
        ("A,B,count\n1,0,40.5\n", r":2: '40.5' is not a count"),
        ("A,B,count\n1,0,40.000\n", r":2: '40.000' is not a count"),
        ("A,B,count\n1,0,4e3\n", r":2: '4e3' is not a count"),
        ("A,B,count\n1,0,\n", r":2: '' is not a count"),
        ("A,B,count\n1,0,NA\n", r":2: 'NA' is not a count"),
        (",A,B,count\n0,1,0,3\n1,0,1,4\n1,1,1,2\n", r"the first column has 0 and 1 and no name"),
        ("A,B,count\nr1,1,0,3\n0,1,4\n", r":3: has 3 columns"),
        (b"PK\x03\x04\x14\0\x06\0", r"is a spreadsheet workbook; save the table as CSV in UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"is a spreadsheet workbook"),
        ("A,B,count\n1,0,9999999999999999\n0,1,3\n", r"1,000,000,000,000,000 is the most"),
        ("A,B,count\n1,0,99999999999999999\n", r":2: '99999999999999999' is above 1,000,000,000,000,000"),
        ("A,B,count\n1,0,9000000000000000000000\n", r":2: '9000000000000000000000' is above 1,000,000,000,000,000"),
        ("A|B|count\n1|0|3\n", r":1: columns are separated by \|.*first line sep=\|"),
        ("# deaths, 1999\nA,B,count\n1,0,3\n", r":1: begins with a comment"),
        (",B,C,count\n1,0,1,3\n", r"the first column has 0 and 1 and no name"),
        (",B,C,count\n0,1,0,3\n1,1,0,4\n", r"the first column has 0 and 1 and no name"),
        (",B,C,count\n1,0,0,3\n0,1,0,4\n", r"the first column has 0 and 1 and no name"),
        ("A\x1b[31m,B,count\n1,0,3\n", r"has a control character: 'A\\x1b\[31m'"),
        ('"A\nX",B,count\n1,0,3\n', r"control character"),
        ("A\u202e,B,count\n1,0,3\n", r"control character"),
        ("", r"last column"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", r"is not UTF-8"),
        (b"A,B\0,count\n", r"is not text"),
        (b"A,B,count\n1,0,\0\n", r"not CSV|not a count"),
        (b"\xff\xfeA\0,\0", r"is UTF-16, not UTF-8"),
        ('A,B,count\n1,0,"3\n', r"is not CSV"),
        ("A,B,count\n" + "1" * 200_000 + ",0,3\n", r"not CSV|neither 0 nor 1"),
        ("A" * 100_000, r"last column"),
        (",".join(f"L{n}" for n in range(61)) + ",count\n", r"61 lists"),
    ],
)
def test_bad_input_raises_one_line(tmp_path, data, message):
    with pytest.raises(UsageError, match=message) as error:
        read(tmp_path, data)
    assert str(error.value).startswith(str(tmp_path))
    assert len(str(error.value)) < 400


def test_a_missing_file_and_a_directory_raise(tmp_path):
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(UsageError, match="cannot be read"):
            read_overlap_table(path)


def test_cells_include_empty_ones_in_order():
    patterns, counts = read_overlap_table(TABLES / "UKdat.csv").cells()
    assert patterns.shape == (63, 6)
    assert counts.sum() == 2744
    assert counts[(patterns == [True, True, True, True, False, False]).all(axis=1)] == [1]
    with pytest.raises(UsageError, match="1,048,575 cells"):
        all_patterns(20)


def test_drop_adds_up_cells_that_become_equal():
    table = read_overlap_table(TABLES / "Kosovo.csv").drop("HRW")
    assert table.names == ("EXH", "ABA", "OSCE")
    assert table.observed == 4400 - 306
    assert dict(zip(map(tuple, table.patterns.astype(int).tolist()), table.counts.tolist(), strict=True))[1, 0, 0] == 1131 + 106
    with pytest.raises(UsageError, match="no list 'X'"):
        table.drop("X")


def test_select_retains_the_order_of_the_lists():
    table = OverlapTable.from_rows("ABC", [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1]], [1, 2, 3, 4])
    selected = table.select(["C", "A"])
    assert selected.names == ("A", "C")
    assert selected.totals().tolist() == [5, 7]


def test_from_rows_drops_zero_counts_and_checks():
    table = OverlapTable.from_rows(["A", "B"], [[1, 1], [0, 1], [1, 0]], [2, 0, 3])
    assert table.counts.tolist() == [3, 2]
    with pytest.raises(UsageError, match=r"row 1: 2\.5 is not a count"):
        OverlapTable.from_rows(["A", "B"], [[1, 1]], [2.5])
