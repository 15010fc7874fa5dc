"""Addresses of documents: which addresses lead to the same document, and to whose site they belong."""

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

WEB_ARCHIVES = frozenset({
    "archive.org", "archive.ph", "archive.is", "archive.today", "archive.vn", "archive.li", "archive.md", "archive.fo",
    "perma.cc",
})  # fmt: skip
"""Registered domains of sites that archive pages of other sites."""
_ARCHIVE_PREFIX = re.compile(r"^https?://web\.archive\.org/(?:web/)?\d+(?:[a-z]{2}_)?/(?=\w)", re.IGNORECASE)
_TRACKING = re.compile(
    r"^(?:utm_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|guccounter|guce_referrer\w*|ref_src|ref_url|cmpid|ocid|rdid|_ga|"
    r"__twitter_impression|share_id|sharetype)$"
)
_DISPLAY_PARAMETERS = {"twitter.com": {"lang", "s", "t"}, "x.com": {"lang", "s", "t"}}
"""Parameters that only change how a site shows a page, by site."""
_MIRRORS = {"x.com": "twitter.com", "nitter.net": "twitter.com"}
_SECOND_LEVEL = {"ac", "co", "com", "edu", "gov", "net", "ne", "go", "or", "org", "gob", "gouv", "nic"}
"""Public second-level labels of country domains, as in `aspi.org.au`."""
_NO_ADDRESS = SplitResult("", "", "", "", "")


def normalize_address(address: str) -> str:
    """Return a string that is the same for all addresses of a document.

    It leaves out what doesn't select a document, such as the scheme, a prefix `www.` or `m.`, an archive prefix, tracking
    parameters, and the fragment unless it selects a page. Parameters are sorted. The address of a mirror becomes the address of
    the original site. A web archive's short address is treated as an address of the archive, because it doesn't show which
    document it leads to. An archived copy's address is treated in the same way if the original's address is invalid, such as
    `http://[example`.
    """
    address = address.strip()
    while (original := _ARCHIVE_PREFIX.sub("", address)) != address and _parse(original):
        address = original if "//" in original else f"http://{original}"
    parts = _parse(address) or _NO_ADDRESS._replace(path=address)
    host = _normalize_host(parts.netloc)
    parameters = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(name.lower()) and name not in _DISPLAY_PARAMETERS.get(host, ())
    ]
    host = _MIRRORS.get(host, host)
    path = unquote(re.sub("/+", "/", parts.path)).rstrip("/")
    query = urlencode(sorted(parameters))
    # Fragments such as `#!/…` and `#/…` select a separate page.
    fragment = f"#{parts.fragment}" if parts.fragment[:1] in ("!", "/") else ""
    return f"{host}{path}{f'?{query}' if query else ''}{fragment}"


def registered_domain(address: str) -> str:
    """Return the registered domain of an address, such as `aspi.org.au` for `https://chinatechmap.aspi.org.au/`.

    Return "" if it has none.
    """
    labels = _normalize_host((_parse(address) or _NO_ADDRESS).netloc).split(".")
    if len(labels) < 2:
        return ""
    has_second_level = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if has_second_level else labels[-2:])


def is_in_web_archive(address: str) -> bool:
    """Return whether an address is on a site that archives pages of other sites, such as `web.archive.org`."""
    return registered_domain(address) in WEB_ARCHIVES


def _parse(address: str) -> SplitResult | None:
    """Return the parts of an address, with or without a scheme; None for one that is not valid."""
    try:
        return urlsplit(address if "//" in address else f"//{address}")
    except ValueError:
        return None


def _normalize_host(netloc: str) -> str:
    host = netloc.rpartition("@")[2].lower().rstrip(".")
    host = re.sub(r":(?:80|443)$", "", host)
    return re.sub(r"^(?:www\d?|m|mobile|amp)\.(?=.+\..)", "", host)
