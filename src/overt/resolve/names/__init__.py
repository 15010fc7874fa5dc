"""Names of organisations: folded, parsed, and compared across scripts and languages."""

from overt.resolve.names.folding import LONGEST, fold
from overt.resolve.names.name_forms import SHORTEST, NameForms

__all__ = ["LONGEST", "SHORTEST", "NameForms", "fold"]
