"""Home pages and their domains as evidence that two bodies of one country are the same."""

from collections.abc import Iterable, Iterator

from overt.resolve.names.country_words import country_words
from overt.resolve.names.institution_word_meanings import institution_words
from overt.resolve.names.name_parser import parse_name
from overt.resolve.names.scripts.non_latin_name_parser import script_in
from overt.resolve.projects.makers_by_name import maker_of
from overt.resolve.same_organizations.organization_clusters_by_country import Body

_LONG = 4
"""Minimum number of letters of a domain's label that is rarely the name of two bodies."""
_LONGEST_HAN_BRAND = 4
"""Maximum number of characters of a Chinese brand."""
_SHORTEST = 3
"""Minimum number of letters of a short name in a domain's label if both bodies have this short name."""
_LONG_NAME = 8
"""Minimum number of letters of a domain's label that consists of the words of a name."""
_LONG_BRAND = 6
"""Minimum number of letters of a brand that rarely belongs to two companies in one country."""


def page_level(left: Body, right: Body) -> str:
    """Return the level of evidence from the home pages of two bodies; empty if there is none.

    - `same`: the bodies share a home page.
    - `domain`: their home pages are on hosts of one domain.
    - `label`: their domains differ only in the ending, and the rest is a short name of one of the bodies, with at least
      four letters: protei.com and protei.ru of Protei.
    - `named`: as `label`, but both are companies, and the short name is the brand of both (`_is_brand_of_both`).

    If only one body has a domain, there is evidence only if both are of one kind. If neither is a private company, the level
    is `named` if the domain's label contains a short name of the other body with at least four letters (`_shorts_in`):
    bndes.gov.br, BNDES.

    If one of them is a private company, the level is `named` if the owner of the domain has no name in Latin letters, and the
    label is the only name of the other body (`_is_only_name`) or contains its brand (`_has_name_alone`): 深网视界 on
    sensenets.com, SenseNets. Otherwise it is `label` if the short name in the label has at least five letters, or if both
    bodies have the short name and it has at least three.
    """
    if left.sites & right.sites:
        return "same"
    if left.domains & right.domains:
        return "domain"
    labels = [left.labels, right.labels]
    common = {label for label in labels[0] & labels[1] & {*left.short, *right.short} if len(label) >= _LONG}
    if common:
        return "named" if any(_is_brand_of_both(label, left, right) for label in common) else "label"
    shared = {short for body, other in ((left, right), (right, left)) for short in _shorts_in(body.labels, other)}
    if not left.groups & right.groups or (labels[0] and labels[1]):
        return ""
    if {"company"} in (left.groups, right.groups):
        if _is_only_name(left, right) or _has_name_alone(left, right):
            return "named"
        are_of_both = any(len(short) >= _SHORTEST and short in left.short and short in right.short for short in shared)
        return "label" if are_of_both or any(len(short) > _LONG for short in shared) else ""
    return "named" if any(len(short) >= _LONG for short in shared) else ""


def _shorts_in(labels: Iterable[str], body: Body) -> Iterator[str]:
    """Yield the short names of a body that are domain labels, alone or with a word for an institution: jict in jictfund."""
    for label in sorted(labels):
        for short in sorted(body.short):
            if label == short or (len(short) >= _LONG and short in label and _is_of_institutions(label, short, body.country)):
                yield short


def _is_of_institutions(label: str, short: str, country: str) -> bool:
    """Return whether a label is a short name with a word for an institution, or with the country's name or code."""
    before, _, behind = label.partition(short)
    word = (before + behind).strip("-")
    if bool(before) == bool(behind):
        return False
    known = institution_words("").senses([word], 0)[1]
    return bool(known) or word == country.casefold() or word in country_words(country)


def _is_brand_of_both(label: str, left: Body, right: Body) -> bool:
    """Return whether a label is the only name of one company, and the only brand in a name of the other.

    False for the name of a known maker, because its subsidiaries have it, too.
    """
    return (
        left.groups == right.groups == {"company"}
        and not maker_of(label)
        and any(
            body.own_names == {label}
            and any(name.unknown == (label,) for key, name in other.full.items() if key in other.own_names)
            for body, other in ((left, right), (right, left))
        )
    )


