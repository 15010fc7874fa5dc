"""Arrays match, count, sort and draw the same projects as SQL, in the small atlas and in a generated one."""

import random
from collections import defaultdict
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.site.generated_project_atlas import make
from overt.index.project_filter_declarations import FACETS, ProjectFilter
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.index.web_mercator_positions_and_squares import position
from overt.model.values.span import date_limits, in_place_sql
from overt.queries import facets, projects
from overt.queries.database import Database, Reader
from overt.queries.maps import map_marks, tile_points
from overt.queries.project_filter_masks import matching_projects
from tests.support import project_filter_reference_in_sql as reference


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    workspace = make(tmp_path_factory.mktemp("generated"), 900, "1GB")
    database = Database(prepare(ServeSettings(workspace)).database)
    with database.lease() as reader:
        yield reader
    database.close()


@pytest.fixture(params=["small", "generated"])
def both(request: pytest.FixtureRequest) -> Reader:
    return request.getfixturevalue("reader" if request.param == "small" else "generated")


def filters(reader: Reader, many: int) -> list[ProjectFilter]:
    """Return an empty filter, filters for each parameter, and `many` filters with several parameters.

    Some filter values don't occur in any project.
    """
    chance = random.Random(7)
    values = {name: [*facet.values, "ovt-aaaaaaaaaaaa"] for name, facet in reader.vectors.facets.items()}
    values["sources"] = ["1", "2", "3"]
    values["system"] = ["named-supplier"]
    words = [
        row[0]
        for row in reference.query_hits(reader._connection, ProjectFilter(), "SELECT label FROM places WHERE label IS NOT NULL")
    ]

    def parameters(name: str) -> dict[str, Any]:
        if name in FACETS:
            return {name: tuple(chance.sample(values[name], min(len(values[name]), chance.randint(1, 3))))}
        if name == "years":
            first = chance.randint(1990, 2027)
            return chance.choice([{"year_from": first}, {"year_to": first}, {"year_from": first, "year_to": first + 4}])
        if name == "q":
            return {"q": chance.choice([*words[:20], "project", "%%", "华为"])}
        if name == "box":
            west, south = chance.uniform(-180, 179), chance.uniform(-85, 60)
            return {"box": (west, south, chance.uniform(-180, 180), south + 40)}
        if name == "as_of":
            return {"as_of": f"{chance.randint(1990, 2028)}{chance.choice(('', '-05', '-05-17', '?'))}"}
        return {"located": chance.random() < 0.5}

    names = [*FACETS, "years", "as_of", "q", "box", "located"]
    made = [ProjectFilter(), *(ProjectFilter(**parameters(name)) for name in names for _ in range(3))]
    for _ in range(many):
        mixed: dict[str, Any] = {}
        for name in chance.sample(names, chance.randint(2, 3)):
            mixed |= parameters(name)
        made.append(ProjectFilter(**mixed))
    return made


def test_counts_are_those_of_sql(both: Reader) -> None:
    connection = both._connection
    for project_filter in filters(both, 30):
        ids = both.vectors.ids(np.flatnonzero(matching_projects(both, project_filter)))
        assert sorted(ids) == sorted(reference.sorted_ids(connection, project_filter, "name", "ASC")), project_filter
        counted = facets.counts(both, project_filter)
        assert set(counted) == set(FACETS)
        for name, query in reference.FACETS.items():
            assert counted[name] == dict(reference.query_hits(connection, project_filter.without(name), query)), (
                name,
                project_filter,
            )
        totals = projects.totals(both, project_filter)
        counts = (totals.projects, totals.countries, totals.located, totals.cables)
        assert counts == reference.query_hits(connection, project_filter, reference.TOTALS)[0]
        assert projects.by_year(both, project_filter) == reference.query_hits(connection, project_filter, reference.YEARS)
        assert projects.unlocated(both, project_filter) == reference.query_hits(connection, project_filter, reference.UNLOCATED)
        for kind in (None, "submarine-cable"):
            rows = projects.map_countries(both, project_filter, kind)
            assert rows == reference.query_hits(connection, project_filter, reference.COUNTRIES, kind or "")


def test_what_is_certainly_in_place_or_first_on_record_later_is_that_of_sql(generated: Reader) -> None:
    certain = 0
    for as_of in ("1999", "2012-05", "2014", "2016-03-04", "2024"):
        first, last = date_limits(as_of)
        condition = in_place_sql(f"'{first}'", f"'{last}'", prefix="s.", counts="s.counts")
        query = f"SELECT count(*) FROM hit JOIN spans AS s USING (id) WHERE {condition} = 'certainly'"
        project_filter = ProjectFilter(as_of=as_of)
        [(expected,)] = reference.query_hits(generated._connection, project_filter, query)
        assert projects.totals(generated, project_filter).certain == expected, as_of
        query = (
            "SELECT count(*) FROM spans AS s WHERE s.type = 'project' AND s.begun AND s.counts AND s.begin_earliest IS NULL"
            " AND coalesce(s.begin_latest, s.end_earliest, '9999') > ?"
        )
        [[first_later]] = generated._connection.execute(query, [str(last)]).fetchall()
        assert projects.totals(generated, project_filter).later == first_later, as_of
        certain += expected
    assert certain


