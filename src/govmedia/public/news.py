"""What happened lately that anybody may want to know: the sources of the public feed."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from govmedia.accounts.models import Account, Status
from govmedia.bulletins import queries as bulletins
from govmedia.common.clock import SHANGHAI
from govmedia.common.templatetags.govmedia import day
from govmedia.engine.platforms import platform_label
from govmedia.impostors import queries as impostors
from govmedia.public.atom import Entry

IN_FEED = 50
# A path to an address with scheme and host.
Absolute = Callable[[str], str]
Source = Callable[[Absolute], Iterable[Entry]]


def entries(absolute: Absolute) -> list[Entry]:
    """The latest of all sources together."""
    found = [one for source in SOURCES for one in source(absolute)]
    return sorted(found, key=lambda one: one.updated, reverse=True)[:IN_FEED]


def opened(absolute: Absolute) -> Iterator[Entry]:
    rows = Account.objects.filter(filed_on__isnull=False).select_related("organisation")
    for row in rows.order_by("-filed_on", "-pk")[:IN_FEED]:
        title = f"完成备案：{row.name}（{platform_label(row.platform)}）"
        yield _of_account(absolute, row, title, row.filed_on, f"主办单位：{row.organisation.name}", "opened")


def closed(absolute: Absolute) -> Iterator[Entry]:
    rows = Account.objects.filter(status=Status.CLOSED).select_related("organisation", "successor")
    for row in rows.order_by("-closed_on", "-pk")[:IN_FEED]:
        heir = row.successor
        then = f"今后请关注“{heir.name}”（{platform_label(heir.platform)}）。" if heir else ""
        title = f"已注销：{row.name}（{platform_label(row.platform)}）"
        text = f"{then}仍以这个名称活动的账号不是政务账号。"
        yield _of_account(absolute, row, title, row.closed_on, text, "closed")


def published(absolute: Absolute) -> Iterator[Entry]:
    """Bulletins; a withdrawn one comes again, saying so."""
    for row in bulletins.public_bulletins()[:IN_FEED]:
        yield of_bulletin(absolute, row)


def unmasked(absolute: Absolute) -> Iterator[Entry]:
    """Known impostors; one whose decision was withdrawn comes again, saying so."""
    told_at = Greatest("approved_at", Coalesce("ended_at", "approved_at"))
    latest = impostors.published().order_by(told_at.desc(), "-pk")
    for row in latest[:IN_FEED]:
        where = f"（{platform_label(row.platform)}）" if row.platform else ""
        gone = row.state == "withdrawn"
        real = f"真的账号是“{row.imitates.name}”（{platform_label(row.imitates.platform)}）。" if row.imitates else ""
        yield Entry(
            title=f"撤销认定，不是冒用账号：{row.name}{where}" if gone else f"认定冒用：{row.name}{where}",
            url=f"{absolute(reverse('public:impostors'))}#i{row.pk}",
            published=row.approved_at,
            updated=row.ended_at if gone else row.approved_at,
            author=row.division.name,
            summary=f"{day(row.ended_at)} 撤销：{row.end_reason}" if gone else f"{row.said} {real}".strip(),
        )


SOURCES: tuple[Source, ...] = (opened, closed, published, unmasked)


def of_bulletin(absolute: Absolute, row: Any) -> Entry:
    gone = row.state == "withdrawn"
    return Entry(
        title=f"已撤下：{row.title}" if gone else row.title,
        url=absolute(bulletins.page_of(row.pk)),
        published=row.published_at,
        updated=max(at for at in (row.published_at, row.withdrawn_at) if at),
        author=row.issuer,
        summary=f"{day(row.withdrawn_at)} 撤下：{row.withdrawn_why}" if gone else f"{row.number}，{row.round.name}",
    )


def _of_account(absolute: Absolute, row: Account, title: str, on: date, summary: str, mark: str) -> Entry:
    at = datetime.combine(on, time.min, SHANGHAI)
    url = absolute(reverse("public:account", args=[row.code]))
    return Entry(title, url, at, at, row.organisation.name, summary, f"{mark}-{on.isoformat()}")
