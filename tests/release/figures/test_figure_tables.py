"""Published figures: values with rows, groups, variants and reported totals, and the query that recomputes them."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import orjson
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError
from overt.model.workspace import Workspace
from overt.model.yaml_reading_and_validation import read_mapping
from overt.release.figures.figure_recomputation_check import recompute_figure
from overt.release.figures.figure_tables import write_figure_tables
from tests.support.command_built_atlas import Atlas, Statement, fetch_samples, make_statements, own_id
from tests.support.release_table_rows_and_file_hashes import read_table

KEYS = ["name", "value", "unit", "release", "rows", "groups", "variants", "comparators"]


@pytest.fixture
def empty(tmp_path: Path) -> Atlas:
    return Atlas(tmp_path)


@pytest.fixture(scope="module")
def resolved(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas whose projects are imported and resolved. Tests make the release, because that computes their figures."""
    atlas = Atlas(tmp_path_factory.mktemp("resolved"))
    atlas.fetch("alpha", projects())
    atlas.ok("import")
    atlas.ok("resolve")
    return atlas


@pytest.fixture
def atlas(resolved: Atlas, tmp_path: Path) -> Atlas:
    """A copy of the atlas that a test may change."""
    return resolved.copy_to(tmp_path)


def projects() -> list[Statement]:
    rows: list[Statement] = []
    for key, country, status, kind in (
        ("a", ["KE"], "operational", ["smart-city"]),
        ("b", ["KE", "UG"], "cancelled", ["smart-city", "data-centre"]),
        ("c", [], "agreed", []),
    ):
        rows += make_statements("project", key, name=key, country=country, status=status, kind=kind)
    return rows


MINIMAL = orjson.dumps(
    dict.fromkeys(("name", "title", "title_zh", "question", "unit", "counting_unit", "counts_in", "counts_out"), "x")
).decode()
COUNT = """
-- One row a project.
SELECT p.id AS unit_id, p.country, p.status, coalesce(p.kind, []) AS kind FROM projects AS p
-- The end.
"""


def test_a_figure_of_a_workspace(atlas: Atlas) -> None:
    variants = [
        {"name": "all", "title": "All", "where": "true"},
        {"name": "kenya", "title": "In Kenya", "where": "list_contains(country, 'KE')"},
        {"name": "needs", "title": "Needs another source", "where": "true", "requires": ["telegeography"]},
    ]
    atlas.figure("mine", COUNT, where="status <> 'cancelled'", groups=["country", "kind", "status"], variants=variants)
    release = atlas.build()
    figure = atlas.figures("mine")["mine"]
    assert [key for key in KEYS if key not in figure] == []
    assert (figure["value"], figure["unit"], figure["release"], figure["status"]) == (2, "mine", release, "ok")
    assert figure["groups"] == {
        "country": {"KE": 1, "not known": 1},
        "kind": {"smart-city": 1, "not known": 1},
        "status": {"operational": 1, "agreed": 1},
    }
    assert [(variant["name"], variant["value"]) for variant in figure["variants"]] == [("all", 3), ("kenya", 2), ("needs", None)]
    assert sorted(row["unit_id"] for row in figure["rows"]) == sorted([own_id("alpha:a"), own_id("alpha:c")])
    assert {row["status"] for row in figure["rows"]} == {"operational", "agreed"}
    assert figure["comparators"] == []
    printed = atlas.ok("figures", "mine").out
    assert printed.startswith("mine")
    assert "2 mine" in printed
    assert "  In Kenya: 2\n  Needs another source: source not loaded: telegeography\n" in printed


def test_a_figure_of_a_workspace_replaces_a_packaged_one(atlas: Atlas) -> None:
    atlas.figure("projects-by-country", COUNT)
    atlas.build()
    figure = atlas.figures("projects-by-country")["projects-by-country"]
    assert (figure["value"], figure["title"]) == (3, "projects-by-country")


