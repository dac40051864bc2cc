"""Reports of the public: counted by the hour, joined to what is known of the same account, without a log-in."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from govmedia.accounts.queries import like, named_exactly
from govmedia.audit.services import Deed, record
from govmedia.common.exhibits import Upload, check_picture, keep, media_type_of
from govmedia.common.refusals import Refused
from govmedia.common.typed import lines, one_line
from govmedia.engine.likeness import normalise
from govmedia.engine.links import link_in, plain_link
from govmedia.engine.platforms import PLATFORMS
from govmedia.impostors.models import LINK_MAX, NAME_MAX, SAID_MAX, Impostor, Report
from govmedia.impostors.queries import home_division, of_same
from govmedia.impostors.questions import name_in
from govmedia.orgs.models import Division

# Of one address and of all in an hour: a person who is cheated reports once, a machine that floods is stopped.
BY_ONE, BY_ALL = 5, 300
HOUR = timedelta(hours=1)
KEPT_MOST = 200


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody reports: the account's name, its platform's code, its link, and what happened."""

    name: str
    platform: str
    link: str
    what: str


def client_of(address: str, now: datetime) -> str:
    """An address as it is counted: it cannot be read back, and the next hour's is another one."""
    hour = int(now.timestamp()) // 3600
    return hmac.new(settings.SECRET_KEY.encode(), f"impostors.{hour}.{address}".encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def report(*, told: Told, picture: Upload | None, client: str, now: datetime) -> Impostor:
    """Take a report in. Errors: Refused with its field, also where too many come."""
    name, link = as_kept(told)
    what = lines(told.what)
    check(name, told.platform, link, what)
    if picture is not None:
        check_picture(picture)
    lately = Report.objects.filter(at__gt=now - HOUR)
    if lately.filter(client=client).count() >= BY_ONE:
        raise Refused(f"一小时内最多举报 {BY_ONE} 次。请稍后再来，填写的内容还在本页上。", "what")
    if lately.count() >= BY_ALL:
        raise Refused("现在举报的人太多，请一小时后再来。", "what")
    row = of_same(name, told.platform, link) or found(name=name, platform=told.platform, link=link, now=now)
    if row.reports.count() < KEPT_MOST:
        Report.objects.create(
            impostor=row,
            what=what[:SAID_MAX],
            link=link,
            client=client,
            at=now,
            picture_sm3=keep(picture.data) if picture else "",
            picture_type=media_type_of(picture.data) if picture else "",
        )
    record(Deed("impostor.report", f"impostor:{row.pk}", row.name, division=row.division_id), by=None, now=now)
    return row


def as_kept(told: Told) -> tuple[str, str]:
    """The name and the link of what is told, without what apps copy around them."""
    name, link = name_in(one_line(told.name, NAME_MAX + 1)), one_line(told.link, LINK_MAX + 1)
    return name, link_in(link) or link


def found(*, name: str, platform: str, link: str, now: datetime, source: str = Impostor.Source.PUBLIC) -> Impostor:
    """A new row, with whom it imitates by the likeness of names. Errors: Refused where there is no registry yet."""
    alike = like(name, limit=1)
    twin = named_exactly(name).first()
    imitated = twin or (alike[0].account if alike else None)
    division = imitated.division_id if imitated else home_division()
    if not division or not Division.objects.filter(pk=division).exists():
        raise Refused("本平台还没有建立名录，暂时不能受理举报。")
    same = ["名称与它完全相同"] if twin else []
    return Impostor.objects.create(
        name=name,
        platform=platform,
        link=link,
        plain_name=normalise(name)[:NAME_MAX],
        plain_link=plain_link(link),
        imitates=imitated,
        likeness=1.0 if twin else alike[0].likeness.score if alike else None,
        reasons=same or (list(alike[0].likeness.reasons) if alike else []),
        division_id=division,
        source=source,
        found_at=now,
    )


def check(name: str, platform: str, link: str, what: str) -> None:
    if not normalise(name):
        raise Refused("请填写可疑账号的名称。", "name")
    if len(name) > NAME_MAX:
        raise Refused(f"名称最多 {NAME_MAX} 个字。", "name")
    if platform and platform not in PLATFORMS:
        raise Refused("请从列表里选平台。", "platform")
    if len(link) > LINK_MAX:
        raise Refused(f"链接最多 {LINK_MAX} 个字符。", "link")
    if link and not plain_link(link):
        raise Refused("链接应是网页地址，如 https://weibo.com/…；没有可以不填。", "link")
    if not what:
        raise Refused("请写明发生了什么，例如它怎样冒充、有没有要钱。", "what")
    if len(what) > SAID_MAX:
        raise Refused(f"最多写 {SAID_MAX} 个字。", "what")
