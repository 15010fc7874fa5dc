"""Valid and invalid requests for features."""

from datetime import date

import pytest

from overt.ogc.items_query_parameters import DEFAULT, MAX_FEATURES, ItemsQuery, read_items_query
from overt.ogc.latitude_bands import Box
from overt.ogc.property_schemas import PROJECT
from overt.queries.address_parameters import BadQuery, QueryReader
from overt.site.site import Site


def _read(site: Site, *, dated: bool = True, **parameters: str) -> ItemsQuery:
    query = QueryReader(site.words, frozenset(site.sources), {name: [value] for name, value in parameters.items()})
    return read_items_query(query, ("kind", "country", "year", "q"), ("project",), PROJECT, dated=dated)


def _day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("-10,-20,30,40", Box(-10, -20, 30, 40)),
        (" -10 , -20 , 30.5 , 4e1 ", Box(-10, -20, 30.5, 40)),
        ("-10,-20,0,30,40,100", Box(-10, -20, 30, 40)),
        ("170,-20,-170,20", Box(170, -20, -170, 20)),
        ("170,-20,-5,-170,20,5", Box(170, -20, -170, 20)),
        ("0,0,0,0", Box(0, 0, 0, 0)),
    ],
)
def test_boxes(site: Site, text: str, box: Box) -> None:
    assert _read(site, bbox=text).box == box


@pytest.mark.parametrize(
    "text",
    ["1,2,3", "1,2,3,4,5", "0,0,1,1,2,2,3", "a,b,c,d", "nan,0,1,1", "inf,0,1,1", "0,10,1,5", "-181,0,1,1", "0,0,1,91",
     "0;0;1;1", "0,0,9,1,1,1", "1_0,0,11,1", "０,0,1,1"],
)  # fmt: skip
def test_invalid_boxes_are_refused(site: Site, text: str) -> None:
    with pytest.raises(BadQuery, match="bbox must be four or six"):
        _read(site, bbox=text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019-05-01", "2019-05-01", "2019-05-01"),
        ("2019-05-01T23:30:00-02:00", "2019-05-02", "2019-05-02"),
        ("2019-05-01T00:00:00.123Z", "2019-05-01", "2019-05-01"),
        ("2019", "2019-01-01", "2019-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-05-01/2019-06-30", "2019-05-01", "2019-06-30"),
        ("2019/2020-02", "2019-01-01", "2020-02-29"),
        ("../2019-06-30", None, "2019-06-30"),
        ("2019-05-01/", "2019-05-01", None),
        ("../..", None, None),
        ("/2019-06-30", None, "2019-06-30"),
        ("2000-02-29/..", "2000-02-29", None),
        ("0001-01-01T00:00:00+14:00/9999-12-31T23:00:00-05:00", "0001-01-01", "9999-12-31"),
    ],
)
def test_times(site: Site, text: str, first: str | None, last: str | None) -> None:
    assert _read(site, datetime=text).days == (first and _day(first), last and _day(last))


@pytest.mark.parametrize(
    "text",
    ["/", "now", "2019-13-01", "2019-02-30", "2020/2019", "1/2/3", "2019-05-01T25:00:00Z", "0000-01-01", "2019-05-01 12:00",
     "2019-05-01T12:00:00", " 2019", "2019\n", "1900-02-29", "2019-04-31", "٢٠١٩"],
)  # fmt: skip
def test_invalid_times_are_refused(site: Site, text: str) -> None:
    with pytest.raises(BadQuery, match="datetime must be an instant"):
        _read(site, datetime=text)


def test_where_nothing_is_dated_a_time_leaves_all_in(site: Site) -> None:
    assert _read(site, datetime="2019", dated=False).days is None


def test_how_many(site: Site) -> None:
    assert _read(site).limit == DEFAULT
    assert _read(site, limit="7").limit == 7
    assert _read(site, limit="00010").limit == 10
    for large in (MAX_FEATURES + 1, 10**15, 10**40):
        assert _read(site, limit=str(large)).limit == MAX_FEATURES, "as the standard has it"
    for wrong in ("0", "000", "-1", "1.5", "ten", "٣"):
        with pytest.raises(BadQuery, match=r"limit must be a whole number from 1 to 10,?000; "):
            _read(site, limit=wrong)
    for wrong in ("-1", "x", "1" * 12):
        with pytest.raises(BadQuery, match="offset must be a whole number from 0 to "):
            _read(site, offset=wrong)


def test_filters_and_properties(site: Site) -> None:
    ids = "ovt-aaaaaaaaaaaa", "ovt-bbbbbbbbbbbb"
    query = _read(site, country="KE,LA", year="2019", properties="name, kind", project=",".join(ids), q="a, b")
    assert query.projects.country == ("KE", "LA")
    assert (query.projects.year_from, query.projects.year_to) == (2019, 2019)
    assert query.projects.q == "a, b"
    assert query.properties == ("name", "kind")
    assert query.own_parameters == {"project": ids}


@pytest.mark.parametrize(
    ("name", "value"),
    [("nope", "1"), ("kind", "nope"), ("kind", "' OR 1=1 --"), ("country", "KE;DROP TABLE projects"), ("year", "12"),
     ("properties", "label"), ("company", "ovt-aaaaaaaaaaaa"), ("project", "x"), ("crs", "x"), ("filter", "name='a'")],
)  # fmt: skip
def test_invalid_parameters_are_refused(site: Site, name: str, value: str) -> None:
    with pytest.raises(BadQuery):
        _read(site, **{name: value})


@pytest.mark.parametrize("name", ["limit", "offset", "bbox", "datetime", "country", "q"])
def test_a_parameter_without_a_value_is_refused(site: Site, name: str) -> None:
    with pytest.raises(BadQuery, match=f"{name} is given without a value"):
        _read(site, **{name: ""})


def test_a_single_valued_parameter_must_not_be_repeated(site: Site) -> None:
    for name, values in (
        ("bbox", ["0,0,1,1", "2,2,3,3"]),
        ("year", ["2019", "2020"]),
        ("located", ["yes", "no"]),
        ("q", ["a", "b"]),
    ):
        query = QueryReader(site.words, frozenset(site.sources), {name: values})
        with pytest.raises(BadQuery, match=f"{name} is given 2 times"):
            read_items_query(query, ("year", "located", "q"), (), PROJECT, dated=True)
