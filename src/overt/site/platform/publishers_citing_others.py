"""Names of publishers that cite another publisher's report. The cited publisher comes first."""

import re

from overt.site.site import Site

_CITING = re.compile(r"(?P<publisher>[^()]+) \(citing (?P<original>[^()]+)\)")
"""Matches such a name as our registers write it: `Maombi (citing The Moscow Times)`."""


def original_first(site: Site, publisher: str | None) -> str:
    """Return a publisher's name, after that of any publisher it cites: `The Moscow Times, cited by Maombi`; empty for None."""
    match = _CITING.fullmatch(publisher or "")
    if match is None:
        return site.language.phrase(publisher) or publisher or ""
    original, cited_by = (site.language.phrase(match[part]) or match[part] for part in ("original", "publisher"))
    return site.gettext("%(original)s, cited by %(publisher)s", original=original, publisher=cited_by)
