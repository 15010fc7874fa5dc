"""Makers by their names in several scripts (`names/makers.yml`): 华为 is Huawei, and not ZTE."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from overt.model.errors import ContentError
from overt.model.yaml_reading_and_validation import Content, packaged_model
from overt.resolve.names import fold
from overt.resolve.names.folding_and_scripts import has_han
from overt.resolve.names.institution_word_meanings import plain

_PATH = "names/makers.yml"
_ARTICLE = "ال"
_MIN_INSIDE = 3
"""Minimum number of characters of a maker's Chinese name that is recognised anywhere within a longer name."""
_MIN_FULL = 4
"""Minimum number of words of a full name, which is compared with names in other languages."""


class MakerFile(Content):
    """`names/makers.yml`."""

    title: str
    description: str
    source: str
    makers: dict[str, list[str]]
    origins: list[str]
    """Arabic adjectives for a firm's country, without the article. Arabic texts add them to the firm's name."""


class _Spelling(NamedTuple):
    """A folded name of a maker."""

    name: str
    maker: str
    in_han: bool
    """Whether it has Chinese characters."""


def only_maker(names: Iterable[str]) -> str:
    """Return the maker to which names of one organisation belong; empty if there is none, or if there are several."""
    makers = {maker for name in names if (maker := maker_of(name))}
    return min(makers) if len(makers) == 1 else ""


@cache
def full_names(maker: str) -> frozenset[str]:
    """Return the full names of a maker in Latin letters: China National Electronics Import & Export.

    Empty for an unknown maker.
    """
    names = packaged_model(MakerFile, _PATH).makers.get(maker, ())
    return frozenset(name for name in names if name.isascii() and len(name.split()) >= _MIN_FULL)


@lru_cache(maxsize=1 << 14)
def maker_of(name: str) -> str:
    """Return the maker whose name a company's name begins with or, if Chinese, contains; empty if there is none."""
    folded = fold(name)
    words, in_han = f"{folded} ", has_han(folded)
    return next(
        (
            spelling.maker
            for spelling in _spellings()
            if (in_han and _has(folded, spelling.name) if spelling.in_han else words.startswith(f"{spelling.name} "))
        ),
        "",
    )


def is_origin(word: str) -> bool:
    """Return whether a folded word is an Arabic adjective for a firm's country, with the article: الألمانية, German."""
    return word.startswith(_ARTICLE) and plain(word.removeprefix(_ARTICLE)) in _origins()


@cache
def _origins() -> frozenset[str]:
    return frozenset(plain(fold(word)) for word in packaged_model(MakerFile, _PATH).origins)


def _has(name: str, spelling: str) -> bool:
    """Return whether a name begins with the Chinese name `spelling` or, if `spelling` is long, contains it anywhere."""
    return name.startswith(spelling) or (len(spelling) >= _MIN_INSIDE and spelling in name)


@cache
def _spellings() -> list[_Spelling]:
    """Return all folded names of makers, longest first. Raises ContentError for a name of two makers or without letters."""
    file = packaged_model(MakerFile, _PATH)
    spellings: dict[str, str] = {}
    for maker, names in file.makers.items():
        for name in names:
            folded = fold(name)
            if not folded:
                raise ContentError(f"{_PATH}: {maker}: {name!r} has no letters; leave it out")
            if spellings.setdefault(folded, maker) != maker:
                raise ContentError(f"{_PATH}: {name!r} is under {spellings[folded]!r} and under {maker!r}; leave it under one")
    entries = sorted(spellings.items(), key=lambda entry: (-len(entry[0]), entry))
    return [_Spelling(name, maker, has_han(name)) for name, maker in entries]
