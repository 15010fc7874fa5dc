"""Remove the ministry from names of authorities that begin or end with it.

For example, İçişleri Bakanlığı Göç İdaresi Başkanlığı is the migration authority (Göç İdaresi Başkanlığı) of the Ministry of the
Interior (İçişleri Bakanlığı).
"""

import re
from collections.abc import Iterator

from overt.resolve.names.folding_and_scripts import fold
from overt.resolve.names.institution_name_meanings import read_translated
from overt.resolve.names.translated_name_comparison import AUTHORITIES

_SEPARATED = re.compile(r"\s*(?:[,;:،、]|\s[-–—/|])\s+")
_AFTER = frozenset(
    {
        "bakanligi",
        "nazirliyi",
        "vazirligi",
        "ministrligi",
        "министрлигі",
        "министрлиги",
        "вазирлиги",
        "яамны",
        "मंत्रालय",
        "मन्त्रालय",
    }
)
"""Words for “ministry” in languages that put the ministry before its authority, without a separator."""
_OWN = AUTHORITIES - {"bureau", "committee", "council", "department", "office", "secretariat"} | {"institute", "police"}
"""Kinds of bodies whose names are complete without that of the ministry."""
_COMMON = frozenset(
    (
        *("budget", "communications", "construction", "development", "education", "finance", "health", "information", "legal"),
        *("logistics", "management", "personnel", "planning", "procurement", "statistics", "supply", "technology", "training"),
    )
)
"""Fields of work that authorities of several ministries have in their names."""


def names_without_ministry(name: str, key: str, country: str) -> Iterator[str]:
    """Yield the name of a state body without the name of its ministry; nothing if the name doesn't contain both.

    The two are separated by a comma or dash, in either order. In some languages, the body's name directly follows the word for
    “ministry”. The body must be an authority or the like, and its name must have a field that is not in `_COMMON`. `name`: the
    name as written. `key`: the folded name.
    """
    if "ministry" not in read_translated(key, country).bodies:
        return
    parts = [fold(part) for part in _SEPARATED.split(name)]
    words = key.split()
    at = next((place for place, word in enumerate(words) if word in _AFTER), None)
    if len(parts) != 2 and at is not None:
        parts = [" ".join(words[: at + 1]), " ".join(words[at + 1 :])]
    if len(parts) != 2:
        return
    for ministry, rest in (parts, parts[::-1]):
        of, own = read_translated(ministry, country), read_translated(rest, country)
        is_ministry = "ministry" in of.bodies and bool(of.words)
        if is_ministry and "ministry" not in own.meanings and own.bodies.keys() & _OWN and own.words.keys() - _COMMON:
            yield rest
