"""Generate an atlas of very many projects, for benchmarks of the explorer, the APIs and exports.

A small release is built as a user builds it; then `sql/generate_projects.sql` fills the tables that the explorer reads.
`release_scale` measures how long it takes to make tables from very many claims.
"""

from pathlib import Path

from bench.releases.release_scale import generate, release
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import quote_literal, write_parquet
from overt.model.workspace import Workspace

_GENERATED = ("projects", "project_kinds", "roles", "places", "organizations", "members", "claims", "records", "values", "spans")
_COPIED = ("areas", "terms", "sources", "figures", "captures")


def make(root: Path, projects: int, memory: str) -> Workspace:
    """Make an atlas in `root/atlas` with a release of this many projects. One project in 300 is a submarine cable.

    `memory`: DuckDB's limit, such as `4GB`.
    """
    root.mkdir(parents=True, exist_ok=True)
    workspace = Workspace.create(root / "atlas")
    built, _ = release(generate(root, 20), workspace.content, root, 1, "1GB")
    place = workspace.releases / built.name
    workspace.releases.mkdir(exist_ok=True)
    built.rename(place)
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
            rows = "" if name in _COPIED else " LIMIT 0"
            connection.execute(f'CREATE TABLE "{name}" AS FROM read_parquet({quote_literal(path)}){rows}')
        connection.execute(script)
        for name, path in tables.items():
            if name not in _COPIED:
                path.unlink()
                write_parquet(connection, f'FROM "{name}"' + (" ORDER BY ALL" if name in _GENERATED else ""), path)
    return workspace
