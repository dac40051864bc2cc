"""Reads a reply's body within bounds, unpacking as it comes, so that a small reply cannot grow without end."""

import zlib

from aiohttp import ClientResponse

from govmedia.connectors.errors import Outcome, Trouble

GZIP_MAGIC = b"\x1f\x8b"
ASKED = "gzip, deflate"


def too_large(limit: int, status: int) -> Trouble:
    """The refusal of a body above the bound."""
    return Trouble(Outcome.too_large, f"内容超过 {limit / 1024 / 1024:g} MB。", status=status)


async def read_body(response: ClientResponse, limit: int) -> bytes:
    """The unpacked body, at most `limit` bytes raw and unpacked.

    Errors: Trouble (too_large; parse_error for an unknown or broken packing), aiohttp's own on a broken line.
    """
    length = response.content_length
    if length is not None and length > limit:
        raise too_large(limit, response.status)
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    raw = bytearray()
    if packing in ("", "identity"):
        async for chunk in response.content.iter_any():
            raw += chunk
            if len(raw) > limit:
                raise too_large(limit, response.status)
        return bytes(raw)
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise Trouble(
            Outcome.parse_error, f"对方用了本系统没有请求的压缩方式“{packing[:20]}”。", status=response.status
        )
    unpacker = Unpacker(limit)
    size = 0
    async for chunk in response.content.iter_any():
        size += len(chunk)
        if size > limit or not unpacker.feed(chunk):
            raise too_large(limit, response.status)
    return unpacker.close(response.status)


class Unpacker:
    """Unpacks gzip (also several members), zlib and bare deflate; leaves alone what was never packed."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._out = bytearray()
        self._head = b""
        self._engine: zlib._Decompress | None = None
        self._plain = False

    def feed(self, chunk: bytes) -> bool:
        """Take in the next bytes; False once the unpacked size is above the bound."""
        if self._plain:
            self._out += chunk
            return len(self._out) <= self._limit
        if self._engine is None:
            chunk = self._head + chunk
            if len(chunk) < len(GZIP_MAGIC):
                self._head = chunk
                return True
            self._begin(chunk)
            if self._plain:
                return self.feed(chunk)
        return self._unpack(chunk)

    def _begin(self, chunk: bytes) -> None:
        if chunk.startswith(GZIP_MAGIC):
            self._engine = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        elif chunk[0] & 0x0F == 8 and int.from_bytes(chunk[:2], "big") % 31 == 0:
            self._engine = zlib.decompressobj()
        elif chunk[:1] in (b"<", b"{", b"[", b"\xef", b"\xff", b"\xfe", b" ", b"\n", b"\r", b"\t"):
            # Some servers name a packing and send plain text.
            self._plain = True
        else:
            self._engine = zlib.decompressobj(wbits=-zlib.MAX_WBITS)

    def _unpack(self, chunk: bytes) -> bool:
        while chunk and self._engine is not None:
            try:
                self._out += self._engine.decompress(chunk, self._limit + 1 - len(self._out))
            except zlib.error:
                raise Trouble(Outcome.parse_error, "压缩的内容已损坏。") from None
            if len(self._out) > self._limit:
                return False
            if self._engine.eof:
                chunk = self._engine.unused_data
                if not chunk.startswith(GZIP_MAGIC):
                    break
                self._engine = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
            else:
                chunk = self._engine.unconsumed_tail
        return True

    def close(self, status: int) -> bytes:
        """All that was unpacked. Errors: Trouble (parse_error) where the packed stream ends early."""
        if self._engine is not None and not self._engine.eof:
            raise Trouble(Outcome.parse_error, "压缩的内容不完整，传到一半就断了。", status=status)
        return bytes(self._out) if self._engine or self._plain else self._head
