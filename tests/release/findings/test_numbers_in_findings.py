"""What the sentences and charts of packaged findings count: ties, services and the unexplained part of money."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from overt.language.language import LANGUAGES
from overt.model.content_catalogue import Catalogue
from overt.release.findings.finding_definition import load_findings
from overt.release.findings.finding_evaluation import create_finding_views, evaluate
from overt.release.findings.finding_sentences import SentenceWriter

DAY = date(2026, 11, 29)
FINDINGS = {finding.name: finding for finding in load_findings(Catalogue())}


@pytest.fixture
def tables() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute((Path(__file__).parent / "invented_release_tables.sql").read_text(encoding="utf-8"))
        create_finding_views(connection, DAY)
        yield connection


def written(connection: duckdb.DuckDBPyConnection, name: str, sentence: str) -> list[str]:
    """Return a sentence of a finding in every language."""
    values = evaluate(connection, FINDINGS[name]).values
    return [SentenceWriter(language, Catalogue()).write(FINDINGS[name], sentence, values) for language in LANGUAGES]


def test_all_suppliers_with_the_second_highest_number_are_named(tables: duckdb.DuckDBPyConnection) -> None:
    assert [row["en"] for row in evaluate(tables, FINDINGS["leading-supplier"]).values["second"]] == ["Spy Group"]
    tables.execute("UPDATE roles SET organization = 'ged' WHERE project LIKE 'nets%'")
    english, chinese = written(tables, "leading-supplier", "text")
    assert "The next highest number is 5, for Geedge Networks and Spy Group." in english
    assert "其次是Geedge Networks和Spy Group，5套。" in chinese


def test_a_chinese_alias_names_a_supplier_only_if_it_is_a_part_of_a_full_name(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute(
        "UPDATE organizations SET name = ['Huge Optics', '巨光科技有限公司'], alias = ['大光', '巨光'] WHERE id = 'huge'"
    )
    create_finding_views(tables, DAY)
    assert evaluate(tables, FINDINGS["leading-supplier"]).values["supplier"] == {"en": "Huge Optics", "zh": "巨光"}


def test_a_service_that_was_blocked_twice_is_one_replaced_service(tables: duckdb.DuckDBPyConnection) -> None:
    before = evaluate(tables, FINDINGS["platforms-replaced"]).values["replaced"]
    tables.execute("INSERT INTO restrictions SELECT * REPLACE ('again' AS id) FROM restrictions WHERE id = 'block1'")
    assert evaluate(tables, FINDINGS["platforms-replaced"]).values["replaced"] == before == 4
    tables.execute("UPDATE restrictions SET platform = ['other'] WHERE id = 'again'")
    assert evaluate(tables, FINDINGS["platforms-replaced"]).values["replaced"] == 5


def test_suppliers_of_spyware_that_does_not_count_have_no_home_country(tables: duckdb.DuckDBPyConnection) -> None:
    before = evaluate(tables, FINDINGS["spyware-home-countries"]).values
    tables.execute(
        "INSERT INTO roles VALUES ('denied', 'nets', 'supplier'); INSERT INTO project_kinds VALUES ('denied', 'spyware')"
    )
    assert evaluate(tables, FINDINGS["spyware-home-countries"]).values == before
    tables.execute(
        "INSERT INTO figure_rows (name, unit_id, counted, groups) VALUES ('deployments-by-supplier', 'denied', true, '{}')"
    )
    assert evaluate(tables, FINDINGS["spyware-home-countries"]).values["vendors"] == before["vendors"] + 1


def test_the_two_firms_whose_bars_overlap_most_are_named(tables: duckdb.DuckDBPyConnection) -> None:
    spyware = tables.execute("SELECT id FROM project_kinds WHERE kind = 'spyware' ORDER BY id").fetchall()
    projects = [identity for (identity,) in spyware]
    before = evaluate(tables, FINDINGS["spyware-suppliers"]).values
    for project in projects[:2]:
        tables.execute("DELETE FROM roles WHERE project = ?", [project])
        tables.execute("INSERT INTO roles VALUES (?, 'huge', 'supplier'), (?, 'ged', 'supplier')", [project, project])
    after = evaluate(tables, FINDINGS["spyware-suppliers"]).values
    assert before["of_pair"] < 2 == after["of_pair"]
    assert "Geedge Networks and Huge together (2)" in written(tables, "spyware-suppliers", "text")[0]


def test_columns_of_money_have_the_part_for_surveillance(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute("UPDATE figure_rows SET variants = ['surveillance-or-censorship'] WHERE unit_id = 'loan1'")
    rows = evaluate(tables, FINDINGS["money-without-a-purpose"]).chart_rows
    assert rows == [{"year": 2009, "value": 60.0, "part": 60.0}, {"year": 2011, "value": 40.0, "part": 0.0}]


def test_money_for_scanners_is_told_apart(tables: duckdb.DuckDBPyConnection) -> None:
    """Money for a project that also has another kind of surveillance doesn't count as money for scanners."""
    kinds = "UPDATE figure_rows SET variants = ['surveillance-or-censorship'], groups = ? WHERE unit_id = ?"
    tables.execute(kinds, ['{"year": 2009, "kind": ["security-inspection", "data-centre"]}', "loan1"])
    tables.execute(kinds, ['{"year": 2011, "kind": ["security-inspection", "smart-city"]}', "loan2"])
    assert evaluate(tables, FINDINGS["money-without-a-purpose"]).values["scanners"] == 60
    assert "Of the $10, $60 is for projects with scanners" in written(tables, "money-without-a-purpose", "text")[0]


