"""Every page exists in every language, is fully translated, and links to its translations."""

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from overt.language.language import CHINESE, ENGLISH, LANGUAGES, language_of_path
from overt.model.record_ids import canonical_id
from overt.server.app import ServeSettings, create_app
from overt.site.site import Site
from tests.support.client import Client
from tests.support.crawl import START_PAGES, Crawled, broken_anchors, crawl
from tests.support.small_atlas import SmallAtlas

HUAWEI = canonical_id("secret_map:huawei")
CABLE = canonical_id("open_projects:cable")
_EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_ENGLISH = re.compile(r"[A-Za-z’']{3,}(?:[ ,;:.-]+[A-Za-z’']{2,})+")
"""Two or more consecutive words in Latin letters."""
_NAMES = re.compile(
    r"Natural Earth|Open Fibre Data Standard|OGC API|Overt \d|SHA-256|Excel|GeoJSON|CSL-JSON|JSON-LD|overt\.toml|https?://\S+"
    r"|overt estimate|Consolidated Screening List|ovt-[a-z2-7]{12}"
)
"""Names and ids that are the same in Chinese."""
_TEXT_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "data-label")
"""Attributes with text that readers can see or hear."""


@dataclass
class Words(HTMLParser):
    """The words and text attributes of a page that are marked as Chinese.

    Names and quotations (in `bdi`), code, drawings and the title are left out.
    """

    html: str
    own_words: list[str] = field(default_factory=list)
    _open: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.html)

    @property
    def _own(self) -> bool:
        return self._open[-1][1] if self._open else False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        own = attributes["lang"] == CHINESE.tag or attributes["lang"] == "zh" if "lang" in attributes else self._own
        own = own and tag not in ("bdi", "code", "pre", "script", "style", "svg", "title")
        self.own_words += [
            attributes[name] or ""
            for name in _TEXT_ATTRIBUTES
            if own and attributes.get(name) and "overt-attack" not in (attributes[name] or "")
        ]
        if tag not in _EMPTY:
            self._open.append((tag, own))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._own and data.strip():
            self.own_words.append(data)


@pytest.fixture(scope="module")
def chinese(client: Client, crawled_countries: frozenset[str] | None) -> Crawled:
    """The pages of the Chinese site, except those of countries that the crawler leaves out."""
    return crawl(client, base="/zh", countries=crawled_countries)


@pytest.mark.ci  # visits each page twice
def test_every_page_is_there_in_chinese(chinese: Crawled, crawled: Crawled) -> None:
    pages, statuses = chinese
    broken = {path: status for path, status in statuses.items() if status not in (200, 308)}
    # If no Chinese font is installed, the addresses of pictures redirect to the English pictures.
    assert {path: status for path, status in broken.items() if status != 307 or not path.endswith(".png")} == {}
    assert broken_anchors(pages) == []
    assert {path.removeprefix("/zh").partition("?")[0] for path in pages} == {path.partition("?")[0] for path in crawled[0]}


def test_chinese_pages_lead_to_chinese_pages(chinese: Crawled) -> None:
    for path, page in chinese[0].items():
        assert page.html.count('<html lang="zh-Hans">') == 1, path
        other = path.removeprefix("/zh")
        for link in page.links:
            target = urlsplit(link)
            if target.netloc or not target.path or link == other:
                continue
            assert target.path.startswith("/zh/") or not CHINESE.has_page(target.path), (path, link)


@pytest.mark.slow
def test_no_english_is_left(chinese: Crawled) -> None:
    """Names, values and quotations are marked with their language, or as unknown. All other words are Chinese."""
    left = {
        (path.split("/")[2], match)
        for path, page in chinese[0].items()
        for text in Words(page.html).own_words
        for match in _ENGLISH.findall(_NAMES.sub("", text))
    }
    assert sorted(left) == []


def test_every_page_names_itself_in_all_languages(chinese: Crawled, crawled: Crawled) -> None:
    for path, page in {**chinese[0], **crawled[0]}.items():
        if path.endswith("/embed"):
            continue  # a page for frames in other sites has no header
        own = language_of_path(path)
        english = path.removeprefix(own.base)
        for language in LANGUAGES:
            address = language.url(english).replace("&", "&amp;")
            assert f'<link rel="alternate" hreflang="{language.tag}" href="{address}">' in page.html, path
            now = ' aria-current="true"' if language is own else ""
            tag = language.tag
            name = language.name if language.short in language.name else f"{language.name} ({language.short})"
            link = f'<a href="{address}" lang="{tag}" hreflang="{tag}" aria-label="{name}"{now}>{language.short}</a>'
            assert link in page.html, (path, link)
        assert page.html.count("hreflang=") == 2 * len(LANGUAGES) + 1 + (path == "/"), path


def test_the_same_numbers_in_both(client: Client) -> None:
    english, chinese = client.get("/figure/test-money").text, client.get("/zh/figure/test-money").text
    assert "$1.09 bn" in english and "10.9亿美元" in chinese
    assert "To the cent: $1,087,654,321.50 in constant prices of 2021." in english
    assert "精确到分：1,087,654,321.50美元（按2021年不变价）。" in chinese
    assert "2026年2月3日" in chinese and "3 February 2026" in english


