"""Another edition tried on the past."""

from datetime import date

import pytest

from govmedia.accounts.models import Account
from govmedia.engine.edition import EditionError
from govmedia.findings.queries import edition_in_force
from govmedia.rounds.whatif import draft_of, what_if

pytestmark = pytest.mark.django_db


def _tried(draft, moment):
    return what_if(
        present=edition_in_force(),
        draft=draft,
        accounts=list(Account.objects.order_by("pk")),
        start_on=date(2026, 10, 1),
        end_on=date(2026, 12, 31),
        point=moment,
    )


def test_fewer_days_of_silence_fail_more(accounts, moment):
    same = _tried(draft_of("jiangsu-2019", None), moment)
    assert (same.judged, same.failing, same.would_fail, same.newly, same.no_longer) == (4, 1, 1, [], [])
    strict = _tried(draft_of("jiangsu-2019", 1), moment)
    assert strict.would_fail >= strict.failing
    lax = _tried(draft_of("jiangsu-2019", 30), moment)
    assert [row.account.name for row in lax.no_longer] == ["玄武教育"]
    assert lax.no_longer[0].before.vetoes == ("R05",) and lax.no_longer[0].after.vetoes == ()
    assert lax.by_level["county"] == [4, 1, 0]


def test_an_edition_that_is_not_there_is_told_of(accounts):
    with pytest.raises((EditionError, KeyError)):
        draft_of("no-such", None)


def test_the_page_lists_who_would_turn(accounts, li_supervisor, client):
    client.force_login(li_supervisor)
    assert "试算" in client.get("/desk/rounds/what-if/").content.decode()
    page = client.get("/desk/rounds/what-if/?edition=jiangsu-2019&days=0&quarter=this").content.decode()
    assert "判断了" not in page and "is-bad" in page
    page = client.get("/desk/rounds/what-if/?edition=jiangsu-2019&days=&quarter=last").content.decode()
    assert "判断了 4 个账号" in page
