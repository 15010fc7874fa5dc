"""A procurement tracker such as NGOs keep, its mapping, and its import."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from overt.importing.folder_import_without_archive import folder_files
from overt.importing.snapshot_importer_run import Outcome, run_source
from overt.model.content_catalogue import Catalogue

SLUG = "tracker"
COLUMNS = (
    "No", "Project", "项目名称", "Type", "Country", "City", "Signed", "Status", "Vendor(s)", "Client", "Value", "Lender",
    "Source URL", "Source", "Notes",
)  # fmt: skip
ROW: dict[str, object] = {
    "No": 7, "Project": "Safe city of Nairobi", "项目名称": "内罗毕平安城市",
    "Type": "CCTV; face recognition", "Country": "Kenya",
    "City": "Nairobi", "Signed": "17/05/2019", "Status": "Operational", "Vendor(s)": "Huawei & Safaricom",
    "Client": "National Police Service", "Value": "US$1.2m", "Lender": "China Exim Bank",
    "Source URL": "https://example.org/a", "Source": "Annual report", "Notes": "ask again",
}  # fmt: skip
MAPPING = """
title: Surveillance procurement tracker
publisher: Example publisher
address: https://example.org/tracker
licence: CC BY 4.0
attribution: Example publisher
reuse: open
covers: Projects.
not_covered: The rest.
files:
  tracker: {patterns: ["tracker*.xlsx"], format: xlsx, sheet: Projects, header: 3}
records:
  project: "{No}"
unique: [project]
mapping:
  tracker:
    ignore: {Notes: our own reminders}
    records:
      - record: project
        name: [{column: Project, lang: en}, {column: 项目名称, lang: zh}]
        kind: {column: Type, lookup: kinds, split: [";", "/"]}
        country: Country
        agreed: {column: Signed, dates: ["%d/%m/%Y", "%b %Y"]}
        status: {column: Status, lookup: statuses}
        place: {column: City, geocode: true}
        supplier: {column: Vendor(s), split: ["&", ";", "and"]}
        customer: Client
        commitment: {column: Value, financier: {column: Lender}}
        document: {column: Source URL, title: Source}
lookups:
  kinds: {cctv: video-surveillance, face recognition: facial-recognition}
  statuses: {Operational: operational, signed: agreed}
"""


def make_workbook(rows: Sequence[Mapping[str, object]], columns: Sequence[str] = COLUMNS) -> bytes:
    """Return a workbook with two title rows above the header."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Projects"
    page.append(["Surveillance procurement tracker"])
    page.merge_cells("A1:F1")
    page.append(["as of 2024"])
    page.append(list(columns))
    for row in rows:
        page.append([row.get(column) for column in columns])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def run(folder: Path, rows: Sequence[Mapping[str, object]], mapping: str = MAPPING, columns: Sequence[str] = COLUMNS) -> Outcome:
    """Write rows to a workbook and import it with a mapping."""
    source = folder / "sources" / SLUG
    source.mkdir(parents=True)
    (source / "source.yml").write_text(mapping)
    (folder / "tracker_2024.xlsx").write_bytes(make_workbook(rows, columns))
    content = Catalogue(folder)
    return run_source(SLUG, content, folder_files(content, SLUG, folder))


def values(outcome: Outcome, record: str) -> dict[str, set[str]]:
    """Return the values of one record by property."""
    properties: dict[str, set[str]] = {}
    for claim in outcome.claims:
        if claim.record == f"{SLUG}:{record}":
            properties.setdefault(claim.property, set()).add(claim.value)
    return properties


def with_lines(*lines: str) -> str:
    """Return the mapping with more properties of the project."""
    return MAPPING.replace(
        "        country: Country\n", "        country: Country\n" + "".join(f"        {line}\n" for line in lines)
    )
