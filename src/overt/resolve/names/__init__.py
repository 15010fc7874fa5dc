"""Names of organisations: folded, parsed, and compared across scripts and languages."""

from overt.resolve.names.equal_name_keys import MIN_KEY_LENGTH, NameKeys
from overt.resolve.names.folding_and_scripts import MAX_NAME_LENGTH, fold

__all__ = ["MAX_NAME_LENGTH", "MIN_KEY_LENGTH", "NameKeys", "fold"]
