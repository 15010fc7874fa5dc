"""Published figures of the sample release, recomputed from its files."""

from pathlib import Path

import orjson
import pytest

from overt.release.figures.figure_recomputation_check import reproduction_differences
from overt.release.release_reader import Release
from tests.support.release_table_rows_and_file_hashes import query_release


@pytest.fixture
def samples(sample_atlas: tuple[Path, str]) -> Path:
    return sample_atlas[0]


@pytest.mark.slow
def test_the_stored_query_gives_the_stored_value(samples: Path) -> None:
    release = next(path for path in (samples / "releases").iterdir() if path.is_dir())
    figures = query_release(release, "FROM figures ORDER BY name")
    assert len(figures) >= 12
    assert [figure["name"] for figure in figures if figure["status"] != "ok"] == []
    for figure in figures:
        definition = orjson.loads(figure["definition"])
        filters = {"": definition["where"], **{variant["name"]: variant["where"] for variant in definition["variants"]}}
        variants = orjson.loads(figure["variants"])
        without_value = {variant["name"] for variant in variants if variant["note"]}
        stored = {"": figure["value"], **{variant["name"]: variant["value"] for variant in variants}}
        assert not without_value or figure["name"] == "finance-total", "the short table of the sample lacks two columns"
        for name, where in [pair for pair in filters.items() if pair[0] not in without_value]:
            own = f" FILTER ({definition['currency']} = '{figure['unit']}')" if definition.get("currency") else ""
            measure = "count(DISTINCT unit_id)" if definition["measure"] == "count" else f"coalesce(sum(amount){own}, 0)"
            [again] = query_release(release, f"SELECT {measure} AS value FROM ({figure['sql']}\n) WHERE {where}")
            assert float(again["value"]) == pytest.approx(float(stored[name]), rel=1e-15), (figure["name"], name)


@pytest.mark.ci
def test_every_published_figure_is_reproducible(samples: Path) -> None:
    [release] = [path for path in (samples / "releases").iterdir() if path.is_dir()]
    with Release(release) as opened:
        names = [row["name"] for row in opened.rows("SELECT name FROM figures WHERE value IS NOT NULL")]
        assert len(names) >= 12
        assert {name: reproduction_differences(opened, name) for name in names} == {name: [] for name in names}


@pytest.mark.ci
def test_parts_of_every_published_difference_add_up(samples: Path) -> None:
    [release] = [path for path in (samples / "releases").iterdir() if path.is_dir()]
    comparators = [total for row in query_release(release, "FROM figures") for total in orjson.loads(row["comparators"])]
    different = [total for total in comparators if total["difference"] is not None]
    assert len(different) >= 5
    assert any(part["how"] == "computed" and part["amount"] for total in different for part in total["parts"])
    assert [total for total in different if sum(part["amount"] or 0 for part in total["parts"]) != total["difference"]] == []


def test_cables_without_a_known_beginning_are_not_counted_as_later(samples: Path) -> None:
    [release] = [path for path in (samples / "releases").iterdir() if path.is_dir()]
    [cables] = query_release(release, "FROM figures WHERE name = 'submarine-cables'")
    parts = [part for total in orjson.loads(cables["comparators"]) for part in total["parts"] if part["kind"] == "period"]
    assert parts and {part["how"] for part in parts} == {"not known"}


def test_the_stored_rows_give_the_stored_value(samples: Path) -> None:
    release = next(path for path in (samples / "releases").iterdir() if path.is_dir())
    query = """
        WITH unit AS (SELECT DISTINCT name, unit_id, amount FROM figure_rows WHERE counted)
        SELECT f.name, f.measure, f.value, f.rows, count(DISTINCT u.unit_id) AS units, coalesce(sum(u.amount), 0) AS total
        FROM figures AS f LEFT JOIN unit AS u USING (name) GROUP BY ALL
    """
    for row in query_release(release, query):
        assert row["units"] == row["rows"]
        assert row["value"] == (row["units"] if row["measure"] == "count" else row["total"]), row["name"]


def test_every_unit_of_a_packaged_figure_exists(samples: Path) -> None:
    release = next(path for path in (samples / "releases").iterdir() if path.is_dir())
    places = "SELECT id FROM records UNION ALL SELECT code FROM areas UNION ALL SELECT platform FROM platform_domains"
    places += " UNION ALL SELECT id FROM terms WHERE vocabulary = 'services'"
    assert query_release(release, f"SELECT name, unit_id FROM figure_rows WHERE unit_id NOT IN ({places})") == []
