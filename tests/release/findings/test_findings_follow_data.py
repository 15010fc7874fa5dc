"""Every packaged finding: its number changes its sentence, and data that no longer support it withdraw it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
import yaml

from overt.language.language import LANGUAGES
from overt.model.content_catalogue import Catalogue
from overt.release.findings.finding_definition import PLACEHOLDER, SENTENCES, Finding, load_findings
from overt.release.findings.finding_evaluation import create_finding_views, evaluate
from overt.release.findings.finding_sentences import SentenceWriter
from overt.release.findings.finding_statuses import HOLDS, WITHDRAWN

HERE = Path(__file__).parent
DAY = date(2026, 11, 29)
FINDINGS = {finding.name: finding for finding in load_findings(Catalogue())}
CASES = {
    name: (sql["moves"], sql["breaks"])
    for name, sql in yaml.safe_load((HERE / "moving_and_breaking_sql.yml").read_text(encoding="utf-8")).items()
}
"""Finding → SQL that changes one of its numbers, and SQL after which the finding must no longer hold."""


@pytest.fixture
def tables() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute((HERE / "invented_release_tables.sql").read_text(encoding="utf-8"))
        create_finding_views(connection, DAY)
        yield connection


def sentences(connection: duckdb.DuckDBPyConnection, finding: Finding) -> dict[str, str]:
    """Return the headline and text of a finding in both languages."""
    evaluation = evaluate(connection, finding)
    assert evaluation.status == HOLDS, evaluation.reason
    return {
        f"{language.code} {name}": SentenceWriter(language, Catalogue()).write(finding, name, evaluation.values)
        for language in LANGUAGES
        for name in ("headline", "text")
    }


def test_every_finding_has_a_case() -> None:
    assert CASES.keys() == FINDINGS.keys()
    assert len(FINDINGS) >= 15


@pytest.mark.parametrize("name", CASES)
def test_a_moved_number_moves_the_sentence(name: str, tables: duckdb.DuckDBPyConnection) -> None:
    before = sentences(tables, FINDINGS[name])
    tables.execute(CASES[name][0])
    after = sentences(tables, FINDINGS[name])
    for language in LANGUAGES:
        assert any(after[key] != before[key] for key in before if key.startswith(language.code)), language.code


@pytest.mark.parametrize("name", CASES)
def test_a_finding_vanishes_when_its_data_no_longer_carry_it(name: str, tables: duckdb.DuckDBPyConnection) -> None:
    assert evaluate(tables, FINDINGS[name]).status == HOLDS
    tables.execute(CASES[name][1])
    evaluation = evaluate(tables, FINDINGS[name])
    assert evaluation.status == WITHDRAWN
    assert evaluation.reason
    assert not evaluation.chart_rows


def test_a_finding_about_nothing_names_the_number_that_withdraws_it(tables: duckdb.DuckDBPyConnection) -> None:
    """`overt findings` used to print "withdrawn: no value: where, which" if there were no laws to list."""
    tables.execute("UPDATE provisions SET note = NULL")
    finding = FINDINGS["laws-after-chinas"]
    assert evaluate(tables, finding).reason == "laws >= 2 is not true: laws = 0"
    without_rule = finding.model_copy(update={"holds_when": "laws = 0"})
    assert evaluate(tables, without_rule).reason == "the data give no value for where and which"


@pytest.mark.parametrize("name", CASES)
def test_a_finding_without_its_source_says_so(name: str, tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute("DELETE FROM sources; UPDATE figures SET value = NULL, status = 'source not loaded: aiddata_gcdf'")
    finding = FINDINGS[name]
    if not finding.requires and not finding.values:
        pytest.skip("reads only tables that every release has")
    assert evaluate(tables, finding).status.startswith("source not loaded: ")


@pytest.mark.parametrize("name", CASES)
def test_no_number_is_typed(name: str) -> None:
    """Digits that are typed into a sentence are years of editions, never counts."""
    finding = FINDINGS[name]
    allowed = {"2019", "2022", "2021", "2025"}
    for sentence in SENTENCES:
        for ending in ("", "_zh"):
            words = "".join(char if char.isdigit() else " " for char in getattr(finding, sentence + ending)).split()
            assert set(words) <= allowed, (sentence, words)


@pytest.mark.parametrize("name", CASES)
def test_both_languages_write_the_same_values(name: str) -> None:
    finding = FINDINGS[name]
    english = {value for key in ("headline", "text") for value in _placeholders(getattr(finding, key))}
    chinese = {value for key in ("headline", "text") for value in _placeholders(getattr(finding, f"{key}_zh"))}
    assert english == chinese


def _placeholders(text: str) -> list[str]:
    return PLACEHOLDER.findall(text)
