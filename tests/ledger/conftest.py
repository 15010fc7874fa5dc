from collections.abc import Iterator

import pytest

from overt.ledger import Ledger, SourceDocument, document_draft

AT = "2026-11-24T12:00:00Z"
BY = {"who": "Ada", "why": "read both pages", "at": AT}
REPORT = SourceDocument("Annual report 2020", "page 12", "https://example.org/report.pdf")


def claim(ledger, value="HMN Tech", record="editorial:hmn", **more):
    return ledger.add_claim(record, "organization", "name", value, **({"document": REPORT} | BY | more))


def add_document(ledger, sequence, document):
    """Add another document to the editorial claim of an entry."""
    return ledger.append_drafts(lambda entries: [document_draft(sequence, document, **BY)])[0]


def read_state(ledger, until=None):
    return ledger.judgements(until), ledger.claims(until), ledger.retractions(until)


@pytest.fixture
def address(tmp_path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture
def ledger(address) -> Iterator[Ledger]:
    with Ledger(address) as ledger:
        yield ledger
