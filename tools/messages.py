"""Write the message catalogues again: `python -m tools.messages`, or `make docs`.

New messages of templates and code come in untranslated, messages that nothing says any more go, translations stay.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from overt.language.language import LANGUAGES
from overt.model.atomic_files import atomic_write
from overt.release.figures.figure_wording import KINDS, WORDS

PACKAGE = Path(__file__).parents[1] / "src" / "overt"
CATALOGUES = PACKAGE / "language" / "messages"
_PACKAGES = (
    "language",
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
_METHODS = [("site/**.html", "jinja2"), ("feeds/**.html", "ignore"), *((f"{package}/**.py", "python") for package in _PACKAGES)]
"""The editors' desk is in English, see docs/decisions/0018."""
_OPTIONS = {"site/**.html": {"trimmed": "true", "silent": "false"}}

_KEYWORDS = {**DEFAULT_KEYWORDS, "NN_": (1, 2), "markup": None, "nmarkup": (1, 2)}


def messages() -> Catalog:
    """Every message of the reading site, with the files that say it."""
    found = Catalog(project="Overt", charset="utf-8")
    for file, _, message, comments, context in extract_from_dir(
        PACKAGE,
        _METHODS,
        _OPTIONS,
        directory_filter=lambda path: Path(path).name != "desk",
        keywords=_KEYWORDS,
        comment_tags=["NOTE:"],
    ):
        found.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    for word in (*KINDS.values(), *WORDS.values()):  # the command says them too
        found.add(word, None, [("release/figures/difference_parts.py", 0)])
    return found


def read(code: str) -> Catalog:
    """A catalogue as it is; an empty one where there is none yet."""
    path = CATALOGUES / f"{code}.po"
    if not path.is_file():
        return Catalog(locale=code)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def updated(code: str, template: Catalog) -> bytes:
    """A catalogue with the messages of `template`, each file's together, so that a translator sees them in their places."""
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


def _same_kind(one: object, other: object) -> bool:
    return isinstance(one, tuple) == isinstance(other, tuple)


def _lines(text: bytes) -> Iterator[bytes]:
    """The file without the times of its header: the same messages are the same bytes."""
    for line in text.splitlines(keepends=True):
        if not line.startswith(
            (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Last-Translator', b'"Generated-By', b'"Report-Msgid')
        ):
            yield line


def catalogues() -> dict[Path, bytes]:
    """Every catalogue by its place."""
    template = messages()
    return {CATALOGUES / f"{one.code}.po": updated(one.code, template) for one in LANGUAGES if one.code != "en"}


def main() -> None:
    """Write them, and say what is left to translate."""
    for path, text in catalogues().items():
        atomic_write(path, text)
        bare = [message.id for message in read(path.stem) if message.id and not all(_strings(message.string))]
        print(f"{path.name}: {len(bare)} to translate")


def _strings(held: object) -> tuple[object, ...]:
    return held if isinstance(held, tuple) else (held,)


if __name__ == "__main__":
    main()
