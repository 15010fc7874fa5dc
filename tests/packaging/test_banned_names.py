"""The check of names in templates."""

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
