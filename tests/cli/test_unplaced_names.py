"""`overt places`: names that the gazetteer could not place, and lines for vocab/towns.yml that place them."""

from pathlib import Path

import orjson
import pytest
import yaml

from overt.importing.editing.yaml_scalars import yaml_scalar
from tests.importing.test_geocoding import IMPORTER, SOURCE
from tests.support.command_runs import Outcome, overt

ROWS = """id,town,province,country
a,Castro,,Italy
b,Castro,,Italy
c,Rome,,Italy
d,Nowhere at all,,Italy
"""


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    root = tmp_path / "atlas"
    assert overt("init", root).code == 0
    (root / "sources/cameras").mkdir(parents=True)
    (root / "sources/cameras/source.yml").write_text(SOURCE, encoding="utf-8")
    (root / "sources/cameras/importer.py").write_text(IMPORTER, encoding="utf-8")
    (tmp_path / "files").mkdir()
    (tmp_path / "files/rows.csv").write_text(ROWS, encoding="utf-8")
    assert overt("fetch", "cameras", "--from", tmp_path / "files", "--retrieved", "2026-11-24", "-w", root).code == 0
    imported(root)
    return root


def imported(root: Path) -> None:
    outcome = overt("import", "--trust", "-w", root)
    assert outcome.code == 0, outcome


def places(root: Path, *words: str) -> Outcome:
    outcome = overt("places", "-w", root, *words)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome


def test_names_that_wait_for_an_editor(atlas: Path) -> None:
    answer = orjson.loads(places(atlas, "--json").out)
    assert answer["sources"] == [{"source": "cameras", "named": 4, "placed": 1}]
    castro, nowhere = answer["unplaced"]
    assert (castro["name"], castro["country"], castro["places"]) == ("Castro", "IT", 2)
    assert [entry["geonames"] for entry in castro["candidates"]] == [6535652, 3179380]
    assert (nowhere["name"], nowhere["candidates"]) == ("Nowhere at all", [])


def test_a_printed_line_settles_a_name_and_its_removal_undoes_it(atlas: Path) -> None:
    text = places(atlas).out
    assert "cameras: 4 places known only by the name of a town or province; 1 placed by the gazetteer" in text
    assert "Nowhere at all (IT), cameras, 1 place: the gazetteer has no such town" in text
    line = next(line for line in text.splitlines() if "6535652" in line and line.startswith("  - "))
    (atlas / "vocab").mkdir()
    path = atlas / "vocab/towns.yml"
    path.write_text(f"towns:\n{line.replace('why: ', 'why: The council published the tender.')}\n", encoding="utf-8")
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["towns"][0]["name"] == "Castro"
    imported(atlas)
    assert [row["name"] for row in orjson.loads(places(atlas, "--json").out)["unplaced"]] == ["Nowhere at all"]
    path.unlink()
    imported(atlas)
    assert "Castro (IT), cameras, 2 places: could mean" in places(atlas).out


def test_a_printed_line_settles_a_name_with_quotes_and_a_province(atlas: Path, tmp_path: Path) -> None:
    (tmp_path / "files/rows.csv").write_text(
        'id,town,province,country\na,"Castro ""d\'Otranto""",Lazio,Italy\n', encoding="utf-8"
    )
    assert overt("fetch", "cameras", "--from", tmp_path / "files", "--retrieved", "2026-11-25", "-w", atlas).code == 0
    imported(atlas)
    [castro] = orjson.loads(places(atlas, "--json").out)["unplaced"]
    assert castro["name"] == 'Castro "d\'Otranto", Lazio'
    (atlas / "vocab").mkdir()
    choice = f"{{name: {yaml_scalar(castro['name'])}, country: IT, geonames: 3179380, source: cameras, why: Its notes say so.}}"
    (atlas / "vocab/towns.yml").write_text(f"towns:\n  - {choice}\n", encoding="utf-8")
    imported(atlas)
    assert orjson.loads(places(atlas, "--json").out)["unplaced"] == []


def test_an_atlas_without_such_places(tmp_path: Path) -> None:
    assert overt("init", tmp_path / "empty").code == 0
    assert places(tmp_path / "empty").out == "no imported source has a place known only by the name of a town\n"


def test_a_mapping_needs_no_key_of_places(tmp_path: Path) -> None:
    root = tmp_path / "atlas"
    assert overt("init", root).code == 0
    (tmp_path / "rows.csv").write_text("id,name,town,country\na,North,Nowhere at all,Italy\n", encoding="utf-8")
    assert overt("-w", root, "source", "new", tmp_path / "rows.csv", "--name", "cameras").code == 0
    assert overt("-w", root, "fetch", "cameras", "--from", tmp_path / "rows.csv", "--retrieved", "2026-11-24").code == 0
    imported(root)
    assert "Nowhere at all (IT), cameras, 1 place: the gazetteer has no such town" in places(root).out
