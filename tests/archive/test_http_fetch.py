import gzip
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from overt.archive import Archive, ArchiveError, FetchLimits
from overt.archive.current_day import today
from overt.archive.http_fetch import RemoteFile, download, fetch_http
from tests.archive.conftest import answer

LIMITS = FetchLimits(max_bytes=1_000_000, total_seconds=5, connect_seconds=2, read_seconds=2, max_redirects=3)
BODY = random.Random(1).randbytes(300_000)
PACKED = gzip.compress(BODY, mtime=0)


def fetch(archive, address, network, **more):
    return download(archive, address, network=network, **({"limits": LIMITS} | more))


def assert_refused(archive, address, network, match, **more):
    """Check that a fetch fails with a one-line message, and adds no object and no index line. Return the message."""
    with pytest.raises(ArchiveError, match=match) as caught:
        fetch(archive, address, network, **more)
    assert "\n" not in str(caught.value)
    assert not archive.index.exists()
    assert list(archive.root.glob("??/*")) == []
    return str(caught.value)


def leftovers(archive):
    return sorted(path.suffix for path in archive.partial.iterdir() if path.suffix != ".pending")


def ranged(body, etag='"v1"', cut=None, **headers):
    """Return a function that responds with `body` and `headers`, honouring Range and If-Range.

    With `cut`, the first response ends after that many bytes.
    """
    state = {"cut": cut}

    def send(handler):
        cut, state["cut"] = state["cut"], None
        byte_range = handler.headers.get("Range")
        names = {"ETag": etag, **{name.replace("_", "-"): value for name, value in headers.items()}}
        start = 0
        if byte_range and handler.headers.get("If-Range") in (etag, headers.get("Last_Modified")):
            start = int(byte_range.removeprefix("bytes=").removesuffix("-"))
            if start >= len(body):
                answer(b"", 416, Content_Range=f"bytes */{len(body)}", **names)(handler)
                return
            names["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        part = body[start:]
        names["Content-Length"] = str(len(part))
        answer(part[:cut], 206 if start else 200, **names)(handler)
        handler.close_connection = True

    return send


def ranges(server):
    return [(request.headers.get("Range"), request.headers.get("If-Range")) for request in server.requests]


# Complete downloads


@pytest.mark.parametrize("date", ["Fri, 31 Dec 9999 12:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 -0500"])
def test_a_server_that_says_it_is_a_day_in_the_future_is_refused(date, archive, server, loopback):
    server.answers["/list.csv"] = answer(BODY, Date=date)
    files = [RemoteFile("list", server.url("/list.csv"))]
    if date.endswith("GMT"):
        with pytest.raises(
            ArchiveError, match=f"the server says that it is 9999-12-31, but .* says {today()}; .*--retrieved"
        ) as caught:
            fetch_http(archive, "alpha", files, licence="", network=loopback)
        assert "\n" not in str(caught.value)
        assert not archive.index.exists()
        snapshot, _ = fetch_http(archive, "alpha", files, licence="", network=loopback, retrieved="2026-11-24")
        assert snapshot.retrieved == "2026-11-24"
    else:  # a day that doesn't exist counts as missing
        snapshot, _ = fetch_http(archive, "alpha", files, licence="", network=loopback)
        assert snapshot.retrieved == today()


def test_a_servers_day_in_the_past_is_recorded_as_it_is(archive, server, loopback):
    server.answers["/list.csv"] = answer(BODY, Date="Thu, 01 Jan 1970 00:00:00 GMT")
    files = [RemoteFile("list", server.url("/list.csv"))]
    snapshot, _ = fetch_http(archive, "alpha", files, licence="", network=loopback)
    assert snapshot.retrieved == "1970-01-01"


def test_a_file_becomes_a_snapshot(archive, server, loopback):
    server.answers["/data/list.csv"] = answer(BODY, Date="Tue, 24 Nov 2026 23:59:59 GMT")
    reports = []
    snapshot, added = fetch_http(
        archive,
        "alpha",
        [RemoteFile("list", server.url("/data/list.csv?year=2026#top"))],
        licence="CC0",
        network=loopback,
        progress=lambda *done: reports.append(done),
    )
    (capture,) = snapshot.captures
    assert added and archive.read(capture.sha256) == BODY
    assert (capture.name, capture.retrieved, capture.bytes) == ("list.csv", "2026-11-24", len(BODY))
    assert capture.address == server.url("/data/list.csv")
    assert reports[-1] == (len(BODY), len(BODY)) and len(reports) > 2
    assert server.requests[0].headers["Accept-Encoding"] == "identity"
    assert leftovers(archive) == [] and list(archive.verify()) == []


def test_files_share_the_latest_day_unless_the_caller_names_one(archive, server, loopback):
    server.answers["/a"] = answer(b"a", Date="Tue, 24 Nov 2026 23:00:00 GMT")
    server.answers["/b/"] = answer(b"b", Date="Wed, 25 Nov 2026 00:00:00 GMT")
    files = [RemoteFile("a", server.url("/a"), "a.csv"), RemoteFile("b", server.url("/b/"))]
    snapshot, _ = fetch_http(archive, "alpha", files, licence="CC0", network=loopback)
    assert [(c.role, c.name, c.retrieved) for c in snapshot.captures] == [
        ("a", "a.csv", "2026-11-25"),
        ("b", "b", "2026-11-25"),
    ]
    snapshot, _ = fetch_http(archive, "alpha", files, licence="CC0", network=loopback, retrieved="2020-02-02")
    assert snapshot.retrieved == "2020-02-02"


def test_a_failing_file_adds_no_snapshot(archive, server, loopback):
    server.answers["/a"] = answer(b"a")
    server.answers["/b"] = answer(b"no", 500)
    files = [RemoteFile("a", server.url("/a")), RemoteFile("b", server.url("/b"))]
    with pytest.raises(ArchiveError, match="answers 500"):
        fetch_http(archive, "alpha", files, licence="CC0", network=loopback)
    assert not archive.index.exists() and list(archive.verify()) == []


@pytest.mark.parametrize("date", ["nonsense", "Tue, 99 Nov 2026 00:00:00 GMT", ""])
def test_an_invalid_date_means_today(archive, server, loopback, date):
    def send(handler):
        handler.send_response_only(200)
        handler.send_header("Date", date)
        handler.send_header("Content-Length", "1")
        handler.end_headers()
        handler.wfile.write(b"1")

    server.answers["/"] = send
    days = {today()}
    assert fetch(archive, server.url("/"), loopback).retrieved in days | {today()}


def test_an_empty_file_and_one_of_unknown_length(archive, server, loopback):
    def chunked(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")

    server.answers["/empty"] = answer(b"")
    server.answers["/chunked"] = chunked
    assert archive.read(fetch(archive, server.url("/empty"), loopback).sha256) == b""
    assert archive.read(fetch(archive, server.url("/chunked"), loopback).sha256) == b"abcde"


@pytest.mark.parametrize(
    ("path", "name"),
    [("/", "index"), ("/%2e%2e", "index"), ("/a%2Fb%20c.csv", "b c.csv"), ("/%E6%95%B0/", "数"), ("/a%0A", "index")],
)
def test_the_name_is_the_last_part_of_the_address(archive, server, loopback, path, name):
    server.answers |= {path: answer(b"1"), "/": answer(b"1")}
    assert fetch(archive, server.url(path), loopback).name == name


# Addresses


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("data.csv", "only http and https"),
        ("http://", "only http and https"),
        ("https://editor:hunter2@example.org/a?key=hunter2", "user name or password"),
        ("https://editor:hunter2@example.org:port/a", "not a web address"),
    ],
)
def test_invalid_and_unsafe_addresses_are_refused(archive, loopback, address, message):
    assert "hunter2" not in assert_refused(archive, address, loopback, message)


