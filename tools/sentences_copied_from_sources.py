"""Find sentences of cited pages in the texts of our own registers.

    python -m tools.sentences_copied_from_sources EXCERPTS.jsonl …

The excerpts stay outside the project, because they belong to their authors. Each line of a file is a JSON object with the text
of a page in `excerpt` and, optionally, an `id` or `address` that identifies the page. Prints every run of `RUN` or more words
that an excerpt shares with a text of a register, and exits with 1 if there are any.

Words are compared without case, accents and punctuation. Each Chinese or Japanese character is a word. Names and titles may be
repeated, because they name and cite. So columns of names, titles, publishers and addresses aren't compared. In all other texts,
each name, title or publisher, and each name of a country or area, counts as one word.
"""

import csv
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from overt.model.content_catalogue import Catalogue

RUN = 8
"""Minimum number of words in a shared run that counts as a copied sentence."""
CITED = frozenset({"title", "citation", "publisher", "cites"})
NAMES = frozenset(
    {"organization", "by", "financier", "party", "reported_by", "made_by", "city", "name_en", "name_zh", "forum", "alias"}
)
"""Columns of names. Their cells, like those of `CITED`, aren't compared, and may be repeated in other texts."""
SKIPPED = frozenset({"url", "website"})
LISTS = frozenset({"terms"})
"""Columns of search terms, separated by semicolons. Each term is compared separately."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_GAP = re.compile(r"\[(?:\.\.\.|…)\]")
"""Matches the signs that stand for omitted words in an excerpt. No run crosses such a gap."""
_THOUSANDS = re.compile(r"(?<=\d)[,.](?=\d{3})")


class Text(NamedTuple):
    """A text of a register, or a part of an excerpt without gaps, and the place where it is."""

    place: str
    text: str


class SharedRun(NamedTuple):
    """A run of words that a text of a register shares with an excerpt."""

    place: str
    excerpt: str
    words: str


class Names:
    """Titles and names that count as one word each."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for name in {tuple(words_of(name)) for name in names}:
            if len(name) > 1:
                self._by_first.setdefault(name[0], []).append(name)
        for same_first in self._by_first.values():
            same_first.sort(key=len, reverse=True)

    def join(self, words: Sequence[str]) -> list[str]:
        """Return the words with each name as one word; the longest name counts."""
        joined, at = list[str](), 0
        while at < len(words):
            names = (name for name in self._by_first.get(words[at], []) if tuple(words[at : at + len(name)]) == name)
            name = next(names, (words[at],))
            joined.append(" ".join(name))
            at += len(name)
        return joined


def main(arguments: Sequence[str]) -> int:
    """Print the runs that excerpts share with our own registers. Return 1 if there are any."""
    if not arguments:
        sys.exit("name the files with excerpts: python -m tools.sentences_copied_from_sources EXCERPTS.jsonl …")
    content = Catalogue()
    registers = {slug: source for slug, source in content.sources.items() if source.own}
    texts, names = list[Text](), list[str]()
    for slug, source in registers.items():
        texts += [Text(f"{slug}/words_zh.yml", text) for text in source.words_zh.values()]
        for path in sorted((Path(str(content.source_folders[slug])) / "edition").glob("*.csv")):
            register_texts, register_names = texts_and_names(path)
            texts += register_texts
            names += register_names
    excerpts = [excerpt for argument in arguments for excerpt in read_excerpts(Path(argument))]
    names += [label for area in content.areas.areas.values() for label in (area.label, area.label_zh) if label]
    runs = shared_runs(texts, excerpts, Names(names))
    for run in runs:
        print(f"{run.place}\n  shares with {run.excerpt}: {run.words}")
    print(f"{len(texts)} texts of {len(registers)} registers, {len(excerpts)} excerpts: {len(runs)} shared runs")
    return 1 if runs else 0


def texts_and_names(path: Path) -> tuple[list[Text], list[str]]:
    """Return the texts of a register's table that are compared, and the names and titles in it."""
    texts, names = list[Text](), list[str]()
    with path.open(newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            for column, cell in row.items():
                place = f"{path.name}, row {number}, column {column}"
                if column in CITED | NAMES:
                    names.append(cell)
                elif column not in SKIPPED:
                    texts += [Text(place, part) for part in (cell.split(";") if column in LISTS else [cell]) if part]
    return texts, names


def read_excerpts(path: Path) -> Iterator[Text]:
    """Yield the excerpts of a file, cut at their gaps; none for a line without `excerpt`.

    Exits if the file can't be opened or a line isn't a JSON object.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        sys.exit(f"{path}: {error.strerror}")
    for number, line in enumerate(lines, 1):
        try:
            page: Any = json.loads(line)
        except ValueError:
            page = None
        if not isinstance(page, dict):
            sys.exit(f"{path}, line {number}: not a JSON object; write one object with `excerpt` on each line")
        if isinstance(excerpt := page.get("excerpt"), str):
            place = f"{path.name}, line {number} ({page.get('address') or page.get('id') or 'no address'})"
            yield from (Text(place, part) for part in _GAP.split(excerpt))


def shared_runs(texts: Iterable[Text], excerpts: Iterable[Text], names: Names) -> list[SharedRun]:
    """Return the longest runs of at least `RUN` words that texts share with excerpts, in the order of the texts."""
    places: dict[tuple[str, ...], str] = {}
    for excerpt in excerpts:
        words = names.join(words_of(excerpt.text))
        for at in range(len(words) - RUN + 1):
            places.setdefault(tuple(words[at : at + RUN]), excerpt.place)
    return [run for text in texts for run in _runs_of(text, names.join(words_of(text.text)), places)]


def _runs_of(text: Text, words: list[str], places: dict[tuple[str, ...], str]) -> Iterator[SharedRun]:
    start = None
    for at in range(len(words) - RUN + 2):
        is_shared = tuple(words[at : at + RUN]) in places
        if is_shared and start is None:
            start = at
        elif not is_shared and start is not None:
            excerpt = places[tuple(words[start : start + RUN])]
            yield SharedRun(text.place, excerpt, " ".join(words[start : at + RUN - 1]))
            start = None


def words_of(text: str) -> list[str]:
    """Return the words of a text without case, accents, punctuation and separators of thousands."""
    decomposed = unicodedata.normalize("NFKD", _THOUSANDS.sub("", text.casefold()))
    return _WORD.findall("".join(character for character in decomposed if not unicodedata.combining(character)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
