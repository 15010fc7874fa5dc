"""How figures change without a source, filter, reading or merge; their recomputation; and differences from reported totals."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overt.cli.records.figure_sensitivity_and_difference_text import sensitivity_lines
from overt.index.editions.public_edition import restrict
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.release.counterfactual_release import Counterfactual, CounterfactualTables, without_sources
from overt.release.figures import sensitivity as figure_sensitivity
from overt.release.figures.figure_serialization import sensitivity_data
from overt.release.figures.gap_and_difference_labels import format_probability
from overt.release.figures.sensitivity import SENSITIVITY
from overt.release.release_reader import Release
from overt.release.unjudged_merges import Merge, UnjudgedMerges
from overt.resolve.clusters import Clusters, Edge
from overt.resolve.resolver import _join_scored
from overt.resolve.scored_pair import ScoredPair
from tests.support.command_built_atlas import Atlas, Statement, fetch_samples, make_statements, own_id
from tests.support.small_atlas import SmallAtlas

QUERY = """
SELECT p.id AS unit_id, p.status, p.kind, p.operational_from AS begun,
    p.id IN (SELECT r.project FROM roles AS r JOIN organizations AS o ON o.id = r.organization WHERE o.country = 'CN') AS chinese
FROM projects AS p WHERE list_contains(p.kind, 'smart-city')
"""


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Projects of two sources, alpha and beta.

    Both sources have the project `shared`, and beta states that it was cancelled. Alpha's `twice` and `again` are one project.
    """
    atlas = Atlas(tmp_path_factory.mktemp("sensitivity"))
    alpha: list[Statement] = []
    for key, day in (("early", "2018"), ("late", "2021-05-03"), ("shared", "2017"), ("twice", "2019")):
        alpha += make_statements("project", key, name=f"A {key}", status="operational", operational=day)
    alpha += [Statement("project", key, "kind", "smart-city") for key in ("early", "shared", "twice")]
    alpha.append(Statement("project", "late", "kind", "smart-city", rule="told@1"))
    alpha += make_statements("project", "again", name="Once more", status="operational", operational="2019", kind="smart-city")
    alpha += make_statements("document", "paper", title="A paper", url="https://paper.example/1")
    alpha.append(Statement("project", "shared", "website", "https://shared.example", document="alpha:paper"))
    alpha += make_statements("role", "r", project="alpha:early", organization="beta:maker", role="supplier")
    alpha += make_statements("reported_figure", "f", measure="smart-city-projects", value="10", bound="exact", as_of="2020-06")
    beta = make_statements("project", "own", name="B own", status="operational", operational="2018", kind="smart-city")
    beta += make_statements("project", "shared", name="B shared", status="cancelled", kind="smart-city")
    beta += make_statements("organization", "maker", name="Maker", country="CN")
    variant = {"name": "chinese", "title": "Chinese", "where": "chinese AND status <> 'cancelled'"}
    other = {"measure": "smart-city-projects", "reported_from": ["alpha"], "each_record": True}
    known = {"part": "unit", "amount": -1, "why": "page 3 of the report"}
    atlas.figure(
        "mine", QUERY, where="status <> 'cancelled'", any_of=["alpha", "beta"], begun="begun", variants=[variant],
        comparators=[{**other, "known": [known]}],
    )  # fmt: skip
    atlas.figure("needs", QUERY, requires=["beta"])
    three = "SELECT id AS unit_id FROM records WHERE type = 'project' AND independent_sources >= 3"
    atlas.figure("of-three", three, any_of=["alpha", "beta"])
    atlas.fetch("alpha", alpha)
    atlas.fetch("beta", beta, "2026-01-02")
    atlas.ok("build")
    for left, right in (("alpha:shared", "beta:shared"), ("alpha:twice", "alpha:again")):
        atlas.judge("same", left, right)
    atlas.build()
    return atlas


def sensitivity_items(atlas: Atlas, name: str) -> dict[tuple[str, str], dict[str, Any]]:
    figure = atlas.figures(name)[name]
    return {(item["kind"], item["item"]): item for item in figure["sensitivity"]["items"]}


