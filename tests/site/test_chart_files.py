"""Charts of figures, findings and series as files."""

import pytest
from defusedxml.ElementTree import fromstring

from overt.charts import Chart
from overt.queries.database import Reader
from overt.queries.series import SeriesValue
from overt.site.figure.group_charts import group_charts
from overt.site.finding.downloadable_finding_chart import finding_chart
from overt.site.series.series_charts import series_charts
from overt.site.series.standings import series_standings
from overt.site.site import Site
from tests.site.test_chart_views import changed_figure, make_finding, render_template
from tests.support.client import Client

KINDS_OF_FINDINGS: dict[str, dict[str, object]] = {
    "bars": {"kind": "bars", "rows": [{"label": "A", "label_zh": "甲", "value": 3, "countries": 2}]},
    "columns": {"kind": "columns", "unit": None, "rows": [{"year": 2018, "value": 3}, {"year": 2020, "value": 1}]},
    "squares": {"kind": "squares", "rows": [], "part": "some", "within": "all"},
    "share": {"kind": "share", "rows": [], "part": "some", "within": "all"},
}


def test_the_file_of_a_chart_has_the_groups_that_are_not_drawn(reader: Reader, site: Site) -> None:
    countries = dict.fromkeys(sorted(site.words.areas)[:60], 3)
    ((_, chart),) = group_charts(site, changed_figure(reader, site, groups={"country": countries}))
    assert chart.undrawn_rows == 20
    frame = site.chart_frame(chart, "/figure/x/charts")
    assert "".join(frame.csv_parts()).count("\n") == 61, "a header and all rows, as the page says beside its first ten"
    page = render_template(site, '{{ chart(drawn, "/figure/x/charts") }}', drawn=chart)
    assert "The first 10 of 60 rows" in page and "20 rows are only in the table" in page


@pytest.mark.parametrize("kind", KINDS_OF_FINDINGS)
def test_every_chart_of_a_finding_is_a_file_with_its_sentence(site: Site, reader: Reader, kind: str) -> None:
    drawn = finding_chart(site, reader, make_finding("x", KINDS_OF_FINDINGS[kind], some=2, all=7))
    assert drawn and drawn.drawn and drawn.table.rows
    frame = site.chart_frame(drawn, "/finding/x/charts")
    assert frame.formats == ("csv", "svg") and frame.picture == "/finding/x/charts/finding.png"
    svg = site.charts.svg_file(frame)
    assert svg and "Systems" in svg and "/finding/x#chart-finding" in svg and "var(--" not in svg
    fromstring(svg)


@pytest.mark.parametrize("name", ["newest", "lines", "map"])
def test_a_series_has_its_charts_as_files(site: Site, reader: Reader, name: str) -> None:
    term = site.words.terms["series"]["freedom-on-the-net"]
    codes = ("CN", "FR", "IS", "KE", "LA", "PK", "RS", "ZM")
    values = [
        SeriesValue(code, year, "", str(10 * at + year - 2020), None)
        for at, code in enumerate(codes)
        for year in (2022, 2023, 2024)
    ]
    charts = series_charts(site, term, values, series_standings(site, term, values), (), ("PK",))
    drawn: Chart | None = getattr(charts, name)
    if name == "map" and not site.small_shapes:
        pytest.skip("the front end has not been built (make setup)")
    assert drawn
    svg = site.charts.svg_file(site.chart_frame(drawn, "/series/x/charts")) or ""
    assert "Freedom on the Net" in fromstring(svg)[0].text and "Pakistan" in svg
    if name == "lines":
        values_of_axis = drawn.drawings["wide"].values
        assert (values_of_axis["least"], values_of_axis["most"]) == (0, 100), "the whole scale"
        assert [column.text for column in drawn.table.columns] == ["Year", "median country", "Pakistan"]
        assert drawn.table.rows[0][1].value == 37.0


@pytest.mark.parametrize("file", ["map.svg", "map.csv", "newest.svg"])
def test_files_of_a_series_are_served(client: Client, site: Site, file: str) -> None:
    if not site.small_shapes:
        pytest.skip("the front end has not been built (make setup)")
    response = client.get(f"/series/freedom-on-the-net/charts/{file}")
    assert response.status_code == (404 if file == "newest.svg" else 200), "too few countries for a plot"
    assert client.get("/series/no-such/charts/map.svg").status_code == 404


@pytest.mark.parametrize("name", ["sixty-three", "no-such"])
def test_a_finding_that_does_not_hold_has_no_files(client: Client, name: str) -> None:
    assert client.get(f"/finding/{name}/charts/finding.csv").status_code == 404
