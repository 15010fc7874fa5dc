"""Match projects across sources: precision and recall against labels, with counts.

    python -m bench.projects.project_matching_quality [OPTION]

It uses the real data (`$OVERT_DATA`, else `../shared/data`). Without them, it measures only the view `shipped`.

    --errors dev        every wrong or missed pair of a part
    --same 0.8          join pairs of this probability or more, instead of the model's threshold
    --fit               weights from the part `dev` alone, as lines for content/models/projects.yml
    --workspace ATLAS   use the imported claims of an atlas, instead of importing the real data
    --generated 100000  seconds and memory for this many generated projects

`bench.projects.labels` has the labels and divides them into two parts. There are three views of the described projects: `full`,
with all their facts, together with the real data; `sparse`, by name, kind and one country, as in a short list; and `shipped`,
together with the shipped edition. Joins are the pairs in one cluster. Pairs that their source links are joined first, then the
likeliest. A cluster never has two records of a source that is declared to have no duplicates. A match that is not among the
candidate pairs counts as missed. Target: a precision of at least 97 % on `test` in each view. There is no peer.
"""

import hashlib
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from time import monotonic
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.harness import DATA, OVERT, Target, argument_parser, machine, report, run_child
from bench.projects.labels import Pair, Truth, elsewhere_claims, is_across, truth
from bench.projects.precision_recall_and_calibration import View, in_view, labelled, summary
from bench.projects.project_weight_fitting import FOLDS, UNTIED, Row, cross_validated, fitted, yaml_lines
from overt.importing.folder_import_without_archive import import_folder
from overt.model.claim import CLAIMS, Claim
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.record_ids import list_of
from overt.resolve.clusters import Clusters, Edge
from overt.resolve.names import NameKeys
from overt.resolve.projects.project_model import BASELINE, ProjectModel, load_project_model
from overt.resolve.projects.project_pair_scores import are_kept_apart, compare_projects
from overt.resolve.projects.sufficient_or_contradicting_evidence import Levels
from overt.resolve.resolution_inputs import ClaimsFile, ResolutionInputs
from overt.resolve.resolver import resolve

SOURCES = ("aiddata_gcdf", "telegeography", "organizations", "aspi_tech_map")
WITHOUT_DUPLICATES = "telegeography"


def imported(folder: Path) -> list[Path]:
    """Import SOURCES from the real data with the commands that users run. Return the files of claims."""
    run_child([*OVERT, "init", folder])
    run_child([*OVERT, "fetch", *SOURCES, "--from", DATA, "--retrieved", "2026-11-24", "--workspace", folder])
    run_child([*OVERT, "import", "--workspace", folder])
    return sorted(folder.glob("claims/*/*/claims.parquet"))


def shipped(slug: str, path: Path) -> Path:
    """Write the claims of a source's edition to a Parquet file, and return its path."""
    content = Catalogue()
    return write_claims(import_folder(content, slug, Path(str(content.source_folders[slug])) / "edition").claims, path)


def write_claims(claims: Iterable[Claim], path: Path) -> Path:
    """Write claims to a Parquet file, and return its path."""
    rows = [{"claim_id": claim.id, **claim._asdict()} for claim in dict.fromkeys(claims)]
    pq.write_table(pa.Table.from_pylist(rows, schema=CLAIMS), path)
    return path


def make_view(name: str, paths: Sequence[Path], folder: Path, content: Catalogue, model: ProjectModel) -> tuple[View, float]:
    """Resolve organisations, score every candidate pair of projects, and join the likely ones.

    Return the view, and the seconds for comparing pairs.
    """
    path = write_claims(elsewhere_claims(sparse=name == "sparse"), folder / f"{name}.parquet")
    files = [ClaimsFile(str(file), at) for at, file in enumerate([*paths, path])]
    with connect() as connection:
        resolved = resolve(
            ResolutionInputs(files, one_to_one=frozenset({("organizations", "organization")})), NameKeys(), connection
        )
        things = {record: identity for record, kind, identity, *_ in resolved.members if kind == "organization"}
        _create_view(connection, files)
        query = "SELECT record, min(value) FILTER (property = 'kind') FROM project_claims WHERE type = 'project' GROUP BY record"
        kinds = dict(connection.execute(query).fetchall())
        begin = monotonic()
        levels = compare_projects(
            connection, "project_claims", content, clusters=things, one_to_one=[WITHOUT_DUPLICATES], model=model
        )
        seconds = monotonic() - begin
    chance = probabilities(levels, model)
    at = {pair: place for place, pair in enumerate(zip(levels["left"], levels["right"], strict=True))}
    linked = [edge for edge in resolved.edges if edge.reason == "link"]
    apart = are_kept_apart(levels, chance, model)
    unlikely = [pair for pair, place in at.items() if apart[place]]
    return View(name, levels, kinds, chance, at, frozenset(_joins(at, chance, model, linked, unlikely))), seconds


def _create_view(connection: duckdb.DuckDBPyConnection, files: list[ClaimsFile]) -> None:
    listed = ", ".join(f"'{file.path}'" for file in files)
    connection.execute(f"CREATE VIEW project_claims AS SELECT *, 0 AS turn FROM read_parquet([{listed}])")


def probabilities(levels: Levels, model: ProjectModel) -> Any:
    """Return the probability of each pair in `levels`, as an array."""
    bits = [[model.weight(name, str(level)) for level in levels[name]] for name in model.comparisons]
    return 1 / (1 + np.exp2(-(model.prior + np.sum(bits, axis=0))))


