"""Aggregation of claims into values, compared with the ranking rule in plain Python."""

import string
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from overt.model.content_catalogue import Catalogue
from overt.release.value_aggregation import CITED_VALUES, aggregate_values, cite_values

PUBLISHERS = {"alpha": "house", "beta": "house"}
"""Two sources of one publisher; the other sources are their own publishers."""
SOURCES = ["alpha", "beta", "editorial", "gamma"]
REGISTERS = {("beta", "project"), ("gamma", "organization")}
RECENCY = {"alpha": 2, "beta": 1, "gamma": 2}
_NAMES = ("id", "source", "snapshot", "property", "value", "target", "unit", "lang", "basis", "standing")


class Claim(NamedTuple):
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


def claims_of(sources: list[str]) -> st.SearchStrategy[Claim]:
    return st.builds(
        Claim,
        id=st.sampled_from("abcd"),
        source=st.sampled_from(sources),
        snapshot=st.sampled_from(["entry-000000001", "entry-000000002"]),
        property=st.sampled_from(["country", "status", "name", "length", "no-such-property"]),
        value=st.sampled_from(["x", "y", "é", "公", "a longer name"]),
        target=st.none() | st.sampled_from(["ovt-1", "x"]),
        unit=st.none() | st.sampled_from(["km", "USD@2021"]),
        lang=st.none() | st.sampled_from(["en", "zh"]),
        basis=st.sampled_from(["stated", "coded", "computed"]),
        standing=st.sampled_from(["current"] * 3 + ["retracted"]),
    )


def write(folder: Path, claims: list[Claim], group: int) -> Path:
    ordered = sorted(claims, key=lambda c: (c.id, c.property, c.target or c.value, c.unit is None, c.unit, c.claim_id))
    names = (*_NAMES, "claim_id")
    table = pa.table({name: pa.array([getattr(claim, name) for claim in ordered], pa.string()) for name in names})
    table = table.append_column("type", pa.array(["project"] * len(ordered), pa.string()))
    pq.write_table(table, folder / "claims.parquet", row_group_size=group)
    return folder / "claims.parquet"


def expected(
    claims: list[Claim],
    content: Catalogue,
    recency: dict[str, int],
    registers: Collection[tuple[str, str]] = (),
    naming: Collection[tuple[str, str]] = (),
) -> list[dict[str, Any]]:
    """Return the values by the ranking rule, computed row by row."""
    properties = content.schema.types["project"].properties
    by_value: dict[tuple[str, str, str, str | None], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.standing == "current" and claim.property in properties:
            by_value[claim.id, claim.property, claim.target or claim.value, claim.unit].append(claim)
    standings = {"stated": 1, "coded": 2, "computed": 3}
    rivals: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for (identity, name, value, unit), group in by_value.items():
        merit = [
            (
                0 if claim.source == "editorial" else standings[claim.basis],
                (claim.source, "project") not in registers and not (name == "name" and (claim.source, "project") in naming),
                claim.claim_id,
            )
            for claim in group
        ]
        standing, unlisted, best = min(merit)
        sources, newest = (
            len({claim.source for claim in group}),
            max((claim.source not in recency, recency.get(claim.source, 0), claim.snapshot) for claim in group),
        )
        langs = sorted(claim.lang for claim in group if claim.lang)
        entry = newest[2] if newest[0] else ""
        newest_first = (not newest[0], -newest[1], tuple(-ord(character) for character in entry))
        size = len(value) if name == "name" else 0  # the shortest of equally good names comes first
        order = (standing, unlisted, -sources, newest_first, size, value, unit is None, unit or "")
        rivals[identity, name].append((order, value, unit, langs, best, group, sources))
    rows = []
    for (identity, name), group in sorted(rivals.items()):
        many = properties[name].many or properties[name].prose
        languages = [rival[3][:1] for rival in group]
        for rank, (merit, value, unit, langs, best, by, sources) in enumerate(sorted(group, key=lambda rival: rival[0]), 1):
            row = (
                *(identity, "project", name, value, unit, langs[0] if langs else None, many or rank == 1, rank),
                *(
                    not many and sum(other in ([], langs[:1]) or not langs for other in languages) > 1,
                    ["stated", "stated", "coded", "computed"][merit[0]],
                    len(by),
                    sources,
                ),
                *(len({PUBLISHERS.get(claim.source, claim.source) for claim in by}), best),
            )
            rows.append(dict(zip(CITED_VALUES.names, row, strict=True)))
    return rows


def cited_values(path: Path, content: Catalogue, recency: dict[str, int], **options: Any) -> list[dict[str, Any]]:
    tables = list(cite_values(path, aggregate_values(path, content.schema, recency, **options)))
    assert all(table.schema.equals(CITED_VALUES) for table in tables)
    return [row for table in tables for row in table.to_pylist()]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    claims=st.lists(claims_of(SOURCES), max_size=40),
    group=st.integers(1, 12),
    batch_rows=st.integers(1, 20),
    threads=st.integers(1, 3),
)
@example(
    claims=[
        Claim("a", "alpha", "s", name, value)
        for name, value in (("name", "a longer name"), ("name", "x"), ("status", "completed"), ("status", "paused"))
    ],
    group=12,
    batch_rows=20,
    threads=1,
)
def test_values_follow_the_rule(
    claims: list[Claim], group: int, batch_rows: int, threads: int, content: Catalogue, tmp_path: Path
) -> None:
    claims = [claim._replace(claim_id=f"{number:032x}") for number, claim in enumerate(dict.fromkeys(claims))]
    path = write(tmp_path, claims, group)
    for registers, naming in (((), ()), (REGISTERS, ()), ((), REGISTERS)):
        rows = cited_values(
            path,
            content,
            RECENCY,
            registers=registers,
            naming=naming,
            publishers=PUBLISHERS,
            threads=threads,
            batch_rows=batch_rows,
        )
        assert rows == expected(claims, content, RECENCY, registers, naming)


