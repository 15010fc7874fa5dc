"""The released answers, compared with the rows behind them."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from overt.release.answers.answer_tables import ANSWER_TABLES
from overt.release.columns.column_descriptions import table_columns
from tests.support.answer_reference import ReferenceAnswers
from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.shipped_edition import ShippedEdition

TABLES = (
    "organizations", "projects", "project_kinds", "roles", "commitments", "assessments", "programmes", "agreements", "relations",
    "terms",
)  # fmt: skip
NUMBERS = (
    "projects", "supplied", "named_customers", "cables_supplied", "owned", "cables_owned", "financed", "other_parts", "not_built",
    "group_projects", "programmes", "agreements",
)  # fmt: skip


def read(tables: Path, query: str) -> list[dict[str, Any]]:
    cursor = duckdb.execute(query.replace("$", f"{tables}/"))
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def compare(tables: Path) -> list[dict[str, Any]]:
    """Compare every answer of a release with the reference, and return the answers."""
    rows = {name: read(tables, f"FROM '${name}.parquet'") for name in TABLES}
    reference = ReferenceAnswers(rows).counts()
    answers = read(tables, "FROM '$answers.parquet'")
    assert {(row["organization"], row["country"]) for row in answers} == set(reference)
    for row in answers:
        counts = reference[row["organization"], row["country"]]
        got = {name: row[name] for name in (*NUMBERS, "first_year", "last_year", "index_years", "through")}
        assert got == {name: counts.get(name, 0) for name in got}, (row["organization"], row["country"])
        assert row["strength"] == strength(row), row
    return answers


def strength(row: dict[str, Any]) -> str:
    if row["named_customers"]:
        return "named-customer"
    if row["projects"] > row["cables_owned"] or row["programmes"]:
        return "documented"
    for name, word in (("index_years", "index"), ("agreements", "agreement"), ("cables_owned", "cable-owner")):
        if row[name]:
            return word
    return "not-built"


def test_answers_of_the_shipped_edition_are_those_of_its_rows(shipped_edition: ShippedEdition) -> None:
    [tables] = (shipped_edition.root / "releases").glob("*/tables")
    answers = compare(tables)
    assert len(answers) > 1_000
    assert {row["strength"] for row in answers} >= {"named-customer", "documented", "index", "agreement", "not-built"}
    [huawei] = read(
        tables,
        "SELECT a.* FROM '$answers.parquet' AS a JOIN '$records.parquet' AS r ON r.id = a.organization "
        "WHERE r.label = 'Huawei Technologies Co., Ltd.' AND a.country = 'KE'",
    )
    supplied = huawei["supplied"]
    assert supplied >= 3 and huawei["named_customers"] == supplied and huawei["index_years"] == [2019, 2022]
    assert huawei["sentence"].startswith(
        f"Huawei Technologies Co., Ltd. is a supplier of {supplied} documented projects in Kenya, dated 2007 to 20"
    )
    assert f"{supplied}个有记载项目" in huawei["sentence_zh"]
    assert huawei["independent_sources"] > 1


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Make an atlas with a group owned by a ministry, a company that the group sold, a cable, a denied project, and an index.

    Return the folder of its tables, and the ids of its organisations.
    """
    atlas = Atlas(tmp_path_factory.mktemp("answers"))
    names = {"alder": "Alder Holdings", "birch": "Birch Marine", "cedar": "Cedar Telecom", "state": "Ministry of Dogwood"}
    names["elm"] = "Elm Bank"
    rows = [row for key, name in names.items() for row in make_statements("organization", key, name=name)]
    rows += make_statements("organization", "state", kind="state-body")
    rows += make_statements("relation", "r1", from_="t:birch", to="t:alder", kind="parent", start="2010", end="2015")
    rows += make_statements("relation", "r2", from_="t:alder", to="t:state", kind="parent")
    projects = {
        "during": ("KE", "2012", "operational", "video-surveillance"),
        "after": ("KE", "2019", "operational", "video-surveillance"),
        "undated": ("KE", None, "operational", "video-surveillance"),
        "denied": ("UG", "2018", "denied", "filtering"),
        "cable": ("TZ", "2014", "operational", "submarine-cable"),
    }
    for key, (country, agreed, status, kind) in projects.items():
        rows += make_statements("project", key, name=f"Project {key}", country=country, status=status, kind=kind)
        rows += make_statements("project", key, agreed=agreed) if agreed else []
    roles = [
        ("during", "birch", "supplier"), ("after", "birch", "supplier"), ("undated", "birch", "supplier"),
        ("during", "alder", "customer"), ("after", "cedar", "customer"), ("denied", "alder", "supplier"),
        ("cable", "cedar", "owner"),
    ]  # fmt: skip
    for project, organization, role in roles:
        key = f"{project}/{organization}"
        rows += make_statements("role", key, project=f"t:{project}", organization=f"t:{organization}", role=role)
    rows += make_statements("commitment", "c1", project="t:after", financier="t:elm")
    rows += make_statements("commitment", "c2", project="t:cable", financier="t:elm")
    rows += make_statements("assessment", "a1", country="MA", year="2022", kind="smart-city", supplier="t:cedar")
    atlas.fetch("t", rows)
    release = atlas.build()
    ids = {key: atlas.id_of(f"t:{key}") for key in names}
    return atlas.root / "releases" / release / "tables", ids


