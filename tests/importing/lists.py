"""Lists of blocked names and archives of them, as publishers make them, with invented domains."""

import io
import lzma
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

NATIONAL, HENAN = "california", "guangzhou"
"""Parts of a list's file name."""


def text_of(names: Sequence[str]) -> bytes:
    return ("\n".join(names) + "\n").encode()


def archive_of(members: Mapping[str, bytes]) -> bytes:
    """A packed tar file with these members."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return lzma.compress(buffer.getvalue())


def daily_of(lists: Mapping[str, Mapping[str, Sequence[str]]]) -> bytes:
    """An archive of daily lists: by the place in their name and the day, the names on them."""
    held = {f"censored-sni-{place}_{day}.txt": text_of(names) for place, days in lists.items() for day, names in days.items()}
    return archive_of(held)


def write_daily(folder: Path, lists: Mapping[str, Mapping[str, Sequence[str]]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sp25-daily-sni-lists.tar.xz").write_bytes(daily_of(lists))
    return folder


def write_mechanisms(folder: Path, **lists: Sequence[str] | bytes) -> Path:
    """The four lists by protocol; one that is not given names `other.example` alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for protocol in ("dns", "http", "https", "quic"):
        held = lists.get(protocol, ["other.example"])
        data = held if isinstance(held, bytes) else lzma.compress(text_of(held))
        (folder / f"{protocol}-blocklist.txt.xz").write_bytes(data)
    return folder