def test_errors_show_no_query(archive, server, loopback):
    server.answers["/a"] = answer(b"", 404)
    text = assert_refused(archive, server.url("/a?key=hunter2"), loopback, "answers 404 Not Found")
    assert "hunter2" not in text and server.url("/a") in text


def test_an_unreachable_server_is_reported(archive, server, loopback):
    url = server.url("/")
    server.close()
    assert_refused(archive, url, loopback, "refused.*try again later")


# Redirects


def test_redirects_are_followed_up_to_the_limit(archive, server, loopback):
    server.answers |= {
        "/0": answer(b"", 301, Location="1"),
        "/1": answer(b"", 302, Location="/2"),
        "/2": answer(b"", 307, Location=server.url("/3")),
        "/3": answer(b"here"),
    }
    result = fetch(archive, server.url("/0"), loopback)
    assert (archive.read(result.sha256), result.address, result.name) == (b"here", server.url("/0"), "0")


def test_redirects_stop_at_the_limit(archive, server, loopback):
    server.answers["/0"] = answer(b"", 302, Location="/0")
    assert_refused(archive, server.url("/0"), loopback, "more than 3 redirects")
    assert len(server.requests) == 4


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://a:b@127.0.0.1/", "http://["])
def test_each_redirect_is_checked(archive, server, loopback, target):
    server.answers["/0"] = answer(b"", 302, Location=target)
    assert_refused(archive, server.url("/0"), loopback, "only http|user name|cannot find this host")


