"""Dependence of countries: shares, concentration and its bounds, shared cables, and the smallest cut that isolates a country."""

from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array, lil_array
from scipy.sparse.csgraph import maximum_flow

from overt.model.content_catalogue import Catalogue
from overt.release.country_dependence.cable_network import Cable, CableNetwork, cuts_by_year
from overt.release.country_dependence.country_dependence_tables import country_cable_rows, write_dependence_tables
from tests.support.command_built_atlas import Atlas, Statement, make_statements


def cable(name: str, countries: str, supplier: str = "", owner: str = "", *, standing: bool = True) -> Cable:
    return Cable(name, sorted(countries.split()), supplier.split(), owner.split(), standing)


def rows(cables: list[Cable], *countries: str) -> dict[tuple[str, bool], dict[str, Any]]:
    return {(row["country"], row["standing_only"]): row for row in country_cable_rows(cables, countries)}


# --- Cables -------------------------------------------------------------------------------------------------------------

HUBS = [
    cable(f"hub-{left}-{right}", f"{left} {right}") for left, right in combinations(["GB", "US", "SG", "JP", "FR", "IN", "EG"], 2)
]
HUBS += [
    cable(f"{hub}-{number}", f"{hub} {other}") for hub in ("IT", "AE", "MY") for number, other in enumerate(("GB", "US", "SG"))
]


def test_cables_that_share_a_supplier_or_an_owner() -> None:
    own = [
        cable("a", "TO FJ", "asn", "x y"),
        cable("b", "TO US", "asn", "z"),
        cable("c", "TO GB", "", "y"),
        cable("d", "TO", "asn"),
    ]
    row = rows([*HUBS, *own])["TO", False]
    assert row["cables"] == ["a", "b", "c"], "a cable within one country is not international"
    assert (row["sharing_supplier"], row["sharing_owner"]) == (["a", "b"], ["a", "c"])
    assert (row["supplier"], row["supplier_cables"], row["supplier_unknown"]) == ("asn", ["a", "b"], ["c"])
    assert (row["owner"], row["owner_cables"]) == ("y", ["a", "c"])


def test_announced_cables_are_left_out_if_standing_only() -> None:
    own = [cable("a", "TO US"), cable("b", "TO GB", standing=False)]
    by_country = rows([*HUBS, *own])
    assert (by_country["TO", False]["cut_cables"], by_country["TO", True]["cut_cables"]) == (["a", "b"], ["a"])


def test_a_neighbour_on_the_same_cable_is_not_a_second_path() -> None:
    own = [cable("a", "TO WS"), cable("b", "TO WS"), cable("c", "WS US")]
    row = rows([*HUBS, *own])["TO", False]
    assert (len(row["cables"]), row["cut"], row["cut_cables"]) == (2, 1, ["c"])


def test_a_cable_with_many_landings_is_lost_as_a_unit() -> None:
    row = rows([*HUBS, cable("a", "TO WS US GB SG")])["TO", False]
    assert row["cut_cables"] == ["a"]


def test_a_landlocked_country_a_country_without_cables_and_one_that_is_cut_off() -> None:
    by_country = rows([*HUBS, cable("lake", "BI TZ")], "CH", "KP")
    assert (by_country["CH", False]["state"], by_country["KP", False]["state"]) == ("landlocked", "none recorded")
    assert "cut" not in by_country["CH", False]
    assert (by_country["BI", False]["state"], by_country["BI", False]["cut"]) == ("ok", 0), "its cable leads to no hub"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sets(st.sampled_from("ABCDEFGHIJKLMN"), min_size=2, max_size=3), min_size=1, max_size=8))
def test_no_smaller_set_of_cables_cuts_a_country_off(landings: list[set[str]]) -> None:
    """No set with one cable fewer than the cut is enough, so no smaller set is."""
    cables = [Cable(f"c{number}", sorted(countries), (), (), True) for number, countries in enumerate(landings)]
    network = CableNetwork(cables)

    def reaches(country: str, lost: set[str]) -> bool:
        reached, before = {country}, set()
        while reached != before:
            before = set(reached)
            for cable in cables:
                if cable.id not in lost and reached & set(cable.countries):
                    reached |= set(cable.countries)
        return bool(reached & (set(network.hubs) - {country}))

    for country in {name for countries in landings for name in countries}:
        cut = network.cut(country)
        assert not reaches(country, set(cut))
        smaller = combinations([cable.id for cable in cables], len(cut) - 1) if cut else []
        assert all(reaches(country, set(lost)) for lost in smaller)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sets(st.sampled_from("ABCDEFGHIJKLMNO"), min_size=2, max_size=5), min_size=1, max_size=14))
