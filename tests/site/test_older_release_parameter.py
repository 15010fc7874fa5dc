"""What the atlas knew earlier: pages, the API and files of a stored release, the parameter `known` in links, and refusals."""

import re
from datetime import date
from html import unescape

import pytest

from overt.http.older_release_parameter_in_links import has_earlier_states, keep_known, with_known
from overt.release.history.release_choice import last_day, release_known_on
from overt.release.release_folders import list_releases
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas

IN_2012 = "year_from=2012&year_to=2012"
"""Only the older release dates the Nairobi project to 2012."""
ID = "2026-02-03-0123abcd"


@pytest.fixture(scope="module")
def later_client(two_releases: SmallAtlas) -> Client:
    """A reader of the newer of two releases, on the same machine."""
    return Client(create_app(ServeSettings(two_releases.workspace, two_releases.release)))


@pytest.fixture(scope="module")
def known(two_releases: SmallAtlas) -> str:
    """Id of the older of two releases."""
    return list_releases(two_releases.workspace.releases)[0].name


@pytest.mark.ci
def test_page_api_and_file_give_the_number_of_the_older_release(
    later_client: Client, two_releases: SmallAtlas, known: str
) -> None:
    older = Client(create_app(ServeSettings(two_releases.workspace, known)))
    then = older.get(f"/api/v1/projects?{IN_2012}").json()["total"]
    today = later_client.get(f"/api/v1/projects?{IN_2012}").json()["total"]
    assert then > today
    answer = later_client.get(f"/api/v1/projects?{IN_2012}&known={known}").json()
    assert (answer["total"], answer["release"]) == (then, known)
    rows = later_client.get(f"/projects.csv?known={known}&{IN_2012}").text.strip().splitlines()
    assert len(rows) == 1 + then
    page = later_client.get(f"/explorer?{IN_2012}&known={known}").text
    record = answer["items"][0]["id"]
    assert f'/project/{record}?known={known}"' in page
    headings = [
        re.search(r"<h2[^>]*>(.*?)</h2>", text[text.index('id="results"') :], re.DOTALL)
        for text in (page, older.get(f"/explorer?{IN_2012}").text)
    ]
    assert headings[0] and headings[1] and headings[0][1] == headings[1][1] and re.search(rf"\b{then}\b", headings[0][1])
    in_both_times = later_client.get(f"/project/{record}?as_of=2014&known={known}").text
    assert "As of 2014" in in_both_times and re.search(
        "What Overt knew in its <a [^>]+>edition of 3 February 2026</a>", in_both_times
    )
    assert f'data-now href="/project/{record}?known={known}"' in in_both_times, "the way out of the date only"
    assert f'data-today href="/project/{record}?as_of=2014"' in in_both_times, "the way out of the release only"


@pytest.mark.ci
def test_it_stays_while_one_walks(later_client: Client, known: str) -> None:
    walked, to_walk = set[str](), [f"/?known={known}", f"/zh/country/KE?known={known}", f"/explorer?known={known}"]
    kinds = set[str]()
    while to_walk:
        address = to_walk.pop()
        walked.add(address)
        answer = later_client.get(address)
        assert answer.status_code == 200, address
        assert 'class="subset-line known-line"' in answer.text and 'content="noindex"' in answer.text, address
        assert answer.text.count("<form") == answer.text.count(f'<input type="hidden" name="known" value="{known}">'), address
        for today, attribute, escaped in re.findall(r'(data-today )?\b(href|src|data-[a-z-]+)="(/(?!/)[^"#]*)', answer.text):
            link = unescape(escaped)
            path = link.partition("?")[0]
            assert today or (f"known={known}" in link) == has_earlier_states(path), (address, attribute, link)
            kind = path.split("/")[1]
            is_page = attribute == "href" and not today and "." not in path and kind != "api"
            if is_page and has_earlier_states(path) and kind not in kinds:
                kinds.add(kind)  # one page of each kind shows how its template writes links
                to_walk.append(link)
    assert {"country", "project", "organization", "figure", "search"} & kinds >= {"country", "project"} and len(walked) > 12


def test_the_api_keeps_it_in_its_own_links(later_client: Client, known: str) -> None:
    answer = later_client.get(f"/api/v1/projects?limit=1&known={known}")
    following = re.search(r"<http://127.0.0.1(/[^>]*)>", answer.headers["link"])
    assert following and f"known={known}" in following[1]
    assert later_client.get(following[1]).json()["release"] == known
    for result in later_client.get(f"/api/v1/search?q=nairobi&known={known}").json()["results"]:
        assert result["address"].endswith(f"known={known}")
    moved = later_client.get(f"/?country=KE&known={known}")
    assert moved.status_code == 308 and moved.headers["location"] == f"/explorer?country=KE&known={known}"
    moved = later_client.get(f"/overlaps?known={known}")
    assert moved.status_code == 308 and moved.headers["location"] == f"/sources?known={known}#overlaps"


@pytest.mark.parametrize("value", ["2026", "2026-02", "2026-02-03", "2031-01-01"])
def test_a_date_means_the_newest_release_of_data_as_of_then(later_client: Client, two_releases: SmallAtlas, value: str) -> None:
    assert later_client.get(f"/api/v1/projects?known={value}").json()["release"] == two_releases.release


