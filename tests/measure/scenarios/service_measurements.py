"""Generated measurements of services, by scenario: what the network does, and what a probe would record.

The hosts and numbers of targets come from OONI's specifications (ts-015, ts-018, ts-019, ts-020, ts-023, ts-029).
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tests.measure.scenarios.measurement_parts import PAGE, connect, exchange, frame, handshake, query

RESET, SILENT, REFUSED = "connection_reset", "generic_timeout_error", "connection_refused"
NXDOMAIN, NO_SERVER, FOREIGN = "dns_nxdomain_error", "dns_servfail_error", "ssl_invalid_hostname"
META, AMAZON, TELEGRAM, GOOGLE, FOREIGN_NETWORK = 32934, 16509, 62041, 15169, 64501
NOTHING_FAILS: Mapping[str, str] = {}


class Case(NamedTuple):
    """A scenario: the measurement, the expected finding, and the reason."""

    measurement: dict[str, Any]
    verdict: str
    mechanism: str | None
    confidence: str
    why: str


class KeyBuilder:
    """Builds test keys host by host, as the Go probe writes them."""

    def __init__(self) -> None:
        self.keys: dict[str, Any] = {
            "queries": [],
            "tcp_connect": [],
            "tls_handshakes": [],
            "requests": [],
            "network_events": [],
        }

    def add_query(self, host: str, addresses: list[str], network: int, failure: str | None = None) -> bool:
        """Add a query to the system's resolver; return whether it succeeds."""
        entry = query(host, [] if failure else addresses, failure) | {"query_type": "A"}
        for answer in entry["answers"]:
            answer["asn"] = network
        self.keys["queries"].append(entry)
        return failure is None

    def add_connections(self, address: str, ports: Iterable[int], failure: str | None = None) -> None:
        """Add a connection to each port of an address, all with the same result."""
        self.keys["tcp_connect"] += [connect(address, port, failure) for port in ports]

    def add_page(
        self,
        host: str,
        address: str,
        network: int,
        *,
        dns: str | None = None,
        tcp: str | None = None,
        tls: str | None = None,
        http: str | None = None,
    ) -> None:
        """Add a request for a page over TLS, and the steps before it.

        If a step fails, no further step is added, and the request fails with the same failure.
        """
        failure = dns or tcp or tls or http
        if self.add_query(host, [address], network, dns):
            self.add_connections(address, [443], tcp)
            if not tcp:
                self.keys["tls_handshakes"].append(handshake(host, address, tls))
        body = ("", 0) if failure else (PAGE, 200)
        self.keys["requests"].append(exchange(f"https://{host}/", *body, failure))


CENTRES = ["149.154.175.50", "149.154.167.51", "149.154.175.100", "149.154.167.91", "149.154.171.5", "95.161.76.100"]


def telegram(
    tcp: str | None = None,
    post: str | None = None,
    down: int = len(CENTRES),
    address: str = "149.154.167.99",
    network: int = TELEGRAM,
    web: Mapping[str, str] = NOTHING_FAILS,
) -> dict[str, Any]:
    """Return a measurement of Telegram's data centres and website. The first `down` data centres fail with `tcp` or `post`."""
    builder = KeyBuilder()
    for at, centre in enumerate(CENTRES):
        connecting, posting = (tcp, tcp or post) if at < down else (None, None)
        builder.add_connections(centre, (80, 443), connecting)
        for url in (f"http://{centre}/", f"http://{centre}:443/"):
            builder.keys["requests"].append(exchange(url, "", 0 if posting else 501, posting))
    builder.add_page("web.telegram.org", address, network, **web)
    return frame("telegram", "0.3.1", None, builder.keys)


def telegram_old(centres: str | None, site: str | None) -> dict[str, Any]:
    """Return a Telegram measurement by Measurement Kit.

    It has no queries or handshakes, and also tries the site over plain HTTP.
    """
    builder = KeyBuilder()
    for centre in CENTRES[:5]:
        builder.add_connections(centre, (80, 443), centres)
        builder.keys["requests"] += [
            exchange(f"http://{centre}:{port}", "", 0 if centres else 404, centres) for port in (80, 443)
        ]
    for scheme in ("http", "https"):
        builder.keys["requests"].append(exchange(f"{scheme}://web.telegram.org/", "" if site else PAGE, 0 if site else 200, site))
    keys = {name: builder.keys[name] for name in ("requests", "tcp_connect")}
    return frame("telegram", "0.0.4", None, keys | {"telegram_tcp_blocking": True, "telegram_web_status": "ok"})


def whatsapp(
    tcp: str | None = None,
    *,
    down: int = 16,
    number: int = 16,
    dns: str | None = None,
    address: str = "",
    registration: Mapping[str, str] = NOTHING_FAILS,
    web: Mapping[str, str] = NOTHING_FAILS,
    pages: str = "157.240.9.53",
    network: int = META,
) -> dict[str, Any]:
    """Return a measurement of WhatsApp's endpoints, registration and website. The first `down` endpoints fail."""
    builder = KeyBuilder()
    for at in range(number):
        here = address or f"15.197.206.{at + 1}"
        for port in (443, 5222):
            if builder.add_query(f"e{at + 1}.whatsapp.net", [here], AMAZON, dns if at < down else None):
                builder.add_connections(here, [port], tcp if at < down else None)
    builder.add_page("v.whatsapp.net", pages, network, **registration)
    builder.add_page("web.whatsapp.com", pages, network, **web)
    return frame("whatsapp", "0.11.0", None, builder.keys)


MESSENGER = {
    "b-api.facebook.com": "157.240.9.18",
    "b-graph.facebook.com": "157.240.9.18",
    "edge-mqtt.facebook.com": "157.240.9.1",
    "external.xx.fbcdn.net": "157.240.9.23",
    "scontent.xx.fbcdn.net": "157.240.9.23",
    "star.c10r.facebook.com": "157.240.9.15",
}


