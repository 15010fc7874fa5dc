"""Every packaged finding: its number moves its sentence, and data that no longer carry it withdraw it."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from overt.language.language import LANGUAGES
from overt.model.catalogue import Catalogue
from overt.release.findings.finding_definition import SENTENCES, Finding, load_findings
from overt.release.findings.finding_sentences import SentenceWriter
from overt.release.findings.finding_status import HOLDS, WITHDRAWN
from overt.release.findings.finding_tables import evaluate

FINDINGS = {finding.name: finding for finding in load_findings(Catalogue())}
_MORE_DEPLOYMENTS = """
    INSERT INTO projects VALUES ('more', ['{country}'], {known_from}, 'operational');
    INSERT INTO roles VALUES ('more', '{supplier}', 'supplier');
    INSERT INTO project_kinds VALUES ('more', '{kind}');
    INSERT INTO figure_rows VALUES ('deployments-by-supplier', 'more', NULL, true, '{{}}')
"""


def deployment(supplier: str, kind: str = "surveillance", country: str = "NO", known_from: str = "NULL") -> str:
    """Return SQL that adds a documented deployment."""
    return _MORE_DEPLOYMENTS.format(supplier=supplier, kind=kind, country=country, known_from=known_from)


NO_DEPLOYMENTS = "DELETE FROM figure_rows WHERE name = 'deployments-by-supplier'"
CASES = {
    "documented-systems": (deployment("huge"), NO_DEPLOYMENTS),
    "leading-supplier": (deployment("huge"), "UPDATE roles SET organization = 'nets' WHERE project LIKE 'huge%'; UPDATE roles SET organization = 'ged' WHERE project LIKE 'huge1%'; UPDATE roles SET organization = 'spy' WHERE project LIKE 'huge2%'; UPDATE roles SET organization = 'spy2' WHERE project LIKE 'huge3%'"),
    "sixty-three": ("UPDATE figures SET value = 64 WHERE name LIKE '%2019'", "UPDATE figures SET value = 61 WHERE name LIKE '%2019'"),
    "gateway-export": (deployment("ged", "filtering", "ET", "['leaked-file']"), "UPDATE projects SET known_from = ['press-report'] WHERE id LIKE 'ged%'"),
    "who-lends": ("UPDATE figures SET value = 200 WHERE name = 'finance-total'", "UPDATE figures SET value = 1000 WHERE name = 'finance-total'"),
    "platforms-replaced": ("UPDATE restrictions SET replacement = ['Weibo'] WHERE id = 'block8'", "UPDATE restrictions SET replacement = []"),
    "blocks-that-last": ("DELETE FROM restrictions WHERE id = 'block0'", "UPDATE restrictions SET end_from = start_to"),
    "index-alone": ("DELETE FROM figure_rows WHERE name LIKE 'countries-with%' AND unit_id = 'UG'", "UPDATE figure_rows SET name = 'other' WHERE name = 'surveillance-export-countries-2022'"),
    "two-sources": ("UPDATE figures SET value = 200 WHERE name = 'documented-deployments'", "UPDATE figures SET value = 400 WHERE name = 'documented-deployments'"),
    "same-rules": ("DELETE FROM figure_rows WHERE unit_id = 'law1'", "DELETE FROM figure_rows WHERE unit_id LIKE 'cn%'"),
    "spyware-customers": (deployment("spy", "spyware", "PL"), "DELETE FROM project_kinds WHERE kind = 'spyware'"),
    "spyware-seats": ("UPDATE organizations SET country = 'IT' WHERE id = 'spy3'; INSERT INTO organizations VALUES ('spy4', ['Fourth'], 'IL'); UPDATE roles SET organization = 'spy4' WHERE project = 'spy1'", "UPDATE organizations SET country = NULL"),
    "what-they-deny": ("INSERT INTO statements VALUES ('spy1', 'denial')", "UPDATE statements SET kind = 'reply'"),
    "not-announced": (deployment("nets", "filtering", "OM", "['client-list']"), "UPDATE projects SET known_from = ['press-report', 'leaked-file']"),
    "listed-suppliers": (deployment("huge"), "UPDATE listings SET \"current\" = false"),
    "not-only-autocracies": ("UPDATE indicators SET code = 'LD' WHERE country = 'UG'", "UPDATE indicators SET code = 'CA'"),
    "blocked-every-day": ("UPDATE observations SET measurements = 258", "UPDATE observations SET measurements = 100"),
    "shutdowns-and-surveillance": ("DELETE FROM restrictions WHERE id = 'shut1'", "DELETE FROM restrictions WHERE id LIKE 'shut%'"),
    "one-cable": ("UPDATE dependence_cuts SET cut = 1 WHERE country = 'UG'", "UPDATE dependence_cuts SET cut = 2"),
    "laws-after-chinas": ("UPDATE provisions SET note = 'Chinese trainers drafted it.' WHERE agreement = 'law9'", "UPDATE provisions SET note = 'Data stay in Machina.'"),
}  # fmt: skip
"""Finding → SQL that moves one of its numbers, and SQL after which it must not hold."""


@pytest.fixture
def tables() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute((Path(__file__).parent / "tables.sql").read_text(encoding="utf-8"))
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


@pytest.mark.parametrize("name", CASES)
def test_a_finding_without_its_source_says_so(name: str, tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute("DELETE FROM sources; UPDATE figures SET value = NULL, status = 'source not loaded: aiddata_gcdf'")
    finding = FINDINGS[name]
    if not finding.requires and not finding.values:
        pytest.skip("reads only tables that every release has")
    assert evaluate(tables, finding).status.startswith("source not loaded: ")


@pytest.mark.parametrize("name", CASES)
def test_no_number_is_typed(name: str) -> None:
    """Digits in a sentence are years of editions, never counts."""
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
    from overt.release.findings.finding_definition import PLACEHOLDER

    return PLACEHOLDER.findall(text)
