"""Cables are grouped by supplier: the largest suppliers have a group each, and three groups take all other cables."""

from typing import Any, cast

from overt.queries.database import Reader
from overt.queries.maps.cable_colours_by_supplier import CableParty, cable_suppliers, suppliers_of_cables


class _Rows:
    """A stand-in for a reader. Its queries return the pairs of a cable and a supplier that a test passes."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.rows = [CableParty(project, supplier, supplier.title(), "en", None) for project, supplier in pairs]

    def query(self, *_: Any) -> list[CableParty]:
        return self.rows


def _reader(*pairs: tuple[str, str]) -> Reader:
    return cast(Reader, _Rows(*pairs))


def test_the_suppliers_with_the_most_cables_have_names() -> None:
    names = "abcdefg"
    pairs = [(f"{name}{number}", name) for place, name in enumerate(names) for number in range(9 - place)]
    suppliers = cable_suppliers(_reader(*pairs))
    assert [supplier.label for supplier in suppliers.named] == ["A", "B", "C", "D", "E"]
    assert [suppliers.group_of(f"{name}0") for name in names] == ["1", "2", "3", "4", "5", "other", "other"]
    assert suppliers.group_of("of nobody") == "unknown"


def test_equal_suppliers_are_in_the_order_of_their_names() -> None:
    suppliers = cable_suppliers(_reader(("one", "b"), ("two", "a")))
    assert [supplier.id for supplier in suppliers.named] == ["a", "b"]


def test_a_cable_of_several_suppliers_belongs_to_none_of_them() -> None:
    reader = _reader(("joint", "a"), ("joint", "b"), ("own", "a"))
    assert cable_suppliers(reader).groups == {"joint": "several", "own": "1"}
    assert suppliers_of_cables(reader) == {"joint": ["a", "b"], "own": ["a"]}


def test_only_suppliers_of_cables_count(reader: Reader) -> None:
    cables = {row["id"] for row in reader.rows("explorer_columns.columns") if row["layer"] == "cables"}
    assert cables
    assert set(cable_suppliers(reader).groups) <= cables
