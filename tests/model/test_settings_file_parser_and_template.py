"""The text of a new overt.toml, and errors in one that is read."""

import tomllib
from pathlib import Path

import pytest

from overt.ledger.editor_key_and_name_files import read_names
from overt.model.errors import UsageError
from overt.model.format_versions import WORKSPACE
from overt.model.settings import Settings
from overt.model.settings_file_parser_and_template import default_settings_text, read_settings
from overt.model.workspace import Workspace

NEW_ATLAS = """\
# Settings of this atlas. Every line but title and format is the default, and any may be left out.

# What this atlas is called, in its releases and in the judgements that it shares with others.
title = "Overt atlas"

# The format of this directory. `overt upgrade` converts an older one.
format = 2

# Sources to use; an empty list means all that have files.
sources = []

# Snapshots that are complete although their files have other numbers of rows than Overt expects: another edition. `overt import`
# says what to write here, as in ["telegeography-1a2b3c4d"].
whole = []

# Address of the ledger; empty means ledger.db in this directory. A team may use
# postgresql://…, after `pip install -e '.[postgresql]'` in the folder of Overt's source code.
ledger = ""

# What may be published, exported, or served to the public: "open", "share-alike", "non-commercial", "private".
republish = ["open"]

[fetch]
max_bytes = 2_000_000_000
max_seconds = 600
allow_private = []   # private addresses or networks that `overt fetch` may reach, as in ["127.0.0.1", "10.0.0.0/8"]
proxy = ""     # a SOCKS5 proxy, as in "socks5h://127.0.0.1:9050" for Tor; those of the environment are never used
user_agent = ""   # what publishers' servers see; empty means overt/ and the version
pause_seconds = 1   # between two requests to a publisher

[engine]
memory = "4GB"

[clock]
wrong_days = []   # days that a wrong clock or a server made up, as in ["9999-12-31"]; `overt` says when one is needed

[cache]
max_bytes = 2_000_000_000   # what `overt clean` leaves of cache/, the newest release's index first

[signing]
key = ""       # a key that `overt key release PATH` made: each new release is then signed with it
former = []    # public keys that signed earlier releases, as in ["keys/2025.pub"]
editor = ""    # your key for entries of the ledger, which `overt key editor` made; empty means keys/editor.key
timestamp = ""    # the key that signs which edition is the newest; empty means `key`
timestamp_days = 30   # days that its signature is valid, unless `overt publish --renew` signs again

[witness]
timestamp = ""     # an RFC 3161 service, for `overt witness --timestamp`
certificates = ""  # a file of root certificates in PEM, to check such timestamps with

[site]
public = false    # true: `overt serve` serves the public, as with --public: only what may be republished, on any address
proxies = []    # reverse proxies whose X-Forwarded-For is believed, as in ["127.0.0.1", "10.0.0.0/8"]
connections = 1_000   # open at one time; above it, the connection that has waited longest for a request is closed
connections_per_client = 100   # open at one time from one address; proxies are not limited
requests_at_once = 4   # worked on at one time, of one kind at most half; cached pages and static files never wait
requests_waiting = 100   # of one kind; above it, the client with the most is refused with 503
request_seconds = 20   # that a request waits, and then that its query may take; after that it is refused with 503
answers_unread = 100   # that wait for slow readers; above it, the one that has waited longest is closed
address = ""   # where readers reach the site, as in "https://atlas.example": citations, linked data, editions of a part name it
requests_per_minute = 0   # of one client, pages and map included, static files never; 0: no limit
onion = ""     # its onion service, as in "http://….onion": Tor Browser then offers it to readers of the site
corrections = ""   # where readers ask for corrections: a mail address, or the https:// address of a form

[export]
oc4ids_prefix = "oc4ids-000000"   # of ids in OC4IDS; nobody owns this one: the Open Contracting Partnership assigns others
"""


def test_a_new_atlas_gets_this_file() -> None:
    assert default_settings_text("Overt atlas") == NEW_ATLAS


@pytest.mark.parametrize("title", ["Overt", '"quotes" and \\', "价格 $title ${whole}", "a\u2028b"])
def test_the_file_of_a_new_atlas_has_every_setting_with_its_default(title: str) -> None:
    written = tomllib.loads(default_settings_text(title))
    assert written == Settings(title=title, format=WORKSPACE).model_dump(by_alias=True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'title = "A"\n[signing]\nkey = ""\n\n[signing]\nkey = "k"\n',
            "o: [signing] is there twice, in lines 2 and 5; put all its keys under one",
        ),
        (
            '[site]\nonion = ""\n[signing]\nkey = ""\nkey = "k"\n',
            "o: key of [signing] is there twice, in lines 4 and 5; remove one of them",
        ),
        ('title = "A"\ntitle = "B"\n', "o: title is there twice, in lines 1 and 2; remove one of them"),
        ('title = "A"\nsources = [\n', "o: cannot be read (Invalid value)"),
        ('title = "A"\nsources = a\n', "o, line 2: cannot be read (Invalid value)"),
    ],
)
def test_an_error_names_the_line_and_the_remedy(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_settings(text, "o")
    assert str(caught.value).startswith(message)


def test_a_section_inside_a_multi_line_text_is_not_a_section() -> None:
    assert read_settings('title = """\n[signing]\n"""\n[signing]\nkey = "k"\n', "o")["signing"] == {"key": "k"}


def test_deep_brackets_are_one_line(tmp_path: Path) -> None:
    atlas = Workspace.create(tmp_path / "atlas")
    with (atlas.root / "overt.toml").open("a") as file:
        file.write(f"deep = {'[' * 5_000}")
    with pytest.raises(UsageError, match=r"overt\.toml: brackets are nested too deeply"):
        _ = Workspace.open(atlas.root).settings
    atlas.keys.mkdir()
    (atlas.keys / "editors.toml").write_text(f"deep = {'[' * 5_000}")
    with pytest.raises(UsageError, match=r"editors\.toml: brackets are nested too deeply"):
        read_names(atlas)