def test_leaving_out_a_source_removes_its_units_and_restores_those_it_denied(atlas: Atlas) -> None:
    assert atlas.figures("mine")["mine"]["value"] == 4
    items = sensitivity_items(atlas, "mine")
    alpha = items["source", "alpha"]
    assert (alpha["value"], alpha["difference"], len(alpha["gone"]), alpha["come"]) == (1, -3, 3, [])
    # Without beta, its own project is missing, and no source states that the shared project was cancelled.
    rows = atlas.rows((atlas.root / "releases" / "latest").read_text().strip(), "FROM figure_sensitivity")
    [beta] = [row for row in rows if (row["name"], row["kind"], row["item"]) == ("mine", "source", "beta")]
    assert (beta["value"], beta["gone"], beta["come"]) == (4, [own_id("beta:own")], [atlas.id_of("alpha:shared")])


def test_a_source_that_a_figure_needs_leaves_no_value(atlas: Atlas) -> None:
    needed = sensitivity_items(atlas, "needs")["source", "beta"]
    assert (needed["value"], needed["note"]) == (None, "no value without it")


def test_independent_sources_are_counted_again_without_a_source(atlas: Atlas) -> None:
    """Alpha, the paper that alpha cites, and beta are three separate sources. Without beta, there are two."""
    assert atlas.figures("of-three")["of-three"]["value"] == 1
    items = sensitivity_items(atlas, "of-three")
    assert (items["source", "beta"]["value"], items["source", "beta"]["gone"]) == (0, [atlas.id_of("alpha:shared")])


def test_filters_readings_and_the_range(atlas: Atlas) -> None:
    items = sensitivity_items(atlas, "mine")
    assert items["filter", "chinese"]["value"] == 1
    assert items["filter", "every row"]["come"] == [atlas.id_of("alpha:shared")]
    reading = items["reading", "told@1"]
    assert (reading["value"], reading["gone"]) == (3, [own_id("alpha:late")])
    sensitivity = atlas.figures("mine")["mine"]["sensitivity"]
    assert (sensitivity["low"], sensitivity["high"]) == (1, 4)
    lines = atlas.ok("figures", "mine").out
    assert "taken out one at a time: 1 to 4" in lines and "without the reading told@1: 3 (−1)" in lines


def test_parts_add_up_to_the_difference(atlas: Atlas) -> None:
    [comparator] = atlas.figures("mine")["mine"]["comparators"]
    assert comparator["difference"] == -6
    amounts = {(part["kind"], part["reason"]): part["amount"] for part in comparator["parts"]}
    assert amounts == {
        ("sources", None): None,
        ("unit", "sourced"): -1,
        ("period", "later"): 1,
        ("scope", "other-sources"): 1,
        ("duplicates", "records"): -1,
        ("disagreement", "our-word"): 0,
        ("disagreement", "their-word"): -1,
        ("not known", "rest"): -5,
    }
    assert sum(amount or 0 for amount in amounts.values()) == comparator["difference"]
    units = {part["reason"]: part["units"] for part in comparator["parts"]}
    assert (units["later"], units["other-sources"]) == ([own_id("alpha:late")], [own_id("beta:own")])
    assert units["their-word"] == [atlas.id_of("alpha:shared")]
    assert "of another period: +1, first known after the day of the reported total" in atlas.ok("figures", "mine").out


def test_counterfactual_tables_equal_those_of_an_edition_without_the_sources(two_releases: SmallAtlas) -> None:
    """Recomputing only the affected records gives the same counts as an edition made without the sources."""
    published = two_releases
    folder = published.workspace.releases / published.release
    content, reuse = published.workspace.content, published.workspace.settings.republish
    edition = restrict(folder, reuse, content, published.workspace.cache)
    day = date.fromisoformat(edition.manifest["date"])
    assert edition.left_out
    with Release(folder) as full, Release.from_tables("part", edition.tables, edition.manifest, connect()) as part:
        tables = CounterfactualTables(
            full._connection, content, {"projects", "roles", "organizations", "project_kinds", "commitments"}, day
        )
        counts = "SELECT count(*) FILTER (WHERE status IS NOT NULL), count(*), sum(len(kind)), sum(len(country)) FROM projects"
        roles = "SELECT count(*), count(DISTINCT role), count(project), count(organization) FROM roles"
        kinds = "SELECT kind, count(*) FROM project_kinds GROUP BY ALL ORDER BY ALL"
        with tables.changed(without_sources([source["source"] for source in edition.left_out])) as changed:
            assert changed and "projects" in changed
            for query in (counts, roles, kinds):
                assert full._connection.execute(query).fetchall() == part.cursor().execute(query).fetchall(), query
        for query in (counts, kinds):
            assert full.cursor().execute(query).fetchall() != part.cursor().execute(query).fetchall(), "the edition is a part"


