"""Reading and proving the audit log."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from govmedia.audit.models import Entry, Head
from govmedia.audit.services import entry_hash, told


def entries() -> QuerySet[Entry]:
    """All entries, newest first."""
    return Entry.objects.order_by("-seq")


def entries_of(subject: str) -> QuerySet[Entry]:
    """What happened to one object, newest first."""
    return entries().filter(subject=subject)


def first_break() -> tuple[int, str] | None:
    """The first entry that does not fit the chain, as (seq, Chinese reason), or None where it is intact."""
    expected_seq, previous = 0, ""
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        expected_seq += 1
        if entry.seq != expected_seq:
            return expected_seq, f"第 {expected_seq} 条缺失，下一条是第 {entry.seq} 条"
        if entry.prev_hash != previous:
            return entry.seq, f"第 {entry.seq} 条与上一条的哈希接不上"
        if entry_hash(entry) != entry.hash:
            return entry.seq, f"第 {entry.seq} 条的内容与其哈希不符，可能被改动过"
        previous = entry.hash
    head = Head.objects.filter(pk=1).first()
    if head is None and expected_seq:
        return expected_seq + 1, "日志末尾的标记不见了，后面可能还有被删去的条目"
    if head and (head.seq != expected_seq or head.hash != previous):
        return expected_seq + 1, f"日志应有 {head.seq} 条，只找到 {expected_seq} 条，末尾可能被删去"
    return None


def export() -> Iterator[dict[str, Any]]:
    """Every entry in order, as plain values."""
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        yield {**told(entry), "prev_hash": entry.prev_hash, "hash": entry.hash}
