"""The list of countries: ranked by documented surveillance and censorship, with what indexes say in separate columns."""

import re

from overt.queries.database import Reader
from overt.site.countries.country_rows import country_rows
from overt.site.site import Site
from tests.support.client import Client


def test_countries_are_ranked_by_documented_systems(site: Site, reader: Reader) -> None:
    rows = country_rows(site, reader)
    assert [row.documented for row in rows] == sorted((row.documented for row in rows), reverse=True)
    by_code = {row.code: row for row in rows}
    assert rows[0].code == "US" and by_code["US"].censorship == by_code["US"].systems
    assert by_code["KE"].indexed == 2
    assert by_code["KE"].systems == 0, "its only system is cancelled, as an editor's source says"
    assert (by_code["RU"].agreements, by_code["RU"].laws) == (1, 2), "laws are counted apart"


def test_the_list_opens_with_the_country_that_has_most(client: Client) -> None:
    page = client.get("/countries").text
    first = re.search(r'<tbody><tr><th scope="row"><a href="([^"]+)">', page)
    assert first and first[1] == "/country/US"
    assert "Systems or state programmes of surveillance or censorship are documented in" in page
    by_name = client.get("/countries?sort=name").text
    names = re.findall(r'<tr><th scope="row"><a href="[^"]+">([^<]+)</a>', by_name)
    assert names == sorted(names)
    assert client.get("/countries?sort=nonsense").status_code == 400
