"""`per_column` makes a record for each filled cell of some columns: a lookup gives the term, and the cell is its evidence."""

from pathlib import Path

from overt.importing.folder_import_without_archive import folder_files
from overt.importing.snapshot_importer_run import run_source
from overt.model.content_catalogue import Catalogue

SOURCE = """
title: Scores
publisher: Example publisher
address: https://example.org/scores
licence: CC BY 4.0
attribution: Example publisher
reuse: open
covers: Scores.
not_covered: The rest.
files:
  scores: {patterns: ["scores*.csv"], format: csv}
records:
  indicator: "{series}/{country}/{year}"
mapping:
  scores:
    records:
      - {record: indicator, per_column: series, series: (word), country: Country, year: Year, value: (value)}
lookups:
  series: {A: fiw-electoral-process, B: fiw-pluralism}
"""


def test_the_word_of_a_column_is_not_the_words_of_the_cell(tmp_path: Path) -> None:
    source = tmp_path / "sources" / "scores"
    source.mkdir(parents=True)
    (source / "source.yml").write_text(SOURCE)
    (tmp_path / "scores.csv").write_text("Country,Year,A,B\nKenya,2024,9,\nLaos,2024,0,3\n")
    content = Catalogue(tmp_path)
    outcome = run_source("scores", content, folder_files(content, "scores", tmp_path))
    places = {evidence.claim_id: evidence.locator for evidence in outcome.evidence}
    series = {
        claim.record: (claim.value, claim.original, places[claim.id]) for claim in outcome.claims if claim.property == "series"
    }
    assert series == {
        "scores:fiw-electoral-process/KE/2024": ("fiw-electoral-process", None, "row=2;col=A"),
        "scores:fiw-electoral-process/LA/2024": ("fiw-electoral-process", None, "row=3;col=A"),
        "scores:fiw-pluralism/LA/2024": ("fiw-pluralism", None, "row=3;col=B"),
    }, "an empty cell makes no record, a 0 does"
