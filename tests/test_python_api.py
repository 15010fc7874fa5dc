"""A release in Python, as used in a notebook."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import geopandas
import orjson
import pandas as pd
import pytest

import overt
from overt.atlas import Atlas as Opened
from overt.model.errors import OvertError, UsageError
from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.command_runs import overt_process
from tests.support.shipped_edition import ShippedEdition

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    atlas = Atlas(tmp_path_factory.mktemp("python"))
    atlas.figure("cities", "SELECT id AS unit_id, status FROM projects", groups=["status"])
    atlas.figure("money", "SELECT id AS unit_id, amount FROM commitments", measure="sum", unit="USD")
    rows = make_statements("project", "p", name="Safe City", status="agreed") + make_statements("project", "q", name="Unplaced")
    rows += make_statements("place", "here", project="alpha:p", country="KE", geometry="POINT (36.8 -1.3)", precision="locality")
    rows += make_statements("place", "somewhere", project="alpha:q", country="KE", geometry="POINT (1 2)", precision="country")
    rows += make_statements("commitment", "c", project="alpha:p", amount=("12345678901234.56", "USD"))
    atlas.fetch("alpha", rows)
    atlas.build()
    return atlas


@pytest.fixture
def atlas(made: Atlas) -> Iterator[Opened]:
    with overt.open(made.root) as opened:
        yield opened


def test_an_atlas_or_one_of_its_releases(made: Atlas, atlas: Opened) -> None:
    with overt.open(str(made.root / "releases" / atlas.release)) as same:
        assert (same.release, same.tables) == (atlas.release, atlas.tables)
    assert repr(atlas) == f"<release {atlas.release}: {len(atlas.tables)} tables>"


@pytest.mark.parametrize("place", ["nothing", "", "atlas/releases"])
def test_opening_anything_else_is_refused(made: Atlas, place: str) -> None:
    with pytest.raises(UsageError, match="is neither a release"):
        overt.open(made.root.parent / place)


def test_an_atlas_without_a_release(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no release yet"):
        overt.open(Atlas(tmp_path).root)


def test_a_table_in_every_form(atlas: Opened) -> None:
    table = atlas.table("projects")
    assert len(table) == 2
    assert table.columns[0] == "id"
    frame = table.pandas()
    assert isinstance(frame, pd.DataFrame)
    assert sorted(frame["name"]) == ["Safe City", "Unplaced"]
    assert sorted(table.polars()["name"]) == ["Safe City", "Unplaced"]
    assert table.arrow().num_rows == len(table.dicts()) == 2
    assert "Safe City" in table._repr_html_()
    money = atlas.table("commitments").pandas()["amount"].iloc[0]
    assert money == Decimal("12345678901234.5600"), "not a float"


def test_places_are_shapes_where_they_are_known(atlas: Opened) -> None:
    places = atlas.table("places").geo()
    assert isinstance(places, geopandas.GeoDataFrame)
    assert places.crs == "EPSG:4326"
    known = places.set_index("precision")["geometry"]
    assert known["country"] is None
    assert (known["locality"].x, known["locality"].y) == (36.8, -1.3)
    with pytest.raises(UsageError, match="no column 'geometry'"):
        atlas.table("projects").geo()


def test_one_that_is_closed_says_so(made: Atlas) -> None:
    with overt.open(made.root) as closed:
        table = closed.table("projects")
    assert len(table) == 2, "what was taken stays"
    for ask in (lambda: closed.table("projects"), lambda: closed.figure("cities"), lambda: closed.record("alpha:p")):
        with pytest.raises(UsageError, match=rf"release {closed.release}: is closed; open it again"):
            ask()


def test_a_library_that_is_not_there(atlas: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(UsageError) as refused:
        atlas.table("projects").polars()
    assert "this needs polars; install it with: pip install -e '.[notebook]' in the folder" in str(refused.value)
    assert f"pip install 'overt-{overt.__version__}-py3-none-any.whl[notebook]' beside the wheel" in str(refused.value)


def test_extras_in_messages_and_docs_are_those_of_the_package() -> None:
    """Every extra that messages and docs mention exists, and no command installs Overt from PyPI, which doesn't have it."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    files = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]
    texts = [path.read_text(encoding="utf-8") for path in files]
    assert [text for text in texts if re.search(r"pip install '?overt(\[|\s|')", text)] == []
    mentioned = {name for text in texts for name in re.findall(r"pip install [^\n`]*?(?:\.|whl)\[(\w+)\]", text)}
    assert "notebook" in mentioned and mentioned <= extras.keys()
    assert {name for text in texts for name in re.findall(r'MissingLibrary\([^\n]*, "(\w+)"\)', text)} <= extras.keys()


