"""The signature beside a file: who made it, when, its size and digests.

What proves it runs on anybody's machine: nothing here may need the framework, settings or a database.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from govmedia.engine import signatures
from govmedia.engine.hashing import canonical_json

FORMAT = "govmedia-file-1"
SUFFIX = ".sig.json"
_CHUNK = 1 << 20
_WORDS = ("format", "file", "size", "sha256", "sm3", "made_at", "kid")


@dataclass(slots=True)
class Digests:
    """Size and digests of bytes as they go by."""

    size: int = 0
    _sha256: Any = field(default_factory=hashlib.sha256)
    _sm3: Any = field(default_factory=lambda: hashlib.new("sm3"))

    def add(self, data: bytes) -> None:
        self.size += len(data)
        self._sha256.update(data)
        self._sm3.update(data)

    @property
    def told(self) -> dict[str, Any]:
        return {"size": self.size, "sha256": self._sha256.hexdigest(), "sm3": self._sm3.hexdigest()}


def digests_of(stream: IO[bytes]) -> dict[str, Any]:
    """`size`, `sha256` and `sm3` of a file."""
    found = Digests()
    while data := stream.read(_CHUNK):
        found.add(data)
    return found.told


def unsigned(name: str, told: Mapping[str, Any], made_at: str, kid: str) -> dict[str, Any]:
    """What is signed of a file with these digests, by the key of this id; the signature goes beside it."""
    return {"format": FORMAT, "file": name, **told, "made_at": made_at, "kid": kid}


def faults(given: Mapping[str, Any], signature: Any, keys: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What speaks against a file being what a key's owner signed, in Chinese; nothing where it is.

    `given` are the file's digests, `signature` what stands beside it, `keys` public keys that came another way.
    """
    if not isinstance(signature, dict) or signature.get("format") != FORMAT or not signature.keys() >= set(_WORDS):
        yield f"签名文件不是 {FORMAT} 格式。请用下载页面上与数据同名、以 {SUFFIX} 结尾的文件。"
        return
    key = next((one for one in keys if one.get("kid") == signature["kid"]), None)
    if key is None:
        yield f"给出的公钥里没有签名用的那一把（{signature['kid']}）。签名里自带的不算数，请另行取得公布的公钥。"
        return
    body = {word: signature[word] for word in _WORDS}
    if not signatures.holds(canonical_json(body), str(signature.get("signature", "")), str(key.get("x", ""))):
        yield "签名与公钥对不上：签名文件被改动过，或不是这个公钥的主人签的。"
        return
    for word, label in (("size", "大小"), ("sha256", "SHA-256"), ("sm3", "SM3")):
        if given[word] != signature[word]:
            yield f"{label}不同：签名时是 {signature[word]}，这个文件是 {given[word]}。文件被改动过，或没有下载完整。"
