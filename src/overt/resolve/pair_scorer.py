"""Score pairs of organisations, and pairs of projects, with the packaged models."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from overt.model.content_catalogue import Catalogue
from overt.model.record_ids import list_of
from overt.resolve.equal_names_and_identifiers import FORMER, WEBSITE, MatchingClaim
from overt.resolve.evidence_beyond_names import evidence_beyond_names
from overt.resolve.home_pages import shared_pages
from overt.resolve.names.folding_and_scripts import has_han
from overt.resolve.relations.relation_labels_and_verdict import RelationVerdict
from overt.resolve.scored_pair import ScoredPair, ScorePart, log2_odds

if TYPE_CHECKING:  # the models are imported where they are needed, because importing them takes a while
    from overt.resolve.relations import Organization, Register

OrganizationClaims = dict[str, dict[str, list[str]]]
"""Organisation → property → values."""


def claims_by_organization(claims: Iterable[MatchingClaim]) -> OrganizationClaims:
    """Group the claims about organisations by record and property.

    Websites that a list gives to more than one organisation are left out.
    """
    by_record: OrganizationClaims = defaultdict(lambda: defaultdict(list))
    for record, record_type, property_, value in claims:
        if record_type == "organization":
            by_record[record][property_].append(value)
    shared = shared_pages({record: frozenset(values.get(WEBSITE, ())) for record, values in by_record.items()}) | {""}
    for values in by_record.values():
        if WEBSITE in values:
            values[WEBSITE] = [page for page in values[WEBSITE] if page not in shared]
    return by_record


def build_register(
    claims: OrganizationClaims, relations: Iterable[tuple[str, str, str]], registered: Iterable[str]
) -> "Register":
    """Return a register with the stated relations, and the names and seats of the organisations in sources without duplicates.

    `relations`: (from, kind, to) of every source. `registered`: the records of sources without duplicates. An alias with an end
    date counts as a former name unless it is also an official name.
    """
    from overt.resolve.relations import Register

    entries = {record: claims[record] for record in sorted(registered) if record in claims}
    names = [(record, name) for record, values in entries.items() for name in (*values["name"], *values["alias"])]
    former = [(record, name) for record, values in entries.items() for name in values[FORMER] if name not in values["name"]]
    seats = {record: values["country"][0] for record, values in entries.items() if values["country"]}
    return Register(names, former, relations, seats)


@dataclass(frozen=True)
class Scorer:
    """Scores pairs of organisations and of projects with the packaged models, which are loaded when needed."""

    content: Catalogue
    engine: str = "duckdb"
    """The engine that links organisations (`overt.resolve.linkage.linkage_engines`)."""
    only_pair: tuple[str, str] | None = None
    """A single pair to score instead of all candidate pairs, whether or not blocking finds it."""
    organization_clusters: Mapping[str, str] = field(default_factory=dict)
    """Organisation → its cluster. Needed with `only_pair`, because organisations are then not scored before projects."""

    @cached_property
    def _linkage(self) -> tuple[Any, Any]:
        from overt.resolve.linkage.linkage_model import load_linkage_model
        from overt.resolve.linkage.linkage_name_parts import load_reader

        return load_linkage_model(), load_reader(self.content)

    def organizations(
        self,
        connection: duckdb.DuckDBPyConnection,
        claims: Iterable[MatchingClaim],
        relations: Sequence[tuple[str, str, str]],
        one_to_one: Mapping[str, str],
        clusters: Mapping[str, str],
    ) -> list[ScoredPair]:
        """Score pairs of organisations by names, countries, identifiers and websites.

        The returned pairs are sorted. A separate model compares names in other scripts with Latin names
        (`cross_script_scorer`). For names in one script, the lower probability of two models counts: the linkage model finds
        candidate pairs, and the relation classifier distinguishes a company from its parent and sisters. The machine joins no
        pair by names alone. The two must also share an identifier, a website or, if their names are spelled alike, a country.

        `relations`: (from, kind, to) as sources state them. `one_to_one`: record → its source, for sources without duplicates,
        whose names identify an organisation. `clusters`: record → its cluster so far.
        """
        by_record = claims_by_organization(claims)
        named = {record: values for record, values in by_record.items() if values["name"] or values["alias"]}
        only_pair = self.only_pair
        if len(named) < 2 or (only_pair and not named.keys() >= set(only_pair)):
            return []
        from overt.resolve.cross_script_scorer import score_across_scripts, score_pair_across_scripts

        model = self._linkage[0].for_record_count(len(named))
        candidates = self._candidates(connection, named, model)
        # Pairs that are already joined, by equal names or by editors, need no score.
        apart = [row for row in candidates if only_pair or clusters[row["left"]] != clusters[row["right"]]]
        pairs = _RelationScorer(named, relations, one_to_one).score(apart, model)
        if only_pair:
            likely = any(pair.probability >= model.thresholds.review for pair in pairs)
            pairs += score_pair_across_scripts(named, clusters, model, only_pair, standalone=not likely)
        else:
            pairs += score_across_scripts(named, clusters, model)
        # Both models can score a Chinese name in pinyin. The one that recognises more of the name gives the higher probability.
        likeliest: dict[tuple[str, str], ScoredPair] = {}
        # A pair that one model joins is joined, even if the other gives a higher probability but leaves the pair to an editor.
        for pair in sorted(pairs, key=lambda pair: (pair.same, pair.probability)):
            verdict = pair.verdict or likeliest.get((pair.left, pair.right), pair).verdict
            # To save memory, drop verdicts that propose no relation.
            keep = only_pair or (verdict is not None and verdict.relation(pair.left, pair.right) is not None)
            likeliest[pair.left, pair.right] = pair._replace(verdict=verdict if keep else None)
        return [likeliest[key] for key in sorted(likeliest)]

    def _candidates(
        self, connection: duckdb.DuckDBPyConnection, named: OrganizationClaims, model: Any
    ) -> Sequence[Mapping[str, Any]]:
        """Return the linkage model's scores of all candidate pairs or, if it is set, of `only_pair`."""
        from overt.resolve.linkage.pair_scores import score_pairs, score_requested_pairs
        from overt.resolve.linkage.record_feature_tables import RECORDS

        rows = [
            (
                record,
                "organization",
                record.partition(":")[0],
                *_distinct_values(named[record], ("name", "alias"), ("country",), ("identifier",), (WEBSITE,)),
            )
            for record in sorted(named)
        ]
        table = pa.Table.from_arrays(
            [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), RECORDS, strict=True)], schema=RECORDS
        )
        if self.only_pair:
            requested = pa.table({"left": [min(self.only_pair)], "right": [max(self.only_pair)]})
            return score_requested_pairs(connection, table, requested, model, self._linkage[1]).to_pylist()
        return score_pairs(connection, table, model, self._linkage[1], engine=self.engine).to_pylist()

    def projects(
        self,
        connection: duckdb.DuckDBPyConnection,
        claims: str,
        clusters: Mapping[str, str],
        one_to_one: Iterable[str],
        linking: Collection[str] = (),
    ) -> list[ScoredPair]:
        """Score pairs of projects (`overt.resolve.projects`) and return them sorted.

        `claims`: a query over current claims. `clusters`: organisation → its cluster. `one_to_one`: sources without duplicates.
        `linking`: sources that link their own records. No score joins two records of such a source.
        """
        from overt.resolve import projects

        model = projects.load_project_model()
        if self.only_pair:
            left, right = sorted(self.only_pair)
            known = {**clusters, **self.organization_clusters}
            score = projects.explain_project_pair(connection, claims, self.content, (left, right), clusters=known, model=model)
            return [_project_pair(left, right, *score, model, linking)] if score else []
        table = projects.score_project_pairs(
            connection, claims, self.content, clusters=clusters, one_to_one=one_to_one, model=model
        )
        return [
            _project_pair(row["left"], row["right"], row["probability"], row["parts"], model, linking)._replace(
                apart=row["apart"]
            )
            for row in table.to_pylist()
        ]


