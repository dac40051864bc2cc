"""The installation's signature (Ed25519, RFC 8032): others can prove offline that a file or an answer came from here.

The private key stands in the data folder or in GOVMEDIA_SIGNING_KEY; public keys stay listed after they are replaced,
so that what they signed can still be proved.
"""

import base64
import binascii
import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from govmedia.common import installation
from govmedia.common.refusals import Refused
from govmedia.engine import signatures

KEYS = "signing_keys"
KEY_BYTES = 32
verify, key_id = signatures.holds, signatures.key_id
_OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyProblem(Refused):
    """There is no usable signing key; the text says why and what to do."""

    text = "还没有签名密钥。请运行 govmedia serve，它会自动生成。"


def key_file() -> Path:
    """Where the private key stands unless GOVMEDIA_SIGNING_KEY gives it."""
    return Path(settings.HOME) / "signing-key"


def make_key() -> bool:
    """Make the private key, readable by its owner alone, where there is none yet; True where one was made."""
    path = key_file()
    if settings.SIGNING_KEY or path.exists():
        return False
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    return True


def sign(data: bytes) -> tuple[str, str]:
    """(key id, signature in base64) of the data. Errors: KeyProblem."""
    private = _private_key()
    return key_id(_x(private)), base64.b64encode(private.sign(data)).decode()


def present_key() -> str:
    """The id of the key that signs now. Errors: KeyProblem."""
    return key_id(_x(_private_key()))


@transaction.atomic
def remember_key(*, now: datetime) -> None:
    """Put the present public key at the head of the list, from now on; what is listed stays. Errors: KeyProblem."""
    x = _x(_private_key())
    listed = installation.read(KEYS, [])
    if not listed or listed[0]["x"] != x:
        others = [row for row in listed if row["x"] != x]
        since = next((row["from"] for row in listed if row["x"] == x), now.isoformat(timespec="seconds"))
        installation.write(KEYS, [{"x": x, "from": since}, *others])


def public_keys() -> list[dict[str, Any]]:
    """The public keys there ever were as JSON Web Keys, the present one first."""
    return [
        {"kid": key_id(row["x"]), "kty": "OKP", "crv": "Ed25519", "x": row["x"], "use": "sig", "from": row["from"]}
        for row in installation.read(KEYS, [])
    ]


def complaints() -> Iterator[str]:
    """What is wrong with the signing key, one Chinese sentence for each, apart from what the database knows."""
    try:
        _private_key()
    except KeyProblem as why:
        yield why.text
    path = settings.SIGNING_KEY_FILE or ("" if settings.SIGNING_KEY else key_file())
    if path and Path(path).exists() and Path(path).stat().st_mode & _OF_OTHERS:
        yield f"签名密钥文件 {path} 除属主外还有人能读写。请运行 chmod 600 {path}。"


def unlisted() -> bool:
    """True where there is a key and it is not at the head of the list, so that nobody could prove what it signs."""
    try:
        x = _x(_private_key())
    except KeyProblem:
        return False
    listed = installation.read(KEYS, [])
    return not listed or listed[0]["x"] != x


def _private_key() -> Ed25519PrivateKey:
    if settings.SIGNING_KEY:
        return _parsed(settings.SIGNING_KEY, "GOVMEDIA_SIGNING_KEY ")
    path = key_file()
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError as why:
        raise KeyProblem from why
    except (OSError, UnicodeDecodeError) as why:
        raise KeyProblem(f"签名密钥文件 {path} 读不出来。请核对权限，或移走它后重新运行 govmedia serve。") from why
    return _parsed(text, f"签名密钥文件 {path} ")


def _parsed(text: str, where: str) -> Ed25519PrivateKey:
    """The key of a PEM file, or of 32 bytes in base64."""
    try:
        if "-----BEGIN" in text:
            key = serialization.load_pem_private_key(text.encode(), password=None)
        else:
            key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(text.strip(), validate=True))
    except (ValueError, TypeError, binascii.Error, UnsupportedAlgorithm) as why:
        raise KeyProblem(f"{where}不是密钥。应是 Ed25519 私钥的 PEM，或 {KEY_BYTES} 字节的 base64。") from why
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyProblem(f"{where}不是 Ed25519 密钥。可用 openssl genpkey -algorithm ed25519 生成。")
    return key


def _x(private: Ed25519PrivateKey) -> str:
    return _base64url(private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw))


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
