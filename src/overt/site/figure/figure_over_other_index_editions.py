"""The same figure computed from other editions of an index. The names of such figures differ only in the year at the end."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from overt.language.first_letter_case import lower_first
from overt.queries.figures import Figure
from overt.release.figures.gap_and_difference_labels import PLACEHOLDER
from overt.site.figure_texts import value_and_unit, writer
from overt.site.site import Site

_EDITION = re.compile(r"(.+)-((?:19|20)\d\d)")


class Edition(NamedTuple):
    """The same figure, computed from another edition of the index."""

    year: str
    value: str
    """The figure's value with its unit, or a variant's value if the answer of the page's figure has only a variant's number."""
    page: str
    own_year: str
    """The year of the edition that the page's figure counts."""
    newer: bool
    """Whether the edition is newer than that of the page's figure."""
    variants: tuple[str, ...] = ()
    """The title and value in this edition of each variant in the answer of the page's figure.

    If `value` is already that of the only such variant, this is only the variant's title.
    """


def other_editions(site: Site, name: str, figures: Iterable[Figure]) -> list[Edition]:
    """Return the other editions of a figure that have a value, the newest first; empty if its name doesn't end in a year."""
    own, every = _EDITION.fullmatch(name), list(figures)
    stored = next((figure for figure in every if figure.name == name), None)
    compared = PLACEHOLDER.findall((stored.definition.get("answer") or "") if stored else "")
    editions = []
    for figure in every if own else ():
        match = _EDITION.fullmatch(figure.name)
        if own and match and match[1] == own[1] and match[2] != own[2] and figure.value is not None:
            value, page = value_and_unit(site.formats, figure), site.url(f"/figure/{figure.name}")
            variants = _variants(site, figure, compared)
            only = next((row for row in figure.variants if [row["name"]] == compared and row["value"] is not None), None)
            if only:
                value = value_and_unit(site.formats, figure._replace(value=only["value"]))
                variants = (lower_first(site.language, site.language.translated(only["title"])),)
            editions.append(Edition(match[2], value, page, own[2], match[2] > own[2], variants))
    return sorted(editions, reverse=True)


def _variants(site: Site, figure: Figure, names: Iterable[str]) -> tuple[str, ...]:
    """Return the title and value of each of a figure's variants with these names, for the middle of a sentence."""
    write = writer(site, figure.unit)
    titles = [
        (site.language.translated(variant["title"]), write(variant["value"]))
        for variant in figure.variants
        if variant["name"] in names and variant["value"] is not None
    ]
    return tuple(
        site.gettext("%(name)s: %(value)s", name=lower_first(site.language, title), value=value) for title, value in titles
    )
