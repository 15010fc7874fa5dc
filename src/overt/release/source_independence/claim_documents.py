"""The documents that each claim cites. Several rows of a source can make the same claim, each citing its own document."""

import duckdb


def create_claim_documents(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the view `claim_documents` with the columns `claim_id` and `document`, one row for each document of a claim.

    The connection must have the view `evidence`. In older releases the evidence has no documents. The view is then empty, and
    only the column `document` of the claims shows what they cite.
    """
    columns = {row[0] for row in connection.execute("DESCRIBE evidence").fetchall()}
    document = "document" if "document" in columns else "NULL::VARCHAR AS document"
    connection.execute(
        "CREATE OR REPLACE VIEW claim_documents AS "
        f"SELECT DISTINCT claim_id, document FROM (SELECT claim_id, {document} FROM evidence) WHERE document IS NOT NULL"
    )
