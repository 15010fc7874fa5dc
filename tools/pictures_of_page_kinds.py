"""Take pictures of every kind of page in six ways: `make screenshots ARGS="--every-kind DIR"`.

The pages are those of the shipped edition. Each is taken in full on a desktop and on a phone, in dark colours, in Chinese,
without JavaScript, and as it would be printed. `index.html` in the same folder shows them side by side.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error

from tools.browser_pages import PROJECT, claim_address, open_page

_HUAWEI, _LAW = "/organization/ovt-qdrbfqx76e7y", "/agreement/ovt-3axrve6frngx"
_MISSING = "not-found"
PAGES = {
    "front": "/",
    "explorer": "/explorer",
    "findings": "/findings",
    "finding": "/finding/money-without-a-purpose",
    "countries": "/countries",
    "country": "/country/PK",
    "country-print": "/country/PK/print",
    "country-programmes": "/country/CN/programmes",
    "country-cables": "/country/PK/cables",
    "country-money": "/country/PK/money",
    "country-agreements": "/country/RU/agreements",
    "country-indexes": "/country/PK/indexes",
    "country-unknown": "/country/PK/unknown",
    "country-timeline": "/country/PK/timeline",
    "country-restrictions": "/country/RU/restrictions",
    "country-rows": "/country/PK/rows",
    "regions": "/regions",
    "region": "/region/asean",
    "companies": "/companies",
    "organisation": _HUAWEI,
    "organisation-in-country": f"{_HUAWEI}/in/RS",
    "compare": "/compare?country=PK&country=AO&country=KE",
    "project": PROJECT,
    "agreements": "/agreements",
    "law": _LAW,
    "topic": "/topic/real-name-registration",
    "programmes": "/programmes",
    "blocked": "/blocked",
    "platform": "/platform/telegram",
    "domain-search": "/domain",
    "domain": "/domain/telegram.org",
    "figures": "/figures",
    "figure": "/figure/deployments-by-supplier",
    "figure-frame": "/figure/deployments-by-supplier/embed",
    "all-series": "/series",
    "series": "/series/freedom-on-the-net",
    "series-country": "/series/freedom-on-the-net/KE",
    "record": "/record/ovt-35qw3vmzdbzk",
    "search": "/search?q=who+supplied+cameras+to+Serbia",
    "sources": "/sources",
    "source": "/source/aiddata_gcdf",
    "totals": "/totals",
    "corrections": "/corrections",
    "releases": "/releases",
    "release": "/release/RELEASE",
    "method": "/method",
    _MISSING: "/project/ovt-aaaaaaaaaaaa",
}
"""An address for each kind of page. RELEASE stands for the release's id. A link on the project's page has the claim's address."""
_STYLE = """
img { width: 200px; max-height: 300px; object-fit: cover; object-position: top }
td, th { vertical-align: top; font: 14px sans-serif }
"""
_PHONE = {"viewport": {"width": 390, "height": 844}}
_MODES: dict[str, dict[str, Any]] = {
    "desktop": {},
    "phone": _PHONE,
    "dark": {"color_scheme": "dark"},
    "chinese": _PHONE,
    "no-javascript": {"java_script_enabled": False},
    "print": {},
}
"""Ways to take a page, each with the options of its browser context."""


def take_every_kind(browser: Browser, address: str, folder: Path) -> int:
    """Write pictures of every kind of page to a folder, with an `index.html` that shows them, and return their number.

    `address`: that of a server of the shipped edition.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages = _with_claim(browser, address)
    for mode, options in _MODES.items():
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options})
        for kind, path in pages.items():
            page = context.new_page()
            page_address = address + ("/zh" if mode == "chinese" else "") + path
            open_page(page, page_address, may_be_missing=kind == _MISSING, has_script=mode != "no-javascript")
            if mode == "print":
                page.emulate_media(media="print")
            try:
                page.screenshot(path=folder / f"{kind}-{mode}.png", full_page=True)
            except Error as problem:  # Chromium can't draw pages of more than 16,384 pixels at once
                page.screenshot(path=folder / f"{kind}-{mode}.png")
                print(f"{kind}, {mode}: only the first screen: {problem.message.splitlines()[0]}")
            page.close()
        context.close()
        print(f"{mode}: {len(pages)} pictures")
    (folder / "index.html").write_text(_contact_sheet(list(pages)), encoding="utf-8")
    return len(pages) * len(_MODES)


def _with_claim(browser: Browser, address: str) -> dict[str, str]:
    """Return the paths of all kinds of pages, with the release's id and the first claim of the project."""
    page = browser.new_page()
    release = page.request.get(f"{address}/healthz").json()["release"]
    open_page(page, address + PROJECT)
    claim = claim_address(page)
    page.close()
    return {**{kind: path.replace("RELEASE", release) for kind, path in PAGES.items()}, "claim": claim.removeprefix(address)}


def _contact_sheet(kinds: Sequence[str]) -> str:
    """Return an HTML page with a row of small pictures for each kind of page."""
    rows = [f"<tr><th>{escape(kind)}" + "".join(f"<td>{_thumbnail(f'{kind}-{mode}.png')}" for mode in _MODES) for kind in kinds]
    head = "".join(f"<th>{mode}" for mode in _MODES)
    table = f"<table><tr><th>{head}{''.join(rows)}</table>"
    return f'<!doctype html><meta charset="utf-8"><title>Pages</title><style>{_STYLE}</style>{table}'


def _thumbnail(name: str) -> str:
    return f'<a href="{name}"><img src="{name}" alt="" loading="lazy"></a>'
