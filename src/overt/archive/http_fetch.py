"""Capturing a source's files from its publisher, by http or https."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

import httpcore
import httpx

from overt import __version__
from overt.archive.archive import Archive, StoredFile
from overt.archive.capture_index import Snapshot, is_file_name
from overt.archive.decompression_bombs import ENCODINGS, gunzip_limited
from overt.archive.errors import ArchiveError
from overt.archive.fetch_limits import FetchLimits, Progress
from overt.archive.guarded_transport import Deadline, GuardedTransport, NetworkPolicy
from overt.archive.local_fetch import today
from overt.archive.partial_download import DownloadState, PartialDownload

_FAILURES = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
)
_HEADERS = {"User-Agent": f"overt/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity"}


@dataclass(frozen=True)
class RemoteFile:
    """One file of a source at its publisher's."""

    role: str
    address: str
    name: str | None = None
    """Its name in the archive (default: the last part of the address)."""


@dataclass(frozen=True)
class Download:
    """What a download brought into the archive."""

    sha256: str
    name: str
    address: str
    retrieved: str
    """Day of the server's answer (UTC), YYYY-MM-DD; today where it does not say."""


def fetch_http(
    archive: Archive,
    source: str,
    files: Sequence[RemoteFile],
    *,
    licence: str,
    retrieved: str | None = None,
    limits: FetchLimits | None = None,
    network: NetworkPolicy | None = None,
    progress: Progress | None = None,
) -> tuple[Snapshot, bool]:
    """Download files into the archive as one snapshot; returns it, and whether it is new.

    `retrieved` defaults to the latest day that the answers bear. `progress` counts the bytes of each file by itself. A run
    that was killed or cut off is gone on with. Raises ArchiveError; then the index is as it was.
    """
    with archive.writing():
        got = [download(archive, file.address, limits=limits, network=network, progress=progress) for file in files]
        stored = [
            StoredFile(item.sha256, file.role, file.name or item.name, strip_query(item.address))
            for file, item in zip(files, got, strict=True)
        ]
        day = retrieved or max((item.retrieved for item in got), default=today())
        return archive.add_snapshot(source, day, licence, stored)


def download(
    archive: Archive,
    address: str,
    *,
    limits: FetchLimits | None = None,
    network: NetworkPolicy | None = None,
    progress: Progress | None = None,
) -> Download:
    """Download one address into the archive's objects (no snapshot names it yet).

    Each redirect is checked like the first address. Raises ArchiveError for an address that may not be fetched, a limit
    passed, an answer that is not the file or is cut off.
    """
    limits = limits or FetchLimits()
    url = check_url(address)
    where = redact_url(url)
    deadline = Deadline(limits.total_seconds)
    with archive.writing():
        partial = PartialDownload(archive.partial, str(url))
        try:
            with httpx.Client(
                transport=GuardedTransport(network or NetworkPolicy(), deadline),
                timeout=httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds),
                trust_env=False,
            ) as client:
                # Twice at most: once to go on, once from the start when the file turns out to have changed meanwhile.
                if not _transfer(client, url, partial, limits, deadline, progress):
                    partial.discard()
                    if not _transfer(client, url, partial, limits, deadline, progress):
                        raise ArchiveError("the server sends a part of the file without being asked; try again later")
            sha256 = _store(archive, partial, limits)
        except ArchiveError as error:
            raise ArchiveError(f"{where}: {error}") from error
        except _FAILURES as error:
            raise ArchiveError(f"{where}: {_reason(error, partial)}") from error
        except OSError as error:
            raise ArchiveError(f"{archive.partial}: cannot write the download: {error.strerror or error}") from error
        assert partial.state is not None
        date = partial.state.date
        partial.discard()
    return Download(sha256, _name(url), str(url), _day(date))


