"""An atlas of generated projects, made for `bench/site/explorer_scale.py`: the tables of a release that the explorer reads.

A small release is made by the code that a user runs; `sql/generate_projects.sql` then fills its tables. How long it takes to make
tables out of so many claims is measured by `release_scale`, and says nothing of how quickly projects are found.
"""

from pathlib import Path

from bench.releases.release_scale import generate, release
from overt.model.duckdb_connection import connect, quote_literal, write_parquet
from overt.model.workspace import Workspace

_MADE = ("projects", "project_kinds", "roles", "places", "organizations", "members", "claims", "records", "values")
_KEPT = ("areas", "terms", "sources", "figures", "captures")


def make(root: Path, projects: int, memory: str) -> Workspace:
    """Make the atlas in `root/atlas`, with a release of so many projects, one in 300 of them a submarine cable."""
    root.mkdir(parents=True, exist_ok=True)
    workspace = Workspace.create(root / "atlas")
    held, _ = release(generate(root, 20), workspace.content, root, 1, "1GB")
    place = workspace.releases / held.name
    workspace.releases.mkdir(exist_ok=True)
    held.rename(place)
    sizes = {
        "projects": projects,
        "organisations": min(5000, projects),
        "towns": max(20, projects // 200),
        "cables": projects // 300,
    }
    script = (Path(__file__).parents[1] / "sql" / "generate_projects.sql").read_text(encoding="utf-8")
    for name, size in sizes.items():
        script = script.replace(f"${{{name}}}", str(size))
    with connect(memory=memory, spill=root / "spill") as connection:
        tables = {path.stem: path for path in sorted((place / "tables").glob("*.parquet"))}
        for name, path in tables.items():
            rows = "" if name in _KEPT else " LIMIT 0"
            connection.execute(f'CREATE TABLE "{name}" AS FROM read_parquet({quote_literal(path)}){rows}')
        connection.execute(script)
        for name, path in tables.items():
            if name not in _KEPT:
                path.unlink()
                write_parquet(connection, f'FROM "{name}"' + (" ORDER BY ALL" if name in _MADE else ""), path)
    return workspace
