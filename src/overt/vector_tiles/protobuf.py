"""The part of the Protocol Buffers wire format that vector tiles use."""

_ONE_BYTE = [bytes((value,)) for value in range(0x80)]


def zigzag(value: int) -> int:
    """ZigZag-encode a signed integer (protobuf wire format)."""
    return value << 1 if value >= 0 else (-value << 1) - 1


def encode_varint(value: int) -> bytes:
    """Encode a non-negative integer as a varint."""
    if value < 0x80:
        return _ONE_BYTE[value]
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def encode_bytes_field(field: int, content: bytes) -> bytes:
    """Encode a length-delimited field: its tag, the length of the content, the content."""
    return encode_varint(field << 3 | 2) + encode_varint(len(content)) + content
