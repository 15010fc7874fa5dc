"""A line of the history of releases."""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from overt.ledger import Head
from overt.model.detached_file_signatures import fingerprint

PURPOSE = b"overt release history 1\n"
"""Prefix of the signed bytes, so that a signature for another purpose is never valid for a line, and vice versa."""


@dataclass(frozen=True)
class ArchivePosition:
    """A position in the archive's index: the number of captures up to it, and the chain of the last of these ("" if none)."""

    captures: int
    chain: str


@dataclass(frozen=True)
class HistoryLine:
    """A line of the history: a release that was made."""

    release: str
    manifest: str
    """SHA-256 of the release's manifest."""
    previous: str
    """Id of the release on the previous line; empty for the first line."""
    ledger: Head
    archive: ArchivePosition
    key: str | None
    """The public key of the line's signature, 32 bytes in hex; None if the line is unsigned."""
    chain: str
    """SHA-256 over the chain of the previous line and this line without its chain, key and signature."""
    signature: str | None
    """Ed25519 signature of `PURPOSE` and the chain, in hex; None if the line is unsigned."""

    @property
    def signer(self) -> str | None:
        """Fingerprint of the line's key, or None. Raises ValueError if the key is invalid."""
        return fingerprint(self._public_key()) if self.key else None

    def has_valid_signature(self) -> bool:
        """Return whether the line was signed with its key."""
        try:
            self._public_key().verify(bytes.fromhex(self.signature or ""), PURPOSE + self.chain.encode())
        except (InvalidSignature, ValueError):
            return False
        return True

    def _public_key(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.key or ""))