def test_a_published_figure_is_recomputed(atlas: Atlas) -> None:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    printed = atlas.ok("figures", f"mine@{release}")
    assert "recomputed from its tables: the same value, groups and rows" in printed.out
    assert atlas.figures(f"mine@{release}")["mine"]["recomputed"] is True


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("figures", "SELECT * REPLACE (value + 1 AS value)", "the value is 4, and 5 is stored"),
        ("figure_rows", "SELECT * REPLACE (NOT counted AS counted)", "rows are not among the"),
        ("projects", "SELECT * REPLACE ('cancelled' AS status)", "the value is 0, and 4 is stored"),
    ],
)
def test_a_figure_that_differs_from_what_is_stored_is_reported(
    atlas: Atlas, tmp_path: Path, name: str, change: str, why: str
) -> None:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    file = atlas.root / "releases" / release / "tables" / f"{name}.parquet"
    original = file.read_bytes()
    try:
        with duckdb.connect() as connection:
            changed = connection.execute(f"{change} FROM read_parquet('{file}')").to_arrow_table()
        pq.write_table(changed, file)
        outcome = atlas.overt("figures", f"mine@{release}")
        assert (outcome.code, [line for line in outcome.errors if why in line] != []) == (1, True), outcome
    finally:
        file.write_bytes(original)


# --- Uncertain merges ---------------------------------------------------------------------------------------------------


@pytest.fixture
def joined() -> Iterator[duckdb.DuckDBPyConnection]:
    """A cluster a–b–c–d, joined by a score, a name and a score, and a ring x–y–z, joined by a score and two names."""
    joins = [("s:a", "s:b", "score", "0.9"), ("s:b", "s:c", "name", "k"), ("s:c", "s:d", "score", "0.8")]
    joins += [("s:x", "s:y", "score", "0.7"), ("s:y", "s:z", "name", "k"), ("s:x", "s:z", "name", "k")]
    records = [("s:a", "one", 3), ("s:b", "one", 2), ("s:c", "one", 1), ("s:d", "one", 4)]
    records += [("s:x", "two", 5), ("s:y", "two", 6), ("s:z", "two", 7)]
    with duckdb.connect() as connection:
        names = ("left", "right", "reason", "key")
        connection.register("joins", pa.table(dict(zip(names, map(list, zip(*joins, strict=True)), strict=True))))
        names = ("record", "id", "first_position")
        table = pa.table(dict(zip(names, map(list, zip(*records, strict=True)), strict=True)))
        connection.register("members", table.append_column("type", pa.array(["project"] * len(records))))
        pairs = {"left": ["s:a", "s:c"], "right": ["s:b", "s:d"], "probability": [0.90004, 0.8]}
        connection.register("scores", pa.table(pairs))
        yield connection


def test_a_cluster_is_split_without_a_merge_that_is_a_bridge(joined: duckdb.DuckDBPyConnection, content: Catalogue) -> None:
    merges = UnjudgedMerges(joined, content, {"projects"})
    assert [(merge.left, merge.right, merge.probability) for merge in merges.merges] == [
        ("s:c", "s:d", 0.8),
        ("s:a", "s:b", 0.90004),
    ], "as scored"
    assert merges.without(merges.merges[0]).new_ids == {"s:d": own_id("s:d")}
    # The anchor of the split-off part is its first archived record.
    assert merges.without(merges.merges[1]).new_ids == dict.fromkeys(("s:b", "s:c", "s:d"), own_id("s:c"))
    assert merges.without_all().new_ids == {"s:a": own_id("s:a"), "s:d": own_id("s:d")}


