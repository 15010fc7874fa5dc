"""An edition of some projects is self-contained, and has nothing about other projects."""

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from overt.edition import site_files_writer as making
from overt.edition.edition_integrity import verify_edition
from overt.index.editions.filtered_project_subset import Subset, matching_project_ids, read_subset, take_subset
from overt.index.editions.public_edition import restrict
from overt.index.prepared_release import PreparedRelease
from overt.index.project_filter_declarations import SUBSET_FILTERS
from overt.index.release_preparation import prepare
from overt.index.release_views import create_index_views
from overt.index.serve_settings import ServeSettings
from overt.model.engines.duckdb_connection import connect
from overt.model.errors import OvertError, UsageError
from overt.model.record_ids import canonical_id
from overt.site.subset_notices import country_subset_notice, figure_subset_notice, subset_notice
from tests.edition.small_editions import few
from tests.support.client import Client
from tests.support.command_runs import overt
from tests.support.small_atlas import SmallAtlas, make_atlas
from tests.support.static_edition import Edition


@pytest.fixture(scope="module")
def tables(atlas: SmallAtlas) -> Path:
    """The tables of the public edition of the complete release."""
    workspace = atlas.workspace
    return restrict(workspace.releases / atlas.release, ["open"], workspace.content, workspace.cache).tables


