"""Captures a source's files from its publisher by http or https."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

import httpcore
import httpx

from overt.archive.archive import Archive, StoredFile
from overt.archive.capture_field_checks import is_file_name
from overt.archive.current_day import is_future, today
from overt.archive.decompression_bombs import ENCODINGS, gunzip_limited
from overt.archive.errors import ArchiveError
from overt.archive.fetch_limits import FetchLimits, Progress
from overt.archive.guarded_transport import FAILURES, Deadline, GuardedTransport, NetworkPolicy
from overt.archive.partial_download import DownloadState, PartialDownload
from overt.archive.snapshots import Snapshot
from overt.archive.url_check_and_redaction import check_url, redact_url, strip_query

_HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity"}


@dataclass(frozen=True)
class RemoteFile:
    """A file of a source on the publisher's server."""

    role: str
    address: str
    name: str | None = None
    """Name in the archive (default: the last part of the address, or `index` if that can't be a file's name)."""


@dataclass(frozen=True)
class Download:
    """A downloaded file in the archive."""

    sha256: str
    name: str
    address: str
    retrieved: str
    """Day (UTC, YYYY-MM-DD) of the response that began the download; today if the server sent no valid date."""


def fetch_http(
    archive: Archive,
    source: str,
    files: Sequence[RemoteFile],
    *,
    licence: str,
    retrieved: str | None = None,
    limits: FetchLimits | None = None,
    network: NetworkPolicy | None = None,
    pause: float = 0,
    progress: Progress | None = None,
) -> tuple[Snapshot, bool]:
    """Download files into the archive as one snapshot. Return it, and whether it is new.

    `retrieved` defaults to the latest day that the servers report; a day in the future is refused. `limits` and `network`: None
    for the defaults. `progress` is called with the number of bytes so far, separately for each file. `pause`: seconds between
    files. Interrupted downloads are resumed if the server allows it. Raises the errors of `download` and
    `Archive.add_snapshot`, and then leaves the index unchanged.
    """
    with archive.writing():
        downloads: list[Download] = []
        for file in files:
            time.sleep(pause if downloads else 0)
            downloads.append(download(archive, file.address, limits=limits, network=network, progress=progress))
        stored = [
            StoredFile(result.sha256, file.role, file.name or result.name, strip_query(result.address))
            for file, result in zip(files, downloads, strict=True)
        ]
        if retrieved is None:
            for result in downloads:
                _refuse_future(result)
        day = retrieved or max((result.retrieved for result in downloads), default=today())
        return archive.add_snapshot(source, day, licence, stored)


def _refuse_future(download: Download) -> None:
    """Raise ArchiveError if the server dates its response in the future."""
    if is_future(download.retrieved):
        raise ArchiveError(
            f"{redact_url(httpx.URL(download.address))}: the server says that it is {download.retrieved}, but this machine's"
            f" clock says {today()}; set the clock if it is wrong, else give the day yourself with --retrieved"
        )