def test_a_merge_beside_another_likely_pair_is_redundant(joined: duckdb.DuckDBPyConnection, content: Catalogue) -> None:
    def register_scores(likely: bool) -> None:
        pairs = [
            ("s:a", "s:b", 0.90004, True),
            ("s:c", "s:d", 0.8, True),
            ("s:b", "s:d", 0.79, likely),
            ("s:a", "s:d", 0.4, False),
        ]
        columns = zip(("left", "right", "probability", "same"), map(list, zip(*pairs, strict=True)), strict=True)
        joined.register("scores", pa.table(dict(columns)))

    register_scores(likely=True)
    merges = UnjudgedMerges(joined, content, {"projects"})
    assert [(merge.left, merge.right) for merge in merges.merges] == [("s:a", "s:b")]
    assert merges.redundant == 2, "b and d are as likely as c and d; x and y have a name in common with z"
    assert merges.without_all().new_ids == {"s:a": own_id("s:a"), "s:d": own_id("s:d")}, "by no score at all"
    register_scores(likely=False)
    assert UnjudgedMerges(joined, content, {"projects"}).redundant == 1


RECORDS = "abcdef"
ANY_PAIR = st.tuples(st.sampled_from(RECORDS), st.sampled_from(RECORDS)).filter(lambda pair: pair[0] < pair[1])


@pytest.mark.ci
@settings(max_examples=60, deadline=None)
@given(
    st.lists(ANY_PAIR, max_size=3, unique=True),
    st.dictionaries(ANY_PAIR, st.tuples(st.integers(500, 999), st.booleans()), min_size=1, max_size=9),
)
def test_leaving_out_a_merge_splits_records_as_resolving_without_it(
    content: Catalogue, named: list[tuple[str, str]], chances: dict[tuple[str, str], tuple[int, bool]]
) -> None:
    pairs = [ScoredPair(*pair, chance / 1000, (), likely) for pair, (chance, likely) in chances.items()]

    def resolved(scored: list[ScoredPair]) -> tuple[set[frozenset[str]], list[Edge]]:
        clusters = Clusters([], {}, {}, dict.fromkeys(RECORDS, "project"))
        edges = [edge for edge in (Edge(*pair, "name", "k") for pair in named) if _joins(clusters, edge)]
        edges += _join_scored(scored, clusters)
        return {frozenset(clusters.members(clusters.find(record))) for record in RECORDS}, edges

    resolution, edges = resolved(pairs)
    ids = {record: min(cluster) for cluster in resolution for record in cluster}
    with duckdb.connect() as connection:
        columns = [[getattr(edge, name) for edge in edges] for name in ("left", "right", "reason", "key")]
        connection.register(
            "joins", pa.table([pa.array(column, pa.string()) for column in columns], ["left", "right", "reason", "key"])
        )
        members = {"record": list(RECORDS), "id": [ids[record] for record in RECORDS], "first_position": list(range(6))}
        connection.register("members", pa.table({**members, "type": ["project"] * 6}))
        table = {name: [getattr(pair, name) for pair in pairs] for name in ("left", "right", "probability", "same")}
        connection.register("scores", pa.table(table))
        merges = UnjudgedMerges(connection, content, {"projects"})
        split = {(merge.left, merge.right): {**ids, **merges.without(merge).new_ids} for merge in merges.merges}
        together = {**ids, **merges.without_all().new_ids}
    for edge in edges:
        pair = (edge.left, edge.right)
        if edge.reason == "score":
            without, _ = resolved([other for other in pairs if (other.left, other.right) != pair])
            assert _clusters(split.get(pair, ids)) == without
    assert _clusters(together) == resolved([])[0]


def _joins(clusters: Clusters, edge: Edge) -> bool:
    return clusters.find(edge.left) != clusters.find(edge.right) and clusters.join(edge)


def _clusters(ids: dict[str, str]) -> set[frozenset[str]]:
    return {frozenset(record for record in ids if ids[record] == identity) for identity in ids.values()}


def test_records_of_other_types_are_not_split(joined: duckdb.DuckDBPyConnection, content: Catalogue) -> None:
    assert UnjudgedMerges(joined, content, {"organizations"}).merges == []


