"""The keys of editors that are in force, as a function of the previous entries.

The entry that admits the first key is signed by that same key. From then on, every entry is signed by a key in force, including
the entries that admit and revoke others. If an editor replaces their own key, one entry admits the new key and revokes the old
one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from overt.ledger.entry import KEY_KINDS, Entry
from overt.ledger.errors import LedgerError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SHORT = 12
"""Number of digits of a fingerprint that messages show."""


@dataclass
class EditorKeys:
    """The keys after some number of entries. Call `problem` with each entry, or with each entry about keys, in order."""

    in_force: "dict[str, Ed25519PublicKey]" = field(default_factory=dict)
    revoked: dict[str, int] = field(default_factory=dict)
    """Sequence number of the entry that revoked each key."""
    since: int | None = None
    """Sequence number of the entry that admitted the first key; None if the ledger is unsigned."""

    @property
    def is_signed(self) -> bool:
        """Whether entries must be signed."""
        return self.since is not None

    def problem(self, entry: Entry, chain_of: Callable[[int], str | None]) -> str | None:
        """Return what is wrong with the next entry's signature, or None. A valid entry's changes to the keys are applied.

        `chain_of`: function that returns the chain of an earlier entry by its sequence number: "" for 0, None if it is unknown.
        """
        from overt.ledger.entry_signature import is_signed_by, public_key

        if not self.is_signed and entry.key is None:
            return "admits a key without being signed by it" if entry.kind in KEY_KINDS else None
        if entry.key is None or entry.seen is None or entry.signature is None:
            return f"is not signed, although every entry must be since entry {self.since}"
        try:
            public = public_key(entry.payload["public"]) if self.since is None else self.in_force.get(entry.key)
        except (KeyError, TypeError, ValueError):
            public = None
        if public is None or (self.since is None and (entry.kind != "admit-key" or entry.key != self._fingerprint(entry))):
            return f"is signed by the key {entry.key[:SHORT]}…, {self.status(entry.key)}"
        chain = chain_of(entry.seen) if 0 <= entry.seen < entry.sequence else None
        if chain is None or not is_signed_by(entry, chain, public):
            return f"is not what the key {entry.key[:SHORT]}… signed: it was changed, or what its editor had seen before it"
        return self._count(entry) if entry.kind in KEY_KINDS else None

    def status(self, key: str) -> str:
        """Return why a key is not in force, as a relative clause: `which entry 5 revoked`."""
        return f"which entry {self.revoked[key]} revoked" if key in self.revoked else "which no entry admits"

    def find(self, text: str) -> str:
        """Return the fingerprint of the key in force that begins with `text`. Raises LedgerError if no key or several keys do."""
        matches = [key for key in self.in_force if key.startswith(text.lower())] if text else []
        if len(matches) != 1:
            known = ", ".join(sorted(key[:SHORT] for key in self.in_force)) or "none"
            raise LedgerError(f"{text!r} names {'no key' if not matches else 'several keys'} in force (there are: {known})")
        return matches[0]

    def _count(self, entry: Entry) -> str | None:
        """Apply an entry that admits or revokes a key. Return what is wrong with the entry, or None."""
        from overt.ledger.entry_signature import public_key

        if entry.kind == "revoke-key":
            key = entry.payload.get("key")
            if key not in self.in_force:
                return "revokes a key that is not in force"
            del self.in_force[key]
            self.revoked[key] = entry.sequence
            return None
        try:
            public, key = public_key(entry.payload["public"]), self._fingerprint(entry)
        except (KeyError, TypeError, ValueError):
            return "admits what is not a key"
        if key in self.in_force or key in self.revoked:
            return "admits a key a second time"
        replaced = entry.payload.get("replaces")
        if replaced is not None:
            if replaced != entry.key:
                return "replaces a key that did not sign it"
            del self.in_force[replaced]
            self.revoked[replaced] = entry.sequence
        self.in_force[key] = public
        self.since = self.since or entry.sequence
        return None

    @staticmethod
    def _fingerprint(entry: Entry) -> str:
        from overt.ledger.entry_signature import key_fingerprint

        return key_fingerprint(entry.payload["public"])
