"""Word lists with mistakes: an error names the file and the entry."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import overt.model.yaml_reading_and_validation
from overt.model.content_files import packaged_content
from overt.model.errors import ContentError
from overt.model.legal_forms import legal_forms
from overt.model.yaml_reading_and_validation import parse, read_mapping
from overt.resolve.names import former_and_registered_notes
from overt.resolve.names.lexicon import Lexicon, WordFile
from overt.resolve.projects import makers_by_name
from overt.resolve.projects.places import present_and_usual_town_names

Change = Callable[[dict[str, Any]], None]


def changed(name: str, change: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `packaged_model` read a copy of a list in `names/` with `change` applied."""
    data = read_mapping(packaged_content() / "names" / name)
    change(data)
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / name).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(overt.model.yaml_reading_and_validation, "packaged_content", lambda: tmp_path)


@pytest.mark.parametrize("spelling", ["", " ", "*"])
def test_an_empty_note_of_a_former_name_is_refused(spelling: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed("former_name_markers.yml", lambda data: data["until"].append(spelling), tmp_path, monkeypatch)
    with pytest.raises(ContentError, match=r"former_name_markers.yml: .*until"):
        former_and_registered_notes._words.__wrapped__()


def test_an_empty_list_of_notes_matches_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed("former_name_markers.yml", lambda data: data.update(until=[], year_until=[]), tmp_path, monkeypatch)
    monkeypatch.setattr(former_and_registered_notes, "_words", former_and_registered_notes._words.__wrapped__)
    note = former_and_registered_notes._note_of_time.__wrapped__()
    assert not note.fullmatch("Kenya 2019")
    assert note.fullmatch("formerly Acme")


def test_a_name_of_two_makers_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed("makers.yml", lambda data: data["makers"]["ZTE"].append("HUAWEI"), tmp_path, monkeypatch)
    with pytest.raises(ContentError, match=r"makers.yml: 'HUAWEI' is under 'Huawei' and under 'ZTE'"):
        makers_by_name._spellings.__wrapped__()


def test_a_name_of_two_towns_of_a_country_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def repeat(data: dict[str, Any]) -> None:
        data["places"]["KZ"][1]["names"].append("astana")

    changed("renamed_places.yml", repeat, tmp_path, monkeypatch)
    monkeypatch.setattr(present_and_usual_town_names, "_file", present_and_usual_town_names._file.__wrapped__)
    with pytest.raises(ContentError, match=r"renamed_places.yml: KZ: 'astana' is a name of 'Astana' and of 'Almaty'"):
        present_and_usual_town_names._present_names.__wrapped__()


def test_a_legal_form_without_letters_is_refused() -> None:
    forms = legal_forms()
    form = forms.forms[0].model_copy(update={"spellings": ["\u200b"]})
    words = parse(
        WordFile,
        read_mapping(packaged_content() / "names" / "organization_fields_and_kinds.yml"),
        "names/organization_fields_and_kinds.yml",
    )
    with pytest.raises(ContentError, match=f"legal_forms.yml: {form.id}: .* has no letters"):
        Lexicon(forms.model_copy(update={"forms": [form]}), words, {})
