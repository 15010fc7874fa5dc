"""The inputs of a release: snapshots, captures, resolved records, and editors' decisions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from overt.model.claim import CLAIMS, EVIDENCE


@dataclass(frozen=True)
class SourceInput:
    """The snapshot that counts for a source, and the claims of the snapshot before it."""

    source: str
    snapshot: str
    retrieved: str
    claims: Path
    evidence: Path
    report: Mapping[str, Any]
    previous: Path | None = None
    """File of the claims of the previous snapshot, or None."""
    observations: Path | None = None
    """File of the episodes on the source's blocklists, or None."""
    lists: Path | None = None
    """File of the lists from which the source's observations were made (`overt.model.observation_table_columns`), or None."""
    measurements: Path | None = None
    """File of the source's judged measurements, or None."""
    labels: Path | None = None
    """File of the domain labels in the source's lists, or None."""
    position: int = 0
    """Rank of the snapshot among all snapshots of the archive, from 0."""


@dataclass(frozen=True)
class CaptureInput:
    """An archived file, with the fields of the archive's index except `chain`."""

    sha256: str
    source: str
    role: str
    name: str
    address: str
    retrieved: str
    snapshot: str
    licence: str
    bytes: int


def no_claims() -> pa.Table:
    """Return an empty table of claims."""
    return CLAIMS.empty_table()


def no_evidence() -> pa.Table:
    """Return an empty table of evidence."""
    return EVIDENCE.empty_table()


@dataclass(frozen=True)
class ReleaseInputs:
    """Everything that determines a release's bytes, besides content, code and libraries."""

    sources: Sequence[SourceInput]
    captures: Sequence[CaptureInput]
    members: Path
    """`resolved/members.parquet`."""
    joins: Path | None = None
    """`resolved/edges.parquet`."""
    candidates: Path | None = None
    """`resolved/candidates.parquet`: scored pairs, joined or not."""
    editorial: pa.Table = field(default_factory=no_claims)
    editorial_evidence: pa.Table = field(default_factory=no_evidence)
    retractions: Sequence[Mapping[str, Any]] = ()
    """Retractions: sequence, time (`at`), reason (`why`), and the id of the retracted claim or record (`target`)."""
    judgements: Sequence[Mapping[str, Any]] = ()
    """Judgements: sequence, time (`at`), reason (`why`), `verdict`, and the ids of both records (`left`, `right`)."""
    corrections: Sequence[Mapping[str, Any]] = ()
    """Corrections: the fields of `overt.ledger.Correction`."""
    replies: Sequence[Mapping[str, Any]] = ()
    """Statements that editors entered: the record (`record`) and the time of its first claim (`at`)."""
    withholdings: Sequence[Mapping[str, Any]] = ()
    """Withheld records: the fields of `overt.ledger.decisions_in_force.Withholding`."""
    archive_head: str = ""
    """Chain of the archive's last capture; empty without captures."""
    ledger_head: str = ""
    """Chain of the ledger's last entry; empty without entries."""
    ledger_date: str = ""
    """Day of the ledger's last entry; empty without entries."""
    wrong_days: Collection[str] = ()
    """Days that overt.toml declares wrong. The release's date ignores them."""
    selected: Sequence[str] = ()
    """The sources listed in overt.toml; empty for all."""
    complete_snapshots: Sequence[str] = ()
    """Snapshots in this release whose files overt.toml declares complete (`source-12345678`)."""
    title: str = "Overt"
    note: str = ""
