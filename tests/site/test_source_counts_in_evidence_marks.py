"""Evidence marks in lists: they count separate sources, as the pages of countries and projects do."""

import re

import pytest

from overt.queries import projects
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader
from tests.support.client import Client

_MARK = re.compile(
    r'href="(/project/ovt-[a-z2-7]+)#claims" title="(\d+) separate sources?(?: on the whole project)?"[^>]*>\2</a>'
)
"""Matches a project's mark. On a country's page, its title adds “on the whole project”, because other marks there are not."""


@pytest.mark.ci
def test_a_project_has_the_same_mark_on_every_page(shipped: Client, shipped_reader: Reader) -> None:
    pages = [shipped.get(path).text for path in ("/country/RS", "/country/RS/rows", "/explorer?country=RS")]
    briefing, rows, explorer = (dict(_MARK.findall(page)) for page in pages)
    assert briefing and {path: rows[path] for path in briefing} == briefing
    assert explorer and {path: rows[path] for path in explorer} == explorer
    counted = {
        f"/project/{row.id}": str(row.independent_sources)
        for row in projects.page(shipped_reader, ProjectFilter(country=("RS",)))
    }
    assert rows == counted and len(set(rows.values())) > 1


def test_lists_count_the_documents_of_one_dataset(shipped_reader: Reader) -> None:
    rows = projects.page(shipped_reader, ProjectFilter(), size=200)
    datasets = {
        row["id"]: row["sources"] for row in shipped_reader.select("SELECT id, sources FROM records WHERE type = 'project'")
    }
    assert any(row.independent_sources > datasets[row.id] for row in rows), "a dataset that cites several publishers"
