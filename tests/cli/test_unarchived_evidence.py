"""Evidence typed from documents that aren't archived is marked: by `verify`, by `show`, and on pages of records and claims."""

import shutil
from itertools import product
from pathlib import Path

import duckdb
import pytest

from overt.cli.reports.evidence_check_text import describe_places
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.model.unarchived_evidence_condition import in_document_not_archived, not_archived_sql
from overt.release.archived_evidence_counts import PlaceCounts
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, Statement, make_statements

SENTENCE = "Typed from a document that is not in the archive, so nobody can check the wording here."
ALL_TYPED = "All of it was typed from documents that are not in the archive, so nobody can check the wording here."
CHINESE_SENTENCE = "摘自未存档的文件，由人工录入，因此无法在此核对原文。"
LINE = "      typed from a place in a document that is not archived, so nobody can check it here"


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with a source, a register of our own that cites a document, and an editor's invented quotation."""
    atlas = Atlas(tmp_path_factory.mktemp("unarchived"), index=True)
    atlas.fetch("alpha", make_statements("project", "p", name="Cameras", country="KE"))
    atlas.source("register", own=True)
    rows = make_statements("document", "d", title="A treaty")
    rows += [Statement("project", "r", "name", "A cable", document="register:d"), Statement("project", "r", "country", "KE")]
    rows += [
        Statement("project", "t", name, text, document="register:d") for name, text in (("name", "A tap"), ("country", "KE"))
    ]
    atlas.fetch("register", rows)
    atlas.ok("import")
    atlas.ok("resolve")
    atlas.claim("alpha:p", "project", "description", "“We watch everybody”, said the minister.")
    atlas.build()
    return atlas


@pytest.mark.slow
def test_verify_counts_an_invented_quotation_apart(atlas: Atlas) -> None:
    outcome = atlas.ok("verify")
    assert "places were read again in archived files and still match" in outcome.out
    assert "; 4 places are in documents that are not archived, so nobody can check them here" in outcome.out
    places = atlas.read_json("verify")["places"]
    assert places == {"archived": 4, "documents": 4}, "the register's title, and cells without a document, are in archived files"


@pytest.mark.parametrize("indexed", [True, False])
def test_show_says_so_of_each_claim(atlas: Atlas, tmp_path: Path, indexed: bool) -> None:
    if not indexed:
        atlas = atlas.copy_to(tmp_path)
        shutil.rmtree(atlas.root / "cache")
    for record, typed in (("alpha:p", {"description"}), ("register:r", {"name"}), ("register:d", set())):
        claims = atlas.read_json("show", record)["claims"]
        assert {c["property"] for c in claims for place in c["evidence"] if not place["archived"]} == typed, record
        assert atlas.ok("show", record).out.splitlines().count(LINE) == len(typed), record


@pytest.mark.parametrize(("prefix", "sentence"), [("", SENTENCE), ("/zh", CHINESE_SENTENCE)])
def test_pages_say_so_beside_each_claim(atlas: Atlas, prefix: str, sentence: str) -> None:
    client = Client(create_app(ServeSettings(workspace=atlas.workspace)))
    for record, typed in (("alpha:p", {"description"}), ("register:r", {"name"})):
        identity = atlas.id_of(record)
        page = client.get(f"{prefix}/project/{identity}").text
        assert page.count(sentence) == len(typed), record
        for claim in atlas.read_json("show", record)["claims"]:
            text = client.get(f"{prefix}/claim/{claim['claim_id']}").text
            cited = any(words in text for words in ("is not archived here", "文件未在此存档"))
            assert (sentence in text or cited) == (claim["property"] in typed), claim


def test_a_page_typed_from_documents_says_so_once(atlas: Atlas) -> None:
    client = Client(create_app(ServeSettings(workspace=atlas.workspace)))
    for record, times in (("register:t", 1), ("register:r", 0)):
        page = client.get(f"/project/{atlas.id_of(record)}").text
        assert (page.count(ALL_TYPED), page.count(SENTENCE)) == (times, 1 - times), record


def test_the_sentence_counts_in_plain_words() -> None:
    assert describe_places(PlaceCounts(1, 0)) == "1 place was read again in an archived file and still matches"
    assert describe_places(PlaceCounts(1204, 1)).endswith(
        "1,204 places were read again in archived files and still match; 1 place is in a document that is not archived,"
        " so nobody can check it here"
    )


def test_sql_and_python_follow_the_same_rule() -> None:
    condition = not_archived_sql("source", "own", "document")
    for source, own, document in product(("alpha", EDITORIAL_SOURCE), (True, False, None), ("alpha:d", None)):
        query = f"SELECT {condition} FROM (SELECT ?::VARCHAR AS source, ?::BOOLEAN AS own, ?::VARCHAR AS document)"
        [(answer,)] = duckdb.execute(query, [source, own, document]).fetchall()
        assert answer is in_document_not_archived(source, own, document), (source, own, document)