def test_its_description_allows_releases_and_dates(later_client: Client, two_releases: SmallAtlas, known: str) -> None:
    parameters = later_client.get("/api/openapi.json").json()["paths"]["/api/v1/projects"]["get"]["parameters"]
    [schema] = [parameter["schema"] for parameter in parameters if parameter["name"] == "known"]
    assert schema["examples"] == [two_releases.release, known, two_releases.release[:10]] and "enum" not in schema
    for value in schema["examples"]:
        assert later_client.get("/api/v1/projects", params={"known": value}).status_code == 200


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("2026-02-02", "every release has data later than 2026-02-02"),
        ("2019", "every release has data later than 2019"),
        ("soon", "“soon” is not a release, day, month or year"),
        ("2018/..", "“2018/..” is not a release, day, month or year"),
        ("", "“” is not a release, day, month or year"),
        (ID, f"release {ID} is not served here"),
    ],
)
def test_what_is_not_kept_is_refused_and_what_is_kept_is_listed(
    later_client: Client, two_releases: SmallAtlas, known: str, value: str, reason: str
) -> None:
    for path in ("/country/KE", "/api/v1/projects", "/projects.csv"):
        answer = later_client.get(path, params={"known": value})
        assert answer.status_code == 400 and f"known: {reason}" in unescape(answer.text)
        assert f"Served here: {known}, {two_releases.release}" in answer.text
    problem = later_client.get("/api/v1/projects", params={"known": value})
    assert problem.headers["content-type"] == "application/problem+json"
    assert "请" not in answer.text and "known" in later_client.get("/zh/country/KE", params={"known": value}).text


@pytest.mark.parametrize(
    "path", ["/releases", "/zh/releases", "/releases.atom", "/ogc/collections", "/tiles", "/api/v1/releases",
             "/api/v1/changes?since=x", "/figure/test-projects@x", "/reconcile", "/api/openapi.json", "/%72eleases"]
)  # fmt: skip
def test_addresses_without_an_earlier_state_refuse_it_by_name(later_client: Client, known: str, path: str) -> None:
    for name in ("known", "%6bnown"):
        answer = later_client.get(f"{path}{'&' if '?' in path else '?'}{name}={known}")
        assert answer.status_code == 400 and ("known: this address has no earlier state" in answer.text or "/zh" in path)
    assert later_client.get(f"/country/KE?known={known}&known={known}").status_code == 400


def test_a_public_reader_gets_the_public_part(public_two_releases_client: Client, known: str) -> None:
    [edition] = [row["id"] for row in public_two_releases_client.get("/api/v1/releases").json() if not row["served"]]
    assert edition.startswith(f"{known}+")
    for value in (known, edition, edition.replace("+", "%2B")):
        page = public_two_releases_client.get(f"/sources?known={value}")
        link = f'<a href="/release/{edition}?known={known}" title="{edition}">edition of '
        assert page.status_code == 200 and link in page.text
        assert "SECRET" not in page.text
    rows = public_two_releases_client.get(f"/projects.csv?known={known}").text
    assert len(rows.splitlines()) > 1 and "SECRET" not in rows


def test_links_that_have_it_or_leave_it_stay() -> None:
    html = (
        '<a href="/country/KE?x=1&amp;y=2#a">1</a><a data-today href="/country/KE">2</a><a href="/?known=2017">3</a>'
        '<a href="https://a.example/country/KE">4</a><a href="/releases">5</a><a href="/release/x">6</a>'
        '<form method="post" action="/desk/judge"><section data-tiles="/api/v1/explore/tiles/{z}">'
    )
    assert keep_known(html, ID) == html.replace("y=2#a", f"y=2&amp;known={ID}#a").replace("{z}", f"{{z}}?known={ID}")
    assert with_known(f"/release/{ID}+open", ID) == f"/release/{ID}+open?known={ID}"
    assert with_known("/country/KE", "") == "/country/KE"
    assert with_known("/country/KE?x=1#a?b", ID) == f"/country/KE?x=1&known={ID}#a?b"
    assert with_known("/releases#a", ID) == "/releases#a"


def test_a_release_made_later_never_moves_an_earlier_state() -> None:
    releases = ["2026-01-05-a", "2026-01-07-b", "2026-01-06-c", "2026-01-09-d"]
    days = [date(2026, 1, number) for number in range(4, 11)]
    expected = [None, releases[0], releases[0], releases[2], releases[2], releases[3], releases[3]]
    assert [release_known_on(releases, day) for day in days] == expected
    assert [release_known_on(["backup", *releases], day) for day in days] == expected, "a folder that is no release"
    for number, day in enumerate(days):
        for made in range(1, len(releases)):
            earlier = max(releases[:made])[:10]
            if earlier > day.isoformat():  # a later release exists, so no new release can change this day's state
                assert release_known_on(releases[:made], day) == expected[number]
    assert last_day("2026-02") == date(2026, 2, 28) and last_day("2026/..") is None and last_day("soon") is None
    assert last_day("2026") == date(2026, 12, 31) and last_day("2026-02-03") == date(2026, 2, 3)
    for text in ("2019/2020", "201X", "2019?", "2019-5", "2019-21", "2019-02-30", "٢٠١٩"):
        assert last_day(text) is None, text


def test_only_figures_of_a_release_have_no_earlier_state() -> None:
    assert not has_earlier_states("/zh/figure/projects@2026-01-01") and not has_earlier_states("/api/v1/figures/projects@2026")
    assert has_earlier_states("/api/v1/records/[@") and has_earlier_states("/figure/projects")
