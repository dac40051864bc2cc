"""What accounts are found by, kept in step with them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from govmedia.accounts import search_index
from govmedia.accounts.models import Account, FormerName, Offered, SearchEntry, Trait
from govmedia.accounts.search_text import VERSION, compose
from govmedia.accounts.traits import avatar_traits, traits_of
from govmedia.accounts.weight import place_of
from govmedia.common import installation
from govmedia.common.clock import now as time_now
from govmedia.engine.offers import EDITION, offers_of

INDEXED = "accounts.search_version"
_BATCH = 1000
_COLUMNS = (
    "pk", "division_id", "name", "organisation_id", "organisation__name", "organisation__short_name", "status",
    "level", "stands_for_government", "last_post_at", "functions",
)  # fmt: skip


@transaction.atomic
def index_accounts(account_ids: Collection[int], *, now: datetime | None = None) -> int:
    """Write anew what the given accounts are found by, where it differs; returns how many there were."""
    bounds: list[int] = installation.read(search_index.BANDS, [])
    keys, done = list(account_ids), 0
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        done += _index(batch, bounds, now or time_now())
        mark(batch)
    return done


def rebuild_index(*, now: datetime, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Write the whole index anew, a batch in a transaction of its own, so that searches go on meanwhile.

    `progress` hears how many accounts of how many are done. Returns how many there were. Safe to repeat.
    """
    # Bounded before they are written, rows need not be written a second time.
    places = sorted(place for _, place in _places(Account.objects.all(), now))
    bounds, total, done = search_index.bound(places), len(places), 0
    for batch in _all_keys():
        with transaction.atomic():
            done += _index(batch, bounds, now)
            mark(batch)
        progress(done, total)
    _deal()
    installation.write(INDEXED, _version())
    return done


def index_is_current() -> bool:
    """False where the index was written by another version of this program, or never."""
    return installation.read(INDEXED) == _version()


def _version() -> str:
    return f"{VERSION}.{EDITION}"


def weigh(*, now: datetime) -> int:
    """Bring the index up to date with how active accounts are; returns how many changed their place."""
    moved = 0
    bounds: list[int] = installation.read(search_index.BANDS, [])
    for batch in _all_keys():
        stored = dict(SearchEntry.objects.filter(account__in=batch).values_list("account_id", "id"))
        changed = [
            key for key, place in _places(Account.objects.filter(pk__in=batch), now) if place != stored.get(key)
        ]
        with transaction.atomic():
            moved += _index(changed, bounds, now)
    _deal()
    return moved


def _places(accounts: QuerySet[Account], now: datetime) -> Iterator[tuple[int, int]]:
    """(key, place in the order of weight) of accounts."""
    columns = ("status", "level", "stands_for_government", "last_post_at")
    for key, *values in accounts.values_list("pk", *columns).iterator():
        yield key, place_of(key, **dict(zip(columns, values, strict=True)), now=now)


def _all_keys() -> Iterator[list[int]]:
    last = 0
    while keys := list(Account.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        yield keys
        last = keys[-1]


def _index(keys: Sequence[int], bounds: Sequence[int], now: datetime) -> int:
    former: dict[int, list[str]] = {}
    for key, name in FormerName.objects.filter(account__in=keys).order_by("pk").values_list("account_id", "name"):
        former.setdefault(key, []).append(name)
    stored = {row.account_id: row for row in SearchEntry.objects.filter(account__in=keys)}
    rows = Account.objects.filter(pk__in=keys).values_list(*_COLUMNS)
    fresh, old, number = [], [], 0
    for key, division, name, body, whole, short, status, level, stands, last_post, functions in rows:
        number += 1
        entry = compose(
            name=name,
            organisation=whole,
            short_name=short,
            former_names=former.get(key, ()),
            functions=_names_of(functions),
            place=division,
            body=body,
        )
        place = place_of(
            key, status=status, level=level, stands_for_government=stands, last_post_at=last_post, now=now
        )
        band = search_index.band_of(place, bounds)
        row = stored.get(key)
        if row is not None:
            if (row.id, row.band, row.name, row.initials, row.sounds, row.tokens) == (place, band, *entry):
                continue
            old.append(row.pk)
        fresh.append(SearchEntry(id=place, account_id=key, band=band, **entry._asdict()))
    SearchEntry.objects.filter(pk__in=old).delete()
    SearchEntry.objects.bulk_create(fresh)
    return number


def _names_of(functions: Iterable[Mapping[str, Any]]) -> list[str]:
    """The names of an account's functions as they are stored."""
    return [str(one.get("name", "")) for one in functions]


def mark(keys: Collection[int]) -> None:
    """Write anew by what look-alikes, links, ids, avatars and what is offered are found."""
    columns = ("pk", "functions", "avatar__fingerprint", "name", "platform_id", "url", "qr_url")
    rows = Account.objects.filter(pk__in=keys).values_list(*columns)
    traits: list[Trait] = []
    offered: list[Offered] = []
    for key, functions, avatar, *given in rows:
        own = dict.fromkeys((*traits_of(*given), *avatar_traits(avatar)))
        traits += [Trait(account_id=key, key=one) for one in own]
        offered += [Offered(account_id=key, offer=one) for one in offers_of(_names_of(functions))]
    Trait.objects.filter(account__in=keys).delete()
    Trait.objects.bulk_create(traits)
    Offered.objects.filter(account__in=keys).delete()
    Offered.objects.bulk_create(offered)


def _deal() -> None:
    """Deal the rows into bands anew where they have grown uneven."""
    with transaction.atomic():
        search_index.deal()