def test_a_source_that_names_the_thing_itself_titles_it(content: Catalogue, tmp_path: Path) -> None:
    claims = [
        Claim("a", "alpha", "s", "name", "Donation of equipment", claim_id=f"{1:032x}"),
        Claim("a", "beta", "s", "name", "ECU 911", claim_id=f"{2:032x}"),
        Claim("a", "alpha", "s", "status", "agreed", claim_id=f"{3:032x}"),
        Claim("a", "beta", "s", "status", "completed", claim_id=f"{4:032x}"),
    ]
    path = write(tmp_path, claims, 10)
    recency = {"alpha": 2, "beta": 1}
    names = [row["value"] for row in cited_values(path, content, recency) if row["rank"] == 1]
    assert names == ["Donation of equipment", "agreed"], "the newer files"
    names = [row["value"] for row in cited_values(path, content, recency, naming={("beta", "project")}) if row["rank"] == 1]
    assert names == ["ECU 911", "agreed"], "only names"


@pytest.mark.parametrize("sources", [63, 64, 65, 200])
def test_any_number_of_sources_is_counted(sources: int, content: Catalogue, tmp_path: Path) -> None:
    names = [f"{letter}{number}" for number in range(8) for letter in string.ascii_lowercase][:sources]
    claims = [Claim("a", name, "s", "status", "agreed", claim_id=f"{at:032x}") for at, name in enumerate(names * 2)]
    [row] = cited_values(write(tmp_path, claims, 50), content, dict.fromkeys(names, 1))
    assert (row["sources"], row["claims"]) == (sources, 2 * sources)


def test_a_record_of_many_claims_is_in_one_batch(content: Catalogue, tmp_path: Path) -> None:
    claims = [
        Claim(letter, "alpha", "s", "country", str(number), claim_id=f"{number:032x}") for letter in "abc" for number in range(50)
    ]
    batches = list(aggregate_values(write(tmp_path, claims, 7), content.schema, RECENCY, batch_rows=10))
    assert [sorted(set(batch.values["id"].to_pylist())) for batch in batches if batch.values.num_rows] == [["a"], ["b"], ["c"]]
    assert sum(batch.rows for batch in batches) == 150


def test_no_claims_give_no_values(content: Catalogue, tmp_path: Path) -> None:
    assert cited_values(write(tmp_path, [], 1), content, RECENCY) == []
