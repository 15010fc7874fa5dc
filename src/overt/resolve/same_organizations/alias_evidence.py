"""Aliases as evidence that two bodies of one country are the same."""

from collections.abc import Iterator

from overt.resolve.names.equal_name_keys import GROUP_WORDS
from overt.resolve.names.folding_and_scripts import latin
from overt.resolve.names.lexicon import lexicon
from overt.resolve.same_organizations.organization_clusters_by_country import Body

_MIN_ALIAS = 5
"""Minimum number of letters of an alias that rarely belongs to two bodies of a country."""
_BEGINNING = 5
"""Number of initial letters that two forms of a word have in common: Telekom, Telekomünikasyon."""


def alias_level(left: Body, right: Body) -> str:
    """Return `same` if aliases show that two bodies are the same; otherwise empty.

    Either they share an alias (`_shared_aliases`), or an alias of one company is the name of the other (`_is_formal_alias`) or
    contains an alias of the other (`_is_beside_abbreviation`).
    """
    is_same = any(_shared_aliases(left, right)) or _is_formal_alias(left, right) or _is_beside_abbreviation(left, right)
    return "same" if is_same else ""


def _shared_aliases(left: Body, right: Body) -> Iterator[str]:
    """Yield long aliases of both bodies that have no word in common with a name of either, such as the name of a product.

    Words count as the same if their first five letters agree, after transliteration of the names if needed. Aliases without a
    brand are left out. So is an abbreviation of both, alone or with a word such as “group” (Telkom Group), because
    `abbreviation_level` counts it.
    """
    own = [
        {form[:_BEGINNING] for name in body.own_names for word in name.split() for form in (word, latin(word))}
        for body in (left, right)
    ]
    shorts = left.short.keys() & right.short.keys()
    for key in sorted(left.records.keys() & right.records.keys()):
        if shorts.intersection(key.split()) and (key in shorts or GROUP_WORDS.intersection(key.split())):
            continue
        beginnings = {word[:_BEGINNING] for word in key.split()}
        if len(key) >= _MIN_ALIAS and lexicon().has_brand(key) and not any(beginnings & words for words in own):
            yield key


def _is_beside_abbreviation(left: Body, right: Body) -> bool:
    """Return whether an alias of one company consists of its abbreviation and an alias of the other: SOTELMA-Malitel, Malitel.

    All names of the other company must end in this alias (Moov Africa Malitel). Otherwise, it may be a subsidiary.
    """
    return left.groups == right.groups == {"company"} and any(
        len(brand) >= _MIN_ALIAS
        and short in body.short
        and brand in other.records.keys() - other.own_names
        and lexicon().has_brand(brand)
        and all(name.endswith(f" {brand}") for name in other.own_names)
        for body, other in ((left, right), (right, left))
        for short, _, brand in (alias.partition(" ") for alias in body.records.keys() - body.own_names)
        if " " not in brand
    )


def _is_formal_alias(left: Body, right: Body) -> bool:
    """Return whether the only name of one company is, with a legal form, an alias of the other: Gtel Mobile JSC."""
    return left.groups == right.groups == {"company"} and any(
        len(key) >= _MIN_ALIAS and body.own_names == {key} and key in other.formal and key not in other.own_names | other.former
        for body, other in ((left, right), (right, left))
        for key in body.own_names
    )


def is_alias_of_both(key: str, left: Body, right: Body) -> bool:
    """Return whether `key` is an alias of both bodies but the name of neither.

    It may then be the brand of a group and its subsidiary.
    """
    return key in left.records and key in right.records and key not in left.own_names | right.own_names
