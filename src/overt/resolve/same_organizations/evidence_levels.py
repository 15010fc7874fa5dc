"""Evidence that two organisations of one country are the same, with a level for each kind of evidence.

`models/organizations_of_one_country.yml` has the points for each level.
"""

from itertools import product

from overt.resolve.names.abbreviations.syllable_abbreviations import abbreviates_words
from overt.resolve.names.consonant_comparison import consonants, is_respelled, sound_alike, vowels_alike
from overt.resolve.names.country_words import split_country
from overt.resolve.names.folding_and_scripts import script_of
from overt.resolve.names.institution_name_meanings import TranslatedName
from overt.resolve.names.translated_name_comparison import is_one_language, left_over
from overt.resolve.same_organizations.abbreviation_evidence import abbreviation_level
from overt.resolve.same_organizations.alias_evidence import alias_level
from overt.resolve.same_organizations.former_and_shortened_names import former_name, is_without_seat
from overt.resolve.same_organizations.home_page_evidence import has_further_brand, page_level
from overt.resolve.same_organizations.ministry_portfolios import share_portfolio
from overt.resolve.same_organizations.name_agreement import Agreement, agreement
from overt.resolve.same_organizations.names_across_scripts import across_level
from overt.resolve.same_organizations.organization_clusters_by_country import Body

Evidence = dict[str, str]
"""Kind of evidence → level."""
_MIN_CONSONANTS = 3
_LONGEST_ABBREVIATION = 5
"""Maximum number of letters of a short name that counts as an abbreviation without further evidence."""
_MIN_FIELDS = 2
"""Minimum number of fields in a company's name without a proper name for it to count as a description, which sources translate.
"""
_MAY_DIFFER = frozenset({"company", "state", "bank"})
"""Groups of kinds that sources confuse: one calls a state's operator a company, and another calls it a state body."""
_ORDER: tuple[Agreement, ...] = ("equal", "most", "part", "little")


def evidence_of(left: Body, right: Body) -> Evidence | None:
    """Return the levels of evidence for two bodies of one country; None if they can't be the same body.

    They can't if they are of two kinds that sources don't confuse, such as a university and a ministry, or if `Body.are_two` is
    true.
    """
    apart = bool(left.groups and right.groups and not left.groups & right.groups)
    if (apart and not left.groups | right.groups <= _MAY_DIFFER) or left.are_two(right):
        return None
    evidence = {
        "kind": "other" if apart else "same" if left.groups & right.groups else "",
        "name": "equal" if left.institutes & right.institutes else _name(left, right),
        "abbreviation": abbreviation_level(left, right),
        "alias": alias_level(left, right),
        "brand": _brand(left, right),
        "page": page_level(left, right),
        "former": former_name(left, right),
    }
    if evidence["name"] == "part" and evidence["page"] == "domain" and _is_part(left, right):
        evidence["page"] = ""  # a regional office of a body has its page on the body's domain
    are_companies = left.groups == right.groups == {"company"}
    if evidence["page"] == "same" and are_companies and not evidence["former"] and has_further_brand(left, right):
        evidence["page"] = "domain"  # a firm and its subsidiary on one site: Palantir, Palantir USG
    is_renamed = evidence["former"]
    if evidence["name"] not in ("equal", "most") and _share_portfolio(left, right):
        evidence["portfolio"] = is_renamed = "same"
    # A renaming or a larger portfolio brings a new name and a new abbreviation, so differences in these don't count.
    if is_renamed:
        evidence |= {kind: "" for kind in ("name", "abbreviation") if evidence[kind] == "other"}
    if "portfolio" in evidence:
        evidence["name"] = ""
    # Names count only once: by their words or, if these show little, by the probability that the two are one name in two
    # scripts. A few equal words show little about companies, but more about state bodies, whose names describe what they do.
    if "portfolio" not in evidence and evidence["name"] in (
        ("", "little", "other", "part") if are_companies else ("", "little", "other")
    ):
        evidence["across"] = across_level(left, right)
        if evidence["across"] and evidence["name"] == "part":
            evidence["name"] = ""
    return {kind: level for kind, level in evidence.items() if level}


def _name(left: Body, right: Body) -> str:
    """Return how well the best-matching names of two bodies agree; an empty string if no names count.

    Two aliases are not compared. If any two names contradict each other, `most` becomes `part`, and all other levels except
    `equal` become `other`.

    Names of companies are seldom translated. In two scripts, they count if they are `equal`, share a brand or have none. In one
    script, they count only if they are the same, differ only in the language of the country's name, are descriptions
    (`_are_descriptions`), or have the same brand and the same fields in two languages (`_is_translated_beside_brand`).
    """
    are_companies = left.groups == right.groups == {"company"}
    levels = set()
    for (key, name), (other_key, other_name) in product(left.full.items(), right.full.items()):
        if key not in left.own_names and other_key not in right.own_names:
            continue
        if key == other_key and key in left.own_names & right.own_names:
            levels.add("equal")
            continue
        if are_companies and _differ_in_country_name(name, other_name, left.country):
            levels.add("equal")
            continue
        if are_companies and name.script == other_name.script and not _are_descriptions(name, other_name):
            if key in left.own_names and other_key in right.own_names and _is_translated_beside_brand(name, other_name):
                levels.add("equal")
            continue
        level = agreement(_without_shorts(name, left, right), _without_shorts(other_name, right, left))
        is_name = not are_companies or _shares_brand(name, other_name) or not (name.unknown or other_name.unknown)
        if level == "equal" or is_name:
            levels.add(level)
    best = next((level for level in _ORDER if level in levels), "")
    if "other" in levels:
        return {"equal": "equal", "most": "part"}.get(best, "other")
    return best


