"""How far two names of bodies of one country agree, although they are no exact translations of each other."""

from typing import Literal

from overt.resolve.names.translated_names import AUTHORITIES, FIRMS, TranslatedName, is_one_language, left_over

Agreement = Literal["equal", "most", "part", "little", "other"]
_MINISTRY = "ministry"
_NATIONAL = frozenset({"federal", "national", "royal", "state"})
_GROUP = "group"
"""The kind of a body that owns others, which often have its name."""


def agreement(left: TranslatedName, right: TranslatedName) -> Agreement:
    """Return how far two names agree.

    `equal`: every word has a counterpart. `most`: two words have, and at most half as many haven't, none of which can be a name
    that tells two bodies apart; or, in two languages, the only field of both has, and they are of one kind or the country's.
    `part`: as many words have a counterpart as haven't, unless that is one field and only one name has words left; or only one
    body is a group, an academy or the like; or, in one language, only one is national. `other`: words on both sides contradict
    each other, or only one body is a ministry. Otherwise `little`.
    """
    over = left_over(left, right)
    has_left, has_right = bool(over.left or over.unknown_left), bool(over.right or over.unknown_right)
    one_language = is_one_language(left, right)
    if (over.left and over.right) or (has_left and has_right and one_language) or _differ_in_rank(left, right):
        return "other"
    missing = max(len(over.left) + len(over.unknown_left), len(over.right) + len(over.unknown_right))
    matched = max(len(left.words) + len(left.unknown), len(right.words) + len(right.unknown)) - missing
    is_one_national = one_language and bool((left.optional ^ right.optional) & _NATIONAL)
    is_one_group = _GROUP in left.meanings ^ right.meanings
    if is_one_national or is_one_group or _has_kind_of_its_own(left, right) or _has_kind_of_its_own(right, left):
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
    # They share a field only, and nothing can translate the other word: Polícia Rodoviária Federal, Federal Police.
    shares_proper_name = len(over.unknown_left) < len(left.unknown) or len(over.unknown_right) < len(right.unknown)
    is_narrower = matched == 1 and has_left != has_right and not shares_proper_name
    return "part" if matched >= max(1, missing) and not is_narrower else "little"


def _has_kind_of_its_own(name: TranslatedName, other: TranslatedName) -> bool:
    """Return whether a name is of a kind of body that the other name isn't, and that translators don't exchange for others.

    A firm is not an authority.
    """
    kinds = name.bodies.keys() - other.meanings
    is_firm = bool(kinds & FIRMS and other.bodies.keys() & AUTHORITIES and not name.bodies.keys() & AUTHORITIES)
    return is_firm or bool(kinds - AUTHORITIES - FIRMS - {_MINISTRY})


def _differ_in_rank(left: TranslatedName, right: TranslatedName) -> bool:
    """Return whether one name is a ministry's, and the other that of a body of another kind."""
    kinds = [set(name.bodies) for name in (left, right)]
    return bool(kinds[0] and kinds[1]) and any(
        _MINISTRY in of and _MINISTRY not in other.meanings for of, other in ((kinds[0], right), (kinds[1], left))
    )


def _is_national(name: TranslatedName) -> bool:
    """Return whether a name says that a body is the country's, as the police of a state are, of which it has one."""
    return name.names_country or bool(name.optional & _NATIONAL)


def _shares_country_or_kind(left: TranslatedName, right: TranslatedName) -> bool:
    return bool(left.bodies.keys() & right.meanings or (left.names_country and right.names_country))


def _have_proper_name_left(unknown_left: list[str], has_right: bool, unknown_right: list[str], has_left: bool) -> bool:
    """Return whether a word that may be a proper name is left over, and no word of known meaning that may translate it."""
    if unknown_left and unknown_right:
        return True
    return bool((unknown_left and not has_right) or (unknown_right and not has_left))