def download(
    archive: Archive,
    address: str,
    *,
    limits: FetchLimits | None = None,
    network: NetworkPolicy | None = None,
    progress: Progress | None = None,
) -> Download:
    """Download an address into the archive's objects, without adding it to a snapshot.

    `limits` and `network`: None for the defaults. Each redirect is checked like the first address. An interrupted download is
    resumed if the server allows it. Raises ArchiveError for an address that may not be fetched, an exceeded limit, and any failed
    download.
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
                headers={"User-Agent": (network or NetworkPolicy()).agent},
            ) as client:
                # Two attempts at most: one to resume, and one from the start if the file has changed in the meantime.
                if not _transfer(client, url, partial, limits, deadline, progress):
                    partial.discard()
                    if not _transfer(client, url, partial, limits, deadline, progress):
                        raise ArchiveError(
                            "the server sends a part of the file although all of it was requested; try again later"
                        )
            sha256 = _store(archive, partial, limits)
        except ArchiveError as error:
            raise ArchiveError(f"{where}: {error}") from error
        except FAILURES as error:
            raise ArchiveError(f"{where}: {_reason(error, partial)}") from error
        except OSError as error:
            raise ArchiveError(f"{archive.partial}: cannot write the download: {error.strerror or error}") from error
        assert partial.state is not None
        date = partial.state.date
        partial.discard()
    return Download(sha256, _file_name(url), str(url), _day(date))


@contextmanager
def _open_response(
    client: httpx.Client, url: httpx.URL, headers: dict[str, str], limits: FetchLimits
) -> Iterator[httpx.Response]:
    """Follow redirects; yield the final response, unread. Raises ArchiveError for a bad address or too many redirects."""
    for _ in range(limits.max_redirects + 1):
        response = client.send(client.build_request("GET", url, headers=headers), stream=True, follow_redirects=False)
        if not response.has_redirect_location:
            try:
                yield response
            finally:
                response.close()
            return
        response.close()
        url = check_url(url.join(response.headers["Location"]), redirected_from=url)
    raise ArchiveError(f"more than {limits.max_redirects} redirects")


def _transfer(
    client: httpx.Client,
    url: httpx.URL,
    partial: PartialDownload,
    limits: FetchLimits,
    deadline: Deadline,
    progress: Progress | None,
) -> bool:
    """Download the bytes that `partial` lacks. Return False if the response can't be appended, as when the file has changed.
    Raises ArchiveError for an unexpected status or encoding, for a file over the limits, and if the body is cut off.
    """
    size, headers = partial.size, dict(_HEADERS)
    if size and partial.state and partial.state.validator:
        headers |= {"Range": f"bytes={size}-", "If-Range": partial.state.validator}
    with _open_response(client, url, headers, limits) as response:
        if response.status_code == 200:
            partial.restart(_download_state(response, str(url)))
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
            handle.flush()  # If this run is killed, the next one resumes here.
            deadline.cap()
            if progress is not None:
                progress(done, total)
    if total is not None and done != total:
        raise ArchiveError(f"cut off after {done:,} of {total:,} bytes; run this again to resume")


def _store(archive: Archive, partial: PartialDownload, limits: FetchLimits) -> str:
    assert partial.state is not None
    chunks = partial.chunks()
    try:
        return archive.put_stream(chunks if partial.state.encoding == "identity" else gunzip_limited(chunks, limits))
    except ArchiveError:
        partial.discard()  # The next run would fail on these bytes again.
        raise


def _download_state(response: httpx.Response, address: str) -> DownloadState:
    encoding = _encoding(response)
    if encoding != "identity" and encoding not in ENCODINGS:
        raise ArchiveError(f"the server sends it encoded as {encoding!r}, which was not requested")
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
    """Return whether the response to a request for the remaining bytes belongs to the version in `state`."""
    if state is None:
        return False
    etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
    # If the state or the response has an ETag, the two must match. A server that only sends dates may omit the date.
    return etag == state.etag if state.etag or etag else modified in (None, state.last_modified)


def _continues(state: DownloadState | None, size: int, response: httpx.Response) -> bool:
    unit, _, rest = response.headers.get("Content-Range", "").partition(" ")
    span, _, total = rest.partition("/")
    if unit != "bytes" or span.partition("-")[0] != str(size) or not _same_version(state, response):
        return False
    same_total = state is not None and (state.total is None or total in ("*", str(state.total)))
    return same_total and state is not None and state.encoding == _encoding(response)


def _reason(error: Exception, partial: PartialDownload) -> str:
    if isinstance(error, httpcore.TimeoutException | httpx.TimeoutException):
        text = "the server does not answer in time"
    else:
        text = " ".join(str(error).split()) or type(error).__name__
    advice = "run this again to resume" if partial.size else "try again later"
    return f"{text} (after {partial.size:,} bytes); {advice}"


def _file_name(url: httpx.URL) -> str:
    name = unquote(url.path).rstrip("/").rpartition("/")[2]
    return name if is_file_name(name) and name.strip(".") else "index"


def _day(date: str | None) -> str:
    try:
        return parsedate_to_datetime(date or "").astimezone(UTC).date().isoformat()
    except (ValueError, TypeError, OverflowError):
        return today()
