"""Pictures that say what they were painted from: the digest of it is in a chunk of text of the PNG.

So a test finds a picture that shows an older state without painting it.
"""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256

_AFTER_HEADER = 33  # the signature of a PNG and its first chunk
_KEY = b"Source"


def digest_in(picture: bytes) -> str:
    """Return the digest of the page of what a picture was painted from; "" where it holds none."""
    (length,) = struct.unpack(">I", picture[_AFTER_HEADER : _AFTER_HEADER + 4])
    name, _null, digest = picture[_AFTER_HEADER + 8 : _AFTER_HEADER + 8 + length].partition(b"\0")
    return digest.decode() if name == _KEY else ""


def digest_of(source: bytes) -> str:
    """Return the digest of what a picture is painted from."""
    return sha256(source).hexdigest()


def signed(picture: bytes, digest: str) -> bytes:
    """Return a picture with a digest in a chunk of text."""
    chunk = b"tEXt" + _KEY + b"\0" + digest.encode()
    signed = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return picture[:_AFTER_HEADER] + signed + picture[_AFTER_HEADER:]
