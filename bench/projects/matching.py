"""Which records of several sources are one project: precision and recall against labels, with counts.

    python -m bench.projects.matching               on the real data in `$OVERT_DATA` (default `../shared/data`), else on AidData's edition
    python -m bench.projects.matching --errors dev  every pair of a part that is judged otherwise than its label
    python -m bench.projects.matching --same 0.8    joined from another probability on than the model says
    python -m bench.projects.matching --fit         weights from the part `dev` alone, as lines for content/models/projects.yml
    python -m bench.projects.matching --generated 100000  how long so many generated projects take, and how much memory

The labels and how they are cut in two: `bench.projects.labels`. The described projects are looked at as their documents tell of
them beside the real files (`full`), by name, kind and one country, as a short list has them (`sparse`), and beside what Overt
ships (`shipped`). What is counted are joins: the pairs that are in one cluster, the likeliest joined first, no cluster with two
records of a source without duplicates. A pair that is one project and that no block brings together is a miss. There is no peer.
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

from bench.harness import DATA, OVERT, Target, machine, parser, report, run_child
from bench.projects.labels import Pair, Truth, elsewhere_claims, truth
from bench.projects.match_counts import View, labelled, shown, told
from bench.projects.weight_fitting import FOLDS, UNTIED, Row, cross_validated, fitted, lines
from overt.importing.golden import run_folder
from overt.model.claim import CLAIMS, Claim
from overt.model.content import Catalogue
from overt.model.duckdb_connection import connect
from overt.resolve.clusters import Clusters, Edge
from overt.resolve.names import NameForms
from overt.resolve.projects.levels import Levels
from overt.resolve.projects.model import BASELINE, ProjectModel, load_model
from overt.resolve.projects.score import compare
from overt.resolve.resolver import ClaimsFile, Inputs, resolve

SOURCES = ("aiddata_gcdf", "telegeography", "organizations", "aspi_tech_map")
ALONE = "telegeography"


def imported(folder: Path) -> list[Path]:
    """Claims of the real files, made by the commands that users type."""
    run_child([*OVERT, "init", folder])
    run_child([*OVERT, "fetch", *SOURCES, "--from", DATA, "--retrieved", "2026-11-24", "--workspace", folder])
    run_child([*OVERT, "import", "--workspace", folder])
    return sorted(folder.glob("claims/*/*/claims.parquet"))


def shipped(slug: str, path: Path) -> Path:
    """The claims of a source's edition, written to a file."""
    content = Catalogue()
    return write_claims(run_folder(content, slug, Path(str(content.source_folders[slug])) / "edition").claims, path)


def write_claims(claims: Iterable[Claim], path: Path) -> Path:
    """Claims as a Parquet file."""
    rows = [{"claim_id": claim.id, **claim._asdict()} for claim in dict.fromkeys(claims)]
    pq.write_table(pa.Table.from_pylist(rows, schema=CLAIMS), path)
    return path


def view(name: str, paths: Sequence[Path], folder: Path, content: Catalogue, model: ProjectModel) -> tuple[View, float]:
    """Every pair of the blocks, organisations resolved first; and the seconds that the pairs took."""
    path = write_claims(elsewhere_claims(sparse=name == "sparse"), folder / f"{name}.parquet")
    files = [ClaimsFile(str(one), at) for at, one in enumerate([*paths, path])]
    with connect() as connection:
        resolved = resolve(Inputs(files, one_to_one=frozenset({("organizations", "organization")})), NameForms(), connection)
        things = {record: identity for record, kind, identity, *_ in resolved.members if kind == "organization"}
        _told(connection, files)
        query = "SELECT record, min(value) FILTER (property = 'kind') FROM told WHERE type = 'project' GROUP BY record"
        kinds = dict(connection.execute(query).fetchall())
        begin = monotonic()
        levels = compare(connection, "told", content, things=things, alone=[ALONE], model=model)
        seconds = monotonic() - begin
    chance = probabilities(levels, model)
    at = {pair: place for place, pair in enumerate(zip(levels["left"], levels["right"], strict=True))}
    return View(name, levels, kinds, chance, at, frozenset(_joins(at, chance, model))), seconds


def _told(connection: duckdb.DuckDBPyConnection, files: list[ClaimsFile]) -> None:
    listed = ", ".join(f"'{held.path}'" for held in files)
    connection.execute(f"CREATE VIEW told AS SELECT *, 0 AS turn FROM read_parquet([{listed}])")


def probabilities(levels: Levels, model: ProjectModel) -> Any:
    """The probability of each pair."""
    bits = [[model.weight(name, str(level)) for level in levels[name]] for name in model.comparisons]
    return 1 / (1 + np.exp2(-(model.prior + np.sum(bits, axis=0))))


