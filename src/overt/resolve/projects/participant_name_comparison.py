"""Decide whether two names of participants in one country's projects mean the same office, and prepare names for comparison.

Names of one office need not be exact translations. Ministries change their portfolios and names: a Ministry of Posts and
Telecommunications becomes a Ministry of Posts, Telecommunications and the Digital Economy. Some sources write the name of a
city's police without “city”.
"""

import re
from collections.abc import Iterable, Iterator

from overt.resolve.names.consonant_comparison import consonants, without_article
from overt.resolve.names.country_words import country_words
from overt.resolve.names.folding_and_scripts import has_han
from overt.resolve.names.former_and_registered_notes import without_formerly
from overt.resolve.names.institution_name_meanings import TranslatedName
from overt.resolve.names.translated_name_comparison import compare_translated, left_over

_LEVELS = frozenset({"city", "municipality", "province", "region", "government", "capital"})
"""Words for the level of a body. If only one of two names has such words, they are ignored."""
_MIN_PORTFOLIOS = 2
_BRACKETS = re.compile(r"^(.{2,}?)\s*[(（]([^()（）]{2,60})[)）]\s*$")
_NOTE = re.compile(r"^(?:ex|now|former|également)[\s:-]+", re.IGNORECASE)
"""Matches a note before a name in brackets that `without_formerly` doesn't recognise."""
_ADMINISTRATION = re.compile(
    r"^(ministry\b.{4,}?) of (?:the )?(?:\w+ )?(?:administration|government|regime|authorities)$", re.IGNORECASE
)
"""Matches a ministry followed by its government: Ministry of Interior of the Quill administration."""
_HAN_SUFFIXES = re.compile(r"(?:人民)?政府$|(?:股份|集团|集團)?(?:有限)?(?:责任|責任)?公司$|^株式会社|株式会社$")
"""Matches what official Chinese names of governments and firms add to the usual names: 政府 (government) in 杜伊斯堡市政府
(Duisburg), 有限公司 (limited company) in 华为技术有限公司 (Huawei).
"""
_HAN_FIELDS = re.compile(r"(?:技术|技術|科技|电子|電子|信息|集团|集團|通信)+$")
"""Matches the fields of work at the end of a firm's name, which its brand leaves out: 技术 (technologies) in 华为技术."""
_MIN_HAN = 2


def is_one_office(left: TranslatedName, right: TranslatedName) -> bool:
    """Return whether two names of bodies in one country mean the same body."""
    if compare_translated(left, right, strict=False) == "equal":
        return True
    if _is_one_ministry(left, right):
        return True
    first, second = (set(name.words) & _LEVELS for name in (left, right))
    if bool(first) == bool(second):
        return False
    left, right = (_without_levels(name) for name in (left, right))
    return bool(left.unknown or left.names_country) and compare_translated(left, right, strict=False) == "equal"


def _is_one_ministry(left: TranslatedName, right: TranslatedName) -> bool:
    """Return whether two ministries share at least two fields of work, or all fields of one of them.

    Names with unknown words are never the same ministry, because such a word can be the name of a state of the country.
    """
    if "ministry" not in left.meanings & right.meanings:
        return False
    if left.unknown or right.unknown:
        return False
    shared = left.words.keys() & right.words.keys()
    if len(shared) >= _MIN_PORTFOLIOS:
        return True
    over = left_over(left, right, strict=False)
    return bool(shared) and not (over.left and over.right)


def _without_levels(name: TranslatedName) -> TranslatedName:
    words = {meaning: spelling for meaning, spelling in name.words.items() if meaning not in _LEVELS}
    return name._replace(words=words, meanings=name.meanings - _LEVELS)


def keys_of(name: TranslatedName) -> Iterator[str]:
    """Yield keys of a name. Two names of one office have at least one key in common.

    The keys are the name's fields of work (or its kinds of body if it has no fields), and the sounds of some words: those
    without a known meaning, and those in another script, which an English name may spell by sound (दूरसञ्चार, Doorsanchar).
    """
    yield from name.meanings - name.bodies.keys() - name.optional or name.meanings
    yield from (f"sound {consonants(without_article(name.written.get(word, word)))}" for word in name.unknown)
    yield from (f"sound {consonants(spelling)}" for spelling in name.words.values() if not spelling.isascii())


def without_suffixes(name: str, country: str = "") -> list[str]:
    """Return a name and, if it is Chinese, its forms without “government” or a legal form, with and without a field of work.

    A Chinese name that begins with the country's name, as Chinese names of foreign ministries do, is also returned without it.
    `country`: the country's code.
    """
    plain = _HAN_SUFFIXES.sub("", name)
    forms = [name, plain, _HAN_FIELDS.sub("", plain)]
    own = country_words(country) if country and has_han(name) else ()
    forms += [name.removeprefix(word) for word in own if name.startswith(word)]
    return [form for form in dict.fromkeys(forms) if form == name or len(form) >= _MIN_HAN]


def with_names_in_brackets(names: Iterable[str]) -> set[str]:
    """Return names, and both parts of names with brackets at the end: SoundThinking (ShotSpotter), Quill (formerly Fern).

    A ministry is also returned without the name of its government.
    """
    names = list(names)
    expanded = set(names)
    for name in list(expanded):
        if match := _BRACKETS.match(name):
            expanded |= {match[1].strip(), without_formerly(match[2]) or _NOTE.sub("", match[2]).strip()}
    expanded |= {match[1] for name in names if (match := _ADMINISTRATION.match(name.strip()))}
    return {name for name in expanded if name}
