"""Words in titles for the purpose, the setting and the parts of projects: yards, entrances, balloons, passports."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache

from overt.model.yaml_reading_and_validation import Content, packaged_model
from overt.resolve.names import fold
from overt.resolve.names.folding_and_scripts import script_of
from overt.resolve.names.institution_name_meanings import read_translated
from overt.resolve.names.institution_word_meanings import is_unspaced, plain
from overt.resolve.projects.participants import only_country

_PATH = "names/title_subjects.yml"
_UNSPACED = ("han", "hangul", "kana")
OBJECT, STRONG, PLACE, USE = "object", "strong", "place", "use"
"""Groups of subjects. Titles with different subjects of one group probably belong to two projects."""


class TitleSubjectFile(Content):
    """`names/title_subjects.yml`."""

    title: str
    description: str
    known_places: list[str]
    """Meanings in `institution_words_by_meaning.yml` that are places."""
    objects: dict[str, list[str]]
    places: dict[str, list[str]]
    documents: dict[str, list[str]]
    open_places: dict[str, list[str]]
    uses: dict[str, list[str]]


def project_subjects(
    names: Mapping[str, set[str]], countries: Mapping[str, set[str]], settings: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield rows of project, group and subject, for the subjects in each project's titles, such as drones, traffic or yards.

    A subject can be in two groups: yards are a strong subject and a place. `settings`: meanings of
    `institution_words_by_meaning.yml` that are strong subjects.
    """
    known_places = frozenset(_file().known_places)
    for project, titles in sorted(names.items()):
        country = only_country(project, countries)
        meanings = {meaning for title in titles for meaning in read_translated(fold(title), country).meanings}
        rows = {(STRONG, meaning) for meaning in meanings.intersection(settings)}
        rows |= {(PLACE, meaning) for meaning in meanings & known_places}
        rows = rows.union(*(_listed(title) for title in titles))
        yield from ((project, group, subject) for group, subject in sorted(rows))


@lru_cache(maxsize=1 << 15)
def _listed(title: str) -> frozenset[tuple[str, str]]:
    """Return the pairs of group and subject in `title_subjects.yml` whose phrases occur in a title."""
    folded = " ".join(map(plain, fold(title).split()))
    everything, patterns = _patterns()
    if not everything.search(folded):
        return frozenset()
    return frozenset((group, subject) for subject, groups, pattern in patterns if pattern.search(folded) for group in groups)


@cache
def _patterns() -> tuple[re.Pattern[str], list[tuple[str, tuple[str, ...], re.Pattern[str]]]]:
    """Return the pattern of all subjects, and each subject with its groups and its pattern in folded text."""
    file = _file()
    lists = (
        ((OBJECT, STRONG), file.objects),
        ((STRONG, PLACE), file.places),
        ((STRONG,), file.documents),
        ((PLACE,), file.open_places),
        ((USE,), file.uses),
    )
    sources = [
        (subject, groups, "|".join(map(_expression, words))) for groups, subjects in lists for subject, words in subjects.items()
    ]
    everything = re.compile("|".join(source for *_, source in sources))
    return everything, [(subject, groups, re.compile(source)) for subject, groups, source in sources]


def _expression(phrase: str) -> str:
    """Return a regular expression that matches a phrase of the file. A word that ends in `*` may have any ending.

    Phrases in scripts without spaces also match inside longer words.
    """
    words = [(plain(fold(word)), word.endswith("*")) for word in phrase.split()]
    if script_of(phrase[0]) in _UNSPACED or is_unspaced(phrase):
        return re.escape(fold(phrase))
    # Not \b, because a vowel sign at the end of a Hindi word is not a word character.
    return r"(?<!\w)" + " ".join(re.escape(word) + (r"\w*" if has_ending else "") for word, has_ending in words) + r"(?!\w)"


@cache
def _file() -> TitleSubjectFile:
    return packaged_model(TitleSubjectFile, _PATH)
