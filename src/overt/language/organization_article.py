"""Names of state bodies within sentences, with “the” where English needs it: “for the Government of Pakistan”."""

import re
from functools import cache

from overt.language.language import Language
from overt.model.yaml_reading_and_validation import Content, packaged_model

_PATH = "names/state_bodies_with_the.yml"
_BRACKETS = re.compile(r"\s*\([^)]*\)$")


class ArticleFile(Content):
    """The file `names/state_bodies_with_the.yml`."""

    title: str
    description: str
    beginnings: list[str]
    endings: list[str]


def with_organization_article(language: Language, name: str, name_language: str | None, *, begins: bool = False) -> str:
    """Return an organisation's name for use within a sentence. In English sentences, English names of state bodies get “the”.

    `name_language`: the language of the name; without one, it counts as English. `begins`: whether it begins a sentence.
    """
    if (
        language.code != "en"
        or (name_language or "en").partition("-")[0] != "en"
        or not _bodies().search(_BRACKETS.sub("", name))
    ):
        return name
    return f"The {name}" if begins else f"the {name}"


@cache
def _bodies() -> re.Pattern[str]:
    file = packaged_model(ArticleFile, _PATH)
    beginnings, endings = ("|".join(map(re.escape, words)) for words in (file.beginnings, file.endings))
    return re.compile(
        rf"^(?!The\s)(?:(?:[A-Z][\w’'-]*\s+(?:and\s+)?){{0,4}}(?:{beginnings})\s+(?:of|for|in)\s|.*\s(?:{endings})$)"
    )
