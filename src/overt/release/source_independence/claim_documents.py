"""The documents that each claim cites: several rows of a source can make one claim, each with a document of its own."""

import duckdb


def create_claim_documents(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the view `claim_documents` with the columns `claim_id` and `document`, one row for each document of a claim.

    The connection must have the view `evidence`. Evidence of older releases lacks the documents, so the view is then empty, and
    only the column `document` of the claims says what they cite.
    """
    columns = {row[0] for row in connection.execute("DESCRIBE evidence").fetchall()}
    document = "document" if "document" in columns else "NULL::VARCHAR AS document"
    connection.execute(
        "CREATE OR REPLACE VIEW claim_documents AS "
        f"SELECT DISTINCT claim_id, document FROM (SELECT claim_id, {document} FROM evidence) WHERE document IS NOT NULL"
    )
