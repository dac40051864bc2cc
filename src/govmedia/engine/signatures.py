"""Proving offline what an installation signed (Ed25519, RFC 8032), with public keys that came another way."""

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from govmedia.engine.hashing import canonical_json

ANSWER = "govmedia-answer-1"
_UNSIGNED = ("kid", "signature")


def holds(data: bytes, signature: str, public_key: str) -> bool:
    """True where the signature (base64) of the data is that of the public key, `x` of the list of keys."""
    try:
        raw = base64.b64decode(signature, validate=True)
        key = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(public_key + "=" * (-len(public_key) % 4)))
        key.verify(raw, data)
    except (ValueError, InvalidSignature):
        return False
    return True


def key_id(x: str) -> str:
    """The thumbprint of a public key (RFC 7638, RFC 8037)."""
    thumb = hashlib.sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}'.encode()).digest()
    return base64.urlsafe_b64encode(thumb).rstrip(b"=").decode()


def signed_part(answer: dict[str, Any]) -> bytes:
    """The bytes of an answer that are signed: all but the signature and the name of its key, as canonical JSON."""
    return canonical_json({name: value for name, value in answer.items() if name not in _UNSIGNED})


def keys_in(text: str) -> list[dict[str, Any]]:
    """The keys of a list as published at /.well-known/govmedia-keys.json, or one bare public key.

    Errors: ValueError with a Chinese sentence.
    """
    bare = text.strip()
    if bare and "{" not in bare and len(bare) <= 64:
        return [{"x": bare, "kid": key_id(bare)}]
    try:
        listed = json.loads(text)["keys"]
        return [{"x": str(row["x"]), "kid": key_id(str(row["x"])), "from": row.get("from")} for row in listed]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as why:
        raise ValueError("公钥文件读不懂。应是 /.well-known/govmedia-keys.json 的内容，或一行公钥。") from why


def fault_of(answer: Any, keys: Sequence[dict[str, Any]]) -> str:
    """Why an answer is not proved by the keys, in Chinese; empty where it is. A key inside the answer is not read."""
    if not isinstance(answer, dict) or answer.get("format") != ANSWER:
        return "这不是核验答复文件。"
    signature, kid = answer.get("signature"), answer.get("kid")
    if not isinstance(signature, str) or not signature:
        return "答复没有签名。"
    row = next((one for one in keys if one["kid"] == kid), None)
    if row is None:
        return "签名所用的密钥不在公钥文件里：不是这个平台签发的，或公钥文件太旧。"
    try:
        data = signed_part(answer)
    except (TypeError, ValueError, RecursionError):
        return "这不是核验答复文件。"
    if not holds(data, signature, row["x"]):
        return "签名对不上：答复被改动过，或不是这个平台签发的。"
    return _out_of_time(answer.get("asked_at"), row, keys)


def _out_of_time(asked_at: Any, row: dict[str, Any], keys: Sequence[dict[str, Any]]) -> str:
    """A key proves nothing dated before its time or after a later one took its place."""
    try:
        at = datetime.fromisoformat(asked_at).timestamp()
        since = _moment(row)
        replaced = min((when for one in keys if (when := _moment(one)) and since and when > since), default=None)
    except (TypeError, ValueError):
        return "答复或公钥文件里的日期读不懂。"
    if since and at < since - 1:
        return "答复的日期早于签名密钥启用的时间。"
    if replaced and at > replaced + 1:
        return "答复的日期晚于签名密钥停用的时间。"
    return ""


def _moment(row: dict[str, Any]) -> float | None:
    return datetime.fromisoformat(row["from"]).timestamp() if row.get("from") else None