def check_url(address: str | httpx.URL, before: httpx.URL | None = None) -> httpx.URL:
    """The address without its fragment. Raises ArchiveError if it may not be fetched; `before` redirected to it."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise ArchiveError(f"{str(address).rpartition('@')[2]!r} is not a web address ({error})") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise ArchiveError(f"{redact_url(url)}: only http and https addresses are fetched")
    if url.userinfo:
        raise ArchiveError(f"{redact_url(url)}: an address with a user name or password would be published; leave them out")
    if before is not None and before.scheme == "https" and url.scheme == "http":
        raise ArchiveError(f"{redact_url(url)}: refused, for a secure address redirects to this one, which is not secure")
    return url.copy_with(fragment=None)


def strip_query(address: str) -> str:
    """The address as the index, and so every release, has it: without a query, for keys to private doors stand there."""
    return str(httpx.URL(address).copy_with(query=None, fragment=None))


def redact_url(url: httpx.URL) -> str:
    """The address as messages show it: without what may be secret in it."""
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))


@contextmanager
def _answer(client: httpx.Client, url: httpx.URL, headers: dict[str, str], limits: FetchLimits) -> Iterator[httpx.Response]:
    """The answer at the end of the redirects, its body still to be read."""
    for _ in range(limits.max_redirects + 1):
        response = client.send(client.build_request("GET", url, headers=headers), stream=True, follow_redirects=False)
        if not response.has_redirect_location:
            try:
                yield response
            finally:
                response.close()
            return
        response.close()
        url = check_url(url.join(response.headers["Location"]), before=url)
    raise ArchiveError(f"more than {limits.max_redirects} redirects")


def _transfer(
    client: httpx.Client,
    url: httpx.URL,
    partial: PartialDownload,
    limits: FetchLimits,
    deadline: Deadline,
    progress: Progress | None,
) -> bool:
    """Bring the bytes that `partial` lacks; False if what it has is of another version."""
    size, headers = partial.size, dict(_HEADERS)
    if size and partial.state and partial.state.validator:
        headers |= {"Range": f"bytes={size}-", "If-Range": partial.state.validator}
    with _answer(client, url, headers, limits) as response:
        if response.status_code == 200:
            partial.restart(_state(response, str(url)))
        elif response.status_code == 416 and size:
            return response.headers.get("Content-Range") == f"bytes */{size}" and _same_version(partial.state, response)
        elif response.status_code == 206:
            if not (size and _continues(partial.state, size, response)):
                return False
        else:
            raise ArchiveError(f"the server answers {response.status_code} {response.reason_phrase}; check the address")
        _read(response.iter_raw(), partial, limits, deadline, progress)
    return True


def _read(
    chunks: Iterable[bytes], partial: PartialDownload, limits: FetchLimits, deadline: Deadline, progress: Progress | None
) -> None:
    assert partial.state is not None
    total, done = partial.state.total, partial.size
    if max(total or 0, done) > limits.max_bytes:
        partial.discard()
        raise ArchiveError(f"is larger than {limits.max_bytes:,} bytes; fetch it another way and give it with --from")
    with partial.append() as handle:
        for chunk in chunks:
            done += len(chunk)
            if done > limits.max_bytes:
                partial.discard()
                raise ArchiveError(f"is larger than {limits.max_bytes:,} bytes; fetch it another way and give it with --from")
            handle.write(chunk)
            handle.flush()  # so that a killed run goes on from here
            deadline.cap()
            if progress is not None:
                progress(done, total)
    if total is not None and done != total:
        raise ArchiveError(f"cut off after {done:,} of {total:,} bytes; run this again to go on from there")


def _store(archive: Archive, partial: PartialDownload, limits: FetchLimits) -> str:
    assert partial.state is not None
    chunks = partial.chunks()
    try:
        return archive.put_stream(chunks if partial.state.encoding == "identity" else gunzip_limited(chunks, limits))
    except ArchiveError:
        partial.discard()  # the next run would only find the same bytes again
        raise


def _state(response: httpx.Response, address: str) -> DownloadState:
    encoding = _encoding(response)
    if encoding != "identity" and encoding not in ENCODINGS:
        raise ArchiveError(f"the server sends it encoded as {encoding!r} though that was not asked for")
    length = response.headers.get("Content-Length", "")
    return DownloadState(
        address=address,
        etag=response.headers.get("ETag"),
        last_modified=response.headers.get("Last-Modified"),
        date=response.headers.get("Date"),
        encoding=encoding,
        total=int(length) if length.isascii() and length.isdigit() else None,
    )


def _encoding(response: httpx.Response) -> str:
    return response.headers.get("Content-Encoding", "").strip().lower() or "identity"


def _same_version(state: DownloadState | None, response: httpx.Response) -> bool:
    """Whether an answer to a request for the rest speaks of the version that `state` does."""
    if state is None:
        return False
    etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
    # A server that names its versions must name this one; one that only dates them may leave the date out.
    return etag == state.etag if state.etag or etag else modified in (None, state.last_modified)


def _continues(state: DownloadState | None, size: int, response: httpx.Response) -> bool:
    unit, _, rest = response.headers.get("Content-Range", "").partition(" ")
    span, _, total = rest.partition("/")
    if unit != "bytes" or span.partition("-")[0] != str(size) or not _same_version(state, response):
        return False
    same = state is not None and (state.total is None or total in ("*", str(state.total)))
    return same and state is not None and state.encoding == _encoding(response)


def _reason(error: Exception, partial: PartialDownload) -> str:
    if isinstance(error, httpcore.TimeoutException | httpx.TimeoutException):
        text = "the server does not answer in time"
    else:
        text = " ".join(str(error).split()) or type(error).__name__
    rest = "run this again to go on from there" if partial.size else "try again later"
    return f"{text} (after {partial.size:,} bytes); {rest}"


def _name(url: httpx.URL) -> str:
    name = unquote(url.path).rstrip("/").rpartition("/")[2]
    return name if is_file_name(name) and name.strip(".") else "index"


def _day(date: str | None) -> str:
    try:
        return parsedate_to_datetime(date or "").astimezone(UTC).date().isoformat()
    except (ValueError, TypeError):
        return today()
