"""Tags that determine how other sites and search engines show a page."""

import re

from markupsafe import Markup

from overt.site.link_previews.page_summary import summarize

MARKER = "<!-- summary -->\n"
"""The layout's placeholder for the tags, which are made from the finished page."""
SIZE = (1200, 630)
"""Width and height, in pixels, of the picture that sites such as Facebook and Mastodon show."""


_ALTERNATE = re.compile(r'(<link rel="alternate" hreflang="[^"]+" href=")/')
"""Matches the beginning of a link to the page in another language, for which search engines need the full address."""
_NO_PICTURES = ("/ogc", "/desk")
"""Beginnings of the addresses of pages for programs and editors, which nobody shares."""


def picture_address(path: str) -> str | None:
    """Return the English address of a page's picture; None for pages without one. Parameters of the address are ignored."""
    plain = path.partition("?")[0].rstrip("/")
    return None if plain.startswith(_NO_PICTURES) else f"/share{plain or '/home'}.png"


def head_tags(html: str, *, address: str, origin: str, language: str, picture: str | None) -> str:
    """Add the tags to a page and, if the site has an address, make the links to the page in other languages absolute.

    A page without `MARKER` is returned unchanged.

    `address`: the page's address in its language; `origin`: the site's address, empty if it has none; `picture`: the picture's
    address, or None. Without an origin, the picture is left out, because other sites need its full address.
    """
    if MARKER not in html:
        return html
    summary = summarize(html)
    if not origin:
        picture = None
    tags = [
        Markup('<meta name="description" content="{}">').format(summary.answer),
        Markup('<link rel="canonical" href="{}{}">').format(origin, address),
        Markup('<meta property="og:type" content="website">'),
        Markup('<meta property="og:site_name" content="Overt">'),
        Markup('<meta property="og:title" content="{}">').format(summary.title or "Overt"),
        Markup('<meta property="og:description" content="{}">').format(summary.answer),
        Markup('<meta property="og:locale" content="{}">').format("zh_CN" if language == "zh" else "en_GB"),
    ]
    if origin:
        tags.append(Markup('<meta property="og:url" content="{}{}">').format(origin, address))
    if picture:
        width, height = SIZE
        tags += [
            Markup('<meta property="og:image" content="{}{}">').format(origin, picture),
            Markup('<meta property="og:image:width" content="{}"><meta property="og:image:height" content="{}">').format(
                width, height
            ),
            Markup('<meta property="og:image:alt" content="{}">').format(f"{summary.title}. {summary.answer}"),
        ]
    tags.append(Markup('<meta name="twitter:card" content="{}">').format("summary_large_image" if picture else "summary"))
    html = html.replace(MARKER, "\n".join(tags) + "\n", 1)
    return _ALTERNATE.sub(rf"\1{origin}/", html) if origin else html
