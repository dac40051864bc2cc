"""The bulletin of the demonstration's closed round: written, approved by another, published, letters sent."""

from datetime import datetime, timedelta

from govmedia.bulletins import services
from govmedia.bulletins.models import Bulletin
from govmedia.common.clock import day_of
from govmedia.common.holidays import calendar
from govmedia.orgs.models import User
from govmedia.rounds.models import Round

# No body of this name exists, and no document of this number: what is downloaded is known for what it is.
_ISSUER = "演示省政务新媒体监管办公室"
_DUE_DAYS = 8


def tell_of(held: Round, *, by: User, approver: User, at: datetime) -> Bulletin:
    """All by the services, in the order of time."""
    row = services.start(round_id=held.pk, by=by, now=at)
    later = at + timedelta(days=1)
    values = {name: getattr(row, name) for name in services.FIELDS} | {
        "title": f"关于{held.name}情况的通报（演示）",
        "issuer": _ISSUER,
        "number": f"演示〔{later.year}〕1号",
        "remark": "演示数据，非真实检查结果",
        "signed_on": day_of(later),
        "due_on": calendar().deadline(day_of(later), _DUE_DAYS).on,
    }
    services.save(bulletin_id=row.pk, revision=row.revision, values=values, by=by, now=at)
    services.move(bulletin_id=row.pk, name="submit", by=by, now=at + timedelta(minutes=30))
    services.move(bulletin_id=row.pk, name="approve", by=approver, now=later)
    made = services.move(bulletin_id=row.pk, name="publish", by=by, now=later + timedelta(minutes=5))
    if made.published_file and '"failing":[{' in made.published_file:
        services.send_letters(bulletin_id=row.pk, by=by, now=later + timedelta(minutes=20))
    return made
