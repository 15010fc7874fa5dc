"""Pages of any origin may read the data of a public site; only local pages may read those of a private one."""

from tests.support.client import Client


def test_data_of_a_public_site_are_for_pages_of_any_origin(public_client: Client) -> None:
    for path in ("/zh/ogc", "/projects.csv", "/map.svg"):
        for headers in ({}, {"Origin": "https://others.example"}):
            response = public_client.get(path, headers=headers)
            assert response.headers["access-control-allow-origin"] == "*", path
            assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    page = public_client.get("/figure/test-projects", headers={"Origin": "https://others.example"})
    assert page.status_code == 200 and "access-control-allow-origin" not in page.headers


def test_data_of_this_machine_say_that_they_differ_by_origin(client: Client) -> None:
    for headers in ({}, {"Origin": "http://localhost:3333"}, {"Origin": "https://others.example"}):
        response = client.get("/zh/ogc", headers=headers)
        assert "origin" in response.headers["vary"].lower()
        allowed = response.headers.get("access-control-allow-origin")
        assert allowed == (headers["Origin"] if "localhost" in headers.get("Origin", "") else None)