def messenger(
    tcp: str | None = None,
    *,
    down: int = 6,
    dns: str | None = None,
    addresses: list[str] | None = None,
    network: int = META,
) -> dict[str, Any]:
    """Return a measurement of Messenger's hosts. The first `down` hosts fail. For `stun.fbsbx.com`, there is only a query."""
    builder = KeyBuilder()
    for at, (host, address) in enumerate(MESSENGER.items()):
        here = [addresses[at % len(addresses)]] if addresses and at < down else [address]
        if builder.add_query(host, here, network if at < down else META, dns if at < down else None):
            builder.add_connections(here[0], [443], tcp if at < down else None)
    builder.add_query("stun.fbsbx.com", ["157.240.9.14"], META, dns if down == len(MESSENGER) else None)
    return frame("facebook_messenger", "0.2.1", None, builder.keys)


def messenger_old(elsewhere: bool, addresses: list[str], dash: bool = False, tcp: str | None = None) -> dict[str, Any]:
    """Return a measurement of Messenger by Measurement Kit or the Python probe.

    Its answers have no networks. Instead, the measurement contains the probe's own verdict on each host.
    """
    names = {"stun.fbsbx.com": "stun"} | dict(
        zip(MESSENGER, ("b_api", "b_graph", "edge", "external_cdn", "scontent_cdn", "star"), strict=True)
    )
    builder = KeyBuilder()
    verdicts = {}
    for at, (host, short) in enumerate(names.items()):
        here = addresses[at % len(addresses)]
        builder.add_query(host, [here], 0)
        if not elsewhere and short != "stun":
            builder.add_connections(here, [443], tcp)
        key = f"facebook_{short}_dns_consistent"
        verdicts[key.replace("_", "-") if dash else key] = not elsewhere
    for entry in builder.keys["queries"]:
        for answer in entry["answers"]:
            del answer["asn"]
    keys = {name: builder.keys[name] for name in ("queries", "tcp_connect")}
    return frame("facebook_messenger", "0.3.0" if dash else "0.4.0", None, keys | verdicts)


SIGNAL = ["chat.signal.org", "storage.signal.org", "cdn.signal.org", "cdn2.signal.org", "sfu.voip.signal.org", "cdsi.signal.org"]


def signal(down: int = len(SIGNAL), address: str = "", retired: bool = False, **failing: str) -> dict[str, Any]:
    """Return a measurement of Signal's servers. The first `down` servers fail. uptime.signal.org resolves to localhost.

    `retired`: also try a retired server, whose name no longer exists. `failing`: the failures by step, as for `add_page`.
    """
    builder = KeyBuilder()
    for at, host in enumerate(SIGNAL):
        builder.add_page(host, address or f"142.251.209.{at + 1}", GOOGLE, **(failing if at < down else {}))
    if retired:
        builder.add_page("api.directory.signal.org", "", 0, dns=NXDOMAIN)
    builder.add_query("uptime.signal.org", ["127.0.0.1"], 0)
    return frame("signal", "0.2.5", None, builder.keys)


def target(
    protocol: str,
    address: str,
    connection: str | None,
    handshake_failure: str | None = None,
    *,
    summary: bool = True,
    secret: bool = False,
) -> dict[str, Any]:
    """Return a target of a Tor measurement. If it is `secret`, it has no address."""
    builder = KeyBuilder()
    builder.add_connections("[scrubbed]" if secret else address, [443], connection)
    failure = connection or handshake_failure
    steps: dict[str, Any] = {"connect": {"failure": connection}}
    if not connection and protocol != "dir_port":
        steps["handshake"] = {"failure": handshake_failure}
        if protocol == "or_port_dirauth":
            builder.keys["tls_handshakes"].append(handshake("", address, handshake_failure) | {"no_tls_verify": True})
    return builder.keys | {
        "agent": "redirect",
        "failure": failure,
        "summary": steps if summary else {},
        "target_address": "[scrubbed]" if secret else f"{address}:443",
        "target_protocol": protocol,
    }


def tor(
    authorities: tuple[str | None, str | None] = (None, None),
    bridges: tuple[str | None, str | None] = (None, None),
    *,
    authorities_down: int = 10,
    bridges_down: int = 14,
    bridges_tried: int = 14,
    summary: bool = True,
    secret: bool = False,
) -> dict[str, Any]:
    """Return a measurement of ten authorities and of bridges.

    `authorities`, `bridges`: the failures of their connections and of their handshakes; None for success.
    """
    success = (None, None)
    targets = {}
    for at in range(10):
        state = authorities if at < authorities_down else success
        address = f"128.31.0.{at + 1}"
        targets[f"{address}:443"] = target("or_port_dirauth", address, *state, summary=summary)
        targets[f"{address}:80"] = target("dir_port", address, state[0], summary=summary)
    for at in range(bridges_tried):
        state = bridges if at < bridges_down else success
        targets[f"{at:064x}"] = target("obfs4", f"193.11.166.{at + 1}", *state, summary=summary, secret=secret)
    return frame("tor", "0.4.0", None, {"targets": targets})


def psiphon(time: float, failure: str | None, page: bool, **more: Any) -> dict[str, Any]:
    """Return a Psiphon measurement: the bootstrap time of a tunnel, and the page fetched through it if `page` is true."""
    requests = [exchange("https://www.google.com/humans.txt", "Google is built", 200)] if page else None
    keys = {"bootstrap_time": time, "failure": failure, "max_runtime": 300, "queries": None, "requests": requests}
    return frame("psiphon", "0.6.0", None, keys | more)
