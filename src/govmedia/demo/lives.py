"""Findings that are under way: one reported as put right, one appealed, one entered from a citizen's call."""

from collections.abc import Callable
from datetime import datetime, timedelta

from govmedia.accounts.models import Account, Health, Status
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
    """Move some findings on, in the order of time; returns how many."""
    clerk = User.objects.get(login="gulou_clerk")
    supervisor = User.objects.get(login="gulou_sup")
    open_ones = Account.objects.filter(division=supervisor.division_id, status=Status.OPEN).order_by("pk")
    # One that has something to put right anyhow: the clerk is to keep an account that is well.
    own = open_ones.filter(organisation=clerk.organisation_id, health=Health.FAULTY).first()
    other = open_ones.exclude(organisation=clerk.organisation_id).first()
    called = [
        finding
        for account in (own, other)
        if account is not None
        for finding in raise_notices(accounts=[account], report=CALLED, by=supervisor, now=now - timedelta(minutes=9))
    ]
    if own is not None:
        claim(finding_id=called[0].pk, note=CLAIMED, by=clerk, now=now - timedelta(minutes=5))
    inspected = Finding.objects.filter(account__organisation=clerk.organisation_id, source=Finding.Source.INSPECTOR)
    disputed = inspected.filter(code="Y08", state="notified").order_by("pk").first()
    if disputed is not None:
        appeal(finding_id=disputed.pk, reason=APPEALED, by=clerk, now=now - timedelta(minutes=4))
    progress(f"整改与申诉 {len(called) + bool(disputed)} 件 …")
    return len(called) + bool(disputed)
