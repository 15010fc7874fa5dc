"""How old the documents on a company's systems are."""

from pathlib import Path

from overt.index.serve_settings import ServeSettings
from overt.model.workspace import Workspace
from overt.server.app import create_app
from overt.site.report_ages import whole_years
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, Statement, make_statements, own_id
from tests.support.page_text import marked


def test_the_lead_of_a_company_says_how_old_its_evidence_is(tmp_path: Path) -> None:
    """A page that lists systems in the present tense must say if no document on them is of the last three years."""
    atlas = Atlas(tmp_path, index=True)

    def cited(document: str, record_type: str, key: str, /, **values: str) -> list[Statement]:
        return [row._replace(document=document) for row in make_statements(record_type, key, **values)]

    def supplied(company: str, newest: str) -> list[Statement]:
        rows = make_statements("organization", company, name=f"{company} Interception", kind="company", country="SE")
        for number, published in enumerate(("2016-05", newest)):
            key = f"{company}-{number}"
            rows += make_statements("document", f"d{key}", title=f"Report {key}", published=published)
            rows += cited(
                f"alpha:d{key}", "project", key, name=f"System {key}", kind="interception", country="KE", status="operational"
            )
            rows += cited(
                f"alpha:d{key}", "role", f"r{key}", organization=f"alpha:{company}", project=f"alpha:{key}", role="supplier"
            )
        return rows

    statement = make_statements("document", "reply", title="Reply", published="2025-10")
    statement += cited("alpha:reply", "statement", "s", about="alpha:cedar-0", by="alpha:cedar", kind="reply", note="It is used.")
    companies = {"alder": "2018-04-25", "beech": "2025-06-01", "cedar": "2018"}
    atlas.fetch("alpha", [row for name, newest in companies.items() for row in supplied(name, newest)] + statement)
    atlas.build()
    client = Client(create_app(ServeSettings(Workspace.open(atlas.root))))
    leads = {name: marked(client.get(f"/organization/{own_id(f'alpha:{name}')}").text) for name in companies}
    assert "The newest dated document on its systems is of 25 April 2018." in leads["alder"]
    assert "newest dated document" not in leads["beech"]
    assert "newest dated document" not in leads["cedar"], "a statement of 2025 is on one of them"
    assert whole_years("2018-04-25", "2026-01-01") == 7
