"""Content files: YAML checked against a frozen model, with one-line errors that name the file."""

import pickle
import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from overt.model.errors import ContentError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Content(BaseModel):
    """A frozen object made of a content file; a key that it does not know is an error, not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Model = TypeVar("Model", bound=BaseModel)


class _TextLoader(_Loader):  # type: ignore[misc]
    """YAML in which `no`, `on` and 2019-01-01 stay the text they are: country NO is not false, a date is not an object."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}
_TextLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    """A mapping in which a key that stands twice is an error: of two translations of a term the first would be lost unseen."""
    seen = set()
    for key, _ in node.value:
        if key.value in seen and isinstance(key, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, f"the key {key.value!r} stands twice", key.start_mark)
        seen.add(key.value if isinstance(key, yaml.ScalarNode) else id(key))
    loader.flatten_mapping(node)
    return {loader.construct_object(key, deep=True): loader.construct_object(value, deep=True) for key, value in node.value}


_TextLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


@lru_cache(maxsize=256)
def _loaded(text: bytes) -> bytes:
    """The data, pickled: each step of a build reads the same files again, and parsing takes longer than what some steps do."""
    return pickle.dumps(yaml.load(text, Loader=_TextLoader))  # noqa: S506 (derives from the safe loader)


def read_yaml(path: Traversable) -> Any:
    """The plain data of a YAML file, the caller's own. Raises ContentError with the place of the slip."""
    try:
        return pickle.loads(_loaded(path.read_bytes()))  # noqa: S301 (our own; a copy in a fifth of the time of `deepcopy`)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        raise ContentError(f"{path}{place}: not YAML: {getattr(error, 'problem', None) or 'unreadable'}") from None
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise ContentError(f"{path}: cannot be read: {error}") from None


def read_mapping(path: Traversable) -> dict[str, Any]:
    """The YAML file's keys and values. Raises ContentError when it is empty, a list or a text."""
    data = read_yaml(path)
    if not isinstance(data, dict):
        raise ContentError(f"{path}: holds no keys and values; it should begin as in `title: …`")
    return data


def parse(model: type[Model], data: Any, where: str) -> Model:
    """`data` as a `model`. Raises ContentError naming the first field that is wrong."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ContentError(f"{where}: {place or 'file'}: {first['msg']}") from None


def refuse_unknown(names: Iterable[str], known: Collection[str], where: str) -> None:
    """Raises ContentError for the first name that the code does not know: it would weigh nothing, and nobody would notice."""
    for name in names:
        if name not in known:
            raise ContentError(f"{where}: {name!r} is not known; use one of {', '.join(sorted(known))}")


@cache
def packaged_content() -> Traversable:
    """The folder `content` of the installed package; the same from a checkout, a wheel or a zip."""
    from importlib.resources import files

    return files("overt") / "content"