def _joins(at: dict[Pair, int], chance: Any, model: ProjectModel) -> Iterator[Pair]:
    """The pairs that are in one cluster, joined as `overt resolve` joins them."""
    likeliest = sorted(
        (pair for pair, place in at.items() if chance[place] >= model.same), key=lambda pair: (-chance[at[pair]], pair)
    )
    records = {record for pair in likeliest for record in pair}
    alone = {record: ALONE for record in records if record.startswith(f"{ALONE}:")}
    clusters = Clusters((), {}, alone, dict.fromkeys(records, "project"))
    for left, right in likeliest:
        clusters.join(Edge(left, right, "score", ""))
    for root in {clusters.find(record) for record in records}:
        yield from combinations(sorted(clusters.members(root)), 2)


def rows_of(views: Iterable[View], labels: Truth) -> list[Row]:
    """The pairs of the part `dev`, of all views, for the fit."""
    made = []
    for seen in views:
        for pair in sorted(labelled(seen, labels, "dev")):
            fold = hashlib.sha256(f"f{labels.of(pair)}".encode()).digest()[0] % FOLDS
            weight = 1.0 if all(map(labels.is_tied, pair)) else UNTIED
            made.append(Row(seen.levels, seen.at[pair], pair in labels.same, weight, fold))
    return made


def fit(views: Sequence[View], labels: Truth, model: ProjectModel) -> None:
    """Print weights, and what weights from four folds say of the fifth."""
    rows = rows_of(views, labels)
    chance, same = cross_validated(rows, model), np.array([row.same for row in rows])
    print(*lines(fitted(rows, model), rows), sep="\n")
    for bound in (0.6, 0.7, 0.8, 0.9):
        found, wrong = int(((chance >= bound) & same).sum()), int(((chance >= bound) & ~same).sum())
        print(f"# cross-validated at {bound}: {found} of {int(same.sum())} found, {wrong} wrong")


def errors(seen: View, labels: Truth, part: str, model: ProjectModel) -> None:
    """Print every pair of a part that is joined and should not be, or the other way round."""
    pairs = {*labelled(seen, labels, part), *(pair for pair in labels.same if labels.part(pair) == part and shown(seen, pair))}
    for pair in sorted(pairs, key=lambda one: -seen.chance[seen.at[one]] if one in seen.at else 1.0):
        if (pair in seen.joined) == (pair in labels.same):
            continue
        verdict = "missed" if pair in labels.same else "wrong"
        if pair not in seen.at:
            print(f"{seen.name}: in no block: {pair[0]} ~ {pair[1]}")
            continue
        found = {name: str(seen.levels[name][seen.at[pair]]) for name in model.comparisons}
        held = ", ".join(f"{name} {level}" for name, level in found.items() if level != BASELINE)
        print(f"{seen.name}: {seen.chance[seen.at[pair]]:.3f} {verdict} {pair[0]} ~ {pair[1]}: {held}")


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark."""
    options = parser(__doc__)
    options.add_argument("--errors", choices=["dev", "test"], help="print the pairs that are judged otherwise than their label")
    options.add_argument("--same", type=float, help="the probability from which a pair is joined, instead of the model's")
    options.add_argument("--fit", action="store_true", help="print weights from the part dev")
    options.add_argument("--workspace", type=Path, help="an atlas whose imported claims are used, instead of importing anew")
    options.add_argument("--generated", type=int, metavar="PROJECTS", help="time so many generated projects instead")
    given = options.parse_args(arguments)
    if given.generated:
        from bench.projects.generated_projects import measured

        return measured(given)
    before = machine()
    content, model, labels = Catalogue(), load_model(), truth()
    model = model.model_copy(update={"same": given.same or model.same})
    views: list[View] = []
    seconds = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        edition = [shipped(slug, folder / f"{slug}.parquet") for slug in ("aiddata_gcdf", "organizations")]
        if given.workspace or DATA.is_dir():
            atlas = given.workspace or folder / "atlas"
            paths = sorted(atlas.glob("claims/*/*/claims.parquet")) if given.workspace else imported(atlas)
            for kind in ("full", "sparse"):
                seen, took = view(kind, paths, folder, content, model)
                views, seconds = [*views, seen], seconds or took
        else:
            print("the real files are not there (OVERT_DATA): only what Overt ships is looked at", file=sys.stderr)
        views.append(view("shipped", edition, folder, content, model)[0])
    if given.fit:
        fit(views, labels, model)
        return 0
    if given.errors:
        for seen in views:
            errors(seen, labels, given.errors, model)
        return 0
    parts = {part: told(views, labels, part) for part in ("dev", "test")}
    result = {
        "machine": {**before, "seconds_for_all_pairs": round(seconds, 2)},
        "pairs_in_blocks": len(views[0].at),
        "threshold": model.same,
        **parts,
    }
    targets = [
        Target(f"precision on test, {seen.name}", parts["test"][seen.name]["joins"]["precision"] or 0, 0.97, "", at_least=True)
        for seen in views
    ]
    return report(result, targets, given)


if __name__ == "__main__":
    sys.exit(main())
