"""Packaged content is consistent, and a workspace's own content overrides it."""

from pathlib import Path

import pytest

from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError, ValueProblem
from overt.model.schema import Property

HAN = range(0x4E00, 0x9FFF + 1)


def is_chinese(text: str) -> bool:
    return any(ord(character) in HAN for character in text)


def test_record_types_are_complete(content: Catalogue) -> None:
    types = content.schema.types
    assert set(types) == {
        "organization", "relation", "project", "role", "commitment", "place", "assessment", "agreement", "restriction",
        "listing", "indicator", "reported_figure", "document", "participation", "provision", "programme", "statement",
        "project_programme",
    }  # fmt: skip
    assert len({record_type.table for record_type in types.values()}) == len(types)
    for record_type in types.values():
        assert is_chinese(record_type.label_zh) and record_type.description.endswith("."), record_type.name
        properties = record_type.properties.values()
        assert properties
        assert len({property_.column for property_ in properties}) == len(properties)
        for property_ in properties:
            assert is_chinese(property_.label_zh) and property_.description.endswith("."), (record_type.name, property_.name)
            assert (property_.type == "term") == (property_.vocabulary is not None)
            assert (property_.type == "record") == (property_.record is not None)
            assert property_.unit is None or property_.type == "number"


def test_no_two_terms_share_another_word(content: Catalogue) -> None:
    for name, vocabulary in content.vocabularies.items():
        for term in vocabulary.terms:
            for word in term.also:
                assert vocabulary.find(word.upper()) == term.id, (name, term.id, word)


def test_no_service_is_a_platform_too(content: Catalogue) -> None:
    services, platforms = content.vocabularies["services"], content.vocabularies["platforms"]
    named = {service.id: platforms.find(word) for service in services.terms for word in (service.label, *service.also)}
    assert not {service: platform for service, platform in named.items() if platform and platforms.by_id[platform].broader}


def test_vocabularies_are_complete(content: Catalogue) -> None:
    for name, vocabulary in content.vocabularies.items():
        assert name == vocabulary.name and vocabulary.title and vocabulary.description and vocabulary.terms
        for term in vocabulary.terms:
            assert term.label and term.definition, (name, term.id)
            # A platform or service without a Chinese name is shown with its original name.
            assert is_chinese(term.label_zh) or (name in ("platforms", "services") and term.label_zh in term.label), (
                name,
                term.id,
            )
            assert term.broader != term.id
    properties = [property_ for record_type in content.schema.types.values() for property_ in record_type.properties.values()]
    used = {property_.vocabulary for property_ in properties if property_.vocabulary}
    assert used <= set(content.vocabularies)


def test_every_project_kind_has_a_layer(content: Catalogue) -> None:
    layers = content.vocabularies["layers"]
    assert [term.id for term in layers.terms] == [
        "networks", "cables", "data-centres", "surveillance", "censorship", "finance", "agreements", "presence",
    ]  # fmt: skip
    assert len({term.sign for term in layers.terms}) == len(layers.terms)
    for term in content.vocabularies["project-kinds"].terms:
        assert term.layer in layers.by_id, term.id


def test_lookups_map_to_terms(content: Catalogue) -> None:
    """If most targets of a lookup are terms of one vocabulary, all of them must be terms of some vocabulary."""
    terms = {name: set(vocabulary.by_id) for name, vocabulary in content.vocabularies.items()} | {
        "areas": set(content.areas.areas)
    }
    for slug, spec in content.sources.items():
        for name, lookup in spec.lookups.items():
            targets = set(lookup.values())
            for vocabulary, ids in terms.items():
                mapped = targets & ids
                if len(mapped) > 2 and len(mapped) > 0.8 * len(targets):
                    unknown = targets - set().union(*terms.values())
                    assert not unknown, (slug, name, vocabulary, sorted(unknown))


WITHOUT_EDITION = {"ftm_statements", "ooni", "peeringdb", "vdem"}
"""Sources whose files anyone can write or select. They have no published edition, so there are no counts to check."""