@pytest.fixture(scope="module")
def connection(atlas: SmallAtlas, tables: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect() as connection:
        create_index_views(connection, tables, atlas.workspace.content, date.fromisoformat(atlas.release[:10]))
        yield connection


@pytest.fixture(scope="module")
def part(of_kenya: ServeSettings) -> PreparedRelease:
    return prepare(of_kenya)


def _ids(path: Path) -> set[str]:
    return set(pq.read_table(path, columns=["id"])["id"].to_pylist())


def _project_ids(public_client: Client, query: str) -> set[str]:
    return {item["id"] for item in public_client.get(f"/api/v1/projects?limit=100&{query}").json()["items"]}


@pytest.mark.parametrize("name", SUBSET_FILTERS)
def test_filters_select_what_the_explorer_finds(
    name: str, public_client: Client, connection: duckdb.DuckDBPyConnection, atlas: SmallAtlas
) -> None:
    facets = public_client.get("/api/v1/facets").json()["facets"]
    values = sorted(facets[SUBSET_FILTERS[name].interface_name or name])
    assert values
    for value in values:
        subset = read_subset([f"{name}={value}"], atlas.workspace.content)
        assert subset is not None
        assert set(matching_project_ids(connection, subset)) == _project_ids(public_client, f"{name}={value}"), value


def test_values_are_alternatives_and_filters_must_all_hold(
    public_client: Client, connection: duckdb.DuckDBPyConnection, atlas: SmallAtlas
) -> None:
    countries = "country=KE&country=LA&country=PK"
    _, *statuses = sorted(public_client.get(f"/api/v1/facets?{countries}").json()["facets"]["status"])
    subset = read_subset(["country=ke,LA", "country=PK", f"status={','.join(statuses)}"], atlas.workspace.content)
    assert subset is not None
    assert subset.filters == (("country", ("KE", "LA", "PK")), ("status", tuple(statuses)))
    ids = _project_ids(public_client, "&".join([countries, *(f"status={status}" for status in statuses)]))
    assert set(matching_project_ids(connection, subset)) == ids
    assert 1 < len(ids) < len(_project_ids(public_client, countries))


def test_subset_has_its_projects_and_their_records(part: PreparedRelease, tables: Path, public_client: Client) -> None:
    projects = _ids(part.tables / "projects.parquet")
    assert projects == _project_ids(public_client, "country=KE")
    assert 0 < len(projects) < len(_ids(tables / "projects.parquet"))
    for table, column in (("roles", "project"), ("commitments", "project")):
        theirs = {row["id"]: row for row in pq.read_table(tables / f"{table}.parquet").to_pylist() if row[column] in projects}
        ours = {row["id"]: row for row in pq.read_table(part.tables / f"{table}.parquet").to_pylist()}
        assert ours == theirs, table
    for table in ("assessments", "indicators", "restrictions"):
        countries = {row["country"] for row in pq.read_table(part.tables / f"{table}.parquet").to_pylist()}
        assert countries == {"KE"}, table
    assert not _ids(part.tables / "reported_figures.parquet")


def test_owners_of_participants_are_included(part: PreparedRelease, tables: Path) -> None:
    """Organisations that take part in the projects are included with their owners. Others are not."""
    ours, every = _ids(part.tables / "organizations.parquet"), _ids(tables / "organizations.parquet")
    named = {row["organization"] for row in pq.read_table(part.tables / "roles.parquet").to_pylist()} - {None}
    assert named <= ours < every
    for row in pq.read_table(tables / "relations.parquet").to_pylist():
        assert row["kind"] == "parent"
        assert row["from"] not in ours or row["to"] in ours


def test_no_file_names_an_excluded_project(subset: Edition, part: PreparedRelease, tables: Path) -> None:
    """No file or table has an excluded project's id, the ids of its records, or a name that only it has."""
    outside = _ids(tables / "projects.parquet") - _ids(part.tables / "projects.parquet")
    rows = pq.read_table(tables / "claims.parquet").to_pylist()
    words = set(outside)
    for row in rows:
        if row["id"] in outside:
            words |= {row["record"]} | ({row["value"]} if row["property"] == "name" else set())
    words -= {row["value"] for row in rows if row["id"] not in outside and row["property"] in ("name", "alias")}
    assert len(words) > 2 * len(outside) > 2
    pattern = re.compile("|".join(sorted(map(re.escape, words))).encode())
    files = [path for path in subset.folder.rglob("*") if path.is_file()]
    for path in files:
        inside = repr(pq.read_table(path).to_pydict()).encode() if path.suffix == ".parquet" else path.read_bytes()
        match = pattern.search(inside)
        assert match is None, (path, match)


def test_changes_name_no_excluded_record(atlas: SmallAtlas, tmp_path: Path) -> None:
    """A change is left out if it names a project outside the subset, or a record of a withheld source.

    It may name a record that doesn't exist.
    """
    workspace = atlas.workspace
    release = Path(shutil.copytree(workspace.releases / atlas.release, tmp_path / atlas.release))
    changes = release / "tables" / "changes.parquet"
    mombasa = {"reason": "changed upstream", "source": "open_projects", "record": "open_projects:cable/mombasa", "type": "place"}
    ours, other = "open_projects:cable", "open_projects:5g"
    rows = [
        mombasa | {"property": "project", "before": f"open_projects:backbone; {other}", "after": ours},
        mombasa | {"property": "name", "before": "open_projects:5g", "after": "Mombasa"},
        {**mombasa, "record": "open_projects:cable/route", "property": "project", "before": None, "after": ours},
        {
            **mombasa,
            "record": "open_projects:nairobi/site",
            "property": "project",
            "before": "open_projects:nowhere",
            "after": ours,
        },
        {
            **mombasa,
            "record": "open_projects:cable/karachi",
            "property": "project",
            "before": "secret_map:nowhere",
            "after": ours,
        },
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=pq.read_schema(changes)), changes)
    full = restrict(release, ["open"], workspace.content, tmp_path / "cache")
    part = take_subset(full, release.name, Subset((("country", ("KE",)),)), workspace.content, tmp_path / "cache")

    def places(tables: Path) -> set[tuple[str, str]]:
        return {(row["record"], row["property"]) for row in pq.read_table(tables / "changes.parquet").to_pylist()}

    of_part = {("cable/mombasa", "name"), ("cable/route", "project"), ("nairobi/site", "project")}
    assert places(part.tables) == {(f"open_projects:{record}", name) for record, name in of_part}
    assert places(full.tables) - places(part.tables) == {(mombasa["record"], "project")}


def test_every_page_names_the_subset(subset: Edition, atlas: SmallAtlas, part: PreparedRelease) -> None:
    assert part.subset is not None
    counted = (part.subset["projects"], part.subset["of"])
    notices = {
        "en": f"A part of edition {atlas.release}: Country: Kenya.</strong> {counted[0]} of {counted[1]} projects",
        "zh": f"本版仅为{atlas.release}版的一部分：国家：肯尼亚。",
    }
    pages = [file for file, part in subset.plan.items() if part.way == "page"]
    assert len(pages) > 100
    for file in pages:
        assert notices["zh" if file.startswith("zh/") else "en"] in subset.text(file), file


