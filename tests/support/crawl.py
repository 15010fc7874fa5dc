"""A crawler that visits the pages of a site by following links, and a parser of pages."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from tests.support.client import HOST, Client

START_PAGES = (
    "/",
    "/explorer",
    "/findings",
    "/figures",
    "/countries",
    "/companies",
    "/agreements",
    "/sources",
    "/releases",
    "/method",
    "/search",
    "/search?q=kenya",
)


@dataclass
class Page(HTMLParser):
    """A parsed page: ids, links, loaded files, attributes, tags and text."""

    path: str
    html: str
    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.html)

    @property
    def text(self) -> str:
        return "".join(self.words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        other_page = ("rel", "alternate") in attrs or ("rel", "canonical") in attrs
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "id":
                self.ids.add(value or "")
            if name == "href" and tag == "a":
                self.links.append(value or "")
            if name in ("src", "srcset", "data", "poster") or (
                tag in ("link", "use", "image") and name == "href" and not other_page
            ):
                self.loaded.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


MAX_FILTERED = 30
# Half of all pages are about countries, most of them without a record. A quick run visits only these countries.
SOME_COUNTRIES = frozenset(re.findall("..", "AEAQBRCNDEDJEGETFRGBHKINIRKELALYNGPKRUTWUGUSVNXKZA"))
Crawled = tuple[dict[str, Page], dict[str, int]]


def crawl(
    client: Client,
    start: tuple[str, ...] = START_PAGES,
    limit: int = 3000,
    base: str = "",
    *,
    countries: frozenset[str] | None = None,
) -> Crawled:
    """Return all pages of one language by path and query, and the status of every requested address.

    `base`: prefix of all addresses. `countries`: the codes of the countries whose pages are visited; None for all. `limit`: the
    largest number of requested addresses. At most `MAX_FILTERED` filters of the explorer are followed, and no other sort orders
    of lists, because they show the same page again. Pictures of filtered maps and most feeds are left out.
    """
    pages: dict[str, Page] = {}
    statuses: dict[str, int] = {}
    waiting = [base + path for path in start]
    filtered: set[str] = set()
    while waiting and len(statuses) < limit:
        path = waiting.pop()
        if path in statuses:
            continue
        response = client.get(path)
        statuses[path] = response.status_code
        if response.status_code == 308:
            waiting.append(urldefrag(response.headers["location"]).url)  # browsers don't send fragments
        if not response.headers.get("content-type", "").startswith("text/html"):
            continue
        page = pages[path] = Page(path, response.text)
        for link in page.links:
            target = urlsplit(urljoin(HOST + path, link))
            if f"{target.scheme}://{target.netloc}" == HOST:
                address = target.path + (f"?{target.query}" if target.query else "")
                is_filtered = address.startswith(f"{base}/explorer?")
                in_scope = address.startswith(f"{base}/") and (base or not address.startswith("/zh/"))
                in_scope = in_scope and not address.startswith(f"{base}/map.png?")  # one slow picture is enough
                is_feed = address.endswith(("/changes.atom", "/changes.json"))
                in_scope = in_scope and (not is_feed or "/country/KE/" in address)  # tests/feeds reads the others
                country = re.match(rf"{base}/country/([A-Z]{{2}})\b", address)
                in_scope = in_scope and (countries is None or country is None or country[1] in countries)
                is_new = "sort=" not in address and address not in statuses
                if in_scope and is_new and (not is_filtered or len(filtered) < MAX_FILTERED):
                    waiting.append(address)
                    filtered |= {address} if is_filtered else set()
    return pages, statuses


def broken_anchors(pages: dict[str, Page]) -> list[str]:
    """Return the links whose fragment is not an id in the target page."""
    broken = []
    for page in pages.values():
        for link in page.links:
            target = urlsplit(urljoin(HOST + page.path, link))
            path = target.path + (f"?{target.query}" if target.query else "")
            if target.fragment and path in pages and unquote(target.fragment) not in pages[path].ids:
                broken.append(f"{page.path} → {link}")
    return broken
