"""Reading the registry of accounts."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Case, Count, IntegerField, Max, QuerySet, When

from govmedia.accounts import search_text
from govmedia.accounts.lookalikes import Imitated, imitated_by
from govmedia.accounts.models import LIVE, Account, FormerName, SearchText, Status, Trait
from govmedia.accounts.traits import id_trait, link_trait
from govmedia.audit.models import Entry
from govmedia.engine.codes import code_problem
from govmedia.orgs.models import Organisation, User
from govmedia.orgs.rights import limit, subtree

__all__ = ["Imitated", "imitated_by"]  # doors of the room beside what stands below


class Tally(NamedTuple):
    """How many live accounts of a platform and level are in a state of health."""

    platform: str
    level: str
    health: str
    count: int


def live() -> QuerySet[Account]:
    """Accounts that are looked at and judged: all but the closed ones."""
    return Account.objects.filter(status__in=LIVE)


def visible_to(user: User) -> QuerySet[Account]:
    """The accounts a user may see at his desk, closed ones among them."""
    return Account.objects.filter(**limit(user, "account.see"))


def in_directory() -> QuerySet[Account]:
    """The accounts the public sees: all that were ever filed, closed ones with their successor."""
    return Account.objects.all()


def within_division(code: str) -> QuerySet[Account]:
    """The accounts of a division and all below it."""
    first, after = subtree(code)
    return Account.objects.filter(division_id__gte=first, division_id__lt=after)


def search(text: str, accounts: QuerySet[Account] | None = None, *, division: str = "") -> QuerySet[Account]:
    """Accounts found by every word of `text`: name, organisation, former name, code, pinyin or initials.

    Nothing is found by an empty text. Rows carry `nearness`, see `by_nearness`; the order is the caller's. `division`
    says, to those who know, where the accounts lie.
    """
    rows = Account.objects.all() if accounts is None else accounts
    # As a subquery the narrow texts are read once, one after the other; as a join a database may look up each
    # account's text by itself, which costs thrice as much where the accounts are many.
    return by_nearness(text, rows.filter(pk__in=found(text, division).values("pk")))


def by_nearness(text: str, accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Accounts with `nearness` to be ordered by: 0 the very name, 1 a name that begins so, 2 one that holds it,
    3 found otherwise."""
    return accounts.annotate(nearness=_nearness(text.strip()))


def found(text: str, division: str = "") -> QuerySet[SearchText]:
    """The narrow rows a search hits, of a division and below or all, for those who need only keys."""
    rows = SearchText.objects.all()
    words = search_text.terms(text)
    if not words:
        return rows.none()
    if division:
        first, after = subtree(division)
        rows = rows.filter(division__gte=first, division__lt=after)
    for word in words:
        rows = rows.filter(**{f"{search_text.column_for(word)}__contains": word})
    return rows


def _nearness(name: str) -> Case:
    return Case(
        When(name=name, then=0),
        When(name__startswith=name, then=1),
        When(name__contains=name, then=2),
        default=3,
        output_field=IntegerField(),
    )


def same_platform_accounts(organisation: Organisation, platform: str) -> QuerySet[Account]:
    """The organisation's other live accounts on a platform."""
    return live().filter(organisation=organisation, platform=platform).order_by("opened_on", "pk")


def names_for_likeness(division: str) -> list[tuple[str, str]]:
    """(code, name) of the live accounts of the division's province, to compare a new name with."""
    province = within_division(f"{division[:2]}0000")
    return list(province.filter(status__in=LIVE).order_by("pk").values_list("code", "name"))


def by_code(code: str) -> Account | None:
    """The account with this code as people type it, or None."""
    text = search_text.plain(code).upper()
    if code_problem(text):
        return None
    return Account.objects.filter(code=text).select_related("organisation", "division").first()


def open_by_code_or_name(text: str) -> Account | None:
    """The one live account with this code, or else with exactly this name; None where there is none or several."""
    row = by_code(text)
    if row is not None:
        return row if row.status in LIVE else None
    rows = list(live().filter(name=text.strip()).select_related("organisation").order_by("pk")[:2])
    return rows[0] if len(rows) == 1 else None


def successor_candidates(text: str, division: str, most: int = 5) -> QuerySet[Account]:
    """Live accounts of the division's province that a closing account's followers could be sent to."""
    rows = search(text, live(), division=f"{division[:2]}0000")
    return rows.select_related("organisation").order_by("nearness", "name", "pk")[:most]


def former_names_of(account: Account) -> list[FormerName]:
    """Names the account was filed under before, latest first; no query where they were loaded with it."""
    return sorted(account.former_names.all(), key=lambda row: (row.until_on, row.pk), reverse=True)


def latest_change() -> datetime | None:
    """When anything in the registry, health included, last changed; None while it is empty."""
    return Account.objects.aggregate(at=Max("updated_at"))["at"]


def state_of_registry() -> tuple[Any, ...]:
    """Differs whenever anything that is public about an account does, its organisation's name included."""
    renamed = Entry.objects.filter(verb="organisation.change").aggregate(seq=Max("seq"))["seq"]
    return latest_change(), renamed


def tally(place: User | tuple[str, str] | None = None) -> list[Tally]:
    """Live accounts by platform, level and health: those a user sees, of a range of division codes, or all."""
    where: dict[str, Any] = {}
    if isinstance(place, tuple):
        where = {"division_id__gte": place[0], "division_id__lt": place[1]}
    elif place is not None:
        where = limit(place, "account.see")
    rows = live().filter(**where).values("platform", "level", "health").annotate(n=Count("pk"))
    return [Tally(row["platform"], row["level"], row["health"], row["n"]) for row in rows.order_by()]


def predecessors_of(account: Account) -> list[Account]:
    """Closed accounts that name this one as successor, latest first; no query where they were loaded with it."""
    closed = [row for row in account.predecessors.all() if row.status == Status.CLOSED and row.closed_on]
    return sorted(sorted(closed, key=lambda row: row.pk), key=lambda row: row.closed_on or date.min, reverse=True)


def named_exactly(name: str) -> QuerySet[Account]:
    """Accounts of exactly this name, those in use first."""
    return _best_first(Account.objects.filter(name=name))


def formerly_named(name: str) -> QuerySet[Account]:
    """Accounts that once had exactly this name."""
    return _best_first(Account.objects.filter(pk__in=FormerName.objects.filter(name=name).values("account")))


def at_link(link: str) -> list[Account]:
    """Accounts whose link or QR code leads to this address; addresses are compared as texts, none is opened."""
    trait = link_trait(link)
    found = _best_first(Account.objects.filter(pk__in=Trait.objects.filter(key=trait).values("account")))
    return [row for row in found if trait and trait in {link_trait(row.url), link_trait(row.qr_url)}]


def with_platform_id(text: str) -> QuerySet[Account]:
    """Accounts that have this id on their platform."""
    held = Trait.objects.filter(key=id_trait(text)).values("account")
    return _best_first(Account.objects.filter(pk__in=held, platform_id=text.strip()).exclude(platform_id=""))


def _best_first(rows: QuerySet[Account]) -> QuerySet[Account]:
    order = Case(When(status=Status.CLOSED, then=1), default=0, output_field=IntegerField())
    whole = rows.select_related("organisation", "division", "successor")
    return whole.order_by(order, "platform", "pk")
