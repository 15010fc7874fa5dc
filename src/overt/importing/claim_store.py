"""Stores the claims, evidence, observations and report of each snapshot on disk, and the reasons why snapshots were refused."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import orjson
import pyarrow.parquet as pq

from overt.importing.claim_file_digests import ClaimDigests
from overt.importing.snapshot_importer_run import Outcome
from overt.model.errors import OvertError
from overt.model.files.atomic_writes import atomic_path, atomic_write, remove_leftovers
from overt.model.files.file_digests import changed_file, folder_digests
from overt.model.files.hard_links_and_file_removal import remove

REPORT = "report.json"


@dataclass(frozen=True)
class SnapshotClaims:
    """The folder of one snapshot's claims, which is either complete or missing."""

    folder: Path

    @property
    def claims(self) -> Path:
        """File with the columns of `overt.model.claim.CLAIMS`, sorted by record, property, claim_id."""
        return self.folder / "claims.parquet"

    @property
    def evidence(self) -> Path:
        """File with the columns of `overt.model.claim.EVIDENCE`, sorted by claim_id."""
        return self.folder / "evidence.parquet"

    @property
    def observations(self) -> Path | None:
        """File with the columns `OBSERVATIONS` of `observation_table_columns`; None if the source has no observations."""
        path = self.folder / "observations.parquet"
        return path if path.is_file() else None

    @property
    def lists(self) -> Path | None:
        """File with the columns `LISTS` of `observation_table_columns`; None if the source has no observations."""
        path = self.folder / "lists.parquet"
        return path if path.is_file() else None

    @property
    def measurements(self) -> Path | None:
        """File with the columns `MEASUREMENTS` of `observation_table_columns`; None if the source has no observations."""
        path = self.folder / "measurements.parquet"
        return path if path.is_file() else None

    @property
    def labels(self) -> Path | None:
        """File with the columns `DOMAIN_LABELS` of `observation_table_columns`; None if the source has no observations."""
        path = self.folder / "labels.parquet"
        return path if path.is_file() else None

    @property
    def report(self) -> dict[str, object]:
        """The report of the import, with the fingerprint of its inputs."""
        report: dict[str, object] = orjson.loads((self.folder / REPORT).read_bytes())
        return report


class ClaimStore:
    """The workspace's `claims/` directory, which can be rebuilt from the archive."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._digests = ClaimDigests(root)
        self._refused = root.parent / "cache" / "refused"

    def snapshot(self, source: str, snapshot: str) -> SnapshotClaims:
        """Return the folder of a snapshot's claims, whether or not it exists."""
        return SnapshotClaims(self._root / source / snapshot)

    def intact_snapshot(self, source: str, snapshot: str) -> SnapshotClaims:
        """Return a snapshot's claims for reading.

        Raises OvertError if a file differs from its digest or is missing, or if there are no digests.
        """
        stored = self.snapshot(source, snapshot)
        if (name := self.changed_file(source, snapshot)) is not None:
            raise OvertError(f"{stored.folder / name}: is not what the import wrote; run `overt import {source}`")
        return stored

    def has_digests(self, source: str, snapshot: str) -> bool:
        """Return whether a snapshot's claims exist and have digests."""
        return self.snapshot(source, snapshot).folder.is_dir() and bool(self._digests.file_digests(source, snapshot))

    def changed_file(self, source: str, snapshot: str) -> str | None:
        """Return the name of the first file of a snapshot's claims that differs from its digest or is missing; None if all are
        intact.

        Without digests, return the name of the report.
        """
        folder = self.snapshot(source, snapshot).folder
        changed = [changed_file(folder, digests) for digests in self._digests.file_digests(source, snapshot)] or [REPORT]
        return None if None in changed else changed[-1]

    def fingerprint(self, source: str, snapshot: str) -> str | None:
        """Return the fingerprint of the inputs of the stored claims; None if they have no readable report."""
        stored = self.snapshot(source, snapshot)
        try:
            return str(stored.report["fingerprint"])
        except (OSError, ValueError, KeyError, TypeError):  # A damaged report counts as missing.
            return None

    def write_refusal(self, source: str, snapshot: str, fingerprint: str, reason: str) -> None:
        """Store the reason for refusing a snapshot, and the fingerprint of the code and content that refused it. Existing claims
        are left unchanged.
        """
        data = orjson.dumps({"fingerprint": fingerprint, "reason": reason})
        atomic_write(self._refused / f"{source}-{snapshot}.json", data)

    def refusal(self, source: str, snapshot: str, fingerprint: str) -> str | None:
        """Return why the current code and content refused a snapshot; None if they didn't or haven't tried to import it."""
        path = self._refused / f"{source}-{snapshot}.json"
        if not path.is_file():
            return None
        try:
            stored = orjson.loads(path.read_bytes())
            return str(stored["reason"]) if stored["fingerprint"] == fingerprint else None
        except (ValueError, KeyError, TypeError):  # The file is damaged, so the snapshot is imported again.
            return None

    def remove_leftovers(self) -> None:
        """Remove the unfinished files that killed imports left. The caller must hold the lock."""
        for folder in (self._root, self._refused, *self._root.glob("*/")):
            remove_leftovers(folder)

    def remove(self, source: str) -> None:
        """Delete the claims of all snapshots of a source."""
        remove(self._root / source)

    def write(self, source: str, snapshot: str, outcome: Outcome, fingerprint: str) -> SnapshotClaims:
        """Replace a snapshot's claims. If the process is killed, the old claims, the new ones or none remain, never a mixture.

        The caller must hold the lock.
        """
        stored = self.snapshot(source, snapshot)
        remove_leftovers(stored.folder.parent)
        outcome.report.snapshot = snapshot
        with atomic_path(stored.folder) as temporary:
            temporary.mkdir(parents=True)
            shutil.copyfile(outcome.claims_file, temporary / "claims.parquet")
            shutil.copyfile(outcome.evidence_file, temporary / "evidence.parquet")
            if outcome.observations is not None:
                pq.write_table(outcome.observations.episodes, temporary / "observations.parquet", compression="zstd")
                pq.write_table(outcome.observations.lists, temporary / "lists.parquet", compression="zstd")
                pq.write_table(outcome.observations.measurements, temporary / "measurements.parquet", compression="zstd")
                pq.write_table(outcome.observations.labels, temporary / "labels.parquet", compression="zstd")
            report = {**outcome.report.as_dict(), "fingerprint": fingerprint}
            (temporary / REPORT).write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))
            digests = folder_digests(temporary)
            self._digests.store(source, snapshot, [*self._digests.file_digests(source, snapshot)[:1], digests])
            _move_aside(stored.folder, temporary.with_name(temporary.name + "-old"))
        self._digests.store(source, snapshot, [digests])
        remove_leftovers(stored.folder.parent)
        return stored


def _move_aside(folder: Path, target: Path) -> None:
    """Move a folder out of the way, because a rename fails if its target is a non-empty folder.

    If the process is killed before the new folder is in place, the next import makes the claims again.
    """
    if folder.exists():
        folder.rename(target)
