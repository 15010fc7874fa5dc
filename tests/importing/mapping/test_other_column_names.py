"""Columns with another name in an older or newer edition of a file."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from overt.importing.editing.problem_hints import problem_hints
from overt.importing.errors import FileProblem
from overt.importing.folder_import_without_archive import folder_files
from overt.importing.problem_groups import group_problems
from overt.importing.snapshot_importer_run import Outcome, run_source
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError
from tests.importing.mapping.tracker_source import COLUMNS, MAPPING, ROW, SLUG, run

BEFORE, OTHER_NAMES = "    ignore: {", "    other_names: {No: Number, Client: [Buyer, Customer], Status: [Stage]}\n    ignore: {"
OLDER = {"No": "Number", "Client": "Customer", "Status": "Stage"}


def run_edition(
    folder: Path, names: Mapping[str, str], row: Mapping[str, object] = ROW, other_names: str = OTHER_NAMES
) -> Outcome:
    """Import a row from a file in which columns have other names."""
    columns = [names.get(name, name) for name in COLUMNS]
    renamed = {names.get(name, name): value for name, value in row.items()}
    return run(folder, [renamed], MAPPING.replace(BEFORE, other_names), columns)


def test_two_editions_give_the_same_claims_each_with_its_own_column_as_evidence(tmp_path: Path) -> None:
    newer, older = run_edition(tmp_path / "newer", {}), run_edition(tmp_path / "older", OLDER)
    assert older.report.problem_count == 0
    assert {claim.id for claim in older.claims} == {claim.id for claim in newer.claims}
    [status] = [claim.id for claim in older.claims if claim.property == "status"]
    [place] = [evidence.locator for evidence in older.evidence if evidence.claim_id == status]
    assert place == "sheet=Projects;row=4;col=Stage"


def test_without_its_other_name_a_column_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"new in the file: 'Client name'; .* or add it under `other_names:`"):
        run_edition(tmp_path, {"Client": "Client name"})


def test_a_file_with_both_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="has the columns 'Client' and 'Notes', which are one column by `other_names:`"):
        run_edition(tmp_path, {}, other_names="    other_names: {Client: Notes}\n    ignore: {")


def test_hints_know_a_column_by_its_other_name(tmp_path: Path) -> None:
    outcome = run_edition(tmp_path, OLDER, {**ROW, "Status": "live"})
    content = Catalogue(tmp_path)
    [group] = group_problems(outcome.report.problems)
    [hint] = problem_hints(content.sources[SLUG], content, group)
    assert hint.lines == ["live: operational"]


@pytest.mark.parametrize(
    ("other_names", "why"),
    [
        ("{Cliant: Buyer}", "the mapping reads no column 'Cliant' (is it 'Client'?)"),
        ("{Client: Country}", "the mapping reads column 'Country' itself; read only 'Client'"),
        ("{Client: Buyer, Country: Buyer}", "'Buyer' is another name of two columns"),
    ],
)
def test_other_names_that_contradict_the_mapping_are_refused(tmp_path: Path, other_names: str, why: str) -> None:
    with pytest.raises(ContentError) as error:
        run_edition(tmp_path, {}, other_names=f"    other_names: {other_names}\n    ignore: {{")
    assert why in str(error.value)


@pytest.mark.parametrize(
    "row", [{"id": "7", "owner": {"name": "Alder"}}, {"id": "7", "owner": {"title": "Alder"}}, {"id": "7", "title": "Alder"}]
)
def test_values_of_json_have_other_names_in_each_row(tmp_path: Path, row: dict[str, object]) -> None:
    source = tmp_path / "sources" / "parks"
    source.mkdir(parents=True)
    head = MAPPING[: MAPPING.index("files:")]
    (source / "source.yml").write_text(
        head + 'files:\n  parks: {patterns: ["*.json"], format: json}\nrecords:\n  project: "{id}"\nmapping:\n  parks:\n'
        "    other_names: {/owner/name: [/owner/title, title]}\n"
        "    records:\n      - record: project\n        name: /owner/name\n"
    )
    (tmp_path / "parks.json").write_text(json.dumps([row]))
    content = Catalogue(tmp_path)
    outcome = run_source("parks", content, folder_files(content, "parks", tmp_path))
    assert [claim.value for claim in outcome.claims if claim.property == "name"] == ["Alder"]
