"""A table of projects such as an NGO might keep, for tests of proposed mappings."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl

NGO_COLUMNS = (
    "No.", "Project", "项目名称", "Type of system", "Country", "City", "Signed", "Status", "Vendor(s)", "Client",
    "Contract value", "Lender", "Source URL", "Source", "Contact", "Last updated", "Notes",
)  # fmt: skip
NGO_ROWS: tuple[tuple[object, ...], ...] = (
    (1, "Nairobi safe city", "内罗毕平安城市", "CCTV; face recognition", "Kenya", "Nairobi", "17/05/2019", "Operational",
     "Huawei & Safaricom", "National Police Service", "US$1.2 million", "China Exim Bank", "https://example.org/nairobi",
     "Annual report", "A. Person", "2024-01-02", "check the value"),
    (2, "Lusaka command centre", "卢萨卡指挥中心", "CCTV", "Zambia", "Lusaka", "May 2018", "Live", "ZTE",
     "Ministry of Home Affairs", "USD 210m", "China Exim Bank", "https://example.org/lusaka", "Tender notice", "A. Person",
     "2024-01-02", None),
    (3, "Dushanbe traffic cameras", "杜尚别交通摄像头", "CCTV", "Tajikistan", "Dushanbe", "2013", "Operational", "Huawei",
     "Ministry of Internal Affairs", "$22,000,000", "China Exim Bank", "https://example.org/dushanbe", "News report",
     "B. Person", "2024-01-03", None),
    (4, "Belgrade cameras", "贝尔格莱德摄像头", "face recognition", "Serbia", "Belgrade", "03.04.2019", "handed over", "Huawei",
     "Ministry of Interior", "about 3 million", None, "https://example.org/belgrade", "Reply to a request", "B. Person",
     "2024-01-03", None),
    (5, "Harare recognition pilot", "哈拉雷人脸识别", "face recognition", "Zimbabwe", "Harare", "28.03.2018", "Signed",
     "CloudWalk", "Government of Zimbabwe", "n/a", None, "https://example.org/harare", "News report", "B. Person",
     "2024-01-04", None),
    (6, "Quito emergency line", "基多应急系统", "safe city", "Ecuador", "Quito", "February 2011", "Operational", "CEIEC; Huawei",
     "ECU 911", "€20 million", "China Development Bank", "https://example.org/quito", "Audit", "A. Person", "2024-01-05", None),
)  # fmt: skip


def write_workbook(path: Path, columns: Sequence[str] = NGO_COLUMNS, rows: Sequence[Sequence[object]] = NGO_ROWS) -> Path:
    """Write a workbook with a title, a note and an empty row above the column names, and a sheet of notes. Return its path."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "Projects"
    page.append(["Surveillance procurement tracker"])
    page.merge_cells("A1:F1")
    page.append(["Last edition: January 2024"])
    page.append([])
    page.append(list(columns))
    for row in rows:
        page.append(list(row))
    notes = book.create_sheet("Read me")
    notes.append(["Collected from public documents."])
    book.save(path)
    return path