@pytest.mark.ci
def test_a_missing_source_gives_no_value(atlas: Atlas) -> None:
    atlas.figure("strict", COUNT, requires=["alpha", "beta"], variants=[{"name": "all", "title": "All", "where": "true"}])
    atlas.figure("either", COUNT, any_of=["beta", "gamma"])
    atlas.figure("loaded", COUNT, any_of=["alpha", "gamma"])
    atlas.build()
    figures = atlas.figures()
    assert {name: (figures[name]["value"], figures[name]["status"]) for name in ("strict", "either", "loaded")} == {
        "strict": (None, "source not loaded: beta"),
        "either": (None, "source not loaded: beta, gamma"),
        "loaded": (3, "ok"),
    }
    assert (figures["strict"]["rows"], figures["strict"]["variants"][0]["value"]) == ([], None)
    assert "source not loaded: beta" in atlas.ok("figures", "strict").out
    assert figures["surveillance-export-countries-2019"]["status"] == "source not loaded: aigs_2019"


@pytest.mark.ci
def test_nothing_counted_is_zero_if_the_source_is_loaded(atlas: Atlas) -> None:
    atlas.figure("none", COUNT, where="status = 'denied'", requires=["alpha"])
    atlas.build()
    assert atlas.figures("none")["none"]["value"] == 0


# --- Gaps --------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_unreadable_rows_are_gaps_of_the_figures_that_need_them(empty: Atlas) -> None:
    """A figure must not look complete if one of its rows was unreadable."""
    reported = make_statements("reported_figure", "r", measure="5g-plans", value="4", bound="exact", reported_by="Somebody")
    empty.figure("mine", COUNT, requires=["alpha"], comparators=[{"measure": "5g-plans"}])
    empty.figure("unconcerned", COUNT)
    empty.fetch("alpha", projects() + reported)
    complete = empty.build()
    assert [figure["gaps"] for figure in empty.figures("mine").values()] == [[]]
    empty.fetch("alpha", [*projects()[:-1], *reported, Statement("project", "b", "country", "Kenyaa")], "2026-01-02")
    built = empty.ok("build", "--allow-problems")
    assert "these figures lack rows that were left out as problems, and say so: mine\n" in built.err
    figure = empty.figures("mine")["mine"]
    assert (figure["value"], figure["status"]) == (3, "ok")
    assert figure["gaps"] == [{"source": "alpha", "title": "Alpha", "what": "problems", "rows": 1, "note": None}]
    assert figure["comparators"][0]["why"] == "We can’t explain the difference; 1 row of alpha left out as a problem"
    assert empty.figures("unconcerned")["unconcerned"]["gaps"] == []
    [line] = [line for line in empty.ok("figures").out.splitlines() if line.startswith("mine ")]
    assert "3 mine; 1 row left out as a problem" in line
    assert "  missing: 1 row of alpha left out as a problem\n" in empty.ok("figures", "mine").out
    assert empty.figures(f"mine@{complete}")["mine"]["comparators"][0]["why"] == "We can’t explain the difference"


@pytest.mark.ci
def test_optional_sources_that_are_not_loaded_are_gaps(atlas: Atlas) -> None:
    atlas.figure("either", COUNT, any_of=["beta", "alpha", "telegeography"])
    atlas.build()
    figure = atlas.figures("either")["either"]
    assert (figure["value"], figure["status"]) == (3, "ok")
    assert [(gap["source"], gap["what"]) for gap in figure["gaps"]] == [("beta", "not loaded"), ("telegeography", "not loaded")]
    assert figure["gaps"][1]["title"] == "Submarine Cable Map"
    assert "  missing: telegeography is not loaded\n" in atlas.ok("figures", "either").out


