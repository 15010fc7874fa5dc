"""Bytes → the plain data of a measurement. What JSON does not allow and measurements hold all the same is read if that can be."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import orjson
import yaml

from overt.measure.reading import Document
from overt.measure.splitting import LONGEST
from overt.measure.values import number, text
from overt.model.errors import OvertError

_FRAME = (
    "software_name",
    "software_version",
    "probe_asn",
    "probe_cc",
    "test_name",
    "test_version",
    "report_id",
    "data_format_version",
    "test_start_time",
    "measurement_start_time",
    "start_time",
    "annotations",
)
"""What an old report tells once for all its measurements."""
_PRIVATE = ("probe_ip", "probe_city", "resolver_ip", "client_resolver")
_MOST_VALUES = 2_000_000
"""An empty object takes three bytes, and twenty times as many in memory."""
_LONGEST_YAML = 16 << 20
_SHORT_YAML, _MOST_YAML_VALUES = 256 << 10, 100_000
"""Nothing but values takes 180 times its bytes in memory while YAML is read, a page as one text hardly more than itself. So
values are counted first where there are more bytes than the first: what is below either takes 60 MB at most."""


class Broken(OvertError):
    """Bytes that are no measurement."""


def decode(document: Document) -> dict[str, Any]:
    """The data of a document, without what could name a person or a household. Raises Broken."""
    held = _from_yaml(document) if document.yaml else _from_json(document.data)
    if type(held) is not dict:
        raise Broken("not an object: a measurement is one")
    measured: dict[str, Any] = held if "test_keys" in held else _unwrapped(held, document.file)
    keys = measured.get("test_keys")
    for name in _PRIVATE:
        measured.pop(name, None)
        if type(keys) is dict:
            keys.pop(name, None)
    return measured


_POST = re.compile(r"/(\d{14}\.\d{6}_[A-Z]{2}_[a-z0-9]+_[0-9a-f]{16})\.post$", re.ASCII)


def _unwrapped(held: dict[str, Any], file: str) -> dict[str, Any]:
    """The measurement in what OONI's collector keeps (`content`, named by its file) or its API answers (`raw_measurement`)."""
    name = found[1] if (found := _POST.search(file)) else held.get("measurement_uid")
    if held.get("format") == "json" and "content" in held:
        inner = held["content"]
    elif "raw_measurement" in held:
        inner = held["raw_measurement"]
    elif held.get("format") == "yaml" and "content" in held:
        raise Broken("a submission in YAML, of which only whole reports are read")
    else:
        return held
    if type(inner) is str:
        inner = _from_json(inner.encode("utf-8", "surrogatepass"))
    if type(inner) is not dict:
        raise Broken("a submission without a measurement in it")
    return {"measurement_uid": name} | inner if name else inner


