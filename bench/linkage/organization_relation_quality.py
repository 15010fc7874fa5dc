"""Classify pairs of organisations as same, renamed, parent, subsidiary, joint venture or different: a confusion matrix.

    python -m bench.linkage.organization_relation_quality
        matrices of both parts, and nomenklatura's answers if installed
    python -m bench.linkage.organization_relation_quality --errors dev
        the pairs of a part that are misclassified without the register
    python -m bench.linkage.organization_relation_quality --fit
        weights from the part `dev` alone, as lines for content/models/relations.yml

`labels/relations.csv` has names and countries as the sources give them, and on each line the rows that prove the label (the US
list of Chinese military companies, the FCC's covered list, AidData's titles and web pages, our register, press). A hash of the
names puts a pair into `dev` or `test`. Different organisations with the same name or short name are labelled `homonym`, and
have a separate row in the matrix. Pairs are classified by names and countries alone, and then with the register's statements,
as Overt uses them. The register is one of the sources of the labels, so the second matrix shows that statements are used, not
that relations are guessed correctly.

Targets: 150 labelled pairs; on `test` with the register, 98 % of the joins and 60 % of the labels are right.
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

from bench.harness import Target, argument_parser, machine, report
from bench.projects.project_matching_quality import shipped
from overt.model.engines.duckdb_connection import connect
from overt.resolve.pair_scorer import build_register, claims_by_organization
from overt.resolve.relations import Classifier, Organization, Register
from overt.resolve.relations.clues import NONE, find_clues
from overt.resolve.relations.relation_labels_and_verdict import LABELS, Label, RelationVerdict
from overt.resolve.relations.relation_model import RelationModel, load_relation_model
from overt.resolve.relations.stated_and_proposed_relations import stated_relations
from overt.resolve.resolution_inputs import ClaimsFile, ResolutionInputs, claims_query, read_matching_claims

LABELLED_PAIRS = Path(__file__).parents[1] / "labels" / "relations.csv"
MIRRORED: dict[str, Label] = {"parent": "subsidiary", "subsidiary": "parent"}
"""Labels that change when the two sides are swapped, and what they become."""
HOMONYM = "homonym"
"""Label of two different organisations with the same name or short name. For the model, they are `different`."""


class Case(NamedTuple):
    """A labelled pair."""

    left: Organization
    right: Organization
    label: str
    part: str
    row: str
    """The pair's row in the matrix: HOMONYM, or the label."""

    def mirrored(self) -> "Case":
        """Return the pair with left and right swapped."""
        label = MIRRORED.get(self.label, self.label)
        return Case(self.right, self.left, label, self.part, HOMONYM if self.row == HOMONYM else label)


def cases() -> list[Case]:
    """Read all labelled pairs."""
    with LABELLED_PAIRS.open(encoding="utf-8", newline="") as handle:
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
    """Import the shipped register of organisations, and index it as `overt resolve` does."""
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as folder, connect() as connection:
        inputs = ResolutionInputs([ClaimsFile(str(shipped("organizations", Path(folder) / "register.parquet")), 0)])
        organizations = claims_by_organization(read_matching_claims(connection, claims_query(inputs, connection)))
        return build_register(organizations, [relation[:3] for relation in stated_relations(inputs, connection)], organizations)


