"""A closed round of Nanjing over four accounts, and the people around its bulletin."""

import pytest

from factories import make_user
from govmedia.bulletins import services
from govmedia.checks.services import answer, finish
from govmedia.rounds.queries import seats_of
from govmedia.rounds.services import begin, close_round, settle_due
from rounds.conftest import accounts as accounts
from rounds.conftest import opened

NUMBER = "宁政办函〔2026〕3号"


def judged(by, inspector, moment, judge=True, **values):
    """A round planned, drawn and judged: every account loses points for wrong characters, one fails by silence."""
    held = opened(by, [inspector], moment, **values)
    for seat in seats_of(inspector) if judge else ():
        check = begin(seat_id=seat.pk, by=inspector, now=moment)
        answer(check_id=check.pk, code="Y06", count=2, note="见两篇", by=inspector, now=moment)
        finish(check_id=check.pk, by=inspector, now=moment)
    settle_due(now=moment)
    return held


@pytest.fixture
def closed(home, accounts, li_supervisor, sun_inspector, moment):
    held = judged(li_supervisor, sun_inspector, moment)
    return close_round(round_id=held.pk, by=li_supervisor, now=moment)


@pytest.fixture
def second_supervisor(nanjing):
    return make_user("he", "何监管", "supervisor", division=nanjing)


def values_of(row):
    return {name: getattr(row, name) for name in services.FIELDS}


@pytest.fixture
def draft(closed, li_supervisor, moment):
    return services.start(round_id=closed.pk, by=li_supervisor, now=moment)


@pytest.fixture
def published(draft, li_supervisor, second_supervisor, moment):
    values = {**values_of(draft), "number": NUMBER}
    services.save(bulletin_id=draft.pk, revision=draft.revision, values=values, by=li_supervisor, now=moment)
    services.move(bulletin_id=draft.pk, name="submit", by=li_supervisor, now=moment)
    services.move(bulletin_id=draft.pk, name="approve", by=second_supervisor, now=moment)
    return services.move(bulletin_id=draft.pk, name="publish", by=li_supervisor, now=moment)