@pytest.mark.ci
def test_amounts_in_other_currencies_are_left_out_aloud(empty: Atlas) -> None:
    """The total counts dollars of 2021; other amounts are gaps. One variant converts those for which it has a year and a rate."""
    rows = make_statements("project", "a", name="Cameras", kind="smart-city")
    for key, amount, unit, agreed in (
        ("constant", "100", "USD@2021", "2019"),
        ("dollars", "10", "USD", "2019"),
        ("euros", "1000", "EUR", "2021-05"),
        ("old-euros", "1000", "EUR@2000", "2021"),
        ("undated", "7", "EUR", ""),
        ("birr", "9", "ETB", "2021"),
        ("other-prices", "5", "USD@2015", "2015"),
    ):
        rows += make_statements("commitment", key, project="alpha:a", **({"agreed": agreed} if agreed else {}))
        rows.append(Statement("commitment", key, "amount", amount, unit))
    definition = read_mapping(Catalogue().figure_folders["finance-total"] / "figure.yml")
    query = (Catalogue().figure_folders["finance-total"] / "query.sql").read_text(encoding="utf-8")
    empty.figure("money", query, **{**definition, "any_of": ["alpha"], "comparators": []})
    empty.fetch("alpha", rows)
    empty.build()
    figure = empty.figures("money")["money"]
    assert (figure["value"], [row["amount"] for row in figure["rows"]]) == (100, [100])
    gaps = {gap["unit"]: (gap["rows"], gap["amount"]) for gap in figure["gaps"] if gap["what"] == "currency"}
    assert gaps == {"USD": (1, 10), "EUR": (2, 1007), "EUR@2000": (1, 1000), "ETB": (1, 9), "USD@2015": (1, 5)}
    variants = {variant["name"]: variant for variant in figure["variants"]}
    converted = variants["with-other-currencies"]
    assert converted["value"] == pytest.approx(100 + 10 + 1182.7403101 + 923.612549, abs=0.001)
    assert (converted["computed"], converted["left_out"]) == (True, 3), "no year, no rate, dollars of another year"
    assert variants["without-cancelled"]["value"] == 100, "other variants stay in the figure's currency"
    printed = empty.ok("figures", "money").out
    assert "2 amounts in EUR left out, 1,007 EUR in all" in printed and "computed; 3 amounts left out" in printed
    assert "without 6 amounts in ETB, EUR, EUR@2000, USD, USD@2015" in printed


def test_money_for_surveillance_names_every_kind_of_the_two_layers() -> None:
    definition = read_mapping(Catalogue().figure_folders["finance-total"] / "figure.yml")
    (condition,) = [row["where"] for row in definition["variants"] if row["name"] == "surveillance-or-censorship"]
    kinds = {term.id for term in Catalogue().vocabularies["project-kinds"].terms if term.layer in ("surveillance", "censorship")}
    assert set(re.findall("'([a-z-]+)'", condition)) == kinds


def test_files_with_a_part_of_the_data_are_gaps(empty: Atlas) -> None:
    files = {"statements": {"patterns": ["alpha.csv"], "format": "csv", "part": "Only the rows of Italy."}}
    empty.source("alpha", files=files)
    empty.figure("mine", COUNT, requires=["alpha"])
    empty.fetch("alpha", projects())
    release = empty.build()
    assert [(gap["what"], gap["note"]) for gap in empty.figures("mine")["mine"]["gaps"]] == [("part", "Only the rows of Italy.")]
    assert empty.rows(release, "SELECT part FROM sources") == [{"part": "Only the rows of Italy."}]
    assert "  missing: alpha: Only the rows of Italy\n" in empty.ok("figures", "mine").out


@pytest.mark.ci
def test_a_figure_has_the_dates_of_its_sources(empty: Atlas) -> None:
    empty.source("alpha", as_of="2022-11-10")
    empty.figure("mine", COUNT, any_of=["alpha", "beta"])
    empty.fetch("alpha", projects())
    empty.fetch("beta", make_statements("project", "z", name="Z"), "2026-01-05")
    empty.build()
    assert empty.figures("mine")["mine"]["sources"] == [
        {"source": "alpha", "title": "Alpha", "retrieved": "2026-01-01", "as_of": "2022-11-10"},
        {"source": "beta", "title": "Beta", "retrieved": "2026-01-05", "as_of": None},
    ]
    printed = empty.ok("figures", "mine").out
    assert "  from alpha: Alpha, as of 2022-11-10\n  from beta: Beta, retrieved 2026-01-05\n" in printed


