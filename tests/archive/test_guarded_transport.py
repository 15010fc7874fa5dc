import socket
import ssl

import pytest

from overt.archive import ArchiveError, guarded_transport
from overt.archive.archive import Archive
from overt.archive.guarded_transport import NetworkPolicy, is_public, resolve_host
from overt.archive.http_fetch import download
from tests.archive.conftest import TLS, Server, answer


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.9.10", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254"),
        *("0.0.0.0", "0.1.2.3", "100.64.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1"),
        *("203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:8.8.8.8", "64:ff9b::7f00:1"),
        *("64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:10::1", "2001:20::1"),
        *("2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1"),
        *("fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1", "4000::1"),
    ],
)
def test_private_and_special_addresses_are_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "172.32.0.1", "192.0.1.1", "2606:4700::1111", "2a00:1450::1"])
def test_public_addresses_are_allowed(address):
    assert is_public(address)


def test_loopback_is_refused_in_every_notation(archive, server):
    server.answers["/"] = answer(b"secret")
    for host in ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]"):
        with pytest.raises(ArchiveError, match=r"not to a public host|cannot find this host"):
            download(archive, server.url("/", host))
    assert server.requests == []


@pytest.fixture
def open_loopback(monkeypatch):
    """Treat 127.0.0.1, but no other loopback address, as public."""
    monkeypatch.setattr(guarded_transport, "is_public", lambda address: address == "127.0.0.1" or is_public(address))


def test_a_redirect_to_a_private_address_is_refused(archive, server, open_loopback):
    server.answers["/"] = answer(b"", 302, Location=server.url("/secret", "127.0.0.2"))
    server.answers["/secret"] = answer(b"secret")
    with pytest.raises(ArchiveError, match=r"127\.0\.0\.2, not to a public host"):
        download(archive, server.url("/"))
    assert len(server.requests) == 1
    server.answers["/"] = answer(b"", 302, Location="/public")
    server.answers["/public"] = answer(b"public")
    assert archive.read(download(archive, server.url("/")).sha256) == b"public"


def test_a_host_is_resolved_once_and_the_checked_address_is_used(archive, server, open_loopback, monkeypatch):
    server.answers["/"] = answer(b"public")
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    resolved_hosts = []
    monkeypatch.setattr(socket, "getaddrinfo", spy(resolved_hosts, socket.getaddrinfo))
    policy = NetworkPolicy(resolve=lambda host, port: next(answers))
    assert archive.read(download(archive, server.url("/", "overt.test"), network=policy).sha256) == b"public"
    assert set(resolved_hosts) == {"127.0.0.1"}
    assert server.requests[0].headers["Host"] == f"overt.test:{server.port}"
    with pytest.raises(ArchiveError, match=r"10\.0\.0\.1"):
        download(archive, server.url("/", "overt.test"), network=policy)


def test_every_redirect_is_resolved_and_checked_again(archive, server, open_loopback):
    server.answers["/"] = answer(b"", 302, Location="/there")
    server.answers["/there"] = answer(b"private")
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    with pytest.raises(ArchiveError, match=r"10\.0\.0\.1"):
        policy = NetworkPolicy(resolve=lambda host, port: next(answers))
        download(archive, server.url("/", "overt.test"), network=policy)
    assert len(server.requests) == 1


def spy(hosts, function):
    def wrapper(host, *args, **more):
        hosts.append(host)
        return function(host, *args, **more)

    return wrapper


def test_only_public_addresses_of_a_host_are_tried_each_in_turn(archive, server, open_loopback):
    server.answers["/"] = answer(b"public")
    policy = NetworkPolicy(resolve=lambda host, port: ["127.0.0.2", "::ffff:127.0.0.1", "127.0.0.1"])
    download(archive, server.url("/", "overt.test"), network=policy)
    assert server.requests[0].reached == "127.0.0.1"

    closed = server.port
    server.close()
    with pytest.raises(ArchiveError, match="refused"):
        download(archive, f"http://overt.test:{closed}/", network=policy)


