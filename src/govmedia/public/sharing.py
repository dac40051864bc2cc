"""What of an account is shown elsewhere: where its page is shared, and on its organisation's own website."""

from html import escape
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from govmedia.accounts.models import Account, Status
from govmedia.engine.platforms import platform_label
from govmedia.public import badge, qr


def of_account(request: HttpRequest, row: Account) -> dict[str, str]:
    """`title`, `text` and `image`, the image being its QR code, so that what is shared can be scanned too."""
    closed = row.status == Status.CLOSED
    state = "已注销" if closed else f"由{row.organisation.name}主办，已备案"
    shared = {"title": f"{row.name}（{platform_label(row.platform)}）", "text": f"政务新媒体账号，{state}。"}
    if qr.content_of(row) and not closed:
        shared["image"] = request.build_absolute_uri(reverse("public:qr-png", args=[row.code]))
    return shared


def badge_of(request: HttpRequest, row: Account) -> dict[str, Any]:
    """The badge's address and the lines that put it on a website; empty for a closed account."""
    if row.status == Status.CLOSED:
        return {}
    page = request.build_absolute_uri(reverse("public:account", args=[row.code]))
    picture = reverse("public:badge", args=[row.code])
    shown, name = request.build_absolute_uri(picture), escape(row.name)
    image = f'<img src="{escape(shown)}" alt="{name}：政务新媒体备案状态" height="{badge.HEIGHT}">'
    return {"url": picture, "html": f'<a href="{escape(page)}">{image}</a>', "height": badge.HEIGHT}
