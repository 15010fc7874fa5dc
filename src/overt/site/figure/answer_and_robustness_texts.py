"""Sentences on a figure's page: its answer, how it differs from what others report, and how robust the number is."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from overt.language.country_article import with_article
from overt.language.language import N_, NN_
from overt.queries.figures import CitedDocuments, Figure, FigureRow, WellDocumented
from overt.queries.sources import Source
from overt.release.figures.figure_wording import PLACEHOLDER
from overt.site.figure.data_makers import BY_PUBLISHER, same_maker
from overt.site.figure_texts import writer
from overt.site.sentences.joined_parts import join_sentences
from overt.site.site import Site

_LONG_POWERS = {" bn": " billion", " m": " million"}
_HIGHER, _LOWER, _EQUAL = (
    N_("Ours is %(difference)s higher"),
    N_("Ours is %(difference)s lower"),
    N_("Ours is the same"),
)
_DOCUMENTS = NN_("%(n)s document", "%(n)s documents")
_PUBLISHERS = NN_("%(n)s publisher", "%(n)s publishers")
_CARRYING_SHARE = Decimal("0.8")
"""A number rests on a source if leaving the source out changes the number by more than this share."""
_MAX_PARTS = 3
_NAMED = 3
"""If an answer's number leaves out at most this many countries, they are named."""


class Statement(NamedTuple):
    """A total that someone else reports, and how ours differs from it."""

    other: Mapping[str, Any]
    """The reported total, as `figure_texts.with_words` returns it."""
    difference: str
    """How our value differs, and by which parts; empty if the two can't be compared."""
    parts: Mapping[str, Any] | None
    """The parts of the difference, as `difference_parts` returns them, for a table; None if nothing explains it."""
    dependence: str = ""
    """A sentence on how the total depends on the data that the figure counts; empty if it isn't known to."""
    by_publisher: bool = False
    """Whether the publisher of that data reports it."""
    comparable: str = ""
    """A sentence with our own number, counted the way the reporter counts; empty if no variant counts that way."""


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
    """Return a sentence with a figure's own number and the few countries that the number in its answer leaves out.

    Empty unless that number is a variant's and the only number in the answer. `rows`: the rows of a figure that counts
    countries.
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
    """Return a number as written in a sentence: in English, with the unit of a large number in full, as in `$27.1 billion`."""
    if site.language.code != "en":
        return number
    return next((number.removesuffix(short) + long for short, long in _LONG_POWERS.items() if number.endswith(short)), number)


def statements(
    site: Site, figure: Mapping[str, Any], parts: Sequence[Mapping[str, Any]], makers: Sequence[Source] = ()
) -> list[Statement]:
    """Return the totals that others report, each with a sentence on how ours differs.

    `figure`: from `with_words`. `parts`: from `difference_parts`. `makers`: from `data_makers`.
    """
    parts_of = {part["other"]["id"]: part for part in parts}
    rows = []
    for other in figure["comparators"]:
        dependence, part = same_maker(makers, other) if makers else None, parts_of.get(other["id"])
        words = site.gettext(dependence) if dependence else ""
        comparable = _comparable(site, figure, other)
        difference = "" if comparable else _difference(site, other, part)
        rows.append(Statement(other, difference, part, words, dependence == BY_PUBLISHER, comparable))
    return rows


def _comparable(site: Site, figure: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Return a sentence with the number of our variant that is comparable with a reported total; empty without one."""
    comparators = figure.get("definition", {}).get("comparators", ())
    names = {row["variant"] for row in comparators if row.get("variant") and row["measure"] == other.get("measure")}
    variant = next((row for row in figure.get("variants", ()) if row["name"] in names), None)
    if variant is None or variant["value"] is None:
        return ""
    title = site.language.translated(variant["title"])
    if site.language.code == "en":
        title = title[:1].lower() + title[1:]
    return site.gettext("Counted that way (%(rule)s), ours is %(number)s.", rule=title, number=variant["text"])


def repeated_counts(rows: Sequence[Statement]) -> list[tuple[str, list[Statement]]]:
    """Return the reported totals that only repeat the count of the same data, by their number, as `(text, statements)`."""
    repeated: dict[str, list[Statement]] = {}
    for row in rows:
        if row.dependence:
            repeated.setdefault(row.other["number"], []).append(row)
    return list(repeated.items())


def _difference(site: Site, other: Mapping[str, Any], parts: Mapping[str, Any] | None) -> str:
    difference = other["difference"]
    if other["apart"] or difference is None:
        return ""
    if not difference:
        first = site.gettext(_EQUAL)
    else:
        first = site.gettext(_HIGHER if difference > 0 else _LOWER, difference=other["difference_text"].lstrip("+−"))
    lines = [line for line in parts["lines"] if line["amount"] != "0"] if parts else []
    if not lines:
        return site.gettext("%(difference)s.", difference=first)
    listed = site.gettext("; ").join(
        f"{line['amount']} {line['kind'][:1].lower()}{line['kind'][1:]}" for line in lines[:_MAX_PARTS]
    )
    if len(lines) > _MAX_PARTS:
        listed += site.gettext(" and %(n)s more", n=len(lines) - _MAX_PARTS)
    return site.gettext("%(difference)s: %(parts)s.", difference=first, parts=listed)


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

    If a number rests mostly on one source, its range would be meaningless, so the source is named instead. If it rests entirely
    on that source, the sentences also say that no independent count is on record, unless one is (`confirmed`) or the page
    already says so (`repeated`).

    `rests`: the figure's sensitivity, from `sensitivity_lines`. `confirmed`: whether others report a total from other data.
    `repeated`: whether others report a total from the same data. `own`: the documents that our own registers cite for the
    figure's rows, by source. `documented`: how many of its units at least two separate sources document.
    """
    corroborated = _corroborated(site, documented)
    if rests is None:
        return None
    of_sources = [line for kind in rests["kinds"] if kind["of"] == "source" for line in kind["lines"]]
    if all_of_it := next((line for line in of_sources if line["is_all"]), None):
        sentence = join_sentences(site, corroborated, _only_source(site, all_of_it, own))
        if confirmed:
            return sentence
        if repeated:
            return sentence
        return sentence + site.language.gap + site.gettext("No independent count by others is on record.")
    largest = next((line for line in of_sources if line["text"]), None)
    if largest is not None and largest["share"] is not None and largest["share"] > _CARRYING_SHARE:
        if largest["share"] == 1:  # Without its only source, a count is zero, which says nothing.
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
    """Return a sentence on how many units would remain if only well-documented projects counted; empty if unknown.

    At least two separate sources must document such a project.
    """
    if documented is None:
        return ""
    write = site.formats.number
    return site.gettext(
        "At least two separate sources document %(n)s of the %(all)s.",
        n=write(documented.well_documented),
        all=write(documented.units),
    )


def _cited(line: Mapping[str, Any], own: Mapping[str, CitedDocuments]) -> CitedDocuments | None:
    """Return the documents that a source cites, if it is a register of ours that cites any."""
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
