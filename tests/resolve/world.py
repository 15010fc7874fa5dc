"""Claims made by hand and resolved without an archive."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from overt.model.claim import CLAIMS, Claim
from overt.model.duckdb_connection import connect
from overt.model.record_ids import canonical_id
from overt.resolve.names import NameForms
from overt.resolve.resolution_inputs import ClaimsFile, ResolutionInputs
from overt.resolve.resolver import Resolution, resolve
from overt.resolve.scorer import Scorer

FORMS = NameForms()


def record(name: str, record_type: str = "organization", /, **values: str | Iterable[str]) -> list[Claim]:
    """The claims of one record `source:key`; `from_` is the property `from`."""
    return [
        Claim(name.partition(":")[0], name, record_type, key.rstrip("_").replace("_", "-"), value)
        for key, held in values.items()
        for value in ([held] if isinstance(held, str) else held)
    ]


def relation(name: str, one: str, kind: str, other: str) -> list[Claim]:
    """A relation between two organisations."""
    return record(name, "relation", from_=one, kind=kind, to=other)


class World:
    """Snapshots in the order of archiving."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: list[ClaimsFile] = []
        self.editorial: list[Claim] = []

    def snapshot(self, *claims: list[Claim]) -> None:
        """The next snapshot of the archive."""
        path = self._folder / f"{len(self._files)}.parquet"
        rows = [{"claim_id": claim.id, **claim._asdict()} for held in claims for claim in held]
        pq.write_table(pa.Table.from_pylist(rows, schema=CLAIMS), path)
        self._files.append(ClaimsFile(str(path), len(self._files)))

    def resolve(
        self, *, editorial: Mapping[str, int] | None = None, scorer: Scorer | None = None, threads: int = 1, **inputs: object
    ) -> Resolution:
        """Resolve all snapshots; `inputs` are further fields of Inputs."""
        with connect(threads=threads) as connection:
            rows = [{"claim_id": claim.id, **claim._asdict()} for claim in self.editorial]
            connection.register("editorial", pa.Table.from_pylist(rows, schema=CLAIMS))
            return resolve(ResolutionInputs(self._files, editorial=editorial or {}, **inputs), FORMS, connection, scorer)

    def clusters(self, **inputs: object) -> set[frozenset[str]]:
        """The clusters of more than one record."""
        return clusters_of(self.resolve(**inputs))

    def ids(self, **inputs: object) -> dict[str, str]:
        """Each record with the record whose own id its cluster bears."""
        members = self.resolve(**inputs).members
        anchor = {canonical_id(name): name for name, *_ in members}
        return {name: anchor[identity] for name, _, identity, *_ in members}


def clusters_of(resolution: Resolution) -> set[frozenset[str]]:
    """The clusters of more than one record."""
    found: dict[str, set[str]] = {}
    for name, _, identity, *_ in resolution.members:
        found.setdefault(identity, set()).add(name)
    return {frozenset(members) for members in found.values() if len(members) > 1}
