"""Reading findings and the editions they go by."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.db.models import Q, QuerySet

from govmedia.accounts.models import Account, Health
from govmedia.common import installation
from govmedia.engine.edition import (
    Edition,
    EditionError,
    edition_files,
    edition_names,
    edition_of,
    load_edition,
    read_table,
    resolve,
)
from govmedia.engine.hashing import canonical_json, tagged_sm3
from govmedia.engine.types import Hit
from govmedia.findings.cures import LASTING
from govmedia.findings.faults import fault_key
from govmedia.findings.models import OTHER, Appeal, EditionCopy, Finding
from govmedia.findings.states import COUNTING, OPEN
from govmedia.orgs.models import Role, User
from govmedia.orgs.rights import OWN, limit, reach

EDITION_SETTING, EDITION_DEFAULT = "edition", "jiangsu-2019"


class Counting(NamedTuple):
    """An open, confirmed finding as far as health is concerned."""

    account_id: int
    code: str
    colour: str
    reason: str


class Overturned(NamedTuple):
    """A confirmed finding that people took back: upheld on appeal, or dismissed by an office."""

    pk: int
    account_id: int
    code: str
    source: str
    faults: Sequence[str]
    reason: str
    end_reason: str
    raised_at: datetime
    decided_at: datetime

    def took(self, hit: Hit, finished_at: datetime | None) -> bool:
        """Whether this is the finding that a hit of a check led to, or would lead to in one not `finished_at` yet.

        What an inspector writes looks alike from check to check; it is told by its reason, or by the time.
        """
        if hit.code != self.code or fault_key(hit) not in self.faults:
            return False
        if self.source == Finding.Source.MACHINE:
            return True
        if finished_at is None:
            return False
        return self.raised_at <= finished_at <= self.decided_at or self.reason.startswith(hit.reason)


class Upheld(NamedTuple):
    """A finding against which an appeal was upheld, with who decided so and why."""

    pk: int
    account: Account
    code: str
    title: str
    faults: Sequence[str]
    refs: frozenset[str]
    answer: str
    by: User
    at: datetime

    def took(self, hit: Hit) -> bool:
        """Whether a hit is one of those the finding was made of."""
        shown = any(proof.ref in self.refs for proof in hit.evidence if proof.ref)
        return hit.code == self.code and (shown or fault_key(hit) in self.faults)


class Stands(Protocol):
    """What health needs to know of an open, confirmed finding."""

    @property
    def colour(self) -> str: ...

    @property
    def reason(self) -> str: ...


def visible_to(user: User) -> QuerySet[Finding]:
    """The findings somebody may see. An organisation's people see one only once it was confirmed."""
    rows = Finding.objects.filter(
        **limit(user, "finding.see", division="account__division", organisation="account__organisation")
    )
    return rows.filter(confirmed_at__isnull=False) if reach(user, "finding.see") == OWN else rows


def rechecks_for(user: User) -> QuerySet[Finding]:
    """Reports of rectification in reach that a human has to look at: what no look can see, or no look sees now."""
    human = ~Q(source=Finding.Source.MACHINE) | Q(code__in=LASTING) | Q(account__health=Health.NOT_SEEN)
    reached = limit(user, "finding.recheck", division="account__division", organisation="account__organisation")
    return Finding.objects.filter(human, state="fixed", **reached)


def all_appeals_for(user: User) -> QuerySet[Appeal]:
    """The appeals of a person's office and of those below it, decided ones too."""
    reached = limit(user, "finding.review", division="at_division", organisation="finding__account__organisation")
    return Appeal.objects.filter(**reached)


def appeals_to_decide(user: User) -> QuerySet[Appeal]:
    """Those that wait and that he may decide: not against what he confirmed, and not twice the same finding."""
    before = Appeal.objects.filter(state=Appeal.State.REFUSED, decided_by=user.pk).values("finding")
    waiting = all_appeals_for(user).filter(state=Appeal.State.WAITING)
    return waiting.exclude(finding__confirmed_by=user.pk).exclude(finding__in=before)


def overturned(*, account_ids: Collection[int] | None = None, since: datetime | None = None) -> list[Overturned]:
    """The findings taken back by people, of some accounts or since a moment."""
    rows = Finding.objects.filter(state="dismissed", decided_at__isnull=False, confirmed_at__isnull=False)
    rows = rows.exclude(source=Finding.Source.NOTICE)
    if account_ids is not None:
        rows = rows.filter(account__in=account_ids)
    if since is not None:
        rows = rows.filter(decided_at__gte=since)
    return [Overturned(*row) for row in rows.order_by("pk").values_list(*Overturned._fields)]


def upheld(*, since: datetime | None = None) -> list[Upheld]:
    """The findings against which appeals were upheld, all or since a moment, the earliest first."""
    rows = Appeal.objects.filter(state=Appeal.State.UPHELD, decided_at__isnull=False)
    if since is not None:
        rows = rows.filter(decided_at__gte=since)
    rows = rows.select_related("finding__account", "decided_by").order_by("decided_at", "pk")
    return [_upheld(row, row.decided_by, row.decided_at) for row in rows if row.decided_by and row.decided_at]


def _upheld(row: Appeal, by: User, at: datetime) -> Upheld:
    finding = row.finding
    refs = frozenset(proof["ref"] for proof in finding.evidence if proof.get("ref"))
    return Upheld(finding.pk, finding.account, finding.code, finding.title, finding.faults, refs, row.answer, by, at)


