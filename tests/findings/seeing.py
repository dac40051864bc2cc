"""What the machine and inspectors see of an account, as findings are made from it."""

from dataclasses import replace
from datetime import date

from govmedia.engine.types import Evidence, Hit
from govmedia.findings.queries import edition
from govmedia.findings.services import Inspected, apply_hits_many, apply_inspection
from govmedia.findings.services.keeping import judged_of

PNG = b"\x89PNG\r\n\x1a\n picture"


def silence(**values) -> Hit:
    values.setdefault("on", date(2026, 11, 20))
    return Hit("R05", "已连续 16 天无更新", evidence=(Evidence("gap", "最后一次发布是 11-07"),), **values)


def slow(*days: date) -> list[Hit]:
    return [Hit("Y02", f"{day} 前相隔 9 天", on=day) for day in days]


def judge(account, *hits, now, looked_at=None, name="jiangsu-2019"):
    """What the machine sees of one account, at a look."""
    one = replace(judged_of(account), hits=tuple(hits), looked_at=looked_at)
    return apply_hits_many(judged=[one], edition=edition(name), versions={}, now=now)


def inspect(account, *, by, now, found=True, code="Y05"):
    """What an inspector found, or no longer finds, of one indicator."""
    hits = (Hit(code, "菜单打不开", evidence=(Evidence("answer", "看到"),)),) if found else ()
    inspected = Inspected(hits=hits, clean=frozenset() if found else frozenset({code}))
    apply_inspection(
        account=account, inspected=inspected, edition=edition("jiangsu-2019"), versions={}, by=by, now=now
    )
