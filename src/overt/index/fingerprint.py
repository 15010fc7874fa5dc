"""The fingerprint of an index: a digest of the release, the code and the content from which it was made.

It is stored in the index, so that an index made by other code, from other content or for another release is never used.
"""

from overt.model.code_digest import code_digest, digest_of
from overt.model.content_files import ContentFiles

CONTENT_FOLDERS = ("schema", "vocab", "models", "sources")
"""Content folders from which an index is made."""


def made_by() -> str:
    """Return the digest of the code and SQL that make an index."""
    return code_digest("model", "language", "release", "index", "resolve/names", "gazetteer")


def release_fingerprint(content: ContentFiles, release: str) -> str:
    """Return the digest of everything that determines a release's index, apart from the history of older releases."""
    return digest_of((release, made_by(), content.digest(*CONTENT_FOLDERS)))
