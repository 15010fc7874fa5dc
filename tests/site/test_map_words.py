"""Texts of the map's script: every language has the same texts, and layers and areas have the same names as on pages."""

import re
from pathlib import Path

import pytest
from babel import Locale

from overt.model.content_catalogue import Catalogue

SCRIPTS = Path(__file__).parents[2] / "web" / "src"
CONTENT = Catalogue()


@pytest.fixture(scope="module")
def text() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((SCRIPTS / "words").glob("*.ts")))


def _body(text: str, start: str) -> str:
    match = re.search(rf"^{re.escape(start)} = \{{\n(.*?)^\}};", text, re.DOTALL | re.MULTILINE)
    assert match, start
    return match[1]


def _keys(body: str) -> set[str]:
    """Return the keys, including those of nested objects: `layers.cables`."""
    keys: set[str] = set()
    within = ""
    bare = re.sub(r'(?<=: )"[^"\n]*"|`[^`]*`', "x", body)
    for name in re.finditer(r'(?:(?<=[{,])|^)\s*"?([\w-]+)"?: (\{)?|\}(?=,\n)', bare, re.MULTILINE):
        if name[1] is None:
            within = ""
        elif name[2]:
            within = f"{name[1]}."
        else:
            keys.add(within + name[1])
    return keys


def test_both_languages_have_the_same_words(text: str) -> None:
    english, chinese = _keys(_body(text, "export const english: Words")), _keys(_body(text, "export const chinese: Words"))
    assert {"layers.cables", "precision.admin1", "mapTitle", "comma"} <= english
    assert english == chinese


def test_layers_have_the_same_names_as_on_the_pages(text: str) -> None:
    for start, label in (("export const english: Words", "label"), ("export const chinese: Words", "label_zh")):
        for term in CONTENT.vocabularies["layers"].terms:
            assert re.search(rf'"?{term.id}"?: "{re.escape(getattr(term, label))}"', _body(text, start)), (start, term.id)


def test_areas_have_the_same_names_as_on_the_pages() -> None:
    """Browsers take the Chinese names of areas from CLDR. If pages use a different name, the script contains it."""
    text = (SCRIPTS / "area-names.ts").read_text(encoding="utf-8")
    labels = dict(re.findall(r'"?([\w-]+)"?: "([^"]+)"', _body(text, "const areas: Record<string, string>")))
    browser = Locale("zh").territories
    areas = CONTENT.areas.areas
    assert {code: areas[code].label_zh for code in labels} == labels
    assert {code for code, area in areas.items() if len(code) == 2 and browser.get(code) != area.label_zh} <= labels.keys()
