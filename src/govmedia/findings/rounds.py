"""One round of judging turned into findings: many accounts, a fixed number of queries, every move in the log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from govmedia.accounts.models import Account
from govmedia.audit.services import Deed, record_many
from govmedia.common.clock import day_of
from govmedia.engine.edition import Edition
from govmedia.engine.types import Hit
from govmedia.findings import messages
from govmedia.findings.cures import LASTING
from govmedia.findings.faults import COUNT_MAX, Fault, faults_of
from govmedia.findings.models import Claim, Finding
from govmedia.findings.states import FINDING, OPEN
from govmedia.findings.terms import due_of
from govmedia.notify.services import tell_many
from govmedia.orgs.models import User
from govmedia.orgs.queries import operators_by_organisation

UPDATED = (
    "title", "state", "needs_human", "looks_seen", "looks_needed", "count", "reason", "evidence", "evidence_sm3",
    "faults", "edition", "edition_hash", "indicator_version", "seen_at", "confirmed_at", "notified_at", "ended_at",
    "end_reason", "decided_by", "decided_at", "confirmed_by", "due_on", "due_known", "reopened",
)  # fmt: skip
BATCH = 500


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging saw of one account. `seen` False: nothing is raised or taken back. `note` says what was seen.

    `undecided`: codes of which the days seen tell neither way; they are taken back only where something was posted
    (`posted_on`, the latest post's day) since they were raised. `closed`: the account is no more, so that nothing of
    it stays open. `looked_at`: the last good look, before which nothing can have been re-checked; None is now.
    """

    account_id: int
    code: str
    name: str
    division: str
    organisation_id: int
    hits: tuple[Hit, ...] = ()
    seen: bool = True
    note: str = ""
    undecided: frozenset[str] = frozenset()
    posted_on: date | None = None
    closed: bool = False
    looked_at: datetime | None = None


Pair = tuple[Finding, Judged]


