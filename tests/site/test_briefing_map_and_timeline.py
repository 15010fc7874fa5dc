"""The map and the timeline of a country's briefing: marks, crowds, labels, ranges and imprecise dates."""

import math
import re
from xml.etree.ElementTree import fromstring

import pytest

from overt.maps.circles_of_several_layers import Crowd, draw_crowd
from overt.maps.projection import project
from overt.queries.maps.map_marks import MapMark
from overt.site.country.briefing_map import clusters, count_labels
from overt.site.country.timeline.timeline_drawing import Entry, Lane, draw_timeline


def map_mark(layer: str, longitude: float = 20.4, projects: int = 1) -> MapMark:
    return MapMark(layer, layer, layer, None, layer, None, 0, longitude, 44.8, longitude, 44.8, longitude, 44.8, projects)


def test_marks_of_a_place_are_closely_around_it() -> None:
    apart, far_off = map_mark("cables", 30), map_mark("presence", 20.4 + 1e-6)
    marks = [map_mark("networks"), apart, far_off, map_mark("surveillance"), map_mark("surveillance", 20.4 + 1e-6)]
    together, single_mark = sorted(clusters(marks, unit=10), key=lambda cluster: len(cluster.marks), reverse=True)
    assert single_mark.marks == [apart]
    assert [(mark.layer, mark.projects) for mark in together.marks] == [("surveillance", 2), ("networks", 1), ("presence", 1)]
    places = [project(mark.longitude, mark.latitude) for mark in together.marks]
    assert [x for x, _ in places] == pytest.approx([places[0][0]] * 3) and places == sorted(places, key=lambda place: place[1]), (
        "below each other, so that each has room for its number"
    )
    [pair] = clusters([map_mark("networks"), map_mark("surveillance")], unit=10)
    first, second = (project(mark.longitude, mark.latitude) for mark in pair.marks)
    assert math.dist(first, second) == pytest.approx(120, rel=0.01), "beside each other, as wide as a mark: twelve pixels"
    west, top, east, bottom = pair.area(10)
    assert east - west < 300 and bottom - top < 250, "no wider than two marks"
    assert together.area(10)[2] - project(20.4, 44.8)[0] > east - second[0], "a number has room"


def test_a_crowd_is_one_circle_with_its_number() -> None:
    crowd = Crowd(map_mark("networks", projects=6), [("surveillance", 4), ("networks", 3)])
    [link] = fromstring(f"<svg>{draw_crowd(crowd, 'A & B', '/explorer?a&b', 10)}</svg>")
    assert link[0].text == "A & B" and link[2].text == "6" and link.attrib["href"] == "/explorer?a&b"


def test_a_mark_of_several_projects_has_their_number() -> None:
    [cluster] = clusters([map_mark("networks", projects=3)], unit=10)
    [text] = fromstring(f"<svg>{count_labels([*cluster.marks, map_mark('cables')], 10)}</svg>")
    assert text.text == "3" and float(text.attrib["x"]) > project(20.4, 44.8)[0] + 60, "at the right of its mark"


def entry(name: str, begin: str | None, end: str | None = None, weight: int = 1) -> Entry:
    return Entry(name, f"/project/{name}", begin, end, weight)


def test_the_timeline_names_the_weightiest_and_links_its_marks() -> None:
    lanes = [
        Lane("censorship", "Blocked", [entry("Telegram <b>", "2023-11"), entry("old", "1948")]),
        Lane("surveillance", "Surveillance", [entry(f"camera {n}", "2019-05", weight=n) for n in range(60)]),
        Lane("networks", "Networks", []),
    ]
    drawing = str(draw_timeline(lanes, "What happened"))
    assert "Telegram &lt;b&gt;" in drawing and "<b>" not in drawing
    assert drawing.index("Blocked") < drawing.index("Surveillance") and "Networks" not in drawing, "no empty lane"
    assert ">old<" not in drawing, "the axis begins in 1995"
    assert drawing.count("<a href=") == 1 + 40 and drawing.count("story-ticks") == 1, "the rest are ticks without a link"
    assert ">camera 59</text>" in drawing and ">camera 0</text>" not in drawing
    fromstring(drawing)


