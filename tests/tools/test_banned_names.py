"""The check of names in Python, TypeScript and templates."""

from pathlib import Path

import pytest

from tools.banned_names import names_in


@pytest.mark.parametrize(
    ("template", "names"),
    [
        ("{% for held in rows %}{{ held }}{% endfor %}", ["held"]),
        ("\n{%- for name, said in parts -%}{% endfor %}", ["said"]),
        ("{% set one = rows[0] %}", ["one"]),
        ("{% set Shown = rows[0] %}", ["Shown"]),
        ("{% set found %}text{% endset %}", ["found"]),
        ("{% macro line(single, kind='one') %}{% endmacro %}", ["single"]),
        ("{% for row in held %}{{ row.shown }}{% endfor %}{% set last = others %}{% if told %}{% endif %}", []),
        ("{% trans shown=rows %}{{ shown }} rows{% endtrans %}", []),
    ],
)
def test_a_template_must_name_what_it_binds(template: str, names: list[str], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(template, encoding="utf-8")
    line = 1 + template.startswith("\n")
    assert list(names_in(path)) == [f"{path}:{line}: {name}" for name in names]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("def held(rows):\n    pass\n", ["held"]),
        ("def read(found, *, _told=None):\n    pass\n", ["_told", "found"]),
        ("for one in rows:\n    pass\n", ["one"]),
        ("import json as said\n", ["said"]),
        ("class Row:\n    shown: bool\n    held: int\n", ["held"]),
        ("def shown(self):\n    pass\n", []),
        ("rows = held.found(one)\n", []),
    ],
)
def test_python_must_name_what_it_binds(code: str, names: list[str], tmp_path: Path) -> None:
    path = tmp_path / "rows.py"
    path.write_text(code, encoding="utf-8")
    assert sorted(line.rpartition(" ")[2] for line in names_in(path)) == names


@pytest.mark.parametrize(
    ("code", "names"),
    [("const held = 1;\nlet rows = held;\nfunction told() {}\n", ["held", "told"]), ("rows.forEach((row) => row.found);\n", [])],
)
def test_typescript_must_name_what_it_declares(code: str, names: list[str], tmp_path: Path) -> None:
    path = tmp_path / "rows.ts"
    path.write_text(code, encoding="utf-8")
    assert [line.rpartition(" ")[2] for line in names_in(path)] == names


def test_a_module_must_not_have_a_banned_name(tmp_path: Path) -> None:
    path = tmp_path / "held.py"
    path.write_text("", encoding="utf-8")
    assert list(names_in(path)) == [f"{path}: the module is called held"]
