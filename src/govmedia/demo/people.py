"""The users of the demonstration. Names are of posts (岗位), not of persons."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from govmedia.audit.services import Deed, record_many
from govmedia.demo.logins import LOGINS, PASSWORD
from govmedia.demo.places import Place
from govmedia.engine.sounds import syllables
from govmedia.orgs.models import Level, Organisation, Role, User

_OFFICES = frozenset({Level.PROVINCE, Level.CITY, Level.COUNTY})
# Who sits in an office: the role, at which levels, the end of the log-in and of the name.
_POSTS = (
    (Role.REVIEWER, _OFFICES, "rev", "审核岗"),
    (Role.SUPERVISOR, _OFFICES - {Level.COUNTY}, "sup", "监管岗"),
)
# Every body has its clerk where there are few; a country's demonstration keeps to the first ones.
_MOST_CLERKS = 400
_SHOWN = {login.login for login in LOGINS}


@transaction.atomic
def settle(*, places: Sequence[Place], organisations: Sequence[Organisation], now: datetime) -> int:
    """Make all users: those shown, a reviewer for each office, a supervisor for each province and city, a clerk for
    each body. Returns how many.

    In bulk, as one hash serves all: hashing the password for each as orgs.services does takes minutes by design.
    """
    password = make_password(PASSWORD)
    users = [
        User(
            login=one.login,
            name=one.name or (f"{one.place}{one.role_label}岗" if one.division else "鼓楼区卫健委运维岗"),
            role=one.role,
            division_id=one.division or None,
            organisation=None if one.division else organisations[0],
        )
        for one in LOGINS
    ]
    taken = set(_SHOWN)
    shown_offices = {(one.role, one.division) for one in LOGINS}
    for place in places:
        for role, levels, tail, word in _POSTS:
            if place.level in levels and (role, place.code) not in shown_offices:
                login = _free(_latin(place.bare), tail, place.code, taken)
                users.append(User(login=login, name=f"{place.name}{word}", role=role, division_id=place.code))
    for number, body in enumerate(organisations[1:_MOST_CLERKS], 2):
        name = f"{body.short_name or body.name}运维岗"[:40]
        users.append(User(login=f"clerk{number:03d}", name=name, role=Role.OPERATOR, organisation=body))
    for user in users:
        user.password, user.created_at = password, now
    User.objects.bulk_create(users, batch_size=500)
    record_many((_deed(user) for user in users), by=None, now=now)
    return len(users)


def _latin(name: str) -> str:
    return "".join(part for part in syllables(name) if part.isascii() and part.isalpha())[:30] or "office"


def _free(name: str, tail: str, code: str, taken: set[str]) -> str:
    login = f"{name}_{tail}"
    if login in taken:
        login = f"{name}_{code}_{tail}"
    taken.add(login)
    return login


def _deed(user: User) -> Deed:
    division = user.division_id or user.organisation.division_id
    after = {"login": user.login, "name": user.name, "role": str(user.role)}
    return Deed("user.create", f"user:{user.login}", user.name, after=after, division=division)
