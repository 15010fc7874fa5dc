"""Source folders: samples give exactly their golden claims, every row is accounted for, and only open sources ship an edition."""

import csv
from pathlib import Path

import orjson
import pytest

from overt.importing.errors import FileProblem
from overt.importing.folder_import_without_archive import folder_files
from overt.importing.snapshot_importer_run import Outcome, run_source
from overt.model.content_catalogue import Catalogue
from tests.sources.golden_claims import golden_lines

SOURCES = sorted(Catalogue().source_folders)


def run_sample(content: Catalogue, slug: str) -> tuple[Outcome, dict[str, str]]:
    files = folder_files(content, slug, Path(str(content.source_folders[slug])) / "sample")
    names = {file.capture: file.name for role_files in files.values() for file in role_files}
    return run_source(slug, content, files), names


@pytest.mark.parametrize("slug", SOURCES)
def test_sample_gives_golden_claims(content: Catalogue, slug: str, request: pytest.FixtureRequest) -> None:
    outcome, names = run_sample(content, slug)
    golden = Path(str(content.source_folders[slug])) / "golden.jsonl"
    lines = golden_lines(outcome, names)
    if request.config.getoption("--update-golden"):
        golden.write_bytes(b"\n".join(lines) + b"\n")
    expected = [orjson.loads(line) for line in golden.read_bytes().splitlines()]
    assert [orjson.loads(line) for line in lines] == expected
    assert expected, "a sample that gives no claim tests nothing"


@pytest.mark.parametrize("slug", SOURCES)
def test_sample_rows_are_accounted_for(content: Catalogue, slug: str) -> None:
    outcome, _ = run_sample(content, slug)
    report = outcome.report
    assert report.rows_read == sum(report.rows_by_role.values())
    assert report.rows_read == report.imported + report.out_of_scope.total() + len(report.problems)
    assert not report.problems, report.problems[0]
    assert 5 <= report.rows_read <= 60, "a sample holds 10 to 40 rows (a few more for side tables)"


@pytest.mark.parametrize("slug", SOURCES)
def test_every_claim_has_a_place(content: Catalogue, slug: str) -> None:
    outcome, _ = run_sample(content, slug)
    assert {claim.id for claim in outcome.claims} == {evidence.claim_id for evidence in outcome.evidence}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"Status": "Completionn"}, "'Completionn' is not a word that Overt knows here (is it 'Completion'?)"),
        ({"Recipient": "Algeriaa", "Recipient.ISO-3": ""}, "'Algeriaa' is not a known country or area"),
        (
            {"Status": None, "Statuses": "Completion"},
            "column 'Status' is missing (is it now 'Statuses'?); is this another edition",
        ),
        (
            {"Price": "1"},
            "column 'Price' is neither used nor ignored by this Overt; is this another edition of the file? use the one",
        ),
    ],
)
def test_advice_on_a_packaged_source_is_for_the_owner_of_the_file(
    content: Catalogue, tmp_path: Path, row: dict[str, str | None], message: str
) -> None:
    """Users of a packaged source don't write its importer or lookups, so no message mentions them."""
    slug, name = "aiddata_gcdf", "gcdf3_final_input.csv"
    sample = (Path(str(content.source_folders[slug])) / "sample" / name).read_text(encoding="utf-8")
    first = next(csv.DictReader(sample.splitlines())) | row
    cells = {column: value for column, value in first.items() if value is not None}
    with (tmp_path / name).open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, cells)
        writer.writeheader()
        writer.writerow(cells)
    try:
        problem = run_source(slug, content, folder_files(content, slug, tmp_path)).report.problems[0].message
    except FileProblem as error:
        problem = str(error)
    assert message in problem
    assert not [word for word in ("importer.py", "source.yml", "lookups", "areas.yml") if word in problem]


@pytest.mark.parametrize("slug", SOURCES)
def test_edition_matches_reuse(content: Catalogue, slug: str) -> None:
    spec = content.sources[slug]
    has_edition = (content.source_folders[slug] / "edition").is_dir()
    assert has_edition == (spec.edition is not None)
    assert not has_edition or spec.reuse == "open", "only open sources ship an edition"