def _from_json(data: bytes) -> Any:
    if len(data) > _MOST_VALUES and data.count(b",") + data.count(b"{") + data.count(b"[") > _MOST_VALUES:
        raise Broken(f"more than {_MOST_VALUES:,} values; no measurement has so many")
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        # NaN, half surrogate pairs and bytes that are no UTF-8 stand in real measurements, and the quick decoder takes none.
        try:
            return json.loads(data.decode("utf-8", "replace"))
        except json.JSONDecodeError as error:
            cut = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")
            raise Broken(
                "cut short: the JSON ends in the middle" if cut else f"not JSON: {error.msg} at character {error.pos:,}"
            ) from None
        except RecursionError:
            raise Broken("nested too deeply to be a measurement") from None
        except ValueError:
            raise Broken("not JSON: a number that is too long") from None


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML as the Python probe wrote it: with tags for texts and tuples, and times that stay texts.

    Numbers to the base of 60 (`1:30`) stay texts as well: a long one takes time that grows with its square. Mappings are not
    merged (`<<`): merged over and over, a few lines become millions.
    """

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        pass


_TAG = "tag:yaml.org,2002:"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.removeprefix(_TAG) not in ("timestamp", "merge", "int", "float")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    f"{_TAG}float",
    re.compile(
        r"[-+]?(?:\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.[\d_]+(?:[eE][-+]\d+)?|\.(?:inf|Inf|INF))$|\.(?:nan|NaN|NAN)$", re.ASCII
    ),
    list("-+0123456789."),
)
_Loader.add_implicit_resolver(
    f"{_TAG}int", re.compile(r"[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][\d_]*|0x[\da-fA-F_]+)$", re.ASCII), list("-+0123456789")
)


def _number(loader: Any, node: yaml.ScalarNode) -> Any:
    held = loader.construct_scalar(node)
    if ":" in held:
        return held
    return loader.construct_yaml_int(node) if node.tag == f"{_TAG}int" else loader.construct_yaml_float(node)


_Loader.add_constructor(f"{_TAG}int", _number)
_Loader.add_constructor(f"{_TAG}float", _number)
for _name in ("unicode", "str"):
    _Loader.add_constructor(f"{_TAG}python/{_name}", lambda loader, node: loader.construct_scalar(node))
_Loader.add_constructor(f"{_TAG}python/tuple", lambda loader, node: loader.construct_sequence(node))


def _from_yaml(document: Document) -> Any:
    entry = _yaml(document.data)
    if not document.header:
        return entry
    header = _yaml(document.header)
    if type(entry) is not dict or type(header) is not dict:
        raise Broken("not a measurement of a report: no keys and values")
    frame = {name: header[name] for name in _FRAME if name in header} | {name: entry[name] for name in _FRAME if name in entry}
    if "measurement_start_time" not in frame and "test_start_time" not in frame:
        frame["test_start_time"] = _time(frame.get("start_time"))
    given = entry.get("test_keys")
    keys = given if type(given) is dict else {name: value for name, value in entry.items() if name not in frame}
    return frame | {"input": entry.get("input"), "id": entry.get("id"), "test_keys": keys}


def _yaml(data: bytes) -> Any:
    if len(data) > _LONGEST_YAML:
        raise Broken(f"a YAML document longer than {_LONGEST_YAML >> 20} MB")
    try:
        if len(data) > _SHORT_YAML and _more_values_than_allowed(data):
            raise Broken(f"more than {_MOST_YAML_VALUES:,} values in YAML; no measurement has so many")
        held = yaml.load(data, Loader=_Loader)  # noqa: S506 (derives from the safe loader)
        if _unfolded(held, {}) > LONGEST:
            raise Broken(f"aliases that unfold to more than {LONGEST >> 20} MB, or to themselves; refused as a bomb")
        return held
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 1}" if mark else ""
        raise Broken(f"not YAML{place}: {getattr(error, 'problem', None) or 'unreadable'}") from None
    except (ValueError, TypeError, RecursionError, UnicodeError):
        raise Broken("not YAML: a value that cannot be read") from None


def _more_values_than_allowed(data: bytes) -> bool:
    """Whether a YAML document has more values than a measurement; events are dropped as they come, so this takes no memory."""
    count = 0
    for event in yaml.parse(data, Loader=_Loader):
        count += isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
        if count > _MOST_YAML_VALUES:
            return True
    return False


def _unfolded(value: Any, known: dict[int, int]) -> int:
    """How long a value is, in characters about, when every alias in it is written out; what holds itself is endless.

    Aliases are one object in memory, but each is read anew by who goes through a measurement.
    """
    if type(value) is str:
        return len(value) + 1
    if type(value) not in (dict, list, tuple):
        return 1
    held = known.get(id(value))
    if held is None:
        known[id(value)] = LONGEST + 1
        parts = [*value, *value.values()] if type(value) is dict else value
        held = known[id(value)] = 1 + sum(_unfolded(one, known) for one in parts)
    return held


def _time(value: Any) -> str:
    seconds = number(value)
    if seconds is None:
        return text(value)
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
    except (OverflowError, ValueError, OSError):
        return ""