def answer(invented: tuple[Path, dict[str, str]], key: str, country: str) -> dict[str, Any]:
    tables, ids = invented
    rows = read(tables, f"SELECT * FROM '$answers.parquet' WHERE organization = '{ids[key]}' AND country = '{country}'")
    return rows[0] if rows else {}


def test_every_number_agrees_with_the_reference(invented: tuple[Path, dict[str, str]]) -> None:
    assert len(compare(invented[0])) == 8


def test_a_group_has_what_a_member_did_while_it_was_one(invented: tuple[Path, dict[str, str]]) -> None:
    birch, alder = answer(invented, "birch", "KE"), answer(invented, "alder", "KE")
    assert (birch["supplied"], alder["supplied"]) == (3, 1), "only the project of 2012 was that of the group"
    assert (alder["first_year"], alder["last_year"]) == (2012, 2012)
    assert alder["through"] == [invented[1]["birch"]]
    assert not answer(invented, "state", "KE"), "a ministry that owns a company is no group"


def test_a_customer_of_the_own_group_is_no_named_customer(invented: tuple[Path, dict[str, str]]) -> None:
    assert answer(invented, "birch", "KE")["named_customers"] == 2, "the supplier’s owner and another company ordered one each"
    assert answer(invented, "alder", "KE")["named_customers"] == 0


def test_the_sentence_says_how_many_projects_a_bank_finances(invented: tuple[Path, dict[str, str]]) -> None:
    birch = answer(invented, "birch", "KE")
    assert birch["projects"] == 3
    assert "1 of these projects is financed, in whole or in part, by Elm Bank." in birch["sentence"]
    assert "其中1个项目由Elm Bank全部或部分出资" in birch["sentence_zh"]
    assert "The project is financed, in whole or in part, by Elm Bank." in answer(invented, "cedar", "TZ")["sentence"]
    assert "financed" not in answer(invented, "alder", "KE")["sentence"], "the bank's project is of a year without the group"


def test_a_single_supplied_project_is_not_counted_again(invented: tuple[Path, dict[str, str]]) -> None:
    assert "in Kenya, dated 2012: surveillance. No customer" in answer(invented, "alder", "KE")["sentence"]
    assert "2 have a named customer." in answer(invented, "birch", "KE")["sentence"], "2 of 3"


def test_what_was_denied_an_index_and_a_share_of_a_cable_are_told_apart(invented: tuple[Path, dict[str, str]]) -> None:
    assert answer(invented, "alder", "UG")["strength"] == "not-built"
    assert "cancelled, denied" in answer(invented, "alder", "UG")["sentence"]
    assert answer(invented, "cedar", "TZ")["strength"] == "cable-owner"
    assert answer(invented, "cedar", "TZ")["sentence"].startswith(
        "Cedar Telecom owns or runs, alone or with others, 1 submarine cable that lands in Tanzania, dated 2014. "
    )
    index = answer(invented, "cedar", "MA")
    assert (index["strength"], index["index_years"], index["projects"]) == ("index", [2022], 0)
    assert index["sentence"] == "The index of 2022 names Cedar Telecom as a supplier in Morocco; no project is on record."
    assert index["sentence_zh"] == "2022年的指数将Cedar Telecom列为摩洛哥的供应方；没有项目记录。"


def test_every_answer_has_its_sentence_in_both_languages(shipped_edition: ShippedEdition) -> None:
    [tables] = (shipped_edition.root / "releases").glob("*/tables")
    for name in ("answers", "answer_lenders", "answer_services", "answer_country_kinds", "answer_organization_kinds"):
        rows = read(tables, f"SELECT sentence, sentence_zh FROM '${name}.parquet'")
        assert rows
        assert all(row["sentence"].endswith(".") and row["sentence_zh"].endswith("。") for row in rows)
        assert not [row for row in rows if "documented" in row["sentence_zh"] or "%(" in row["sentence"] + row["sentence_zh"]]


def test_every_column_is_described(invented: tuple[Path, dict[str, str]]) -> None:
    for name in ANSWER_TABLES:
        columns = {row["column_name"] for row in read(invented[0], f"DESCRIBE FROM '${name}.parquet'")}
        assert columns == table_columns("answers")[name].keys(), name
