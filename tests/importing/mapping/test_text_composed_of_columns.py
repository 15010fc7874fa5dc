"""Values composed of several columns."""

from pathlib import Path

import pytest

from overt.importing.errors import FileProblem
from overt.model.errors import ContentError
from tests.importing.mapping.tracker_source import MAPPING, ROW, run, values

NAME = "name: [{column: Project, lang: en}, {column: 项目名称, lang: zh}]"


def with_name(name: str) -> str:
    assert NAME in MAPPING
    mapping = MAPPING.replace(NAME, f"name: {name}")
    return mapping.replace("ignore: {", "ignore: {Project: not here, 项目名称: not here, ")


def test_a_template_is_made_of_its_columns(tmp_path: Path) -> None:
    outcome = run(tmp_path, [ROW], with_name('{template: "{Type} in {Country}", lang: en}'))
    (name,) = [claim for claim in outcome.claims if (claim.type, claim.property) == ("project", "name")]
    assert (name.value, name.original, name.lang) == ("CCTV; face recognition in Kenya", None, "en")
    places = {evidence.locator for evidence in outcome.evidence if evidence.claim_id == name.id}
    assert places == {"sheet=Projects;row=4;col=Type", "sheet=Projects;row=4;col=Country"}


def test_a_template_with_an_empty_column_states_nothing(tmp_path: Path) -> None:
    mapping = with_name('[No, {template: "{Type} in {City}", lang: en}]')
    outcome = run(tmp_path, [{**ROW, "City": None}, {**ROW, "No": 8}], mapping)
    assert (values(outcome, "7")["name"], values(outcome, "8")["name"]) == ({"7"}, {"8", "CCTV; face recognition in Nairobi"})


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ('{template: "Cameras"}', "names no column in braces"),
        ('{template: "{Type}", column: Project}', "needs one of `column:`, `constant:` and `template:`"),
    ],
)
def test_a_template_without_a_column_is_refused(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(ContentError, match=message):
        run(tmp_path, [ROW], with_name(name))


def test_a_missing_column_of_a_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="column 'Kind' is missing"):
        run(tmp_path, [ROW], with_name('{template: "{Kind} in {Country}"}'))