def _project_pair(
    left: str, right: str, probability: float, parts: Iterable[Mapping[str, Any]], model: Any, linking: Collection[str]
) -> ScoredPair:
    weighed = (ScorePart(part["comparison"], part["bits"], part["level"]) for part in parts if part["bits"])
    same = probability >= model.same and not (list_of(left) == list_of(right) and list_of(left) in linking)
    return ScoredPair(left, right, probability, (ScorePart("prior", model.prior), *weighed), same)


class _RelationScorer:
    """Adjusts the linkage model's scores by how the two organisations of each candidate pair are related."""

    def __init__(
        self, claims: OrganizationClaims, relations: Sequence[tuple[str, str, str]], registered: Mapping[str, str]
    ) -> None:
        from overt.resolve.relations import Classifier
        from overt.resolve.relations.relation_model import load_relation_model

        self._claims = claims
        self._in_register = {*registered, *(record for source, _, target in relations for record in (source, target))}
        self._classifier = Classifier(load_relation_model(), build_register(claims, relations, registered))

    def score(self, rows: Sequence[Mapping[str, Any]], linkage: Any) -> list[ScoredPair]:
        """Return the pairs, each with the lower probability of the two models.

        If all names of one record have Chinese characters and no name of the other has any, the probability is the linkage
        model's.
        """
        if not rows:
            return []
        comparable = [row for row in rows if self._scripts(row["left"]) & self._scripts(row["right"])]
        sides = [(self._organization(row["left"]), self._organization(row["right"])) for row in comparable]
        verdicts = self._classifier.classify_all(sides)
        pairs = [
            _combined_pair(row, verdict, linkage, has_evidence=self._has_evidence(row, linkage, verdict))
            for row, verdict in zip(comparable, verdicts, strict=True)
        ]
        # `cross_script_scorer` compares Chinese with Latin names. Here, a similar sound is only a reason to ask an editor.
        across = [row for row in rows if not self._scripts(row["left"]) & self._scripts(row["right"])]
        return pairs + [_sound_pair(row, linkage) for row in across]

    def _has_evidence(self, row: Mapping[str, Any], linkage: Any, verdict: RelationVerdict) -> bool:
        """Return whether anything besides the names agrees.

        A shared website isn't enough if only one of the two names has a further brand word.
        """
        left, right = self._claims[row["left"]], self._claims[row["right"]]
        evidence = evidence_beyond_names(left, right, similar=linkage.only_similar(row))
        has_further_brand = any(clue.clue == "brand" and clue.level in ("left", "right") for clue in verdict.clues)
        return evidence is not None and not (evidence == WEBSITE and has_further_brand)

    def _scripts(self, record: str) -> set[bool]:
        """Return a set that contains True if a name of the record has Chinese characters, and False if a name has none."""
        values = self._claims[record]
        return {has_han(name) for property_ in ("name", "alias") for name in values.get(property_, ())}

    def _organization(self, record: str) -> "Organization":
        from overt.resolve.relations import Organization

        values = self._claims[record]
        names = tuple(values["name"] or values["alias"])
        aliases = tuple(values["alias"] if values["name"] else ())
        registered = record if record in self._in_register else None
        return Organization(
            names, aliases, frozenset(values["country"]), frozenset(values["identifier"]), frozenset(values[WEBSITE]), registered
        )


