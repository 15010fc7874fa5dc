"""Inputs of a resolution, and queries over its claims."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.resolve.equal_names_and_identifiers import WEBSITE, MatchingClaim
from overt.resolve.home_pages import home_page
from overt.resolve.sql_queries import fill_query

EDITORIAL_OFFSET = 1 << 40
"""Added to a ledger sequence number to make a position, so that editorial records come after all archived records."""


@dataclass(frozen=True)
class ClaimsFile:
    """A Parquet file of claims (columns of `overt.model.claim.CLAIMS`) and the position of its snapshot in the archive."""

    path: str
    position: int


@dataclass(frozen=True)
class ResolutionInputs:
    """The facts from the archive, the ledger and the settings of sources that decide which records are the same entity."""

    claims: Sequence[ClaimsFile]
    """Claims by snapshot, in the order of `newest_last`. The last file with a record decides which of its claims can match."""
    same: Sequence[tuple[str, str]] = ()
    different: Sequence[tuple[str, str]] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Old record id → new record id."""
    one_to_one: frozenset[tuple[str, str]] = frozenset()
    """(Source, record type) if the source has no duplicates among records of this type."""
    distinct: frozenset[tuple[str, str]] = frozenset()
    """(Source, record type) if two rows in one edition of the source are always two entities, so that no score joins them."""
    editorial: Mapping[str, int] = field(default_factory=dict)
    """Editorial record → ledger sequence of its first claim. The claims are in the connection's table `editorial`."""
    retracted: frozenset[str] = frozenset()
    """Ids of retracted claims and records. Retracted claims and relations neither join nor separate records."""
    unsure: Sequence[tuple[str, str]] = ()
    """Pairs that editors judged unsure. The machine never joins them, directly or through other records."""


def claims_query(inputs: ResolutionInputs, connection: duckdb.DuckDBPyConnection) -> str:
    """Return SQL for all claims, with `position` and `turn`; an empty string if there are no claims.

    `position`: the snapshot's position in the archive or, for editorial claims, EDITORIAL_OFFSET plus the ledger sequence.
    `turn`: index of the file in `inputs.claims`; 0 for editorial claims. If there are editorial claims, this registers the
    table `editorial_positions`, and the caller must have registered the table `editorial`.
    """
    columns = "claim_id, record, type, source, property, value, unit, lang, valid_to"
    selects = [
        f"SELECT {columns}, {file.position}::BIGINT AS position, {turn} AS turn FROM read_parquet({quote_literal(file.path)})"
        for turn, file in enumerate(inputs.claims)
    ]
    if inputs.editorial:
        positions = [EDITORIAL_OFFSET + sequence for sequence in inputs.editorial.values()]
        connection.register("editorial_positions", pa.table({"record": list(inputs.editorial), "position": positions}))
        selects.append(f"SELECT {columns}, position, 0 AS turn FROM editorial JOIN editorial_positions USING (record)")
    return f"({' UNION ALL '.join(selects)})" if selects else ""


def register_retracted(inputs: ResolutionInputs, connection: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    """Register the table `retracted`, and return two SQL conditions that use it.

    The first leaves out retracted claims, the second retracted records. Each begins with AND; both are empty if nothing is
    retracted.
    """
    connection.register("retracted", pa.table({"target": pa.array(sorted(inputs.retracted), pa.string())}))
    if not inputs.retracted:
        return "", ""
    return "AND claim_id NOT IN (FROM retracted)", "AND record NOT IN (FROM retracted)"


def read_matching_claims(connection: duckdb.DuckDBPyConnection, claims: str, condition: str = "") -> list[MatchingClaim]:
    """Return the claims that can join or separate records, sorted. The value of a website is the key of its page (`home_page`).

    `claims`: a query from `claims_query`. `condition`: a further SQL condition on claims, beginning with AND.
    """
    rows = connection.execute(fill_query("claims.matching_claims", claims=claims, condition=condition)).fetchall()
    return [
        (record, record_type, property_, home_page(value) if property_ == WEBSITE else value)
        for record, record_type, property_, value in rows
    ]
