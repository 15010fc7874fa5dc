"""CONTRIBUTING.md's walk-through of a new filter works: the declaration alone makes the filter available everywhere."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import overt
from overt.model.record_ids import canonical_id
from tests.docs.test_adding_a_source import FENCE, PAGE
from tests.support.small_atlas import SmallAtlas

pytestmark = pytest.mark.ci

ROOT = PAGE.parent
HUAWEI = canonical_id("secret_map:huawei")
PLACE = re.compile(r'src/overt/(?P<path>\S+) before "(?P<line>.+)"')
PROBE = """
import json, sys
from datetime import date
from pathlib import Path
import overt
from overt.index.release_views import create_index_views
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.index.editions.filtered_project_subset import matching_project_ids, read_subset
from overt.model.engines.duckdb_connection import connect
from overt.model.workspace import Workspace
from overt.server.app import create_app
from tests.support.client import Client
from tools.project_filters_for_browser import project_filter_module
from tools import message_catalogues

root, release, organization = sys.argv[1:]
workspace = Workspace.open(Path(root))
settings = ServeSettings(workspace, release)
message_catalogues.PACKAGE = Path(overt.__file__).parent
client = Client(create_app(settings))
query = f"implementer={organization}"
columns = client.get("/api/v1/explore/columns").json()
with connect() as connection:
    create_index_views(connection, prepare(settings).tables, workspace.content, date.fromisoformat(release[:10]))
    subset = matching_project_ids(connection, read_subset([query], workspace.content))
print(json.dumps({
    "api": client.get(f"/api/v1/projects?{query}").json(),
    "both": client.get(f"/api/v1/projects?{query}&supplier={organization}").json()["total"],
    "refused": client.get("/api/v1/projects?implementer=somebody").json()["detail"],
    "counts": client.get("/api/v1/facets").json()["facets"]["implementer"],
    "parameters": client.get("/api/openapi.json").json()["paths"]["/api/v1/projects"]["get"]["parameters"],
    "ogc": client.get(f"/ogc/collections/projects/items?f=json&{query}").json(),
    "ogc parameters": client.get("/ogc/api").json()["paths"]["/collections/sites/items"]["get"]["parameters"],
    "queryables": client.get("/ogc/collections/cables/queryables?f=json").json()["properties"],
    "page": client.get(f"/explorer?{query}").text,
    "file": client.get(f"/projects.csv?{query}").text,
    "columns": [columns["values"]["implementer"], columns["held"]["implementer"]],
    "ids": columns["ids"],
    "subset": subset,
    "script": project_filter_module(),
    "messages": [message.id for message in message_catalogues.messages()],
}))
"""


def declaration() -> tuple[re.Match[str], re.Match[str]]:
    """Return the walk-through's declaration, and the line of a module before which it belongs."""
    [fence] = FENCE.finditer(PAGE.read_text(encoding="utf-8").partition("\n## Add a filter\n")[2])
    place = PLACE.fullmatch(fence["info"])
    assert place is not None
    return fence, place


def test_the_declaration_has_its_place() -> None:
    _, place = declaration()
    assert f"{place['line']}\n" in (Path(overt.__file__).parent / place["path"]).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def answers(atlas: SmallAtlas, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the results of a copy of Overt with the walk-through's declaration, run in a separate process."""
    fence, place = declaration()
    home = tmp_path_factory.mktemp("filter")
    package = Path(overt.__file__).parent
    copied = home / "src" / "overt"
    shutil.copytree(package, copied, ignore=shutil.ignore_patterns("__pycache__"))
    target = copied / place["path"]
    before, line, after = target.read_text(encoding="utf-8").partition(f"{place['line']}\n")
    assert line, "the walk-through names a line of the module"
    target.write_text(f"{before}{fence['body']}{line}{after}", encoding="utf-8")
    root = shutil.copytree(atlas.workspace.root, home / "atlas")
    process = subprocess.run(
        [sys.executable, "-c", PROBE, str(root), atlas.release, HUAWEI], cwd=home, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": f"{home / 'src'}{os.pathsep}{ROOT}"}, timeout=300,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr
    made: dict[str, Any] = json.loads(process.stdout)
    return made


@pytest.mark.slow
def test_the_filter_finds_its_projects_everywhere(answers: dict[str, Any]) -> None:
    [project] = answers["api"]["items"]
    assert project["id"] == canonical_id("open_projects:5g")
    assert answers["both"] == 0, "it supplies others"
    assert answers["counts"] == {HUAWEI: 1}
    assert [feature["id"] for feature in answers["ogc"]["features"]] == [project["id"]]
    assert answers["subset"] == [project["id"]]
    assert project["id"] in answers["file"]
    values, projects = answers["columns"]
    number = next(number for number, positions in enumerate(projects) if positions == [0])
    assert values == [HUAWEI]
    assert f"ovt-{answers['ids'][12 * number : 12 * number + 12]}" == project["id"]


@pytest.mark.ci
def test_interfaces_describe_the_filter(answers: dict[str, Any]) -> None:
    [parameter] = [parameter for parameter in answers["parameters"] if parameter["name"] == "implementer"]
    assert parameter["description"] == "Id of an organisation that implements the project. May be repeated."
    assert parameter["schema"]["items"] == {"$ref": "#/components/schemas/RecordId"}
    [parameter] = [parameter for parameter in answers["ogc parameters"] if parameter.get("name") == "implementer"]
    assert parameter["schema"]["items"] == {"$ref": "#/components/schemas/RecordId"}
    assert answers["queryables"]["implementer"]["description"] == "Id of an organisation that implements the project."
    assert answers["refused"] == "implementer: “somebody” is not an organisation’s id (ovt-…)."


@pytest.mark.ci
def test_readers_can_choose_the_filter(answers: dict[str, Any]) -> None:
    menu = answers["page"].partition('data-facet="implementer"')[2].partition("</details>")[0]
    assert ">Implementer <" in menu
    assert f'name="implementer" value="{HUAWEI}" checked' in menu
    assert answers["page"].count("Take off:") == 1
    assert "Implementer" in answers["messages"]


@pytest.mark.ci
def test_the_browser_knows_the_filter(answers: dict[str, Any]) -> None:
    assert '"financier", "implementer", "country"' in answers["script"]
