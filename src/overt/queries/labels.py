"""The words of the site: terms and areas of the release, loaded once. The site has them in each of its languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from overt.queries.database import Reader, Row


@dataclass(frozen=True)
class Words:
    """Labels by id; an id that the release does not know stands for itself."""

    terms: dict[str, dict[str, Row]]
    """Vocabulary → term id → its row, in the vocabulary's order."""
    areas: dict[str, Row]
    meta: dict[str, Any]

    def term(self, vocabulary: str, identity: str | None) -> str:
        """A term's label."""
        row = self.terms.get(vocabulary, {}).get(identity or "")
        return str(row["label"]) if row else (identity or "")

    def area(self, code: str | None) -> str:
        """A country's or area's label."""
        row = self.areas.get(code or "")
        return str(row["label"]) if row else (code or "")

    def layer(self, kind: str) -> str | None:
        """The layer of a kind of project."""
        row = self.terms["project-kinds"].get(kind)
        return row["layer"] if row else None

    @property
    def layers(self) -> Sequence[Row]:
        """The layers in their fixed order."""
        return list(self.terms["layers"].values())


def load_words(reader: Reader) -> Words:
    """All labels of the release, and what the site says of it."""
    terms: dict[str, dict[str, Row]] = {}
    for row in reader.rows("labels.terms"):
        terms.setdefault(row["vocabulary"], {})[row["id"]] = row
    areas = {row["code"]: row for row in reader.rows("labels.areas")}
    return Words(terms, areas, {row["key"]: orjson.loads(row["value"]) for row in reader.rows("labels.meta")})
