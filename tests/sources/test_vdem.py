"""V-Dem's indices in Our World in Data's tables: only countries, only the years of one version, on a scale from 0 to 1."""

import csv
import shutil
from pathlib import Path

from overt.importing.folder_import_without_archive import import_folder
from overt.model.content_catalogue import Catalogue

SLUG = "vdem"
ELECTORAL, LIBERAL = "electoral-democracy-index.csv", "liberal-democracy-index.csv"


def sample(content: Catalogue) -> Path:
    return Path(str(content.source_folders[SLUG])) / "sample"


def test_groups_of_countries_and_earlier_years_are_left_out(content: Catalogue) -> None:
    outcome = import_folder(content, SLUG, sample(content))
    assert (outcome.report.imported, outcome.report.problems) == (11, [])
    assert dict(outcome.report.out_of_scope) == {"earlier-year": 3, "no-country": 2, "continent": 2}
    values = {claim.record.partition(":")[2]: claim.value for claim in outcome.claims if claim.property == "value"}
    assert values["vdem-electoral-democracy/XK/2025"] == "0.64", "Kosovo has a code of the publisher’s own"
    assert values["vdem-liberal-democracy/TR/2024"] == "1" and values["vdem-electoral-democracy/CD/2024"] == "0.62"
    assert values["vdem-electoral-democracy/CG/2024"] == "0.615", "the publisher’s Congo is the smaller of the two"
    assert all(0 <= float(value) <= 1 and int(record[-4:]) >= 2022 for record, value in values.items())


def test_a_country_that_is_listed_twice_is_a_problem(content: Catalogue, tmp_path: Path) -> None:
    shutil.copytree(sample(content), tmp_path / "tables")
    with (tmp_path / "tables" / LIBERAL).open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["Taiwan", "TWN", "2023", "0.7", "Asia"])
    [problem] = import_folder(content, SLUG, tmp_path / "tables").report.problems
    assert "duplicate" in str(problem)
