"""Writes to divisions, organisations and users."""

import hashlib
import re
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from govmedia.audit.services import Deed, record
from govmedia.common.refusals import NoRight, Refused
from govmedia.engine.uscc import uscc_problem
from govmedia.orgs import divisions
from govmedia.orgs.models import ORGANISATION_ROLES, Division, Invitation, Organisation, Role, User
from govmedia.orgs.rights import require, within

INVITATION_LIFE = timedelta(days=7)
# A supervisor makes the people who do the daily work; who reads the log and who runs the system is for the admin.
_SUPERVISOR_MAKES = frozenset(
    {Role.OPERATOR, Role.EDITOR, Role.REVISER, Role.REVIEWER, Role.SUPERVISOR, Role.INSPECTOR}
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{1,59}")


def load_divisions(*, townships_of: Collection[str] = ("32",)) -> int:
    """Add the packaged divisions that are not there yet; returns how many were added."""
    known = set(Division.objects.values_list("code", flat=True))
    fresh = [
        Division(code=row.code, name=row.name, full_name=row.full_name, level=row.level, parent_id=row.parent or None)
        for row in divisions.rows(townships_of)
        if row.code not in known
    ]
    with transaction.atomic():
        Division.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)


def clean_line(value: Any, *, field: str, label: str, most: int, needed: bool = True) -> str:
    """One line of text without invisible characters, or a refusal that names the field and the limit."""
    text = _CONTROL.sub("", str(value or "")).strip()
    if needed and not text:
        raise Refused(f"请填写{label}。", field)
    if len(text) > most:
        raise Refused(f"{label}最多 {most} 个字，现在有 {len(text):,} 个，请缩短。", field)
    return text


@transaction.atomic
def create_organisation(*, values: Mapping[str, Any], by: User | None, now: datetime) -> Organisation:
    """Add an organisation; `values`: code, name, short_name?, division (code), field?, duties?."""
    division = _division(values.get("division"))
    require(by, "organisation.manage", division=division.code)
    clean = _organisation_values(values)
    if Organisation.objects.filter(code=clean["code"]).exists():
        raise Refused(f"统一社会信用代码 {clean['code']} 已登记在册，请在单位列表中查找。", "code")
    _name_is_free(clean["name"], division, None)
    row = Organisation.objects.create(division=division, level=division.level, created_at=now, **clean)
    record(_organisation_deed("organisation.create", row, after=_organisation_state(row)), by=by, now=now)
    return row


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, values: Mapping[str, Any], by: User | None, now: datetime
) -> Organisation:
    """Change an organisation's name, short name, field, duties or whether it is active. Its code and place stay."""
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(by, "organisation.manage", division=row.division_id)
    before = _organisation_state(row)
    clean = _organisation_values({"code": row.code, **values, **{"code": row.code}})
    _name_is_free(clean["name"], row.division, row.pk)
    for key, value in clean.items():
        setattr(row, key, value)
    if "active" in values:
        row.active = bool(values["active"])
    row.save()
    after = _organisation_state(row)
    record(_organisation_deed("organisation.change", row, before=before, after=after), by=by, now=now)
    return row


def _division(code: Any) -> Division:
    row = Division.objects.filter(code=divisions.full_code(str(code or ""))).first()
    if row is None:
        raise Refused("没有这个行政区划，请从列表中选择。", "division")
    return row


def _organisation_values(values: Mapping[str, Any]) -> dict[str, str]:
    code = clean_line(values.get("code"), field="code", label="统一社会信用代码", most=30).upper().replace(" ", "")
    problem = uscc_problem(code)
    if problem:
        raise Refused(problem, "code")
    return {
        "code": code,
        "name": clean_line(values.get("name"), field="name", label="单位名称", most=80),
        "short_name": clean_line(values.get("short_name"), field="short_name", label="简称", most=40, needed=False),
        "field": clean_line(values.get("field"), field="field", label="领域", most=20, needed=False),
        "duties": clean_line(values.get("duties"), field="duties", label="职责", most=2000, needed=False),
    }


def _name_is_free(name: str, division: Division, own: int | None) -> None:
    if Organisation.objects.filter(division=division, name=name).exclude(pk=own).exists():
        raise Refused(f"{division.full_name}已有名为“{name}”的单位，请核对是否重复登记。", "name")


def _organisation_state(row: Organisation) -> dict[str, Any]:
    return {
        "code": row.code, "name": row.name, "short_name": row.short_name, "division": row.division_id,
        "field": row.field, "duties": row.duties, "active": row.active,
    }  # fmt: skip


def _organisation_deed(verb: str, row: Organisation, **states: Mapping[str, Any]) -> Deed:
    return Deed(verb, f"organisation:{row.code}", row.name, division=row.division_id, **states)


