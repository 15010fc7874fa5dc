"""A supplier on whose seat sources disagree counts for no country in the figure of documented deployments or its variants."""

import duckdb
import pytest

from overt.model.content_catalogue import Catalogue


@pytest.mark.parametrize(
    ("disputed", "seat"), [([], ["CN", "IL"]), (["huge"], ["IL"]), (["spy"], ["CN"]), (["huge", "spy"], None)]
)
def test_a_seat_counts_in_the_variant_if_it_does_in_the_group(
    content: Catalogue, disputed: list[str], seat: list[str] | None
) -> None:
    query = (content.figure_folders["documented-deployments"] / "query.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute("""
            CREATE TABLE projects AS SELECT 'p' AS id, ['KE'] AS country, ['spyware'] AS kind, 'operational' AS status,
                NULL::VARCHAR[] AS known_from, NULL::DATE AS agreed_from, NULL::DATE AS agreed_to, NULL::DATE AS started_from,
                NULL::DATE AS started_to, NULL::DATE AS operational_from, NULL::DATE AS operational_to,
                NULL::DATE AS completed_from, NULL::DATE AS completed_to;
            CREATE TABLE records AS SELECT 'p' AS id, 2 AS independent_sources;
            CREATE TABLE terms AS SELECT 'project-kinds' AS vocabulary, 'spyware' AS id, 'surveillance' AS layer;
            CREATE TABLE project_kinds AS SELECT 'p' AS id, 'spyware' AS kind;
            CREATE TABLE organizations AS
            SELECT * FROM (VALUES ('huge', 'CN'), ('spy', 'IL'), ('ministry', 'KE')) AS v (id, country);
            CREATE TABLE roles AS SELECT 'p' AS project, id AS organization, if(id = 'ministry', 'customer', 'supplier') AS role
            FROM organizations;
            CREATE TABLE "values" AS SELECT id, 'organization' AS type, 'country' AS property, false AS contested
            FROM organizations;
        """)
        connection.execute('UPDATE "values" SET contested = true WHERE list_contains(?, id)', [disputed])
        rows = connection.execute(f"SELECT seat, chinese, supplied, used FROM ({query})").fetchall()
    assert rows == [(seat, "CN" in (seat or ()), True, True)]