def test_members_joined_through_a_withheld_record_stay_joined(joined: duckdb.DuckDBPyConnection, content: Catalogue) -> None:
    fewer = joined.execute("SELECT * FROM members WHERE record <> 's:b'").to_arrow_table()
    less = joined.execute('SELECT * FROM joins WHERE \'s:b\' NOT IN ("left", "right")').to_arrow_table()
    with duckdb.connect() as part:
        part.register("members", fewer)
        part.register("joins", less)
        part.register("scores", joined.execute("SELECT * FROM scores").to_arrow_table())
        merges = UnjudgedMerges(part, content, {"projects"})
        assert merges.without_all().new_ids == {"s:d": own_id("s:d")}, "a and c stay joined although nothing here says why"


def test_all_merges_together_are_not_counted_as_unmoved() -> None:
    nothing = {**dict.fromkeys(SENSITIVITY.names), "kind": "merge", "value": Decimal(4), "difference": Decimal(0)}
    data = sensitivity_data(Decimal(4), [{**nothing, "item": item} for item in ("all", "a b", "c d")])
    assert data is not None and data["unmoved"]["merge"] == 2


def test_untried_and_redundant_merges_are_counted() -> None:
    nothing = {**dict.fromkeys(SENSITIVITY.names), "kind": "merge", "value": Decimal(4), "difference": Decimal(0)}
    untried = {**nothing, "item": "others", "title": "12", "value": None, "difference": None, "note": "not tried"}
    data = sensitivity_data(Decimal(4), [{**nothing, "item": "a b"}, untried])
    assert data is not None and (data["untried"], data["unmoved"]["merge"], data["items"]) == (12, 1, [])
    redundant = {**untried, "item": "held", "title": "3"}
    again = sensitivity_data(Decimal(4), [{**nothing, "item": "a b"}, untried, redundant])
    assert again is not None and (again["held"], again["untried"], again["items"]) == (3, 12, [])
    assert "3 merges that other likely pairs support too" in next(sensitivity_lines({"sensitivity": again}, str))
    assert "1 merge change nothing; 12 likelier merges not tried" in next(sensitivity_lines({"sensitivity": data}, str))


@pytest.mark.parametrize(("probability", "text"), [(0.75, "0.750"), (0.9996, "0.9996"), (0.99999999, "0.999999"), (1.0, "1.000")])
def test_an_uncertain_merge_is_not_printed_as_certain(probability: float, text: str) -> None:
    assert format_probability(probability) == text


@pytest.mark.slow
def test_only_the_number_of_further_merges_is_released(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    several = [Merge("alpha:early", "alpha:late", 0.9, "x")] * 5
    merges = SimpleNamespace(merges=several, redundant=2, without_all=lambda: Counterfactual("false"))
    monkeypatch.setattr(figure_sensitivity, "MAX_MERGES", 0)
    monkeypatch.setattr(figure_sensitivity, "UnjudgedMerges", lambda *_: merges)
    release = atlas.copy_to(atlas.root.parent / "again")
    release.source("gamma")
    release.fetch("gamma", make_statements("organization", "other", name="Other"))
    rows = release.rows(release.build(), "FROM figure_sensitivity WHERE kind = 'merge' AND item = 'others'")
    assert {row["title"] for row in rows} == {"5"} and all(row["value"] is None for row in rows)
    assert {figure["sensitivity"]["held"] for figure in release.figures().values() if figure["sensitivity"]} == {2}


def test_amounts_are_exact(atlas: Atlas) -> None:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    for row in atlas.rows(release, "FROM figure_sensitivity WHERE value IS NOT NULL"):
        assert isinstance(row["difference"], Decimal)
        assert len(row["come"]) - len(row["gone"]) == row["difference"], "these figures count"


@pytest.mark.ci
def test_changes_are_computed_at_once_or_one_after_the_other(tmp_path: Path) -> None:
    """The number of threads doesn't change the release.

    A figure of this atlas reads `records`, and no figure counts separate sources.
    """
    atlas = Atlas(tmp_path / "atlas")
    fetch_samples(atlas.workspace, ["aigs_2022", "telegeography"])
    assert atlas.build("--threads", 2) == atlas.build("--threads", 1)
