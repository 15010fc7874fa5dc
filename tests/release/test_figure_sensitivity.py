"""What becomes of a figure without a source, a rule, a reading or a join; what a difference from a reported total is made of."""

from collections.abc import Iterator
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

from overt.cli.records.figure_detail import rests_on
from overt.index.public_edition import restrict
from overt.model.content import Catalogue
from overt.model.duckdb_connection import connect
from overt.release.counterfactual import Counterfactual, CounterfactualTables, without_sources
from overt.release.figures import sensitivity as figure_sensitivity
from overt.release.figures.figure_data import sensitivity_data
from overt.release.figures.figure_wording import format_probability
from overt.release.figures.sensitivity import SENSITIVITY
from overt.release.release_reader import Release
from overt.release.score_merges import Merge, ScoreMerges
from overt.resolve.clusters import Clusters, Edge
from overt.resolve.resolver import _join_scored
from overt.resolve.scored_pair import ScoredPair
from tests.support.atlas import Atlas, Statement, make_statements, own_id
from tests.support.small_atlas import SmallAtlas

QUERY = """
SELECT p.id AS unit_id, p.status, p.kind, p.operational_from AS begun,
    p.id IN (SELECT r.project FROM roles AS r JOIN organizations AS o ON o.id = r.organization WHERE o.country = 'CN') AS chinese
FROM projects AS p WHERE list_contains(p.kind, 'smart-city')
"""


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Four projects of alpha and two of beta, of which one is one of alpha's, and is cancelled as beta says."""
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
    told = {"part": "unit", "amount": -1, "why": "page 3 of the report"}
    atlas.figure(
        "mine", QUERY, where="status <> 'cancelled'", any_of=["alpha", "beta"], begun="begun", variants=[variant],
        comparators=[{**other, "known": [told]}],
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


def moved(atlas: Atlas, name: str) -> dict[tuple[str, str], dict[str, Any]]:
    figure = atlas.figures(name)[name]
    return {(item["kind"], item["item"]): item for item in figure["sensitivity"]["items"]}


def test_a_source_taken_out_takes_what_it_alone_tells_and_what_it_says_against_others(atlas: Atlas) -> None:
    assert atlas.figures("mine")["mine"]["value"] == 4
    found = moved(atlas, "mine")
    alpha = found["source", "alpha"]
    assert (alpha["value"], alpha["difference"], len(alpha["gone"]), alpha["come"]) == (1, -3, 3, [])
    # Without beta its own project is gone, and nobody says that the shared one was cancelled.
    rows = atlas.rows((atlas.root / "releases" / "latest").read_text().strip(), "FROM figure_sensitivity")
    [beta] = [row for row in rows if (row["name"], row["kind"], row["item"]) == ("mine", "source", "beta")]
    assert (beta["value"], beta["gone"], beta["come"]) == (4, [own_id("beta:own")], [atlas.id_of("alpha:shared")])


def test_a_source_that_a_figure_needs_leaves_no_value(atlas: Atlas) -> None:
    needed = moved(atlas, "needs")["source", "beta"]
    assert (needed["value"], needed["note"]) == (None, "no value without it")


def test_what_is_independent_is_told_of_what_is_left(atlas: Atlas) -> None:
    """Alpha, the paper that it cites and beta are three voices, and two without beta."""
    assert atlas.figures("of-three")["of-three"]["value"] == 1
    found = moved(atlas, "of-three")
    assert (found["source", "beta"]["value"], found["source", "beta"]["gone"]) == (0, [atlas.id_of("alpha:shared")])


def test_rules_readings_and_the_range(atlas: Atlas) -> None:
    found = moved(atlas, "mine")
    assert found["filter", "chinese"]["value"] == 1
    assert found["filter", "every row"]["come"] == [atlas.id_of("alpha:shared")]
    reading = found["reading", "told@1"]
    assert (reading["value"], reading["gone"]) == (3, [own_id("alpha:late")])
    held = atlas.figures("mine")["mine"]["sensitivity"]
    assert (held["low"], held["high"]) == (1, 4)
    lines = atlas.ok("figures", "mine").out
    assert "taken out one at a time: 1 to 4" in lines and "without the reading told@1: 3 (−1)" in lines


def test_the_parts_of_a_difference_add_up_to_it(atlas: Atlas) -> None:
    [other] = atlas.figures("mine")["mine"]["comparators"]
    assert other["difference"] == -6
    amounts = {(part["kind"], part["reason"]): part["amount"] for part in other["parts"]}
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
    assert sum(amount or 0 for amount in amounts.values()) == other["difference"]
    units = {part["reason"]: part["units"] for part in other["parts"]}
    assert (units["later"], units["other-sources"]) == ([own_id("alpha:late")], [own_id("beta:own")])
    assert units["their-word"] == [atlas.id_of("alpha:shared")]
    assert "of another time: +1, first known after the day of the reported total" in atlas.ok("figures", "mine").out


def test_without_sources_tables_are_those_of_an_edition_without_them(two_releases: SmallAtlas) -> None:
    """Two ways to the same rows: those that are touched made again, and all made again."""
    published = two_releases
    folder = published.workspace.releases / published.release
    content, kept = published.workspace.content, published.workspace.settings.republish
    edition = restrict(folder, kept, content, published.workspace.cache)
    assert edition.left_out
    with Release(folder) as whole, Release.of_tables("part", edition.tables, edition.manifest, connect()) as part:
        tables = CounterfactualTables(whole._connection, content, {"projects", "roles", "organizations", "project_kinds", "commitments"})
        counts = "SELECT count(*) FILTER (WHERE status IS NOT NULL), count(*), sum(len(kind)), sum(len(country)) FROM projects"
        roles = "SELECT count(*), count(DISTINCT role), count(project), count(organization) FROM roles"
        kinds = "SELECT kind, count(*) FROM project_kinds GROUP BY ALL ORDER BY ALL"
        with tables.changed(without_sources([one["source"] for one in edition.left_out])) as differ:
            assert differ and "projects" in differ
            for query in (counts, roles, kinds):
                assert whole._connection.execute(query).fetchall() == part.cursor().execute(query).fetchall(), query
        for query in (counts, kinds):
            assert whole.cursor().execute(query).fetchall() != part.cursor().execute(query).fetchall(), "it is a part"


def test_a_figure_of_a_release_is_made_again(atlas: Atlas) -> None:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    printed = atlas.ok("figures", f"mine@{release}")
    assert "made again of its tables: the same value, groups and rows" in printed.out
    assert atlas.figures(f"mine@{release}")["mine"]["recomputed"] is True


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("figures", "SELECT * REPLACE (value + 1 AS value)", "the value is 4, and 5 is stored"),
        ("figure_rows", "SELECT * REPLACE (NOT counted AS counted)", "rows are not among the"),
        ("projects", "SELECT * REPLACE ('cancelled' AS status)", "the value is 0, and 4 is stored"),
    ],
)
def test_a_figure_that_is_not_what_is_stored_is_found(
    atlas: Atlas, tmp_path: Path, name: str, change: str, why: str
) -> None:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    file = atlas.root / "releases" / release / "tables" / f"{name}.parquet"
    whole = file.read_bytes()
    try:
        with duckdb.connect() as connection:
            made = connection.execute(f"{change} FROM read_parquet('{file}')").to_arrow_table()
        pq.write_table(made, file)
        outcome = atlas.overt("figures", f"mine@{release}")
        assert (outcome.code, [line for line in outcome.errors if why in line] != []) == (1, True), outcome
    finally:
        file.write_bytes(whole)