def _differ_in_country_name(left: TranslatedName, right: TranslatedName, country: str) -> bool:
    """Return whether two names differ only in the language of the country's name: Brasil Telecom, Brazil Telecom."""
    if left.script != "latin" or right.script != "latin" or not (left.names_country and right.names_country):
        return False
    (rest, own), (other_rest, other_own) = split_country(left.tokens, country), split_country(right.tokens, country)
    return bool(rest and own and other_own and rest == other_rest and own != other_own)


def _are_descriptions(left: TranslatedName, right: TranslatedName) -> bool:
    """Return whether two names in two languages have at least two fields and no proper name: Military Industry and Telecoms.

    State companies have such names, and sources translate them.
    """
    if left.unknown or right.unknown or min(len(left.words), len(right.words)) < _MIN_FIELDS:
        return False
    return not is_one_language(left, right)


def _is_translated_beside_brand(left: TranslatedName, right: TranslatedName) -> bool:
    """Return whether two names have the same brand, and the same fields in two languages: CMC Telecom, Viễn thông CMC."""
    return (
        bool(left.unknown)
        and left.unknown == right.unknown
        and left.words.keys() == right.words.keys()
        and any(left.words[field] != right.words[field] for field in left.words)
        and agreement(left, right) == "equal"
    )


def _is_part(left: Body, right: Body) -> bool:
    """Return whether a name of one body has all words of a name of the other, plus an unknown word such as Tatarstan."""
    for name, other in product(left.full.values(), right.full.values()):
        over = left_over(name, other)
        missing, other_missing = over.left or over.unknown_left, over.right or over.unknown_right
        if bool(missing) != bool(other_missing) and (over.unknown_left or over.unknown_right):
            return True
    return False


def _share_portfolio(left: Body, right: Body) -> bool:
    """Return whether two names, at most one of them an alias, show that a ministry or authority was renamed or enlarged."""
    return any(
        share_portfolio(_without_shorts(name, left, right), _without_shorts(other_name, right, left))
        for (key, name), (other_key, other_name) in product(left.full.items(), right.full.items())
        if key in left.own_names or other_key in right.own_names
    )


def _shares_brand(left: TranslatedName, right: TranslatedName) -> bool:
    return any(sound_alike(left.written[word], right.written[other]) for word in left.unknown for other in right.unknown)


def _without_shorts(name: TranslatedName, own: Body, other: Body) -> TranslatedName:
    """Return a name of `own` without unknown words of one or two letters and without abbreviations, such as CNT and EP.

    A short name of more than `_LONGEST_ABBREVIATION` letters counts as an abbreviation only if it is also a short name of the
    other body, or if it abbreviates this name. Otherwise it is a brand, such as Mobitel.
    """
    for word in name.unknown:
        is_abbreviation = word in own.short and (
            len(word) <= _LONGEST_ABBREVIATION or abbreviates_words(word, _without_word(name.tokens, word))
        )
        if word in other.short or is_abbreviation or len(word) <= 2:
            name = name.without(word)
    return name


def _without_word(words: tuple[str, ...], word: str) -> tuple[str, ...]:
    return tuple(other for other in words if other != word)


def _brand(left: Body, right: Body) -> str:
    """Return how well the brands of two bodies agree; an empty string if they don't.

    - `whole`: the same brand, in two scripts, is the complete name of each body: سدايا, SDAIA.
    - `alike`: the names have the same brand in two scripts, and may contain further words such as “telecom”. The level is
      also `alike` for names of one word in two Latin spellings (O‘zbektelekom, Uzbektelecom), and for two companies if one
      is named without its seat (`is_without_seat`).
    - `short`: as `alike`, but the brand has few consonants and its vowels differ, so the similar sound is weak evidence. If
      such a brand is the complete name of each body, the level is `alike`.
    """
    levels = {
        _brand_level(word, other, is_whole=word in left.brands and other in right.brands)
        for word, other in product(left.cores, right.cores)
        if script_of(word[0]) != script_of(other[0]) and sound_alike(word, other)
    }
    if any(is_respelled(word, other) for word, other in product(left.brands, right.brands)):
        levels.add("alike")
    if left.groups == right.groups == {"company"} and is_without_seat(left, right):
        levels.add("alike")
    return next((level for level in ("whole", "alike", "short") if level in levels), "")


def _brand_level(word: str, other: str, *, is_whole: bool) -> str:
    is_long = min(len(consonants(word)), len(consonants(other))) >= _MIN_CONSONANTS or vowels_alike(word, other)
    if is_whole:
        return "whole" if is_long else "alike"
    return "alike" if is_long else "short"
