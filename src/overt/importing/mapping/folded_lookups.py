"""Lookups of source.yml as mappings read them: case does not matter."""

from collections.abc import Mapping
from typing import overload


@overload
def folded_lookup(lookups: Mapping[str, Mapping[str, str]], name: str) -> dict[str, str]: ...
@overload
def folded_lookup(lookups: Mapping[str, Mapping[str, str]], name: str | None) -> dict[str, str] | None: ...
def folded_lookup(lookups: Mapping[str, Mapping[str, str]], name: str | None) -> dict[str, str] | None:
    """Return a lookup with its words casefolded; None for no name."""
    return None if name is None else {word.casefold(): term for word, term in lookups[name].items()}
