"""Matches of a search are grouped, with counts, and the group with the best match comes first."""

import re

from tests.support.client import Client


def test_matches_are_grouped_with_counts_and_the_best_group_first(client: Client) -> None:
    page = client.get("/search?q=huawei").text
    headings = re.findall(r'<h2 id="group-\d+">(.*?) <span class="muted">(\d+)</span></h2>', page)
    assert headings[0][0] == "Companies and other organisations"
    total = int(re.search(r"(\d+) match", page)[1])  # type: ignore[index]
    assert sum(int(count) for _, count in headings) == total == len(re.findall(r'<li><a href="[^"]*"><bdi', page))
    assert "also Huawei" in page and "<mark>" not in page


def test_surveillance_comes_first_among_projects(client: Client) -> None:
    groups = client.get("/search?q=nairobi").text.partition('<h2 id="group-1">')[2]
    projects = groups.partition("Projects <span")[2].partition("<h2")[0]
    kinds = re.findall(r'<span class="small muted">([^,<]*)', projects)
    watching = [kind in ("Smart or safe city", "Video surveillance") for kind in kinds]
    assert any(watching) and watching == sorted(watching, reverse=True)
