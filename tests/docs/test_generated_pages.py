"""Generated files are up to date, and no type, property, term or key is missing from the generated pages of docs/."""

import json
import re
from pathlib import Path

import pytest

from overt.model.content_catalogue import Catalogue
from tests.support.shipped_edition import ShippedEdition
from tools.data_dictionary import data_dictionary, source_words
from tools.docs import DOCS, pages
from tools.markdown_tables import cell, code, table
from tools.released_table_sections import SECTIONS
from tools.source_mapping_keys_page import mapping_page


@pytest.mark.parametrize("path", pages(Catalogue()), ids=lambda path: path.name)
def test_the_page_is_up_to_date(path: Path, content: Catalogue) -> None:
    fresh = path.read_text(encoding="utf-8") == pages(content)[path]  # a boolean, so that a failure doesn't print the page
    assert fresh, f"{path.relative_to(DOCS.parent)} is stale: run `make docs`, read what changed, and commit it"


def test_every_type_property_and_term_is_there(content: Catalogue) -> None:
    page = data_dictionary(content)
    for record_type in content.schema.types.values():
        assert f"### {record_type.name}: {record_type.label} ({record_type.label_zh})" in page
        assert all(f"| `{name}` | " in page for name in record_type.properties)
    for vocabulary in content.vocabularies.values():
        for term in vocabulary.terms:
            assert f"| `{term.id}` | {cell(term.label)} | {cell(term.label_zh)} | {cell(term.definition)} |" in page


def test_every_table_of_a_release_is_there(content: Catalogue, shipped_edition: ShippedEdition) -> None:
    releases = shipped_edition.root / "releases"
    latest = (releases / "latest").read_text(encoding="utf-8").strip()
    released = set(json.loads((releases / latest / "manifest.json").read_text(encoding="utf-8"))["tables"])
    described = {name for _, _, names in SECTIONS for name in names}
    assert released - {record_type.table for record_type in content.schema.types.values()} <= described


def test_every_key_of_a_mapping_is_explained(content: Catalogue) -> None:
    page = mapping_page(content)
    assert "| `column` | The column." in page and "| `geocode` | Whether to find the town" in page
    assert not re.findall(r"^\| `[^|]+` \|\s*\|$", page, re.MULTILINE)


def test_every_word_of_a_lookup_is_listed(content: Catalogue) -> None:
    """Terms are listed with the words that lookups map to them, and every such term exists."""
    words = source_words(content)
    assert {"aiddata_gcdf status: `Pipeline: Pledge`", "telegeography status: `true`"} <= set(words["statuses"]["announced"])
    assert any(text.startswith("aspi_tech_map kinds: ") for text in words["project-kinds"]["smart-city"])
    assert "aigs_2019 countries: `United Arab E`" in words["areas"]["AE"]
    for vocabulary, terms in words.items():
        known = content.areas.areas if vocabulary == "areas" else content.vocabularies[vocabulary].by_id
        assert set(terms) <= set(known)


def test_words_of_sources_cannot_break_a_table() -> None:
    text = table(["a", "b", "c"], [[code("x | y"), cell("<b>\n| \\"), ""]])
    assert text.splitlines() == ["| a | b |", "| --- | --- |", "| `x \\| y` | &lt;b> \\| \\\\ |"]
