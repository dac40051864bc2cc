"""Findings that are under way: one reported as put right, one appealed, one entered from a citizen's call."""

from collections.abc import Callable
from datetime import datetime, timedelta

from govmedia.accounts.models import Account, Status
from govmedia.findings.models import Finding
from govmedia.findings.services import Report, appeal, claim, raise_notices
from govmedia.orgs.models import User

CLAIMED = "已修好菜单，三个栏目都能打开，今天上午逐个点开核对过。"
APPEALED = "这一篇标题下方注明了“来源：江苏卫生健康”，可能是截图时没有截到，请复核。"
CALLED = Report(
    code="Y05",
    what="群众来电反映，预约挂号的入口点开后一直空白。",
    origin="citizen",
    document="12345 热线工单",
    evidence="来电人称 11 月以来试了三次，都打不开。",
)


def play(*, now: datetime, progress: Callable[[str], None]) -> int:
    """Move some findings of the inspector's on, in the order of time; returns how many."""
    clerk = User.objects.get(login="gulou_clerk")
    supervisor = User.objects.get(login="gulou_sup")
    own = Finding.objects.filter(account__organisation=clerk.organisation_id, source=Finding.Source.INSPECTOR)
    moved = 0
    for code in ("Y05", "Y08"):
        finding = own.filter(code=code, state="notified").order_by("pk").first()
        if finding is None:
            continue
        if code == "Y05":
            claim(finding_id=finding.pk, note=CLAIMED, by=clerk, now=now - timedelta(minutes=5))
        else:
            appeal(finding_id=finding.pk, reason=APPEALED, by=clerk, now=now - timedelta(minutes=4))
        moved += 1
    others = Account.objects.filter(division=supervisor.division_id, status=Status.OPEN)
    account = others.exclude(organisation=clerk.organisation_id).order_by("pk").first()
    if account is not None:
        raise_notices(accounts=[account], report=CALLED, by=supervisor, now=now - timedelta(minutes=3))
        moved += 1
    progress(f"整改与申诉 {moved} 件 …")
    return moved
