"""Names of countries, provinces and towns in Chinese and Latin script. They say little about an organisation's identity."""

import csv
from functools import cache, cached_property

from overt.model.content_catalogue import Catalogue
from overt.model.content_files import packaged_content
from overt.model.yaml_reading_and_validation import read_mapping
from overt.resolve.names.han.cedict import Sense, dictionary, parse_sense
from overt.resolve.names.han.latin_spellings_of_chinese_sounds import latin_letters


class Gazetteer:
    """Meanings of Chinese place names, and stems of Latin place names.

    Countries come from the vocabulary of areas, provinces from `han_words.yml`, and towns from GeoNames (CC BY 4.0) through
    `content/names/han_places.csv`, which `bench/linkage/han_to_latin_spelling_training.py` writes.
    """

    def __init__(self) -> None:
        names = packaged_content() / "names"
        pairs = [(area.label_zh, area.label) for area in Catalogue().areas.areas.values() if area.kind != "region"]
        pairs += [(chinese, latin) for chinese, latin in read_mapping(names / "han_words.yml")["provinces"].items()]
        rows = csv.reader((names / "han_places.csv").read_text(encoding="utf-8").splitlines())
        next(rows)
        pairs += [(chinese, latin) for chinese, latin in rows]
        spelled = ((chinese, " ".join(latin_letters(word) for word in latin.split())) for chinese, latin in pairs)
        self._meanings = [(chinese, parse_sense(name)) for chinese, name in spelled]
        self.stems = frozenset(stem for _, meaning in self._meanings if len(meaning.stems) == 1 for stem in meaning.stems)
        """Stems of the Latin place names that are a single word."""

    @cached_property
    def senses(self) -> dict[str, tuple[Sense, ...]]:
        """Simplified Chinese place name → its meanings. Made on first use, because loading the dictionary takes a second."""
        senses: dict[str, tuple[Sense, ...]] = {}
        for chinese, meaning in self._meanings:
            key = dictionary().simplify(chinese)
            if meaning.stems and len(key) > 1 and meaning not in senses.get(key, ()):
                senses[key] = (*senses.get(key, ()), meaning)
        return senses


@cache
def gazetteer() -> Gazetteer:
    """Return the packaged place names."""
    return Gazetteer()