def matrix(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Count the pairs of each row (label or homonym) by predicted label."""
    counts = Counter(pairs)
    return {row: {label: counts[row, label] for label in LABELS if counts[row, label]} for row in (*LABELS, HOMONYM)}


def share(judged: Sequence[tuple[Case, RelationVerdict]]) -> dict[str, Any]:
    """Count right labels, right and wrong joins, recognised relations and joined homonyms. The result includes the matrix."""
    matching, related = ("same", "renamed"), ("parent", "subsidiary", "joint-venture")
    joined = sum(verdict.is_same for _, verdict in judged)
    right = sum(verdict.is_same and case.label in matching for case, verdict in judged)
    matches = sum(case.label in matching for case, _ in judged)
    labels = [(case.label, verdict.label) for case, verdict in judged]
    return {
        "pairs": len(judged),
        "right": sum(label == predicted for label, predicted in labels),
        "one": matches,
        "joined": joined,
        "joined_wrongly": joined - right,
        "precision_of_joins": round(right / joined, 3) if joined else None,
        "recall_of_joins": round(right / matches, 3) if matches else None,
        "related": sum(label in related for label, _ in labels),
        "related_found": sum(label in related and predicted in related for label, predicted in labels),
        "direction_wrong": sum(MIRRORED.get(label) == predicted for label, predicted in labels),
        "homonyms": sum(case.row == HOMONYM for case, _ in judged),
        "homonyms_joined": sum(case.row == HOMONYM and verdict.is_same for case, verdict in judged),
        "matrix": matrix((case.row, verdict.label) for case, verdict in judged),
    }


def levels(case: Case, model: RelationModel) -> list[tuple[str, str]]:
    """Return the (clue, level) pairs of a case whose weights are fitted. A clue is a comparison of the two organisations."""
    (levels_by_clue,) = find_clues([(case.left, case.right)], model)
    return [(clue, level) for clue, level in levels_by_clue.items() if level != NONE and clue not in model.judged]


def strangers(chosen: list[Case], each: int = 3) -> list[Case]:
    """Pair up unrelated organisations from different cases, because most pairs in the world are unrelated.

    `each`: the number of pairs for each case, before related ones are left out.
    """
    sides = [case.left for case in chosen] + [case.right for case in chosen]
    made = [
        Case(case.left, sides[(at * 31 + turn * 17 + 7) % len(sides)], "different", case.part, "different")
        for at, case in enumerate(chosen)
        for turn in range(each)
    ]
    labelled = {tuple(sorted((case.left.names[0], case.right.names[0]))) for case in chosen}
    return [
        case
        for case in made
        if case.left != case.right and tuple(sorted((case.left.names[0], case.right.names[0]))) not in labelled
    ]


def fit(chosen: list[Case], model: RelationModel, penalty: float = 1.0) -> list[str]:
    """Fit a multinomial logistic regression with a quadratic penalty.

    The data is the labelled pairs and unrelated pairs (`strangers`), each in both orders. Returns the weights in bits, as lines
    of YAML.
    """
    both = [side for case in [*chosen, *strangers(chosen)] for side in (case, case.mirrored())]
    features = [levels(case, model) for case in both]
    names = sorted({name for row in features for name in row})
    shape = np.array([[1.0, *[float(name in set(row)) for name in names]] for row in features])
    target = np.array([[float(case.label == label) for label in LABELS] for case in both])
    weights = np.zeros((shape.shape[1], len(LABELS)))
    decay = np.full((shape.shape[1], 1), penalty)
    decay[0] = 0.01
    step = 1.0 / (0.5 * np.linalg.eigvalsh(shape.T @ shape)[-1] + penalty)
    for _ in range(20_000):
        scores = shape @ weights
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        weights += step * (shape.T @ (target - chance) - decay * weights)
    bits = weights / np.log(2)
    lines = [f"fitted_on: {len(chosen)} pairs of the part dev", f"prior: {_bits(bits[0])}", "weights:"]
    for clue in dict.fromkeys(name for name, _ in names):
        lines.append(f"  {clue}:")
        lines += [f"    {level}: {_bits(bits[at])}" for at, (name, level) in enumerate(names, start=1) if name == clue]
    return lines


def _bits(row: Any) -> str:
    weights = ", ".join(f"{label}: {value:.1f}" for label, value in zip(LABELS, row, strict=True) if abs(value) >= 0.05)
    return f"{{{weights}}}"


def peers(chosen: list[Case]) -> dict[str, Any]:
    """Score every nomenklatura algorithm on the same names and countries, at threshold 0.7 and at its best threshold.

    If nomenklatura is not installed, the result only says so.
    """
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
    predicted = [score >= bound for score in scores]
    return {
        "right": sum(joined == match for joined, match in zip(predicted, same, strict=True)),
        "joined_wrongly": sum(joined and not match for joined, match in zip(predicted, same, strict=True)),
        "missed": sum(match and not joined for joined, match in zip(predicted, same, strict=True)),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--errors", choices=["dev", "test"], help="print the misclassified pairs of a part")
    parser.add_argument("--fit", action="store_true", help="print weights fitted on the part dev")
    options = parser.parse_args(arguments)
    model = load_relation_model()
    pairs = cases()
    parts = {part: [case for case in pairs if case.part == part] for part in ("dev", "test")}
    if options.fit:
        print(*fit(parts["dev"], model), sep="\n")
        return 0
    bare, informed = Classifier(model), Classifier(model, register())
    if options.errors:
        for case in parts[options.errors]:
            verdict = bare.classify(case.left, case.right)
            if verdict.label != case.label:
                sides = f"{case.left.all_names} ~ {case.right.all_names}"
                print(f"{case.row} classified as {verdict.label} {verdict.probability:.2f}: {sides} {verdict.clues}")
        return 0
    before = machine()
    result: dict[str, Any] = {"machine": before, "labels": dict(Counter(case.row for case in pairs))}
    shares = {}
    for part, chosen in parts.items():
        for name, classifier in (("names", bare), ("with_register", informed)):
            verdicts = classifier.classify_all([(case.left, case.right) for case in chosen])
            shares[part, name] = result[f"{part}_{name}"] = share(list(zip(chosen, verdicts, strict=True)))
        result[f"{part}_nomenklatura"] = {"skipped": "quick run"} if options.quick else peers(chosen)
    test = shares["test", "with_register"]
    targets = [
        Target("labelled pairs", len(pairs), 150, "", at_least=True),
        Target("precision of joins on test", test["precision_of_joins"] or 0.0, 0.98, "", at_least=True),
        Target("share of right labels on test", round(test["right"] / test["pairs"], 3), 0.6, "", at_least=True),
    ]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
