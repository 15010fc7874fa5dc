"""Claims on disk: `claims/<source>/<snapshot>.parquet`, its places beside it, and the import's account."""

from dataclasses import dataclass
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from overt.importing.runner import Outcome
from overt.model.atomic_files import atomic_path, atomic_write, remove_leftovers
from overt.model.claim import CLAIMS, EVIDENCE


@dataclass(frozen=True)
class SnapshotClaims:
    """What the import of one snapshot left in a workspace: one folder, so that it is there entirely or not at all."""

    folder: Path

    @property
    def claims(self) -> Path:
        """Columns of `overt.model.claim.CLAIMS`, sorted by record, property, claim_id."""
        return self.folder / "claims.parquet"

    @property
    def evidence(self) -> Path:
        """Columns of `overt.model.claim.EVIDENCE`, sorted by claim_id."""
        return self.folder / "evidence.parquet"

    @property
    def observations(self) -> Path | None:
        """Columns of `overt.model.observations.OBSERVATIONS`; none of a source that observes nothing."""
        path = self.folder / "observations.parquet"
        return path if path.is_file() else None

    @property
    def lists(self) -> Path | None:
        """Columns of `overt.model.observations.LISTS`; none of a source that observes nothing."""
        path = self.folder / "lists.parquet"
        return path if path.is_file() else None

    @property
    def measurements(self) -> Path | None:
        """Columns of `overt.model.observations.MEASUREMENTS`; none of a source that observes nothing."""
        path = self.folder / "measurements.parquet"
        return path if path.is_file() else None

    @property
    def report(self) -> dict[str, object]:
        """The account of the rows, with the fingerprint of what it was made from."""
        held: dict[str, object] = orjson.loads((self.folder / "report.json").read_bytes())
        return held


class ClaimStore:
    """The workspace's `claims/` directory; all of it can be made again from the archive."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._refused = root.parent / "cache" / "refused"

    def snapshot(self, source: str, snapshot: str) -> SnapshotClaims:
        """Where a snapshot's claims are or would be."""
        return SnapshotClaims(self._root / source / snapshot)

    def fingerprint(self, source: str, snapshot: str) -> str | None:
        """What the claims on disk were made from; nothing when there are none."""
        held = self.snapshot(source, snapshot)
        return str(held.report.get("fingerprint")) if (held.folder / "report.json").is_file() else None

    def refuse(self, source: str, snapshot: str, fingerprint: str, reason: str) -> None:
        """Remember that a snapshot was refused, by which code and content, and why; claims that were there stay."""
        data = orjson.dumps({"fingerprint": fingerprint, "reason": reason})
        atomic_write(self._refused / f"{source}-{snapshot}.json", data)

    def refusal(self, source: str, snapshot: str, fingerprint: str) -> str | None:
        """Why this code and content refuse a snapshot; nothing when they do not, or never tried."""
        path = self._refused / f"{source}-{snapshot}.json"
        if not path.is_file():
            return None
        held = orjson.loads(path.read_bytes())
        return str(held["reason"]) if held["fingerprint"] == fingerprint else None

    def write(self, source: str, snapshot: str, outcome: Outcome, fingerprint: str) -> SnapshotClaims:
        """Put a snapshot's claims in the place of earlier ones, entirely or not at all."""
        held = self.snapshot(source, snapshot)
        remove_leftovers(held.folder.parent)
        claims = pa.Table.from_pylist([{"claim_id": claim.id, **claim._asdict()} for claim in outcome.claims], schema=CLAIMS)
        evidence = pa.Table.from_pylist([place._asdict() for place in outcome.evidence], schema=EVIDENCE)
        outcome.report.snapshot = snapshot
        with atomic_path(held.folder) as temporary:
            temporary.mkdir(parents=True)
            pq.write_table(claims, temporary / "claims.parquet", compression="zstd")
            pq.write_table(evidence, temporary / "evidence.parquet", compression="zstd")
            if outcome.observations is not None:
                pq.write_table(outcome.observations.episodes, temporary / "observations.parquet", compression="zstd")
                pq.write_table(outcome.observations.lists, temporary / "lists.parquet", compression="zstd")
                pq.write_table(outcome.observations.measurements, temporary / "measurements.parquet", compression="zstd")
            report = {**outcome.report.as_dict(), "fingerprint": fingerprint}
            (temporary / "report.json").write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))
            _make_way(held.folder, temporary.with_name(temporary.name + "-old"))
        remove_leftovers(held.folder.parent)
        return held


def _make_way(folder: Path, aside: Path) -> None:
    """A directory cannot be renamed onto another one; a kill in between loses only what the next run makes again."""
    if folder.exists():
        folder.rename(aside)
