"""Join sentences, clauses and names in the site's language."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from overt.site.site import Site


def join_sentences(site: Site, *parts: Markup | str) -> Markup:
    """Join sentences into one paragraph, with the space that the language puts between them. Empty parts are left out."""
    return escape(site.language.gap).join(part for part in parts if part)


def join_clauses(site: Site, clauses: Sequence[str]) -> str:
    """Join clauses that each have a number: `2 announced and 4 cancelled`. In Chinese, commas separate them."""
    return "，".join(clauses) if site.language.code == "zh" else site.language.join(list(clauses))


def join(site: Site, parts: Iterable[Markup], more: int = 0) -> Markup:
    """Join parts in the site's language: `a, b and c`; with `more`, `a, b and 3 others`."""
    words = [str(part) for part in parts]
    if more:
        words.append(site.ngettext("%(n)s other", "%(n)s others", more))
    return Markup(site.language.join(words))  # noqa: S704 (the parts are markup already)


def such_as(site: Site, count: Markup, names: Sequence[Markup], most: int = 3) -> Markup:
    """Return a count followed by the names or, if there are more than `most`, by examples: `9 platforms, such as X and Y`."""
    if len(names) <= most:
        return site.markup("%(count)s: %(names)s", count=count, names=join(site, names))
    return site.markup("%(count)s, such as %(names)s", count=count, names=join(site, names[:most]))
