"""Sentences on a figure's page: its answer, and how robust the number is."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from overt.language.country_article import with_article
from overt.language.language import N_, NN_
from overt.queries.figures import CitedDocuments, Figure, FigureRow, WellDocumented
from overt.release.figures.gap_and_difference_labels import PLACEHOLDER
from overt.site.figure_texts import writer
from overt.site.sentences.joined_parts import join_sentences
from overt.site.site import Site

_LONG_POWERS = {" bn": " billion", " m": " million"}
_DOCUMENTS = NN_("%(n)s document", "%(n)s documents")
_PUBLISHERS = NN_("%(n)s publisher", "%(n)s publishers")
_CARRYING_SHARE = Decimal("0.8")
"""A number rests on a source if leaving the source out changes the number by more than this share."""
_NAMED = 3
"""If an answer's number leaves out at most this many countries, they are named."""


def answer_text(site: Site, figure: Figure) -> str | None:
    """Return a figure's answer with its numbers.

    None if the figure has no answer or no value, or if a number in the answer is missing.
    """
    sentence = site.language.localized(figure.definition, "answer") if figure.definition.get("answer") else None
    if sentence is None or figure.value is None:
        return None
    numbers = {variant["name"]: variant["value"] for variant in figure.variants} | {"value": figure.value}
    names = PLACEHOLDER.findall(sentence)
    if any(numbers.get(name) is None for name in names):
        return None
    write = writer(site, figure.unit)
    return PLACEHOLDER.sub(lambda match: _in_prose(site, write(numbers[match[1]])), sentence)


def full_value(site: Site, figure: Figure, rows: Sequence[FigureRow]) -> str:
    """Return a sentence with a figure's value and the few countries that the number in its answer leaves out.

    Empty unless the answer has a single number, which is that of a variant, and leaves out one to `_NAMED` countries.
    `rows`: the rows of a figure that counts countries.
    """
    numbers = PLACEHOLDER.findall(figure.definition.get("answer") or "")
    if figure.value is None or "value" in numbers or len(numbers) != 1:
        return ""
    codes = {row.unit_id for row in rows if row.counted and numbers[0] not in row.variants and row.unit_id in site.words.areas}
    if not 0 < len(codes) <= _NAMED:
        return ""
    names = site.language.join([with_article(site.language, site.words.area(code)) for code in sorted(codes)])
    return site.gettext("With %(names)s, it is %(n)s.", names=names, n=writer(site, figure.unit)(figure.value))


def _in_prose(site: Site, number: str) -> str:
    """Return a number as written in a sentence. In English, the word for a large number is spelled out: `$27.1 billion`."""
    if site.language.code != "en":
        return number
    return next((number.removesuffix(short) + long for short, long in _LONG_POWERS.items() if number.endswith(short)), number)


def firmness(
    site: Site,
    rests: Mapping[str, Any] | None,
    *,
    confirmed: bool = False,
    repeated: bool = False,
    own: Mapping[str, CitedDocuments] = {},
    documented: WellDocumented | None = None,
) -> Markup | None:
    """Return sentences on how much the number changes if something is left out; None if `rests` is None.

    If a number rests mostly on one source, its range would be meaningless, so the sentences name the source instead. If it
    rests entirely on that source, they also say that no independent count is on record, unless there is one (`confirmed`) or
    the page says so elsewhere (`repeated`).

    `rests`: the figure's sensitivity, from `sensitivity_lines`. `confirmed`: whether others report a total from other data.
    `repeated`: whether others report a total from the same data. `own`: the documents that our own registers cite for the
    figure's rows, by source. `documented`: how many of the units are documented by at least two separate sources.
    """
    if rests is None:
        return None
    corroborated = _corroborated(site, documented)
    of_sources = [line for kind in rests["kinds"] if kind["of"] == "source" for line in kind["lines"]]
    if all_of_it := next((line for line in of_sources if line["is_all"]), None):
        sentence = join_sentences(site, corroborated, _only_source(site, all_of_it, own))
        if confirmed or repeated:
            return sentence
        return sentence + site.language.gap + site.gettext("No independent count by others is on record.")
    largest = next((line for line in of_sources if line["text"]), None)
    if largest is not None and largest["share"] is not None and largest["share"] > _CARRYING_SHARE:
        if largest["share"] == 1:  # Without the source, the number would be 0, so that isn't worth a sentence.
            return join_sentences(site, corroborated, _only_source(site, largest, own))
        without = N_("Without this source, the number would be %(value)s.")
        if _cited(largest, own):
            without = N_("Without this register, the count would be %(value)s.")
        return join_sentences(site, corroborated, _only_source(site, largest, own), site.markup(without, value=largest["text"]))
    if rests["low"] == rests["high"]:
        return site.markup(
            "It stays at %(value)s whichever source, reading rule or uncertain match we leave out.", value=rests["low"]
        )
    sentence = site.markup(
        "It lies between %(low)s and %(high)s when we leave out one source, one reading rule or uncertain matches.",
        low=rests["low"], high=rests["high"],
    )  # fmt: skip
    if largest is None:
        return sentence
    source = escape(largest["called"])
    return (
        sentence + site.language.gap + site.markup("Without %(source)s, it is %(value)s.", source=source, value=largest["text"])
    )


def _corroborated(site: Site, documented: WellDocumented | None) -> str:
    """Return a sentence on how many units at least two separate sources document; empty if unknown."""
    if documented is None:
        return ""
    write = site.formats.number
    return site.gettext(
        "At least two separate sources document %(n)s of the %(all)s.",
        n=write(documented.well_documented),
        all=write(documented.units),
    )


def _cited(line: Mapping[str, Any], own: Mapping[str, CitedDocuments]) -> CitedDocuments | None:
    """Return the documents that one of our own registers cites; None for any other source, or if it cites none."""
    cited = own.get(line["item"])
    return cited if cited and cited.documents else None


def _only_source(site: Site, line: Mapping[str, Any], own: Mapping[str, CitedDocuments]) -> Markup:
    """Return a sentence saying that a number rests on one source or, for our own register, on the documents that it cites."""
    source, cited = escape(line["called"]), _cited(line, own)
    if cited is None:
        return site.markup("It rests on one source, %(source)s.", source=source)
    documents = site.ngettext(*_DOCUMENTS, cited.documents)
    publishers = site.ngettext(*_PUBLISHERS, cited.publishers)
    return site.markup(
        "The count rests on our own %(source)s, which cites %(documents)s from %(publishers)s for it.",
        source=source, documents=documents, publishers=publishers,
    )  # fmt: skip
