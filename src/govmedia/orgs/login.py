"""Logging in: slow for guessers, plain for owners."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from govmedia.audit.services import Deed, record
from govmedia.common.refusals import Refused
from govmedia.orgs.models import LoginFailure, User

TRIES = 8
LOCKED_FOR = timedelta(minutes=15)


class Locked(Refused):
    """Too many wrong passwords for this name in a short time."""

    text = "密码错误次数过多，请 15 分钟后再试，或联系监管员重置密码。"


def check_login(*, login: str, password: str, address: str, now: datetime) -> User:
    """The active user with this name and password; raises Refused, and Locked after eight failures in 15 minutes."""
    login = login.strip()[:60]
    recent = LoginFailure.objects.filter(login=login, at__gt=now - LOCKED_FOR).count()
    if recent >= TRIES:
        raise Locked
    user = User.objects.select_related("organisation").filter(login=login, is_active=True).first()
    if user is None:
        # An unknown name costs as much time as a wrong password, so that names cannot be told by the clock.
        make_password(password)
    if user is None or not user.check_password(password):
        _remember_failure(login, user, address, now)
        raise Refused("登录名或密码不对。忘记密码请联系本级监管员重置。")
    with transaction.atomic():
        LoginFailure.objects.filter(login=login).delete()
        record(Deed("user.login", f"user:{user.login}", user.name, after={"address": address}), by=user, now=now)
    return user


@transaction.atomic
def _remember_failure(login: str, user: User | None, address: str, now: datetime) -> None:
    """Count it, and forget those that count no more. The log is told once a real name is locked."""
    LoginFailure.objects.filter(at__lte=now - LOCKED_FOR).delete()
    LoginFailure.objects.create(login=login, address=address[:45], at=now)
    if user is not None and LoginFailure.objects.filter(login=login).count() == TRIES:
        deed = Deed(
            "user.lock", f"user:{user.login}", user.name, after={"address": address}, why=f"密码连错 {TRIES} 次"
        )
        record(deed, by=None, now=now)
