"""Claims that editors add. Each document that they cite is one record."""

from pathlib import Path

import pytest

from overt.ledger import Ledger, SourceDocument, document_draft
from overt.model.content_catalogue import Catalogue
from overt.model.errors import OvertError
from overt.resolve.editorial_claims import EditorialClaims, read_editorial_claims

BY = {"who": "Ada", "why": "read it"}
GAZETTE = SourceDocument("Gazette", "page 4", "https://gazette.example/4")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")


def claim(ledger: Ledger, record: str, document: SourceDocument) -> int:
    return ledger.add_claim(record, "project", "name", f"Name of {record}", document=document, **BY).sequence


def documents(editorial: EditorialClaims) -> list[str]:
    return sorted({row["record"] for row in editorial.claims.to_pylist() if row["type"] == "document"})


def test_equal_title_and_address_are_one_document(content: Catalogue, ledger: Ledger) -> None:
    repeats = [SourceDocument("Gazette ", "page 9", "https://gazette.example/4"), GAZETTE]
    for number, document in enumerate([GAZETTE, *repeats]):
        claim(ledger, f"editorial:{number}", document)
    made = read_editorial_claims(content, ledger)
    [document] = documents(made)
    assert {row["document"] for row in made.claims.to_pylist() if row["type"] == "project"} == {document}
    assert made.positions[document] == 1
    titles = [row for row in made.evidence.to_pylist() if row["excerpt"] == "Gazette"]
    assert {row["locator"] for row in titles} == {"entry=1", "entry=2", "entry=3"}, "every entry is evidence for the title"


@pytest.mark.parametrize(
    "document", [SourceDocument("Gazette", "page 4"), SourceDocument("Gazette", "page 4", "https://gazette.example/5")]
)
def test_another_address_is_another_document(content: Catalogue, ledger: Ledger, document: SourceDocument) -> None:
    claim(ledger, "editorial:a", GAZETTE)
    claim(ledger, "editorial:b", document)
    assert len(documents(read_editorial_claims(content, ledger))) == 2


def test_a_document_stays_the_same_when_the_first_claim_is_undone(content: Catalogue, ledger: Ledger) -> None:
    first = claim(ledger, "editorial:a", GAZETTE)
    claim(ledger, "editorial:b", GAZETTE)
    before = documents(read_editorial_claims(content, ledger))
    ledger.undo(first, **BY)
    assert documents(read_editorial_claims(content, ledger)) == before


def test_a_second_document_of_a_claim(content: Catalogue, ledger: Ledger) -> None:
    first = claim(ledger, "editorial:a", GAZETTE)
    ledger.append_drafts(lambda entries: [document_draft(first, SourceDocument("Report", "page 1"), **BY)])
    made = read_editorial_claims(content, ledger)
    assert len(documents(made)) == 2
    [project_claim] = [row for row in made.claims.to_pylist() if row["type"] == "project"]
    cited = [row["document"] for row in made.evidence.to_pylist() if row["claim_id"] == project_claim["claim_id"]]
    assert sorted(cited) == documents(made)


def test_an_invalid_address_is_reported_with_its_entry(content: Catalogue, ledger: Ledger) -> None:
    claim(ledger, "editorial:a", SourceDocument("Gazette", "page 4", "https://gazette.example:x/"))
    with pytest.raises(OvertError, match=r"entry 1, on editorial:a: .*take it back with `overt judge undo 1`"):
        read_editorial_claims(content, ledger)
