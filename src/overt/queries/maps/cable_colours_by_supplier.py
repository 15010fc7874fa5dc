"""Colours of cables on maps, by supplier: one for each of the largest suppliers, and three for other cables."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from overt.queries.database import Reader
from overt.queries.labels import RecordLabel

CABLES_LAYER = "cables"
MAX_NAMED = 5
"""Maximum number of suppliers with a colour of their own, so that there are at most eight colours."""
SEVERAL, OTHER, UNKNOWN = "several", "other", "unknown"
"""Groups of cables with several suppliers, with a supplier that has no colour of its own, and with no recorded supplier."""


class CableParty(NamedTuple):
    """A supplier or an owner of a cable."""

    project: str
    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None


class CableSuppliers(NamedTuple):
    """The suppliers of a release's cables."""

    named: Sequence[RecordLabel]
    """Suppliers with a colour of their own, those with the most cables first."""
    groups: Mapping[str, str]
    """For each cable with a supplier: `several` if it has more than one; otherwise its supplier's number in `named`, from `1`,
    or `other`.
    """

    def group_of(self, project: str) -> str:
        """Return the group of a cable; `unknown` if it has no recorded supplier."""
        return self.groups.get(project, UNKNOWN)


def cable_suppliers(reader: Reader) -> CableSuppliers:
    """Return the suppliers of all cables of a release. Colours depend on the release only, so filters don't change them."""
    rows = reader.query(CableParty, "maps.cable_suppliers")
    counts = Counter(row.id for row in rows)
    labels = {row.id: RecordLabel(row.id, row.label, row.label_lang, row.label_zh) for row in rows}
    largest = sorted(counts, key=lambda supplier: (-counts[supplier], labels[supplier].label or "", supplier))[:MAX_NAMED]
    numbers = {supplier: str(number) for number, supplier in enumerate(largest, 1)}
    groups = {
        project: SEVERAL if len(several) > 1 else numbers.get(several[0], OTHER) for project, several in _by_project(rows).items()
    }
    return CableSuppliers([labels[supplier] for supplier in largest], groups)


def suppliers_of_cables(reader: Reader) -> dict[str, list[str]]:
    """Return the ids of each cable's suppliers, sorted by name. Cables without a supplier are left out."""
    return _by_project(reader.query(CableParty, "maps.cable_suppliers"))


def _by_project(rows: Iterable[CableParty]) -> dict[str, list[str]]:
    suppliers: dict[str, list[str]] = {}
    for row in rows:
        suppliers.setdefault(row.project, []).append(row.id)
    return suppliers
