"""Freedom in the World: each column is a series, parts add up, and territories without a code are left out by rule."""

from collections import defaultdict
from pathlib import Path

import pytest

from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue

SLUG = "freedom_house_fiw"
RIGHTS = ("electoral-process", "pluralism", "functioning-of-government")
LIBERTIES = ("expression-and-belief", "association", "rule-of-law", "personal-autonomy")


def series(outcome: Outcome) -> dict[tuple[str, str], dict[str, str]]:
    """Return the value of each series by country and year."""
    values: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for claim in outcome.claims:
        if claim.property in ("value", "code"):
            name, country, year = claim.record.partition(":")[2].split("/")
            values[country, year][name] = claim.value
    return values


def check(values: dict[tuple[str, str], dict[str, str]]) -> None:
    for place, row in values.items():
        assert len(row) == 13, place
        numbers = {name: int(value) for name, value in row.items() if name != "freedom-in-the-world-status"}
        assert numbers["freedom-in-the-world"] == numbers["fiw-political-rights"] + numbers["fiw-civil-liberties"], place
        assert numbers["fiw-civil-liberties"] == sum(numbers[f"fiw-{name}"] for name in LIBERTIES), place
        assert row["freedom-in-the-world-status"] in ("free", "partly-free", "not-free")


def test_the_parts_of_a_sample_row_add_up(content: Catalogue) -> None:
    outcome = import_folder(content, SLUG, Path(str(content.source_folders[SLUG])) / "sample")
    values = series(outcome)
    check(values)
    assert set(values) == {("KE", "2024"), ("KE", "2013"), ("LA", "2024"), ("LC", "2024"), ("X-ABKHAZIA", "2024"), ("CI", "2024")}
    assert outcome.report.out_of_scope == {"no-area": 2}
    laos = {name: int(value) for name, value in values["LA", "2024"].items() if name.startswith("fiw-")}
    assert laos["fiw-political-rights"] == sum(laos[f"fiw-{name}"] for name in RIGHTS) - 4, "an additional question subtracts"


@pytest.mark.data
@pytest.mark.slow
def test_the_complete_workbook(content: Catalogue, data: Path) -> None:
    outcome = import_folder(content, SLUG, data / "freedomhouse", complete=True)
    report = outcome.report
    assert (report.rows_read, report.imported, report.out_of_scope.total(), report.problems) == (2_515, 2_474, 41, [])
    values = series(outcome)
    check(values)
    assert len(values) == 2_474
