"""Letters to the units of failing accounts: told in the site, and the findings given the bulletin's due date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from govmedia.accounts.models import Account
from govmedia.audit.services import record
from govmedia.bulletins.gathering import from_text
from govmedia.bulletins.models import Bulletin, Letter
from govmedia.bulletins.services.drafting import deed
from govmedia.common.refusals import Refused, WrongState
from govmedia.engine.bulletins.placeholders import chinese_date
from govmedia.findings.queries import open_of
from govmedia.findings.services import postpone_many
from govmedia.notify.services import Message, tell_many
from govmedia.orgs.models import User
from govmedia.orgs.queries import operators_by_organisation
from govmedia.orgs.rights import require

# The page of a letter, written out so that the service need not load the pages of the site to name it.
PAGE = "/desk/bulletins/letters/{}/"


@dataclass(frozen=True, slots=True)
class Sent:
    """What sending came to: letters made, people told, units nobody of whom could be, findings with the due date."""

    letters: int = 0
    people: int = 0
    silent: int = 0
    findings: int = 0


@transaction.atomic
def send_letters(*, bulletin_id: int, by: User, now: datetime) -> Sent:
    """A letter to every unit with failing accounts that has none yet; again and again it stays at one each.

    Errors: NoRight, WrongState, Refused where nobody failed.
    """
    row = Bulletin.objects.select_for_update(of=("self",)).select_related("round").get(pk=bulletin_id)
    require(by, "bulletin.publish", division=row.round.division_id)
    if row.state != "published":
        raise WrongState("通报发布以后才能发整改通知。")
    whole = from_text(row.published_file)
    accounts = Account.objects.in_bulk([one.code for one in whole.failing or ()], field_name="code")
    if not accounts:
        raise Refused("没有不合格的账号，不用发整改通知。")
    units: dict[int, list[Account]] = {}
    for account in accounts.values():
        units.setdefault(account.organisation_id, []).append(account)
    has = set(row.letters.values_list("organisation", flat=True))
    fresh = {unit: mine for unit, mine in sorted(units.items()) if unit not in has}
    people = operators_by_organisation(fresh)
    said = {one.code: one for one in whole.failing or ()}
    letters = [
        Letter.objects.create(
            bulletin=row,
            organisation_id=unit,
            accounts=[
                {"code": one.code, "account": said[one.code].account, "platform": said[one.code].platform,
                 "indicator": said[one.code].indicator, "detail": said[one.code].detail}
                for one in sorted(mine, key=lambda one: one.code)
            ],
            sent_at=now,
            told=len(people.get(unit, ())),
        )
        for unit, mine in fresh.items()
    ]  # fmt: skip
    dated = _give_due_date(row, fresh, by, now)
    told = [
        _message(row, letter, people.get(letter.organisation_id, []), dated.get(letter.organisation_id, 0))
        for letter in letters
    ]
    tell_many(told, now=now)
    silent = sum(not one.told for one in letters)
    sent = Sent(len(letters), sum(one.told for one in letters), silent, sum(dated.values()))
    after = {"letters": sent.letters, "told": sent.people, "findings": sent.findings}
    record(deed("bulletin.send", row, after=after), by=by, now=now)
    return sent


def _message(row: Bulletin, letter: Letter, people: list[User], dated: int) -> Message:
    due = f"请在{chinese_date(row.due_on.isoformat())}前整改。" if row.due_on else ""
    if dated:
        due += f"这些账号有 {dated} 个问题的整改期限已改为这一天。"
    named = "；".join(
        f"「{one['account']}」（{one['platform']}）：{one['indicator']}" for one in letter.accounts[:10]
    )
    more = f"等 {len(letter.accounts)} 个账号" if len(letter.accounts) > 10 else ""
    return Message(
        key=f"bulletin:{row.pk}:letter:{letter.organisation_id}",
        recipients=people,
        title=f"整改通知：{len(letter.accounts)} 个账号被通报不合格",
        body=f"{row.title}（{row.number}）。{named}{more}。{due}",
        url=PAGE.format(letter.pk),
    )


def _give_due_date(row: Bulletin, units: Mapping[int, list[Account]], by: User, now: datetime) -> dict[int, int]:
    """The open findings of the failing accounts get the bulletin's due date; by unit how many did."""
    if row.due_on is None:
        return {}
    why = f"《{row.title}》（{row.number}）规定的整改期限"
    return {
        unit: len(postpone_many(finding_ids=_open_keys(mine), due_on=row.due_on, why=why, by=by, now=now))
        for unit, mine in units.items()
    }


def _open_keys(accounts: list[Account]) -> list[int]:
    return [finding.pk for account in accounts for finding in open_of(account)]
