"""Catalogues contain every message of the site, translated, and no other messages."""

import ast
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS

from overt.language.language import LANGUAGES, load_translations
from tools.message_catalogues import catalogues, messages, read

TRANSLATED = [language.code for language in LANGUAGES if language.code != "en"]
Key = tuple[object, str | None]


def _texts(value: object) -> list[str]:
    return [str(text) for text in (value if isinstance(value, tuple | list) else (value,))]


def _key(message: Message) -> Key:
    return message.id, message.context


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_in_the_catalogue_and_no_other(code: str) -> None:
    used = {_key(message) for message in messages() if message.id}
    translated = {_key(message) for message in read(code) if message.id}
    assert len(used) > 300
    assert (used - translated, translated - used) == (set(), set()), "run `make docs`, and translate what is new"
    assert not read(code).obsolete


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated(code: str) -> None:
    untranslated = [message.id for message in read(code) if message.id and (message.fuzzy or not all(_texts(message.string)))]
    assert untranslated == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_have_the_placeholders_and_markup_of_their_messages(code: str) -> None:
    for message in read(code):
        if message.id:
            english = _texts(message.id)[-1]
            for text in _texts(message.string):
                assert _placeholders(text) == _placeholders(english), (english, text)
                assert _markup(text) == _markup(english), (english, text)


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s|%%", text))


def _markup(text: str) -> Counter[str]:
    return Counter(re.findall(r"<[^>]*>", text))


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_catalogue_is_as_the_tool_writes_it(code: str) -> None:
    for path, text in catalogues().items():
        if path.stem == code:
            assert path.read_bytes() == text, "run `make docs`"


def test_a_catalogue_is_loaded_from_its_po_file() -> None:
    chinese = load_translations("zh")
    assert chinese.gettext("Countries") == "国家"
    assert chinese.ngettext("%(n)s project", "%(n)s projects", 1) == "%(n)s个项目"
    assert chinese.gettext("nothing of ours") == "nothing of ours"


@pytest.mark.slow
def test_messages_are_extracted_from_templates_and_code() -> None:
    ids = {_key(message)[0] for message in messages()}
    assert "Evidence" in ids, "_() in a template"
    assert "Edition of %(edition)s; newest document: %(document)s." in ids, "a trans block"
    assert ("%(n)s source", "%(n)s sources") in ids, "a trans block that counts"
    assert "Withdrawn" in ids, "N_() in code"
    assert ("%(n)s project has no date", "%(n)s projects have no date") in ids, "NN_() in code"
    assert not any("desk" in place for message in messages() for place, _ in message.locations), "the desk is in English"


@pytest.mark.slow
def test_no_message_is_within_an_f_string() -> None:
    """The tokens of f-strings changed in Python 3.12, so Babel finds such a message only with some versions."""
    package = Path(str(files("overt")))
    inside = [
        f"{path.relative_to(package)}:{text.lineno}"
        for path in package.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) in DEFAULT_KEYWORDS
    ]
    assert inside == []
