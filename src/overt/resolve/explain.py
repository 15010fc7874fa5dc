"""Why two records are one thing or two."""

from typing import Any

import pyarrow.parquet as pq

from overt.archive import Archive
from overt.importing.step import newest_last
from overt.importing.store import ClaimStore
from overt.ledger import Ledger
from overt.model.engine import connect
from overt.model.workspace import Workspace
from overt.resolve.names import NameForms
from overt.resolve.resolver import ClaimsFile, Inputs, claims_query
from overt.resolve.review.compare import parts_in_words
from overt.resolve.review.questions import score_of
from overt.resolve.step import imported_snapshots


def explain(workspace: Workspace, archive: Archive, ledger: Ledger, left: str, right: str) -> dict[str, Any]:
    """Whether two source records are in one cluster, and every clue for and against, as plain data."""
    members = pq.read_table(workspace.resolved / "members.parquet", filters=[("record", "in", [left, right])])
    ids = dict(zip(members["record"].to_pylist(), members["id"].to_pylist(), strict=True))
    because = [
        f"judged {one.verdict} by {one.who} on {one.at[:10]} (entry {one.sequence}): {one.why}"
        for one in ledger.judgements()
        if {one.left, one.right} == {left, right}
    ]
    if (score := score_of(workspace.resolved, left, right)) is not None:
        made_of = "; ".join(f"{name}: {said}" for name, said in parts_in_words(score[1]))
        because.append(f"scored {score[0]:.0%}: {made_of or 'of nothing that is kept'}")
    edges = pq.read_table(workspace.resolved / "edges.parquet").to_pylist()
    path = _path(edges, left, right)
    because += [f"joined by {edge['reason']} ({edge['key']}): {edge['left']} ~ {edge['right']}" for edge in path]
    forms = NameForms()
    sides = [_clues(workspace, archive, record, forms) for record in (left, right)]
    shared = sorted(sides[0]["names"].keys() & sides[1]["names"].keys())
    because += [f"both are called “{sides[0]['names'][name]}”" for name in shared]
    because += [f"both have the identifier {held}" for held in sorted(sides[0]["identifiers"] & sides[1]["identifiers"])]
    if sides[0]["countries"] and sides[1]["countries"] and not sides[0]["countries"] & sides[1]["countries"]:
        because.append(
            f"their countries differ: {', '.join(sorted(sides[0]['countries']))} and {', '.join(sorted(sides[1]['countries']))}"
        )
    refused = pq.read_table(workspace.resolved / "contradictions.parquet").to_pylist()
    because += [f"a join was refused: {row['why']}" for row in refused if {row["left"], row["right"]} == {left, right}]
    because = because or ["they share no name and no identifier"]
    types = set(members["type"].to_pylist())
    if types == {"organization"}:
        because += _names_compared(*sides, related=score is None)
    elif types == {"project"} and score is None:
        because += _projects_compared(workspace, archive, left, right)
    return {"left": left, "right": right, "same": ids.get(left) == ids.get(right), "because": because}


def _names_compared(left: dict[str, Any], right: dict[str, Any], *, related: bool) -> list[str]:
    """What the names by themselves say, the likest two of them part by part; and how the two organisations seem to stand."""
    names = [[*side["name"], *side["alias"]] for side in (left, right)]
    if not all(names):
        return []
    from overt.resolve.names import compare
    from overt.resolve.relations import Organization, load_classifier

    pairs = [(one, other) for one in names[0] for other in names[1]]
    scores = compare.compare([one for one, _ in pairs], [other for _, other in pairs])
    one, other = pairs[max(range(len(pairs)), key=lambda at: (scores[at], at))]
    parts = "; ".join(
        f"{held.part} {held.weight:+.1f} bits{f' ({held.words})' if held.words else ''}" for held in compare.explain(one, other)
    )
    said = [f"the names “{one}” and “{other}” are of one organisation with {max(scores):.0%}: {parts}"]
    if related:
        sides = [
            Organization(
                tuple(side["name"] or side["alias"]),
                tuple(side["alias"] if side["name"] else ()),
                frozenset(side["countries"]),
                frozenset(side["identifiers"]),
            )
            for side in (left, right)
        ]
        verdict = load_classifier().classify(*sides)
        clues = "; ".join(f"{held.clue} {held.level} {held.bits:+.1f} bits" for held in verdict.parts)
        said.append(f"the two look like {verdict.label} ({verdict.probability:.0%}): {clues}")
    return said


def _projects_compared(workspace: Workspace, archive: Archive, left: str, right: str) -> list[str]:
    """What two projects have in common, though nothing brought them together."""
    from overt.resolve import projects

    store = ClaimStore(workspace.claims)
    snapshots = newest_last(imported_snapshots(workspace, archive))
    files = [ClaimsFile(str(store.snapshot(held.source, held.id).claims), held.position) for held in snapshots]
    with connect(memory=workspace.settings.engine.memory) as connection:
        found = projects.explain(connection, claims_query(Inputs(files), connection), workspace.content, (left, right))
    if found is None:
        return ["their kinds cannot be one thing"]
    parts = "; ".join(f"{part['comparison']} {part['level']} {part['bits']:+.1f} bits" for part in found[1])
    return [f"the two are one project with {found[0]:.0%}: {parts}"]


def _path(edges: list[dict[str, str]], left: str, right: str) -> list[dict[str, str]]:
    """The shortest chain of joins from one record to the other; empty where there is none."""
    neighbours: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for edge in edges:
        neighbours.setdefault(edge["left"], []).append((edge["right"], edge))
        neighbours.setdefault(edge["right"], []).append((edge["left"], edge))
    paths: dict[str, list[dict[str, str]]] = {left: []}
    queue = [left]
    for record in queue:
        for other, edge in neighbours.get(record, []):
            if other not in paths:
                paths[other] = [*paths[record], edge]
                queue.append(other)
    return paths.get(right, [])


def _clues(workspace: Workspace, archive: Archive, record: str, forms: NameForms) -> dict[str, Any]:
    """What the last snapshot that holds a record says of it."""
    store = ClaimStore(workspace.claims)
    names: dict[str, str] = {}
    called: dict[str, list[str]] = {"name": [], "alias": []}
    identifiers: set[str] = set()
    countries: set[str] = set()
    for held in reversed(newest_last(imported_snapshots(workspace, archive))):
        if not record.startswith(f"{held.source}:"):
            continue
        claims = store.snapshot(held.source, held.id).claims
        rows = pq.read_table(claims, columns=["property", "value"], filters=[("record", "=", record)]).to_pylist()
        for row in rows:
            if row["property"] in called:
                called[row["property"]].append(row["value"])
                names |= {key: row["value"] for key in [forms.key(row["value"])] if key}
            elif row["property"] == "identifier":
                identifiers.add(row["value"])
            elif row["property"] == "country":
                countries.add(row["value"])
        if rows:
            break
    return {"names": names, "identifiers": identifiers, "countries": countries, **called}
