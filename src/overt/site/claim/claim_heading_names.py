"""Names in the heading of a claim. Companies appear under their everyday names."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from overt.model.geography.country_name_lookup import CountryNames
from overt.queries.rows.records import Claim, Record
from overt.release.source_independence.publisher_names import is_area
from overt.site.claim.document_publisher_kinds import brand
from overt.site.sentences.linked_record_and_company_names import short_name, text_link
from overt.site.site import Site

_WORDS = re.compile(r"\w+")
_CODE = re.compile(r"(?:[A-Z]{2,}|\d+)$")
_COLON = re.compile(r"[:：]")
_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]$")
_TAG_EXCEPT_BDI = re.compile(r"<(?!/?bdi\b)[^>]*>")


def without_links(heading: Markup) -> Markup:
    """Return a heading without links and styles. Names and values keep their `bdi` elements, which give their language."""
    return Markup(_TAG_EXCEPT_BDI.sub("", heading))  # noqa: S704 (the heading's names and values are escaped)


class Named(NamedTuple):
    """A record to which a claim, or the record of the claim, refers. `written` is its name in the source."""

    id: str
    kind: str | None
    label: str | None
    label_lang: str | None
    label_zh: str | None
    written: str | None


def everyday_name(name: str, written: str | None) -> str:
    """Return an organisation's name without its legal form.

    If the name in the source (`written`) is the beginning of this name, return that: `Huawei` for `Huawei Technologies Co.,
    Ltd.`
    """
    short = short_name(name)
    return written if written and f"{short} ".startswith(f"{written} ") else short


def named(claim: Claim, record: Record | None, property_: str) -> Named | None:
    """Return the record that is the value of a property.

    If the claim states the property, this is the value in the claim. Otherwise, it is the value that the claim's record has, or
    None.
    """
    fact = record.fact(property_) if record else None
    if claim.property == property_ and claim.target and claim.target_type:
        written = next((place.excerpt for place in claim.places), None)
        return Named(claim.target, claim.target_type, claim.target_label, claim.target_lang, claim.target_zh, written)
    return Named(fact.value, fact.kind, fact.label, fact.label_lang, fact.label_zh, fact.excerpt) if fact and fact.kind else None


def short_link(site: Site, target: Named | None) -> Markup:
    """Return a record's name as a link to its page. Names of organisations have no legal form.

    If `target` is None, return “a record without a name”.
    """
    if target is None:
        return Markup(site.language.markup("a record without a name"))  # noqa: S704 (a message of the catalogue)
    text = site.called(target)
    lang = target.label_lang if text == target.label else site.language.code
    words = everyday_name(text, target.written) if target.kind == "organization" else text
    return text_link(site.record_url(target.kind, target.id), site.foreign(words, lang))


def names_organization(project: Named | None, organization: Named | None) -> bool:
    """Return whether the name of a project, in either language, contains the brand of an organisation.

    A heading with both names would then be repetitive.
    """
    if project is None or organization is None:
        return False
    titles = [_letters_and_digits(title) for title in (project.label, project.label_zh) if title]
    brands = [
        word for name in (organization.label, organization.label_zh, organization.written) if name and (word := brand(name))
    ]
    return any(word in title for title in titles for word in brands)


def shares_name(project: Named, organization: Named) -> bool:
    """Return whether the names of a project and an organisation share two consecutive words.

    One of these two words must be in capitals or a number. Readers could then confuse a system with the body that runs it, as
    with ECU 911.
    """
    pairs = [
        {
            pair
            for name in (row.label, row.label_zh)
            if name
            for pair in pairwise(_WORDS.findall(name))
            if any(map(_CODE.match, pair))
        }
        for row in (project, organization)
    ]
    return bool(pairs[0] & pairs[1])


def without_brackets(project: Named) -> Named:
    """Return a project without the brackets at the end of its names: `Cameras (Huawei)` becomes `Cameras`."""
    label, label_zh = (_BRACKETS.sub("", name) if name else name for name in (project.label, project.label_zh))
    return project._replace(label=label, label_zh=label_zh)


def without_organization(project: Named, organization: Named, countries: CountryNames | None) -> Named:
    """Remove the organisation from the beginning of a project's names, along with a country before it.

    `Turkey: Aselsan body cameras` becomes `body cameras`, and `Vendor's database for Peru` becomes `database for Peru`. A name
    stays unchanged if it doesn't begin with the organisation, or if only one word would be left.
    """
    names = {
        name
        for label in (organization.label, organization.label_zh, organization.written)
        if label
        for name in (label, short_name(label))
    }
    label, label_zh = (
        _without_beginning(title, names, countries) if title else title for title in (project.label, project.label_zh)
    )
    return project._replace(label=label, label_zh=label_zh)


def _without_beginning(title: str, names: Iterable[str], countries: CountryNames | None) -> str:
    place, *after = (part.strip() for part in _COLON.split(title, maxsplit=1))
    rest = after[0] if after and countries and is_area(countries, place) else title
    for name in sorted(names, key=len, reverse=True):
        if match := re.match(rf"{re.escape(name)}(?:['’]s?\b)?(?:\s+|的|(?=[\u4e00-\u9fff]))", rest, re.IGNORECASE):
            shorter = rest[match.end() :]
            return shorter if len(shorter.split()) > 1 or not shorter.isascii() else title
    return title


def _letters_and_digits(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
