"""Figures, series and findings by country as chart, map or table, and folded rows."""

import re
from types import SimpleNamespace
from typing import cast

import pytest
from markupsafe import Markup

from overt.charts import Chart, ChartText, Table
from overt.charts.page_svg_drawing import LegendEntry, ReadyDrawing
from overt.queries import figures
from overt.queries.database import Reader
from overt.queries.figures import Figure, FigureRow
from overt.queries.findings import Finding
from overt.site.figure import page as figure_page
from overt.site.figure.answer_and_robustness_texts import full_value
from overt.site.figure.figure_map import country_map
from overt.site.figure.figure_over_other_index_editions import other_editions
from overt.site.figure.group_charts import group_charts
from overt.site.figure.main_chart_choice import arrange_charts
from overt.site.figure_texts import _agreement
from overt.site.finding.downloadable_finding_chart import finding_chart
from overt.site.map_chart import NO_RECORD
from overt.site.site import Site
from tests.support.client import Client
from tests.support.page_text import spaced

VIEW = re.compile(r'<input type="radio" name="view-([\w-]+)" value="(\w+)"( checked)?>')
NOT_COMPUTED = "it is only a bound or an estimate, so we don’t compute a difference"


def changed_figure(reader: Reader, site: Site, **changes: object) -> Figure:
    stored = figures.find(reader, "projects-by-country")
    assert stored
    return stored._replace(**changes)  # type: ignore[arg-type]


def render_template(site: Site, template: str, **context: object) -> str:
    """Render a template that may call the macros `chart` and `country_picker` of layout/charts.html."""
    imported = "{% from 'layout/charts.html' import chart, country_picker with context %}"
    return site._environment.from_string(imported + template).render(**context)


def _drawn_map(site: Site) -> Chart:
    """Return an empty map by country, which needs no built front end."""
    legend = (LegendEntry("shade-1", "1"), LegendEntry("shade-2", "2 and more"), LegendEntry("no-record", NO_RECORD))
    ready = ReadyDrawing(Markup('<svg class="small-map"></svg>'), (680, 330), legend=legend, is_map=True)
    return Chart(ChartText("map", "Map", "By country.", (), ""), Table((), ()), {}, ready=ready)


@pytest.mark.parametrize("map_first", [True, False])
def test_a_chart_offers_its_views_without_a_script(reader: Reader, site: Site, map_first: bool) -> None:
    ((_, drawn),) = group_charts(site, changed_figure(reader, site, groups={"country": {"KE": 4, "PK": 3}}))
    map_of_it = _drawn_map(site)
    template = "{{ chart(item, '/figure/x/charts', map=map, map_first=first) }}"
    html = render_template(site, template, item=drawn, map=map_of_it, first=map_first)
    views = {form: bool(checked) for _, form, checked in VIEW.findall(html)}
    assert views == {"chart": not map_first, "map": map_first, "table": False}
    assert html.index('class="chart-map palette--count"') < html.index('class="chart-table"')
    assert html.index('class="map-legend"') < html.index('<svg class="small-map"'), "the legend is in view with the map"
    assert "2 and more" in html and "not evidence of absence" in html
    of_chart, of_map = (html[html.index(f'class="chart-out {name}"') :] for name in ("of-chart", "of-map"))
    assert of_chart.index("/charts/country.svg") < of_chart.index("/charts/map.svg") and of_map.index("/charts/map.csv")
    plain = render_template(site, "{{ chart(item) }}", item=drawn)
    assert [form for _, form, _ in VIEW.findall(plain)] == ["chart", "table"] and "chart-map" not in plain


def test_money_is_shaded_by_powers_of_ten(reader: Reader, site: Site) -> None:
    if not site.small_shapes:
        pytest.skip("the front end has not been built (make setup)")
    amounts = dict(
        zip(("KE", "PK", "LA", "ZM", "RS", "EC", "AO", "NG"), (5.7e9, 1.2e9, 9e8, 3e7, 2e6, 1e5, 5e4, 1e3), strict=True)
    )
    drawn = country_map(site, changed_figure(reader, site, measure="sum", unit="USD@2021", groups={"country": amounts}))
    assert drawn
    assert drawn.ready
    labels = [entry.label for entry in drawn.ready.legend if entry.look.startswith("shade")]
    assert labels[0] == "under $1 m" and labels[1] == "$1 m to under $10 m" and labels[-1] == "$1 bn and more"
    shade_of = dict(re.findall(r'href="/country/(\w\w)"><title>[^<]*</title><\w+ class="shade-(\d)', drawn.ready.wide))
    assert shade_of["KE"] == shade_of["PK"] == "5" and shade_of["NG"] == shade_of["AO"] == "1" and shade_of["RS"] == "2"


