"""Reads content files in YAML and validates them as frozen models, with one-line errors that name the file."""

import pickle
import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from overt.model.content_files import packaged_content
from overt.model.errors import ContentError, ValueProblem, quote_text
from overt.model.files.content_file_reading import read_content
from overt.model.spelling_suggestions import similar_hint

_T = TypeVar("_T")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Content(BaseModel):
    """Base of models for content files: frozen, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown_keys(cls, data: Any) -> Any:
        if isinstance(data, dict):
            known = [field.alias or name for name, field in cls.model_fields.items()]
            for key in data:
                if key not in known and key not in cls.model_fields:
                    hint = similar_hint(str(key), known)
                    raise ValueError(f"there is no key {quote_text(str(key))}{hint}; use one of {', '.join(known)}")
        return data


MAX_VALUES = 1_000_000
"""Maximum number of values in a file with aliases. Each alias counts as all the values that it stands for."""
MAX_MISTAKES = 8
"""Maximum number of mistakes in an error message."""
Model = TypeVar("Model", bound=BaseModel)


class _TextLoader(_Loader):  # type: ignore[misc]
    """YAML loader in which `no`, `on` and 2019-01-01 stay strings: the country NO is not false, and a date is not an object."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}
_TextLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    """Construct a mapping, and refuse duplicate keys, because one of the two values would be lost."""
    seen = set()
    for key, _ in node.value:
        if key.value in seen and isinstance(key, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, f"duplicate key {key.value!r}", key.start_mark)
        seen.add(key.value if isinstance(key, yaml.ScalarNode) else id(key))
    loader.flatten_mapping(node)
    return {loader.construct_object(key, deep=True): loader.construct_object(value, deep=True) for key, value in node.value}


_TextLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


@lru_cache(maxsize=256)
def _load_pickled(text: bytes) -> bytes:
    """Parse YAML and return the data pickled. The result is cached, because every step of a build reads the same files again."""
    data = yaml.load(text, Loader=_TextLoader)  # noqa: S506 (derives from the safe loader)
    if b"*" in text and _count_values(data, {}) > MAX_VALUES:
        raise ValueError(f"its aliases (*name) stand for more than {MAX_VALUES:,} values, or contain themselves; write them out")
    return pickle.dumps(data)


def _count_values(value: Any, counts: dict[int, int]) -> int:
    """Return the number of values with every alias expanded. A value that contains itself has more than `MAX_VALUES`.

    An alias is a single object in memory, but code that walks through the data reads it each time. `counts` caches results by
    object id.
    """
    if not isinstance(value, dict | list):
        return 1
    if (count := counts.get(id(value))) is None:
        counts[id(value)] = MAX_VALUES + 1
        parts = value.values() if isinstance(value, dict) else value
        count = counts[id(value)] = 1 + sum(_count_values(part, counts) for part in parts)
    return count


def read_yaml(path: Traversable) -> Any:
    """Load a YAML file as plain data, which the caller may change.

    Raises ContentError, with the line if it is known, for a file that can't be read or is not valid YAML.
    """
    return _load(read_content(path), str(path))


def _load(text: bytes, path: str) -> Any:
    try:
        return pickle.loads(_load_pickled(text))  # noqa: S301 (our own data; five times as fast as `deepcopy`)
    except yaml.reader.ReaderError as error:
        raise ContentError(f"{path}: not YAML: {error.reason}; save it in UTF-8, without control characters") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise ContentError(f"{path}{line}: not YAML: {getattr(error, 'problem', None) or 'unreadable'}") from None
    except RecursionError:
        raise ContentError(f"{path}: cannot be read: values are nested too deeply") from None
    except (ValueError, TypeError) as error:
        raise ContentError(f"{path}: cannot be read: {error}") from None


def read_mapping(path: Traversable) -> dict[str, Any]:
    """Load a YAML file that is a mapping. Raises ContentError for any other file."""
    return load_mapping(read_content(path), str(path))


def load_mapping(text: bytes, path: str) -> dict[str, Any]:
    """Load the text of a YAML file that is a mapping. Raises ContentError as `read_mapping` does.

    `path`: the file's name in errors.
    """
    data = _load(text, path)
    if not isinstance(data, dict):
        raise ContentError(f"{path}: has no keys and values; begin it as in `title: …`")
    return data


def read_model(model: type[Model], path: Traversable, where: str) -> Model:
    """Load a YAML file as a frozen model, which all callers share until the file's bytes change.

    `where`: the file's name in errors about its values. Raises ContentError for a file that can't be read or is invalid.
    """
    loaded: Model = _load_model(model, read_content(path), str(path), where)
    return loaded


def packaged_model(model: type[Model], path: str) -> Model:
    """Load a packaged content file, such as `names/makers.yml`, as a frozen model. Raises ContentError as `read_model` does."""
    return read_model(model, packaged_content() / path, path)


@lru_cache(maxsize=256)
def _load_model(model: type[Model], text: bytes, path: str, where: str) -> Model:
    return parse(model, load_mapping(text, path), where)


def parse(model: type[Model], data: Any, where: str) -> Model:
    """Validate data as a model. `where`: the file's name in errors.

    Raises ContentError for invalid data. Its message has at most `MAX_MISTAKES` mistakes; its attribute `mistakes` has all of
    them.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        mistakes = [_mistake(each) for each in error.errors()]
        more = f" (and {len(mistakes) - MAX_MISTAKES} more)" if len(mistakes) > MAX_MISTAKES else ""
        raise ContentError(f"{where}: {'; '.join(mistakes[:MAX_MISTAKES])}{more}", where, mistakes) from None


def _mistake(error: Any) -> str:
    field = ".".join(str(part) for part in error["loc"])
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "string_type" and isinstance(error["input"], int | float | date):
        # YAML reads 2013 as a number and false as a boolean; TOML also has dates.
        example = str(error["input"]).lower() if isinstance(error["input"], bool) else error["input"]
        message = f'must be a text; write it in quotes, as in "{example}"'
    return f"{field}: {message}" if field else message


def refuse_unknown(names: Iterable[str], known: Collection[str], where: str) -> None:
    """Raise ContentError for the first unknown name. Without this check, a misspelled name would silently have no effect."""
    for name in names:
        if name not in known:
            raise ContentError(f"{where}: {name!r} is not known; use one of {', '.join(sorted(known))}")


def checked(check: Callable[[str], _T], text: str) -> _T:
    """Return what `check` returns. Its ValueProblem becomes the ValueError that pydantic expects."""
    try:
        return check(text)
    except ValueProblem as error:
        raise ValueError(str(error)) from None