class Round:
    """The findings of one source brought up to date by one edition at one moment."""

    def __init__(
        self,
        edition: Edition,
        versions: Mapping[str, int],
        now: datetime,
        source: str,
        *,
        by: User | None = None,
        clean: frozenset[str] | None = None,
    ) -> None:
        self.edition = edition
        self.versions = versions
        self.now = now
        self.source = source
        self.by = by
        # The machine judges every code each time; an inspector takes back only what he looked at again.
        self.clean = clean
        self.moved: list[tuple[str, Finding, Judged, str]] = []

    def run(self, judged: Sequence[Judged]) -> dict[str, int]:
        """Moves made, by name. Call inside a transaction."""
        ids = [one.account_id for one in judged]
        # Held until the end of the transaction, in one order, so that two rounds cannot raise the same twice.
        list(Account.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
        present = self._open(ids)
        dismissed = self._dismissed([one.account_id for one in judged if one.hits])
        created: list[Pair] = []
        renewed: list[Pair] = []
        same: list[Pair] = []
        again: set[int] = set()
        for one in judged:
            have = present.get(one.account_id, {})
            faults = faults_of(one.hits, self.edition, dismissed.get(one.account_id, {}))
            created += [(self._new(one, fault), one) for code, fault in faults.items() if code not in have]
            again |= {finding.pk for code, finding in have.items() if code in faults}
            for code, finding in have.items():
                (renewed if self._renew(finding, one, faults.get(code)) else same).append((finding, one))
        Finding.objects.bulk_create([finding for finding, _ in created], batch_size=BATCH)
        told = self._notify([*created, *renewed, *same])
        self._save({finding.pk: finding for finding, _ in (*renewed, *told)})
        changed = {finding.pk for finding, _ in (*renewed, *told)}
        still = again - changed
        Finding.objects.filter(pk__in=still).update(seen_at=self.now)
        self._log(renewed)
        return self._tally()

    def notify(self, pairs: Sequence[Pair]) -> int:
        """Tell the operators of findings that a human has just confirmed; returns how many were told of."""
        told = self._notify(pairs)
        self._save({finding.pk: finding for finding, _ in told})
        self._log([])
        return len(told)

    def end(self, pairs: Sequence[Pair]) -> None:
        """End findings whose accounts are no more."""
        ended = [(finding, one) for finding, one in pairs if self._end(finding, one)]
        self._save({finding.pk: finding for finding, _ in ended})
        self._log([])

    def _save(self, changed: Mapping[int, Finding]) -> None:
        Finding.objects.bulk_update(changed.values(), UPDATED, batch_size=BATCH)
        for name, outcome in (("cure", Claim.Outcome.CURED), ("recur", Claim.Outcome.PERSISTS)):
            keys = [finding.pk for move, finding, _, _ in self.moved if move == name and finding.pk in changed]
            if keys:
                waiting = Claim.objects.filter(finding__in=keys, outcome=Claim.Outcome.WAITING)
                waiting.update(outcome=outcome, decided_at=self.now, decided_by=self.by)

    def _notify(self, rows: Iterable[Pair]) -> list[Pair]:
        """Tell the operators of confirmed findings; where nobody is there to be told, it stays confirmed."""
        rows = list(rows)
        waiting = [(finding, one) for finding, one in rows if finding.state == "confirmed"]
        back = {finding.pk for move, finding, _, _ in self.moved if move == "recur"}
        again = [(finding, one) for finding, one in rows if finding.pk in back]
        people = operators_by_organisation({one.organisation_id for _, one in (*waiting, *again)})
        told = [(finding, one) for finding, one in waiting if one.organisation_id in people]
        for finding, one in told:
            self._take("notify", finding, one)
            finding.notified_at = self.now
            self._set_due(finding)
        sent = [messages.found(finding, one.name, people[one.organisation_id]) for finding, one in told]
        sent += [messages.back(finding, one.name, people.get(one.organisation_id, [])) for finding, one in again]
        if sent:
            tell_many(sent, now=self.now)
        return told

    def _set_due(self, finding: Finding) -> None:
        due = due_of(self.edition, self.now)
        finding.due_on, finding.due_known = due.on, due.known

    def _open(self, ids: Sequence[int]) -> dict[int, dict[str, Finding]]:
        found: dict[int, dict[str, Finding]] = {}
        for row in Finding.objects.filter(account__in=ids, source=self.source, state__in=OPEN).order_by("pk"):
            found.setdefault(row.account_id, {})[row.code] = row
        return found

    def _dismissed(self, ids: Sequence[int]) -> dict[int, dict[str, frozenset[str]]]:
        """Account to code to the faults that a human dismissed."""
        if self.source != Finding.Source.MACHINE or not ids:
            return {}
        found: dict[int, dict[str, frozenset[str]]] = {}
        rows = Finding.objects.filter(
            account__in=ids, source=self.source, state="dismissed", decided_by__isnull=False
        ).order_by("pk")
        for account_id, code, keys in rows.values_list("account_id", "code", "faults"):
            codes = found.setdefault(account_id, {})
            codes[code] = codes.get(code, frozenset()) | frozenset(keys)
        return found

    def _new(self, one: Judged, fault: Fault) -> Finding:
        finding = Finding(
            account_id=one.account_id,
            code=fault.code,
            colour=self.edition.rules[fault.code].colour,
            source=self.source,
            state="raised",
            raised_at=self.now,
        )
        self._write(finding, fault)
        self.moved.append(("raise", finding, one, ""))
        self._confirm(finding, one, fault)
        return finding

    def _write(self, finding: Finding, fault: Fault) -> bool:
        """Take over what was seen now; returns whether it says anything new."""
        told = {
            "title": self.edition.rules[fault.code].title[:60],
            "needs_human": fault.doubtful and finding.state == "raised",
            "looks_seen": fault.looks_seen,
            "looks_needed": fault.looks_needed,
            "count": fault.count,
            "reason": fault.reason,
            "evidence": fault.evidence,
            "evidence_sm3": fault.evidence_sm3,
            "faults": fault.keys,
            "edition": self.edition.name,
            "edition_hash": self.edition.hash,
            "indicator_version": self.versions.get(fault.code, 1),
        }
        news = any(getattr(finding, name) != value for name, value in told.items())
        for name, value in told.items():
            setattr(finding, name, value)
        finding.seen_at = self.now
        return news

    def _renew(self, finding: Finding, one: Judged, fault: Fault | None) -> bool:
        """Bring an open finding up to what was seen now; returns whether it has to be written anew."""
        if fault is None:
            return not self._undecided(finding, one) and self._end(finding, one)
        # What is appealed stays as it was when it was appealed.
        if finding.state == "appealed":
            return False
        if finding.state == "fixed":
            return self._persists(finding, one, fault) and self._recur(finding, one, fault)
        # What was confirmed as certain is not watered down by what is only suspected now.
        if finding.state != "raised" and not fault.counts:
            return False
        news = self._write(finding, fault)
        return self._confirm(finding, one, fault) or news

    def _persists(self, finding: Finding, one: Judged, fault: Fault) -> bool:
        """Whether what was reported as put right is seen once more, by a look taken since the report."""
        if finding.claimed_at and one.looked_at and one.looked_at <= finding.claimed_at:
            return False
        if self.by is not None:
            return True
        if finding.code in LASTING:
            return fault.counts and not set(fault.keys) <= set(finding.faults)
        return fault.counts or not set(fault.keys).isdisjoint(finding.faults)

    def _recur(self, finding: Finding, one: Judged, fault: Fault) -> bool:
        self._take("recur", finding, one, f"再次查看时问题仍在：{fault.reason}")
        self._write(finding, fault)
        finding.reopened = min(finding.reopened + 1, COUNT_MAX)
        if self.by is not None:
            finding.decided_by, finding.decided_at = self.by, self.now
        self._set_due(finding)
        return True

    def _undecided(self, finding: Finding, one: Judged) -> bool:
        if finding.code not in one.undecided or finding.code not in self.edition.rules:
            return False
        return one.posted_on is None or one.posted_on < day_of(finding.raised_at)

    def _confirm(self, finding: Finding, one: Judged, fault: Fault) -> bool:
        if finding.state != "raised" or not fault.counts:
            return False
        self._take("confirm", finding, one)
        finding.confirmed_at = self.now
        if self.by is not None:
            finding.decided_by, finding.decided_at = self.by, self.now
            finding.confirmed_by = self.by
        return True

    def _end(self, finding: Finding, one: Judged) -> bool:
        # An appeal is answered first; the next look after a refusal closes what is cured.
        if finding.state == "appealed" and not one.closed:
            return False
        if self.clean is not None and finding.code not in self.clean:
            return False
        name = "drop" if finding.state == "raised" else "cure"
        reason = self._end_reason(finding, one)
        self._take(name, finding, one, reason)
        finding.ended_at, finding.end_reason, finding.needs_human = self.now, reason[:300], False
        return True

    def _end_reason(self, finding: Finding, one: Judged) -> str:
        if one.closed:
            return "账号已注销"
        if finding.code not in self.edition.rules:
            return "现行检查指标不含此项"
        if self.by is not None:
            return "检查员复查未见问题"
        seen = f"（{one.note}）" if one.note else ""
        return f"最近一次查看时已不存在{seen}，自动{'撤回' if finding.state == 'raised' else '销号'}"

    def _take(self, name: str, finding: Finding, one: Judged, why: str = "") -> None:
        step = FINDING.take(name, finding.state, why)
        finding.state = step.target
        self.moved.append((name, finding, one, why))

    def _log(self, renewed: Iterable[Pair]) -> None:
        deeds = [self._deed(*row) for row in self.moved]
        moved = {finding.pk for _, finding, _, _ in self.moved}
        rest = {str(finding.pk): finding.evidence_sm3 for finding, _ in renewed if finding.pk not in moved}
        if rest:
            deeds.append(Deed("finding.renew", "findings", f"{len(rest)} 个问题的证据更新", after=rest))
        if deeds:
            record_many(deeds, by=self.by, now=self.now)

    def _deed(self, name: str, finding: Finding, one: Judged, why: str) -> Deed:
        return Deed(
            f"finding.{name}",
            f"finding:{finding.pk}",
            f"{one.name}：{finding.code} {finding.title}",
            after={
                "account": one.code,
                "state": _TARGET[name],
                "count": finding.count,
                "evidence_sm3": finding.evidence_sm3,
            },
            why=why or finding.reason,
            division=one.division,
        )

    def _tally(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for name, *_ in self.moved:
            counts[name] = counts.get(name, 0) + 1
        return counts


_TARGET = {"raise": "raised", **{move.name: move.target for move in FINDING.moves}}
