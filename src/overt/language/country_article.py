"""Names of countries within sentences, with “the” where English needs it: “in the Philippines”."""

from overt.language.language import Language

_ARTICLES = ("United ", "Bahamas", "Gambia", "Maldives", "Netherlands", "Philippines", "Seychelles", "Comoros", "Congo")
_ARTICLE_ENDINGS = (" Islands", " Republic", " Federation", " Territories")


def with_article(language: Language, country: str) -> str:
    """Return a country's name for use within a sentence. In English, names that need an article get “the”."""
    needs = country.startswith(_ARTICLES) or country.endswith(_ARTICLE_ENDINGS)
    return f"the {country}" if language.code == "en" and needs else country