def test_incomplete_country_is_not_reported_as_empty(subset: Edition, atlas: SmallAtlas) -> None:
    pages = {
        file: subset.text(file) for file in subset.plan if re.fullmatch(r"country/[A-Z]{2}/(print/|rows/)?index\.html", file)
    }
    assert any(file.startswith("country/KE/") for file in pages) and len(pages) > 3
    for file, page in pages.items():
        apart = not file.startswith("country/KE/")
        assert ("<strong>Not all of " in page) is apart, file
        assert (f"The full edition is <code>{atlas.release}</code> of “" in page) is apart, file
        if apart:
            assert "is recorded here" not in page and "evidence of absence" not in page, file
            assert not re.search(r'class="tile-count">(?:(?!</span> <).)* 0</span>', page), file
    for file in ("countries/index.html", "agreements/index.html", "index.html"):
        assert "not known to be without" not in subset.text(file) and "No source of this edition" not in subset.text(file)
    assert re.search(
        r'href="[^"]*country/KE[^<]*<.*?<td class="number">2</td>', subset.text("countries/index.html"), re.DOTALL
    ), "of Kenya all is there"
    assert " data-part>" in subset.text("explorer/index.html")
    assert orjson.loads(subset.text("api/v1/map/countries.json"))["shading"]["otherwise"] == "none in this part of the edition"


def test_figure_names_the_subset_before_withheld_sources(subset: Edition, atlas: SmallAtlas) -> None:
    figures = [file for file in subset.plan if re.fullmatch(r"figure/[a-z-]+/index\.html", file)]
    assert len(figures) > 3
    for file in figures:
        notice = "<strong>Only this part (Country: Kenya).</strong>"
        assert notice in subset.text(file), file
        assert f"The full edition is <code>{atlas.release}</code>" in subset.text(file), file
    assert "(of this part only" in subset.text("figures/index.html")
    assert not re.search(r"\((?!of this part only)[^()]*withheld\)", subset.text("figures/index.html"))


def test_full_release_is_linked_at_the_address_of_the_site(subset: Edition) -> None:
    site = replace(subset.sites["zh"], address_of_site="https://atlas.example")
    assert 'href="https://atlas.example/zh/country/CN"' in country_subset_notice(site, "CN")
    assert country_subset_notice(site, "KE") == ""
    assert 'href="https://atlas.example/zh/figure/x"' in figure_subset_notice(site, "x")
    assert 'href="https://atlas.example/zh/"' in subset_notice(site)


def test_dependence_is_not_computed_from_incomplete_countries(part: PreparedRelease, tables: Path, atlas: SmallAtlas) -> None:
    for table in ("dependence", "dependence_suppliers", "dependence_cables"):
        every, ours = (pq.read_table(folder / f"{table}.parquet") for folder in (tables, part.tables))
        assert ours.schema.equals(every.schema), table
        assert set(every["country"].to_pylist()) > set(ours["country"].to_pylist()) == {"KE"}, table
    cables = pq.read_table(part.tables / "dependence_cables.parquet")
    assert {*cables["cut"].to_pylist(), *cables["cut_cables"].to_pylist()} == {None}, "the cables of others are not there"
    subset = Subset((("country", ("KE",)), ("kind", ("submarine-cable",))))
    settings = ServeSettings(atlas.workspace, atlas.release, public=True, subset=subset)
    assert pq.read_table(prepare(settings).tables / "dependence.parquet").num_rows == 0


def test_subset_has_its_own_release_id(subset: Edition, atlas: SmallAtlas) -> None:
    assert subset.report["release"] == f"{atlas.release}+open+country-KE"
    assert subset.report["subset"] == {"filters": {"country": ["KE"]}, "projects": 3, "of": 13}
    assert list(verify_edition(subset.folder)) == []


def test_long_release_id_is_a_hash_of_the_filters(atlas: SmallAtlas) -> None:
    names = {}
    for text in ("country=KE", "country=KE,LA", "country=KE,LA,PK,US,CN,RU,DE,FR", "country=KE,LA,PK,US,CN,RU,DE,IT"):
        subset = read_subset([text], atlas.workspace.content)
        assert subset is not None
        names[text] = subset.name
    short, two, *long = names.values()
    assert (short, two) == ("country-KE", "country-KE-LA")
    assert len(set(long)) == 2
    assert all(re.fullmatch("subset-[0-9a-f]{12}", name) for name in long)


def test_figures_count_the_subset(subset: Edition, served_subset: Client, public_client: Client) -> None:
    ours, full_figure = (client.get("/api/v1/figures/test-projects").json() for client in (served_subset, public_client))
    assert ours["value"] == 3 < full_figure["value"]
    assert full_figure["comparators"]
    assert not ours["comparators"], "what others counted is no part"


def test_a_country_figure_has_no_value_without_named_countries(atlas: SmallAtlas) -> None:
    """Zero would be wrong, because the subset contains none of the rows that the figure counts."""
    settings = ServeSettings(atlas.workspace, atlas.release, public=True, subset=Subset((("kind", ("smart-city",)),)))
    figures = {row["name"]: row for row in pq.read_table(prepare(settings).tables / "figures.parquet").to_pylist()}
    assert figures["test-countries"]["value"] is None
    assert figures["test-countries"]["status"] == "not in this subset: assessments"
    assert figures["test-projects"]["status"] == "ok"