def test_declarations_of_sources_are_consistent(content: Catalogue) -> None:
    assert len(content.sources) >= 10
    for slug, spec in content.sources.items():
        assert spec.slug == slug
        assert set(spec.records) <= set(content.schema.types), slug
        assert all(spec.key_template(type_) for type_ in spec.counts.records), slug
        exact = {role for role, bounds in spec.counts.files.items() if bounds.min and bounds.max == bounds.min}
        assert exact or spec.own or slug in WITHOUT_EDITION, f"{slug}: a file that lost one row in forty would pass"
        assert spec.covers and spec.not_covered and spec.attribution, slug
        assert "://" in spec.address or spec.own, slug
        assert all("@" in rule for rule in spec.rules), slug
        assert all(why.strip() for file in spec.files.values() for why in file.ignore.values()), slug


@pytest.mark.parametrize(
    ("type_", "text", "unit", "value", "value_unit"),
    [
        ("project.kind", "5g-network", None, "5g-network", None),
        ("project.country", "Lao PDR", None, "LA", None),
        ("project.country", "LA", None, "LA", None),
        ("project.length", "1,200.0", "km", "1200", "km"),
        ("project.length", "1200", None, "1200", "km"),
        ("project.umbrella", "true", None, "true", None),
        ("commitment.amount", "1,000", "USD@2021", "1000", "USD@2021"),
        ("commitment.project", "x:1", None, "x:1", None),
        ("project.name", "  A   B ", None, "A B", None),
    ],
)
def test_values_have_a_canonical_form(
    content: Catalogue, type_: str, text: str, unit: str | None, value: str, value_unit: str | None
) -> None:
    assert content.canonical(find_property(content, type_), text, unit) == (value, value_unit)


@pytest.mark.parametrize(
    ("type_", "text", "unit", "why"),
    [
        ("project.kind", "5G", None, "'5G' is not in the vocabulary project-kinds"),
        ("project.country", "Atlantis", None, "not a known country"),
        ("project.length", "12", "miles", "measured in km, not in miles"),
        ("project.name", "x", "km", "has no unit"),
        ("commitment.amount", "12", None, "needs a unit"),
        ("commitment.project", "no colon", None, "not a record's id"),
        ("project.umbrella", "yes", None, "neither true nor false"),
    ],
)
def test_values_without_a_canonical_form_are_refused(
    content: Catalogue, type_: str, text: str, unit: str | None, why: str
) -> None:
    with pytest.raises(ValueProblem, match=why):
        content.canonical(find_property(content, type_), text, unit)


def find_property(content: Catalogue, name: str) -> Property:
    return content.schema.property(*name.split("."))


def test_an_unknown_type_or_property_is_reported(content: Catalogue) -> None:
    with pytest.raises(ContentError, match="there is no record type 'person'"):
        content.schema.property("person", "name")
    with pytest.raises(ContentError, match="project has no property 'colour'"):
        content.schema.property("project", "colour")


# --- A workspace's own content ------------------------------------------------------------------------------------------------


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


SOURCE = """\
title: T
publisher: P
address: https://example.org/
licence: CC0
attribution: A
reuse: open
covers: C
not_covered: N
records: {project: "{id}"}
files: {table: {patterns: ["t.csv"], format: csv}}
"""


def test_a_workspace_overrides_packaged_content(tmp_path: Path, content: Catalogue) -> None:
    write(tmp_path / "sources" / "mine" / "source.yml", SOURCE)
    write(tmp_path / "sources" / "telegeography" / "source.yml", SOURCE)
    write(tmp_path / "sources" / "_draft" / "source.yml", "nonsense")
    write(
        tmp_path / "vocab" / "roles.yml",
        "name: roles\ntitle: R\ndescription: D\nterms:\n  - {id: r, label: R, label_zh: 角, definition: D}\n",
    )
    own = Catalogue(tmp_path)
    assert set(own.sources) == {*content.sources, "mine"}
    assert own.sources["telegeography"].title == "T"
    assert list(own.vocabularies["roles"].by_id) == ["r"]
    assert own.digest("vocab") != content.digest("vocab")
    assert own.digest("schema") == content.digest("schema")
    assert own.digest("sources/mine") != own.digest("sources/telegeography")


