"""Overlaps and dependence in an edition of some projects: of what it holds, and nothing that hangs on what it does not."""

from tests.support.client import Client


def test_overlaps_are_of_the_part(served_subset: Client, public_client: Client) -> None:
    def things(client: Client) -> int:
        found = client.get("/api/v1/overlaps").json()["items"]
        return next(one["things"] for one in found if (one["unit"], one["cut"]) == ("project", "all"))

    assert things(served_subset) == served_subset.get("/api/v1/projects?limit=1").json()["total"] < things(public_client)


def test_what_cuts_a_country_off_is_not_told_of_a_part(served_subset: Client) -> None:
    answer = served_subset.get("/api/v1/countries/KE/dependence").json()
    assert answer["sectors"] and answer["cuts"] == []
    assert {row.get("cut") for row in answer["cables"]} <= {None}
