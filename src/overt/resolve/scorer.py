"""Pairs that the machine scores: what it holds for one thing beyond equal identifiers and names, and what it only asks about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from overt.model.content import Catalogue
from overt.resolve.names.folding import has_han
from overt.resolve.review.review_queue import Part
from overt.resolve.scored_pair import Scored, odds_in_bits
from overt.resolve.shared_keys import FORMER, Clue

if TYPE_CHECKING:
    from overt.resolve.relations import Register

Said = dict[str, dict[str, list[str]]]
"""Organisation → property → values"""


def said_of(clues: Iterable[Clue]) -> Said:
    """What is said of organisations."""
    said: Said = defaultdict(lambda: defaultdict(list))
    for record, record_type, held, value in clues:
        if record_type == "organization":
            said[record][held].append(value)
    return said


def register_of(named: Said, relations: Iterable[tuple[str, str, str]], registered: Iterable[str]) -> "Register":
    """The register by which a name is known to mean somebody, out of the names and seats of the records that are `registered` by
    a source without duplicates; `relations` (from, kind, to) are those of every source. A former name is one that is said to
    have ended and that the record does not bear officially.
    """
    from overt.resolve.relations import Register

    held = {record: named[record] for record in sorted(registered) if record in named}
    names = [(record, name) for record, said in held.items() for name in (*said["name"], *said["alias"])]
    former = [(record, name) for record, said in held.items() for name in said[FORMER] if name not in said["name"]]
    return Register(names, former, relations, {record: said["country"][0] for record, said in held.items() if said["country"]})


@dataclass(frozen=True)
class Scorer:
    """The models of a catalogue, each read when it is first needed."""

    content: Catalogue
    engine: str = "duckdb"
    """What links organisations (`overt.resolve.linkage.candidate_pairs`)."""
    asked: tuple[str, str] | None = None
    """The one pair that is scored, instead of all that are found; whether or not anything brings it together."""
    settled: Mapping[str, str] = field(default_factory=dict)
    """Organisation → its cluster, so that a pair of projects that is asked for needs no organisation scored before it."""

    @cached_property
    def _linkage(self) -> tuple[Any, Any]:
        from overt.resolve.linkage.linkage_model import load_model
        from overt.resolve.linkage.name_reader import load_reader

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
        said = said_of(clues)
        named = {record: held for record, held in said.items() if held["name"] or held["alias"]}
        asked = self.asked
        if len(named) < 2 or (asked and not named.keys() >= set(asked)):
            return []
        from overt.resolve.cross_script import across_asked, across_scripts

        model = self._linkage[0].among(len(named))
        alike = self._alike(connection, named, model, asked)
        # What equal names or people have brought together needs no likeness.
        apart = [row for row in alike if asked or things[row["left"]] != things[row["right"]]]
        found = _Kin(named, relations, registered).weigh(apart, model)
        if asked:
            found += across_asked(
                named, things, model, asked, alone=not any(held.probability >= model.thresholds.review for held in found)
            )
        else:
            found += across_scripts(named, things, model)
        # A Chinese name in pinyin can be found by both: what knows more of it is likelier.
        likeliest: dict[tuple[str, str], Scored] = {}
        for pair in sorted(found, key=lambda held: held.probability):
            before = likeliest.get((pair.left, pair.right), pair)
            kin = pair.kin or before.kin
            # Of very many pairs only what can become a relation is kept.
            kept = asked or (kin is not None and kin.relation(pair.left, pair.right) is not None)
            likeliest[pair.left, pair.right] = pair._replace(kin=kin if kept else None)
        return [likeliest[key] for key in sorted(likeliest)]

    def _alike(
        self, connection: duckdb.DuckDBPyConnection, named: Said, model: Any, asked: tuple[str, str] | None
    ) -> Sequence[Mapping[str, Any]]:
        """What the linkage model says of every pair that it finds, or of the pair that is asked for."""
        from overt.resolve.linkage.candidate_pairs import score_asked, score_pairs
        from overt.resolve.linkage.features import RECORDS

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
        if asked:
            wanted = pa.table({"left": [min(asked)], "right": [max(asked)]})
            return score_asked(connection, table, wanted, model, self._linkage[1]).to_pylist()
        return score_pairs(connection, table, model, self._linkage[1], engine=self.engine).to_pylist()

    def projects(
        self, connection: duckdb.DuckDBPyConnection, claims: str, things: Mapping[str, str], alone: Iterable[str]
    ) -> list[Scored]:
        """Pairs of projects by kind, country, place, dates, participants, amount and name, sorted (`overt.resolve.projects`)."""
        from overt.resolve import projects

        model = projects.load_model()
        if self.asked:
            left, right = sorted(self.asked)
            known = {**things, **self.settled}
            answer = projects.explain(connection, claims, self.content, (left, right), things=known, model=model)
            return [_of_projects(left, right, *answer, model)] if answer else []
        found = projects.candidates(connection, claims, self.content, things=things, alone=alone, model=model)
        return [_of_projects(row["left"], row["right"], row["probability"], row["parts"], model) for row in found.to_pylist()]


def _of_projects(left: str, right: str, probability: float, parts: Iterable[Mapping[str, Any]], model: Any) -> Scored:
    said = (Part(held["comparison"], held["bits"], held["level"]) for held in parts if held["bits"])
    return Scored(left, right, probability, (Part("prior", model.prior), *said), probability >= model.same)


class _Kin:
    """How two organisations that were found to be alike stand to each other."""

    def __init__(
        self,
        named: Said,
        relations: Sequence[tuple[str, str, str]],
        registered: Mapping[str, str],
    ) -> None:
        from overt.resolve.relations import Classifier
        from overt.resolve.relations.relation_model import load_model

        self._named = named
        self._known = {*registered, *(record for source, _, target in relations for record in (source, target))}
        self._classifier = Classifier(load_model(), register_of(named, relations, registered))

    def weigh(self, rows: Sequence[Mapping[str, Any]], linkage: Any) -> list[Scored]:
        """Pairs of the linkage model with what the kinds of relations make of them."""
        if not rows:
            return []
        met = [row for row in rows if self._scripts(row["left"]) & self._scripts(row["right"])]
        sides = [(self._organization(row["left"]), self._organization(row["right"])) for row in met]
        told = [_weighed(row, verdict, linkage) for row, verdict in zip(met, self._classifier.classify_all(sides), strict=True)]
        # A Chinese name and a Latin one are compared by `across`; what they sound like is only a reason to ask.
        asked = [row for row in rows if not self._scripts(row["left"]) & self._scripts(row["right"])]
        return told + [_sounding(row, linkage) for row in asked]

    def _scripts(self, record: str) -> set[bool]:
        """Whether it has a name in Chinese, and whether one in another script."""
        held = self._named[record]
        return {has_han(name) for said in ("name", "alias") for name in held.get(said, ())}

    def _organization(self, record: str) -> Any:
        from overt.resolve.relations import Organization

        held = self._named[record]
        names = tuple(held["name"] or held["alias"])
        aliases = tuple(held["alias"] if held["name"] else ())
        known = record if record in self._known else None
        return Organization(names, aliases, frozenset(held["country"]), frozenset(held["identifier"]), known)


def _sounding(row: Mapping[str, Any], linkage: Any) -> Scored:
    return Scored(row["left"], row["right"], round(row["probability"], 6), _answers(row, linkage), False)


def _answers(row: Mapping[str, Any], linkage: Any) -> tuple[Part, ...]:
    said = (Part(held.name, round(held.weight, 3), held.answer) for held in linkage.answers(row) if held.weight)
    return Part("prior", round(linkage.prior_weight, 3)), *said


def _weighed(row: Mapping[str, Any], verdict: Any, linkage: Any) -> Scored:
    one = verdict.probabilities["same"] + verdict.probabilities["renamed"]
    alike: float = row["probability"]
    against = odds_in_bits(one) - row["weight"] if one < alike else 0.0
    parts = (*_answers(row, linkage), Part("relation", round(against, 3), f"looks like {verdict.label}"))
    same = alike >= linkage.thresholds.same and verdict.is_one
    return Scored(row["left"], row["right"], round(min(alike, one), 6), parts, same, verdict)


def _lists(held: Mapping[str, list[str]], *groups: tuple[str, ...]) -> list[list[str]]:
    return [sorted({value for name in group for value in held[name]}) for group in groups]
