"""Write `edition/` and `sample/` from the publisher's workbook: `python make_edition.py WORKBOOK.xlsx`.

Both have the publisher's two sheets, which are under CC BY 4.0, without rows that have no first cell and without the columns
after the last header. The names of companies in those columns were misplaced when the rows were sorted, and no claim uses them.
The sample has only some of the rows, and its first sheet ends with an added line like the notes below the publisher's other
tables. Equal workbooks give equal bytes.
"""

import datetime
import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl

NAME = "AI_Global_Surveillance_Index_09Mar2022.xlsx"
FIXED = datetime.datetime(2022, 3, 9)
SAMPLES = {
    "AIGS 2022": [
        *("Bahrain", "Burma/Myanmar", "China", "Hong Kong", "Saudi Arabia", "United Arab Emirates", "Vietnam", "India"),
        *("Tajikistan", "Turkey", "Dominican Republic", "Panama", "Paraguay", "Belgium", "South Korea"),
        "UnitElectoral Democracy States of AmeriClosed Autocracy",
    ],
    "Digital Repression Inde + V-Dem": [
        *("Burma/Myanmar", "China", "Democratic Republic of the Congo", "Kosovo", "Palestine/Gaza", "Palestine/West Bank"),
        *("Somaliland", "The Gambia", "United States of America", "Zanzibar"),
    ],
}
NOTE = "Note: a made-up line in the form of a note below the table."


def tables(workbook: Path) -> dict[str, list[list[Any]]]:
    """Return the rows of each sheet, header first. Columns after the last header, and rows without a first cell, are left out."""
    book = openpyxl.load_workbook(workbook, read_only=True, data_only=True)
    sheets = {}
    for name in SAMPLES:
        rows = [list(row) for row in book[name].iter_rows(values_only=True)]
        width = max(index for index, value in enumerate(rows[0], start=1) if value is not None)
        sheets[name] = [row[:width] for row in rows if row[0] is not None]
    book.close()
    return sheets


def write(path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    """Write a plain workbook with fixed times, so that equal rows give equal bytes."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.properties.creator = "Overt, after Steven Feldstein (CC BY 4.0)"
    book.properties.created = FIXED
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part in sorted(source.namelist()):
            data = source.read(part)
            if part == "docProps/core.xml":  # openpyxl writes the current time here.
                start, _, rest = data.partition(b'<dcterms:modified xsi:type="dcterms:W3CDTF">')
                data = start + b'<dcterms:modified xsi:type="dcterms:W3CDTF">2022-03-09T00:00:00Z' + rest[rest.index(b"</") :]
            if part.startswith("xl/worksheets/"):  # openpyxl rounds to 16 digits, but a number can have 17.
                for number in {value for rows in sheets.values() for row in rows for value in row if isinstance(value, float)}:
                    data = data.replace(f"<v>{number:.16g}</v>".encode(), f"<v>{number!r}</v>".encode())
            target.writestr(zipfile.ZipInfo(part, (2022, 3, 9, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def main(workbook: Path) -> None:
    """Write both folders next to this file."""
    here = Path(__file__).parent
    sheets = tables(workbook)
    write(here / "edition" / NAME, sheets)
    if tables(here / "edition" / NAME) != sheets:
        raise SystemExit("the edition differs from the workbook")
    sample = {name: [rows[0], *(row for row in rows[1:] if row[0] in SAMPLES[name])] for name, rows in sheets.items()}
    sample["AIGS 2022"].append([NOTE])
    write(here / "sample" / NAME, sample)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
