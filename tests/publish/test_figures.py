"""Figures of releases that older code made."""

import json

from overt.publish.read import figures
from overt.publish.read.database import Reader, Row
from overt.publish.site.figure_words import with_words
from overt.publish.site.site import Site


class OldReader(Reader):
    """Answers as if the release had been made before comparators bore a unit or a note."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def rows(self, name: str, values: object = (), **parts: str) -> list[Row]:
        found = self._reader.rows(name, values, **parts)  # type: ignore[arg-type]
        return [{**row, "comparators": json.dumps([{"value": 63, "difference": -49}])} for row in found]


def test_what_an_older_release_lacks_is_not_missed(reader: Reader, site: Site) -> None:
    for figure in figures.every(OldReader(reader)):
        (other,) = with_words(site, figure)["comparators"]
        assert other["text"].endswith("63")
        assert other["reported_by"] is None