def test_a_redirect_without_a_location_is_refused(archive, server, loopback):
    server.answers["/0"] = answer(b"body", 302)
    assert_refused(archive, server.url("/0"), loopback, "answers 302")


# Limits


def test_a_file_declared_too_large_is_not_read(archive, server, loopback):
    server.answers["/"] = answer(b"", Content_Length="1000001")
    assert_refused(archive, server.url("/"), loopback, "larger than 1,000,000 bytes")
    assert leftovers(archive) == []


def test_a_file_that_grows_too_large_is_aborted(archive, server, loopback):
    def endless(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        while True:
            handler.wfile.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")

    server.answers["/"] = endless
    assert_refused(archive, server.url("/"), loopback, "larger than 1,000,000 bytes")
    assert leftovers(archive) == []


def test_a_silent_server_times_out(archive, server, loopback):
    server.answers["/"] = lambda handler: time.sleep(1)
    assert_refused(archive, server.url("/"), loopback, "does not answer in time", limits=replace(LIMITS, read_seconds=0.1))


def slow_drip(head, byte):
    """Answer with `head` and then a byte every 0.03 seconds, until the client closes the connection or 30 seconds have passed."""

    def send(handler):
        handler.wfile.write(head)
        for _ in range(1_000):
            handler.wfile.write(byte)
            time.sleep(0.03)

    return send


@pytest.mark.parametrize(
    ("head", "byte"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
    ],
)
def test_a_slow_server_cannot_outlast_the_limit(archive, server, loopback, head, byte):
    server.answers["/"] = slow_drip(head, byte)
    assert_refused(archive, server.url("/"), loopback, "took longer than 0.3", limits=replace(LIMITS, total_seconds=0.3))


# Compression


def bomb():
    return gzip.compress(b"0" * 50_000_000, mtime=0)


def test_unrequested_gzip_is_decoded(archive, server, loopback):
    repetitive = b"".join(b"%d," % number for number in range(100_000))
    for body in (
        gzip.compress(BODY, mtime=0),
        gzip.compress(repetitive, mtime=0),
        gzip.compress(BODY[:10], mtime=0) + gzip.compress(BODY[10:], mtime=0),
        gzip.compress(b"", mtime=0),
    ):
        server.answers["/"] = answer(body, Content_Encoding="gzip")
        result = fetch(archive, server.url("/"), loopback)
        assert archive.read(result.sha256) == gzip.decompress(body)
    assert leftovers(archive) == []


def test_a_gzip_file_stays_as_it_is(archive, server, loopback):
    server.answers["/data.csv.gz"] = answer(PACKED, Content_Type="application/gzip")
    assert archive.read(fetch(archive, server.url("/data.csv.gz"), loopback).sha256) == PACKED


@pytest.mark.parametrize("limits", [replace(LIMITS, max_ratio=10**6), replace(LIMITS, max_bytes=10**12)], ids=["size", "ratio"])
def test_a_gzip_bomb_is_refused(archive, server, loopback, limits):
    server.answers["/"] = answer(bomb(), Content_Encoding="gzip")
    assert_refused(archive, server.url("/"), loopback, "unpacks to more than", limits=limits)
    assert leftovers(archive) == []


def test_a_bomb_after_a_harmless_member_is_refused(archive, server, loopback):
    server.answers["/"] = answer(gzip.compress(b"harmless", mtime=0) + bomb(), Content_Encoding="x-gzip")
    assert_refused(archive, server.url("/"), loopback, "unpacks to more than")


@pytest.mark.parametrize(
    ("body", "encoding", "message"),
    [
        (gzip.compress(BODY, mtime=0)[:-9], "gzip", "cut short"),
        (b"no gzip", "gzip", "broken"),
        (gzip.compress(b"1", mtime=0) + b"rest", "gzip", "broken"),
        (b"", "gzip", "cut short"),
        (b"1", "br", "encoded as 'br'"),
        (bomb(), "gzip, gzip", "encoded as"),
    ],
)
def test_broken_or_unknown_compression_is_refused(archive, server, loopback, body, encoding, message):
    server.answers["/"] = answer(body, Content_Encoding=encoding)
    assert_refused(archive, server.url("/"), loopback, message)


# Resuming


def test_an_interrupted_download_is_resumed(archive, server, loopback):
    server.answers["/"] = ranged(BODY, cut=100_000)
    assert_refused(archive, server.url("/"), loopback, "after 100,000 .*run this again")
    assert leftovers(archive) == [".json", ".part"]
    reports = []
    result = fetch(archive, server.url("/"), loopback, progress=lambda *done: reports.append(done))
    assert archive.read(result.sha256) == BODY
    assert ranges(server) == [(None, None), ("bytes=100000-", '"v1"')]
    assert reports[0][0] > 100_000 and reports[-1] == (len(BODY), len(BODY))
    assert leftovers(archive) == []


def test_a_server_without_etags_is_resumed_by_date(archive, server, loopback):
    modified = "Mon, 23 Nov 2026 00:00:00 GMT"
    server.answers["/"] = ranged(BODY, etag='W/"weak"', cut=100_000, Last_Modified=modified)
    assert_refused(archive, server.url("/"), loopback, "run this again")
    # A weak ETag doesn't prove that all bytes are equal, and neither does the date beside it.
    assert archive.read(fetch(archive, server.url("/"), loopback).sha256) == BODY
    assert ranges(server)[1] == (None, None)

    def without_etag(cut):
        def send(handler):
            send_ranged = ranged(BODY, etag="", cut=cut, Last_Modified=modified)
            handler.send_header = lambda name, value, send=handler.send_header: name == "ETag" or send(name, value)
            send_ranged(handler)

        return send

    server.answers["/dated"] = without_etag(100_000)
    with pytest.raises(ArchiveError):
        fetch(archive, server.url("/dated"), loopback)
    server.answers["/dated"] = without_etag(None)
    assert archive.read(fetch(archive, server.url("/dated"), loopback).sha256) == BODY
    assert ranges(server)[3] == ("bytes=100000-", modified)


def test_a_modification_in_the_second_of_the_response_proves_nothing(archive, server, loopback):
    now = format_datetime(datetime.now(UTC), usegmt=True)
    send = answer(BODY[:1000], Content_Length=str(len(BODY)), Last_Modified=now, Date=now)
    server.answers["/"] = lambda handler: (send(handler), setattr(handler, "close_connection", True))
    assert_refused(archive, server.url("/"), loopback, "after 1,000")
    assert_refused(archive, server.url("/"), loopback, "after 1,000")
    assert ranges(server) == [(None, None)] * 2


def test_a_changed_file_starts_over(archive, server, loopback):
    server.answers["/"] = ranged(b"old" * 100_000, cut=100_000)
    assert_refused(archive, server.url("/"), loopback, "run this again")
    server.answers["/"] = ranged(BODY, etag='"v2"')
    assert archive.read(fetch(archive, server.url("/"), loopback).sha256) == BODY
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"ETag": '"v2"', "Content_Range": f"bytes 100000-299999/{len(BODY)}"},
        {"Content_Range": f"bytes 100000-299999/{len(BODY)}"},
        {"ETag": '"v1"', "Content_Range": f"bytes 99999-299998/{len(BODY)}"},
        {"ETag": '"v1"', "Content_Range": "bytes 100000-299999/300001"},
        {"ETag": '"v1"', "Content_Range": f"bytes 100000-299999/{len(BODY)}", "Content_Encoding": "gzip"},
        {"ETag": '"v1"'},
    ],
)
def test_a_part_that_does_not_fit_is_never_appended(archive, server, loopback, headers):
    server.answers["/"] = ranged(BODY, cut=100_000)
    assert_refused(archive, server.url("/"), loopback, "run this again")

    def wrong(handler):
        if handler.headers.get("Range"):
            answer(b"?" * 200_000, 206, **headers)(handler)
        else:
            answer(BODY, ETag='"v1"')(handler)

    server.answers["/"] = wrong
    assert archive.read(fetch(archive, server.url("/"), loopback).sha256) == BODY
    assert [byte_range for byte_range, _ in ranges(server)] == [None, "bytes=100000-", None]


