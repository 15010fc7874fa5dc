"""Finds the records and countries that a query may mean, with probabilities from the models of `overt resolve`."""

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from overt.http.served_release import Served
from overt.queries.database import Reader
from overt.queries.labels import Area, Term
from overt.queries.name_search import name_lookup
from overt.queries.name_search.name_lookup import Entry
from overt.queries.rows.records import Fact, Record
from overt.reconcile.requests import MAX_NAME_LENGTH, PropertyValues, Query
from overt.reconcile.types_and_properties import COUNTRY, records_by_id
from overt.resolve.linkage.linkage_model import LinkageModel, load_linkage_model
from overt.resolve.names.name_comparison import NamePart, compare_names, explain_names

_LOOKED_AT = 40
"""Number of search results, best first, from which candidates are taken. It is higher if a query asks for many candidates."""
_MAX_NAMES = 6
"""Maximum number of a candidate's names that are compared with the query, beginning with the name that the search matched. The
most similar name counts.
"""


_LOADING = threading.Lock()


@dataclass
class Candidate:
    """A record or country that a query may mean."""

    id: str
    type: str
    label: str
    name: str
    """The candidate's name that is most similar to the query."""
    probability: float
    """Probability of a match, from the names and, for an organisation, the query's properties; 1 for a query by id or code."""
    parts: list[NamePart] = field(default_factory=list)
    """What each part of the names and each property adds to the log-odds of a match, in bits (base 2)."""
    agreed: dict[str, bool] = field(default_factory=dict)
    """For each property in the query, whether one of its values agrees. Properties that can't be compared are left out."""


@dataclass(frozen=True)
class Answer:
    """The candidates for a query, likeliest first."""

    candidates: list[Candidate]
    sure: bool
    """Whether the first candidate is certain enough to need no review."""


@cache
def _model() -> LinkageModel:
    return load_linkage_model("organizations")


def load_comparison() -> None:
    """Load the model and dictionaries for comparing names, which takes seconds. Concurrent callers wait."""
    with _LOADING:
        _load()


@cache
def _load() -> None:
    _model()
    explain_names("华为技术有限公司", "Huawei Technologies")


def find_candidates(site: Served, reader: Reader, query: Query, types: Sequence[str]) -> Answer:
    """Find up to `query.most` candidates of the given types for a query.

    If the query is the id of a record, or the code of a country, of one of these types, it finds only that record or country.
    """
    load_comparison()
    candidates = _by_id(site, reader, query, types)
    named = [] if candidates else _by_name(site, reader, query, types)
    candidates = sorted(candidates or named, key=_rank)
    answered = candidates[: query.most]
    if named:  # Explanations are expensive, so they are made only for the returned candidates.
        for candidate in answered:
            candidate.parts = [*explain_names(query.query[:MAX_NAME_LENGTH], candidate.name), *candidate.parts]
    return Answer(answered, _is_sure(query, candidates))


def _rank(candidate: Candidate) -> tuple[float, int, str, str]:
    return -candidate.probability, -sum(candidate.agreed.values()), candidate.label, candidate.id


def _is_sure(query: Query, candidates: Sequence[Candidate]) -> bool:
    """Return whether the first candidate is a certain match.

    It must be likely enough, and no property in the query may contradict it. It must be the only likely candidate, or the only
    likely one whose name is the query. A country isn't certain if the query is only a part of several countries' names.
    """
    likely = [candidate for candidate in candidates if candidate.probability >= _model().thresholds.same]
    if not likely or not all(likely[0].agreed.values()):
        return False
    if likely[0].type == COUNTRY and _names_several(query.query, candidates):
        return False
    same_name = [candidate for candidate in likely if _fold(query.query) in {_fold(candidate.name), _fold(candidate.label)}]
    return len(likely) == 1 or (len(same_name) == 1 and same_name[0] is likely[0])


def _names_several(text: str, candidates: Sequence[Candidate]) -> bool:
    """Return whether a name, such as Congo or Korea, is part of several candidate countries' names, but the full name of none."""
    query = _fold(text)
    names = {candidate.id: _fold(candidate.label) for candidate in candidates if candidate.type == COUNTRY}
    return query not in names.values() and sum(query in name for name in names.values()) > 1


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _by_id(site: Served, reader: Reader, query: Query, types: Sequence[str]) -> list[Candidate]:
    text = query.query.strip()
    if COUNTRY in types and text in site.words.areas:
        label = site.words.area(text)
        return [Candidate(text, COUNTRY, label, label, 1.0)]
    return [
        Candidate(record.id, record.type, record.label or record.id, record.label or record.id, 1.0)
        for record in records_by_id(reader, [text]).values()
        if record.type in types
    ]


