"""How to cite a page: one description in CSL-JSON, from which the line in APA's manner and the BibTeX entry are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # By name: BibTeX counts braces, those with a backslash too.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "#$%&_"},
    }
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Citation:
    """A thing of a release that can be cited."""

    name: str
    """What its files are called: `ovt-aaaaaaaaaaaa`, `figure-name`."""
    title: str
    what: str
    """What it is and its id, in English: `Project ovt-…`; empty for a release as a whole."""
    path: str
    """Its page in English."""
    sources: tuple[str, ...] = ()
    """Titles of the sources that it is made of."""
    summary: str = ""
    """What it says, in a line."""
    files: bool = True
    """Whether the citation is a file beside the page, too."""


def csl(cited: Citation, release: str, manifest: Mapping[str, Any], address: str) -> dict[str, Any]:
    """Return the item in CSL-JSON. Its date is that of the release's latest input.

    `address`: of the site; empty where the atlas names none, and then the item has no URL.
    """
    item: dict[str, Any] = {
        "id": f"overt-{cited.name}-{release}",
        "type": "dataset",
        "title": plain(cited.title),
        "author": [{"literal": plain(manifest["title"] or "Overt")}],
        "version": release,
        "genre": "Data set",
        "language": "en",
    }
    if manifest["date"] > "1000":  # a release of nothing has no date
        item["issued"] = {"date-parts": [[int(part) for part in manifest["date"].split("-")]]}
    if cited.what:
        item["number"] = cited.what
    if cited.summary:
        item["abstract"] = plain(cited.summary)
    if cited.sources:
        item["note"] = "Made of: " + "; ".join(plain(title) for title in cited.sources)
    if address:
        item["URL"] = address + cited.path
    return item


def apa(item: Mapping[str, Any]) -> Markup:
    """The entry of a list of references as APA (7th edition) has it for a version of a data set."""
    author = item["author"][0]["literal"]
    inside = "; ".join(filter(None, (item.get("number"), f"Release {item['version']}")))
    line = Markup("<bdi>{}</bdi>{} ({}). <cite><bdi>{}</bdi></cite> ({}) [{}].").format(
        author, "" if author.endswith(".") else ".", _date(item)[0] or "n.d.", item["title"], inside, item["genre"]
    )
    return line + Markup(" {}").format(item["URL"]) if "URL" in item else line


def bibtex(item: Mapping[str, Any]) -> str:
    """The entry for BibTeX and biblatex, in UTF-8. Names and titles stand in two braces, so that they are taken as they are."""
    year, month = _date(item)
    note = "; ".join(filter(None, (item.get("number"), f"release {item['version']}")))
    fields = {
        "author": f"{{{escaped(item['author'][0]['literal'])}}}",
        "title": f"{{{escaped(item['title'])}}}",
        **({"year": str(year), "month": _MONTHS[month - 1]} if year else {}),
        "howpublished": escaped(item["genre"]),
        "note": escaped(note),
        **({"url": item["URL"]} if "URL" in item else {}),
    }
    lines = [f"  {name} = {held if name == 'month' else f'{{{held}}}'}" for name, held in fields.items()]
    return f"@misc{{{item['id']},\n" + ",\n".join(lines) + "\n}\n"


def _date(item: Mapping[str, Any]) -> tuple[int, int]:
    """Year and month; naught where there is none."""
    parts = item["issued"]["date-parts"][0] if "issued" in item else (0, 0)
    return parts[0], parts[1]


def escaped(text: str) -> str:
    """A text that TeX prints as it stands."""
    return plain(text).translate(_BIBTEX)


def plain(text: str) -> str:
    """A text in one line, without signs that cannot be printed."""
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(text.split())
