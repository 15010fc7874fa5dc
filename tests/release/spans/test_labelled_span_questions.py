"""The questions in bench/labels/spans.csv, answered from the release of the shipped edition."""

import csv
from pathlib import Path

import overt
from overt.atlas import Atlas
from overt.model.values.span import date_limits, in_place, make_span
from tests.support.shipped_edition import ShippedEdition

CASES = Path(__file__).parents[3] / "bench" / "labels" / "spans.csv"
BOUNDS = ("begin_earliest", "begin_latest", "end_earliest", "end_latest")


def test_all_cases_are_answered(shipped_edition: ShippedEdition) -> None:
    with CASES.open(encoding="utf-8") as file:
        cases = list(csv.DictReader(file))
    assert len(cases) == 60 and all(case["why"] for case in cases)
    with overt.open(shipped_edition.root) as atlas:
        rows = atlas.sql("SELECT m.record, s.* FROM spans AS s JOIN members AS m USING (id)").dicts()
        spans = {row["record"]: row for row in rows}
        wrong = []
        for case in cases:
            row = spans[case["record"]]
            first, last = date_limits(case["as_of"])
            assert first and last
            answer = in_place(make_span((row[name] for name in BOUNDS), begun=row["begun"]), first, last)
            plan = "yes" if row["not_begun"] == "planned" else "no"
            if (answer, plan) != (case["in_place"], case["plan"]):
                wrong.append((case["record"], case["as_of"], answer, plan))
        assert not wrong
        check_bounds(atlas)


def check_bounds(atlas: Atlas) -> None:
    """Check that every bound has a rule and claims, no bounds cross, and no plan is in place in any of several years."""
    for name in BOUNDS:
        [row] = atlas.sql(
            f"SELECT count(*) FILTER (WHERE {name} IS NOT NULL) AS bounds, "
            f"count(*) FILTER (WHERE {name} IS NOT NULL AND ({name}_rule IS NULL OR len({name}_claims) = 0)) AS bare FROM spans"
        ).dicts()
        assert row["bounds"] and not row["bare"], name
    unknown = "FROM (SELECT unnest(begin_earliest_claims) AS claim FROM spans) WHERE claim NOT IN (SELECT claim_id FROM claims)"
    assert not len(atlas.sql(unknown))
    [row] = atlas.sql(
        "SELECT count(*) FILTER (WHERE begin_earliest > begin_latest OR end_earliest > end_latest"
        " OR begin_earliest >= end_latest)"
        " AS crossed, count(*) FILTER (WHERE NOT begun) AS plans FROM spans"
    ).dicts()
    assert row["crossed"] == 0 and row["plans"] > 100
    plans = {row["id"] for row in atlas.sql("SELECT id FROM spans WHERE NOT begun").dicts()}
    for year in range(1990, 2027, 9):
        assert not plans & {row["id"] for row in atlas.in_place(str(year)).dicts()}
