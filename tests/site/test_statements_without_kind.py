"""A statement about a project is listed even if the claim that gives its kind was retracted."""

import re
from pathlib import Path

from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.model.workspace import Workspace
from overt.queries.database import Database
from overt.server.app import create_app
from overt.site.country.statements_and_notes import statements
from tests.support.atlas import Atlas, make_statements, own_id
from tests.support.client import Client


def test_a_statement_without_a_kind_is_listed(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path, index=True)
    rows = make_statements("organization", "alder", name="Alder Interception", kind="company", country="SE")
    rows += make_statements("project", "p", name="Interception system", kind="interception", country="KE", status="operational")
    rows += make_statements("statement", "s", about="alpha:p", by="alpha:alder", kind="reply", note="It stopped its support.")
    atlas.fetch("alpha", rows)
    [claim] = atlas.rows(atlas.build(), "SELECT claim_id FROM claims WHERE type = 'statement' AND property = 'kind'")
    atlas.retract(claim["claim_id"])
    database = Database(prepare(ServeSettings(atlas.workspace, atlas.build())).database)
    with database.lease() as reader:
        [row] = statements(reader, [own_id("alpha:p")])[own_id("alpha:p")]
    assert (row.id, row.kind, row.by.id) == (own_id("alpha:s"), "", own_id("alpha:alder"))
    client = Client(create_app(ServeSettings(Workspace.open(atlas.root))))
    assert re.search(r">Statement</a>: .*It stopped its support\.", client.get(f"/organization/{own_id('alpha:alder')}").text)
    assert "It stopped its support." in client.get(f"/project/{own_id('alpha:p')}").text
