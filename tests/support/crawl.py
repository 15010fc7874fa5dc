"""Every page of a site that a reader can come to by its links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from tests.support.client import HOST, Client

LISTS = (
    "/",
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
    """What a page holds: ids, links, what it would load, and its text."""

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
        alternate = ("rel", "alternate") in attrs
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "id":
                self.ids.add(value or "")
            if name == "href" and tag == "a":
                self.links.append(value or "")
            if name in ("src", "srcset", "data", "poster") or (
                tag in ("link", "use", "image") and name == "href" and not alternate
            ):
                self.loaded.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


FILTERS = 30
Crawled = tuple[dict[str, Page], dict[str, int]]


def crawl(client: Client, start: tuple[str, ...] = LISTS, most: int = 3000, base: str = "") -> Crawled:
    """All pages of one language by path and query, and the status of everything asked for. `base`: what its addresses begin with.

    Of the home page's filters and of other orders of a list only so many are followed: they are the same page again.
    """
    pages: dict[str, Page] = {}
    statuses: dict[str, int] = {}
    waiting = [base + path for path in start]
    filtered: set[str] = set()
    while waiting and len(statuses) < most:
        path = waiting.pop()
        if path in statuses:
            continue
        answer = client.get(path)
        statuses[path] = answer.status_code
        if answer.status_code == 308:
            waiting.append(urldefrag(answer.headers["location"]).url)  # a browser keeps the place in the page to itself
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        page = pages[path] = Page(path, answer.text)
        for link in page.links:
            target = urlsplit(urljoin(HOST + path, link))
            if f"{target.scheme}://{target.netloc}" == HOST:
                found = target.path + (f"?{target.query}" if target.query else "")
                filters = found.startswith(f"{base}/?")
                here = found.startswith(f"{base}/") and (base or not found.startswith("/zh/"))
                here = here and not found.startswith(
                    f"{base}/map.png?"
                )  # the picture takes a second to draw, and one says it all
                if here and "sort=" not in found and found not in statuses and (not filters or len(filtered) < FILTERS):
                    waiting.append(found)
                    filtered |= {found} if filters else set()
    return pages, statuses


def missing_targets(pages: dict[str, Page]) -> list[str]:
    """Links that lead to a place in a page that is not there."""
    lost = []
    for page in pages.values():
        for link in page.links:
            target = urlsplit(urljoin(HOST + page.path, link))
            path = target.path + (f"?{target.query}" if target.query else "")
            if target.fragment and path in pages and unquote(target.fragment) not in pages[path].ids:
                lost.append(f"{page.path} → {link}")
    return lost
