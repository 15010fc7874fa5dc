"""Kinds of projects that documents tie to one of several suppliers."""

from overt.queries.database import Reader
from overt.site.organization.supplied_project_kinds import tied_kinds
from tests.support.client import Client


def test_a_kind_is_tied_to_a_supplier_by_a_document_that_names_nobody_else(shipped_reader: Reader) -> None:
    kinds = "SELECT value FROM facts WHERE id = ? AND property = 'kind' AND shown"
    suppliers = "SELECT DISTINCT organization FROM project_company WHERE role = 'supplier' LIMIT 40"
    seen = 0
    for row in shipped_reader.select(suppliers):
        for project, tied in tied_kinds(shipped_reader, row["organization"]).items():
            seen += 1
            assert tied <= {fact["value"] for fact in shipped_reader.select(kinds, [project])}, project
    assert seen, "there are such kinds"


def test_partners_in_a_project_of_several_kinds_get_no_kind(shipped: Client, shipped_reader: Reader) -> None:
    [shared] = shipped_reader.select(
        "SELECT p.id, k.organization FROM projects AS p JOIN project_company AS k ON k.id = p.id AND k.role = 'supplier' "
        "WHERE p.label LIKE 'Mabat 2000%' ORDER BY k.organization LIMIT 1"
    )
    assert shared["id"] not in tied_kinds(shipped_reader, shared["organization"])
    page = shipped.get(f"/organization/{shared['organization']}").text
    assert "No source here says which of these kinds it supplied." in page