def _by_name(site: Served, reader: Reader, query: Query, types: Sequence[str]) -> list[Candidate]:
    text = query.query[:MAX_NAME_LENGTH]
    matches = [match for match in name_lookup.first(reader, text, max(_LOOKED_AT, 2 * query.most)) if match.entry.type in types]
    rows = [match.entry for match in matches]
    by_id = records_by_id(reader, [row.id for row in rows if row.type != COUNTRY])
    names = [_names("".join(match.name), match.entry, by_id.get(match.entry.id)) for match in matches]
    flat = [name for row_names in names for name in row_names]
    scores = iter(compare_names([text] * len(flat), flat).tolist()) if flat else iter(())
    candidates = []
    for row, row_names in zip(rows, names, strict=True):
        score, name = max(((next(scores), name) for name in row_names), key=lambda scored: scored[0])
        candidates.append(_weighed(site, row, by_id.get(row.id), name, score, query))
    return candidates


def _names(matched_name: str, row: Entry, record: Record | None) -> list[str]:
    facts = [fact.value for name in ("name", "alias", "title") for fact in (record.facts.get(name, []) if record else [])]
    labels = [row.label, row.label_zh]
    return list(dict.fromkeys(name for name in (matched_name, *labels, *facts) if name))[:_MAX_NAMES] or [row.id]


def _weighed(site: Served, row: Entry, record: Record | None, name: str, score: float, query: Query) -> Candidate:
    """Return the candidate whose probability combines the score of its name with the weights of the query's properties."""
    parts: list[NamePart] = []
    odds, agreed = math.log2(score / (1 - score)) if 0 < score < 1 else math.copysign(60, score - 0.5), {}
    for given_values in query.properties:
        agrees = _agrees(site, record, given_values)
        if agrees is None:
            continue
        agreed[given_values.pid] = agrees
        weight = _weight(row.type, given_values.pid, agrees)
        if weight:
            odds += weight
            parts.append(NamePart(given_values.pid, weight, ""))
    probability = 1 / (1 + 2 ** -max(-60.0, min(60.0, odds)))
    return Candidate(row.id, row.type, row.label or row.id, name, probability, parts, agreed)


def _agrees(site: Served, record: Record | None, given_values: PropertyValues) -> bool | None:
    """Return whether a value in the query is among the record's values; None if there is nothing to compare.

    A record's date agrees with a less precise one in the query: 2019-03 with 2019.
    """
    facts = record.facts.get(given_values.pid, []) if record else []
    known = {text.casefold() for fact in facts for text in _spellings(site, record, fact) if text}
    values = {text.strip().casefold() for text in given_values.texts() if text.strip()}
    if not known or not values:
        return None
    return any(value == known_value or known_value.startswith(f"{value}-") for value in values for known_value in known)


def _spellings(site: Served, record: Record | None, fact: Fact) -> list[str]:
    """Return the strings that match a value: the value itself, and the names of the record, country or term that it refers to."""
    spellings = [fact.value, fact.label or "", fact.label_zh or ""]
    kind = site.schema.types.get(record.type) if record else None
    prop = kind.properties.get(fact.property) if kind else None
    row: Area | Term | None = None
    if prop and prop.type == "area":
        row = site.words.areas.get(fact.value)
    elif prop and prop.type == "term":
        row = site.words.terms.get(prop.vocabulary or "", {}).get(fact.value)
    return [*spellings, *(label for label in (row.label, row.label_zh) if label)] if row else spellings


def _weight(kind: str, pid: str, agrees: bool) -> float:
    """Return the weight that a property adds to the log-odds of a match, in bits (base 2).

    The weight is zero unless the candidate is an organisation and the model of organisations compares the property.
    """
    if kind != "organization":
        return 0.0
    comparison = next((comparison for comparison in _model().comparisons if comparison.name == pid), None)
    if comparison is None:
        return 0.0
    weights = [level.weight for level in comparison.levels]
    return next((weight for weight in weights if (weight > 0) == agrees), 0.0)


def features(candidate: Candidate, given_values: Sequence[PropertyValues]) -> list[dict[str, Any]]:
    """Return the features of a score: the bits that each part adds, and whether each property that could be compared agrees."""
    parts = [{"id": f"bits:{part.part}", "value": round(part.weight, 3)} for part in candidate.parts]
    pids = [property_values.pid for property_values in given_values]
    return parts + [{"id": pid, "value": candidate.agreed[pid]} for pid in pids if pid in candidate.agreed]
