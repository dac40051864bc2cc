"""One builder for each model: plain rows with sensible values, no surprises."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from govmedia.engine.uscc import ALPHABET, uscc_check_digit

EPOCH = datetime(2026, 7, 1, 0, 0, tzinfo=UTC)
PASSWORD = "correct horse 2026"
_numbers = itertools.count(1)


def make_uscc(number: int | None = None) -> str:
    """A valid, invented organisation code."""
    number = next(_numbers) if number is None else number
    body = ""
    for _ in range(9):
        number, rest = divmod(number, len(ALPHABET))
        body = ALPHABET[rest] + body
    stem = "11320000" + body
    return stem + uscc_check_digit(stem)


def make_code() -> str:
    """A valid account code, another one each time."""
    import random

    from govmedia.engine.codes import new_code

    return new_code(random.Random(next(_numbers)))


def make_division(code: str, name: str, level: str, parent: Any = None):
    from govmedia.orgs.models import Division

    full = (parent.full_name if parent else "") + name
    return Division.objects.get_or_create(
        code=code, defaults={"name": name, "full_name": full, "level": level, "parent": parent}
    )[0]


def make_organisation(*, division, name: str = "", **values: Any):
    from govmedia.orgs.models import Organisation

    number = next(_numbers)
    values.setdefault("code", make_uscc())
    values.setdefault("level", division.level)
    values.setdefault("created_at", EPOCH)
    return Organisation.objects.create(division=division, name=name or f"{division.name}第{number}局", **values)


def make_user(login: str, name: str, role: str, **values: Any):
    from govmedia.orgs.models import User

    values.setdefault("created_at", EPOCH)
    values.setdefault("password", make_password(PASSWORD, hasher="md5"))
    return User.objects.create(login=login, name=name, role=role, **values)


def make_account(organisation, *, name: str = "", platform: str = "wechat_mp", **values: Any):
    from govmedia.accounts.models import Account

    values.setdefault("code", make_code())
    values.setdefault("created_at", EPOCH)
    values.setdefault("updated_at", EPOCH)
    values.setdefault("opened_on", date(2020, 1, 1))
    return Account.objects.create(
        organisation=organisation,
        division=organisation.division,
        level=organisation.level,
        field=organisation.field,
        name=name or f"{organisation.name}发布",
        platform=platform,
        **values,
    )


def make_interface(account, *, handle: str = "", **values: Any):
    from govmedia.posts.models import Interface

    values.setdefault("host", "127.0.0.1")
    values.setdefault("next_due_at", EPOCH)
    return Interface.objects.create(
        account=account, handle=handle or f"http://127.0.0.1/{account.code}.rss", **values
    )


def make_post(account, *, on: date, native_id: str = "", **values: Any):
    """A post that counts on `on`, seen an hour after its own time."""
    from govmedia.engine.hashing import sm3_hex
    from govmedia.posts.models import Post

    number = next(_numbers)
    published = datetime(on.year, on.month, on.day, 4, 0, tzinfo=UTC)
    values.setdefault("title", f"通知公告第{number}号")
    values.setdefault("text", "现将有关事项通知如下。")
    values.setdefault("published_at", published)
    values.setdefault("first_seen_at", published + timedelta(hours=1))
    return Post.objects.create(
        account=account,
        native_id=native_id or f"post-{number}",
        counts_on=on,
        sm3=values.pop("sm3", sm3_hex(f"{number}".encode())),
        **values,
    )


def make_coverage(account, start: datetime, end: datetime, **values: Any):
    from govmedia.posts.models import Coverage

    return Coverage.objects.create(account=account, start_at=start, end_at=end, **values)


def make_look(account, at: datetime, *, ok: bool = True, **values: Any):
    from govmedia.posts.models import Look

    values.setdefault("outcome", "ok" if ok else "timeout")
    return Look.objects.create(account=account, at=at, ok=ok, **values)
