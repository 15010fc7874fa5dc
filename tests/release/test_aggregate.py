"""Values out of claims, column by column, beside the rule said in plain Python."""

import string
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overt.model.content import Catalogue
from overt.release.value_aggregation import CITED_VALUES, aggregate_values, cite_values

PUBLISHERS = {"alpha": "house", "beta": "house"}
"""Two sources of one publisher; the others are their own."""
SOURCES = ["alpha", "beta", "editorial", "gamma"]
REGISTERS = {("beta", "project"), ("gamma", "organization")}
RETRIEVED = {"alpha": "2026-01-02", "beta": "2026-01-01", "gamma": "2026-01-02"}
_NAMES = ("id", "source", "snapshot", "property", "value", "target", "unit", "lang", "basis", "standing")


class Held(NamedTuple):
    """A claim about a project."""

    id: str
    source: str
    snapshot: str
    property: str
    value: str
    target: str | None = None
    unit: str | None = None
    lang: str | None = None
    basis: str = "stated"
    standing: str = "current"
    claim_id: str = ""


def held(sources: list[str]) -> st.SearchStrategy[Held]:
    return st.builds(
        Held,
        id=st.sampled_from("abcd"),
        source=st.sampled_from(sources),
        snapshot=st.sampled_from(["entry-000000001", "entry-000000002"]),
        property=st.sampled_from(["country", "status", "name", "length", "no-such-property"]),
        value=st.sampled_from(["x", "y", "é", "公"]),
        target=st.none() | st.sampled_from(["ovt-1", "x"]),
        unit=st.none() | st.sampled_from(["km", "USD@2021"]),
        lang=st.none() | st.sampled_from(["en", "zh"]),
        basis=st.sampled_from(["stated", "coded", "computed"]),
        standing=st.sampled_from(["current"] * 3 + ["retracted"]),
    )


def write(folder: Path, claims: list[Held], group: int) -> Path:
    ordered = sorted(claims, key=lambda c: (c.id, c.property, c.target or c.value, c.unit is None, c.unit, c.claim_id))
    names = (*_NAMES, "claim_id")
    table = pa.table({name: pa.array([getattr(claim, name) for claim in ordered], pa.string()) for name in names})
    table = table.append_column("type", pa.array(["project"] * len(ordered), pa.string()))
    pq.write_table(table, folder / "claims.parquet", row_group_size=group)
    return folder / "claims.parquet"


def expected(
    claims: list[Held], content: Catalogue, retrieved: dict[str, str], registers: Collection[tuple[str, str]] = ()
) -> list[dict[str, Any]]:
    """The rule, said once more without any column."""
    properties = content.schema.types["project"].properties
    said: dict[tuple[str, str, str, str | None], list[Held]] = defaultdict(list)
    for claim in claims:
        if claim.standing == "current" and claim.property in properties:
            said[claim.id, claim.property, claim.target or claim.value, claim.unit].append(claim)
    standings = {"stated": 1, "coded": 2, "computed": 3}
    rivals: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for (identity, name, value, unit), group in said.items():
        merit = [
            (0 if one.source == "editorial" else standings[one.basis], (one.source, "project") not in registers, one.claim_id)
            for one in group
        ]
        standing, unlisted, best = min(merit)
        sources, newest = len({one.source for one in group}), max(retrieved.get(one.source, one.snapshot) for one in group)
        langs = sorted(one.lang for one in group if one.lang)
        newest_first = tuple(-ord(sign) for sign in newest)
        order = (standing, unlisted, -sources, newest_first, value, unit is None, unit or "")
        rivals[identity, name].append((order, value, unit, langs, best, group, sources))
    rows = []
    for (identity, name), group in sorted(rivals.items()):
        many = properties[name].many
        for rank, (merit, value, unit, langs, best, by, sources) in enumerate(sorted(group, key=lambda one: one[0]), 1):
            row = (
                *(identity, "project", name, value, unit, langs[0] if langs else None, many or rank == 1, rank),
                *(not many and len(group) > 1, ["stated", "stated", "coded", "computed"][merit[0]], len(by), sources),
                *(len({PUBLISHERS.get(one.source, one.source) for one in by}), best),
            )
            rows.append(dict(zip(CITED_VALUES.names, row, strict=True)))
    return rows


def found(path: Path, content: Catalogue, retrieved: dict[str, str], **how: Any) -> list[dict[str, Any]]:
    tables = list(cite_values(path, aggregate_values(path, content.schema, retrieved, **how)))
    assert all(table.schema.equals(CITED_VALUES) for table in tables)
    return [row for table in tables for row in table.to_pylist()]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(claims=st.lists(held(SOURCES), max_size=40), group=st.integers(1, 12), span=st.integers(1, 20), threads=st.integers(1, 3))
def test_values_follow_the_rule(
    claims: list[Held], group: int, span: int, threads: int, content: Catalogue, tmp_path: Path
) -> None:
    claims = [claim._replace(claim_id=f"{number:032x}") for number, claim in enumerate(dict.fromkeys(claims))]
    path = write(tmp_path, claims, group)
    for registers in ((), REGISTERS):
        rows = found(path, content, RETRIEVED, registers=registers, publishers=PUBLISHERS, threads=threads, span=span)
        assert rows == expected(claims, content, RETRIEVED, registers)


@pytest.mark.parametrize("sources", [63, 64, 65, 200])
def test_any_number_of_sources_is_counted(sources: int, content: Catalogue, tmp_path: Path) -> None:
    names = [f"{letter}{number}" for number in range(8) for letter in string.ascii_lowercase][:sources]
    claims = [Held("a", name, "s", "status", "agreed", claim_id=f"{at:032x}") for at, name in enumerate(names * 2)]
    [row] = found(write(tmp_path, claims, 50), content, dict.fromkeys(names, "2026-01-01"))
    assert (row["sources"], row["claims"]) == (sources, 2 * sources)


def test_a_record_of_many_claims_is_in_one_span(content: Catalogue, tmp_path: Path) -> None:
    claims = [
        Held(letter, "alpha", "s", "country", str(number), claim_id=f"{number:032x}") for letter in "abc" for number in range(50)
    ]
    spans = list(aggregate_values(write(tmp_path, claims, 7), content.schema, RETRIEVED, span=10))
    assert [sorted(set(span.values["id"].to_pylist())) for span in spans if span.values.num_rows] == [["a"], ["b"], ["c"]]
    assert sum(span.rows for span in spans) == 150


def test_no_claims_give_no_values(content: Catalogue, tmp_path: Path) -> None:
    assert found(write(tmp_path, [], 1), content, RETRIEVED) == []
