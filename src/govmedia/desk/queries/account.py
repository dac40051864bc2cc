"""Everything the page of one account shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from govmedia.accounts.models import LIVE, Account, FormerName
from govmedia.accounts.queries import former_names_of
from govmedia.audit.queries import entries_of
from govmedia.checks.models import Check
from govmedia.common.clock import day_of
from govmedia.common.templatetags.drawing import Day
from govmedia.desk.queries.indicators import Standing, standings
from govmedia.desk.queries.passing import Passing, passing
from govmedia.desk.words import changes, deed_words, role_words
from govmedia.engine.edition import Edition
from govmedia.filings.models import Filing
from govmedia.findings.models import OPEN, Finding
from govmedia.findings.queries import edition_in_force, visible_to
from govmedia.inspections.queries import Originality, originality_of
from govmedia.orgs.models import User
from govmedia.posts import queries as posts
from govmedia.posts.models import BadItem, Interface, Look, Post
from govmedia.posts.year import year

SHOWN = 8
LOOKS_SHOWN = 6
HISTORY_SHOWN = 15
ORIGINALITY_OVER = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One account as its page shows it; lists are latest first and cut to a screenful."""

    edition: Edition
    # None: the account is closed, so that nothing is asked of it any more
    passing: Passing | None
    standings: list[Standing]
    days: list[Day]
    posts: list[Post]
    posts_total: int
    originality: Originality
    interface: Interface | None
    looks: list[Look]
    bad_items: list[BadItem]
    findings: list[Finding]
    filings: list[Filing]
    checks: list[Check]
    former_names: list[FormerName]
    history: list[dict[str, Any]]

    @property
    def spoken(self) -> list[Standing]:
        """The indicators that somebody has looked at."""
        return [row for row in self.standings if not row.quiet]

    @property
    def quiet(self) -> list[Standing]:
        return [row for row in self.standings if row.quiet]

    @property
    def unanswered(self) -> int:
        """How many indicators wait for an inspector's answer, which no verdict of now can know."""
        return sum(row.state == "需人工" for row in self.standings)

    @property
    def proposed(self) -> bool:
        """True where points of the edition are only proposed; the page must say so."""
        return any(row.proposed for row in self.standings)


def account_page(account: Account, user: User, now: datetime) -> AccountPage:
    """The page of one account in a fixed number of queries; `account` comes with its interface."""
    edition = edition_in_force()
    interface = getattr(account, "data_interface", None)
    findings = visible_to(user).filter(account=account).order_by("-raised_at", "-pk")
    # What is only raised never hides what is confirmed of the same indicator.
    still_open = sorted(findings.filter(state__in=OPEN), key=lambda row: row.state != "raised")
    checks = list(Check.objects.filter(account=account).defer("facts", "hits").order_by("-started_at", "-pk")[:SHOWN])
    final = next((check for check in checks if check.state == Check.State.FINAL), None)
    published = posts.recent_posts(account)
    slow = edition.rules.get("Y02")
    return AccountPage(
        edition=edition,
        passing=passing(account, edition, still_open, now) if account.status in LIVE else None,
        standings=standings(account, edition, still_open, final, interface),
        days=year(account, slow.terms.get("max_gap_days") if slow else None, now),
        posts=list(published.defer("text", "extra")[:SHOWN]),
        posts_total=published.count(),
        originality=originality_of(account.pk, day_of(now) - ORIGINALITY_OVER, day_of(now)),
        interface=interface,
        looks=list(posts.recent_looks(account)[:LOOKS_SHOWN]),
        bad_items=list(posts.bad_items(account)[:SHOWN]),
        findings=list(findings[: SHOWN * 2]),
        filings=list(Filing.objects.filter(account=account).order_by("-created_at", "-pk")[:SHOWN]),
        checks=[check for check in checks if check.state == Check.State.FINAL or check.inspector_id == user.pk],
        former_names=list(former_names_of(account)),
        history=_history(account),
    )


def _history(account: Account) -> list[dict[str, Any]]:
    """The account's audit entries for the timeline component."""
    return [
        {
            "at": entry.at,
            "who": role_words(entry.role)
            if entry.role == "machine"
            else f"{entry.actor}（{role_words(entry.role)}）",
            "text": deed_words(entry.verb),
            "note": "\n".join([*changes(entry.before, entry.after), *([f"理由：{entry.why}"] if entry.why else [])]),
            "url": "",
        }
        for entry in entries_of(f"account:{account.code}")[:HISTORY_SHOWN]
    ]
