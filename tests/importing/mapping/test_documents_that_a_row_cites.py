"""Documents that a row cites, with their dates and publishers."""

from pathlib import Path

from tests.importing.mapping.tracker_source import MAPPING, ROW, run, values


def test_every_document_that_a_row_cites_supports_its_facts(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "document: {column: Source URL, title: Source}",
        'document: {column: Source URL, split: ";", title: {column: Source, split: ";"}}',
    )
    row = {**ROW, "Source URL": "https://example.org/a; https://example.org/b", "Source": "Report; Contract"}
    outcome = run(tmp_path, [row], mapping)
    status = next(claim for claim in outcome.claims if claim.property == "status")
    cited = {evidence.document for evidence in outcome.evidence if evidence.claim_id == status.id}
    assert cited == {"tracker:document/https-example-org-a", "tracker:document/https-example-org-b"}
    assert values(outcome, "document/https-example-org-b")["title"] == {"Contract"}


def test_each_document_has_its_own_date_and_all_have_the_only_publisher(tmp_path: Path) -> None:
    document = 'document: {column: Source URL, split: ";", published: {column: Source, split: ";"}, publisher: Client}'
    mapping = MAPPING.replace("document: {column: Source URL, title: Source}", document)
    row = {**ROW, "Source URL": "https://example.org/a; https://example.org/b", "Source": "2019; 2020"}
    outcome = run(tmp_path, [row, {**row, "No": 8, "Source": "2019; 2020; 2021"}], mapping)
    assert values(outcome, "document/https-example-org-b") == {
        "url": {"https://example.org/b"}, "published": {"2020"}, "publisher": {"National Police Service"},
    }  # fmt: skip
    [problem] = outcome.report.problems
    assert "3 values of published for 2 addresses" in problem.message