def _has_name_alone(left: Body, right: Body) -> bool:
    """Return whether the domain label of a company without Latin names is the Latin name of the other body.

    Either the label is the other's brand, alone or after letters from the words before it (szsunwin for Shenzhen Sunwin), and
    the two names agree apart from that brand. Or the label is the other's name of several words, joined (hanwhasystems), and
    that name doesn't match only a part of the company's own name.
    """
    return _has_joined_name(left, right) or any(
        _differ_in_brand(word, key, foreign)
        for body, other in ((left, right), (right, left))
        if not any(key.isascii() for key in body.records)
        for label in sorted(body.labels)
        for key in sorted(other.own_names & other.full.keys())
        for word in other.full[key].unknown
        if len(word) >= _LONG_BRAND and _is_beside_initials(word, label, other.full[key].tokens)
        for foreign in sorted(body.own_names)
    )


def _has_joined_name(left: Body, right: Body) -> bool:
    return any(
        len(label) >= _LONG_NAME and label.removesuffix("s") == key.replace(" ", "").removesuffix("s")
        for body, other in ((left, right), (right, left))
        if not any(key.isascii() for key in body.records)
        for label in body.labels
        for key in other.own_names
        if " " in key and not any(_is_brand_of_longer(key, name) for name in sorted(body.own_names))
    )


def _is_beside_initials(word: str, label: str, tokens: tuple[str, ...]) -> bool:
    """Return whether a label is a word of a name, alone or after letters of the words before it, such as sz for Shenzhen."""
    if not label.endswith(word):
        return False
    letters, before = label.removesuffix(word), "".join(tokens[: tokens.index(word)])
    remaining = iter(before)
    return not letters or (letters[0] == before[:1] and all(letter in remaining for letter in letters))


def _differ_in_brand(brand: str, name: str, foreign: str) -> bool:
    """Return whether only the brands of two names lack a counterpart: `brand`, two to four characters of `foreign`, or both."""
    # Imported here because importing it is slow.
    from overt.resolve.names.cross_script.cross_script_comparison import explain_cross

    if not script_in(foreign):
        return False
    left_over = [words for part, _, words in explain_cross(name, foreign) if part == "unanswered"]
    plain, _, characters = left_over[0].partition(" ~ ") if len(left_over) == 1 else ("", "", "")
    return plain in (brand, "–") and (characters == "–" or 1 < len(characters) <= _LONGEST_HAN_BRAND)


def _is_only_name(left: Body, right: Body) -> bool:
    """Return whether the label of one body's domain is the only name of the other, which may begin with a town.

    The owner of the domain must have no name in Latin letters. False if the label is short or the name of a known maker. False
    also if a longer name of the owner contains it, because the owner may be a subsidiary on its parent's site.
    """
    return any(
        len(label) >= _LONG_BRAND
        and not maker_of(label)
        and {label} == {key.rpartition(" ")[2] for key in other.own_names}  # follows from the next line, but is faster
        and {label} == {*map(_without_place, other.own_names)}
        and not any(_is_brand_of_longer(label, key) for key in sorted(owner.own_names))
        for owner, other in ((left, right), (right, left))
        if not any(key.isascii() for key in owner.records)
        for label in sorted(owner.labels)
    )


def _without_place(key: str) -> str:
    """Return the last word of a two-word name that begins with a town (Beijing Venustech); other names unchanged."""
    from overt.resolve.names.place_name_meanings import gazetteer  # imported here because importing it is slow

    first, _, rest = key.partition(" ")
    return rest if rest and " " not in rest and first in gazetteer().stems else key


def _is_brand_of_longer(brand: str, name: str) -> bool:
    from overt.resolve.names.cross_script.cross_script_comparison import cross_match  # imported here because importing it is slow

    match = cross_match(brand, name)
    return match.is_contained and not match.is_complete


def has_further_brand(left: Body, right: Body) -> bool:
    """Return whether each Latin name of one body has all brand words of a name of the other, and at least one more."""
    brands = [
        [
            frozenset(word.meaning for word in parse_name(key).words if word.kind == "brand")
            for key in sorted(body.own_names)
            if key.isascii()
        ]
        for body in (left, right)
    ]
    return all(brands) and any(
        all(any(shorter and shorter < longer for shorter in ours) for longer in theirs) for ours, theirs in (brands, brands[::-1])
    )


def have_pages_apart(left: Body, right: Body) -> bool:
    """Return whether two bodies that can be companies have home pages on domains whose labels differ."""
    return "company" in left.groups & right.groups and bool(left.labels and right.labels and not left.labels & right.labels)
