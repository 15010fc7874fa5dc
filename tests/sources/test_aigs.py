"""AIGS 2019 and 2022: the rows give the quoted numbers, and no claim goes beyond its row."""

import csv
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from overt.importing.errors import FileProblem
from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue

CSV = "aigs_index_2019.csv"
XLSX = "AI_Global_Surveillance_Index_09Mar2022.xlsx"
Values = dict[str, dict[str, set[str]]]


def edition(content: Catalogue, slug: str) -> Path:
    return Path(str(content.source_folders[slug])) / "edition"


def values(outcome: Outcome, record_type: str) -> Values:
    records: Values = defaultdict(lambda: defaultdict(set))
    for claim in outcome.claims:
        if claim.type == record_type:
            records[claim.record][claim.property].add(claim.value)
    return records


def countries_with_chinese_technology(outcome: Outcome) -> set[str]:
    rows = values(outcome, "assessment").values()
    return {country for row in rows if "CN" in row["supplier-country"] for country in row["country"]}


def check_2019(outcome: Outcome) -> None:
    assert (outcome.report.rows_read, outcome.report.imported, outcome.report.problems) == (75, 75, [])
    flagged = countries_with_chinese_technology(outcome)
    print(f"2019: {len(flagged)} rows flagged with Chinese technology")
    assert len(flagged) == 63
    assert len(flagged - {"CN"}) == 62
    assert len(flagged - {"CN", "HK"}) == 61


def check_2022(outcome: Outcome) -> None:
    assert outcome.report.rows_by_role == {"countries": 97, "society": 179}
    assert (outcome.report.imported, outcome.report.problems) == (276, [])
    flagged = countries_with_chinese_technology(outcome)
    print(f"2022: {len(flagged)} rows flagged with Chinese technology")
    assert len(flagged) == 68
    assert {"CN", "HK"} <= flagged
    indicators = values(outcome, "indicator")
    assert {"XK", "X-SOMALILAND", "X-ZANZIBAR", "X-GAZA", "X-WEST-BANK"} <= {
        country for row in indicators.values() for country in row["country"]
    }


def test_2019_edition(content: Catalogue) -> None:
    check_2019(import_folder(content, "aigs_2019", edition(content, "aigs_2019"), complete=True))


def test_2022_edition(content: Catalogue) -> None:
    check_2022(import_folder(content, "aigs_2022", edition(content, "aigs_2022"), complete=True))


@pytest.mark.data
def test_2019_complete_data_and_edition_give_the_same_claims(content: Catalogue, data: Path) -> None:
    outcome = import_folder(content, "aigs_2019", data, complete=True)
    check_2019(outcome)
    assert outcome.claims == import_folder(content, "aigs_2019", edition(content, "aigs_2019")).claims


@pytest.mark.ci
@pytest.mark.data
def test_2022_complete_data_and_edition_give_the_same_claims(content: Catalogue, data: Path) -> None:
    outcome = import_folder(content, "aigs_2022", data, complete=True)
    check_2022(outcome)
    assert outcome.claims == import_folder(content, "aigs_2022", edition(content, "aigs_2022")).claims


@pytest.mark.ci
def test_both_sheets_of_2022_state_the_same_values(content: Catalogue) -> None:
    outcome = import_folder(content, "aigs_2022", edition(content, "aigs_2022"))
    for record, row in values(outcome, "indicator").items():
        assert all(len(values_) == 1 for values_ in row.values()), f"{record} is contested within the workbook"


def test_no_claim_crosses_kind_and_supplier(content: Catalogue) -> None:
    for slug in ("aigs_2019", "aigs_2022"):
        outcome = import_folder(content, slug, edition(content, slug))
        assert set(outcome.report.records) == {"assessment", "organization", "indicator"}


