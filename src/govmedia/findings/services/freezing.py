"""Evidence frozen at sight: what a fault was seen in, kept with its hash and time before anybody can change it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from govmedia.audit.services import Deed, record
from govmedia.common.exhibits import keep
from govmedia.connectors.guard import Guard
from govmedia.engine.links import is_web
from govmedia.findings.capturing import Camera, Captured, Order, headers_of
from govmedia.findings.models import NOTE_MAX, Exhibit, Finding
from govmedia.findings.states import OPEN
from govmedia.posts.models import Interface, Post

# What was seen longer ago is not what it was any more.
FRESH = timedelta(days=3)
# A capture is lost with its process; another may try after this.
AGAIN = timedelta(minutes=5)
TEXTS_MOST = 10
# Findings that have no address at all are done with at once, so many in one go.
AT_ONCE = 50
NO_ADDRESS = "没有网址可以留存。"
_CAMERA = Camera()


def freeze(*, now: datetime, camera: Camera = _CAMERA) -> int:
    """Store what the camera brought, and give it the next finding; returns how many were stored. Never waits."""
    done = camera.results()
    for one in done:
        _store(one, now)
    for _ in range(AT_ONCE):
        finding = None if camera.busy else _next(now)
        if finding is None:
            break
        order = _order(finding, now)
        if order.fetched or order.shown:
            camera.start(order, Guard(settings.FETCH_ALLOW))
        else:
            _store(Captured(order, notes=[NO_ADDRESS]), now)
    return len(done)


def _next(now: datetime) -> Finding | None:
    """The latest finding whose evidence is not frozen, taken so that no other worker takes it too."""
    waiting = Finding.objects.filter(frozen_at__isnull=True, state__in=OPEN, raised_at__gte=now - FRESH)
    waiting = waiting.exclude(state="raised", needs_human=False)
    waiting = waiting.filter(Q(freeze_tried_at__isnull=True) | Q(freeze_tried_at__lt=now - AGAIN))
    finding = waiting.select_related("account").order_by("-raised_at", "-pk").first()
    if finding is None:
        return None
    taken = Finding.objects.filter(pk=finding.pk, freeze_tried_at=finding.freeze_tried_at).update(freeze_tried_at=now)
    return finding if taken else _next(now)


def _order(finding: Finding, now: datetime) -> Order:
    """What shows this fault: the post or link it names, else what the interface answers and the account's own page.

    The words of the posts are kept at once.
    """
    links = [str(proof["ref"]) for proof in finding.evidence if proof["kind"] == "link" and proof["ref"]]
    if links:
        return Order(finding.pk, fetched=links[0], shown=links[0])
    posts = list(_posts(finding))
    _keep_texts(finding, posts, now)
    addresses = [post.url for post in posts if post.url]
    if addresses:
        return Order(finding.pk, fetched=addresses[0], shown=addresses[0])
    if finding.source != Finding.Source.MACHINE:
        return Order(finding.pk, shown=_page(finding))
    handle = Interface.objects.filter(account=finding.account_id).values_list("handle", flat=True).first() or ""
    return Order(finding.pk, fetched=handle if _is_web(handle) else "", shown=_page(finding), feed=True)


def _page(finding: Finding) -> str:
    return finding.account.url if _is_web(finding.account.url) else ""


def _is_web(address: str) -> bool:
    return is_web(address)


def _posts(finding: Finding) -> Iterable[Post]:
    """The posts that the evidence names, in its order, each once."""
    keys = [part for proof in finding.evidence if proof["kind"] == "post" for part in _key(str(proof["ref"]))]
    wanted = list(dict.fromkeys(keys))[:TEXTS_MOST]
    rows = Post.objects.in_bulk(wanted)
    return [rows[key] for key in wanted if key in rows and rows[key].account_id == finding.account_id]


def _key(ref: str) -> list[int]:
    digits = ref.split(":")[1] if ref.startswith("post:") and ref.count(":") else ref
    return [int(digits)] if digits.isascii() and digits.isdigit() and len(digits) < 19 else []


@transaction.atomic
def _keep_texts(finding: Finding, posts: Iterable[Post], now: datetime) -> None:
    if Exhibit.objects.filter(finding=finding, kind=Exhibit.Kind.TEXT).exists():
        return
    for post in posts:
        data = f"{post.title}\n\n{post.text}".encode()
        detail = {"post": post.pk, "version": post.version, "post_sm3": post.sm3, "url": post.url[:500]}
        _add(
            finding,
            Exhibit.Kind.TEXT,
            f"{post.title[:60] or '内容'}.txt",
            "text/plain; charset=utf-8",
            data,
            now,
            detail,
        )


@transaction.atomic
def _store(done: Captured, now: datetime) -> None:
    finding = Finding.objects.select_for_update(of=("self",)).select_related("account").get(pk=done.order.finding_id)
    if finding.frozen_at is not None:
        return
    if done.reply is not None:
        reply = done.reply
        detail = {
            "url": reply.final_url[:500],
            "status": reply.status,
            "address": reply.address,
            "headers": headers_of(reply),
        }
        kind, name = (Exhibit.Kind.FEED, "接口返回.xml") if done.order.feed else (Exhibit.Kind.PAGE, "网页.html")
        media_type = (
            reply.headers.get("Content-Type", "").partition(";")[0].strip()[:60] or "application/octet-stream"
        )
        _add(finding, kind, name, media_type, reply.body, now, detail)
    if done.shot is not None:
        shot = done.shot
        ending = ".png" if shot.media_type == "image/png" else ".jpg"
        detail = {"url": shot.url[:500], "loaded": shot.loaded, "cut": shot.cut, "refused": list(shot.refused)}
        _add(finding, Exhibit.Kind.SCREENSHOT, f"截图{ending}", shot.media_type, shot.data, now, detail)
    finding.frozen_at, finding.frozen_note = now, "".join(done.notes)[:NOTE_MAX]
    finding.save(update_fields=["frozen_at", "frozen_note"])
    kept = {str(row.pk): row.sm3 for row in finding.exhibits.exclude(kind=Exhibit.Kind.UPLOAD).order_by("pk")}
    account = finding.account
    label = f"{account.name}：{finding.code} {finding.title}"
    after = {**kept, "count": len(kept)}
    record(
        Deed("finding.freeze", f"finding:{finding.pk}", label, {}, after, finding.frozen_note, account.division_id),
        by=None,
        now=now,
    )


def _add(
    finding: Finding, kind: str, name: str, media_type: str, data: bytes, now: datetime, detail: dict[str, Any]
) -> None:
    Exhibit.objects.create(
        finding=finding, kind=kind, name=name, media_type=media_type, size=len(data), sm3=keep(data), at=now,
        detail=detail,
    )  # fmt: skip
