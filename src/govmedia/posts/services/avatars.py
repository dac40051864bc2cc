"""Opening the pictures that feeds name as their accounts' own, a few at a time."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from govmedia.accounts.services import claim_avatars, keep_avatar
from govmedia.connectors.errors import Trouble
from govmedia.connectors.guard import Guard
from govmedia.connectors.http import Reply
from govmedia.connectors.opening import OF_A_HOST, PER_RUN, PICTURES, a_few, fetch_all, for_a_run
from govmedia.engine.content.fingerprints import fingerprint
from govmedia.engine.content.pictures import PictureError
from govmedia.posts.queries import may_open

logger = logging.getLogger(__name__)


def open_avatars(*, now: datetime, go_on: Callable[[], bool] = lambda: True) -> int:
    """Open some of what is due, a few of each host; returns how many."""
    if not may_open():
        return 0
    urls, opened = list(claim_avatars(most=PER_RUN, of_a_host=OF_A_HOST, now=now).items()), 0
    guard = Guard(settings.FETCH_ALLOW)
    for part in a_few(urls, for_a_run(go_on)):
        some = dict(part)
        for key, answer in fetch_all(some, PICTURES, guard).items():
            print_, cause = _seen(answer)
            keep_avatar(account_id=key, url=some[key], fingerprint=print_, cause=cause, now=now)
            opened += 1
    return opened


def fingerprint_at(url: str) -> int | None:
    """The fingerprint of the picture at an address, opened once; None where there is none to tell by."""
    return _seen(fetch_all({0: url}, PICTURES, Guard(settings.FETCH_ALLOW))[0])[0]


def _seen(answer: Reply | Trouble) -> tuple[int | None, str]:
    """The fingerprint of what came back, or in Chinese why there is none."""
    if isinstance(answer, Trouble):
        return None, answer.cause
    if answer.status != 200:
        return None, f"对方没有给出图片（{answer.status}）。"
    try:
        print_ = fingerprint(answer.body)
    except PictureError as why:
        return None, why.text
    except Exception as error:
        # A picture that breaks its reader must not end the run for all others.
        logger.exception("avatar")
        return None, f"读取时程序出错（{type(error).__name__}）。"
    return print_, ""