def test_pages_are_in_the_order_of_sql(both: Reader) -> None:
    for project_filter in filters(both, 6):
        for sort in projects.SORTS:
            for descending in (False, True):
                every = reference.sorted_ids(both._connection, project_filter, sort, "DESC" if descending else "ASC")
                for number in (1, 2, 40):
                    rows = projects.page(both, project_filter, sort=sort, descending=descending, size=7, number=number)
                    assert [row.id for row in rows] == every[7 * number - 7 : 7 * number], (project_filter, sort, descending)


def test_tiles_are_the_points_of_sql(both: Reader) -> None:
    for project_filter in filters(both, 4)[::3]:
        points = reference.query_hits(both._connection, project_filter, reference.POINTS)
        for zoom in (0, 2, 5):
            expected: dict[tuple[int, int], dict[tuple[int, int], list[Any]]] = defaultdict(lambda: defaultdict(list))
            for _, identity, longitude, latitude, precision, *_ in points:
                across, down = (float(part) for part in position(longitude, latitude))
                square = int(across * 2 ** (zoom + 4)), int(down * 2 ** (zoom + 4))
                expected[square[0] >> 4, square[1] >> 4][square].append((identity, precision, longitude, latitude))
            assert expected or not points
            for (x, y), squares in list(expected.items())[:12]:
                properties = [point[2] for point in tile_points.points(both, project_filter, zoom, x, y, "en")]
                assert sorted(point.get("count", 1) for point in properties) == sorted(map(len, squares.values()))
                singles = sorted((places[0][0], places[0][1]) for places in squares.values() if len(places) == 1)
                assert sorted((point["id"], point["precision"]) for point in properties if "id" in point) == singles
                boxes = sorted(
                    (min(p[2] for p in places), min(p[3] for p in places), max(p[2] for p in places), max(p[3] for p in places))
                    for places in squares.values()
                    if len(places) > 1
                )
                sides = ("west", "south", "east", "north")
                assert sorted(tuple(point[side] for side in sides) for point in properties if "count" in point) == boxes


def test_marks_are_the_points_of_sql(both: Reader) -> None:
    for project_filter in filters(both, 4)[::3]:
        points = reference.query_hits(both._connection, project_filter, reference.POINTS)
        for cell in (3.5, 30):
            squares: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
            for point in points:
                _, _, longitude, latitude, precision, _, layer, radius = point
                soft = precision in ("admin1", "admin2") or radius is not None
                squares[not soft, layer, int((longitude + 180) / cell), int((latitude + 90) / cell)].append(point)
            marks = map_marks.map_marks(both, project_filter, cell)
            assert len(marks) == len(squares) <= map_marks.MAX_MARKS
            for mark, (key, places) in zip(marks, sorted(squares.items()), strict=True):
                first, last = min(places, key=itemgetter(5, 1)), max(places, key=itemgetter(5, 1))
                assert (not mark.soft, mark.layer or "") == key[:2]
                assert (mark.longitude, mark.latitude) == places[0][2:4], "the first place of the square"
                assert mark.projects == len({place[1] for place in places})
                assert mark.id == first[1]
                names = {row.id: row.label for row in projects.by_id(both, [first[1], last[1]]).values()}
                assert (mark.label, mark.other) == (names[first[1]], names[last[1]])
                assert mark.west == min(place[2] for place in places) and mark.north == max(place[3] for place in places)


def test_too_many_marks_become_larger_ones(generated: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_marks, "MAX_MARKS", 150)
    marks = map_marks.map_marks(generated, ProjectFilter(), 1)
    assert 1 < len(marks) <= 150
    assert sum(mark.projects for mark in marks) >= projects.totals(generated, ProjectFilter()).located


def test_marks_of_a_condition_that_is_true_are_those_of_all(generated: Reader) -> None:
    project_filter = ProjectFilter(kind=("telecom-ict", "smart-city"))
    here = map_marks.map_marks(generated, project_filter, 3.5, ("true AND s.n > ?", [0]))
    assert here == map_marks.map_marks(generated, project_filter, 3.5) != []


def test_points_and_routes_are_those_of_sql(both: Reader) -> None:
    for project_filter in filters(both, 4):
        for kind, query in (("point", reference.POINTS), ("route", reference.ROUTES)):
            rows = map_marks.map_places(both, project_filter, kind)  # type: ignore[arg-type]
            assert [row.id for row in rows] == [row[1] for row in reference.query_hits(both._connection, project_filter, query)]


def test_the_oldest_masks_are_dropped(generated: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    size = matching_projects(generated, ProjectFilter()).nbytes
    monkeypatch.setattr("overt.queries.projects_in_memory._MAX_MASK_BYTES", 3 * size)
    kinds = [ProjectFilter(kind=(kind,)) for kind in list(generated.vectors.facets["kind"].values)[:4]]
    for project_filter in kinds:
        matching_projects(generated, project_filter)
    assert [generated.vectors.cached_mask(project_filter) is not None for project_filter in kinds] == [False, True, True, True]


def test_a_database_has_its_arrays_once(atlas: Any) -> None:
    database = Database(Path(prepare(ServeSettings(atlas.workspace, atlas.release)).database))
    with database.lease() as first, database.lease() as second:
        assert first.vectors is second.vectors
    database.close()
