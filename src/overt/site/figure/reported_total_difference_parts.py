"""The parts of a figure's difference from a reported total, in words."""

from collections.abc import Mapping
from typing import Any

from overt.queries.database import Reader
from overt.queries.figures import Figure
from overt.release.figures.gap_and_difference_labels import PART_KINDS, PART_REASONS
from overt.site.figure.sensitivity_texts import Write, named_units, signed, unit_rows
from overt.site.site import Site


def difference_parts(site: Site, reader: Reader, figure: Figure, write: Write) -> list[dict[str, Any]]:
    """Return the parts of each difference from a reported total. Differences without an explained part are left out.

    The parts of a difference add up to it.
    """
    comparators = [other for other in figure.comparators if other.get("parts")]
    units = named_units(reader, [part for other in comparators for part in other["parts"]], ("units",))
    titles = {
        outside["title"]: outside.get("title_zh")
        for other in figure.definition["comparators"]
        for outside in other.get("outside", ())
    }
    return [
        {
            "other": other,
            "difference": signed(other["difference"], write) or "0",
            "lines": [
                {
                    "kind": _capitalized(site, PART_KINDS[part["kind"]]),
                    "amount": signed(part["amount"], write) or "0",
                    "why": _why(site, part, titles),
                    "units": unit_rows(part["units"], units),
                }
                for part in other["parts"]
                if part["amount"] or part["kind"] == "not known"
            ],
        }
        for other in comparators
        if any(part["amount"] for part in other["parts"] if part["kind"] != "not known")
    ]


def _why(site: Site, part: Mapping[str, Any], titles: Mapping[str, str | None]) -> str:
    if part["reason"] in (None, "sourced") or part["title"]:
        text = part["title"] or part["why"] or ""
        return (titles.get(text) if site.language.code == "zh" else None) or text
    message = PART_REASONS[part["reason"]]
    return site.gettext(message)


def _capitalized(site: Site, message: str) -> str:
    text = site.gettext(message)
    return text[:1].upper() + text[1:]
