"""The sensitivity of a figure in words."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from overt.language.language import N_, NN_
from overt.queries import figures
from overt.queries.database import Reader
from overt.queries.figures import Figure, FigureUnit
from overt.release.figures.figure_serialization import sensitivity_data
from overt.release.figures.gap_and_difference_labels import format_probability
from overt.release.figures.sensitivity import EVERY_ROW, NO_VALUE_WITHOUT
from overt.site.site import Site

LISTED = 8
"""Maximum number of lines of each kind. The API has all of them."""
NAMED = 8
"""Maximum number of units in a line. The API has all of them."""
_KINDS = {
    "source": N_("Without a source"),
    "filter": N_("With another rule"),
    "reading": N_("Without what a rule reads out of texts"),
    "merge": N_("Without joining records"),
}
_UNMOVED = {
    "source": NN_("%(n)s source changes nothing when it is left out", "%(n)s sources change nothing when they are left out"),
    "filter": NN_("%(n)s other rule counts as many", "%(n)s other rules count as many"),
    "reading": NN_("%(n)s reading rule changes nothing", "%(n)s reading rules change nothing"),
    "merge": NN_("%(n)s uncertain join changes nothing", "%(n)s uncertain joins change nothing"),
}
_UNCHANGED = NN_(
    "%(n)s uncertain join changes nothing, because other likely pairs also join the two",
    "%(n)s uncertain joins change nothing, because other likely pairs also join the two",
)
_UNTRIED = NN_("%(n)s more likely join was not left out on its own", "%(n)s more likely joins were not left out on their own")
Write = Callable[[Any], str]


def sensitivity_lines(site: Site, reader: Reader, figure: Figure, write: Write) -> dict[str, Any] | None:
    """Return a figure's sensitivity in words; None if it is unknown.

    `low` and `high`: the range of its value. `kinds`: at most LISTED changes of each kind, with their effects. `unmoved`:
    sentences on what has no effect or was not tried.
    """
    value = None if figure.value is None else Decimal(figure.value)
    sensitivity = sensitivity_data(
        value, [row._asdict() for row in figures.sensitivity(reader, figure.name).get(figure.name, [])]
    )
    if sensitivity is None:
        return None
    items = sensitivity["items"]
    units = named_units(reader, items, ("gone", "come"))
    records = figures.source_records(reader, sorted({item[side] for item in items for side in ("left", "right") if item[side]}))
    titles = {variant["name"]: variant["title"] for variant in figure.variants}
    kinds = []
    for kind, heading in _KINDS.items():
        of_kind = [item for item in items if item["kind"] == kind]
        lines = [
            {
                "item": item["item"],
                "called": _item_label(site, item, titles),
                "sides": [
                    records.get(item[side], {"id": None, "record": item[side]}) for side in ("left", "right") if item[side]
                ],
                "text": None if item["value"] is None else write(item["value"]),
                "difference": signed(item["difference"], write),
                "is_all": item["note"] == NO_VALUE_WITHOUT,
                "share": abs(Decimal(item["difference"])) / value if value and item["difference"] is not None else None,
                "note": site.gettext("no value without it") if item["note"] == NO_VALUE_WITHOUT else site.gettext("not tried"),
                "gone": unit_rows(item["gone"], units),
                "come": unit_rows(item["come"], units),
            }
            for item in of_kind[:LISTED]
        ]
        if lines:
            kinds.append({"of": kind, "heading": site.gettext(heading), "lines": lines, "more": len(of_kind) - len(lines)})
    unmoved = [site.language.ngettext(*_UNMOVED[kind], n) for kind, n in sensitivity["unmoved"].items() if n]
    unmoved += [
        site.language.ngettext(*messages, n)
        for messages, n in ((_UNCHANGED, sensitivity["held"]), (_UNTRIED, sensitivity["untried"]))
        if n
    ]
    return {"low": write(sensitivity["low"]), "high": write(sensitivity["high"]), "kinds": kinds, "unmoved": unmoved}


def _item_label(site: Site, item: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    match item["kind"]:
        case "source":
            return site.foreign(site.title_of(item["item"]), site.language.tag)
        case "filter":
            every = item["item"] == EVERY_ROW
            return site.gettext("Every row that was examined") if every else site.language.translated(titles[item["item"]])
        case "merge" if item["left"] is None:
            return site.gettext("All uncertain joins together")
        case "merge":
            return site.gettext("probability %(number)s", number=format_probability(item["probability"]))
        case _:
            return str(item["item"])


def named_units(reader: Reader, rows: list[dict[str, Any]], fields: tuple[str, ...]) -> dict[str, FigureUnit]:
    """Return the units listed in these fields of the rows, by id. Only the first NAMED units of each list are included."""
    return figures.units(reader, sorted({unit for row in rows for field in fields for unit in row[field][:NAMED]}))


def unit_rows(ids: list[str], units: Mapping[str, FigureUnit]) -> dict[str, Any] | None:
    """Return the number of units (`n`), and those of the first NAMED units that have a page (`rows`); None without units."""
    return (
        {"n": len(ids), "rows": [row for unit in ids[:NAMED] if (row := units.get(unit)) and (row.type or row.country)]}
        if ids
        else None
    )


def signed(number: Any, write: Write) -> str:
    """Return a difference in words with its sign; empty for zero or None."""
    return "" if not number else f"{'+' if number > 0 else '−'}{write(abs(number))}"