# --- Uncertain joins ----------------------------------------------------------------------------------------------------


@pytest.fixture
def joined() -> Iterator[duckdb.DuckDBPyConnection]:
    """One cluster a–b–c–d: a and b by their score, b and c by their name, c and d by their score; x and y by two scores' ring."""
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


def test_uncertain_joins_part_a_cluster_where_nothing_else_holds_it(
    joined: duckdb.DuckDBPyConnection, content: Catalogue
) -> None:
    merges = ScoreMerges(joined, content, {"projects"})
    assert [(held.left, held.right, held.probability) for held in merges.found] == [
        ("s:c", "s:d", 0.8),
        ("s:a", "s:b", 0.90004),
    ], "as scored"
    assert merges.apart(merges.found[0]).regrouped == {"s:d": own_id("s:d")}
    # The anchor of what is cut off is its first archived record.
    assert merges.apart(merges.found[1]).regrouped == dict.fromkeys(("s:b", "s:c", "s:d"), own_id("s:c"))
    assert merges.all_apart().regrouped == {"s:a": own_id("s:a"), "s:d": own_id("s:d")}


def test_a_join_that_another_likely_pair_holds_as_well_is_none_to_take_out(
    joined: duckdb.DuckDBPyConnection, content: Catalogue
) -> None:
    def scored(likely: bool) -> None:
        pairs = [
            ("s:a", "s:b", 0.90004, True),
            ("s:c", "s:d", 0.8, True),
            ("s:b", "s:d", 0.79, likely),
            ("s:a", "s:d", 0.4, False),
        ]
        columns = zip(("left", "right", "probability", "same"), map(list, zip(*pairs, strict=True)), strict=True)
        joined.register("scores", pa.table(dict(columns)))

    scored(likely=True)
    merges = ScoreMerges(joined, content, {"projects"})
    assert [(held.left, held.right) for held in merges.found] == [("s:a", "s:b")]
    assert merges.held == 2, "b and d are as likely as c and d; x and y have a name in common with z"
    assert merges.all_apart().regrouped == {"s:a": own_id("s:a"), "s:d": own_id("s:d")}, "by no score at all"
    scored(likely=False)
    assert ScoreMerges(joined, content, {"projects"}).held == 1


