"""Files people hand in: what may be, and where bytes are kept and found again."""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from govmedia.common.refusals import Refused
from govmedia.engine.hashing import tagged_sm3

FILES_MOST = 3
BYTES_MOST = 5 * 1024 * 1024
NAME_MOST = 120
# Types told by the bytes themselves, not by the name: what starts so, and what it is served as.
MAGIC = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"%PDF-", "application/pdf"))
ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "application/pdf": ".pdf"}
KINDS_SAID = "附件只收 PNG、JPG 图片和 PDF 文件"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody hands it in."""

    name: str
    data: bytes


def folder() -> Path:
    """Where bytes are kept: in the data folder, outside of anything that is served."""
    return Path(settings.HOME) / "evidence"


def keep(data: bytes) -> str:
    """Store bytes under their hash, once; returns the tagged SM3."""
    mark = tagged_sm3(data)
    path = path_of(mark)
    if path.exists():
        return mark
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
    return mark


def path_of(mark: str) -> Path:
    """The file of a tagged hash."""
    digest = mark.partition(":")[2]
    return folder() / digest[:2] / digest


def media_type_of(data: bytes) -> str:
    """What the bytes are, of what may be handed in; empty where they are something else."""
    return next((kind for start, kind in MAGIC if data.startswith(start)), "")


def check_uploads(uploads: Sequence[Upload]) -> None:
    """Errors: Refused for too many, too large, empty or other files than pictures and PDF."""
    if len(uploads) > FILES_MOST:
        raise Refused(f"一次最多附 {FILES_MOST} 个文件，请少选几个。", "files")
    for one in uploads:
        if not one.data:
            raise Refused(f"附件“{one.name[:40]}”是空的，请重新选。", "files")
        if len(one.data) > BYTES_MOST:
            raise Refused(f"附件“{one.name[:40]}”超过 {BYTES_MOST // 1024 // 1024} MB，请压缩后再附。", "files")
        if not media_type_of(one.data):
            raise Refused(f"{KINDS_SAID}，“{one.name[:40]}”不是。请截图或转成 PDF 后再附。", "files")


def check_picture(one: Upload) -> None:
    """Errors: Refused for an empty or too large file, or one that is no PNG or JPEG."""
    if not one.data:
        raise Refused("图片是空的，请重新选。", "picture")
    if len(one.data) > BYTES_MOST:
        raise Refused(f"图片超过 {BYTES_MOST // 1024 // 1024} MB，请压缩或裁剪后再附。", "picture")
    if not media_type_of(one.data).startswith("image/"):
        raise Refused("只收 PNG、JPG 图片。请截图后再附。", "picture")


def name_of(one: Upload) -> str:
    """The name without folders and odd characters, with the ending of what it is."""
    stem = one.name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or "附件"
    plain = "".join(char for char in stem if char.isprintable() and char not in '<>:"/|?*').strip(". ") or "附件"
    return plain[: NAME_MOST - 5] + ENDINGS[media_type_of(one.data)]


def kept(one: Upload) -> dict[str, str | int]:
    """Store a file that was checked, and give what its row says of it: name, media_type, size, sm3."""
    return {
        "name": name_of(one),
        "media_type": media_type_of(one.data),
        "size": len(one.data),
        "sm3": keep(one.data),
    }