def test_hosts_without_an_address_are_reported(monkeypatch):
    with pytest.raises(ArchiveError, match="no address"):
        NetworkPolicy(resolve=lambda host, port: []).addresses("overt.test", 80)
    for error in (socket.gaierror(-2, "Name or service not known"), UnicodeError("label too long")):

        def fail(*args, error=error, **more):
            raise error

        monkeypatch.setattr(socket, "getaddrinfo", fail)
        with pytest.raises(ArchiveError, match="cannot find this host"):
            resolve_host("overt.test", 80)


def trusting():
    return ssl.create_default_context(cafile=str(TLS / "certificate.pem"))


def test_tls_verifies_the_host_not_the_address(archive, tls_server):
    tls_server.answers["/"] = answer(b"secure")

    def policy(tls):
        return NetworkPolicy(("127.0.0.0/8",), resolve=lambda host, port: ["127.0.0.1"], tls=tls)

    result = download(archive, tls_server.url("/", "overt.test", "https"), network=policy(trusting()))
    assert archive.read(result.sha256) == b"secure"
    for host, tls in (("other.test", trusting()), ("127.0.0.1", trusting()), ("overt.test", None)):
        with pytest.raises(ArchiveError, match="CERTIFICATE_VERIFY_FAILED"):
            download(archive, tls_server.url("/", host, "https"), network=policy(tls))
    assert len(tls_server.requests) == 1


def test_a_redirect_to_another_host_on_the_same_address_is_verified(archive, tls_server):
    tls_server.answers["/"] = answer(b"", 302, Location=tls_server.url("/there", "other.test", "https"))
    tls_server.answers["/there"] = answer(b"not verified")
    policy = NetworkPolicy(("127.0.0.0/8",), resolve=lambda host, port: ["127.0.0.1"], tls=trusting())
    with pytest.raises(ArchiveError, match="CERTIFICATE_VERIFY_FAILED"):
        download(archive, tls_server.url("/", "overt.test", "https"), network=policy)


def test_a_redirect_from_https_to_http_is_refused(archive, server, tls_server):
    tls_server.answers["/"] = answer(b"", 302, Location=server.url("/"))
    server.answers["/"] = answer(b"changed on the way")
    policy = NetworkPolicy(("127.0.0.0/8",), resolve=lambda host, port: ["127.0.0.1"], tls=trusting())
    with pytest.raises(ArchiveError, match="not secure"):
        download(archive, tls_server.url("/", "overt.test", "https"), network=policy)
    assert server.requests == []


def test_proxies_and_netrc_of_the_environment_are_ignored(archive, server, loopback, monkeypatch, tmp_path):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login editor password hunter2\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    server.answers["/"] = answer(b"1")
    download(archive, server.url("/"), network=loopback)
    assert server.requests[0].headers["Authorization"] is None


@pytest.mark.parametrize("allowed", ["0.0.0.0/0", "169.254.0.0/16", "169.254.169.254"])
def test_link_local_addresses_are_never_allowed(archive: Archive, allowed: str) -> None:
    policy = NetworkPolicy((allowed,), resolve=lambda host, port: ["169.254.169.254"])
    with pytest.raises(ArchiveError, match=r"resolves to 169\.254\.169\.254, not to a public host"):
        download(archive, "http://metadata.test/", network=policy)


def test_only_named_networks_are_allowed(archive: Archive, server: Server) -> None:
    server.answers["/"] = answer(b"here")
    for allowed, works in ((("127.0.0.1",), True), (("127.0.0.0/8", "::1"), True), (("10.0.0.0/8",), False)):
        policy = NetworkPolicy(allowed)
        if works:
            assert archive.read(download(archive, server.url("/"), network=policy).sha256) == b"here"
        else:
            with pytest.raises(ArchiveError, match="name it under allow_private"):
                download(archive, server.url("/"), network=policy)
