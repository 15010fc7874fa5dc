"""Addresses of documents: when two of them mean the same document, and at whose site it is."""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_ARCHIVED = re.compile(r"^https?://web\.archive\.org/(?:web/)?\d+(?:[a-z]{2}_)?/(?=\w)", re.IGNORECASE)
_TRACKING = re.compile(
    r"^(?:utm_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|guccounter|guce_referrer\w*|ref_src|ref_url|cmpid|ocid|rdid|_ga|"
    r"__twitter_impression|share_id|sharetype)$"
)
_LANGUAGE_OF_PAGE = {"twitter.com": {"lang", "s", "t"}, "x.com": {"lang", "s", "t"}}
"""Parameters that change how a page looks and not which it is, at these sites."""
_MIRRORS = {"x.com": "twitter.com", "nitter.net": "twitter.com"}
_SECOND = {"ac", "co", "com", "edu", "gov", "net", "ne", "go", "or", "org", "gob", "gouv", "nic"}
"""What stands before a country's ending in place of a name of its own, as in `aspi.org.au`."""


def normalize_address(address: str) -> str:
    """The form in which addresses of one document are equal: without scheme, `www.`, an archive's wrapper, fragment, parameters
    that follow readers, and a slash at the end; the rest of the query sorted. An archive's short address tells of no document.
    """
    held = address.strip()
    while (plain := _ARCHIVED.sub("", held)) != held:
        held = plain if "//" in plain else f"http://{plain}"
    parts = urlsplit(held if "//" in held else f"//{held}")
    host = _host(parts.netloc)
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(name.lower()) and name not in _LANGUAGE_OF_PAGE.get(host, ())
    ]
    host = _MIRRORS.get(host, host)
    path = unquote(re.sub("/+", "/", parts.path)).rstrip("/")
    query = urlencode(sorted(asked))
    # A page that is chosen in the fragment, as `#!/…` and `#/…`, is one of its own.
    chosen = f"#{parts.fragment}" if parts.fragment[:1] in ("!", "/") else ""
    return f"{host}{path}{f'?{query}' if query else ''}{chosen}"


def registered_domain(address: str) -> str:
    """The name under which a publisher's site is registered: `aspi.org.au` of `https://chinatechmap.aspi.org.au/`.

    Empty where the address has none.
    """
    labels = _host(urlsplit(address if "//" in address else f"//{address}").netloc).split(".")
    if len(labels) < 2:
        return ""
    several = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND
    return ".".join(labels[-3:] if several else labels[-2:])


def _host(netloc: str) -> str:
    host = netloc.rpartition("@")[2].lower().rstrip(".")
    host = re.sub(r":(?:80|443)$", "", host)
    return re.sub(r"^(?:www\d?|m|mobile|amp)\.(?=.+\..)", "", host)