@pytest.mark.parametrize("text", ["country=XX", "country", "colour=red", "kind=", "kind=nothing", "supplier=huawei"])
def test_invalid_filters_are_usage_errors(text: str, atlas: SmallAtlas) -> None:
    with pytest.raises(UsageError, match="--subset"):
        read_subset([text], atlas.workspace.content)


@pytest.mark.parametrize(
    ("text", "expression"),
    [("country=Kenya", "country=KE"), ("country=KE,Lao PDR", "country=KE,LA"), ("country=KEN,象牙海岸", "country=CI,KE")],
)
def test_a_country_may_be_written_by_its_name(text: str, expression: str, atlas: SmallAtlas) -> None:
    subset = read_subset([text], atlas.workspace.content)
    assert subset is not None and subset.expression == expression


def test_a_name_of_two_countries_is_refused(atlas: SmallAtlas) -> None:
    with pytest.raises(UsageError, match=r"country=Congo: .Congo. could mean CD \(.*\) or CG \(.*\); write the code"):
        read_subset(["country=Congo"], atlas.workspace.content)


@pytest.mark.parametrize(("text", "error"), [("source=secret_map", UsageError), ("country=DE", OvertError)])
def test_withheld_sources_are_left_out(text: str, error: type[Exception], atlas: SmallAtlas) -> None:
    """The result is the same as for something that never existed."""
    subset = read_subset([text], atlas.workspace.content)
    with pytest.raises(error, match="--subset") as raised:
        prepare(ServeSettings(atlas.workspace, atlas.release, public=True, subset=subset))
    assert type(raised.value) is error


def test_command_writes_nothing_if_filters_match_nothing(atlas: SmallAtlas, tmp_path: Path) -> None:
    for filters, code in (("country=DE", 1), ("country=XX", 2)):
        outcome = overt("publish", tmp_path / "site", "--subset", filters, "--workspace", atlas.workspace.root)
        assert (outcome.code, len(outcome.errors), outcome.out) == (code, 1, "")
    assert not list(tmp_path.iterdir())


def test_sources_count_claims_of_the_subset_and_all_rows(subset: Edition, part: PreparedRelease, tables: Path) -> None:
    full_rows, ours = (pq.read_table(folder / "sources.parquet").to_pylist() for folder in (tables, part.tables))
    claims = pq.read_table(part.tables / "claims.parquet")["source"].to_pylist()
    assert {row["source"]: row["claims"] for row in ours} == {row["source"]: claims.count(row["source"]) for row in ours}
    assert [row["rows_read"] for row in ours] == [row["rows_read"] for row in full_rows]
    assert all(row["claims"] <= full_row["claims"] for row, full_row in zip(ours, full_rows, strict=True))
    count = claims.count("open_projects")
    assert 0 < count < next(row["claims"] for row in full_rows if row["source"] == "open_projects")
    page = subset.text("source/open_projects/index.html")
    assert f"Of the claims that they gave, this part has {count}." in page and "They gave" not in page
    assert "evidence only for this part" in subset.text("sources/index.html")


def test_command_reports_the_subset(atlas: SmallAtlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "parts", few)
    # Publish in a single process, because the patched list of parts exists only in this one.
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0})
    outcome = overt("publish", tmp_path / "site", "--subset", "country=KE", "--json", "--workspace", atlas.workspace.root)
    assert outcome.code == 0, outcome
    assert "subset: 3 of 13 projects" in outcome.err.splitlines()
    report = orjson.loads(outcome.out)
    assert report["subset"] == {"filters": {"country": ["KE"]}, "projects": 3, "of": 13}
    assert report["release"] == f"{atlas.release}+open+country-KE"
    assert list(verify_edition(tmp_path / "site")) == []


def test_cached_older_subset_is_not_served_as_an_edition(two_releases: SmallAtlas) -> None:
    """A newer release was prepared first, so the older release's subset is cached although it is empty."""
    older = sorted(path.name for path in two_releases.workspace.releases.iterdir() if path.name != two_releases.release)[0]
    settings = ServeSettings(
        two_releases.workspace, two_releases.release, public=True, subset=Subset((("source", ("other_projects",)),))
    )
    made = prepare(settings)
    assert pq.read_metadata(made.tables / "projects.parquet").num_rows > 0
    assert [pq.read_metadata(stage.tables / "projects.parquet").num_rows for stage in made.older] == [0]
    with pytest.raises(UsageError, match="source=other_projects: is not a source of release"):
        prepare(replace(settings, release=older))