def test_a_law_that_keeps_chinese_suppliers_out_is_no_law_after_chinas(tables: duckdb.DuckDBPyConnection) -> None:
    laws = FINDINGS["laws-after-chinas"]
    assert evaluate(tables, laws).values["laws"] == 3
    assert "3 laws of other states: Law 1, Law 2 and Law 3" in written(tables, "laws-after-chinas", "headline")[0]
    tables.execute("UPDATE provisions SET topic = ['vendor-exclusion'] WHERE agreement = 'law1'")
    after = evaluate(tables, laws)
    assert after.values["laws"] == 2 and len(after.chart_rows) == 2
    tables.execute("UPDATE provisions SET topic = ['vendor-exclusion']")
    assert evaluate(tables, laws).status == "withdrawn"


def test_findings_about_the_world_come_before_those_about_the_evidence() -> None:
    ordered = sorted(FINDINGS.values(), key=lambda finding: finding.rank)
    assert [finding.about for finding in ordered] == sorted((finding.about for finding in ordered), reverse=True)
    assert {"two-sources", "index-alone", "not-announced"} <= {row.name for row in ordered if row.about == "evidence"}
    assert len({finding.rank for finding in ordered}) == len(ordered), "no two compete for a place"


def test_what_is_left_out_of_the_63_countries_is_named(tables: duckdb.DuckDBPyConnection) -> None:
    assert written(tables, "sixty-three", "headline") == [
        "Carnegie’s 2019 index names 63 countries for Chinese surveillance technology, 61 without China and Hong Kong",
        "卡内基2019年指数称63个国家和地区有中国监控技术，不计中国大陆和香港则为61个",
    ]


def test_a_block_with_old_reports_alone_counts_as_neither_lasting_nor_ended(tables: duckdb.DuckDBPyConnection) -> None:
    values = evaluate(tables, FINDINGS["reported-ends-of-blocks"]).values
    assert (values["dated"], values["lifted"], values["old"]) == (14, 1, 8)
    tables.execute("UPDATE documents SET published_to = DATE '2024-11-29' WHERE id = 'report0'")
    assert evaluate(tables, FINDINGS["reported-ends-of-blocks"]).values["old"] == 7, "exactly two years is not more"
    tables.execute("UPDATE restrictions SET end_from = start_to WHERE id = 'block1'")
    values = evaluate(tables, FINDINGS["reported-ends-of-blocks"]).values
    assert (values["lifted"], values["old"]) == (2, 6), "a block with a reported end is none of the others"
    assert "For 6 of the others" in written(tables, "reported-ends-of-blocks", "text")[0]


def test_shares_are_written_by_the_rules_of_the_language(tables: duckdb.DuckDBPyConnection) -> None:
    finding = FINDINGS["not-only-autocracies"]
    values = evaluate(tables, finding).values | {"part": 0.45}
    english, chinese = (SentenceWriter(language, Catalogue()).write(finding, "text", values) for language in LANGUAGES)
    assert "45 %" in english and "45%" in chinese
