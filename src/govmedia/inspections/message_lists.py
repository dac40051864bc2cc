"""The lists of messages, of who carried one, and of an account's posts by whose they are."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from govmedia.common.clock import now
from govmedia.common.listing import Column, Filter, Listing
from govmedia.engine.platforms import platform_label
from govmedia.inspections.models import Message, Origin
from govmedia.orgs.queries import division_choices
from govmedia.orgs.rights import subtree

DAYS = 90
_PERIODS = (("7", "最近 7 天"), ("30", "最近 30 天"), ("90", "最近 90 天"))
_USES = (
    (Origin.Kind.CARRIED, "原样转载"),
    (Origin.Kind.OWN, "加了自己的内容"),
    (Origin.Kind.AGAIN, "首发单位自己的"),
)
_LEAST = (("3", "3 个账号以上"), ("10", "10 个账号以上"), ("50", "50 个账号以上"))


def delay(said_at: datetime, first_at: datetime) -> str:
    """How much later than the first one, in the largest two units."""
    minutes = max(0, int((said_at - first_at).total_seconds()) // 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        return f"{days} 天 {hours} 小时" if hours else f"{days} 天"
    if hours:
        return f"{hours} 小时 {minutes % 60} 分" if minutes % 60 else f"{hours} 小时"
    return f"{minutes} 分" if minutes else "同时"


def _cell(name: str) -> str:
    return f"inspections/cells/{name}.html"


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.0%}" if whole else ""


def _first_of(prefix: str, rows: QuerySet[Message], value: str) -> QuerySet[Message]:
    first, after = subtree(value)
    return rows.filter(**{f"{prefix}__gte": first, f"{prefix}__lt": after})


def _messages(rows: QuerySet[Message], value: str) -> QuerySet[Message]:
    return rows.filter(Q(first__title__contains=value) | Q(first__account__name__contains=value))


def _since(rows: QuerySet[Message], value: str) -> QuerySet[Message]:
    return rows.filter(first_at__gte=now() - timedelta(days=int(value)))


def _parts(rows: QuerySet[Origin], value: str) -> QuerySet[Origin]:
    return rows.filter(Q(account__name__contains=value) | Q(account__organisation__name__contains=value))


def _posts(rows: QuerySet[Origin], value: str) -> QuerySet[Origin]:
    return rows.filter(Q(post__title__contains=value) | Q(message__first__account__name__contains=value))


def _used(row: Origin) -> str:
    return dict(_USES).get(row.kind, "")


def _kinds(request: HttpRequest) -> list[tuple[str, str]]:
    return list(Origin.Kind.choices)


_DIVISION = Filter(
    "division",
    "地区",
    lambda request: division_choices(request.user),
    lambda rows, value: _first_of("first__account__division", rows, value),
)

MESSAGES = Listing(
    columns=(
        Column("message", "消息", value=str, cell=_cell("message")),
        Column("source", "首发", value=lambda row: row.first.account.name, cell=_cell("source")),
        Column("first", "首发时间", ("first_at",), lambda row: row.first_at, _cell("first_at")),
        Column("carriers", "转载账号", ("carriers",), lambda row: row.carriers, numeric=True),
        Column(
            "reached",
            "下级账号覆盖",
            ("below",),
            lambda row: _share(row.below, row.subordinates),
            cell=_cell("reached"),
        ),
        Column("last", "最近转载", ("last_at",), lambda row: row.last_at, _cell("last_at"), hide_small=True),
    ),
    filters=(
        Filter("q", "标题或首发账号", None, _messages),
        Filter("period", "首发时间", lambda request: _PERIODS, _since),
        Filter("least", "转载", lambda request: _LEAST, lambda rows, value: rows.filter(carriers__gte=int(value))),
        _DIVISION,
    ),
    default_sort="-carriers",
)

PARTS = Listing(
    columns=(
        Column("account", "账号", ("account__name",), lambda row: row.account.name, _cell("account")),
        Column("platform", "平台", value=lambda row: platform_label(row.account.platform), hide_small=True),
        Column(
            "division", "地区", ("account__division",), lambda row: row.account.division.full_name, hide_small=True
        ),
        Column("title", "标题", value=lambda row: row.post.title, cell=_cell("part_title")),
        Column("kind", "怎样用的", ("kind",), _used, _cell("part_kind")),
        Column("covers", "用了多少", ("covers",), lambda row: _share(row.covers, 1), numeric=True),
        Column("said", "发布时间", ("said_at",), lambda row: row.said_at, _cell("said_at"), hide_small=True),
        Column("delay", "晚了", value=lambda row: delay(row.said_at, row.message.first_at)),
    ),
    filters=(
        Filter("q", "账号或单位", None, _parts),
        Filter("kind", "怎样用的", lambda request: _USES, lambda rows, value: rows.filter(kind=value)),
        Filter(
            "division",
            "地区",
            lambda request: division_choices(request.user),
            lambda rows, value: _first_of("account__division", rows, value),
        ),
    ),
    default_sort="said",
)

ORIGINS = Listing(
    columns=(
        Column("title", "标题", value=lambda row: row.post.title, cell=_cell("own_title")),
        Column("kind", "原创还是转载", ("kind",), lambda row: row.get_kind_display(), _cell("kind")),
        Column(
            "source",
            "首发账号",
            value=lambda row: row.message.first.account.name if row.message else "",
            cell=_cell("own_source"),
        ),
        Column("share", "与首发相同", ("share",), lambda row: _share(row.share, 1), numeric=True),
        Column("on", "计入日期", ("counts_on",), lambda row: row.counts_on),
        Column("said", "发布时间", ("said_at",), lambda row: row.said_at, _cell("said_at"), hide_small=True),
    ),
    filters=(
        Filter("q", "标题或首发账号", None, _posts),
        Filter("kind", "原创还是转载", _kinds, lambda rows, value: rows.filter(kind=value)),
    ),
    default_sort="-on",
)
