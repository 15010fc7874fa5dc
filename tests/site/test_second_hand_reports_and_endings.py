"""Reports that others pass on, what sources tie to a supplier, and how systems ended."""

import re

from overt.model.values.date_comparison import has_open_start
from overt.queries.database import Reader
from overt.site.claim.second_hand_publishers import absent_origins, second_hand_sentence
from overt.site.organization.ended_systems import Ending, ending_words
from overt.site.organization.supplied_project_kinds import tied_kinds
from overt.site.project.project_documents import only_publishers, property_documents
from overt.site.site import Site
from tests.support.client import Client
from tests.support.page_text import plain


def test_an_origin_without_a_document_is_named(site: Site) -> None:
    publishers = ["Addis Insight (on Haaretz)", "copy of a press report", "Fast Daily (citing the Guardian)", "Ethiopian Monitor"]
    assert absent_origins(publishers, with_articles=True) == [["Haaretz"], [], ["the Guardian"], []]
    assert absent_origins([*publishers, "Haaretz"], with_articles=False)[0] == [], "its own document is on record"
    assert (
        plain(second_hand_sentence(site, publishers[:1]))
        == "Overt has no document of Haaretz itself, only what others report from it."
    )
    assert second_hand_sentence(site, publishers[3:]) == ""


def test_an_ending_has_its_dates_and_a_newer_document(site: Site) -> None:
    assert ending_words(site, Ending("2016", "2021-03-18", "2021-04")) == "in use from 2016, ended 18 March 2021"
    assert ending_words(site, Ending(None, "2021-03", "2026")) == "ended March 2021, newest document on it: 2026"
    assert ending_words(site, Ending(None, None, "2026")) == ""
    assert has_open_start("../2020") and not has_open_start("2020")


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


def test_documents_stand_for_our_own_register(shipped: Client, site: Site, shipped_reader: Reader) -> None:
    [project] = shipped_reader.select(
        "SELECT p.id FROM projects AS p JOIN project_source AS s ON s.id = p.id WHERE p.sources = 1 AND s.source = 'deployments' "
        "AND p.voices > 2 ORDER BY p.id LIMIT 1"
    )
    _, *ledgers = shipped.get(f"/project/{project['id']}").text.split('<table class="ledger">')
    ledger = "".join(part.partition("</table>")[0] for part in ledgers)
    assert "/document/" in ledger or "/record/" in ledger
    assert "Register of deployments</bdi></a></td>" not in ledger
    assert re.search(r"ledger-sources\">Overt’s editors", ledger), "the title is ours"
    assert property_documents([], []) == {}
    assert only_publishers(site, shipped_reader, project["id"], []) == {}
