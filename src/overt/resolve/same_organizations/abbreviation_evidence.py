"""Abbreviations as evidence that two bodies of one country are the same, or different."""

from itertools import product

from overt.resolve.names.abbreviations.abbreviations_without_parsing import plain_initials
from overt.resolve.names.abbreviations.syllable_abbreviations import abbreviates_words
from overt.resolve.names.abbreviations.translated_abbreviations import abbreviates_by_syllables
from overt.resolve.names.country_words import country_words
from overt.resolve.names.institution_name_meanings import TranslatedName
from overt.resolve.names.translated_name_comparison import is_one_language
from overt.resolve.same_organizations.organization_clusters_by_country import Body

_SHORTEST = 3
"""Minimum number of letters of an abbreviation. Shorter abbreviations are ignored."""
_LONG = 4
"""Minimum number of letters of an abbreviation that rarely belongs to two bodies of one country."""


def abbreviation_level(left: Body, right: Body) -> str:
    """Return what the abbreviations of two bodies show; an empty string if they show nothing.

    - `same`: they share an abbreviation. If it is also a word of their names, such as the brand of a group, it counts only if
      a name also contains the words that it abbreviates. If they share nothing else, the result is empty.
    - `long`: they share an abbreviation of at least four letters. Also, either neither body is a company, or the abbreviation
      is the only name of one body, or it is a name of one body and abbreviates a name of the other.
    - `other`: each has an abbreviation of its own name, and the two names are in the same language.
    - `initials`: both are of one kind, but not companies. Either an abbreviation of one, with at least four letters, is the
      initials of a name of the other, or it consists of the beginnings of words that translate such a name
      (`abbreviates_by_syllables`). The level is also `initials` for two companies that don't both have a home page, if the
      only name of one is the initials of a name of the other that contains the country's name.
    - `fits`: an abbreviation of one fits a name of the other.
    """
    words = {word for body in (left, right) for name in body.full.values() for word in name.tokens}
    shared = {short for short in left.short.keys() & right.short.keys() if len(short) >= _SHORTEST}
    shared |= {short for body, other in ((left, right), (right, left)) for short in body.short if _is_own_short(short, other)}
    shared = {short for short in shared if short not in words or _is_own_short(short, left) or _is_own_short(short, right)}
    if shared:
        are_state = "company" not in left.groups | right.groups
        if any(len(short) >= _LONG and _is_name_by_itself(short, left, right) for short in shared):
            return "long"
        return "long" if are_state and max(map(len, shared)) >= _LONG else "same"
    if words & left.short.keys() & right.short.keys():
        return ""  # the shared word is the brand of a group
    own = [
        [(short, name) for short in body.short for name in body.full.values() if is_short_of(short, name, body)]
        for body in (left, right)
    ]
    if any(is_one_language(name, other) for (_, name), (_, other) in product(*own)):
        return "other"
    are_of_one_kind = left.groups & right.groups and "company" not in left.groups | right.groups
    if are_of_one_kind and (_has_initials(left, right) or _has_syllables(left, right)):
        return "initials"
    if "company" in left.groups & right.groups and _are_initials_with_country(left, right):
        return "initials"
    if any(_fits(short, name) for short in left.short for name in right.full.values()) or any(
        _fits(short, name) for short in right.short for name in left.full.values()
    ):
        return "fits"
    return ""


def _is_name_by_itself(short: str, left: Body, right: Body) -> bool:
    """Return whether an abbreviation is the only name of a body, or is one of its names and abbreviates a name of the other.

    It may leave out the country's name: Onatel, Office National des Télécommunications du Burkina.
    """
    return any(
        {short} == body.own_names
        or (
            short in body.own_names
            and any(
                abbreviates_words(short, tuple(word for word in name.tokens if word not in country_words(other.country)))
                for key, name in other.full.items()
                if key in other.own_names
            )
        )
        for body, other in ((left, right), (right, left))
    )


def is_short_of(short: str, name: TranslatedName, body: Body) -> bool:
    """Return whether letters abbreviate a name of a body, perhaps with its legal form: CEC, China Electronics Corporation."""
    return _fits(short, name) or (short in body.initials and name.names_country and short[0] == name.tokens[0][0])


def _fits(short: str, name: TranslatedName) -> bool:
    return len(short) >= _SHORTEST and (abbreviates_words(short, name.tokens) or short in plain_initials(" ".join(name.tokens)))


def _has_initials(left: Body, right: Body) -> bool:
    return any(
        len(short) >= _LONG and short == "".join(word[0] for word in name.tokens)
        for body, other in ((left, right), (right, left))
        for short in body.short
        for key, name in other.full.items()
        if key in other.own_names and name.script == "latin"
    )


def _has_syllables(left: Body, right: Body) -> bool:
    """Return whether an abbreviation of one body consists of the beginnings of words that translate a name of the other."""
    return any(
        abbreviates_by_syllables(short, name, other.country)
        for body, other in ((left, right), (right, left))
        for short in body.short
        for key, name in other.full.items()
        if key in other.own_names
    )


def _are_initials_with_country(left: Body, right: Body) -> bool:
    """Return whether a company's only name (TTCL) is the initials of the other's name, which contains the country's name.

    False if both have home pages, because the letters may then belong to two companies. Three letters count only if both have
    the same legal form: TNM Plc.
    """
    return not (left.sites and right.sites) and any(
        len(short) >= (_SHORTEST if left.form_words & right.form_words else _LONG)
        for body, other in ((left, right), (right, left))
        for short in body.own_names & other.initials
        if body.own_names == {short} and not other.short.keys() - {short}
    )


def _is_own_short(short: str, body: Body) -> bool:
    """Return whether a name contains the abbreviation of its other words: Corporación Nacional de Telecomunicaciones CNT."""
    return any(
        short in name.tokens and short in "".join(word[0] for word in name.tokens if word != short)
        for name in body.full.values()
        if len(short) >= _SHORTEST
    )