@transaction.atomic
def create_user(*, values: Mapping[str, Any], by: User | None, now: datetime, password: str | None = None) -> User:
    """Add a user; `values`: login, name, role, organisation (code) or division (code), phone?.

    Without a password the user cannot log in until an invitation is accepted.
    """
    role = str(values.get("role") or "")
    if role not in Role.values:
        raise Refused("没有这个角色，请从列表中选择。", "role")
    organisation, division = _place(role, values)
    _may_manage(by, role, organisation.division_id if organisation else division.code)
    login = clean_line(values.get("login"), field="login", label="登录名", most=60)
    if not _LOGIN.fullmatch(login):
        raise Refused("登录名用 2 至 60 个字母、数字或 _ . @ -，以字母或数字开头。", "login")
    user = User(
        login=login,
        name=clean_line(values.get("name"), field="name", label="姓名", most=40),
        phone=clean_line(values.get("phone"), field="phone", label="电话", most=20, needed=False),
        role=role,
        organisation=organisation,
        division=division,
        created_at=now,
    )
    _set_password(user, password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as why:
        raise Refused(f"登录名 {login} 已被使用，请换一个。", "login") from why
    record(_user_deed("user.create", user, after=_user_state(user)), by=by, now=now)
    return user


@transaction.atomic
def change_user(*, user: User, values: Mapping[str, Any], by: User | None, now: datetime) -> User:
    """Change a user's name, phone, role within his place, or whether he may log in."""
    row = User.objects.select_for_update().get(pk=user.pk)
    _may_manage(by, row.role, division_of(row))
    before = _user_state(row)
    if "role" in values and values["role"] != row.role:
        role = str(values["role"])
        if role not in Role.values or (role in ORGANISATION_ROLES) != (row.organisation_id is not None):
            raise Refused("该角色与用户所在的单位或区划不符，请新建用户。", "role")
        _may_manage(by, role, division_of(row))
        if by is not None and by.pk == row.pk:
            raise Refused("不能改自己的角色，请让另一位有权限的同事来改。", "role")
        row.role = role
    row.name = clean_line(values.get("name", row.name), field="name", label="姓名", most=40)
    row.phone = clean_line(values.get("phone", row.phone), field="phone", label="电话", most=20, needed=False)
    if "is_active" in values:
        if by is not None and by.pk == row.pk and not values["is_active"]:
            raise Refused("不能停用自己的账户。", "is_active")
        row.is_active = bool(values["is_active"])
    _keep_an_admin(row)
    row.save()
    record(_user_deed("user.change", row, before=before, after=_user_state(row)), by=by, now=now)
    return row


def _keep_an_admin(row: User) -> None:
    """Refuse what would leave the installation without anybody who looks after it."""
    if row.role == Role.ADMIN and row.is_active:
        return
    admins = User.objects.select_for_update().filter(role=Role.ADMIN, is_active=True).values_list("pk", flat=True)
    if set(admins) == {row.pk}:
        raise Refused(
            f"「{row.name}」是唯一的系统管理员，请先设另一位系统管理员。", "role" if row.is_active else "is_active"
        )


@transaction.atomic
def invite(*, user: User, by: User | None, now: datetime) -> str:
    """A one-time token by which the user sets a password; earlier ones and the old password stop working."""
    row = User.objects.select_for_update().get(pk=user.pk)
    _may_manage(by, row.role, division_of(row))
    Invitation.objects.filter(user=row, used_at__isnull=True).update(used_at=now)
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        user=row, token_hash=_token_hash(token), created_at=now, expires_at=now + INVITATION_LIFE
    )
    row.set_unusable_password()
    row.save(update_fields=["password"])
    record(_user_deed("user.invite", row), by=by, now=now)
    return token


@transaction.atomic
def accept_invitation(*, token: str, password: str, now: datetime) -> User:
    """Set the password of the token's user; refused when the token is unknown, used or too old."""
    row = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(token_hash=_token_hash(token), used_at__isnull=True, expires_at__gt=now, user__is_active=True)
        .first()
    )
    if row is None:
        raise Refused("这个链接已用过或已过期，请联系监管员重新生成。")
    _set_password(row.user, password)
    row.user.must_change_password = False
    row.user.save(update_fields=["password", "must_change_password"])
    row.used_at = now
    row.save(update_fields=["used_at"])
    record(_user_deed("user.accept", row.user), by=row.user, now=now)
    return row.user


@transaction.atomic
def change_password(*, user: User, old: str, new: str, now: datetime) -> User:
    """Change one's own password; the old one must be given."""
    row = User.objects.select_for_update().get(pk=user.pk)
    if not row.check_password(old):
        raise Refused("原密码不对。", "old")
    _set_password(row, new)
    row.must_change_password = False
    row.save(update_fields=["password", "must_change_password"])
    record(_user_deed("user.password", row), by=row, now=now)
    return row


def division_of(user: User) -> str:
    """The code of the division where a user's place lies."""
    return user.organisation.division_id if user.organisation else str(user.division_id)


def _place(role: str, values: Mapping[str, Any]) -> tuple[Organisation | None, Division | None]:
    if role in ORGANISATION_ROLES:
        row = Organisation.objects.filter(code=str(values.get("organisation") or "").upper()).first()
        if row is None:
            raise Refused("请选择用户所在的单位；没有的话先新增单位。", "organisation")
        return row, None
    return None, _division(values.get("division"))


def _may_manage(by: User | None, role: str, division: str) -> None:
    if by is None:
        return
    require(by, "user.manage", division=division)
    if by.role == Role.SUPERVISOR and role not in _SUPERVISOR_MAKES:
        raise NoRight("监管员不能管理审计员和系统管理员，请联系系统管理员。")
    if not within(division, str(by.division_id)):
        raise NoRight


def _set_password(user: User, password: str | None) -> None:
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as why:
        raise Refused(" ".join(why.messages), "password") from why
    user.set_password(password)


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _user_state(user: User) -> dict[str, Any]:
    return {
        "login": user.login, "name": user.name, "role": user.role, "phone": user.phone, "is_active": user.is_active,
        "organisation": user.organisation.code if user.organisation else None, "division": user.division_id,
    }  # fmt: skip


def _user_deed(verb: str, user: User, **states: Mapping[str, Any]) -> Deed:
    return Deed(verb, f"user:{user.login}", user.name, division=division_of(user), **states)
