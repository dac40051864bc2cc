"""The desk's lists as declarations: accounts, an account's posts, the audit log."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from govmedia.accounts.models import LIVE, Account, Cause, Health, Status
from govmedia.accounts.queries import matching
from govmedia.common.listing import Column, Filter, Listing
from govmedia.common.templatetags.govmedia import day, moment
from govmedia.desk.words import DEEDS, changes, deed_words, role_words
from govmedia.engine.platforms import FIELDS, PLATFORMS, field_label, platform_label
from govmedia.orgs.models import Level, Organisation
from govmedia.posts.models import Post

_HEALTH_WORDS = (
    ("healthy", "健康"),
    ("faulty", "有问题（全部）"),
    ("veto", "有问题（红线）"),
    ("deduct", "有问题（仅扣分）"),
    ("not_seen", "未见"),
)


def _platforms(request: HttpRequest) -> list[tuple[str, str]]:
    return [(code, row.label) for code, row in PLATFORMS.items()]


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [(code, row.label) for code, row in FIELDS.items()]


def _by_organisation(rows: QuerySet[Account], text: str) -> QuerySet[Account]:
    found = Organisation.objects.filter(
        Q(code=text.upper()) | Q(name__icontains=text) | Q(short_name__icontains=text)
    ).order_by()
    return rows.filter(organisation__in=found.values("pk"))


def _by_status(rows: QuerySet[Account], value: str) -> QuerySet[Account]:
    return rows.filter(status__in=LIVE) if value == "live" else rows.filter(status=value)


def _by_health(rows: QuerySet[Account], value: str) -> QuerySet[Account]:
    if value in {"veto", "deduct"}:
        return rows.filter(health=Health.FAULTY, veto_open=value == "veto")
    return rows.filter(health=value)


_NAME = Column("name", "账号", ("name_order",), cell="desk/_account_name.html")
_PLATFORM = Column(
    "platform", "平台", ("platform",), lambda row: platform_label(row.platform), "desk/_account_platform.html"
)
_ORGANISATION = Column(
    "organisation",
    "主办单位",
    ("organisation__name_order",),
    lambda row: row.organisation.name,
    "desk/_account_organisation.html",
)
_HEALTH = Column("health", "健康", (), lambda row: row.get_health_display(), cell="desk/_account_health.html")
_LAST_POST = Column(
    "last_post", "最近发布", ("last_post_at",), lambda row: moment(row.last_post_at), "desk/_account_last_post.html"
)
_LAST_SEEN = Column(
    "last_seen",
    "最近看到",
    ("last_seen_at",),
    lambda row: moment(row.last_seen_at),
    "desk/_account_last_seen.html",
    hide_small=True,
)
_OPENED = Column("opened", "开设", ("opened_on",), lambda row: day(row.opened_on), hide_small=True)
_ACCOUNT_FILTERS = (
    Filter(
        "q",
        "账号名称、单位、拼音或编号",
        None,
        lambda rows, value: rows.filter(pk__in=matching(value).values("account_id")),
    ),
    Filter("platform", "平台", _platforms, lambda rows, value: rows.filter(platform=value)),
    Filter("level", "层级", lambda request: Level.choices, lambda rows, value: rows.filter(level=value)),
    Filter("health", "健康", lambda request: _HEALTH_WORDS, _by_health),
    Filter(
        "cause",
        "未见原因",
        lambda request: [choice for choice in Cause.choices if choice[0]],
        lambda rows, value: rows.filter(health=Health.NOT_SEEN, health_cause=value),
    ),
    Filter("status", "状态", lambda request: [("live", "在用（不含已注销）"), *Status.choices], _by_status),
    Filter(
        "field",
        "领域",
        _fields,
        lambda rows, value: rows.filter(field__in=(value, FIELDS[value].label)),
    ),
    Filter("organisation", "主办单位名称或代码", None, _by_organisation),
)

ACCOUNTS = Listing(
    columns=(_NAME, _PLATFORM, _ORGANISATION, _HEALTH, _LAST_POST, _LAST_SEEN, _OPENED),
    filters=_ACCOUNT_FILTERS,
    default_sort="name",
)
# What stands small under another value on the page has a column of its own in the file.
ACCOUNTS_FILE = Listing(
    columns=(
        Column("code", "编号"),
        _NAME,
        _PLATFORM,
        _ORGANISATION,
        Column("organisation_code", "统一社会信用代码", (), lambda row: row.organisation.code),
        Column("division", "行政区划", (), lambda row: row.division_id),
        Column("level", "层级", (), lambda row: row.get_level_display()),
        Column("field", "领域", (), lambda row: field_label(row.field)),
        Column("status", "状态", (), lambda row: row.get_status_display()),
        _HEALTH,
        Column("health_text", "说明", (), lambda row: row.health_text or row.get_health_cause_display()),
        _LAST_POST,
        _LAST_SEEN,
        _OPENED,
        Column("filed", "备案日期", (), lambda row: day(row.filed_on)),
        Column("url", "链接"),
    ),
    filters=_ACCOUNT_FILTERS,
    default_sort="name",
)

POSTS = Listing(
    columns=(
        Column("title", "标题", ("title",), lambda row: row.title or row.text[:60], cell="desk/_post_title.html"),
        Column("counts_on", "计入日期", ("counts_on",), lambda row: row.counts_on, numeric=True),
        Column("published", "自身时间", ("published_at",), lambda row: moment(row.published_at), None, True, True),
        Column("first_seen", "首次看到", ("first_seen_at",), lambda row: moment(row.first_seen_at), None, True, True),
        Column("state", "状态", (), lambda row: row.get_state_display(), cell="posts/_standing.html"),
    ),
    filters=(
        Filter(
            "q",
            "标题或正文中的文字",
            None,
            lambda rows, value: rows.filter(Q(title__icontains=value) | Q(text__icontains=value)),
        ),
        Filter("state", "状态", lambda request: Post.State.choices, lambda rows, value: rows.filter(state=value)),
        Filter(
            "dated",
            "日期依据",
            lambda request: Post.DateBasis.choices,
            lambda rows, value: rows.filter(date_basis=value),
        ),
        Filter(
            "changed",
            "改动",
            lambda request: [("yes", "改动过"), ("no", "没有改动过")],
            lambda rows, value: rows.filter(version__gt=1) if value == "yes" else rows.filter(version=1),
        ),
    ),
    default_sort="-counts_on",
)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _on(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    on = _day(text)
    return rows.filter(at__date=on) if on else rows.none()


AUDIT = Listing(
    columns=(
        Column("seq", "序号", ("seq",), numeric=True),
        Column("at", "时间", (), lambda row: moment(row.at), cell="desk/_audit_at.html"),
        Column(
            "actor", "何人", (), lambda row: f"{row.actor}（{role_words(row.role)}）", cell="desk/_audit_actor.html"
        ),
        Column("verb", "何事", (), lambda row: deed_words(row.verb)),
        Column("subject", "对象", (), lambda row: f"{row.label}（{row.subject}）", cell="desk/_audit_subject.html"),
        Column(
            "changes",
            "变化",
            (),
            lambda row: "；".join(changes(row.before, row.after)),
            cell="desk/_audit_changes.html",
        ),
        Column("why", "理由", (), hide_small=True),
    ),
    filters=(
        Filter("actor", "登录名", None, lambda rows, value: rows.filter(actor=value)),
        Filter(
            "verb",
            "何事",
            lambda request: sorted(DEEDS.items(), key=lambda item: item[0]),
            lambda rows, value: rows.filter(verb=value),
        ),
        Filter("subject", "对象，如 account:编号", None, lambda rows, value: rows.filter(subject=value)),
        Filter("on", "日期，如 2026-11-23", None, _on),
    ),
    default_sort="-seq",
)