def test_the_cut_equals_the_maximum_flow_of_scipy(landings: list[set[str]]) -> None:
    cables = [Cable(f"c{number}", sorted(countries)) for number, countries in enumerate(landings)]
    network, names = CableNetwork(cables), sorted(set().union(*landings))
    much, first = len(cables), len(names) + 1
    for country in names:
        graph = lil_array((first + 2 * len(cables), first + 2 * len(cables)), dtype=np.int32)
        for hub in set(network.hubs) - {country}:
            graph[names.index(hub), len(names)] = much
        for number, cable in enumerate(cables):
            into, out = first + 2 * number, first + 2 * number + 1
            graph[into, out] = 1
            for land in cable.countries:
                graph[names.index(land), into] = graph[out, names.index(land)] = much
        assert len(network.cut(country)) == maximum_flow(csr_array(graph), names.index(country), len(names)).flow_value


LANDS = st.sets(st.sampled_from("ABCDEFGHIJKLMN"), min_size=2, max_size=3)
YEARS = st.tuples(LANDS, st.integers(2000, 2005), st.none() | st.integers(2003, 2006))


@settings(max_examples=60, deadline=None)
@given(st.lists(YEARS, min_size=1, max_size=9))
def test_each_year_has_the_cut_of_its_own_cables(uses: list[tuple[set[str], int, int | None]]) -> None:
    """This holds even though cuts are recomputed only for countries whose cables changed."""
    cables = [Cable(f"c{at}", sorted(lands), first=first, last=last) for at, (lands, first, last) in enumerate(uses)]
    rows = list(cuts_by_year(cables))
    hubs = CableNetwork(cables).hubs
    for year in range(2000, 2009):
        in_use = [cable for cable in cables if cable.first <= year and (cable.last is None or year <= cable.last)]
        network = CableNetwork(in_use, hubs)
        for country in set().union(*(cable.countries for cable in cables)):
            valid = [row for row in rows if row["country"] == country and row["year"] <= year][-1:]
            values = (valid[0]["cables"], valid[0]["cut_cables"], valid[0]["cut"]) if valid else ([], [], 0)
            assert values == (network.cables(country), network.cut(country), len(network.cut(country)))


@pytest.mark.ci
def test_cuts_by_year_with_and_without_imprecise_records(tmp_path_factory: pytest.TempPathFactory) -> None:
    atlas = Atlas(tmp_path_factory.mktemp("cuts"))
    statements: list[Statement] = []
    uses = {"a": ("operational", "2001"), "b": ("operational", "2005"), "c": ("announced", "2003"), "d": ("operational", None),
            "e": ("decommissioned", "1999"), "f": ("operational", "2002/2004")}  # fmt: skip
    for key, (status, year) in uses.items():
        ended = {"ended": "2003"} if key == "e" else {}
        day = {"operational": year} if year else {}
        statements += make_statements("project", key, name=f"Cable {key}", kind="submarine-cable", status=status, **day, **ended)
        statements += [Statement("project", key, "country", code) for code in ("KE", "GB")]
        places = ("KE", "GB") if key != "b" else ("GB",)
        for code in places:
            where = {"country": code, "precision": "locality", "geometry": "POINT (1 1)"}
            statements += make_statements("place", f"{key}-{code}", project=f"alpha:{key}", **where)
    atlas.fetch("alpha", statements)
    rows = atlas.rows(atlas.build(), "FROM dependence_cuts WHERE country = 'KE' ORDER BY placed_only, year")
    ids = {atlas.id_of(f"alpha:{key}"): key for key in uses}
    lines = [
        (row["placed_only"], row["year"], "".join(sorted(ids[cable] for cable in row["cables"])), row["cut"]) for row in rows
    ]
    assert lines == [
        (False, 1999, "e", 1), (False, 2001, "ae", 2), (False, 2002, "aef", 3), (False, 2004, "af", 2), (False, 2005, "abf", 3),
        (True, 1999, "e", 1), (True, 2001, "ae", 2), (True, 2004, "a", 1),
    ], "c is announced, d has no year; b has no landing in Kenya that is known, f no certain year"  # fmt: skip
    assert {row["undated"] for row in rows if not row["placed_only"]} == {1}


