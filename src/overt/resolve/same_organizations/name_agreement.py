"""How well two names of bodies of one country agree, even if they are not exact translations of each other."""

from typing import Literal

from overt.resolve.names.institution_name_meanings import TranslatedName
from overt.resolve.names.translated_name_comparison import AUTHORITIES, FIRMS, contradict, is_one_language, left_over

Agreement = Literal["equal", "most", "part", "little", "other"]
_MINISTRY, _REGULATION = "ministry", "regulation"
_NATIONAL = frozenset({"federal", "national", "royal", "state"})
_PROVINCIAL = frozenset({"province", "region"})
_SIDES = frozenset({"east", "north", "south", "west"})
"""Words that distinguish a place from its neighbour: Mato Grosso, Mato Grosso do Sul."""
_GROUP = "group"
"""The kind of a body that owns other bodies. These often have its name."""


def agreement(left: TranslatedName, right: TranslatedName) -> Agreement:
    """Return how well two names agree, by how many words of each have a counterpart in the other.

    - `other`: the words without a counterpart contradict each other, or one body is a ministry and the other is of another
      kind. If the names are in one language, any words without a counterpart on both sides are a contradiction.
    - `equal`: every word has a counterpart, and there are at least two, counting the country or the kind of body.
    - `most`: at least two words have a counterpart, and at most half as many have none. None of the latter can be a name that
      distinguishes two bodies. One word is enough if the names are in two languages, every word has a counterpart, and both
      bodies are authorities or both are national (`_is_national`).
    - `part`: at least as many words have a counterpart as have none. If the only counterpart is a field of work, either both
      names or neither must have words without a counterpart.
    - `little`: anything else.

    The level is at most `part` if only one body is a group, an academy or the like, if one is a firm and the other an
    authority, or if a point of the compass (south) has no counterpart. In one language, this also applies if only one body is
    national or provincial.
    """
    left, right = _with_regulator(left, right), _with_regulator(right, left)
    over = left_over(left, right)
    has_left, has_right = bool(over.left or over.unknown_left), bool(over.right or over.unknown_right)
    one_language = is_one_language(left, right)
    if contradict(over.left, over.right) or (has_left and has_right and one_language) or _differ_in_rank(left, right):
        return "other"
    missing = max(len(over.left) + len(over.unknown_left), len(over.right) + len(over.unknown_right))
    matched = max(len(left.words) + len(left.unknown), len(right.words) + len(right.unknown)) - missing
    is_one_national = one_language and bool((left.optional ^ right.optional) & _NATIONAL)
    is_one_group = _GROUP in left.meanings ^ right.meanings
    is_one_provincial = one_language and bool((left.meanings ^ right.meanings) & _PROVINCIAL)
    if (
        is_one_national
        or is_one_group
        or (over.left | over.right) & _SIDES
        or is_one_provincial
        or _has_kind_of_its_own(left, right)
        or _has_kind_of_its_own(right, left)
    ):
        return "part" if matched >= max(1, missing) else "little"
    if not missing:
        if matched + _shares_country_or_kind(left, right) >= 2:
            return "equal"
        is_one_kind = bool(AUTHORITIES & left.bodies.keys() and AUTHORITIES & right.bodies.keys())
        are_national = _is_national(left) and _is_national(right)
        if matched and (is_one_kind or are_national) and not one_language:
            return "most"
        return "part" if matched else "little"
    has_proper_name = _have_proper_name_left(over.unknown_left, has_right, over.unknown_right, has_left)
    if matched >= 2 and 2 * missing <= matched and not has_proper_name:
        return "most"
    # They share only a field, and one name has another word without a translation: Polícia Rodoviária Federal, Federal Police.
    shares_proper_name = len(over.unknown_left) < len(left.unknown) or len(over.unknown_right) < len(right.unknown)
    is_narrower = matched == 1 and has_left != has_right and not shares_proper_name
    return "part" if matched >= max(1, missing) and not is_narrower else "little"


def _with_regulator(name: TranslatedName, other: TranslatedName) -> TranslatedName:
    """Return a name with “regulator” as its kind of body, if it has no other kind and the other body is an authority.

    This makes a communications regulator equal to a communications authority. Other names are returned unchanged.
    """
    if name.bodies or _REGULATION not in name.words or _REGULATION in other.words or not other.bodies.keys() & AUTHORITIES:
        return name
    words = {meaning: spelling for meaning, spelling in name.words.items() if meaning != _REGULATION}
    return name._replace(words=words, bodies={"authority": name.words[_REGULATION]})


def _has_kind_of_its_own(name: TranslatedName, other: TranslatedName) -> bool:
    """Return whether a name has a kind of body that the other name lacks and that translators don't confuse with other kinds.

    Kinds of firms count only if the other body is an authority and this one isn't.
    """
    kinds = name.bodies.keys() - other.meanings
    is_firm = bool(kinds & FIRMS and other.bodies.keys() & AUTHORITIES and not name.bodies.keys() & AUTHORITIES)
    return is_firm or bool(kinds - AUTHORITIES - FIRMS - {_MINISTRY})


def _differ_in_rank(left: TranslatedName, right: TranslatedName) -> bool:
    """Return whether one name is that of a ministry, and the other that of a body of another kind."""
    kinds = [set(name.bodies) for name in (left, right)]
    return bool(kinds[0] and kinds[1]) and any(
        _MINISTRY in of and _MINISTRY not in other.meanings for of, other in ((kinds[0], right), (kinds[1], left))
    )


def _is_national(name: TranslatedName) -> bool:
    """Return whether a name is that of a national body, such as the national police. A country has only one of each."""
    return name.names_country or bool(name.optional & _NATIONAL)


def _shares_country_or_kind(left: TranslatedName, right: TranslatedName) -> bool:
    return bool(left.bodies.keys() & right.meanings or (left.names_country and right.names_country))


def _have_proper_name_left(unknown_left: list[str], has_right: bool, unknown_right: list[str], has_left: bool) -> bool:
    """Return whether a word that may be a proper name is left over, without a left-over word that may translate it."""
    if unknown_left and unknown_right:
        return True
    return bool((unknown_left and not has_right) or (unknown_right and not has_left))
