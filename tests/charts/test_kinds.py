"""Each kind of chart has the right table and the right drawing."""

from decimal import Decimal
from itertools import combinations

import pytest

from overt.charts import (  # fmt: skip
    Bar,
    Chart,
    ChartText,
    Combination,
    Line,
    Measure,
    Series,
    Share,
    Span,
    Table,
    UpsetSet,
    Year,
    make_bar_chart,
    make_line_chart,
    make_share_chart,
    make_sparkline,
    make_stacked_year_chart,
    make_timeline,
    make_upset_plot,
    make_year_chart,
)
from overt.charts.bar_chart import share_cells
from overt.charts.chart import NARROW, WIDE, Drawing
from overt.charts.text_layout import text_width
from tests.charts.sample_charts import CABLES, KINDS, NETWORKS, OTHER, RESTRICTIONS, chart_text, measure


def texts(chart: Chart) -> list[list[str]]:
    return [[cell.text for cell in row] for row in chart.table.rows]


def wide(chart: Chart) -> Drawing:
    return chart.drawings["wide"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_two_widths_and_a_table(kind: str) -> None:
    chart = KINDS[kind]("Name")
    assert not chart.empty
    assert chart.drawings["wide"].size[0] == pytest.approx(WIDE, abs=2)
    assert chart.drawings["narrow"].size[0] == pytest.approx(NARROW, abs=2)
    assert chart.drawings["wide"].key() != chart.drawings["narrow"].key()
    assert all(len(row) == len(chart.table.columns) for row in chart.table.rows)
    assert KINDS[kind]("Name").drawings["wide"].key() == chart.drawings["wide"].key()
    if kind != "lines":  # The name of a line is in the table only.
        assert KINDS[kind]("Other").drawings["wide"].key() != chart.drawings["wide"].key()


def test_without_data_there_is_no_drawing() -> None:
    a, m = chart_text(), measure()
    empty = [
        make_bar_chart(a, m, [], name_header="x"),
        make_bar_chart(a, m, [Bar("A", None)], name_header="x"),
        make_bar_chart(a, m, [Bar("A", float("nan"))], name_header="x"),
        make_year_chart(a, m, [], year_header="x", undated="y"),
        make_year_chart(a, m, [Year(2019, 0)], year_header="x", undated="y"),
        make_stacked_year_chart(a, m, [NETWORKS], {}, year_header="x", undated="y", other=OTHER),
        make_line_chart(a, m, Line("A", {}), year_header="x"),
        make_line_chart(a, m, Line("A", {2001: None}), year_header="x"),
        make_share_chart(a, [], Table((), ()), label=lambda part, total: ""),
        make_timeline(a, [], headers=("a", "b", "c", "d"), event_series=RESTRICTIONS, write_date=str),
        make_timeline(
            a, [Span(NETWORKS, "A", "soon", None)], headers=("a", "b", "c", "d"), event_series=RESTRICTIONS, write_date=str
        ),
    ]
    assert [chart.empty for chart in empty] == [True] * len(empty)


def test_numbers_in_the_table_are_exact_and_names_complete() -> None:
    amount, name = Decimal("1087654321.5049"), "A company of " + "x" * 400
    money = Measure("US dollars", lambda value: f"${float(value) / 1e9:.3g} bn", lambda value: f"{value:,}")
    chart = make_bar_chart(chart_text(), money, [Bar(name, amount, "/organization/x"), Bar("B", None)], name_header="Company")
    assert texts(chart) == [[name, "1,087,654,321.5049"], ["B", "unknown"]]
    assert chart.table.rows[0][1].value is amount
    assert chart.table.rows[0][0].link == "/organization/x"
    rows = wide(chart).data["rows"]
    assert rows[0]["short"] == "$1.09 bn" and rows[0]["name"].endswith("…") and len(rows[0]["name"]) < 60
    assert (rows[1]["value"], rows[1]["short"]) == (None, "unknown")


def test_bars_begin_at_zero() -> None:
    chart = make_bar_chart(chart_text(), measure(), [Bar("A", 90), Bar("B", 100)], name_header="x")
    assert (wide(chart).values["least"], wide(chart).values["most"]) == (0, 100)
    below = make_bar_chart(chart_text(), measure(), [Bar("A", -5), Bar("B", 10)], name_header="x")
    assert wide(below).values["least"] <= -5


def test_rows_beyond_a_drawing_are_in_the_table() -> None:
    chart = make_bar_chart(chart_text(), measure(), [Bar(str(number), number) for number in range(100)], name_header="x")
    assert len(wide(chart).data["rows"]) == 40
    assert (chart.undrawn_rows, len(chart.table.rows)) == (60, 100)


def test_shares_of_a_group_may_add_up_to_more_than_it() -> None:
    rows = [Share(NETWORKS, "A", 2, 3), Share(CABLES, "A", 1, 4), Share(NETWORKS, "B", 2, 3)]
    table = Table((), tuple(share_cells(row, str) for row in rows))
    chart = make_share_chart(chart_text(), rows, table, label=lambda part, total: f"{part} of {total}")
    assert texts(chart)[0] == ["Networks", "A", "2", "3", "66.7"]
    drawn = wide(chart).data["rows"]
    assert [(row["name"], row["heading"]) for row in drawn] == [
        ("Networks", True), ("A", False), ("B", False), ("Cables", True), ("A", False),
    ]  # fmt: skip
    assert drawn[1]["value"] == pytest.approx(2 / 3) and drawn[1]["short"] == "2 of 3"
    assert wide(chart).values["most"] == 1


def test_years_between_others_are_gaps_and_undated_items_are_apart() -> None:
    rows = [Year(2018, 3), Year(2021, 8), Year(None, 2), Year(2020, None)]
    chart = make_year_chart(chart_text(), measure(), rows, year_header="Year", undated="no year")
    assert wide(chart).values["columns"] == ["2018", "2019", "2020", "2021", " ", "undated"]
    assert texts(chart)[2:] == [["no year", "2"], ["2020", "unknown"]]
    assert wide(chart).values["ticks"][0] == 0
    faint = [row["firm"] for row in wide(chart).data["rows"] if row["column"] == "undated"]
    assert faint and faint[0] < 1


def test_the_label_of_undated_items_covers_no_other() -> None:
    rows = [Year(2000, 1), Year(2025, 1), Year(None, 2)]
    for size in ("wide", "narrow"):
        drawing = make_year_chart(chart_text(), measure(), rows, year_header="Year", undated="not known at all").drawings[size]
        places, named = drawing.values["columns"], drawing.values["named"]
        column = drawing.width / len(places)
        assert named[-1] == "undated" and len(named) > 2
        assert (places.index("undated") - places.index(named[-2])) * column > 45


def test_years_far_from_the_rest_are_only_in_the_table() -> None:
    chart = make_year_chart(
        chart_text(), measure(), [Year(1850, 1), Year(2019, 1), Year(2020, 1)], year_header="Year", undated="none"
    )
    assert wide(chart).values["columns"] == ["2019", "2020"]
    assert chart.undrawn_rows == 1 and len(chart.table.rows) == 3


def test_numbers_are_above_all_bars_if_they_fit_or_else_above_the_highest() -> None:
    few = make_year_chart(chart_text(), measure(), [Year(2019, 4), Year(2020, 6)], year_header="Year", undated="none")
    assert [row["short"] for row in wide(few).data["marked"]] == ["4", "6"]
    long = Measure("m", lambda value: f"{value:.0f} million dollars", str)
    many = make_year_chart(
        chart_text(), long, [Year(year, year % 7) for year in range(1990, 2024)], year_header="Year", undated="none"
    )
    assert [row["column"] for row in many.drawings["narrow"].data["marked"]] == ["2022"]


def test_layers_are_stacked_in_their_order_with_their_sums() -> None:
    counted = {2020: {"networks": 3, "cables": 2}, 2021: {"cables": 5}}
    chart = make_stacked_year_chart(
        chart_text(),
        measure(),
        [NETWORKS, CABLES, Series("none", "None")],
        counted,
        year_header="Year",
        undated="none",
        other=OTHER,
    )
    assert [column.text for column in chart.table.columns] == ["Year", "Networks", "Cables"], "no column without a number"
    assert texts(chart) == [["2020", "3", "2"], ["2021", "0", "5"]]
    assert [(row["column"], row["order"], row["value"]) for row in wide(chart).data["rows"]] == [
        ("2020", 0, 3), ("2020", 1, 2), ("2021", 1, 5),
    ]  # fmt: skip
    assert [(key["sign"], key["name"]) for key in wide(chart).data["keys"]] == [("━", "Cables\u20027"), ("▲", "Networks\u20023")]
    assert [(row["sign"], row["middle"]) for row in wide(chart).data["signs"]] == [("▲", 1.5), ("━", 4.0), ("━", 2.5)]


def test_no_more_than_seven_layers_are_drawn_and_none_is_lost() -> None:
    series = [Series(f"s{number}", f"S{number}", sign=str(number)) for number in range(9)]
    counted = {2020: {member.id: 10 - at for at, member in enumerate(series)}, 2021: {"s0": 1}}
    chart = make_stacked_year_chart(chart_text(), measure(), series, counted, year_header="Year", undated="none", other=OTHER)
    keys = [key["name"] for key in wide(chart).data["keys"]]
    assert [key.split("\u2002") for key in keys] == [
        ["Other", "9"], ["S5", "5"], ["S4", "6"], ["S3", "7"], ["S2", "8"], ["S1", "9"], ["S0", "11"],
    ]  # fmt: skip
    assert sum(row["value"] for row in wide(chart).data["rows"]) == sum(counted[2020].values()) + 1
    assert len(chart.table.columns) == 10


def test_a_line_breaks_at_a_gap_and_a_value_between_gaps_is_a_point() -> None:
    values = {2001: 1, 2002: 2, 2003: None, 2004: 5, 2006: 3, 2007: 4}
    chart = make_line_chart(chart_text(), measure(), Line("A", values), year_header="Year")
    runs = {row["year"]: row["run"] for row in wide(chart).data["rows"]}
    assert runs[2001] == runs[2002] and runs[2006] == runs[2007]
    assert len({runs[2002], runs[2004], runs[2006]}) == 3
    assert [row["year"] for row in wide(chart).data["points"]] == [2004, 2007]
    assert (wide(chart).values["first"], wide(chart).values["last"]) == (2000, 2024)
    assert [row[0] for row in texts(chart)] == ["2001", "2002", "2004", "2006", "2007"]


def test_the_last_value_of_a_line_is_written_inside_the_drawing() -> None:
    drawing = wide(make_line_chart(chart_text(), measure(), Line("A", {2020: 0, 2021: 8}), year_header="Year"))
    (end,) = drawing.data["ends"]
    assert (end["name"], end["year"]) == ("8", 2021)
    assert drawing.values["most"] == 8 and end["beside"] == pytest.approx(8 * 186 / 190)


def test_a_sparkline_needs_three_values() -> None:
    assert make_sparkline({2019: 1, 2020: 1}) is None
    drawing = make_sparkline({2019: 1, 2020: 3, 2022: 2})
    assert drawing is not None
    assert [row["year"] for row in drawing.data["points"]] == [2022]


def test_a_timeline_has_a_row_for_each_layer_and_no_bar_covers_another() -> None:
    spans = [
        Span(NETWORKS, "A", "2010-01-01", "2014-01-01"),
        Span(CABLES, "B", None, "2012"),
        Span(NETWORKS, "C", "2012", "2016"),
    ]
    chart = make_timeline(
        chart_text(),
        spans,
        headers=("Layer", "Project", "From", "To"),
        event_series=RESTRICTIONS,
        write_date=lambda date: date or "–",
    )
    assert texts(chart)[1] == ["Cables", "B", "–", "2012"]
    assert [row["name"] for row in wide(chart).data["names"]] == ["Networks", "Cables"]
    parts = wide(chart).data["parts"]
    for part in parts:
        for other in parts:
            if part["top"] < other["bottom"] and other["top"] < part["bottom"] and part["top"] != other["top"]:
                raise AssertionError("two lanes overlap")
    lanes = {part["top"] for part in parts if part["tone"] == NETWORKS.tone}
    assert len(lanes) == 2, "they overlap in time, so each has a lane"


def test_a_chart_needs_no_note() -> None:
    assert ChartText("n", "T", "S", (), "E").note == ""


def test_a_number_above_the_first_or_last_bar_stays_beside_the_axis() -> None:
    long = Measure("m", lambda value: f"{value:.0f} million dollars", str)
    first, last = ({year: 9 if year == highest else 1 for year in range(1990, 2024)} for highest in (1990, 2023))
    for counted, sign in ((first, 1), (last, -1)):
        chart = make_year_chart(
            chart_text(), long, [Year(year, value) for year, value in counted.items()], year_header="Year", undated="none"
        )
        (marked,) = chart.drawings["narrow"].data["marked"]
        assert marked["shift"] * sign > 10


def test_a_single_year_has_a_table_and_no_drawing() -> None:
    for rows in ([Year(2019, 4)], [Year(2019, 4), Year(2020, 0)], [Year(None, 4)]):
        chart = make_year_chart(chart_text(), measure(), rows, year_header="Year", undated="none")
        assert (chart.table_only, chart.empty, dict(chart.drawings)) == (True, False, {})
        assert texts(chart)[0][1] == "4"
    both = make_year_chart(chart_text(), measure(), [Year(2019, 4), Year(None, 4)], year_header="Year", undated="none")
    assert both.drawings and not both.table_only


def test_bars_of_small_counts_are_short() -> None:
    few = make_year_chart(
        chart_text(), measure(), [Year(2019, 1), Year(2020, 1)], year_header="Year", undated="none", integers=True
    )
    many = make_year_chart(
        chart_text(), measure(), [Year(2019, 90), Year(2020, 1)], year_header="Year", undated="none", integers=True
    )
    assert wide(few).height < wide(many).height / 2


def test_combinations_without_room_are_in_the_table() -> None:
    sets = [UpsetSet(f"Source {at}", 100 - at) for at in range(5)]
    pairs = [frozenset(members) for size in (1, 2, 3) for members in combinations(range(5), size)]
    chart = make_upset_plot(
        chart_text(),
        measure(),
        sets,
        [Combination(pair, at + 1) for at, pair in enumerate(pairs)],
        sets_header="S",
        separator=" + ",
    )
    columns = [len(chart.drawings[size].data["dots"]) // 5 for size in ("wide", "narrow")]
    assert columns[0] == columns[1] == len(pairs) - chart.undrawn_rows < len(pairs)
    assert [row[1] for row in texts(chart)] == [str(at) for at in range(len(pairs), 0, -1)], "the largest first"
    on = [dot["on"] for dot in chart.drawings["wide"].data["dots"][:5]]
    assert on == [False, False, True, True, True], "of the largest, the sets 2, 3 and 4"
    assert texts(chart)[0][0] == "Source 2 + Source 3 + Source 4"


def test_every_name_of_a_key_is_complete_and_has_a_symbol() -> None:
    """A key with a long name is below the bars instead of being cut off beside them."""
    long = "possibly, but nobody says since when"
    for last in ("possibly", long):
        series = [Series("a", "certainly"), Series("b", last, "var(--shade-2)")]
        rows = {2018: {"a": 1, "b": 2}, 2019: {"a": 3, "b": 1}}
        chart = make_stacked_year_chart(
            chart_text(), measure(), series, rows, year_header="x", undated="y", other=OTHER, adds_up=False
        )
        for drawing in chart.drawings.values():
            keys = drawing.data["keys"]
            assert [key["name"] for key in keys] == [last, "certainly"]
            assert all(key["sign"] for key in keys), "a colour without a swatch says nothing"
            assert all(drawing.margins[0] + key["x"] + 18 + text_width(key["name"]) <= drawing.size[0] for key in keys)
