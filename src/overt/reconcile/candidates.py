"""Which records a name may mean, and how likely each is: by the name comparison that `overt resolve` uses, with its weights."""

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from overt.http.served import Served
from overt.queries.database import Reader, Row
from overt.queries.name_search import search
from overt.queries.records import Fact, Record
from overt.reconcile.properties import COUNTRY, records
from overt.reconcile.requests import LONGEST, Query, Wanted
from overt.resolve.linkage.linkage_model import LinkageModel, load_linkage_model
from overt.resolve.names.name_comparison import NamePart, compare_names, explain_names

_LOOKED_AT = 40
"""Candidates whose names are compared at least; the search puts the likeliest first."""
_MOST_NAMES = 6
"""Names of one candidate that are compared with the query, the one that the search found before all; the likest counts."""


_LOADING = threading.Lock()


@dataclass
class Candidate:
    """A record or country that may be meant."""

    id: str
    type: str
    label: str
    name: str
    """The one of its names that is likest to what was asked for."""
    probability: float
    """That the names are of one thing, with what country and identifier say."""
    parts: list[NamePart] = field(default_factory=list)
    """What the probability is made of, in bits."""
    agreed: dict[str, bool] = field(default_factory=dict)
    """Of the properties that were given, those that can be compared: whether a value agrees."""


@dataclass(frozen=True)
class Answer:
    """The candidates for one query, the likeliest first."""

    found: list[Candidate]
    sure: bool
    """Whether the first is it, so that nobody need look."""


@cache
def _model() -> LinkageModel:
    return load_linkage_model("organizations")


def make_ready() -> None:
    """Read what names are compared with, a dictionary among it, which takes seconds; who needs it meanwhile waits for that."""
    with _LOADING:
        _load()


@cache
def _load() -> None:
    _model()
    explain_names("华为技术有限公司", "Huawei Technologies")


def match(site: Served, reader: Reader, asked: Query, types: Sequence[str]) -> Answer:
    """Candidates of one of `types` for a query. An id, ours or a source's, finds its record alone."""
    make_ready()
    found = _by_id(site, reader, asked, types)
    named = [] if found else _by_name(site, reader, asked, types)
    found = sorted(found or named, key=lambda held: (-held.probability, -sum(held.agreed.values()), held.label, held.id))
    told = found[: asked.most]
    if named:  # to explain is dear: only what is told
        for held in told:
            held.parts = [*explain_names(asked.query[:LONGEST], held.name), *held.parts]
    return Answer(told, _is_sure(asked, found))


def _is_sure(asked: Query, found: Sequence[Candidate]) -> bool:
    """Whether the first is likely enough to be joined, nothing that was given speaks against it, and no other could be meant: it
    is the only one so likely, or the only one that is called just so.
    """
    likely = [held for held in found if held.probability >= _model().thresholds.same]
    if not likely or not all(likely[0].agreed.values()):
        return False
    if likely[0].type == COUNTRY and _names_several(asked.query, found):
        return False
    called = [held for held in likely if _folded(asked.query) in {_folded(held.name), _folded(held.label)}]
    return len(likely) == 1 or (len(called) == 1 and called[0] is likely[0])


def _names_several(text: str, found: Sequence[Candidate]) -> bool:
    """Whether it is a part of several countries' names, as Congo and Korea are, and the whole of none's."""
    asked = _folded(text)
    names = {held.id: _folded(held.label) for held in found if held.type == COUNTRY}
    return asked not in names.values() and sum(asked in name for name in names.values()) > 1


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _by_id(site: Served, reader: Reader, asked: Query, types: Sequence[str]) -> list[Candidate]:
    text = asked.query.strip()
    if COUNTRY in types and text in site.words.areas:
        label = site.words.area(text)
        return [Candidate(text, COUNTRY, label, label, 1.0)]
    return [
        Candidate(held.id, held.type, held.label or held.id, held.label or held.id, 1.0)
        for held in records(site, reader, [text])
        if held.type in types
    ]