RECORDS = "abcdef"
ANY_PAIR = st.tuples(st.sampled_from(RECORDS), st.sampled_from(RECORDS)).filter(lambda pair: pair[0] < pair[1])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(ANY_PAIR, max_size=3, unique=True),
    st.dictionaries(ANY_PAIR, st.tuples(st.integers(500, 999), st.booleans()), min_size=1, max_size=9),
)
def test_taking_a_join_out_parts_records_as_resolving_without_it_does(
    content: Catalogue, named: list[tuple[str, str]], chances: dict[tuple[str, str], tuple[int, bool]]
) -> None:
    pairs = [ScoredPair(*pair, chance / 1000, (), likely) for pair, (chance, likely) in chances.items()]

    def resolved(scored: list[ScoredPair]) -> tuple[set[frozenset[str]], list[Edge]]:
        clusters = Clusters([], {}, {}, dict.fromkeys(RECORDS, "project"))
        made = [edge for edge in (Edge(*pair, "name", "k") for pair in named) if _new(clusters, edge)]
        made += _join_scored(scored, clusters)
        return {frozenset(clusters.members(clusters.find(record))) for record in RECORDS}, made

    whole, edges = resolved(pairs)
    ids = {record: min(cluster) for cluster in whole for record in cluster}
    with duckdb.connect() as connection:
        columns = [[getattr(edge, name) for edge in edges] for name in ("left", "right", "reason", "key")]
        connection.register(
            "joins", pa.table([pa.array(held, pa.string()) for held in columns], ["left", "right", "reason", "key"])
        )
        members = {"record": list(RECORDS), "id": [ids[record] for record in RECORDS], "first_position": list(range(6))}
        connection.register("members", pa.table({**members, "type": ["project"] * 6}))
        table = {name: [getattr(pair, name) for pair in pairs] for name in ("left", "right", "probability", "same")}
        connection.register("scores", pa.table(table))
        merges = ScoreMerges(connection, content, {"projects"})
        taken = {(merge.left, merge.right): {**ids, **merges.apart(merge).regrouped} for merge in merges.found}
        together = {**ids, **merges.all_apart().regrouped}
    for edge in edges:
        pair = (edge.left, edge.right)
        if edge.reason == "score":
            without, _ = resolved([held for held in pairs if (held.left, held.right) != pair])
            assert _parted(taken.get(pair, ids)) == without
    assert _parted(together) == resolved([])[0]


