"""Evidence from former names (ex-ADIE), Chinese names without the seat, and abbreviations in scripts without spaces."""

from collections.abc import Iterator

from overt.resolve.names.abbreviations.syllable_abbreviations import abbreviates_words
from overt.resolve.names.consonant_comparison import consonants
from overt.resolve.names.folding_and_scripts import has_han, latin, script_of
from overt.resolve.names.institution_name_meanings import TranslatedName
from overt.resolve.names.lexicon import lexicon
from overt.resolve.names.name_parser import parse_name
from overt.resolve.names.scripts.non_latin_name_parser import script_in
from overt.resolve.same_organizations.name_agreement import agreement
from overt.resolve.same_organizations.organization_clusters_by_country import OF_OPERATORS, Body

_COMMON_AMONG_OPERATORS = OF_OPERATORS | {"mobile", "internet", "network", "telephone", "cable", "satellite", "data", "service"}
"""Meanings of words that many operators have in their names."""
_UNSPACED = ("han", "hangul", "kana")
_MIN_SEATLESS = 4
_TOWNS = ("市", "省")
_SURE = 0.9
"""Minimum probability (`cross_match`) at which two names in two scripts are certainly the same name."""
_MIN_LETTERS, _MIN_CHARACTERS = 4, 3
"""Minimum length of a former name in letters, and in characters of a script without spaces."""
MIN_HAN = 4
"""Minimum number of Chinese characters of a former name whose sound counts."""


def former_name(left: Body, right: Body) -> str:
    """Return how a former name of one body matches a name or alias of the other; an empty string if none does.

    `same`: they are equal, or the former name is the only specific word in the other's name (KenCell, KenCell Communications).
    `sound`: the former name is the other's name in another script. `short`: it abbreviates the other's name. A former name of
    both bodies doesn't count, because both may be successors of one body.

    For `same`, a former name must have a proper name. It must also have at least four letters, unless it abbreviates a name of
    the other body or is in a script without spaces. An equal name of several words needs no proper name in two cases: it is a
    name of the other, not only an alias (Ethiopian Telecommunications), or a company had it and it has a word that few operators
    have (Smart Mobile).
    """
    levels = {level for body, other in ((left, right), (right, left)) for level in _levels(body, other)}
    return next((level for level in ("same", "sound", "short") if level in levels), "")


def _levels(body: Body, other: Body) -> Iterator[str]:
    for key in sorted(body.former - body.own_names - other.former):
        is_specific = lexicon().has_brand(key) and (len(key) >= _MIN_LETTERS or _is_short_of(key, other))
        if key in other.records and (is_specific or (" " in key and (key in other.own_names or _is_brand_of_words(key, body)))):
            yield "same"
        if is_specific and key in other.cores:
            yield "same"
        if any(shortens(key, name) for name in other.own_names):
            yield "short"
        if lexicon().has_brand(key) and any(_is_in_two_scripts(key, name) for name in other.own_names):
            yield "sound"
        if any(_translates(body.full[key], other.full[name]) for name in other.own_names & other.full.keys() if key in body.full):
            yield "sound"


def _is_brand_of_words(key: str, body: Body) -> bool:
    """Return whether a body is a company, and its name `key` has a word that few operators have, as in Smart Mobile."""
    return body.groups == {"company"} and key in body.full and not body.full[key].words.keys() <= _COMMON_AMONG_OPERATORS


def _translates(former: TranslatedName, name: TranslatedName) -> bool:
    """Return whether a former name with a proper name agrees, word by word, with a name in another script."""
    return (
        former.script != name.script
        and bool(former.unknown and name.unknown and former.words)
        and agreement(former, name) == "equal"
    )


def _is_in_two_scripts(former: str, name: str) -> bool:
    """Return whether a name is certainly a Latin name in another script: 하나로텔레콤, Hanaro Telecom.

    Chinese names of fewer than `MIN_HAN` characters never are, because many brands sound like them. Nor are Chinese names whose
    pinyin has other consonants, because loading the dictionary for a better comparison takes seconds.
    """
    scripts = {script_in(former), script_in(name)}
    if "" not in scripts or len(scripts) != 2:
        return False
    plain, foreign = sorted((former, name), key=lambda text: bool(script_in(text)))
    if "han" in scripts and (len(foreign) < MIN_HAN or consonants(latin(foreign)) != consonants(plain.replace(" ", ""))):
        return False
    from overt.resolve.names.cross_script.cross_script_comparison import cross_match  # imported here because importing it is slow

    match = cross_match(plain, foreign) if latin(plain) else None
    return match is not None and match.is_complete and not match.misses_place and match.probability >= _SURE


def _is_short_of(short: str, body: Body) -> bool:
    return any(abbreviates_words(short, name.tokens) for name in body.full.values()) or script_of(short[0]) in _UNSPACED


def shortens(short: str, name: str) -> bool:
    """Return whether `short` abbreviates a name in a script without spaces; both must be folded.

    For example, 미래부 abbreviates 미래창조과학부 (Ministry of Science, ICT and Future Planning).

    `short` must begin with the first two characters of `name`, end with its last, and have all its characters in the order of
    `name`. False if it has fewer than three characters, or isn't at least two characters shorter than `name`.
    """
    if not _MIN_CHARACTERS <= len(short) < len(name) - 1 or script_of(short[0]) not in _UNSPACED or " " in short + name:
        return False
    remaining = iter(name)
    return short[:2] == name[:2] and short[-1] == name[-1] and all(character in remaining for character in short)


def is_without_seat(left: Body, right: Body) -> bool:
    """Return whether a Chinese name of one body is a legal name of the other without its legal form and the town before it.

    The bodies must also share a brand in Latin letters, because 贵州太极 (Guizhou Taiji) and 太极 (Taiji) may be two firms. If
    both names had a legal form, 旷视科技 (Megvii Technology) and 北京旷视科技 (Beijing Megvii Technology) would be two companies.
    """
    return bool(_latin_brands(left) & _latin_brands(right)) and any(
        _lacks_seat(short, full)
        for body, other in ((left, right), (right, left))
        for short in body.own_names - body.formal.keys()
        for full in other.own_names & other.formal.keys()
    )


def _latin_brands(body: Body) -> set[str]:
    words = {word for key in body.records for word in key.split()}
    return {word for word in words if word.isascii() and len(word) >= _MIN_LETTERS and lexicon().has_brand(word)}


def _lacks_seat(short: str, full: str) -> bool:
    if len(short) < _MIN_SEATLESS or not full.endswith(short) or not has_han(short) or " " in full:
        return False
    from overt.resolve.names.place_name_meanings import gazetteer  # imported here because importing it is slow

    seat = full.removesuffix(short)
    is_town = any(town in gazetteer().senses for town in (seat, seat[:-1] if seat[-1:] in _TOWNS else ""))
    return is_town and any(word.kind == "brand" for word in parse_name(short).words)


def ends(name: str) -> str:
    """Return the first two characters and the last character of a name, which its abbreviations share (`shortens`).

    Return an empty string for a name in a script with spaces, and for a name that is too short.
    """
    is_unspaced = " " not in name and len(name) >= _MIN_CHARACTERS and script_of(name[0]) in _UNSPACED
    return f"{name[:2]}…{name[-1]}" if is_unspaced else ""
