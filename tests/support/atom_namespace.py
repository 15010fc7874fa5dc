"""What tests of Atom feeds share."""

ATOM = {"a": "http://www.w3.org/2005/Atom"}
"""The namespace of Atom (RFC 4287) by the prefix that paths of elements use here."""
