"""Update the message catalogues: `python -m tools.message_catalogues`, or `make docs`.

New messages from templates and code are added without a translation, and unused ones are removed. Existing translations stay.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from overt.language.language import LANGUAGES
from overt.model.files.atomic_writes import atomic_write
from overt.release.figures.gap_and_difference_labels import PART_KINDS, PART_REASONS

PACKAGE = Path(__file__).parents[1] / "src" / "overt"
CATALOGUES = PACKAGE / "language" / "messages"
_PACKAGES = (
    "language",
    "release/answers",
    "index",
    "queries",
    "charts",
    "maps",
    "export",
    "http",
    "site",
    "api",
    "ogc",
    "tiles",
    "reconcile",
    "feeds",
    "server",
    "edition",
)
_METHODS = [
    *((f"{package}/**.html", "jinja2") for package in ("site", "ogc", "reconcile")),
    *((f"{package}/**.py", "python") for package in _PACKAGES),
]
"""Extraction methods by file pattern, without what is only in English, such as the editors' desk; see docs/decisions/0018."""
_OPTIONS = {f"{package}/**.html": {"trimmed": "true", "silent": "false"} for package in ("site", "ogc", "reconcile")}

_KEYWORDS = {**DEFAULT_KEYWORDS, "NN_": (1, 2), "markup": None, "nmarkup": (1, 2)}


def messages() -> Catalog:
    """Return every message to be translated, with the files that use it."""
    catalog = Catalog(project="Overt", charset="utf-8")
    for file, _, message, comments, context in extract_from_dir(
        PACKAGE,
        _METHODS,
        _OPTIONS,
        directory_filter=lambda path: Path(path).name != "desk",
        keywords=_KEYWORDS,
        comment_tags=["NOTE:"],
    ):
        catalog.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    for word in (*PART_KINDS.values(), *PART_REASONS.values()):  # the command line prints these, too
        catalog.add(word, None, [("release/figures/reported_total_difference.py", 0)])
    return catalog


def read(code: str) -> Catalog:
    """Read a catalogue. Return an empty one if there is no file."""
    path = CATALOGUES / f"{code}.po"
    if not path.is_file():
        return Catalog(locale=code)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def updated(code: str, template: Catalog) -> bytes:
    """Return a language's catalogue with the messages of `template` and their known translations.

    Messages are sorted by file, so that neighbouring messages give translators context.
    """
    old, new = (
        read(code),
        Catalog(
            locale=code, project="Overt", charset="utf-8", fuzzy=False, header_comment="# The reading site in another language."
        ),
    )
    for message in template:
        if message.id:
            known = old.get(message.id, message.context)
            text = known.string if known is not None and _same_kind(known.id, message.id) else None
            new.add(message.id, text, message.locations, auto_comments=message.auto_comments, context=message.context)
    file = BytesIO()
    write_po(file, new, width=0, sort_by_file=True, include_lineno=False, omit_header=False)
    return b"".join(_lines(file.getvalue()))


def _same_kind(left: object, right: object) -> bool:
    return isinstance(left, tuple) == isinstance(right, tuple)


def _lines(text: bytes) -> Iterator[bytes]:
    """Yield the lines of a catalogue without the changing fields of its header, so that equal messages produce equal bytes."""
    for line in text.splitlines(keepends=True):
        if not line.startswith(
            (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Last-Translator', b'"Generated-By', b'"Report-Msgid')
        ):
            yield line


def catalogues() -> dict[Path, bytes]:
    """Return the catalogue of every language except English, by its path."""
    template = messages()
    return {
        CATALOGUES / f"{language.code}.po": updated(language.code, template) for language in LANGUAGES if language.code != "en"
    }


def main() -> None:
    """Write the catalogues and print how many messages are untranslated."""
    for path, text in catalogues().items():
        atomic_write(path, text)
        untranslated = [message.id for message in read(path.stem) if message.id and not all(_strings(message.string))]
        print(f"{path.name}: {len(untranslated)} to translate")


def _strings(string: object) -> tuple[object, ...]:
    return string if isinstance(string, tuple) else (string,)


if __name__ == "__main__":
    main()
