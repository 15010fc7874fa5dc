"""Generate docs/mapping.md: the keys of `files:` and `mapping:`, from the models and their docstrings."""

import ast
import inspect
import re
import sys
from typing import Any

from pydantic import BaseModel

from overt.model.content_catalogue import Catalogue
from overt.model.mapping import Commitment, Document, Party, Place, RecordMapping, RoleMapping
from overt.model.source import DEFAULT_KEYS, FileSpec
from overt.model.values.source_mapping_values import Condition, Value
from tools.markdown_tables import cell, code, table

_HEAD = """# Mappings

Generated from `mapping.py`, `source.py` and `values/source_mapping_values.py` of `src/overt/model/` by `make docs`. A `mapping:`
in source.yml says which columns become which records and properties, without Python. `overt source new FILE` proposes one;
[a walk-through](../CONTRIBUTING.md#a-spreadsheet-without-python) goes from a spreadsheet to a release. Record types,
properties and the words on the right of a lookup are those of the [data dictionary](data-dictionary.md).

```yaml
mapping:
  tracker:                                # a role of files:
    ignore: {Notes: our own reminders}
    other_names: {Vendor(s): [Supplier]}  # the edition of last year calls the column Supplier
    records:
      - record: project
        name: [{column: Project, lang: en}, {column: 项目名称, lang: zh}]
        kind: {column: Type, lookup: kinds, split: [";", "/"]}
        country: Country                  # short for {column: Country}
        agreed: {column: Signed, dates: ["%d/%m/%Y", "%b %Y"]}
        place: {column: City, geocode: true}
        supplier: {column: Vendor(s), split: [";", " & "]}
        commitment: {column: Value, currency: USD, financier: Lender}
        document: {column: Source URL, title: Source}
lookups:
  kinds: {cctv: video-surveillance, face recognition: facial-recognition}
```

A key of `records:` in source.yml names columns, properties or parts of `key:` in braces, as in `project: "{No}"`. A mapping
needs only the keys of the records that its rows describe. The records that it makes in addition have these keys, unless
`records:` sets others:
"""
_SECTIONS: tuple[tuple[type[BaseModel], str, type[BaseModel] | None], ...] = (
    (RoleMapping, "A role of files", None),
    (RecordMapping, "A record", None),
    (Value, "A value", None),
    (Party, "A role in a project: `supplier:`, `customer:` …", Value),
    (Place, "`place:`", Value),
    (Commitment, "`commitment:`", Value),
    (Document, "`document:`", Value),
    (Condition, "A condition: `when:`, `out_of_scope:`", None),
)
_HIDDEN = ("properties",)


def mapping_page(content: Catalogue) -> str:
    """Return the text of docs/mapping.md."""
    parts = [_HEAD, table(["record", "key"], [[code(name), code(key)] for name, key in DEFAULT_KEYS.items()])]
    parts += ["", "## Files", "", _text(FileSpec), "", _table(FileSpec, None)]
    for model, title, base in _SECTIONS:
        parts += ["", f"## {title}", "", _text(model)]
        if base is not None:
            parts.append("\nIt also has the keys of [a value](#a-value).")
        parts += ["", _table(model, base)]
    roles = ", ".join(code(role) for role in content.vocabularies["roles"].by_id)
    parts += ["", f"The roles are {roles}."]
    return "\n".join(parts) + "\n"


def _text(model: type[BaseModel]) -> str:
    return _in_paragraphs(ast.get_docstring(_class(model)) or "")


def _table(model: type[BaseModel], base: type[BaseModel] | None) -> str:
    inherited = set(base.model_fields) if base else set()
    descriptions = _descriptions(model)
    rows = [
        [code(field.alias or name), cell(_in_paragraphs(descriptions.get(name, "")))]
        for name, field in model.model_fields.items()
        if name not in inherited and name not in _HIDDEN and not name.endswith("_zh")
    ]
    return table(["key", "what it does"], rows)


def _descriptions(model: type[BaseModel]) -> dict[str, str]:
    """Return the docstrings below the fields of a model."""
    descriptions: dict[str, str] = {}
    waiting: list[str] = []
    for node in _class(model).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            waiting.append(node.target.id)
        elif (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str) and waiting
        ):
            descriptions[waiting.pop()] = inspect.cleandoc(node.value.value)
            waiting.clear()
        else:
            waiting.clear()
    return descriptions


def _class(model: type[BaseModel]) -> Any:
    tree = ast.parse(inspect.getsource(sys.modules[model.__module__]))
    return next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == model.__name__)


def _in_paragraphs(text: str) -> str:
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)
