"""Figures in words: how their numbers are written, and where their groups lead."""

from typing import Any

from overt.publish.read.database import Row
from overt.publish.read.words import Words
from overt.publish.site import formats
from overt.publish.site.site import address

SHOWN_GROUPS = 30
"""Groups that a page lists; all of them are in the rows."""
_MONEY = ("USD", "EUR", "GBP", "CNY")


def _is_money(unit: str) -> bool:
    return unit.partition("@")[0] in _MONEY


def with_words(figure: Row) -> Row:
    """A figure with its value as a reader wants it: `shown` and `shown_unit` in prose, `exact` to the cent."""
    money = _is_money(figure["unit"])
    value, unit = figure["value"], figure["unit"]
    write = (lambda number: formats.money_short(number, unit)) if money else formats.number
    withheld, absent = _lacking(figure["status"])
    return {
        **figure,
        "withheld": withheld,
        "absent": absent,
        "missing": "source withheld" if withheld else "source not loaded",
        "shown": "" if value is None else write(value),
        "shown_unit": formats.prices(unit) if money else unit,
        "exact": formats.money(value, unit) if money and value is not None else None,
        "plain": "" if value is None else write(value),
        "variants": [
            {**variant, "text": "–" if variant["value"] is None else write(variant["value"])} for variant in figure["variants"]
        ],
        "comparators": [_other(other, write, unit) for other in figure["comparators"]],
    }


def _lacking(status: str) -> tuple[str, str]:
    """The sources that a figure lacks: those that this edition withholds, and those that the release does not have."""
    said = dict(part.partition(": ")[::2] for part in status.split("; "))
    return said.get("source withheld", ""), said.get("source not loaded", "")


def _other(other: dict[str, Any], write: Any, unit: str) -> dict[str, Any]:
    """What somebody else reported: its number with `at least` and the like before it, and ours beside it."""
    bound = other["bound"] if other["bound"] not in (None, "", "exact", "exactly") else ""
    place = other["place_in_document"]
    held = other["unit"] or unit
    theirs = formats.money_short(other["value"], other["unit"]) if _is_money(held) else formats.number(other["value"])
    apart = other["difference"] is None and (other["why"] or "").startswith("not comparable")
    return {
        **other,
        "text": f"{bound} {theirs}".strip(),
        "apart": apart,
        "difference_text": "not comparable" if apart else _difference(other["difference"], write),
        "place": "; ".join(place) if isinstance(place, list) else place,
    }


def _difference(value: float | None, write: Any) -> str:
    if value is None:
        return "–"
    return "0" if not value else f"{'+' if value > 0 else '−'}{write(abs(value))}"


def groups(figure: Row, words: Words) -> list[tuple[str, dict[str, Any]]]:
    """Each grouping, the largest groups first (years in order), with bars and the list that each leads to."""
    money = _is_money(figure["unit"])
    found = []
    for group, held in figure["groups"].items():
        if not held or (len(held) > 1 and figure["measure"] == "count" and max(held.values()) == 1):
            continue  # a group for each row says no more than the rows
        pairs = sorted(held.items(), key=(lambda pair: pair[0]) if group == "year" else lambda pair: (-pair[1], pair[0]))
        most = max(abs(value) for value in held.values()) or 1
        rows = [
            {
                "label": _label(group, name, words),
                "address": _address(group, name),
                "text": formats.money_short(value, figure["unit"]) if money else formats.number(value),
                "exact": formats.cents(value) if money else formats.number(value),
                "share": max(0, value) / most,
            }
            for name, value in (pairs if group == "year" else pairs[:SHOWN_GROUPS])
        ]
        found.append((group, {"rows": rows, "more": len(pairs) - len(rows)}))
    return found


def _label(group: str, name: str, words: Words) -> str:
    vocabulary = {"kind": "project-kinds", "status": "statuses", "role": "roles"}.get(group)
    if vocabulary and name in words.terms[vocabulary]:
        return words.term(vocabulary, name)
    return words.area(name) if group == "country" else name


def _address(group: str, name: str) -> str | None:
    if name == "not known":
        return None
    if group == "country":
        return f"/country/{name}"
    if group == "year":
        return address("/", [], year_from=name, year_to=name)
    return address("/", [(group, name)]) if group in ("kind", "status") else None


def cell(group: str, value: Any, words: Words) -> str:
    """What a row says of a group: one word, or several."""
    held = value if isinstance(value, list) else [value]
    return ", ".join("not known" if one is None else _label(group, str(one), words) for one in held)
