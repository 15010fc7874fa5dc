"""Signatures of entries: Ed25519 (RFC 8032) over an entry's content and the head that its editor had seen."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from overt.ledger.entry import Draft, Entry, Head, Signed, canonical_json
from overt.model.detached_file_signatures import fingerprint

_PURPOSE = b"overt ledger entry 1\n"
"""Prefix of the signed bytes, so that a signature for another purpose isn't valid for an entry, and an entry's signature isn't
valid for anything else.
"""


def sign_draft(draft: Draft, seen: Head, key: Ed25519PrivateKey) -> Signed:
    """Sign the content of an entry that will follow `seen` or a later head."""
    signer = fingerprint(key.public_key())
    return Signed(signer, seen.sequence, key.sign(signed_bytes(draft, seen, signer)).hex())


def signed_bytes(draft: Draft, seen: Head, signer: str) -> bytes:
    """Return the bytes that a signature covers: `_PURPOSE`, then canonical JSON of the content, the signer and the head seen.

    `signer`: fingerprint of the signer's key.
    """
    payload = {name: value for name, value in draft.payload.items() if value is not None}
    head = {"sequence": seen.sequence, "chain": seen.chain}
    return _PURPOSE + canonical_json({**draft._asdict(), "payload": payload, "key": signer, "seen": head}).encode()


def is_signed_by(entry: Entry, seen_chain: str, key: Ed25519PublicKey) -> bool:
    """Return whether the owner of a key signed this content after seeing an entry with this chain."""
    draft = Draft(entry.at, entry.who, entry.why, entry.kind, entry.payload)
    try:
        signature = bytes.fromhex(entry.signature or "")
        if signature.hex() != entry.signature:
            return False  # Only one spelling is accepted, because otherwise a copied entry could pass for a different one.
        key.verify(signature, signed_bytes(draft, Head(entry.seen or 0, seen_chain), entry.key or ""))
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key(text: str) -> Ed25519PublicKey:
    """Return the key in an entry that admits it: 32 bytes in hex. Raises ValueError for any other string."""
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))


def key_fingerprint(text: str) -> str:
    """Return the fingerprint of a key in hex, as `overt.model.detached_file_signatures.fingerprint` does.

    Raises ValueError as `public_key` does.
    """
    return fingerprint(public_key(text))