# --- Shares -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Networks in Kenya: two of one supplier, one of two suppliers, one of an unknown supplier, one cancelled.

    Two commitments have one lender each, and one has two lenders.
    """
    atlas = Atlas(tmp_path_factory.mktemp("dependence"))
    statements = []
    for name in ("one", "two"):
        statements += make_statements("organization", name, name=f"Supplier {name}")
    for key, year in (("a", "2010"), ("b", "2015"), ("c", "2015"), ("d", "2019"), ("gone", "2010")):
        status = "cancelled" if key == "gone" else "operational"
        statements += make_statements(
            "project", key, name=f"Network {key}", kind="mobile-network", country="KE", agreed=year, status=status
        )
    for key, supplier in (("a", "one"), ("b", "one"), ("c", "one"), ("c", "two"), ("gone", "two")):
        statements += make_statements(
            "role", f"{key}-{supplier}", project=f"alpha:{key}", organization=f"alpha:{supplier}", role="supplier"
        )
    statements += make_statements("place", "p", project="alpha:a", country="KE", precision="exact", geometry="POINT (36.8 -1.3)")
    for key, who, amount in (("m", ["one"], "300"), ("n", ["two"], "100"), ("o", ["one", "two"], "600")):
        financiers = [f"alpha:{name}" for name in who]
        statements += make_statements(
            "commitment", key, project="alpha:a", financier=financiers, amount=(amount, "USD@2021"), agreed="2011"
        )
    atlas.fetch("alpha", statements)
    atlas.build()
    return atlas


def sectors(atlas: Atlas, where: str) -> list[dict[str, Any]]:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    return atlas.rows(release, f"FROM dependence WHERE country = 'KE' AND {where} ORDER BY year")


def test_shares_and_concentration(atlas: Atlas) -> None:
    [row] = sectors(atlas, "sector = 'networks' AND year IS NULL AND NOT placed_only")
    top = atlas.id_of("alpha:one")
    assert (float(row["amount"]), row["suppliers"], float(row["unknown_share"]), row["top"]) == (4, 2, 0.25, top)
    # Of the three known units, one supplier has 2.5 and the other 0.5. Of all four units, these are 62.5 % and 12.5 %; 25 % are
    # unknown.
    assert float(row["concentration"]) == pytest.approx(10_000 * ((2.5 / 3) ** 2 + (0.5 / 3) ** 2), abs=0.1)
    assert float(row["concentration_low"]) == pytest.approx(10_000 * (0.625**2 + 0.125**2), abs=0.1)
    assert float(row["concentration_high"]) == pytest.approx(10_000 * (0.875**2 + 0.125**2), abs=0.1)
    assert float(row["top_share"]) == 0.625


def test_amounts_by_year_and_placed_only(atlas: Atlas) -> None:
    years = {row["year"]: float(row["amount"]) for row in sectors(atlas, "sector = 'networks' AND NOT placed_only AND year > 0")}
    assert years == {2010: 1, 2015: 3, 2019: 4}
    [placed] = sectors(atlas, "sector = 'networks' AND placed_only AND year IS NULL")
    assert (float(placed["amount"]), float(placed["concentration"]), float(placed["unknown_share"])) == (1, 10_000, 0)


def test_money_of_several_financiers_is_unknown(atlas: Atlas) -> None:
    [row] = sectors(atlas, "sector = 'finance' AND year IS NULL AND NOT placed_only")
    assert (float(row["amount"]), float(row["unknown_share"]), float(row["top_share"])) == (1000, 0.6, 0.3)


def test_each_amount_has_its_rows(atlas: Atlas) -> None:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    query = "FROM dependence_suppliers WHERE sector = 'networks' AND year IS NULL AND NOT placed_only"
    rows = {row["supplier"]: row["rows"] for row in atlas.rows(release, query)}
    ids = {key: atlas.id_of(f"alpha:{key}") for key in ("one", "two", "a", "b", "c", "d")}
    assert rows[ids["one"]] == sorted([ids["a"], ids["b"], ids["c"]])
    assert (rows[ids["two"]], rows[None]) == ([ids["c"]], [ids["d"]])


def network_row(tmp_path: Path, units: dict[str, tuple[str, ...]], limits: dict[str, str | None]) -> dict[str, Any]:
    """Return the row for networks in Kenya, with the shares of suppliers.

    `units`: the suppliers of each network. `limits`: what each source is limited to, or None. Each source has every network.
    """
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE projects (id VARCHAR, country VARCHAR[], status VARCHAR, agreed_from DATE, "
                           "construction_start_from DATE, started_from DATE, operational_from DATE, operational_to DATE, "
                           "completed_from DATE, completed_to DATE, ended_to DATE)")  # fmt: skip
        connection.execute("CREATE TABLE project_kinds AS SELECT id, 'n' AS kind FROM projects")
        connection.execute("CREATE TABLE terms AS SELECT 'project-kinds' AS vocabulary, 'n' AS id, 'networks' AS layer")
        connection.execute("CREATE TABLE roles (project VARCHAR, organization VARCHAR, role VARCHAR)")
        connection.execute(
            "CREATE VIEW organizations AS SELECT DISTINCT organization AS id FROM roles WHERE organization NOT LIKE 'gone:%'"
        )
        connection.execute('CREATE TABLE places (project VARCHAR[], country VARCHAR, "precision" VARCHAR)')
        connection.execute("CREATE TABLE commitments (id VARCHAR, project VARCHAR, agreed_from DATE, financier VARCHAR[], "
                           "amount DECIMAL(38, 4), amount_unit VARCHAR, status VARCHAR)")  # fmt: skip
        connection.execute("CREATE TABLE repeated_commitments (id VARCHAR)")
        connection.execute("CREATE TABLE claims_out (id VARCHAR, source VARCHAR, standing VARCHAR)")
        connection.execute("CREATE TABLE areas (code VARCHAR, kind VARCHAR)")
        for unit, suppliers in units.items():
            connection.execute("INSERT INTO projects (id, country) VALUES (?, ['KE'])", [unit])
            connection.execute("INSERT INTO project_kinds VALUES (?, 'n')", [unit])
            for supplier in suppliers:
                connection.execute("INSERT INTO roles VALUES (?, ?, 'supplier')", [unit, supplier])
            for source in (*limits, "editorial"):
                connection.execute("INSERT INTO claims_out VALUES (?, ?, 'current')", [unit, source])
        specs = {
            slug: SimpleNamespace(limited_to={"project": text} if text else {}, limited_to_zh={}) for slug, text in limits.items()
        }
        write_dependence_tables(connection, cast(Catalogue, SimpleNamespace(sources=specs)), tmp_path)
        cursor = connection.execute("FROM dependence WHERE year IS NULL AND NOT placed_only")
        names = [column[0] for column in cursor.description or ()]
        (row,) = cursor.fetchall()
        shares = [
            share for (share,) in connection.execute("SELECT share FROM dependence_suppliers WHERE year IS NULL").fetchall()
        ]
        return {**dict(zip(names, row, strict=True)), "shares": shares}


def test_there_is_no_index_if_every_source_chose(tmp_path: Path) -> None:
    units = {"a": ("one",), "b": ("one",), "c": ("two",)}
    row = network_row(tmp_path, units, {"alpha": "Chinese companies only.", "beta": "Chinese money only."})
    index_columns = ("concentration", "concentration_low", "concentration_high", "top", "top_suppliers", "top_share")
    assert {row[name] for name in index_columns} | set(row["shares"]) == {None}
    assert row["limited_to"] == "Chinese companies only. Chinese money only." and row["amount"] == 3
    row = network_row(tmp_path, units, {"alpha": "Chinese companies only.", "beta": None})
    assert (row["limited_to"], row["top"], float(row["top_share"])) == (None, "one", 0.666667)


def test_the_index_is_within_its_bounds_and_thirds_add_up_to_one(tmp_path: Path) -> None:
    row = network_row(tmp_path, {"a": ("one", "two", "three")}, {"alpha": None})
    assert row["concentration_low"] == row["concentration"] == row["concentration_high"] and row["amount"] == 1
    assert float(row["unknown_share"]) == 0 and float(row["concentration"]) == 3333.3
    unknown = network_row(tmp_path, {"a": ("one", "two", "three"), "b": ()}, {"alpha": None})
    assert [float(unknown[f"concentration{part}"]) for part in ("_low", "", "_high")] == [833.3, 3333.3, 5000.0]


def test_several_largest_suppliers_give_no_top(tmp_path: Path) -> None:
    row = network_row(tmp_path, {"a": ("one",), "b": ("two",), "c": ("three",), "d": ()}, {"alpha": None})
    assert (row["top"], row["top_suppliers"], float(row["top_share"])) == (None, 3, 0.25)
    row = rows([*HUBS, cable("a", "TO FJ", "asn", "x"), cable("b", "TO US", "nec", "x")])["TO", False]
    assert (row["supplier"], row["supplier_cables"], row["owner"]) == (None, [], "x")


def test_a_supplier_without_a_record_is_unknown(tmp_path: Path) -> None:
    row = network_row(tmp_path, {"a": ("one",), "b": ("gone:two",)}, {"alpha": None})
    assert (row["top"], float(row["unknown_share"])) == ("one", 0.5)