def test_subset_without_projects_is_refused_even_if_cached(atlas: SmallAtlas) -> None:
    workspace, subset = atlas.workspace, Subset((("country", ("DE",)),))
    full = restrict(workspace.releases / atlas.release, ["open"], workspace.content, workspace.cache)
    part = take_subset(full, atlas.release, subset, workspace.content, workspace.cache, served=False)
    assert part.tables.is_dir() and part.subset is not None and part.subset["projects"] == 0
    with pytest.raises(OvertError, match=r"country=DE: release .* has no such project"):
        take_subset(full, atlas.release, subset, workspace.content, workspace.cache)


def test_older_releases_are_compared_in_the_same_subset(two_releases: SmallAtlas) -> None:
    """The older release is cut down by the same filters before the releases are compared."""
    settings = ServeSettings(two_releases.workspace, two_releases.release, public=True, subset=Subset((("country", ("KE",)),)))
    made = prepare(settings)
    assert [stage.release.partition("+")[2] for stage in made.older] == ["open+country-KE"]
    older, newer = (_ids(tables / "projects.parquet") for tables in (made.older[0].tables, made.tables))
    assert 0 < len(older) <= len(newer)
    rows = pq.read_table(made.older[0].tables / "projects.parquet").to_pylist()
    assert all("KE" in row["country"] for row in rows)


@pytest.mark.slow
def test_project_that_enters_the_subset_is_not_reported_as_added(tmp_path: Path) -> None:
    """The project existed before. Only its country changed."""
    root = tmp_path / "atlas"
    workspace, older = make_atlas(root, note="In Kenya")
    claims = workspace.releases / older / "tables" / "claims.parquet"
    rows = pq.read_table(claims).to_pylist()
    [place] = [row for row in rows if (row["record"], row["property"]) == ("open_projects:5g", "country")]
    assert place["value"] == "LA"
    place["value"] = "KE"
    pq.write_table(pa.Table.from_pylist(rows, schema=pq.read_schema(claims)), claims)
    workspace, newer = make_atlas(root, note="In Laos")
    made = prepare(ServeSettings(workspace, newer, public=True, subset=Subset((("country", ("LA",)),))))
    moved = canonical_id("open_projects:5g")
    assert moved in _ids(made.tables / "projects.parquet") - _ids(made.older[0].tables / "projects.parquet")
    with closing(sqlite3.connect(made.database)) as history_database:
        changes = history_database.execute("SELECT what, property, before, after FROM history WHERE id = ?", [moved]).fetchall()
    assert [(what, name) for what, name, _, _ in changes] == [("changed", "country")]
    assert [orjson.loads(side)[0]["value"] for side in changes[0][2:]] == ["KE", "LA"]


def test_a_region_is_a_subset_of_complete_countries(atlas: SmallAtlas) -> None:
    content, day = atlas.workspace.content, "2026-11-24"
    subset = read_subset(["region=East Africa"], content)
    assert subset is not None and subset.name == "region-eastern-africa"
    assert subset.complete(content, day) == subset.areas(content, day) and "KE" in subset.areas(content, day)
    narrower = read_subset(["region=European Union", "country=GB,DE", "kind=smart-city"], content)
    assert narrower is not None and narrower.complete(content, day) == ()
    assert (narrower.areas(content, day), narrower.areas(content, "2019-06-01")) == (("DE",), ("DE", "GB"))
    with pytest.raises(UsageError, match=r"--subset region=nowhere: .*is not a region"):
        read_subset(["region=nowhere"], content)


def test_an_export_has_only_the_region(atlas: SmallAtlas, tmp_path: Path) -> None:
    words = ("--json", "--workspace", atlas.workspace.root)
    outcome = overt("export", "geopackage", tmp_path / "a.gpkg", "--region", "East Africa", *words)
    assert outcome.code == 0, outcome.errors
    report = orjson.loads(outcome.out)
    subset = Subset((("region", ("eastern-africa",)),))
    part = prepare(ServeSettings(atlas.workspace, atlas.release, public=True, subset=subset))
    assert part.subset is not None and part.release == report["release"]
    assert 0 < part.subset["projects"] == report["records"]["project"]["written"] < part.subset["of"]
    assert overt("export", "geopackage", tmp_path / "b.gpkg", "--region", "nowhere", *words).code == 2