def test_countries_without_the_counted_have_a_shade_of_their_own(reader: Reader, site: Site) -> None:
    if not site.small_shapes:
        pytest.skip("the front end has not been built (make setup)")
    codes = ("KE", "PK", "LA", "ZM", "RS", "EC", "AO", "CN")
    stored = changed_figure(
        reader, site, groups={"country": dict.fromkeys(codes, 1)},
        definition={"answer": "{value} countries; without China, {without}"},
        variants=[{"name": "without", "title": "Without China", "value": 7}], value="8",
    )  # fmt: skip
    rest = dict.fromkeys(FigureRow._fields)
    rows = [
        FigureRow(**rest | {"unit_id": code, "counted": code != "CA", "variants": [] if code in ("CN", "CA") else ["without"]})
        for code in (*codes, "CA")
    ]
    drawn = country_map(site, stored, rows)
    assert drawn
    assert drawn.ready
    shade_of = dict(re.findall(r'href="/country/(\w\w)"><title>[^<]*</title><\w+ class="shade-(\d)', drawn.ready.wide))
    assert (shade_of["KE"], shade_of["CN"], shade_of["CA"]) == ("4", "5", "1")
    labels = [entry.label for entry in drawn.ready.legend]
    assert labels[:3] == ["counted: 7", "China: not among the 7", "in the data, but not counted: 1"]
    assert labels[3] == "not in the data, which doesn’t mean that there is none"
    named = country_map(site, stored._replace(definition=stored.definition | {"only_examined": "listed without it"}), rows)
    assert named and named.ready and named.ready.legend[2].label == "listed without it: 1"
    in_words = country_map(site, stored._replace(definition=stored.definition | {"counted_label": "listed with it"}), rows)
    assert in_words and in_words.ready and in_words.ready.legend[0].label == "listed with it: 7 countries"
    assert full_value(site, stored, rows) == "", "the answer has the number itself"
    only = stored._replace(definition={"answer": "{without} countries besides China"})
    assert full_value(site, only, rows) == "With China, it is 8."
    assert full_value(site, only, rows[:-2]) == "", "nothing is left out"


def test_a_figure_names_its_other_editions(reader: Reader, site: Site) -> None:
    stored = changed_figure(reader, site)
    names = ("index-2019", "index-2022", "index-2024", "other-2022", "index")
    editions = [stored._replace(name=name, value=None if name == "index-2024" else at) for at, name in enumerate(names)]
    (newer,) = other_editions(site, "index-2019", editions)
    assert (newer.year, newer.page, newer.newer) == ("2022", "/figure/index-2022", True) and newer.value.startswith("1 ")
    assert [edition.newer for edition in other_editions(site, "index-2022", editions)] == [False]
    assert other_editions(site, "index", editions) == []


@pytest.mark.parametrize(
    ("bound", "ours", "words"),
    [
        ("at least", 63, "our number fits this"), ("more than", 63, "our number does not fit this"),
        ("at most", 64, "our number does not fit this"),
        ("fewer than", 62, "our number fits this"), ("about", 63, NOT_COMPUTED),
        ("at least", None, NOT_COMPUTED),
    ],
)  # fmt: skip
def test_a_bound_says_whether_our_number_is_within_it(bound: str, ours: int | None, words: str) -> None:
    assert _agreement({"bound": bound, "value": 63}, ours) == words


def test_few_countries_need_no_map(reader: Reader, site: Site) -> None:
    assert country_map(site, changed_figure(reader, site, groups={"country": {"KE": 2, "PK": 1}})) is None


