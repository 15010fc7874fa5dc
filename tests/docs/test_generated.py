"""docs/data-dictionary.md and docs/sources.md are what `make docs` would write now."""

from pathlib import Path

import pytest

from overt.model.content import Catalogue
from tools.data_dictionary import data_dictionary, source_words
from tools.docs import DOCS, pages
from tools.markdown import cell, code, table


@pytest.mark.parametrize("path", pages(Catalogue()), ids=lambda path: path.name)
def test_the_page_is_fresh(path: Path, content: Catalogue) -> None:
    fresh = path.read_text(encoding="utf-8") == pages(content)[path]  # a flag, so that a failure prints no whole page
    assert fresh, f"{path.relative_to(DOCS.parent)} is stale: run `make docs`, read what changed, and commit it"


def test_every_type_property_and_term_is_there(content: Catalogue) -> None:
    page = data_dictionary(content)
    for held in content.schema.types.values():
        assert f"### {held.name}: {held.label} ({held.label_zh})" in page
        assert all(f"| `{name}` | " in page for name in held.properties)
    for vocabulary in content.vocabularies.values():
        for term in vocabulary.terms:
            assert f"| `{term.id}` | {cell(term.label)} | {cell(term.label_zh)} | {cell(term.definition)} |" in page


def test_every_word_that_means_a_term_is_told(content: Catalogue) -> None:
    """Words of lookups stand with their terms, and nothing else is claimed of them."""
    words = source_words(content)
    assert {"aiddata_gcdf status: `Pipeline: Pledge`", "telegeography status: `true`"} <= set(words["statuses"]["announced"])
    assert any(said.startswith("aspi_tech_map kinds: ") for said in words["project-kinds"]["smart-city"])
    assert "aigs_2019 countries: `United Arab E`" in words["areas"]["AE"]
    for vocabulary, terms in words.items():
        known = content.areas.areas if vocabulary == "areas" else content.vocabularies[vocabulary].by_id
        assert set(terms) <= set(known)


def test_words_of_sources_cannot_break_a_table() -> None:
    made = table(["a", "b", "c"], [[code("x | y"), cell("<b>\n| \\"), ""]])
    assert made.splitlines() == ["| a | b |", "| --- | --- |", "| `x \\| y` | &lt;b> \\| \\\\ |"]
