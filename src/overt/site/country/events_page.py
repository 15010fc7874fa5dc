"""The content of the page with a country's events."""

from itertools import groupby
from typing import Any

from overt.queries.labels import Area
from overt.site.country.events import KINDS, CountryEvents
from overt.site.site import Site


def timeline_parts(site: Site, area: Area, when: CountryEvents, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the template variables of the list, such as `years` with their events, `kinds` with counts, and the totals.

    `rows`: events in the order of the list, as `describe_events` returns them.
    """
    return {
        "country": area,
        "years": [
            (entries[0]["year"], at, entries)
            for at, group in groupby(rows, key=lambda row: row["at"])
            if (entries := list(group))
        ],
        "kinds": [(kind, site.gettext(words), when.counts[kind]) for kind, words in KINDS.items() if when.counts[kind]],
        "kind_words": {kind: site.gettext(words) for kind, words in KINDS.items()},
        "dated": len(when.dated),
        "undated": when.undated,
        "of": "",
    }
