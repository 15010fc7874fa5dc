"""Names of organisations: folded, taken apart, compared across scripts and languages."""

from overt.resolve.names.fold import LONGEST, fold
from overt.resolve.names.forms import SHORTEST, NameForms

__all__ = ["LONGEST", "SHORTEST", "NameForms", "fold"]