def test_a_digest_covers_names_and_bytes_but_not_hidden_files_and_caches(tmp_path: Path) -> None:
    write(tmp_path / "sources" / "mine" / "source.yml", SOURCE)
    before = Catalogue(tmp_path).digest("sources/mine")
    write(tmp_path / "sources" / "mine" / ".source.yml.swp", "x")
    write(tmp_path / "sources" / "mine" / "__pycache__" / "importer.pyc", "x")
    assert Catalogue(tmp_path).digest("sources/mine") == before
    write(tmp_path / "sources" / "mine" / "words.yml", "")
    assert Catalogue(tmp_path).digest("sources/mine") != before


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("reuse: open", "reuse: free", "reuse: Input should be 'open', 'share-alike', 'non-commercial' or 'private'"),
        ("title: T\n", "", "title: Field required"),
        ("title: T", "title: T\ntitel: T", "there is no key 'titel' (is it 'title'?)"),
        ("format: csv", "format: csv, encoding: utf-9", "'utf-9' is not an encoding"),
        ("format: csv", "format: csv, delimiter: ';;'", "delimiter: "),
        ("format: csv", "format: pdf", "format: Input should be"),
        ("covers: C", "covers: C\nunique: [place]", "`unique` names 'place'"),
        ("covers: C", "covers: C\nany_of: [[tables]]", "`any_of` names 'tables'"),
        ("covers: C", "covers: C\nedition: {retrieved: yesterday}", "edition.retrieved"),
    ],
)
def test_an_error_in_source_yml_is_one_line(tmp_path: Path, old: str, new: str, why: str) -> None:
    assert old in SOURCE
    write(tmp_path / "sources" / "mine" / "source.yml", SOURCE.replace(old, new))
    with pytest.raises(ContentError) as caught:
        _ = Catalogue(tmp_path).sources
    assert str(caught.value).startswith("sources/mine/source.yml: ")
    assert why in str(caught.value)


@pytest.mark.parametrize("name", ["towns.yml", "areas-mine.yml", "regions-mine.yml", "mine.yml"])
def test_a_duplicate_key_in_a_vocabulary_has_its_line(tmp_path: Path, name: str) -> None:
    write(tmp_path / "vocab" / name, "towns: []\nareas: {}\ntowns: []\n")
    content = Catalogue(tmp_path)
    with pytest.raises(ContentError, match=rf"vocab/{name}, line 3: not YAML: duplicate key 'towns'"):
        _ = content.vocabularies, content.areas, content.regions, content.town_choices


def test_an_invalid_folder_name_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "sources" / "My-Source" / "source.yml", SOURCE)
    with pytest.raises(ContentError, match="'My-Source' is not a source's name"):
        _ = Catalogue(tmp_path).sources


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        (
            "[{id: a, label: A, label_zh: 甲, definition: D}, {id: a, label: A, label_zh: 甲, definition: D}]",
            "the term 'a' is defined twice",
        ),
        ("[{id: a, label: A, label_zh: 甲, definition: D, broader: b}]", "the broader term 'b' of 'a' is not defined"),
        ("[{id: a, label: A, definition: D}]", "label_zh: Field required"),
        (
            "[{id: a, label: A, label_zh: 甲, definition: D}, {id: ../../evil, label: E, label_zh: 乙, definition: D}]",
            r"^vocab/mine.yml: terms.1.id: '../../evil' cannot be an id; write lower-case letters a–z, digits, and hyphens",
        ),
        ("[{id: Evil, label: E, label_zh: 乙, definition: D}]", "'Evil' cannot be an id"),
        ("[{id: -a, label: E, label_zh: 乙, definition: D}]", "'-a' cannot be an id"),
        ("[{id: a.b, label: E, label_zh: 乙, definition: D}]", "'a.b' cannot be an id"),
        (
            "[{id: c, label: C, label_zh: 丙, definition: D, broader: a},"
            " {id: a, label: A, label_zh: 甲, definition: D, broader: b},"
            " {id: b, label: B, label_zh: 乙, definition: D, broader: a}]",
            "broader terms lead in a circle: a → b → a; remove `broader` from one of them",
        ),
        ("[{id: a, label: A, label_zh: 甲, definition: D, broader: a}]", "broader terms lead in a circle: a → a;"),
    ],
)
def test_an_error_in_a_vocabulary_is_one_line(tmp_path: Path, terms: str, why: str) -> None:
    write(tmp_path / "vocab" / "mine.yml", f"name: mine\ntitle: M\ndescription: D\nterms: {terms}\n")
    with pytest.raises(ContentError, match=why):
        _ = Catalogue(tmp_path).vocabularies
