"""Names of organisations: folded, parsed, and compared across scripts and languages."""

from overt.resolve.names.folding import LONGEST, fold
from overt.resolve.names.name_keys import SHORTEST, NameKeys

__all__ = ["LONGEST", "SHORTEST", "NameKeys", "fold"]