def test_an_unrequested_part_is_refused(archive, server, loopback):
    server.answers["/"] = answer(b"part", 206, Content_Range="bytes 0-3/8")
    assert_refused(archive, server.url("/"), loopback, "a part of the file although all of it was requested")
    assert len(server.requests) == 2


def test_a_rest_shorter_than_promised_is_refused(archive, server, loopback):
    server.answers["/"] = ranged(BODY, cut=100_000)
    assert_refused(archive, server.url("/"), loopback, "run this again")
    server.answers["/"] = answer(BODY[100_000:-5], 206, ETag='"v1"', Content_Range=f"bytes 100000-299994/{len(BODY)}")
    assert_refused(archive, server.url("/"), loopback, "cut off after 299,995 of 300,000 bytes")


def test_a_download_killed_before_it_was_archived_is_resumed(archive, server, loopback):
    server.answers["/"] = ranged(BODY, cut=len(BODY) - 1)
    assert_refused(archive, server.url("/"), loopback, "run this again")
    (part,) = archive.partial.glob("*.part")
    part.write_bytes(BODY)
    assert archive.read(fetch(archive, server.url("/"), loopback).sha256) == BODY
    assert ranges(server)[1:] == [("bytes=300000-", '"v1"')]


def test_a_partial_file_longer_than_the_file_starts_over(archive, server, loopback):
    server.answers["/"] = ranged(BODY, cut=100_000)
    assert_refused(archive, server.url("/"), loopback, "run this again")
    (part,) = archive.partial.glob("*.part")
    part.write_bytes(BODY + b"more")
    assert archive.read(fetch(archive, server.url("/"), loopback).sha256) == BODY
    assert len(server.requests) == 3