def test_a_bar_has_two_dates_and_an_imprecise_date_is_faint() -> None:
    block = entry("a", "2013-01-05", "2014-02-03")._replace(lasts=True)
    drawing = str(draw_timeline([Lane("cables", "Cables", [block, entry("b", "2019")])], ""))
    assert drawing.count("<rect") == 1 and 'class="soft"' in drawing
    used = str(draw_timeline([Lane("cables", "Cables", [block._replace(lasts=False, counts=False)])], "", 2026))
    assert "<rect" not in used and "story-step" in used and 'class="hollow"' in used, "coming into use is no end"
    assert ">2026</text>" in used and ">2026</text>" not in drawing, "up to the edition's year"
    assert draw_timeline([Lane("cables", "Cables", [entry("a", None)])], "") is None


def test_the_timeline_draws_a_range_as_long_as_it_is() -> None:
    def drawn(begin: str) -> tuple[list[tuple[int, int]], float]:
        """Return the two ends of each mark's range, and the middle of the first mark."""
        svg = draw_timeline(
            [Lane("surveillance", "Surveillance", [Entry("Cameras", "/project/a", begin, None, 1)])], "Timeline", 2026
        )
        assert svg
        ranges = re.findall(r'<path class="story-range" d="M(\d+) \d+H(\d+)"', svg)
        [middle] = re.findall(r'<circle[^>]* cx="(\d+)"', svg)
        return [(int(start), int(end)) for start, end in ranges], int(middle)

    [(start, end)], middle = drawn("2018/2021")
    assert start < middle < end
    year = drawn("2019")
    assert year[0] and year[0][0][1] - year[0][0][0] < end - start
    assert not drawn("2019-05-03")[0], "a day is no range"
    by_then = drawn("../2022")
    [(low, high)] = by_then[0]
    assert low < by_then[1] < high and by_then[1] > drawn("2015/2016")[1], "a mark in the year by which it was in use"


def test_a_bar_covers_only_days_that_belong_to_the_block() -> None:
    def shapes(begin: str | None, end: str | None, *, lasts: bool = True) -> tuple[list[int], list[int]]:
        """Return the widths of bars and of thin lines on an axis with 80 to 90 units a year."""
        rows = [entry("first", "2013-01-05"), entry("a", begin, end)._replace(lasts=lasts)]
        svg = str(draw_timeline([Lane("censorship", "Blocked", rows)], "", 2025))
        lines = re.findall(r'class="story-range[^"]*" d="M(\d+) \d+H(\d+)"', svg)
        return [int(width) for width in re.findall(r'<rect[^>]* width="(\d+)"', svg)], [
            int(high) - int(low) for low, high in lines
        ]

    year = 70
    [bar], lines = shapes("2014-05", "2016-05")
    assert bar > year and not lines
    [mark], [line] = shapes("2014-05~", "2014~")
    assert mark < 10 and 20 < line < year, "from May, perhaps until the end of the year"
    bars, lines = shapes("2014", "2014~")
    assert not bars and lines, "a circle: no day is certain"
    [certain], [before] = shapes("2014", "2016-01-01")
    assert 0 < certain < before * 2


def test_a_latest_day_has_its_mark_in_its_year() -> None:
    svg = str(
        draw_timeline([Lane("surveillance", "Surveillance", [entry("a", None, "../2014"), entry("b", "2015-01-01")])], "", 2016)
    )
    low, high = (int(x) for x in re.findall(r'<circle[^>]* cx="(\d+)"', svg))
    assert low < high - 20, "not on the first day of the next year"
    assert "story-range earlier" in svg, "dashes: by then or earlier"