def test_names_are_chinese_if_a_claim_has_one_and_unchanged_if_not(client: Client) -> None:
    page = client.get(f"/zh/organization/{HUAWEI}").text
    heading = re.search(r"<h1><bdi>([\u4e00-\u9fff]+)</bdi></h1>", page)
    other_names = re.findall(r"<li><bdi[^>]*>([^<]+)</bdi>", page.partition('class="names"')[2].partition("</ul>")[0])
    assert heading and heading[1] not in other_names and any(name.startswith("Huawei") for name in other_names)
    assert re.search(r"<h1><bdi[^>]*>Huawei[^<]*</bdi></h1>", client.get(f"/organization/{HUAWEI}").text)
    assert re.search(r'<h1><bdi lang="">Test Sea Cable</bdi></h1>', client.get(f"/zh/project/{CABLE}").text)
    country = client.get("/zh/country/KE").text
    assert "<h1>肯尼亚</h1>" in country and '<bdi class="other-name" lang="en">Kenya</bdi>' in country


def test_links_to_other_pages_stay_in_the_language(client: Client) -> None:
    merged = canonical_id("open_projects:huawei")
    for path, target in (
        ("/zh", "/zh/"),
        ("/zh/country/ke", "/zh/country/KE"),
        (f"/zh/record/{merged}", f"/zh/organization/{HUAWEI}"),
        (f"/zh/search?q={HUAWEI}", f"/zh/record/{HUAWEI}"),
    ):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (308, target)


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/zh/nothing", 404, "此地址没有页面。"),
        ("/zh/project/ovt-aaaaaaaaaaaa", 404, "本版没有使用此编号的项目。"),
        ("/zh/country/QQ", 404, "没有使用此代码的国家或地区"),
        ("/zh/explorer?kind=nope", 400, "kind：“nope”不是项目类别。"),
        (f"/zh/project/{canonical_id('open_projects:gone')}", 410, "已撤回"),
    ],
)
def test_error_messages_use_the_language(client: Client, path: str, status: int, text: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert text in answer.text and '<html lang="zh-Hans">' in answer.text
    assert not [text for text in Words(answer.text).own_words for _ in _ENGLISH.findall(text)]


def test_data_has_one_address(client: Client) -> None:
    for path in ("/projects.csv", "/figure/test-projects.csv", "/api/v1/figures", "/static/style.css", "/healthz"):
        assert client.get(path).status_code == 200
        assert client.get(f"/zh{path}").status_code == 404, path


def test_only_the_address_chooses_the_language(client: Client) -> None:
    for path in START_PAGES:
        plain = client.get(path)
        answer = client.get(path, headers={"Accept-Language": "zh-CN,zh;q=0.9", "Cookie": "lang=zh"})
        assert (answer.status_code, answer.text) == (plain.status_code, plain.text)
        assert "set-cookie" not in answer.headers and "accept-language" not in answer.headers.get("vary", "").lower()


def test_the_language_link_never_leads_to_another_host(client: Client) -> None:
    for path in ("/zh//evil.example/", "/zh/\\evil.example/", "/zh/%2F%2Fevil.example/x", "//evil.example/"):
        page = client.get(path).text
        assert not re.search(r'href="(//|/\\|https?:)', page), path


def test_the_entity_tag_depends_on_translations_of_figures(atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = ServeSettings(atlas.workspace, atlas.release)
    before = Client(create_app(settings)).get("/zh/").headers["etag"]
    content = type(atlas.workspace.content)
    digest = content.digest
    monkeypatch.setattr(
        content, "digest", lambda self, *folders: digest(self, *folders) + ("x" if folders == ("figures",) else "")
    )
    assert Client(create_app(settings)).get("/zh/").headers["etag"] != before


def test_addresses() -> None:
    assert [language.url("/country/KE?x=1#a") for language in LANGUAGES] == ["/country/KE?x=1#a", "/zh/country/KE?x=1#a"]
    assert CHINESE.url(CHINESE.url("/")) == "/zh/"
    assert CHINESE.url("/zhang") == "/zh/zhang"
    for path in (
        "#claims",
        "/api/v1/figures?x=1",
        "/static/style.css?v=1",
        "/projects.csv?kind=5g-network",
        "https://x.example/",
    ):
        assert CHINESE.url(path) == path
    assert [language_of_path(path).code for path in ("/", "/zh", "/zh/", "/zh/x", "/zhang")] == ["en", "zh", "zh", "zh", "en"]


def test_messages_are_filled_in_as_the_language_writes() -> None:
    assert ENGLISH.ngettext("%(n)s project", "%(n)s projects", 1204) == "1,204 projects"
    assert ENGLISH.gettext("%(year)s: %(n)s", year=2019, n=2019) == "2019: 2,019"
    assert ENGLISH.join(["a", "b", "c"], "or") == "a, b or c"
    assert CHINESE.join(["甲", "乙", "丙"]) == "甲、乙和丙"


def test_templates_escape_the_values_of_messages_and_not_the_messages(sites: dict[str, Site]) -> None:
    environment = sites["zh"]._environment
    template = environment.from_string("{% trans q=q, n=n %}{{ n }} or more matches for “<bdi>{{ q }}</bdi>”.{% endtrans %}")
    assert template.render(q="<b>", n=12345) == "“<bdi>&lt;b&gt;</bdi>”有12,345个以上匹配结果。"
    words = environment.from_string('{{ _("Search: %(words)s", words=q) }}')
    assert words.render(q="<b>&") == "搜索：&lt;b&gt;&amp;"


def test_a_language_that_lacks_a_message_says_it_in_english() -> None:
    assert replace(CHINESE).gettext("Nothing of %(this)s", this="ours") == "Nothing of ours"
