"""Countries that a reader picks for a chart."""

import re
from html import unescape

import pytest

from overt.queries.database import Reader
from overt.site.figure.group_charts import group_charts
from overt.site.series.scale_plot import Dot, draw_scale
from overt.site.site import Site
from tests.site.test_chart_views import changed_figure, render_template
from tests.support.client import Client


def test_picked_countries_replace_the_largest(reader: Reader, site: Site) -> None:
    stored = changed_figure(reader, site, groups={"country": {"KE": 4, "PK": 3, "LA": 9}})
    ((_, chart),) = group_charts(site, stored, ("PK", "ZM", "KE"))
    assert [row[0].text for row in chart.table.rows] == ["Kenya", "Pakistan"]
    assert [row[1].text for row in chart.table.rows] == ["4", "3"]
    assert "No record here: Zambia." in chart.text.note, "a bar of zero would be evidence of absence"


def test_a_form_adds_a_country_and_links_take_one_off(site: Site) -> None:
    offered = [site.words.areas[code] for code in ("KE", "PK", "LA", "ZM", "CN")]
    picker = "{{ country_picker('/series/x', offered, picked, 4) }}"
    html = render_template(site, picker, offered=offered, picked=("KE", "PK"))
    assert html.count('type="hidden" name="country"') == 2
    assert re.findall(r'<option value="(\w\w)">', html) == ["LA", "ZM", "CN"]
    assert re.findall(r'<li><a href="([^"]+)">', html) == ["/series/x?country=PK", "/series/x?country=KE"]
    full = render_template(site, picker, offered=offered, picked=("KE", "PK", "LA", "ZM"))
    assert "<form" not in full and full.count("<li>") == 4


def test_a_reader_picks_a_country_of_a_series(client: Client) -> None:
    page = client.get("/series/freedom-on-the-net?country=KE").text
    picked = page[page.index('class="series-pick"') :]
    assert "Kenya" in picked[: picked.index("</section>")]
    assert client.get("/series/freedom-on-the-net?country=Kenya").status_code == 200, "names are read, too"
    assert "No value:" in client.get("/series/freedom-on-the-net?country=ZM").text


@pytest.mark.parametrize("path", ["/series/freedom-on-the-net", "/figure/projects-by-country"])
def test_too_many_or_unknown_picks_are_refused_in_a_sentence(client: Client, path: str) -> None:
    many = client.get(f"{path}?country=KE&country=PK&country=LA&country=ZM&country=CN")
    assert many.status_code == 400 and "Up to 4 can be compared at once." in unescape(many.text)
    assert client.get(f"{path}?country=QQ").status_code == 400


def test_every_picked_country_is_labelled_on_the_scale() -> None:
    dots = [Dot(name, "0.1", 0.1 + number / 1000, 5) for number, name in enumerate(("Iran", "Russia", "China"))]
    wide = draw_scale(dots, (0.0, 1.0), ("0", "", "1"), label="Index", named=dots).wide
    lines = {name: y for y, name in re.findall(r'y="(\d+)" text-anchor="middle">(\w+) 0\.1<', wide)}
    assert lines.keys() == {"Iran", "Russia", "China"} and len(set(lines.values())) == 3, "on lines of their own"
