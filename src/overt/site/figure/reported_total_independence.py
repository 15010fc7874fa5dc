"""Who made the data that a figure counts, and whether a total that others report comes from the same maker."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from overt.language.language import N_
from overt.queries import sources
from overt.queries.database import Reader
from overt.queries.figures import Figure
from overt.queries.sources import Source
from overt.site.figure_texts import figure_sources

BY_PUBLISHER = N_("This is the publisher of the data counted here, so it is not a second count.")
CITES_MAKER = N_("It cites the maker of the data counted here, so it is not a second count.")
_BRACKETS = re.compile(r"\s*[(（].*?[)）]")
_CITED_YEAR = re.compile(r"\s*\(?[12]\d{3}\)?$")
_NAME = re.compile(r"[^\W\d_]{4,}")


def data_makers(reader: Reader, figure: Figure) -> list[Source]:
    """Return a figure's sources if all have the same publisher and none is our own register; otherwise an empty list."""
    rows = [row for slug in figure_sources(figure) if (row := sources.find(reader, slug))]
    publishers = {_plain(row.publisher) for row in rows}
    return rows if len(publishers) == 1 and "" not in publishers and not any(row.own for row in rows) else []


def same_maker(makers: Iterable[Source], other: Mapping[str, Any]) -> str | None:
    """Return the message on how a total that others report depends on these sources; None if no dependence is known.

    `other`: the total, with `reported_by` and `cited_for` (whom it cites). A cited maker is recognised by the beginning of the
    publisher's name, or by the name of an author in `attribution`.
    """
    cited = _CITED_YEAR.sub("", other["cited_for"] or "").strip()
    for maker in makers:
        if _plain(maker.publisher) == _plain(other["reported_by"]):
            return BY_PUBLISHER
        if cited and (_plain(maker.publisher).startswith(cited.casefold()) or cited in _authors(maker.attribution)):
            return CITES_MAKER
    return None


def _plain(name: str | None) -> str:
    return _BRACKETS.sub("", name or "").strip().casefold()


def _authors(attribution: str | None) -> Sequence[str]:
    """Return the words of at least four letters before the first comma of an attribution, which usually name the authors."""
    return _NAME.findall((attribution or "").partition(",")[0])
