"""Citations of pages: one description in CSL-JSON, from which the references and the BibTeX entry are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from overt.language.single_line import single_line

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # Braces are written as commands, because BibTeX counts all braces, even those after a backslash.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "#$%&_"},
    }
)
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Citation:
    """A page of a release that can be cited."""

    name: str
    """Name of the citation files, such as a record's id or a figure's name."""
    title: str
    number: str
    """Kind and id of the page in English, such as `Project ovt-…`; empty for a release."""
    path: str
    """Path of the English page."""
    sources: tuple[str, ...] = ()
    """Titles of the page's sources."""
    summary: str = ""
    """One line about the page's content."""
    files: bool = True
    """Whether there are citation files for the page."""
    local_title: str = ""
    """The title in the language of the page; if empty, `title` or its translation is used."""


def csl_item(citation: Citation, release: str, manifest: Mapping[str, Any], address: str) -> dict[str, Any]:
    """Return the CSL-JSON item. Its date is the date of the release's latest input; an empty release has none.

    `address`: the site's address. If it is empty, the item has no URL.
    """
    item: dict[str, Any] = {
        "id": f"overt-{citation.name}-{release}",
        "type": "dataset",
        "title": single_line(citation.title),
        "author": [{"literal": single_line(manifest["title"] or "Overt")}],
        "version": release,
        "genre": "Data set",
        "language": "en",
    }
    if manifest["date"] > "1000":  # An empty release has no date.
        item["issued"] = {"date-parts": [[int(part) for part in manifest["date"].split("-")]]}
    if citation.number:
        item["number"] = citation.number
    if citation.summary:
        item["abstract"] = single_line(citation.summary)
    if citation.sources:
        item["note"] = "Made of: " + "; ".join(single_line(title) for title in citation.sources)
    if address:
        item["URL"] = address + citation.path
    return item


def apa_reference(item: Mapping[str, Any]) -> Markup:
    """Return the reference to a version of a data set in APA style (7th edition), as HTML."""
    author = item["author"][0]["literal"]
    version = "; ".join(filter(None, (item.get("number"), edition_words(item))))
    reference = Markup("<bdi>{}</bdi>{} ({}). <cite><bdi>{}</bdi></cite> ({}) [{}].").format(
        author, "" if author.endswith(".") else ".", _year_and_month(item)[0] or "n.d.", item["title"], version, item["genre"]
    )
    return reference + Markup(" {}").format(item["URL"]) if "URL" in item else reference


def chinese_reference(item: Mapping[str, Any], atlas: str, title: str) -> Markup:
    """Return the reference to a version of a data set in Chinese, as HTML. `atlas`, `title`: Chinese names of both."""
    ids = [word for word in item.get("number", "").split() if word.startswith("ovt-")]
    number = f"（编号{ids[0]}）" if ids else ""
    edition = f"发布号{item['version']}"
    if "issued" in item:
        year, month, day = item["issued"]["date-parts"][0]
        edition = f"{year}年{month}月{day}日版（{edition}）"
    reference = Markup("<bdi>{}</bdi>：<bdi>{}</bdi>{}，{}，数据集。").format(atlas, title, number, edition)
    return reference + Markup(" {}").format(item["URL"]) if "URL" in item else reference


def edition_words(item: Mapping[str, Any]) -> str:
    """Return the version of a data set: its release, preceded by its date if the item has a date but no address."""
    if "URL" in item or "issued" not in item:
        return f"Release {item['version']}"
    year, month, day = item["issued"]["date-parts"][0]
    return f"Edition of {day} {_MONTH_NAMES[month - 1]} {year}, release {item['version']}"


def bibtex_entry(item: Mapping[str, Any]) -> str:
    """Return the entry for BibTeX and biblatex, in UTF-8. Double braces keep names and titles as they are."""
    year, month = _year_and_month(item)
    note = "; ".join(filter(None, (item.get("number"), f"release {item['version']}")))
    fields = {
        "author": f"{{{escape_tex(item['author'][0]['literal'])}}}",
        "title": f"{{{escape_tex(item['title'])}}}",
        **({"year": str(year), "month": _MONTHS[month - 1]} if year else {}),
        "howpublished": escape_tex(item["genre"]),
        "note": escape_tex(note),
        **({"url": item["URL"]} if "URL" in item else {}),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items()]
    return f"@misc{{{item['id']},\n" + ",\n".join(lines) + "\n}\n"


def _year_and_month(item: Mapping[str, Any]) -> tuple[int, int]:
    """Return the year and month of an item; zeros if it has no date."""
    parts = item["issued"]["date-parts"][0] if "issued" in item else (0, 0)
    return parts[0], parts[1]


def escape_tex(text: str) -> str:
    """Return a string on one line, escaped so that TeX prints its characters unchanged."""
    return single_line(text).translate(_BIBTEX)
