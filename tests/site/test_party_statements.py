"""Statements about projects on the pages of countries, projects and organisations."""

import re
from pathlib import Path

from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.model.workspace import Workspace
from overt.queries.database import Database
from overt.server.app import create_app
from overt.site.country.statements_and_notes_on_projects import statements
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, make_statements, own_id
from tests.support.page_text import marked


def test_a_statement_stands_with_its_system_and_is_not_called_a_denial(shipped: Client) -> None:
    page = shipped.get("/country/RS").text
    row = re.findall(r'<tr><th scope="row">(?:(?!</tr>).)*Safe City Belgrade(?:(?!</tr>).)*</tr>', page, re.DOTALL)[0]
    words = re.sub(r"\s+", " ", marked(row.replace("</td>", " </td>")))
    assert "Disputed by Serbian authorities (August 2021): The authorities say that face recognition is not in use" in words
    assert "Huawei (China)" in words and words.rstrip().endswith("2017 agreed2019 in use Operational as of May 2024"), (
        "an old status has its date"
    )
    assert "the company said that it had stopped the use of its products by the clients concerned" in marked(page), (
        "what is suspended"
    )
    drawing = page.partition('<figure class="static-map briefing-map')[2].partition("</figure>")[0]
    key = " ".join(marked(drawing.partition("<figcaption>")[2]).split())
    assert ">Niš</text>" in drawing and "Surveillance" in key
    assert "Networks and ICT" not in key and "Data centres" not in key, "of a country with systems, only these have marks"
    [total] = re.findall(r"(\d+) surveillance systems", marked(page))[:1]
    [unplaced] = re.findall(r"(\d+) more systems couldn’t be placed\.", key)
    assert len(set(re.findall(r'href="/project/(ovt-[a-z2-7]+)"', drawing))) + int(unplaced) == int(total), "they add up"


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
    assert re.search(r">Reply</a>: .*It stopped its support\.", client.get(f"/organization/{own_id('alpha:alder')}").text)
    assert "It stopped its support." in client.get(f"/project/{own_id('alpha:p')}").text