def _by_name(site: Served, reader: Reader, asked: Query, types: Sequence[str]) -> list[Candidate]:
    text = asked.query[:LONGEST]
    matches = [one for one in search.first(reader, text, max(_LOOKED_AT, 2 * asked.most)) if one.entry["type"] in types]
    rows = [one.entry for one in matches]
    held = {record.id: record for record in records(site, reader, [row["id"] for row in rows if row["type"] != COUNTRY])}
    names = [_names("".join(one.name), one.entry, held.get(one.entry["id"])) for one in matches]
    flat = [name for some in names for name in some]
    scores = iter(compare_names([text] * len(flat), flat).tolist()) if flat else iter(())
    found = []
    for row, some in zip(rows, names, strict=True):
        score, name = max(((next(scores), name) for name in some), key=lambda one: one[0])
        found.append(_weighed(site, row, held.get(row["id"]), name, score, asked))
    return found


def _names(found: str, row: Row, record: Record | None) -> list[str]:
    facts = [fact.value for name in ("name", "alias", "title") for fact in (record.facts.get(name, []) if record else [])]
    labels = [row["label"], row["label_zh"]]
    return list(dict.fromkeys(name for name in (found, *labels, *facts) if name))[:_MOST_NAMES] or [row["id"]]


def _weighed(site: Served, row: Row, record: Record | None, name: str, score: float, asked: Query) -> Candidate:
    """Add what country and identifier say, as the model of organisations weighs it."""
    parts: list[NamePart] = []
    odds, agreed = math.log2(score / (1 - score)) if 0 < score < 1 else math.copysign(60, score - 0.5), {}
    for wanted in asked.properties:
        agrees = _agrees(site, record, wanted)
        if agrees is None:
            continue
        agreed[wanted.pid] = agrees
        weight = _weight(row["type"], wanted.pid, agrees)
        if weight:
            odds += weight
            parts.append(NamePart(wanted.pid, weight, ""))
    probability = 1 / (1 + 2 ** -max(-60.0, min(60.0, odds)))
    return Candidate(row["id"], row["type"], row["label"] or row["id"], name, probability, parts, agreed)


def _agrees(site: Served, record: Record | None, wanted: Wanted) -> bool | None:
    """Whether a given value is one of the record's; None where either side says nothing that can be compared.

    A date agrees with a coarser one: 2019 with 2019-03.
    """
    facts = record.facts.get(wanted.pid, []) if record else []
    said = {text.casefold() for fact in facts for text in _called(site, record, fact) if text}
    given = {text.strip().casefold() for text in wanted.texts() if text.strip()}
    if not said or not given:
        return None
    return any(one == other or other.startswith(f"{one}-") for one in given for other in said)


def _called(site: Served, record: Record | None, fact: Fact) -> list[str]:
    """What a value may be called: as it stands, and of a record, a country or a term by its names."""
    called = [fact.value, fact.label or "", fact.label_zh or ""]
    kind = site.schema.types.get(record.type) if record else None
    prop = kind.properties.get(fact.property) if kind else None
    row = None
    if prop and prop.type == "area":
        row = site.words.areas.get(fact.value)
    elif prop and prop.type == "term":
        row = site.words.terms.get(prop.vocabulary or "", {}).get(fact.value)
    return [*called, *(str(row[name]) for name in ("label", "label_zh") if row.get(name))] if row else called


def _weight(kind: str, pid: str, agrees: bool) -> float:
    """Bits of an answer, for what the model of organisations asks; anything else is told as a feature and weighs nothing."""
    if kind != "organization":
        return 0.0
    comparison = next((held for held in _model().comparisons if held.name == pid), None)
    if comparison is None:
        return 0.0
    weights = [level.weight for level in comparison.levels]
    return next((weight for weight in weights if (weight > 0) == agrees), 0.0)


def features(candidate: Candidate, given: Sequence[Wanted]) -> list[dict[str, Any]]:
    """What the score is made of, for the answer: bits of each part, and whether each property that was given agrees."""
    parts = [{"id": f"bits:{part.part}", "value": round(part.weight, 3)} for part in candidate.parts]
    return parts + [{"id": one.pid, "value": candidate.agreed[one.pid]} for one in given if one.pid in candidate.agreed]