@pytest.mark.ci
def test_words_for_unnamed_suppliers_are_not_organizations(content: Catalogue) -> None:
    for slug in ("aigs_2019", "aigs_2022"):
        outcome = import_folder(content, slug, edition(content, slug))
        names = {name for row in values(outcome, "organization").values() for name in row["name"]}
        assert not names & {"Mult", "IBMN", "HAVESLAN", "Hikvsion", "iOmnicient", "Briefcam (US)"}
        china = next(row for record, row in values(outcome, "assessment").items() if record.endswith("/CN"))
        assert china["supplier-note"] == {"several suppliers, not named"}


def test_misspelled_countries_are_read(content: Catalogue) -> None:
    outcome = import_folder(content, "aigs_2022", edition(content, "aigs_2022"))
    rows = values(outcome, "assessment")
    assert rows["aigs_2022:assessment/KR"]["supplier-country"] == {"US", "KR", "SE", "RU"}
    assert rows["aigs_2022:assessment/US"]["supplier-country"] == {"US", "IL", "JP"}


def test_scores_of_opposite_scales_are_two_series(content: Catalogue) -> None:
    """Australia is free in both years: 21 on the scale until 2018, and 75 on the scale since then."""
    old = values(import_folder(content, "aigs_2019", edition(content, "aigs_2019")), "indicator")
    new = values(import_folder(content, "aigs_2022", edition(content, "aigs_2022")), "indicator")
    assert old["aigs_2019:indicator/freedom-on-the-net-until-2018/AU/2018"]["value"] == {"21"}
    assert new["aigs_2022:indicator/freedom-on-the-net/AU/2021"]["value"] == {"75"}


Change = Callable[[list[dict[str, str]]], None]


def import_changed(content: Catalogue, folder: Path, change: Change) -> Outcome:
    with (edition(content, "aigs_2019") / CSV).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[:3]
    change(rows)
    with (folder / CSV).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return import_folder(content, "aigs_2019", folder)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("china_tech", "X", "'X' is not a word that Overt knows here"),
        ("facial_recognition", "", "'' is not a word that Overt knows here"),
        ("country", "UnitElectoral Democracy", "not a known country"),
        ("regime_type", "XX", "'XX' is not a word that Overt knows here"),
        ("fotn_2018_score", "n/a", "is not a number"),
    ],
)
def test_an_undeclared_spelling_is_a_problem(content: Catalogue, tmp_path: Path, column: str, value: str, message: str) -> None:
    outcome = import_changed(content, tmp_path, lambda rows: rows[1].update({column: value}))
    assert outcome.report.imported == 2
    assert [problem.locator for problem in outcome.report.problems] == [f"row=3;col={column}"]
    assert message in outcome.report.problems[0].message


def test_a_country_twice_is_a_problem(content: Catalogue, tmp_path: Path) -> None:
    outcome = import_changed(content, tmp_path, lambda rows: rows.append(dict(rows[0])))
    assert "duplicate id" in outcome.report.problems[0].message


def test_a_missing_column_refuses_the_file(content: Catalogue, tmp_path: Path) -> None:
    def rename(rows: list[dict[str, str]]) -> None:
        for row in rows:
            row["chinese"] = row.pop("china_tech")

    with pytest.raises(FileProblem, match=r"column 'china_tech' is missing"):
        import_changed(content, tmp_path, rename)


def test_a_note_below_the_table_is_out_of_scope_and_an_unknown_country_is_not(content: Catalogue, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(edition(content, "aigs_2022") / XLSX)
    book["AIGS 2022"].append(["Sources: see the publisher's library"])
    book["AIGS 2022"].append(["Atlantis", "EUR", 0.5, "LD"])
    book.save(tmp_path / XLSX)
    book.close()
    outcome = import_folder(content, "aigs_2022", tmp_path)
    assert outcome.report.out_of_scope == {"note-below-table": 1}
    assert [problem.locator for problem in outcome.report.problems] == ["sheet=AIGS 2022;row=100;col=Country"]
