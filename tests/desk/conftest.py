"""An atlas with a release and scored pairs, and its desk."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from overt.resolve.relations.stated_and_proposed_relations import RELATIONS
from overt.resolve.resolution_writer import EDGES
from overt.resolve.resolved_table_reader_and_digests import resolved_fingerprint, write_description
from overt.resolve.scored_pair_table import CANDIDATES
from overt.server.app import ServeSettings, create_app
from tests.support.client import HOST, Client
from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.shared_run_results import build_once

TOKEN = "a-token-of-the-tests"
HERE = f"/desk/{TOKEN}/"
SCORED = {
    ("alpha:bluestem", "beta:bluestem"): (0.6, '{"name": 3.25, "country": {"weight": -1.5, "left": "KE", "right": "UG"}}'),
    ("alpha:quartz", "beta:quartz"): (0.9, '{"name": 5.5}'),
    ("alpha:quiet", "beta:quiet"): (0.5, "{}"),
}


def score(atlas: Atlas) -> None:
    """Write scored pairs, no joins and no relations to `resolved/`, so that tests don't depend on the models."""
    rows = [
        {"left": left, "right": right, "probability": probability, "parts": parts}
        for (left, right), (probability, parts) in SCORED.items()
    ]
    tables = {"candidates": (CANDIDATES, rows), "edges": (EDGES, []), "relations": (RELATIONS, [])}
    for name, (schema, rows) in tables.items():
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), atlas.root / "resolved" / f"{name}.parquet")
    write_description(atlas.root / "resolved", resolved_fingerprint(atlas.root / "resolved") or "")


def make(folder: Path) -> tuple[Atlas, str]:
    """Return an atlas and its release, with three scored pairs of organisations.

    In the first pair, one organisation supplies three projects; in the second, one project; in the third, none.
    """
    atlas = Atlas(folder)
    atlas.figure("all-projects", "SELECT id AS unit_id FROM projects", measure="count")
    rows = make_statements("organization", "bluestem", name=["Bluestem Optics", "<script>alert(1)</script>"], country="KE")
    rows += make_statements("organization", "quartz", name="Quartz Signal") + make_statements(
        "organization", "quiet", name="Quiet"
    )
    for number in range(4):
        rows += make_statements("project", f"p{number}", name=f"Project {number}")
        supplier = "bluestem" if number else "quartz"
        rows += make_statements(
            "role", f"r{number}", project=f"alpha:p{number}", organization=f"alpha:{supplier}", role="supplier"
        )
    atlas.fetch("alpha", rows)
    statements = make_statements(
        "organization", "bluestem", name="Bluestem", alias="Bluestem Optics", country="UG", website="https://b.example/"
    )
    statements += make_statements("organization", "quartz", name="Quartz") + make_statements(
        "organization", "quiet", name="Whisper"
    )
    atlas.fetch("beta", statements)
    release = atlas.build()
    score(atlas)
    return atlas, release


class DeskClient(Client):
    """A client that posts forms to the desk as the desk's own pages do."""

    def post(self, path: str, **fields: object) -> object:
        return self.request("POST", HERE + path, data=fields, headers={"Origin": HOST})


def _ready(folder: Path) -> str:
    atlas, release = make(folder)
    create_app(ServeSettings(atlas.workspace, release))
    return release


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Atlas, str]:
    """An atlas and its release, prepared for serving. Tests must not write to it."""
    folder, release = build_once(tmp_path_factory, "desk", lambda folder: (folder, _ready(folder)))
    return Atlas.open(folder), release


@pytest.fixture
def made(original: tuple[Atlas, str], tmp_path: Path) -> tuple[Atlas, str]:
    """A copy of `original` that a test may write to."""
    return original[0].copy_to(tmp_path), original[1]


@pytest.fixture
def atlas(made: tuple[Atlas, str]) -> Atlas:
    return made[0]


@pytest.fixture
def desk(made: tuple[Atlas, str]) -> DeskClient:
    return DeskClient(create_app(ServeSettings(made[0].workspace, made[1], desk=TOKEN)))
