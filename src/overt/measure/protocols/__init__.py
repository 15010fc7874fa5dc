"""Parsers for the protocol layers of a measurement: DNS, TCP, TLS, QUIC and HTTP."""
