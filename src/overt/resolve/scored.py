"""Pairs that the machine scores: what it holds for one thing beyond equal identifiers and names, and what it only asks about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb
import pyarrow as pa

from overt.model.content import Catalogue
from overt.resolve.edges import Clue
from overt.resolve.pair import Scored, odds_in_bits
from overt.resolve.review.queue import Part


@dataclass(frozen=True)
class Scorer:
    """The models of a catalogue, each read when it is first needed."""

    content: Catalogue
    engine: str = "duckdb"
    """What links organisations (`overt.resolve.linkage.score`)."""

    @cached_property
    def _linkage(self) -> tuple[Any, Any]:
        from overt.resolve.linkage.model import load_model
        from overt.resolve.linkage.words import load_reader

        return load_model(), load_reader(self.content)

    def organizations(
        self,
        connection: duckdb.DuckDBPyConnection,
        clues: Iterable[Clue],
        relations: Sequence[tuple[str, str, str]],
        registered: Mapping[str, str],
        things: Mapping[str, str],
    ) -> list[Scored]:
        """Pairs of organisations by names, countries and identifiers, sorted.

        Chinese names beside Latin ones have a model of their own (`across`). Of the others two models must agree: the linkage
        model, which looks at all pairs, and the one that tells a company from its parent and its sisters, which looks at what
        the first has found; the lower probability counts. `relations`: (from, kind, to) as sources state them; `registered`:
        record → source without duplicates, whose names say who is meant; `things`: record → the cluster that it is in already.
        """
        said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for record, record_type, held, value in clues:
            if record_type == "organization":
                said[record][held].append(value)
        named = {record: held for record, held in said.items() if held["name"] or held["alias"]}
        if len(named) < 2:
            return []
        from overt.resolve.across import across_scripts
        from overt.resolve.linkage.features import RECORDS
        from overt.resolve.linkage.score import score_pairs

        model, reader = self._linkage
        rows = [
            (
                record,
                "organization",
                record.partition(":")[0],
                *_lists(named[record], ("name", "alias"), ("country",), ("identifier",)),
            )
            for record in sorted(named)
        ]
        table = pa.Table.from_arrays(
            [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), RECORDS, strict=True)], schema=RECORDS
        )
        pairs = score_pairs(connection, table, model, reader, engine=self.engine)
        found = _Kin(named, relations, registered).weigh(pairs.to_pylist(), model) if pairs.num_rows else []
        found += across_scripts(named, things, model)
        # A Chinese name in pinyin can be found by both: what knows more of it is likelier.
        likeliest = {pair[:2]: pair for pair in sorted(found, key=lambda held: held.probability)}
        return [likeliest[pair] for pair in sorted(likeliest)]

    def projects(
        self, connection: duckdb.DuckDBPyConnection, claims: str, things: Mapping[str, str], alone: Iterable[str]
    ) -> list[Scored]:
        """Pairs of projects by kind, country, place, dates, participants, amount and name, sorted (`overt.resolve.projects`)."""
        from overt.resolve.projects import candidates, load_model

        model = load_model()
        found = candidates(connection, claims, self.content, things=things, alone=alone, model=model)
        return [
            Scored(
                row["left"],
                row["right"],
                row["probability"],
                (Part("prior", model.prior), *(Part(held["comparison"], held["bits"], held["level"]) for held in row["parts"])),
                row["probability"] >= model.same,
            )
            for row in found.to_pylist()
        ]


class _Kin:
    """How two organisations that were found to be alike stand to each other."""

    def __init__(
        self,
        named: Mapping[str, Mapping[str, list[str]]],
        relations: Sequence[tuple[str, str, str]],
        registered: Mapping[str, str],
    ) -> None:
        from overt.resolve.relations import Classifier, Register
        from overt.resolve.relations.model import load_model

        names = [(record, name) for record in sorted(registered) for name in _named(named.get(record, {}))]
        seats = {record: named[record]["country"][0] for record in registered if record in named and named[record]["country"]}
        self._named = named
        self._known = {*registered, *(record for source, _, target in relations for record in (source, target))}
        self._classifier = Classifier(load_model(), Register(names, (), relations, seats))

    def weigh(self, rows: Sequence[Mapping[str, Any]], linkage: Any) -> list[Scored]:
        """Pairs of the linkage model with what the kinds of relations make of them."""
        sides = [(self._organization(row["left"]), self._organization(row["right"])) for row in rows]
        return [_weighed(row, verdict, linkage) for row, verdict in zip(rows, self._classifier.classify_all(sides), strict=True)]

    def _organization(self, record: str) -> Any:
        from overt.resolve.relations import Organization

        held = self._named[record]
        names = tuple(held["name"] or held["alias"])
        aliases = tuple(held["alias"] if held["name"] else ())
        known = record if record in self._known else None
        return Organization(names, aliases, frozenset(held["country"]), frozenset(held["identifier"]), known)


def _weighed(row: Mapping[str, Any], verdict: Any, linkage: Any) -> Scored:
    one = verdict.probabilities["same"] + verdict.probabilities["renamed"]
    alike: float = row["probability"]
    parts = (
        Part("prior", round(linkage.prior_weight, 3)),
        *(Part(held.name, round(held.weight, 3), held.answer) for held in linkage.answers(row) if held.weight),
        Part("relation", round(min(0.0, odds_in_bits(one) - odds_in_bits(alike)), 3), f"looks like {verdict.label}"),
    )
    same = alike >= linkage.thresholds.same and verdict.is_one
    return Scored(row["left"], row["right"], round(min(alike, one), 6), parts, same)


def _named(held: Mapping[str, list[str]]) -> Iterator[str]:
    yield from held.get("name", ())
    yield from held.get("alias", ())


def _lists(held: Mapping[str, list[str]], *groups: tuple[str, ...]) -> list[list[str]]:
    return [sorted({value for name in group for value in held[name]}) for group in groups]
