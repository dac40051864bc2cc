"""Reading the registry of accounts."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, When

from govmedia.accounts import search_index
from govmedia.accounts.bodies import bodies_called
from govmedia.accounts.finding import ANYWHERE, Within, coded, hits
from govmedia.accounts.likeliest import NEARLY
from govmedia.accounts.lookalikes import Imitated, held_in, imitated_by, like, with_avatar_like
from govmedia.accounts.models import LIVE, Account, FormerName, Offered, SearchEntry, Status, Trait
from govmedia.accounts.search_text import plain, words_of
from govmedia.accounts.search_words import anything
from govmedia.accounts.traits import id_trait, link_trait
from govmedia.audit.models import Entry
from govmedia.engine.codes import code_problem
from govmedia.orgs.models import Organisation, User
from govmedia.orgs.rights import limit, subtree

__all__ = [
    "NEARLY",
    "Imitated",
    "bodies_called",
    "held_in",
    "imitated_by",
    "like",
    "with_avatar_like",
]  # doors of the room beside what stands below
# Of what the index finds, so many times more are looked at where a list leaves some out (closed accounts, mostly).
_SPARE = 5
# What a line in a list of hits shows; the rest is read when asked for.
_SHOWN = ("code", "name", "platform", "status", "health", "organisation__name")


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


def offered() -> QuerySet[Offered]:
    """What the accounts of the directory offer, by `account` and `offer`."""
    return Offered.objects.order_by()


def within_division(code: str) -> QuerySet[Account]:
    """The accounts of a division and all below it."""
    first, after = subtree(code)
    return Account.objects.filter(division_id__gte=first, division_id__lt=after)


def search(
    text: str, accounts: QuerySet[Account] | None = None, *, most: int = 20, within: Within = ANYWHERE
) -> list[Account]:
    """The accounts of `accounts` that `text` finds, nearest first, at most `most`; with their organisations.

    `within` says, to those who know, where they lie: it is what the index narrows by. What `accounts` leaves out
    beyond that counts towards a multiple of `most`.
    """
    rows = Account.objects.all() if accounts is None else accounts
    keys = [hit.account_id for hit in hits(text, most=most if accounts is None else most * _SPARE, within=within)]
    found = rows.select_related("organisation").only(*_SHOWN).in_bulk(keys)
    return [found[key] for key in keys if key in found][:most]


def matching(text: str) -> QuerySet[SearchEntry]:
    """Everything that `text` finds, slips aside, for those who need keys (`account_id`) to narrow a list by."""
    words = words_of(text)
    if not words:
        return SearchEntry.objects.none()
    found = Q(id__in=search_index.keys(anything(words)))
    codes = coded(text)
    return SearchEntry.objects.filter(found if codes.query.is_empty() else found | Q(account__in=codes.values("pk")))


def reach_of(user: User) -> Within:
    """Where the accounts lie that a user may see at his desk, as far as the index can tell."""
    where = limit(user, "account.see")
    return Within(where.get("division", where.get("division__gte", "")), where.get("organisation"))


def same_platform_accounts(organisation: Organisation, platform: str) -> QuerySet[Account]:
    """The organisation's other live accounts on a platform."""
    return live().filter(organisation=organisation, platform=platform).order_by("opened_on", "pk")


def names_for_likeness(division: str) -> list[tuple[str, str]]:
    """(code, name) of the live accounts of the division's province, to compare a new name with."""
    province = within_division(f"{division[:2]}0000")
    return list(province.filter(status__in=LIVE).order_by("pk").values_list("code", "name"))


def by_code(code: str) -> Account | None:
    """The account with this code as people type it, or None."""
    text = plain(code).upper()
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


def successor_candidates(text: str, division: str, most: int = 5) -> list[Account]:
    """Live accounts of the division's province that a closing account's followers could be sent to."""
    return search(text, live(), most=most, within=Within(f"{division[:2]}0000"))


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


def of_body(body: Organisation) -> QuerySet[Account]:
    """The live accounts of an organisation."""
    return _best_first(live().filter(organisation=body))


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
