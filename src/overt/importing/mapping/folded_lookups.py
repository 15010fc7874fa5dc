"""Lookups of source.yml without regard to case, as mappings use them."""

from collections.abc import Mapping
from typing import overload


@overload
def folded_lookup(lookups: Mapping[str, Mapping[str, str]], name: str) -> dict[str, str]: ...
@overload
def folded_lookup(lookups: Mapping[str, Mapping[str, str]], name: str | None) -> dict[str, str] | None: ...
def folded_lookup(lookups: Mapping[str, Mapping[str, str]], name: str | None) -> dict[str, str] | None:
    """Return a lookup with its words casefolded; None if `name` is None."""
    return None if name is None else {word.casefold(): term for word, term in lookups[name].items()}
