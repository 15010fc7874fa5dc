"""Reads the text of `overt.toml`, with plain error messages, and composes it for a new atlas."""

import json
import re
import tomllib
from string import Template
from typing import Any

from overt.model import format_versions
from overt.model.errors import UsageError, quote_text
from overt.model.settings import Settings

_SECTION = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*=")
_DUPLICATE = ("Cannot declare", "Cannot overwrite")
"""Beginnings of `tomllib`'s messages about a duplicate section and a duplicate key."""
_POSITION = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


class _SettingsTemplate(Template):
    braceidpattern = r"[a-z0-9_]+(?:\.[a-z0-9_]+)?"


_TEMPLATE = _SettingsTemplate("""\
# Settings of this atlas. Every line but title and format is the default, and any may be left out.

# What this atlas is called, in its releases and in the judgements that it shares with others.
title = ${title}

# The format of this directory. `overt upgrade` converts an older one.
format = ${format}

# Sources to use; an empty list means all that have files.
sources = ${sources}

# Snapshots that are complete although their files have other numbers of rows than Overt expects: another edition. `overt import`
# says what to write here, as in ["telegeography-1a2b3c4d"].
whole = ${whole}

# Address of the ledger; empty means ledger.db in this directory. A team may use
# postgresql://…, after `pip install -e '.[postgresql]'` in the folder of Overt's source code.
ledger = ${ledger}

# What may be published, exported, or served to the public: "open", "share-alike", "non-commercial", "private".
republish = ${republish}

[fetch]
max_bytes = ${fetch.max_bytes}
max_seconds = ${fetch.max_seconds}
allow_private = ${fetch.allow_private}   # private addresses or networks that `overt fetch` may reach, as in ["127.0.0.1", "10.0.0.0/8"]
proxy = ${fetch.proxy}     # a SOCKS5 proxy, as in "socks5h://127.0.0.1:9050" for Tor; those of the environment are never used
user_agent = ${fetch.user_agent}   # what publishers' servers see; empty means overt/ and the version
pause_seconds = ${fetch.pause_seconds}   # between two requests to a publisher

[engine]
memory = ${engine.memory}

[clock]
wrong_days = ${clock.wrong_days}   # days that a wrong clock or a server made up, as in ["9999-12-31"]; `overt` says when one is needed

[cache]
max_bytes = ${cache.max_bytes}   # what `overt clean` leaves of cache/, the newest release's index first

[signing]
key = ${signing.key}       # a key that `overt key release PATH` made: each new release is then signed with it
former = ${signing.former}    # public keys that signed earlier releases, as in ["keys/2025.pub"]
editor = ${signing.editor}    # your key for entries of the ledger, which `overt key editor` made; empty means keys/editor.key
timestamp = ${signing.timestamp}    # the key that signs which edition is the newest; empty means `key`
timestamp_days = ${signing.timestamp_days}   # days that its signature is valid, unless `overt publish --renew` signs again

[witness]
timestamp = ${witness.timestamp}     # an RFC 3161 service, for `overt witness --timestamp`
certificates = ${witness.certificates}  # a file of root certificates in PEM, to check such timestamps with

[site]
public = ${site.public}    # true: `overt serve` serves the public, as with --public: only what may be republished, on any address
proxies = ${site.proxies}    # reverse proxies whose X-Forwarded-For is believed, as in ["127.0.0.1", "10.0.0.0/8"]
connections = ${site.connections}   # open at one time; above it, the connection that has waited longest for a request is closed
connections_per_client = ${site.connections_per_client}   # open at one time from one address; proxies are not limited
requests_at_once = ${site.requests_at_once}   # worked on at one time, of one kind at most half; cached pages and static files never wait
requests_waiting = ${site.requests_waiting}   # of one kind; above it, the client with the most is refused with 503
request_seconds = ${site.request_seconds}   # that a request waits, and then that its query may take; after that it is refused with 503
answers_unread = ${site.answers_unread}   # that wait for slow readers; above it, the one that has waited longest is closed
address = ${site.address}   # where readers reach the site, as in "https://atlas.example": citations, linked data, editions of a part name it
requests_per_minute = ${site.requests_per_minute}   # of one client, pages and map included, static files never; 0: no limit
onion = ${site.onion}     # its onion service, as in "http://….onion": Tor Browser then offers it to readers of the site
corrections = ${site.corrections}   # where readers ask for corrections: a mail address, or the https:// address of a form

[export]
oc4ids_prefix = ${export.oc4ids_prefix}   # of ids in OC4IDS; nobody owns this one: the Open Contracting Partnership assigns others
""")  # noqa: E501


def default_settings_text(title: str) -> str:
    """Return the text of `overt.toml` for a new atlas: its title, the newest format, and the default of every other setting."""
    values: dict[str, str] = {}
    for name, value in Settings(title=title, format=format_versions.WORKSPACE).model_dump(by_alias=True).items():
        settings = {f"{name}.{key}": entry for key, entry in value.items()} if isinstance(value, dict) else {name: value}
        values |= {key: _toml_value(entry) for key, entry in settings.items()}
    return _TEMPLATE.substitute(values)


def _toml_value(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:_}"
    return json.dumps(value, ensure_ascii=False)  # For strings, booleans and lists of strings, JSON is valid TOML.


def read_settings(text: str, where: str) -> dict[str, Any]:
    """Parse the text of `overt.toml`. Raises UsageError with advice and, if known, the line.

    `where`: the file's name in errors.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{where}{_explain(text, str(error))}") from None
    except RecursionError:
        raise UsageError(f'{where}: brackets are nested too deeply; write lines as in: name = "text"') from None


def _explain(text: str, message: str) -> str:
    if message.startswith(_DUPLICATE) and (duplicate := _first_duplicate(text)):
        name, first, second = duplicate
        advice = "put all its keys under one" if name.startswith("[") else "remove one of them"
        return f": {name} is there twice, in lines {first} and {second}; {advice}"
    position = _POSITION.search(message)
    line = f", line {position[1]}" if position and position[1] else ""
    return f'{line}: cannot be read ({_POSITION.sub("", message)}); write lines as in: name = "text"'


def _first_duplicate(text: str) -> tuple[str, int, int] | None:
    """Return the first duplicate section or key and the numbers of its two lines; None if it can't be found line by line."""
    section, first_lines = "", dict[tuple[str, str], int]()
    for number, line in enumerate(text.splitlines(), start=1):
        if head := _SECTION.match(line):
            section, key, label = head[1], "", f"[{quote_text(head[1])[1:-1]}]"
        elif match := _KEY.match(line):
            key = match[1].strip("\"'")
            label = f"{quote_text(key)[1:-1]}{f' of [{quote_text(section)[1:-1]}]' if section else ''}"
        else:
            continue
        if (first := first_lines.setdefault((section, key), number)) != number:
            return label, first, number
    return None