def _new(clusters: Clusters, edge: Edge) -> bool:
    return clusters.find(edge.left) != clusters.find(edge.right) and clusters.join(edge)


def _parted(ids: dict[str, str]) -> set[frozenset[str]]:
    return {frozenset(record for record in ids if ids[record] == identity) for identity in ids.values()}


def test_records_of_other_types_are_not_taken_apart(joined: duckdb.DuckDBPyConnection, content: Catalogue) -> None:
    assert ScoreMerges(joined, content, {"organizations"}).found == []


def test_what_a_withheld_record_held_together_stays_together(joined: duckdb.DuckDBPyConnection, content: Catalogue) -> None:
    fewer = joined.execute("SELECT * FROM members WHERE record <> 's:b'").to_arrow_table()
    less = joined.execute('SELECT * FROM joins WHERE \'s:b\' NOT IN ("left", "right")').to_arrow_table()
    with duckdb.connect() as part:
        part.register("members", fewer)
        part.register("joins", less)
        part.register("scores", joined.execute("SELECT * FROM scores").to_arrow_table())
        merges = ScoreMerges(part, content, {"projects"})
        assert merges.all_apart().regrouped == {"s:d": own_id("s:d")}, "a and c are one although nothing here says why"


def test_all_joins_together_are_no_join_that_changes_nothing() -> None:
    nothing = {**dict.fromkeys(SENSITIVITY.names), "kind": "merge", "value": Decimal(4), "difference": Decimal(0)}
    held = sensitivity_data(Decimal(4), [{**nothing, "item": item} for item in ("all", "a b", "c d")])
    assert held is not None and held["unmoved"]["merge"] == 2


def test_joins_that_were_not_tried_are_told() -> None:
    nothing = {**dict.fromkeys(SENSITIVITY.names), "kind": "merge", "value": Decimal(4), "difference": Decimal(0)}
    others = {**nothing, "item": "others", "title": "12", "value": None, "difference": None, "note": "not tried"}
    held = sensitivity_data(Decimal(4), [{**nothing, "item": "a b"}, others])
    assert held is not None and (held["untried"], held["unmoved"]["merge"], held["items"]) == (12, 1, [])
    both = {**others, "item": "held", "title": "3"}
    again = sensitivity_data(Decimal(4), [{**nothing, "item": "a b"}, others, both])
    assert again is not None and (again["held"], again["untried"], again["items"]) == (3, 12, [])
    assert "3 merges held by other likely pairs too" in next(rests_on({"sensitivity": again}, str))
    assert "1 merge change nothing; 12 surer merges not tried" in next(rests_on({"sensitivity": held}, str))


@pytest.mark.parametrize(("probability", "said"), [(0.75, "0.750"), (0.9996, "0.9996"), (0.99999999, "0.999999"), (1.0, "1.000")])
def test_an_uncertain_join_is_not_said_to_be_certain(probability: float, said: str) -> None:
    assert format_probability(probability) == said


def test_beyond_the_most_the_number_of_joins_is_kept(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    several = [Merge("alpha:early", "alpha:late", 0.9, "x")] * 5
    made = SimpleNamespace(found=several, held=2, all_apart=lambda: Counterfactual("false"))
    monkeypatch.setattr(figure_sensitivity, "MOST_MERGES", 0)
    monkeypatch.setattr(figure_sensitivity, "Merges", lambda *given: made)
    release = atlas.copy_to(atlas.root.parent / "again")
    release.source("gamma")
    release.fetch("gamma", make_statements("organization", "other", name="Other"))
    found = release.rows(release.build(), "FROM figure_sensitivity WHERE kind = 'merge' AND item = 'others'")
    assert {row["title"] for row in found} == {"5"} and all(row["value"] is None for row in found)
    assert {figure["sensitivity"]["held"] for figure in release.figures().values() if figure["sensitivity"]} == {2}


def test_amounts_are_exact(atlas: Atlas) -> None:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    for row in atlas.rows(release, "FROM figure_sensitivity WHERE value IS NOT NULL"):
        assert isinstance(row["difference"], Decimal)
        assert len(row["come"]) - len(row["gone"]) == row["difference"], "these figures count"
