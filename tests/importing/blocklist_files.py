"""Make blocklist files in their publishers' layouts."""

import io
import lzma
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

NATIONAL, HENAN = "california", "guangzhou"
"""The places in the file names of the national list and of Henan's list."""


def list_bytes(names: Sequence[str]) -> bytes:
    return ("\n".join(names) + "\n").encode()


def make_archive(members: Mapping[str, bytes]) -> bytes:
    """Return an xz-compressed tar file with these members."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return lzma.compress(buffer.getvalue())


def make_daily_archive(lists: Mapping[str, Mapping[str, Sequence[str]]]) -> bytes:
    """Return an archive of daily lists. `lists`: domain names by place (as in the lists' file names) and day."""
    return make_archive(
        {f"censored-sni-{place}_{day}.txt": list_bytes(names) for place, days in lists.items() for day, names in days.items()}
    )


def write_daily(folder: Path, lists: Mapping[str, Mapping[str, Sequence[str]]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sp25-daily-sni-lists.tar.xz").write_bytes(make_daily_archive(lists))
    return folder


def write_mechanisms(folder: Path, **lists: Sequence[str] | bytes) -> Path:
    """Write the four lists by protocol, from names or as the bytes of a file. By default, a list has only `other.example`."""
    folder.mkdir(parents=True, exist_ok=True)
    for protocol in ("dns", "http", "https", "quic"):
        content = lists.get(protocol, ["other.example"])
        data = content if isinstance(content, bytes) else lzma.compress(list_bytes(content))
        (folder / f"{protocol}-blocklist.txt.xz").write_bytes(data)
    return folder
