"""Same, renamed, parent, subsidiary, joint venture or different: confusion matrix against pairs labelled from the real sources.

    python -m bench.linkage.relations               matrices of both parts; with nomenklatura installed, its answer (same or not) too
    python -m bench.linkage.relations --errors dev  the pairs of a part that are told otherwise than their label
    python -m bench.linkage.relations --fit         weights from the part `dev` alone, as lines for content/models/relations.yml

Labels: `labels/relations.csv`, names and seats as sources give them, each line with the rows that show it (the US list of Chinese
military companies, the FCC's covered list, AidData's titles and web pages, our register, press). A pair belongs to `dev` or to
`test` by a hash of its names. Two that bear one name, or one short name, are labelled `homonym`: they are different, and have a
row of their own in the matrix. First by names and seats alone; then with what the register states, as Overt uses it. The register
is one of the sources of the labels, so the second matrix shows that what is stated is used, not what can be guessed.
"""

import argparse
import csv
import hashlib
import importlib.util
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bench.harness import Target, machine, parser, report
from bench.projects.matching import shipped
from overt.model.duckdb_connection import connect
from overt.resolve.relations import Classifier, Organization, Register, Verdict
from overt.resolve.relations.clues import NONE, clues
from overt.resolve.relations.model import LABELS, MIRRORED, RelationModel, load_model
from overt.resolve.resolver import ClaimsFile, Inputs, claims_query, read_clues
from overt.resolve.review.related import stated_relations
from overt.resolve.scored import register_of, said_of

LABELLED = Path(__file__).parents[1] / "labels" / "relations.csv"
HOMONYM = "homonym"
"""Label of two organisations of one name, or of one short name; to the model they are `different`."""


class Case(NamedTuple):
    """A labelled pair."""

    left: Organization
    right: Organization
    label: str
    part: str
    row: str
    """Its row of the matrix: the label, or HOMONYM where two that are different bear one name."""

    def mirrored(self) -> "Case":
        """The same pair from the other side."""
        label = MIRRORED.get(self.label, self.label)
        return Case(self.right, self.left, label, self.part, HOMONYM if self.row == HOMONYM else label)


def cases() -> list[Case]:
    """All labelled pairs."""
    with LABELLED.open(encoding="utf-8", newline="") as handle:
        return [_case(row) for row in csv.DictReader(handle)]


def _case(row: dict[str, str]) -> Case:
    left, right = (
        Organization(
            (row[side],),
            tuple(alias for alias in row[f"{side}_alias"].split(",") if alias),
            frozenset({row[f"{side}_country"]} - {""}),
        )
        for side in ("left", "right")
    )
    digest = hashlib.sha256("|".join(sorted((row["left"], row["right"]))).encode()).digest()
    label = "different" if row["label"] == HOMONYM else row["label"]
    return Case(left, right, label, "dev" if digest[1] % 2 else "test", row["label"])


def register() -> Register:
    """The register of organisations that Overt ships, imported and made into a register as `overt resolve` does."""
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as folder, connect() as connection:
        inputs = Inputs([ClaimsFile(str(shipped("organizations", Path(folder) / "register.parquet")), 0)])
        said = said_of(read_clues(connection, claims_query(inputs, connection)))
        return register_of(said, [held[:3] for held in stated_relations(inputs, connection)], said)