@pytest.mark.parametrize("state", [b"", b"{}", b"[]", b'{"address": "https://example.org/"}'])
def test_an_unreadable_state_starts_over(archive, server, loopback, state):
    server.answers["/"] = ranged(BODY, cut=100_000)
    assert_refused(archive, server.url("/"), loopback, "run this again")
    (path,) = archive.partial.glob("*.json")
    path.write_bytes(state)
    assert archive.read(fetch(archive, server.url("/"), loopback).sha256) == BODY
    assert ranges(server)[1] == (None, None)


KILLED = """
import sys
from pathlib import Path
from overt.archive import Archive
from overt.archive.http_fetch import RemoteFile, fetch_http
from overt.archive.guarded_transport import NetworkPolicy
fetch_http(Archive(Path(sys.argv[1])), "alpha", [RemoteFile("a", sys.argv[2], "a.bin")], licence="CC0",
           network=NetworkPolicy(("127.0.0.0/8",)), progress=lambda done, total: print(done, flush=True))
"""


def test_a_killed_fetch_is_resumed_and_gives_the_same_bytes(archive, server, loopback, tmp_path):
    def halting(handler):
        byte_range = handler.headers.get("Range")
        start = int(byte_range.removeprefix("bytes=").removesuffix("-")) if byte_range else 0
        handler.send_response(206 if byte_range else 200)
        for name, value in {
            "ETag": '"v1"',
            "Content-Length": str(len(BODY) - start),
            "Content-Range": f"bytes {start}-{len(BODY) - 1}/{len(BODY)}",
        }.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(BODY[start : start + 100_000])
        if len(server.requests) < 3:
            time.sleep(5)
        handler.wfile.write(BODY[start + 100_000 :])

    server.answers["/"] = halting
    command = [sys.executable, "-c", KILLED, str(archive.root), server.url("/")]
    for reach in (100_000, 200_000):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            while int(process.stdout.readline()) < reach:
                pass
            os.kill(process.pid, signal.SIGKILL)
        assert list(archive.verify()) == [] and not archive.index.exists()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (capture,) = Archive(archive.root).captures()
    assert capture.sha256 == hashlib.sha256(BODY).hexdigest()
    assert [byte_range for byte_range, _ in ranges(server)] == [None, "bytes=100000-", "bytes=200000-"]
    assert list(archive.verify()) == [] and leftovers(archive) == []