def test_the_chart_beside_a_map_has_the_numbers_of_the_map(reader: Reader, site: Site) -> None:
    stored = changed_figure(reader, site, groups={"year": {"2019": 3, "2020": 4}, "country": {"KE": 4, "PK": 3}})
    groups = group_charts(site, stored)
    first, rest = arrange_charts((), groups, has_map=True, counts=True)
    assert first and first[0] == "country" and [group[0] for group in rest] == ["year"]
    first, _ = arrange_charts((), groups, has_map=True, counts=False)
    assert first and first[0] == "year", "amounts are read over the years"
    assert arrange_charts((), groups[:1], has_map=True, counts=True)[0] is None, "each country has one unit"


def test_rows_beyond_the_first_are_folded_without_a_script(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure_page, "_SHOWN_ROWS", 1)
    page = client.get("/figure/test-projects?size=199").text  # not in the cache of pages
    rows = page[page.index('id="rows"') : page.index('class="folds"')]
    unfolded, folded = re.findall(r"<tbody>(.*?)</tbody>", rows, re.DOTALL)
    assert unfolded.count("<tr>") == 1
    assert f"Show rows 2–{1 + folded.count('<tr>')} of this page" in rows


def make_finding(name: str, chart: dict[str, object], **numbers: int) -> Finding:
    texts = dict.fromkeys(("headline", "text", "caveat", "would_change"), "x")
    texts |= {f"{text}_zh": "x" for text in texts}
    about = {"name": name, "address": "/figures", "numbers": numbers, "definition": {"values": {}}, "holds": True, **texts}
    return cast(
        Finding, SimpleNamespace(chart={"title": "Systems", "title_zh": "系统", "layer": "surveillance", **chart}, **about)
    )


def test_a_finding_shows_its_map_as_a_table(site: Site, reader: Reader) -> None:
    if not site.small_shapes:
        pytest.skip("the front end has not been built (make setup)")
    rows = [{"country": code, "value": value} for code, value in (("KE", 2), ("LA", 5), ("PK", 2))]
    drawn = finding_chart(site, reader, make_finding("documented-systems", {"kind": "map", "rows": rows}))
    assert drawn and drawn.ready and drawn.ready.is_map
    assert [(row[0].text, row[1].value) for row in drawn.table.rows] == [("Laos", 5), ("Kenya", 2), ("Pakistan", 2)]
    assert drawn.table.rows[0][0].link == "/country/LA"


def test_a_figure_that_does_not_compare_countries_has_no_chart_of_them(reader: Reader, site: Site) -> None:
    codes = dict.fromkeys(["KE", "PK", "LA", "UG", "TH", "RS", "EC", "ET"], 1) | {"CN": 50}
    figure = changed_figure(reader, site, groups={"kind": {"cctv": 5, "spyware": 2}, "country": codes})
    assert country_map(site, figure) and "country" in dict(group_charts(site, figure))
    figure = figure._replace(definition=figure.definition | {"compares_countries": False, "leads": "kind"})
    assert country_map(site, figure) is None and list(dict(group_charts(site, figure))) == ["kind"]


def test_a_map_rings_countries_whose_state_programmes_it_leaves_out(shipped: Client) -> None:
    page = shipped.get("/figure/filtering-systems").text
    drawn = page.partition('class="small-map count-map')[2].partition("</svg>")[0]
    china = re.search(r"<title>China: (\d+) state programmes</title><circle class=\"apart\"[^>]*/></a>", drawn)
    assert china, "China has no system there that counts, but state programmes"
    assert f">+ {china[1]} state programmes</text>" in drawn
    assert re.search(r"state programmes, not counted: China \d+ and Iran \d+", page)
    file = shipped.get("/figure/filtering-systems/charts/map.svg").text
    assert 'class="apart"' in file and ".apart" in file.partition("</style>")[0], "the file has its style, too"


def test_the_picture_of_a_figure_comes_before_the_rules_of_counting(shipped: Client) -> None:
    text = spaced(shipped.get("/figure/filtering-systems").text.partition("<main")[2])
    headline, picture = text.index("systems that filter or block networks"), text.index("countries are counted; most in")
    assert "of them known from more than a network scan" in text[headline:picture]
    assert headline < text.index("By the country of the supplier") < picture, "whose systems they are is part of the answer"
    assert picture < text.index("A system counts if a source says")
    assert "so these numbers add up to more than" in text and "examined and don’t count" in text
