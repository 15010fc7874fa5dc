"""Our own registers: nothing can refer to a refused line, and another line may use its id."""

import csv
import shutil
from pathlib import Path

import pytest

from overt.importing.folder_import_without_archive import import_folder
from overt.model.content_catalogue import Catalogue


def change(path: Path, row: int, **cells: str) -> dict[str, str]:
    """Change cells of a row of a table; return the row before the change."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    before = dict(rows[row])
    rows[row].update(cells)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return before


@pytest.mark.parametrize(
    ("slug", "file", "cells", "message"),
    [
        ("agreements", "agreement_documents.csv", {"url": "no address"}, "no row before this describes document"),
        ("agreements", "agreements.csv", {"date": "soon"}, "no row before this describes agreement"),
        ("deployments", "deployment_documents.csv", {"url": "no address"}, "no row before this describes document"),
        ("deployments", "deployments.csv", {"status": "dreamt of"}, "no row before this describes project"),
        ("laws", "laws.csv", {"in_force": "soon"}, "no row before this describes agreement"),
        ("programmes", "programmes.csv", {"country": "Atlantis"}, "no row before this describes programme"),
        ("organizations", "organization_documents.csv", {"url": "no address"}, "no row before this describes document"),
        ("organizations", "organizations.csv", {"country": "Atlantis"}, "no row before this describes organization"),
        ("reported_figures", "reported_figure_documents.csv", {"url": "no address"}, "no row before this describes document"),
    ],
)
def test_a_refused_line_cannot_be_referred_to(
    content: Catalogue, tmp_path: Path, slug: str, file: str, cells: dict[str, str], message: str
) -> None:
    sample = Path(shutil.copytree(str(content.source_folders[slug] / "sample"), tmp_path / "sample"))
    with (sample / file).open(newline="", encoding="utf-8") as table:
        lines = len(list(csv.DictReader(table)))
    for row in range(lines):
        change(sample / file, row, **cells)
    problems = import_folder(content, slug, sample).report.problems
    assert [problem.file for problem in problems[:lines]] == [file] * lines
    later = [problem for problem in problems if problem.file != file]
    assert any(message in problem.message for problem in later)
    assert all("or that row is a problem" in problem.message for problem in later)


def test_the_id_of_a_refused_line_is_free(content: Catalogue, tmp_path: Path) -> None:
    sample = Path(shutil.copytree(str(content.source_folders["agreements"] / "sample"), tmp_path / "sample"))
    first = change(sample / "agreement_documents.csv", 0, published="soon")
    change(sample / "agreement_documents.csv", 1, id=first["id"])
    messages = [problem.message for problem in import_folder(content, "agreements", sample).report.problems]
    assert not any("duplicate id" in message for message in messages)
    assert "published" in messages[0]
