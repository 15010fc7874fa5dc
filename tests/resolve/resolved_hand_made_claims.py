"""Hand-made claims that are resolved without an archive."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from overt.model.claim import CLAIMS, Claim
from overt.model.engines.duckdb_connection import connect
from overt.model.record_ids import canonical_id
from overt.resolve.names import NameKeys
from overt.resolve.pair_scorer import Scorer
from overt.resolve.resolution_inputs import ClaimsFile, ResolutionInputs
from overt.resolve.resolver import Resolution, resolve

FORMS = NameKeys()


def record(name: str, record_type: str = "organization", /, **values: str | Iterable[str]) -> list[Claim]:
    """Return the claims of a record. `name`: its id, such as `source:key`.

    An underscore in an argument's name stands for a hyphen, and the argument `from_` for the property `from`.
    """
    return [
        Claim(name.partition(":")[0], name, record_type, key.rstrip("_").replace("_", "-"), value)
        for key, entry in values.items()
        for value in ([entry] if isinstance(entry, str) else entry)
    ]


def relation(name: str, from_: str, kind: str, to: str) -> list[Claim]:
    """Return the claims of a relation between two organisations."""
    return record(name, "relation", from_=from_, kind=kind, to=to)


class World:
    """Snapshots in the order of archiving, and editorial claims."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: list[ClaimsFile] = []
        self.editorial: list[Claim] = []

    def snapshot(self, *claims: list[Claim]) -> None:
        """Add the next snapshot of the archive."""
        path = self._folder / f"{len(self._files)}.parquet"
        rows = [{"claim_id": claim.id, **claim._asdict()} for record_claims in claims for claim in record_claims]
        pq.write_table(pa.Table.from_pylist(rows, schema=CLAIMS), path)
        self._files.append(ClaimsFile(str(path), len(self._files)))

    def resolve(
        self, *, editorial: Mapping[str, int] | None = None, scorer: Scorer | None = None, threads: int = 1, **inputs: object
    ) -> Resolution:
        """Resolve all snapshots. `inputs`: further fields of ResolutionInputs."""
        with connect(threads=threads) as connection:
            rows = [{"claim_id": claim.id, **claim._asdict()} for claim in self.editorial]
            connection.register("editorial", pa.Table.from_pylist(rows, schema=CLAIMS))
            return resolve(ResolutionInputs(self._files, editorial=editorial or {}, **inputs), FORMS, connection, scorer)

    def clusters(self, **inputs: object) -> set[frozenset[str]]:
        """Return the clusters of more than one record."""
        return clusters_of(self.resolve(**inputs))

    def ids(self, **inputs: object) -> dict[str, str]:
        """Return the anchor of each record's cluster."""
        members = self.resolve(**inputs).members
        anchor = {canonical_id(name): name for name, *_ in members}
        return {name: anchor[identity] for name, _, identity, *_ in members}


def clusters_of(resolution: Resolution) -> set[frozenset[str]]:
    """Return the clusters of more than one record."""
    by_id: dict[str, set[str]] = {}
    for name, _, identity, *_ in resolution.members:
        by_id.setdefault(identity, set()).add(name)
    return {frozenset(members) for members in by_id.values() if len(members) > 1}
