"""Freedom on the Net: each column is a series, questions add up to parts, and parts add up to the total."""

from collections import defaultdict
from pathlib import Path

import pytest

from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue

SLUG = "fotn_2024"
MAXIMUM = {"fotn-access": 25, "fotn-content": 35, "fotn-user-rights": 40}
TOTAL, STATUS = "freedom-on-the-net", "freedom-on-the-net-status"


def series(outcome: Outcome) -> dict[str, dict[str, str]]:
    """Return the value of each series by country."""
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for claim in outcome.claims:
        if claim.property in ("value", "code"):
            name, country, year = claim.record.partition(":")[2].split("/")
            assert year == "2024"
            values[country][name] = claim.value
    return values


def check_sums(content: Catalogue, values: dict[str, dict[str, str]]) -> None:
    """Check every country's sums, each score against the maximum in its definition, and the status against the total."""
    terms = content.vocabularies["series"].by_id
    for country, row in values.items():
        assert len(row) == 26, country
        scores = {name: int(value) for name, value in row.items() if name != STATUS}
        assert scores[TOTAL] == sum(scores[part] for part in MAXIMUM), country
        for part, maximum in MAXIMUM.items():
            questions = {name: score for name, score in scores.items() if terms[name].broader == part}
            assert scores[part] == sum(questions.values()), (country, part)
            limits = {name: int(terms[name].definition.partition("0 to ")[2].partition(";")[0]) for name in questions}
            assert sum(limits.values()) == maximum
            assert all(0 <= score <= limits[name] for name, score in questions.items()), (country, part)
        total = scores[TOTAL]
        assert row[STATUS] == ("free" if total >= 70 else "partly-free" if total >= 40 else "not-free"), country


def test_the_questions_of_a_sample_row_add_up(content: Catalogue) -> None:
    values = series(import_folder(content, SLUG, Path(str(content.source_folders[SLUG])) / "sample"))
    check_sums(content, values)
    assert {"KE", "KR", "MM", "TR", "GM", "CD", "TW"} < set(values), "names as the publisher writes them"
    assert values["VN"]["fotn-affordability"] == "0", "a score of 0 is a value"


@pytest.mark.data
def test_the_complete_workbook(content: Catalogue, data: Path) -> None:
    outcome = import_folder(content, SLUG, data / "freedomhouse", complete=True)
    report = outcome.report
    assert (report.rows_read, report.imported, report.out_of_scope.total(), report.problems) == (72, 72, 0, [])
    values = series(outcome)
    check_sums(content, values)
    assert len(values) == 72
    assert (values["CN"][TOTAL], values["IS"][TOTAL]) == ("9", "94")
