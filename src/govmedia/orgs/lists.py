"""The lists of organisations, users and tokens."""

from django.db.models import Q
from django.http import HttpRequest

from govmedia.common.listing import Column, Filter, Listing
from govmedia.engine.platforms import FIELDS, field_label
from govmedia.orgs.models import Level, Role
from govmedia.orgs.queries import place_of
from govmedia.orgs.rights import SCOPES

ORGANISATIONS = Listing(
    columns=(
        Column("name", "单位", ("name_order",), cell="orgs/_organisation_name.html"),
        Column("code", "统一社会信用代码", ("code",), hide_small=True),
        Column("division", "行政区划", ("division_id",), lambda row: row.division.full_name),
        Column("level", "层级", (), lambda row: row.get_level_display()),
        Column("field", "领域", ("field",), lambda row: field_label(row.field), hide_small=True),
        Column(
            "active", "状态", (), lambda row: "在用" if row.active else "已停用", cell="orgs/_organisation_state.html"
        ),
    ),
    filters=(
        Filter(
            "q",
            "单位名称、简称或代码",
            None,
            lambda rows, value: rows.filter(
                Q(name__icontains=value) | Q(short_name__icontains=value) | Q(code__icontains=value.replace(" ", ""))
            ),
        ),
        Filter("level", "层级", lambda request: Level.choices, lambda rows, value: rows.filter(level=value)),
        Filter(
            "field",
            "领域",
            lambda request: [(code, row.label) for code, row in FIELDS.items()],
            lambda rows, value: rows.filter(field__in=(value, FIELDS[value].label)),
        ),
        Filter(
            "active",
            "状态",
            lambda request: [("yes", "在用"), ("no", "已停用")],
            lambda rows, value: rows.filter(active=value == "yes"),
        ),
    ),
    default_sort="division",
)


def _roles(request: HttpRequest) -> list[tuple[str, str]]:
    return Role.choices


USERS = Listing(
    columns=(
        Column("name", "姓名", ("name_order",), cell="orgs/_user_name.html"),
        Column("login", "登录名", ("login",)),
        Column("role", "角色", ("role",), lambda row: row.get_role_display()),
        Column(
            "place", "所在", (), lambda row: row.organisation.name if row.organisation else row.division.full_name
        ),
        Column("phone", "电话", (), hide_small=True),
        Column(
            "state", "状态", (), lambda row: "可登录" if row.is_active else "已停用", cell="orgs/_user_state.html"
        ),
    ),
    filters=(
        Filter(
            "q",
            "姓名、登录名或单位",
            None,
            lambda rows, value: rows.filter(
                Q(name__icontains=value) | Q(login__icontains=value) | Q(organisation__name__icontains=value)
            ),
        ),
        Filter("role", "角色", _roles, lambda rows, value: rows.filter(role=value)),
        Filter(
            "state",
            "状态",
            lambda request: [("on", "可登录"), ("off", "已停用")],
            lambda rows, value: rows.filter(is_active=value == "on"),
        ),
    ),
    default_sort="login",
)

TOKEN_STATES = {"live": "可用", "idle": "用户已停用", "expired": "已过期", "revoked": "已作废"}


# Rows come from queries.tokens_for, which says their state.
TOKENS = Listing(
    columns=(
        Column("name", "名称", ("name",), cell="orgs/_token_name.html"),
        Column("user", "用户", ("user__name_order",), lambda row: f"{row.user.name}（{row.user.login}）"),
        Column("place", "所在", (), lambda row: place_of(row.user), hide_small=True),
        Column("scope", "用途", ("scope",), lambda row: row.scope_label),
        Column("last_used_at", "最近使用", ()),
        Column("expires_at", "到期", ("expires_at",)),
        Column(
            "state",
            "状态",
            ("rank", "-created_at"),
            lambda row: TOKEN_STATES[row.state],
            cell="orgs/_token_state_and_deed.html",
        ),
    ),
    filters=(
        Filter(
            "q",
            "名称、姓名或登录名",
            None,
            lambda rows, value: rows.filter(
                Q(name__icontains=value)
                | Q(start__startswith=value)
                | Q(user__name__icontains=value)
                | Q(user__login__icontains=value)
            ),
        ),
        Filter(
            "scope",
            "用途",
            lambda request: [(code, scope.label) for code, scope in SCOPES.items()],
            lambda rows, value: rows.filter(scope=value),
        ),
        Filter(
            "state",
            "状态",
            lambda request: list(TOKEN_STATES.items()),
            lambda rows, value: rows.filter(state=value),
        ),
    ),
    default_sort="state",
)
