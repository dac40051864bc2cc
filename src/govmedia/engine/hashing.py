"""SM3 digests and the one canonical form of JSON that is hashed (GB/T 32905)."""

import hashlib
import json
from datetime import date, datetime
from typing import Any


class Sm3Missing(RuntimeError):
    """This Python's OpenSSL was built without SM3; nothing can be proved without it."""

    text = "本机的 OpenSSL 不含国密 SM3 算法，无法计算指纹。请换用带 SM3 的 OpenSSL（1.1.1 及以上）后再启动。"

    def __init__(self) -> None:
        super().__init__(self.text)


def sm3_available() -> bool:
    """True where `hashlib` can compute SM3."""
    return "sm3" in hashlib.algorithms_available


def sm3_hex(data: bytes) -> str:
    """SM3 of the bytes as 64 lower-case hex digits, without a prefix.

    Errors: Sm3Missing where OpenSSL lacks the algorithm. Source: GB/T 32905-2016.
    """
    try:
        return hashlib.new("sm3", data).hexdigest()
    except ValueError as why:
        raise Sm3Missing from why


def tagged_sm3(data: bytes) -> str:
    """`sm3:` and the digest: the form in which hashes are stored and shown."""
    return "sm3:" + sm3_hex(data)


def _plain(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical JSON form")


def canonical_json(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces; dates and times as ISO text.

    Errors: TypeError for a value JSON cannot hold, ValueError for NaN and infinities.
    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain
    )
    return text.encode()
