"""docs/mapping.md: every key of a mapping, from the models that read it."""

import ast
import inspect
import types
import typing
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from overt.model import mapping
from overt.model.catalogue import Catalogue
from overt.model.mapping import Commitment, Condition, Document, Party, Place, RecordMapping, RoleMapping, Value
from overt.model.source import DEFAULT_KEYS
from tools.markdown import cell

_SECTIONS: list[tuple[type[BaseModel], str]] = [
    (RoleMapping, "The mapping of a file"),
    (RecordMapping, "A record"),
    (Value, "A value"),
    (Condition, "A condition"),
    (Party, "An organisation"),
    (Place, "A place"),
    (Commitment, "Money"),
    (Document, "A document"),
]
_INTRODUCTION = """# Mappings: a source without Python

`mapping:` in `source.yml` says which columns of a source's files become which records and properties. For each role of
`files:` it lists the records that a row describes. An example with a comment on every line is in the
[template](../src/overt/content/sources/_template/source.yml); `overt source new FILE` proposes a mapping for a file.

```yaml
mapping:
  tracker:
    ignore: {Notes: our own reminders}
    records:
      - record: project
        name: [{column: Project, lang: en}, {column: 项目名称, lang: zh}]
        kind: {column: Type, lookup: kinds, split: [";", "/"]}
        country: Country
        agreed: {column: Signed, dates: ["%d/%m/%Y", "%b %Y"]}
        supplier: {column: Vendor(s), split: ["&", ";", "and"]}
        place: {column: City, geocode: true}
        commitment: {column: Value, financier: {column: Lender}}
        document: {column: Source URL, title: Source}
```

Every column is read or listed under `ignore:`; any other column with a value is a problem. A word, date or amount that is not
understood is a problem too, never a guess. A row with a problem makes no record. `overt import --dry-run` shows all problems
by cause, and the first records, without storing anything.

A key of `records:` is made of columns (`project: "{No}"`) and of properties (`{series}/{country}/{year}`). These have one
already, which `records:` can replace:
"""
_TYPES = "Record types and their properties are in the [data dictionary](data-dictionary.md)."


def mapping_reference(content: Catalogue) -> str:
    """Return docs/mapping.md."""
    lines = [_INTRODUCTION]
    lines += [f"- {record}: `{key}`" for record, key in DEFAULT_KEYS.items()]
    documented = _attribute_docs()
    for model, title in _SECTIONS:
        parent = next((base for base in model.__mro__[1:] if base in dict(_SECTIONS)), None)
        inherited = set(parent.model_fields) if parent is not None else set()
        lines += ["", f"## {title}", "", inspect.cleandoc(model.__doc__ or "")]
        if parent is not None:
            lines += ["", "It has all keys of [a value](#a-value), and these:"]
        lines += ["", "| key | what | meaning |", "|---|---|---|"]
        for name, field in model.model_fields.items():
            if name in inherited or name == "properties":
                continue
            text = documented.get((model.__name__, name), "").replace("\n", " ")
            lines.append(f"| `{field.alias or name}` | {_kind(field.annotation)} | {cell(text)} |")
    roles = ", ".join(f"`{term.id}`" for term in content.vocabularies["roles"].terms)
    lines += ["", f"The roles of a project are {roles}.", _TYPES]
    return "\n".join(lines) + "\n"


def _attribute_docs() -> dict[tuple[str, str], str]:
    """Return the docstring below each field of the models, by class and field."""
    tree = ast.parse(Path(inspect.getfile(mapping)).read_text(encoding="utf-8"))
    docs = {}
    for node in tree.body:
        if not isinstance(node, ast.ClassDef):
            continue
        for field, following in zip(node.body, node.body[1:], strict=False):
            is_text = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and is_text:
                docs[node.name, field.target.id] = inspect.cleandoc(str(following.value.value))  # type: ignore[attr-defined]
    return docs


def _kind(annotation: Any) -> str:
    """Return what a key takes, in words."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(dict.fromkeys(_kind(part) for part in arguments if part is not type(None)))
    if origin is typing.Annotated:
        return _kind(arguments[0])
    if origin is list:
        return f"{_kind(arguments[0])}, or a list"
    if origin is dict:
        return f"names, each with {_kind(arguments[1])}"
    if origin is typing.Literal:
        return " or ".join(f"`{word}`" for word in arguments)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        title = dict(_SECTIONS).get(annotation, "A value")
        return f"[{title[0].lower()}{title[1:]}](#{title.lower().replace(' ', '-')})"
    return {str: "text", bool: "`true` or `false`", int: "number"}.get(annotation, "text")
