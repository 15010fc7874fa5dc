"""Names of countries, provinces and towns in both scripts: where an organisation is from tells little of who it is."""

import csv
from functools import cache

from overt.model.content import Catalogue
from overt.model.content_files import packaged_content
from overt.model.yaml import read_mapping
from overt.resolve.names.cedict import Sense, dictionary, joins, stem, words
from overt.resolve.names.han_spellings import latin_letters


class Places:
    """Places by their Chinese names, and the Latin words that are a place's whole name.

    Countries are those of the vocabulary of areas; towns those of GeoNames (CC BY 4.0) in `content/names/han_places.csv`, which
    `bench/linkage/spellings.py` writes.
    """

    def __init__(self) -> None:
        names = packaged_content() / "names"
        pairs = [(area.label_zh, area.label) for area in Catalogue().areas.areas.values() if area.kind != "region"]
        pairs += [(chinese, latin) for chinese, latin in read_mapping(names / "han_words.yml")["provinces"].items()]
        rows = csv.reader((names / "han_places.csv").read_text(encoding="utf-8").splitlines())
        next(rows)
        pairs += [(chinese, latin) for chinese, latin in rows]
        self.senses: dict[str, tuple[Sense, ...]] = {}
        stems: set[str] = set()
        for chinese, latin in pairs:
            name = " ".join(latin_letters(word) for word in latin.split())
            meaning = Sense(frozenset(stem(word) for word in words(name) if not joins(word)))
            key = dictionary().simplify(chinese)
            if meaning.stems and len(key) > 1 and meaning not in self.senses.get(key, ()):
                self.senses[key] = (*self.senses.get(key, ()), meaning)
            if len(meaning.stems) == 1:
                stems |= meaning.stems
        self.stems = frozenset(stems)
        """Stems of the Latin names of one word."""


@cache
def places() -> Places:
    """The packaged names of places."""
    return Places()
