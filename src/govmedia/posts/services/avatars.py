"""Opening the pictures that feeds name as their accounts' own, a few at a time."""

import logging
from collections.abc import Callable
from datetime import datetime
from time import monotonic

from django.conf import settings

from govmedia.accounts.services import claim_avatars, keep_avatar
from govmedia.connectors.errors import Trouble
from govmedia.connectors.guard import Guard
from govmedia.connectors.http import Reply
from govmedia.connectors.opening import PICTURES, fetch_all
from govmedia.engine.content.fingerprints import fingerprint
from govmedia.engine.content.pictures import PictureError
from govmedia.posts.models import Outage
from govmedia.posts.queries import open_outage

PER_RUN, OF_A_HOST, AT_ONCE = 40, 5, 8
# A run shall not hold the worker for longer.
RUN_S = 60.0

logger = logging.getLogger(__name__)


def open_avatars(*, now: datetime, go_on: Callable[[], bool] = lambda: True) -> int:
    """Open some of what is due, a few of each host; returns how many. Nothing is opened while our own network is cut,
    nor where the installation opens nothing that posts show."""
    outage = open_outage()
    if settings.TARGETS_PER_HOUR < 1 or (outage and outage.kind == Outage.Kind.NETWORK):
        return 0
    urls, opened, began = list(claim_avatars(most=PER_RUN, of_a_host=OF_A_HOST, now=now).items()), 0, monotonic()
    guard = Guard(settings.FETCH_ALLOW)
    for start in range(0, len(urls), AT_ONCE):
        if not go_on() or monotonic() - began > RUN_S:
            break
        some = dict(urls[start : start + AT_ONCE])
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
