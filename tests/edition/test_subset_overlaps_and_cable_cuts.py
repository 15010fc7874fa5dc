"""In an edition of some projects, overlaps count only these projects, and cable cuts are not computed."""

from tests.support.client import Client


def test_overlaps_count_the_subset(served_subset: Client, public_client: Client) -> None:
    def things(client: Client) -> int:
        overlaps = client.get("/api/v1/overlaps").json()["items"]
        return next(overlap["things"] for overlap in overlaps if (overlap["unit"], overlap["cut"]) == ("project", "all"))

    assert things(served_subset) == served_subset.get("/api/v1/projects?limit=1").json()["total"] < things(public_client)


def test_cable_cuts_are_not_computed_for_a_subset(served_subset: Client) -> None:
    response = served_subset.get("/api/v1/countries/KE/dependence").json()
    assert response["sectors"] and response["cuts"] == []
    assert {row.get("cut") for row in response["cables"]} <= {None}