def _sound_pair(row: Mapping[str, Any], linkage: Any) -> ScoredPair:
    return ScoredPair(row["left"], row["right"], round(row["probability"], 6), _linkage_parts(row, linkage), False)


def _linkage_parts(row: Mapping[str, Any], linkage: Any) -> tuple[ScorePart, ...]:
    answers = linkage.answers(row)
    weighed = (ScorePart(answer.name, round(answer.weight, 3), answer.answer) for answer in answers if answer.weight)
    return ScorePart("prior", round(linkage.prior_weight, 3)), *weighed


def _combined_pair(row: Mapping[str, Any], verdict: RelationVerdict, linkage: Any, *, has_evidence: bool) -> ScoredPair:
    is_same = verdict.probabilities["same"] + verdict.probabilities["renamed"]
    is_alike: float = row["probability"]
    against = log2_odds(is_same) - row["weight"] if is_same < is_alike else 0.0
    parts = (*_linkage_parts(row, linkage), ScorePart("relation", round(against, 3), f"looks like {verdict.label}"))
    same = is_alike >= linkage.thresholds.same and verdict.is_same and has_evidence
    return ScoredPair(row["left"], row["right"], round(min(is_alike, is_same), 6), parts, same, verdict)


def _distinct_values(values: Mapping[str, list[str]], *groups: tuple[str, ...]) -> list[list[str]]:
    return [sorted({value for name in group for value in values[name]}) for group in groups]
