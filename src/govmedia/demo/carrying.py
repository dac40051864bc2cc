"""Messages of the province that others carry: who has which of them among his posts, and as what."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zlib import crc32

from govmedia.demo.plan import Role
from govmedia.demo.words import Message

# Of ten who might carry a message so many do, within so long; one in seven gives it a title of his own.
_CARRY_OF_TEN = 6
_WITHIN = timedelta(days=3)
_OWN_TITLE_EVERY = 7
_GOVERNMENT = "government"


def carried(
    role: Role, posts: Sequence[int], messages: Sequence[Message], now: datetime
) -> dict[int, tuple[str, str]]:
    """By second of the post the title and text that stand there instead of its own."""
    found: dict[int, tuple[str, str]] = {}
    for message in messages:
        since = int((now - timedelta(days=message.days)).timestamp())
        field = message.field or _GOVERNMENT
        chance = crc32(f"{role.code}{message.days}".encode())
        if role.body.place.level == "province":
            # Its latest post before anybody carries it.
            before = [at for at in posts if at <= since]
            if role.body.field == field and before:
                found[before[-1]] = (message.titles[0], message.text)
        elif (not message.field or role.body.field == field) and chance % 10 < _CARRY_OF_TEN:
            after = [at for at in posts if since < at <= since + _WITHIN.total_seconds()]
            if after:
                bent = chance // 10 % _OWN_TITLE_EVERY == 0
                head = "【转发】" if chance % 2 else ""
                found[after[0]] = (message.titles[1 if bent else 2 if head else 0], head + message.text)
    return found
