"""Totals that others report for a figure, and sentences on how ours differs from them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from overt.language.language import N_
from overt.queries.sources import Source
from overt.site.figure.reported_total_independence import BY_PUBLISHER, same_maker
from overt.site.site import Site

_HIGHER, _LOWER, _EQUAL = (
    N_("Ours is %(difference)s higher"),
    N_("Ours is %(difference)s lower"),
    N_("Ours is the same"),
)
_MAX_PARTS = 3


class Statement(NamedTuple):
    """A total that someone else reports, and how ours differs from it."""

    other: Mapping[str, Any]
    """The reported total, as `figure_texts.with_words` returns it."""
    difference: str
    """A sentence on how our value differs, with the main parts of the difference; empty if the two can't be compared, or if
    `comparable` compares them.
    """
    parts: Mapping[str, Any] | None
    """The parts of the difference, as `difference_parts` returns them, for a table; None if nothing explains it."""
    dependence: str = ""
    """A sentence on how the total depends on the data that the figure counts; empty if no dependence is known."""
    by_publisher: bool = False
    """Whether the total is reported by the publisher of the data that the figure counts."""
    comparable: str = ""
    """A sentence with our own number, counted the way the reporter counts; empty if no variant counts that way."""


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
    """Return a sentence with the number of our variant that counts the way the reporter does; empty if there is none."""
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
    """Group the reported totals that only repeat the count of the same data. Return pairs of a number and its statements."""
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