def _joins(
    at: dict[Pair, int], chance: Any, model: ProjectModel, linked: Sequence[Edge], unlikely: Iterable[Pair]
) -> Iterator[Pair]:
    """Yield every pair that ends up in the same cluster when pairs are joined as in `overt resolve`.

    Pairs that their source links (`linked`) are joined first. In a source with links, a score never joins two records.
    """
    linking = {list_of(edge.left) for edge in linked}
    likeliest = sorted(
        (
            pair
            for pair, place in at.items()
            if chance[place] >= model.same and (is_across(pair) or list_of(pair[0]) not in linking)
        ),
        key=lambda pair: (-chance[at[pair]], pair),
    )
    records = {record for pair in likeliest for record in pair} | {record for edge in linked for record in edge[:2]}
    exclusive = {record: WITHOUT_DUPLICATES for record in records if record.startswith(f"{WITHOUT_DUPLICATES}:")}
    clusters = Clusters((), {}, exclusive, dict.fromkeys(records, "project"))
    matched = {record for pair in likeliest for record in pair}
    clusters.keep_apart_by_score(pair for pair in unlikely if matched.issuperset(pair))
    for edge in [*linked, *(Edge(left, right, "score", "") for left, right in likeliest)]:
        clusters.join(edge)
    for root in {clusters.find(record) for record in records}:
        yield from combinations(sorted(clusters.members(root)), 2)


def rows_of(views: Iterable[View], labels: Truth) -> list[Row]:
    """Return the labelled pairs of the part `dev` in all views, for fitting."""
    rows = []
    for view in views:
        for pair in sorted(labelled(view, labels, "dev")):
            fold = hashlib.sha256(f"f{labels.project(pair)}".encode()).digest()[0] % FOLDS
            weight = 1.0 if all(map(labels.is_tied, pair)) else UNTIED
            rows.append(Row(view.levels, view.at[pair], pair in labels.same, weight, fold))
    return rows


def fit(views: Sequence[View], labels: Truth, model: ProjectModel) -> None:
    """Print the fitted weights, and the result of cross-validation with five folds."""
    rows = rows_of(views, labels)
    chance, same = cross_validated(rows, model), np.array([row.same for row in rows])
    print(*yaml_lines(fitted(rows, model), rows), sep="\n")
    for bound in (0.6, 0.7, 0.8, 0.9):
        right, wrong = int(((chance >= bound) & same).sum()), int(((chance >= bound) & ~same).sum())
        print(f"# cross-validated at {bound}: {right} of {int(same.sum())} found, {wrong} wrong")


def errors(view: View, labels: Truth, part: str, model: ProjectModel) -> None:
    """Print every pair in a part that is wrongly joined or missed."""
    matches = (pair for pair in labels.same if labels.part(pair) == part and in_view(view, pair))
    pairs = {*labelled(view, labels, part), *matches}
    for pair in sorted(pairs, key=lambda pair: -view.chance[view.at[pair]] if pair in view.at else 1.0):
        if (pair in view.joined) == (pair in labels.same):
            continue
        verdict = "missed" if pair in labels.same else "wrong"
        if pair not in view.at:
            print(f"{view.name}: not a candidate pair: {pair[0]} ~ {pair[1]}")
            continue
        levels = {name: str(view.levels[name][view.at[pair]]) for name in model.comparisons}
        text = ", ".join(f"{name} {level}" for name, level in levels.items() if level != BASELINE)
        print(f"{view.name}: {view.chance[view.at[pair]]:.3f} {verdict} {pair[0]} ~ {pair[1]}: {text}")


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--errors", choices=["dev", "test"], help="print the wrong and the missed pairs of a part")
    parser.add_argument("--same", type=float, help="the least probability of a join, instead of the model's")
    parser.add_argument("--fit", action="store_true", help="print weights fitted on the part dev")
    parser.add_argument("--workspace", type=Path, help="an atlas whose imported claims are used, instead of a new import")
    parser.add_argument("--generated", type=int, metavar="PROJECTS", help="measure this many generated projects instead")
    options = parser.parse_args(arguments)
    if options.generated:
        from bench.projects.generated_project_matching import measure

        return measure(options)
    before = machine()
    content, model, labels = Catalogue(), load_project_model(), truth()
    model = model.model_copy(update={"same": options.same or model.same})
    views: list[View] = []
    seconds = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        edition = [shipped(slug, folder / f"{slug}.parquet") for slug in ("aiddata_gcdf", "organizations")]
        if options.workspace or DATA.is_dir():
            atlas = options.workspace or folder / "atlas"
            paths = sorted(atlas.glob("claims/*/*/claims.parquet")) if options.workspace else imported(atlas)
            for kind in ("full", "sparse"):
                result_view, view_seconds = make_view(kind, paths, folder, content, model)
                views, seconds = [*views, result_view], seconds or view_seconds
        else:
            print("the real data is not there (set OVERT_DATA): only what Overt ships is measured", file=sys.stderr)
        views.append(make_view("shipped", edition, folder, content, model)[0])
    if options.fit:
        fit(views, labels, model)
        return 0
    if options.errors:
        for view in views:
            errors(view, labels, options.errors, model)
        return 0
    parts = {part: summary(views, labels, part) for part in ("dev", "test")}
    result = {
        "machine": {**before, "seconds_for_all_pairs": round(seconds, 2)},
        "pairs_in_blocks": len(views[0].at),
        "threshold": model.same,
        **parts,
    }
    targets = [
        Target(f"precision on test, {view.name}", parts["test"][view.name]["joins"]["precision"] or 0, 0.97, "", at_least=True)
        for view in views
    ]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