@pytest.mark.ci
def test_a_figure_credits_the_sources_of_its_counted_units(empty: Atlas) -> None:
    empty.source("alpha")
    empty.figure("mine", COUNT, any_of=["alpha", "beta"], where="status = 'operational'")
    empty.figure("none", COUNT, any_of=["alpha", "beta"], where="status = 'denied'")
    empty.fetch("alpha", projects())
    empty.fetch("beta", make_statements("project", "z", name="Z", status="agreed"), "2026-01-05")
    empty.build()
    credited = {
        name: [source["source"] for source in figure["sources"]]
        for name, figure in empty.figures().items()
        if name in ("mine", "none")
    }
    assert credited == {"mine": ["alpha"], "none": ["alpha", "beta"]}


def test_a_figure_credits_a_counted_source_that_it_does_not_list(empty: Atlas) -> None:
    """An atlas's own source can have rows that a shipped figure counts."""
    empty.source("alpha")
    empty.figure("mine", COUNT, any_of=["alpha", "telegeography"])
    empty.fetch("alpha", projects())
    empty.fetch("beta", make_statements("project", "z", name="Z", status="agreed"), "2026-01-05")
    empty.build()
    credited = {name: [source["source"] for source in figure["sources"]] for name, figure in empty.figures("mine").items()}
    assert credited == {"mine": ["alpha", "beta"]}
    assert "  from beta: Beta, retrieved 2026-01-05\n" in empty.ok("figures", "mine").out


@pytest.mark.ci
def test_a_variant_without_an_answering_row_has_no_value(atlas: Atlas) -> None:
    """If no row meets a variant's `told`, the variant has no value."""
    query = "SELECT id AS unit_id, umbrella, status FROM projects"
    variants = [
        {"name": "no-frames", "title": "No frames", "where": "umbrella IS DISTINCT FROM true", "told": "umbrella IS NOT NULL"},
        {"name": "standing", "title": "Standing", "where": "status <> 'denied'"},
        {"name": "agreed", "title": "Agreed", "where": "status = 'agreed'"},
    ]
    atlas.figure("mine", query, variants=variants)
    atlas.build()
    variants = {
        variant["name"]: (variant["value"], variant["same"], variant["note"])
        for variant in atlas.figures("mine")["mine"]["variants"]
    }
    assert variants == {
        "no-frames": (None, False, "unknown: no row says it"), "standing": (3, True, None), "agreed": (1, False, None),
    }  # fmt: skip
    printed = atlas.ok("figures", "mine").out
    assert "  No frames: unknown: no row says it\n  Standing: 3, the same rows\n  Agreed: 1\n" in printed
    atlas.fetch("alpha", projects() + make_statements("project", "d", name="D", umbrella="true"), "2026-01-02")
    atlas.build()
    values = {variant["name"]: variant["value"] for variant in atlas.figures("mine")["mine"]["variants"]}
    assert values == {"no-frames": 3, "standing": 3, "agreed": 1}


@pytest.mark.slow
def test_leased_cables_have_no_value_without_the_only_source_of_leases(empty: Atlas) -> None:
    """No AidData title mentions a lease. Without ASPI's map, the number of leased cables is unknown, not zero."""
    fetch_samples(empty.workspace, ["aiddata_gcdf", "organizations"])
    empty.build()
    figures = empty.figures("leased-cables", "finance-total")
    figure = figures["leased-cables"]
    assert (figure["value"], figure["status"]) == (None, "source not loaded: aspi_tech_map")
    figure = figures["finance-total"]
    variants = {variant["name"]: (variant["value"] is None, variant["same"]) for variant in figure["variants"]}
    assert variants == {
        "no-stated-purpose": (False, False),
        "surveillance-or-censorship": (False, False),
        "without-cancelled": (False, True),
        "recommended": (True, False),
        "without-umbrellas": (True, False),
        "with-other-currencies": (False, True),
    }


