"""Decodes documents into measurements, including the invalid JSON and YAML that real probes wrote."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import orjson
import yaml

from overt.measure.measurement_file_reader import Document
from overt.measure.protocols.json_values import number, text
from overt.measure.stream_split_into_measurements import MAX_BYTES
from overt.model.errors import OvertError

_SHARED_FIELDS = (
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
"""Fields that an old report contains only once, for all its measurements."""
_PRIVATE = ("probe_ip", "probe_city", "resolver_ip", "client_resolver")
_MAX_VALUES = 2_000_000
"""Maximum number of values in a JSON document. It limits memory: an empty object has two characters, and takes sixty bytes."""
_MAX_YAML_BYTES = 16 << 20
_SHORT_YAML, _MAX_YAML_VALUES = 256 << 10, 100_000
"""Limits on memory while YAML is parsed.

Many small values take 180 times as much memory as they have bytes, but a long string takes hardly more than its length. So a
document with more bytes than the first limit may have at most as many values as the second. A shorter document takes at most
60 MB.
"""


class BrokenMeasurement(OvertError):
    """Raised for bytes that are not a measurement."""


def decode(document: Document) -> dict[str, Any]:
    """Decode a document and drop the fields that identify a person or a household.

    Raises BrokenMeasurement if the document is not a measurement.
    """
    data = _from_yaml(document) if document.yaml else _from_json(document.data)
    if type(data) is not dict:
        raise BrokenMeasurement("not an object, as a measurement must be")
    measurement: dict[str, Any] = data if "test_keys" in data else _unwrap(data, document.file)
    keys = measurement.get("test_keys")
    for name in _PRIVATE:
        measurement.pop(name, None)
        if type(keys) is dict:
            keys.pop(name, None)
    return measurement


_POST = re.compile(r"/(\d{14}\.\d{6}_[A-Z]{2}_[a-z0-9]+_[0-9a-f]{16})\.post$", re.ASCII)


def _unwrap(submission: dict[str, Any], file: str) -> dict[str, Any]:
    """Return the measurement in a file of OONI's collector or in a response of OONI's API.

    The file has the measurement under the key `content`, and the file's name is its id. The response has the measurement under
    the key `raw_measurement`. Any other object is returned as it is. Raises BrokenMeasurement for a submission in YAML or
    without a measurement.
    """
    match = _POST.search(file)
    uid = match[1] if match else submission.get("measurement_uid")
    if submission.get("format") == "json" and "content" in submission:
        inner = submission["content"]
    elif "raw_measurement" in submission:
        inner = submission["raw_measurement"]
    elif submission.get("format") == "yaml" and "content" in submission:
        raise BrokenMeasurement("a single submission in YAML; in YAML, only whole reports are read")
    else:
        return submission
    if type(inner) is str:
        inner = _from_json(inner.encode("utf-8", "surrogatepass"))
    if type(inner) is not dict:
        raise BrokenMeasurement("a submission without a measurement in it")
    return {"measurement_uid": uid} | inner if uid else inner


def _from_json(data: bytes) -> Any:
    if len(data) > _MAX_VALUES and data.count(b",") + data.count(b"{") + data.count(b"[") > _MAX_VALUES:
        raise BrokenMeasurement(f"more than {_MAX_VALUES:,} values; no measurement has so many")
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        # Real measurements contain NaN, lone surrogates and bytes that are not UTF-8, all of which orjson rejects.
        try:
            return json.loads(data.decode("utf-8", "replace"))
        except json.JSONDecodeError as error:
            cut = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")
            raise BrokenMeasurement(
                "cut short: the JSON ends in the middle" if cut else f"not JSON: {error.msg} at character {error.pos:,}"
            ) from None
        except RecursionError:
            raise BrokenMeasurement("nested too deeply to be a measurement") from None
        except ValueError:
            raise BrokenMeasurement("not JSON: a number that is too long") from None


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Loader for YAML as the Python probe wrote it, with tags for strings and tuples. Times stay strings.

    Sexagesimal numbers (`1:30`) also stay strings, because parsing a long one takes quadratic time. Mappings are not merged
    (`<<`), because nested merges can turn a few lines into millions.
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
    value = loader.construct_scalar(node)
    if ":" in value:
        return value
    return loader.construct_yaml_int(node) if node.tag == f"{_TAG}int" else loader.construct_yaml_float(node)


_Loader.add_constructor(f"{_TAG}int", _number)
_Loader.add_constructor(f"{_TAG}float", _number)
for _name in ("unicode", "str"):
    _Loader.add_constructor(f"{_TAG}python/{_name}", lambda loader, node: loader.construct_scalar(node))
_Loader.add_constructor(f"{_TAG}python/tuple", lambda loader, node: loader.construct_sequence(node))


def _from_yaml(document: Document) -> Any:
    entry = _load_yaml(document.data)
    if not document.header:
        return entry
    header = _load_yaml(document.header)
    if type(entry) is not dict or type(header) is not dict:
        raise BrokenMeasurement("not a measurement of a report: its entry or header has no keys and values")
    shared = {name: header[name] for name in _SHARED_FIELDS if name in header}
    shared |= {name: entry[name] for name in _SHARED_FIELDS if name in entry}
    if "measurement_start_time" not in shared and "test_start_time" not in shared:
        shared["test_start_time"] = _format_time(shared.get("start_time"))
    keys = entry.get("test_keys")
    if type(keys) is not dict:
        keys = {name: value for name, value in entry.items() if name not in shared}
    return shared | {"input": entry.get("input"), "id": entry.get("id"), "test_keys": keys}


def _load_yaml(data: bytes) -> Any:
    if len(data) > _MAX_YAML_BYTES:
        raise BrokenMeasurement(f"a YAML document longer than {_MAX_YAML_BYTES >> 20} MB")
    try:
        if len(data) > _SHORT_YAML and _has_too_many_values(data):
            raise BrokenMeasurement(f"more than {_MAX_YAML_VALUES:,} values in YAML; no measurement has so many")
        value = yaml.load(data, Loader=_Loader)  # noqa: S506 (_Loader derives from the safe loader.)
        if _unfolded_length(value, {}) > MAX_BYTES:
            raise BrokenMeasurement(
                f"aliases that unfold to more than {MAX_BYTES >> 20} MB, or to themselves; refused as a decompression bomb"
            )
        return value
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 1}" if mark else ""
        raise BrokenMeasurement(f"not YAML{place}: {getattr(error, 'problem', None) or 'unreadable'}") from None
    except (ValueError, TypeError, RecursionError, UnicodeError):
        raise BrokenMeasurement("not YAML: a value that cannot be read") from None


def _has_too_many_values(data: bytes) -> bool:
    """Return whether a YAML document has more values than any measurement, without keeping them in memory."""
    count = 0
    for event in yaml.parse(data, Loader=_Loader):
        count += isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
        if count > _MAX_YAML_VALUES:
            return True
    return False


def _unfolded_length(value: Any, lengths: dict[int, int]) -> int:
    """Return the approximate length of a value in characters with every alias expanded.

    An alias is a single object in memory, but code that walks through a measurement reads it each time. A value that contains
    itself is longer than `MAX_BYTES`. `lengths` caches results by object id.
    """
    if type(value) is str:
        return len(value) + 1
    if type(value) not in (dict, list, tuple):
        return 1
    length = lengths.get(id(value))
    if length is None:
        lengths[id(value)] = MAX_BYTES + 1
        parts = [*value, *value.values()] if type(value) is dict else value
        length = lengths[id(value)] = 1 + sum(_unfolded_length(part, lengths) for part in parts)
    return length


def _format_time(value: Any) -> str:
    seconds = number(value)
    if seconds is None:
        return text(value)
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
    except (OverflowError, ValueError, OSError):
        return ""