def matrix(told: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Row (label, or homonym) → what was told → how many."""
    counts = Counter(told)
    return {row: {said: counts[row, said] for said in LABELS if counts[row, said]} for row in (*LABELS, HOMONYM)}


def share(judged: Sequence[tuple[Case, Verdict]]) -> dict[str, Any]:
    """How many are right, by label, and as one or two organisations, and as related or not."""
    told = [(case.label, verdict) for case, verdict in judged]
    one, related = ("same", "renamed"), ("parent", "subsidiary", "joint-venture")
    joined = sum(verdict.is_one for _, verdict in told)
    rightly = sum(verdict.is_one and label in one for label, verdict in told)
    wanted = sum(label in one for label, _ in told)
    labels = [(label, verdict.label) for label, verdict in told]
    return {
        "pairs": len(told),
        "right": sum(label == said for label, said in labels),
        "one": wanted,
        "joined": joined,
        "joined_wrongly": joined - rightly,
        "precision_of_joins": round(rightly / joined, 3) if joined else None,
        "recall_of_joins": round(rightly / wanted, 3) if wanted else None,
        "related": sum(label in related for label, _ in labels),
        "related_found": sum(label in related and said in related for label, said in labels),
        "direction_wrong": sum(MIRRORED.get(label) == said for label, said in labels),
        "homonyms": sum(case.row == HOMONYM for case, _ in judged),
        "homonyms_joined": sum(case.row == HOMONYM and verdict.is_one for case, verdict in judged),
        "matrix": matrix((case.row, verdict.label) for case, verdict in judged),
    }


def levels(case: Case, model: RelationModel) -> list[tuple[str, str]]:
    """The clues of a pair whose weights are fitted."""
    (found,) = clues([(case.left, case.right)], model)
    return [(clue, level) for clue, level in found.items() if level != NONE and clue not in model.judged]


def strangers(chosen: list[Case], each: int = 3) -> list[Case]:
    """Pairs across the labelled ones, which have nothing to do with each other: what most pairs of the world are like."""
    sides = [case.left for case in chosen] + [case.right for case in chosen]
    made = [
        Case(case.left, sides[(at * 31 + turn * 17 + 7) % len(sides)], "different", case.part, "different")
        for at, case in enumerate(chosen)
        for turn in range(each)
    ]
    tied = {tuple(sorted((one.names[0], other.names[0]))) for case in chosen for one, other in [(case.left, case.right)]}
    return [
        case for case in made if case.left != case.right and tuple(sorted((case.left.names[0], case.right.names[0]))) not in tied
    ]


def fit(chosen: list[Case], model: RelationModel, penalty: float = 1.0) -> list[str]:
    """Multinomial logistic regression with a quadratic penalty, from both sides of each pair and of strangers; in bits."""
    both = [side for case in [*chosen, *strangers(chosen)] for side in (case, case.mirrored())]
    held = [levels(case, model) for case in both]
    names = sorted({one for found in held for one in found})
    shape = np.array([[1.0, *[float(name in set(found)) for name in names]] for found in held])
    wanted = np.array([[float(case.label == label) for label in LABELS] for case in both])
    weights = np.zeros((shape.shape[1], len(LABELS)))
    decay = np.full((shape.shape[1], 1), penalty)
    decay[0] = 0.01
    step = 1.0 / (0.5 * np.linalg.eigvalsh(shape.T @ shape)[-1] + penalty)
    for _ in range(20_000):
        scores = shape @ weights
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        weights += step * (shape.T @ (wanted - chance) - decay * weights)
    bits = weights / np.log(2)
    lines = [f"fitted_on: {len(chosen)} pairs of the part dev", f"prior: {_bits(bits[0])}", "weights:"]
    for clue in dict.fromkeys(name for name, _ in names):
        lines.append(f"  {clue}:")
        lines += [f"    {level}: {_bits(bits[at])}" for at, (name, level) in enumerate(names, start=1) if name == clue]
    return lines


def _bits(row: Any) -> str:
    told = ", ".join(f"{label}: {value:.1f}" for label, value in zip(LABELS, row, strict=True) if abs(value) >= 0.05)
    return f"{{{told}}}"


def peers(chosen: list[Case]) -> dict[str, Any]:
    """Every algorithm of nomenklatura on the same names and seats: same or not at 0.7, and at the bound that suits it best."""
    if not (importlib.util.find_spec("nomenklatura") and importlib.util.find_spec("followthemoney")):
        return {"skipped": "nomenklatura is not installed"}
    from followthemoney import model
    from nomenklatura.matching import ALGORITHMS
    from nomenklatura.matching.types import ScoringConfig

    def entity(organization: Organization, key: str) -> Any:
        properties = {
            "name": list(organization.names),
            "alias": list(organization.aliases),
            "country": sorted(organization.countries),
        }
        return model.get_proxy({"id": key, "schema": "Company", "properties": properties})

    result = {}
    for algorithm in ALGORITHMS:
        config = ScoringConfig.defaults()
        scores = [algorithm.compare(entity(case.left, "l"), entity(case.right, "r"), config).score for case in chosen]
        same = [case.label in ("same", "renamed") for case in chosen]
        result[algorithm.NAME] = {f"at_{bound:.3f}": _binary(scores, same, bound) for bound in (0.7, _best(scores, same))}
    return result


def _best(scores: list[float], same: list[bool]) -> float:
    return max(sorted(set(scores)), key=lambda bound: _binary(scores, same, bound)["right"])


def _binary(scores: list[float], same: list[bool], bound: float) -> dict[str, int]:
    said = [score >= bound for score in scores]
    return {
        "right": sum(one == other for one, other in zip(said, same, strict=True)),
        "joined_wrongly": sum(one and not other for one, other in zip(said, same, strict=True)),
        "missed": sum(other and not one for one, other in zip(said, same, strict=True)),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark."""
    options = parser(__doc__)
    options.formatter_class = argparse.RawDescriptionHelpFormatter
    options.add_argument("--errors", choices=["dev", "test"], help="print the pairs that are told otherwise than their label")
    options.add_argument("--fit", action="store_true", help="print weights from the part dev")
    given = options.parse_args(arguments)
    model = load_model()
    held = cases()
    parts = {part: [case for case in held if case.part == part] for part in ("dev", "test")}
    if given.fit:
        print(*fit(parts["dev"], model), sep="\n")
        return 0
    bare, informed = Classifier(model), Classifier(model, register())
    if given.errors:
        for case in parts[given.errors]:
            found = bare.classify(case.left, case.right)
            if found.label != case.label:
                sides = f"{case.left.called} ~ {case.right.called}"
                print(f"{case.row} told {found.label} {found.probability:.2f}: {sides} {found.parts}")
        return 0
    before = machine()
    result: dict[str, Any] = {"machine": before, "labels": dict(Counter(case.row for case in held))}
    shares = {}
    for part, chosen in parts.items():
        for name, classifier in (("names", bare), ("with_register", informed)):
            verdicts = classifier.classify_all([(case.left, case.right) for case in chosen])
            shares[part, name] = result[f"{part}_{name}"] = share(list(zip(chosen, verdicts, strict=True)))
        result[f"{part}_nomenklatura"] = {"skipped": "quick run"} if given.quick else peers(chosen)
    test = shares["test", "with_register"]
    targets = [
        Target("labelled pairs", len(held), 150, "", at_least=True),
        Target("precision of joins on test", test["precision_of_joins"] or 0.0, 0.98, "", at_least=True),
        Target("share of right labels on test", round(test["right"] / test["pairs"], 3), 0.6, "", at_least=True),
    ]
    return report(result, targets, given)


if __name__ == "__main__":
    sys.exit(main())
