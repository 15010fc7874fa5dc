"""Keys of place names. They are equal for spellings that differ in accents, case, punctuation, or words such as "City of"."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "e"})
"""Latin letters that Unicode doesn't decompose."""
_APOSTROPHES = frozenset("'’‘ʻʼʽʾʿ`´′")
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_HAN_TOWN = re.compile(r"(?<=[㐀-鿿]{2})[市县縣镇鎮]$")
"""Words for a city, county or town at the end of a Chinese name. 区 (district) is not among them, because districts of different
towns share names, such as 朝阳区 (Chaoyang District).
"""
_HAN_PROVINCE = re.compile(r"(?<=[㐀-鿿]{2})(?:省|州|自治区|自治區)$")
_OF = r"(?:of|di|de|do|da|del) "
_BEFORE_TOWN = re.compile(rf"^(?:the )?(?:(?:city|town|municipality|comune|commune|ville|ciudad|cidade) (?:and county )?{_OF})")
_AROUND_TOWN = re.compile(r"^(?:the )?(?:greater|metropolitan) | (?:city|town|municipality|metropolitan area|shi|xian)$")
_DIVISION = r"(?:province|region|regione|state|governorate|oblast|prefecture|department|estado|provincia)"
_AROUND_PROVINCE = re.compile(rf"^(?:the )?{_DIVISION} {_OF}| (?:{_DIVISION}|sheng|autonomous region)$")
_DOUBLE = re.compile(r" (?:con|e|ed|et|und|and|y) ")
_MIN_PART_LENGTH = 5
"""Minimum length of a part of a double name, in characters, that gets a key. Shorter parts are often not names."""


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """Return the key of a name: lower-case words without accents or punctuation, with `st` and the like written in full."""
    decomposed = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    characters = (character for character in decomposed if not unicodedata.combining(character) and character not in _APOSTROPHES)
    words = "".join(character if character.isalnum() else " " for character in characters).split()
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


def shortened(key: str) -> str:
    """Return the key of a town's name, given by its key, without words such as 市 (city) or "City of"."""
    return _BEFORE_TOWN.sub("", key) if key.isascii() else _HAN_TOWN.sub("", key)


def searched_town_keys(name: str) -> list[str]:
    """Return the keys with which to look up a town that a source names: the exact key, then shorter ones."""
    exact = name_key(name)
    keys = [exact, shortened(exact), _AROUND_TOWN.sub("", shortened(exact))]
    return [key for key in dict.fromkeys(keys) if key]


def province_key(name: str) -> str:
    """Return the key of a province's name, without words such as 省 (province) or "Province"."""
    return _AROUND_PROVINCE.sub("", _HAN_PROVINCE.sub("", name_key(name)))


def is_province_name(name: str) -> bool:
    """Return whether a name identifies itself as a province, as "Regione Abruzzo" and 湖北省 (Hubei Province) do."""
    return province_key(name) != name_key(name)


def part_keys(key: str) -> list[str]:
    """Return the keys of the longer parts of a double name; [] for any other name.

    For example, `cavaria con premezzo` has the parts `cavaria` and `premezzo`.
    """
    parts = _DOUBLE.split(key)
    return [part for part in parts if len(part) >= _MIN_PART_LENGTH] if len(parts) == 2 else []