def test_queries(atlas: Opened) -> None:
    assert atlas.sql("SELECT name FROM projects WHERE status = ?", ["agreed"]).dicts() == [{"name": "Safe City"}]
    with pytest.raises(OvertError) as error:
        atlas.sql("SELECT nope")
    assert "\n" not in str(error.value)
    with pytest.raises(UsageError, match="there is no table 'nope'"):
        atlas.table("nope")


def test_figures_are_those_of_the_command_and_compute_to_the_same(made: Atlas, atlas: Opened) -> None:
    figures = {
        name: {key: value for key, value in figure.items() if key != "recomputed"} for name, figure in made.figures().items()
    }
    assert {figure.name: figure.data for figure in atlas.figures()} == figures
    figure = atlas.figure("cities")
    assert (figure.value, figure.recompute(), len(figure.table())) == (2, 2, 2)
    assert repr(figure) == f"<cities@{atlas.release}: 2 cities>"
    assert atlas.figure("money").recompute() == atlas.figure("money").value
    assert {"value", "comparators", "recompute"} <= set(dir(figure))
    with pytest.raises(AttributeError, match="a figure has no 'nope'"):
        _ = figure.nope
    with pytest.raises(UsageError, match="there is no such figure"):
        atlas.figure("nope")


def test_a_record_has_its_evidence(atlas: Opened) -> None:
    record = atlas.record("alpha:p")
    assert record["label"] == "Safe City"
    [claim] = [claim for claim in record["claims"] if claim["property"] == "status"]
    assert claim["evidence"][0]["excerpt"] == "agreed"
    with pytest.raises(UsageError, match="has no such record"):
        atlas.record("alpha:nope")


def test_two_readers_do_not_get_each_others_rows(atlas: Opened) -> None:
    first, second = atlas.connection, atlas.connection
    first.execute("SELECT 1")
    second.execute("SELECT 2")
    assert (first.fetchone(), second.fetchone()) == ((1,), (2,))


def test_importing_overt_is_light() -> None:
    code = "import sys, overt; assert not {'duckdb', 'pyarrow', 'pandas'} & set(sys.modules); print(overt.__version__)"
    assert (
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
        == overt.__version__
    )


RUN = """
import runpy, sys
sys.argv = ["recomputed_figures", "--release", sys.argv[1]]
outputs, found = runpy.run_path({path!r})["app"].run()
print(found["recomputed"].reset_index().to_json(orient="records"))
print(len(found["counted"]), len(found["claims"]))
"""


@pytest.mark.ci
def test_the_notebook_recomputes_all_figures_of_the_edition_that_is_shipped(
    tmp_path: Path, shipped_edition: ShippedEdition
) -> None:
    place = shipped_edition.root
    code = RUN.format(path=str(ROOT / "docs" / "notebooks" / "recomputed_figures.py"))
    done = subprocess.run([sys.executable, "-c", code, str(place)], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    rows, counts = done.stdout.strip().splitlines()
    figures = {figure["name"]: figure for figure in orjson.loads(overt_process("figures", "--json", "-w", place).out)}
    table = {row["figure"]: row for row in orjson.loads(rows)}
    assert table.keys() == figures.keys()
    for name, row in table.items():
        assert row["published"] == row["computed anew"] == figures[name]["value"], name
        assert all(comparator["reported_by"] in row["what others reported"] for comparator in figures[name]["comparators"])
    assert [int(count) > 0 for count in counts.split()] == [True, True]


def test_a_figure_by_the_name_under_which_it_is_cited(atlas: Opened) -> None:
    assert atlas.figure(f"cities@{atlas.release}").value == atlas.figure("cities").value
    with pytest.raises(UsageError, match=f"this is release {atlas.release}"):
        atlas.figure("cities@2001-01-01-00000000")
