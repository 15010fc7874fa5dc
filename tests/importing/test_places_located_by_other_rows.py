import pyarrow as pa
import pytest

from overt.gazetteer.placement_rule_descriptions import CHOSEN, TOWN
from overt.importing.places.places_located_by_other_rows import drop_refuted_unlocated


@pytest.mark.parametrize(
    ("other", "rule", "precisions"),
    [
        (("precision", "locality"), TOWN, ["locality"]),
        (("precision", "locality"), CHOSEN, ["unlocated", "locality"]),
        (("precision", "locality"), None, ["locality"]),
        (("geometry", "POINT (1 2)"), TOWN, ["unlocated"]),
    ],
)
def test_only_another_precision_refutes_unlocated(other: tuple[str, str], rule: str | None, precisions: list[str]) -> None:
    columns = {"record": ["a:1/place"] * 2, "type": ["place"] * 2, "rule": [rule, TOWN]}
    table = pa.table({**columns, "property": ["precision", other[0]], "value": ["unlocated", other[1]]})
    remaining = drop_refuted_unlocated(table).to_pylist()
    assert [row["value"] for row in remaining if row["property"] == "precision"] == precisions
