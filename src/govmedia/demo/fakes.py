"""Impostors of the demonstration: one known, one that waits for a second person, two just reported. All invented."""

from datetime import datetime, timedelta

from govmedia.accounts.models import Account, Status
from govmedia.impostors import services
from govmedia.impostors.services import Told
from govmedia.orgs.models import Role, User

# What is put to a real account's name, the platform, and what was told.
_TOLD = (
    ("官方客服", "douyin", "在评论区留微信，说可以代办医保报销，要先交 300 元。"),
    ("直播间", "kuaishou", "用我们的头像直播卖保健品。"),
    ("服务号", "wechat_mp", "发来链接让填银行卡号。"),
    ("推荐官", "xiaohongshu", "自称是政府推荐官，私信拉人进群。"),
)


def report_fakes(*, now: datetime) -> None:
    """Four suspects that imitate accounts of the registry, in every state that the desk has to do with."""
    live = Account.objects.filter(status=Status.OPEN, division__level__in=("city", "county"))
    real = list({row.name: row for row in live.order_by("-pk")}.values())[-len(_TOLD) :]
    supervisors = User.objects.filter(role=Role.SUPERVISOR)
    province = supervisors.filter(division__level="province").order_by("pk").first()
    if len(real) < len(_TOLD) or province is None:
        return
    rows = []
    for number, ((word, platform, what), account) in enumerate(zip(_TOLD, real, strict=True)):
        told = Told(f"{account.name}{word}", platform, f"https://fake.example.invalid/{number + 1}", what)
        at = now - timedelta(days=6 - number)
        rows.append(services.report(told=told, picture=None, client=f"demo{number}", now=at))
    for row in rows[:2]:
        services.propose(
            impostor_id=row.pk,
            said="冒用名称和头像，诱导付款。" if row is rows[0] else "冒用名称直播带货。",
            imitates=row.imitates.code if row.imitates else "",
            by=province,
            now=now - timedelta(days=2),
        )
    second = supervisors.filter(division__level="province").exclude(pk=province.pk).order_by("pk").first()
    if second is not None:
        services.approve(impostor_id=rows[0].pk, by=second, now=now - timedelta(days=1))
