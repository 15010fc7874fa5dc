"""Publishers whose reports are on record only at second hand, according to the publisher fields of the documents."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from overt.release.source_independence.publisher_names import publisher_key, read_publisher
from overt.resolve.names import NameKeys
from overt.site.sentences.joined_parts import join
from overt.site.site import Site


def absent_origins(publishers: Sequence[str], *, with_articles: bool) -> list[list[str]]:
    """Return, for each publisher field, the origins that it names and that published none of these documents.

    An origin in lower case, such as “press” in “copy of a press report”, isn't a name and is left out. `with_articles`: whether
    origins keep their English article.
    """
    forms = NameKeys()
    named = [read_publisher(forms, text) for text in publishers]
    here = {publisher_key(forms, outlet, None) for names in named for outlet in names.outlets}
    return [
        [
            _with_article(text, origin) if with_articles else origin
            for origin in names.origins
            if not origin[:1].islower() and publisher_key(forms, origin, None) not in here
        ]
        for text, names in zip(publishers, named, strict=True)
    ]


def second_hand_sentence(site: Site, publishers: Iterable[str]) -> Markup:
    """Return a sentence that names the `absent_origins` of these publisher fields; empty if there are none."""
    in_english = site.language.code == "en"
    origins = dict.fromkeys(origin for of_text in absent_origins([*publishers], with_articles=in_english) for origin in of_text)
    if not origins:
        return Markup()
    names = join(site, [escape(site.language.phrase(origin) or "") or site.foreign(origin) for origin in origins])
    return site.markup("Overt has no document of %(names)s itself, only what others report from it.", names=names)


def _with_article(text: str, origin: str) -> str:
    """Return an origin with the article that the text has before it, in the form for the middle of a sentence."""
    return f"the {origin}" if re.search(rf"\bthe\s+{re.escape(origin)}", text, re.IGNORECASE) else origin