SUM = "SELECT c.id AS unit_id, c.amount, c.flow_type FROM commitments AS c WHERE c.amount_unit = 'USD@2021'"


def test_a_sum_is_exact(empty: Atlas) -> None:
    amounts = ["0.1"] * 10 + ["100000000000.0001"]
    rows = [
        row
        for number, amount in enumerate(amounts)
        for row in make_statements("commitment", f"c{number}", project="alpha:a", amount=(amount, "USD@2021"))
    ]
    rows += make_statements("commitment", "other", project="alpha:a", amount=("5", "USD"))
    empty.figure("sum", SUM, measure="sum", groups=["flow_type"])
    empty.fetch("alpha", projects() + rows)
    release = empty.build()
    assert empty.rows(release, "SELECT value, rows FROM figures WHERE name = 'sum'") == [
        {"value": Decimal("100000000001.0001"), "rows": 11}
    ]
    figure = empty.figures("sum")["sum"]
    assert (figure["value"], figure["groups"]) == (100000000001.0001, {"flow_type": {"not known": 100000000001.0001}})


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    amounts=st.lists(st.decimals(min_value=0, max_value=10**20, places=4), min_size=1, max_size=30),
    threads=st.sampled_from([1, 2]),
    data=st.data(),
)
def test_a_sum_does_not_depend_on_its_order(tmp_path_factory, amounts: list[Decimal], threads: int, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("sum")
    atlas = Atlas(folder)
    atlas.figure("sum", "SELECT unit AS unit_id, amount FROM amounts", measure="sum")
    results = []
    for order in (amounts, data.draw(st.permutations(amounts))):
        with duckdb.connect(config={"threads": threads}) as connection:
            rows = {"unit": [str(number) for number in range(len(order))], "amount": pa.array(order, pa.decimal128(38, 4))}
            connection.register("amounts", pa.table(rows))
            for name in ("reported_figures", "members", "documents", "claims_out"):
                connection.execute(f'CREATE TABLE "{name}" (id TEXT, source TEXT)')
            connection.execute("CREATE TABLE sources (source TEXT)")
            figure = Workspace.open(atlas.root).content
            figure.__dict__["figure_folders"] = {"sum": figure.figure_folders["sum"]}
            write_figure_tables(connection, figure, folder, date(2026, 1, 1))
        results.append(read_table(folder / "figures.parquet")[0]["value"])
    assert results == [sum(amounts), sum(amounts)]


# --- Reported totals ----------------------------------------------------------------------------------------------------


@pytest.mark.ci
def test_reported_totals_have_differences_and_reasons(empty: Atlas) -> None:
    rows = make_statements("document", "d", url="https://example.org/essay", title="An essay")
    for key, value, bound in (("exact", "5", "exact"), ("least", "2", "at least"), ("same", "3", "exact")):
        rows += make_statements("reported_figure", key, measure="5g-plans", bound=bound, reported_by="Somebody", as_of="2021")
        rows.append(Statement("reported_figure", key, "value", value, document="alpha:d"))
    empty.figure("mine", COUNT, comparators=[{"measure": "5g-plans", "note": "A note"}])
    empty.figure("why", COUNT, comparators=[{"measure": "5g-plans", "why": "They count trials too."}])
    empty.fetch("alpha", projects() + rows)
    empty.build()
    figures = empty.figures()
    comparators = {row["value"]: row for row in figures["mine"]["comparators"]}
    assert {value: (row["difference"], row["why"]) for value, row in comparators.items()} == {
        5: (-2, "We can’t explain the difference"),
        2: (None, "not comparable: given as a bound"),
        3: (0, None),
    }
    assert comparators[5]["document"] == own_id("alpha:d")
    assert (comparators[5]["url"], comparators[5]["title"], comparators[5]["note"]) == (
        "https://example.org/essay",
        "An essay",
        "A note",
    )
    assert {row["why"] for row in figures["why"]["comparators"]} == {"They count trials too."}


@pytest.mark.ci
def test_a_retracted_total_is_left_out(empty: Atlas) -> None:
    rows = make_statements("reported_figure", "r", measure="5g-plans", value="5", reported_by="Somebody")
    empty.figure("mine", COUNT, comparators=[{"measure": "5g-plans"}])
    empty.fetch("alpha", projects() + rows)
    empty.build()
    assert len(empty.figures("mine")["mine"]["comparators"]) == 1
    empty.retract("alpha:r")
    empty.build()
    assert empty.figures("mine")["mine"]["comparators"] == []


# --- Broken figures -----------------------------------------------------------------------------------------------------


@pytest.mark.slow(after=4)
@pytest.mark.parametrize(
    ("query", "more", "why"),
    [
        ("SELECT nothing FROM projects", {}, "Binder Error"),
        ("SELECT id FROM projects", {}, "must return unit_id"),
        ("SELECT id AS unit_id FROM projects", {"measure": "sum"}, "must return unit_id, amount"),
        ("SELECT id AS unit_id FROM projects", {"groups": ["country"]}, "returns no column 'country'"),
        ("SELECT id AS unit_id FROM projects", {"where": "nonsense"}, "nonsense"),
        ("SELECT id AS unit_id FROM projects", {"variants": [{"name": "x", "title": "X", "where": ")"}]}, "syntax error"),
        ("SELECT NULL AS unit_id FROM projects", {}, "a row without a unit_id"),
        (
            "SELECT 'x' AS unit_id, length(id) + row_number() OVER () AS amount FROM projects",
            {"measure": "sum"},
            "gives x two amounts",
        ),
        ("SELECT id AS unit_id FROM projects", {"measure": "average"}, "measure"),
        ("SELECT id AS unit_id FROM projects", {"colour": "red"}, "colour"),
        ("SELECT id AS unit_id FROM project", {}, "there is no table 'project'"),
        ("SELECT content AS unit_id FROM read_text('overt.toml')", {}, "rows cannot be read from read_text(…)"),
        ("SELECT 'x' AS unit_id) ; COPY (SELECT 1) TO 'x'; FROM (SELECT 1", {}, "syntax error"),
        ("SELECT id AS unit_id FROM projects", {"where": "id IN (SELECT content FROM read_text('overt.toml'))"}, "read_text(…)"),
    ],
)
def test_a_broken_figure_is_one_line_and_no_release(atlas: Atlas, query: str, more: dict[str, object], why: str) -> None:
    atlas.figure("broken", query, **more)
    outcome = atlas.overt("build")
    assert outcome.code == 1
    [line] = outcome.errors
    assert line.startswith("overt: figures/broken")
    assert why in line
    assert not [path for path in (atlas.root / "releases").glob("*") if path.is_dir()]


def test_a_query_without_an_end_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overt.release.figures.time_limited_content_query.MAX_SECONDS", 0.05)
    endless = "WITH RECURSIVE n AS (SELECT 1 AS unit_id UNION ALL SELECT unit_id + 1 FROM n) SELECT unit_id FROM n"
    with duckdb.connect() as connection, pytest.raises(ContentError, match=r"takes more than 0\.05 seconds"):
        recompute_figure(connection, MINIMAL, endless)


def test_stored_sql_of_a_copy_runs_only_if_it_reads_tables(tmp_path: Path) -> None:
    with duckdb.connect() as connection, pytest.raises(ContentError, match="2 statements"):
        recompute_figure(connection, MINIMAL, f"SELECT 1 AS unit_id; COPY (SELECT 1) TO '{tmp_path / 'written'}'")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.ci
def test_figures_share_a_query(atlas: Atlas) -> None:
    """Each release stores the SQL that was run, with the values of the figure's `with` as quoted strings."""
    (atlas.root / "figures").mkdir(exist_ok=True)
    (atlas.root / "figures" / "of-status.sql").write_text(f"{COUNT} WHERE p.status = ${{status}}\n", encoding="utf-8")
    for status in ("operational", "o'clock"):
        write_shared_query(atlas, status.replace("'", ""), {"shared": "of-status", "with": {"status": status}})
    release = atlas.build()
    rows = {row["name"]: row for row in read_table(atlas.root / "releases" / release / "tables" / "figures.parquet")}
    assert (rows["operational"]["value"], rows["oclock"]["value"]) == (1, 0)
    assert rows["operational"]["sql"] == f"{COUNT} WHERE p.status = 'operational'".strip()
    assert rows["oclock"]["sql"].endswith("p.status = 'o''clock'")


def write_shared_query(atlas: Atlas, name: str, query: object, own: bool = False) -> None:
    """Write a figure whose figure.yml refers to a shared query. `own`: with a query.sql as well."""
    atlas.figure(name, COUNT)
    folder = atlas.root / "figures" / name
    with (folder / "figure.yml").open("a", encoding="utf-8") as handle:
        handle.write(f"query: {json.dumps(query)}\n")
    if not own:
        (folder / "query.sql").unlink()


@pytest.mark.parametrize(
    ("query", "own", "why"),
    [
        ({"shared": "nowhere", "with": {}}, False, "broken/figure.yml: there is no query figures/nowhere.sql"),
        (
            {"shared": "projects-of-one-kind", "with": {}},
            False,
            "`with:` and the placeholders of figures/projects-of-one-kind.sql differ in 'kind'",
        ),
        (
            {"shared": "projects-of-one-kind", "with": {"kind": "x", "b": "y"}},
            False,
            "figures/projects-of-one-kind.sql differ in 'b'",
        ),
        (
            {"shared": "projects-of-one-kind", "with": {"kind": "x"}},
            True,
            "query.sql is there besides `query:` of figure.yml; delete one",
        ),
        ("SELECT 1", False, "broken/figure.yml: query"),
    ],
)
def test_a_broken_shared_query_is_one_line(atlas: Atlas, query: object, own: bool, why: str) -> None:
    write_shared_query(atlas, "broken", query, own)
    [line] = atlas.overt("build").errors
    assert line.startswith("overt: figures/broken")
    assert why in line


def test_a_figure_without_a_query_is_one_line(atlas: Atlas) -> None:
    atlas.figure("broken", COUNT)
    (atlas.root / "figures" / "broken" / "query.sql").unlink()
    assert atlas.overt("build").errors == ["overt: figures/broken: query.sql is missing"]


def test_a_figure_names_own_counts_that_exist(atlas: Atlas) -> None:
    atlas.figure("broken", COUNT)
    with (atlas.root / "figures" / "broken" / "figure.yml").open("a", encoding="utf-8") as handle:
        handle.write("own_counts: [nowhere]\n")
    assert atlas.overt("build").errors == ["overt: figures/broken/figure.yml: own_counts: there is no figure 'nowhere'"]


@pytest.mark.ci
def test_a_figure_can_read_every_table_of_a_release(atlas: Atlas) -> None:
    first = atlas.build()
    tables = sorted(path.stem for path in (atlas.root / "releases" / first / "tables").iterdir())
    own = [name for name in tables if name not in ("figures", "figure_rows", "figure_sensitivity", "findings")]
    query = " UNION ALL ".join(f"SELECT '{name}' AS unit_id FROM (SELECT count(*) FROM \"{name}\")" for name in own)
    atlas.figure("tables", query)
    atlas.build()
    assert atlas.figures("tables")["tables"]["value"] == len(own)


@pytest.mark.ci
def test_a_figure_of_an_old_release_never_changes(atlas: Atlas) -> None:
    atlas.figure("mine", COUNT)
    old = atlas.build()
    before = atlas.ok("figures", f"mine@{old}", "--json").out
    atlas.retract("alpha:a")
    atlas.build()
    now, then = (orjson.loads(atlas.ok("figures", name, "--json").out)[0]["value"] for name in ("mine", f"mine@{old}"))
    assert now < then
    assert atlas.ok("figures", f"mine@{old}", "--json").out == before
    assert atlas.ok("figures", f"mine@{old[-8:]}", "--json").out == before
