"""Addresses of documents: which addresses mean the same document, and whose site a document is on."""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_ARCHIVE_PREFIX = re.compile(r"^https?://web\.archive\.org/(?:web/)?\d+(?:[a-z]{2}_)?/(?=\w)", re.IGNORECASE)
_TRACKING = re.compile(
    r"^(?:utm_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|guccounter|guce_referrer\w*|ref_src|ref_url|cmpid|ocid|rdid|_ga|"
    r"__twitter_impression|share_id|sharetype)$"
)
_DISPLAY_PARAMETERS = {"twitter.com": {"lang", "s", "t"}, "x.com": {"lang", "s", "t"}}
"""Site → parameters that only change how it shows a page."""
_MIRRORS = {"x.com": "twitter.com", "nitter.net": "twitter.com"}
_SECOND_LEVEL = {"ac", "co", "com", "edu", "gov", "net", "ne", "go", "or", "org", "gob", "gouv", "nic"}
"""Public second-level labels of country domains, as in `aspi.org.au`."""


def normalize_address(address: str) -> str:
    """Return a form that is equal for addresses of the same document.

    It has no scheme, `www.`, archive prefix, fragment, tracking parameters or final slash, and a sorted query. A web archive's
    short address stays unchanged, since it doesn't show which document it means.
    """
    address = address.strip()
    while (original := _ARCHIVE_PREFIX.sub("", address)) != address:
        address = original if "//" in original else f"http://{original}"
    parts = urlsplit(address if "//" in address else f"//{address}")
    host = _normalize_host(parts.netloc)
    parameters = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(name.lower()) and name not in _DISPLAY_PARAMETERS.get(host, ())
    ]
    host = _MIRRORS.get(host, host)
    path = unquote(re.sub("/+", "/", parts.path)).rstrip("/")
    query = urlencode(sorted(parameters))
    # Fragments such as `#!/…` and `#/…` select a page of their own.
    fragment = f"#{parts.fragment}" if parts.fragment[:1] in ("!", "/") else ""
    return f"{host}{path}{f'?{query}' if query else ''}{fragment}"


def registered_domain(address: str) -> str:
    """Return the registered domain of an address, or "" if it has none: `aspi.org.au` of `https://chinatechmap.aspi.org.au/`."""
    labels = _normalize_host(urlsplit(address if "//" in address else f"//{address}").netloc).split(".")
    if len(labels) < 2:
        return ""
    has_second_level = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if has_second_level else labels[-2:])


def _normalize_host(netloc: str) -> str:
    host = netloc.rpartition("@")[2].lower().rstrip(".")
    host = re.sub(r":(?:80|443)$", "", host)
    return re.sub(r"^(?:www\d?|m|mobile|amp)\.(?=.+\..)", "", host)
