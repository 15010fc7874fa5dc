"""Makers by their names in several scripts (`names/makers.yml`): 华为 is Huawei, and not ZTE."""

from collections.abc import Iterable
from functools import cache, lru_cache

from overt.model.yaml import Content, packaged_model
from overt.resolve.names import fold
from overt.resolve.names.folding import has_han

_PATH = "names/makers.yml"
_MIN_INSIDE = 3
"""Minimum number of characters of a Chinese name that counts within a longer one."""


class MakerFile(Content):
    """`names/makers.yml`."""

    title: str
    description: str
    source: str
    makers: dict[str, list[str]]


def only_maker(names: Iterable[str]) -> str:
    """Return the maker that names of one organisation are of; empty if they are of none, or of several."""
    makers = {maker for name in names if (maker := maker_of(name))}
    return min(makers) if len(makers) == 1 else ""


@lru_cache(maxsize=1 << 14)
def maker_of(name: str) -> str:
    """Return the maker whose name a company's name has or begins with; empty if it has none."""
    folded = fold(name)
    return next((maker for spelling, maker in _spellings() if _has(folded, spelling)), "")


def _has(name: str, spelling: str) -> bool:
    if has_han(spelling):
        return name.startswith(spelling) or (len(spelling) >= _MIN_INSIDE and spelling in name)
    return f"{name} ".startswith(f"{spelling} ")


@cache
def _spellings() -> list[tuple[str, str]]:
    """Return each folded name of a maker, and the maker, the longest name first."""
    file = packaged_model(MakerFile, _PATH)
    spellings = {(fold(name), maker) for maker, names in file.makers.items() for name in names}
    return sorted(spellings, key=lambda entry: (-len(entry[0]), entry))