def open_of(account: Account) -> QuerySet[Finding]:
    """An account's open findings, raised ones among them, vetoes first."""
    return Finding.objects.filter(account=account, state__in=OPEN).order_by("code", "pk")


def counting_accounts(account_ids: Collection[int]) -> dict[int, list[Counting]]:
    """The open, confirmed findings of each account that has any, vetoes first."""
    found: dict[int, list[Counting]] = {}
    rows = Finding.objects.filter(account__in=account_ids, state__in=COUNTING).exclude(code=OTHER)
    rows = rows.order_by("code", "pk")
    for row in rows.values_list("account_id", "code", "colour", "reason"):
        found.setdefault(row[0], []).append(Counting(*row))
    return found


def health_when_seen(findings: Sequence[Stands], posted_on: date | None, today: date) -> tuple[str, str, bool]:
    """Health, its sentence, and whether a veto is open. `posted_on` is the latest post's day, if there is any."""
    vetoes = [one for one in findings if one.colour == "veto"]
    latest = _latest(posted_on, today)
    if vetoes:
        return Health.FAULTY, _sentence("触及红线", vetoes, len(findings)), True
    if findings:
        return Health.FAULTY, _sentence("红线未触及，有扣分项", findings, len(findings)), False
    return Health.HEALTHY, f"{latest}；红线均未触及", False


def _sentence(head: str, shown: Sequence[Stands], total: int) -> str:
    more = f"（共 {total} 项）" if total > 1 else ""
    return f"{head}{more}：{shown[0].reason}"[:300]


def _latest(posted_on: date | None, today: date) -> str:
    if posted_on is None:
        return "暂无发布"
    days = (today - posted_on).days
    if days <= 0:
        return "最近一篇 今天"
    return f"最近一篇 {days} 天前（{posted_on:%m-%d}）"


def supervisors_over(division: str) -> list[User]:
    """The active supervisors nearest above a division: whom an operator turns to."""
    line = [division, division[:6], f"{division[:4]}00", f"{division[:2]}0000"]
    people = User.objects.filter(role=Role.SUPERVISOR, is_active=True, division__in=line)
    found = list(people.select_related("division").order_by("pk"))
    nearest = min((line.index(one.division_id) for one in found), default=0)
    return [one for one in found if one.division_id == line[nearest]]


def codes_raised_after(account_id: int, moment: datetime) -> set[str]:
    """The codes of an account's open findings that came up later than a moment."""
    rows = Finding.objects.filter(account=account_id, state__in=OPEN, raised_at__gt=moment)
    return set(rows.values_list("code", flat=True))


def edition_in_force() -> Edition:
    """The edition accounts are judged by. Errors: EditionError where it is not there any more."""
    return edition(installation.read(EDITION_SETTING, EDITION_DEFAULT))


def names_of_editions() -> list[str]:
    """Names of the editions to be had, the one in force first."""
    first = installation.read(EDITION_SETTING, EDITION_DEFAULT)
    names = edition_names(settings.EDITION_FOLDERS)
    return sorted(names, key=lambda name: (name != first, name))


def choices_of_editions() -> list[tuple[str, str]]:
    """(name, title) of the editions, the one in force first; a file that cannot be read is left out."""
    return [(name, found.title) for name in names_of_editions() if (found := _readable(name))]


def _readable(name: str) -> Edition | None:
    try:
        return edition(name)
    except EditionError:
        return None


def edition(name: str) -> Edition:
    """The edition of that name as its file says now. Errors: EditionError."""
    return _edition(name, _stamp())


def edition_as_judged(name: str, judged_hash: str) -> Edition | None:
    """The edition with exactly this hash: the file's if it still is, else the copy kept; None where neither is."""
    found = _readable(name)
    if found is not None and found.hash == judged_hash:
        return found
    row = EditionCopy.objects.filter(pk=judged_hash).first()
    return None if row is None else edition_from(row.table)


def edition_behind(finding: Finding) -> Edition:
    """The edition a finding goes by; the one in force where its own is not to be had any more."""
    return edition_as_judged(finding.edition, finding.edition_hash) or edition_in_force()


def edition_table(name: str) -> Mapping[str, Any]:
    """The resolved edition as JSON holds it. Errors: EditionError."""
    files = edition_files(settings.EDITION_FOLDERS)
    whole = resolve(read_table(files[name]), files)
    return {**whole, "valid_from": whole["valid_from"].isoformat()}


def edition_from(table: Mapping[str, Any]) -> Edition:
    """The edition a kept table stands for."""
    return edition_of({**table, "valid_from": date.fromisoformat(table["valid_from"])})


def table_hash(table: Mapping[str, Any]) -> str:
    """The hash a table proves itself by."""
    return tagged_sm3(canonical_json(table))


def _stamp() -> tuple[tuple[str, int], ...]:
    """Which edition files there are and when each was last written, so that a changed file is read again."""
    files = edition_files(settings.EDITION_FOLDERS)
    return tuple((str(path), path.stat().st_mtime_ns) for path in files.values())


@lru_cache(maxsize=64)
def _edition(name: str, stamp: tuple[tuple[str, int], ...]) -> Edition:
    return load_edition(name, settings.EDITION_FOLDERS)
