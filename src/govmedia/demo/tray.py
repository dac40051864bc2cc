"""Filings under way: one in every state, made step by step by the rooms' own services, each at its own past moment.

Their feeds are served by the emulator, so that an account whose filing a visitor accepts is looked at within minutes.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from govmedia.accounts.models import Account
from govmedia.common.clock import day_of
from govmedia.demo import writing
from govmedia.demo.places import Body
from govmedia.demo.plan import PLATFORMS, Part, Plan
from govmedia.demo.stage import Scene
from govmedia.emulators.source import EmulatedFeed, EmulatedItem
from govmedia.engine.codes import new_code
from govmedia.filings import services
from govmedia.filings.models import Filing
from govmedia.orgs.models import Organisation, Role, User

_TABLE = Path(__file__).with_name("texts") / "filings.toml"
_KINDS = ("rss", "atom", "json")
# Fetched values are kept with a filing for the reviewer; so many posts of them.
_SHOWN_POSTS = 5
# Only bodies with a clerk of their own can file; a country has too many accounts that close.
_MOST_CLOSING = 3
CONTACT = {"contact_name": "新媒体值班岗", "contact_phone": "025-00000000"}


Event = tuple[datetime, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A feed for an account that is only asked for: its address, title and posts, newest first."""

    feed: EmulatedFeed
    items: tuple[EmulatedItem, ...]
    address: str


class Errand:
    """A filing and the deeds that move it along; each is done later, when its moment has come in the whole story."""

    def __init__(self, organisation: Organisation, kind: str, account: Account | None = None) -> None:
        self.organisation = organisation
        self.kind = kind
        self.account = account
        self.clerk = User.objects.filter(role=Role.OPERATOR, organisation=organisation).order_by("pk")[0]
        self.filing_id = 0
        self.events: list[Event] = []

    def start(self, at: datetime) -> None:
        """Begin the draft."""
        self.events.append((at, partial(self._start, at)))

    def write(self, values: Mapping[str, str], at: datetime, fetched: Mapping[str, Any] | None = None) -> None:
        """Type the values; `fetched` is what the machine would have read of the feed."""
        self.events.append((at, partial(self._write, values, at, fetched)))

    def move(self, name: str, at: datetime, note: str = "") -> None:
        """Submit it, or let the office that has it then decide."""
        self.events.append((at, partial(self._move, name, at, note)))

    def _start(self, at: datetime) -> None:
        self.filing_id = services.start(
            kind=self.kind, organisation=self.organisation, account=self.account, by=self.clerk, now=at
        ).pk

    def _write(self, values: Mapping[str, str], at: datetime, fetched: Mapping[str, Any] | None) -> None:
        if fetched is not None:
            # During the build the emulator does not run yet, so the machine cannot read the feed itself.
            Filing.objects.filter(pk=self.filing_id).update(fetched=fetched)
        services.save_draft(filing_id=self.filing_id, values=values, by=self.clerk, now=at)

    def _move(self, name: str, at: datetime, note: str) -> None:
        by = self.clerk
        if name not in {"submit", "withdraw"}:
            office = Filing.objects.values_list("at_division_id", flat=True).get(pk=self.filing_id)
            by = User.objects.filter(role=Role.REVIEWER, division=office).order_by("pk")[0]
        services.move(filing_id=self.filing_id, name=name, by=by, note=note, now=at)


def errands(
    plan: Plan, organisations: Sequence[Organisation], scene: Scene, random: Random
) -> tuple[list[Sheet], list[Event]]:
    """The feeds that the emulator is to serve for the filings, and all deeds that make them."""
    bodies = {role.body.number: role.body for role in plan.roles}
    sheets, made, used = [], [], _platforms_in_use(organisations)
    for row in tomllib.loads(_TABLE.read_text(encoding="utf-8"))["filing"]:
        body = bodies[row["body"]]
        sheet = _sheet(row, body, scene, random)
        platform = _platform(used[body.number], row["platform"])
        made.append(_opening(row, organisations[body.number - 1], sheet, platform, scene.now))
        sheets.append(sheet)
    for role in plan.of(Part.CLOSING)[:_MOST_CLOSING]:
        made.append(_closing(Account.objects.select_related("organisation").get(code=role.code), scene.now))
    changed = Account.objects.filter(organisation=organisations[9], status="open").order_by("pk").first()
    if changed is not None:
        made.append(_changing(changed, organisations[9], scene.now))
    return sheets, [event for errand in made for event in errand.events]


def unfiled(plan: Plan, scene: Scene, random: Random) -> list[Sheet]:
    """Feeds of accounts that nobody has filed yet, for a visitor who wants to file one."""
    bodies = {role.body.number: role.body for role in plan.roles}
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["unfiled"]
    return [_sheet(row, bodies[row["body"]], scene, random) for row in rows]


def _platforms_in_use(organisations: Sequence[Organisation]) -> dict[int, list[str]]:
    """By number of the body, those of the first ones, which the table speaks of."""
    return {
        number: list(Account.objects.filter(organisation=row).order_by("pk").values_list("platform", flat=True))
        for number, row in enumerate(organisations[:10], 1)
    }


def _platform(used: list[str], wish: str) -> str:
    if wish == "same":
        return used[0]
    free = next((one for one in reversed(PLATFORMS) if one not in used), "app")
    used.append(free)
    return free


def _sheet(row: Mapping[str, Any], body: Body, scene: Scene, random: Random) -> Sheet:
    key, kind = new_code(random), random.choice(_KINDS)
    title = row["name"].format(p=body.place.bare)
    latest = scene.now - timedelta(days=38 if row.get("silent") else 0, hours=5)
    items = []
    for number in range(6):
        at = (latest - timedelta(days=number * 2, minutes=number * 37)).replace(microsecond=0)
        heading, text = writing.compose(
            scene.words, random, field=body.field, place=body.place.name, office=body.short, day=day_of(at)
        )
        native_id = f"{key}-{int(at.timestamp() * 1000)}"
        items.append(EmulatedItem(key, native_id, heading, text, published_at=at, author=title))
    mode = "silent" if row.get("silent") else "ok"
    description = f"{body.name}官方账号"
    link = f"https://example.gov.invalid/{key.lower()}"
    feed = EmulatedFeed(key, title, description, link, kind, mode, changed_at=scene.now)
    return Sheet(feed, tuple(items), f"{scene.site}/feeds/{key}.{kind}")


def _opening(
    row: Mapping[str, Any], organisation: Organisation, sheet: Sheet, platform: str, now: datetime
) -> Errand:
    errand = Errand(organisation, "open")
    at = now - timedelta(days=row["days_ago"])
    errand.start(at)
    values = {
        "feed_url": sheet.address,
        "name": sheet.feed.title,
        "platform": platform,
        "description": sheet.feed.description,
        "url": f"https://example.gov.invalid/{platform}/{sheet.feed.key.lower()}",
        "opened_on": f"{day_of(at) - timedelta(days=1)}",
        "second_reason": row.get("second_reason", ""),
        **CONTACT,
    }
    if not row["moves"]:
        # Somebody was called away in the middle of it.
        values |= {"opened_on": "", "contact_phone": "", "platform": ""}
    at += timedelta(minutes=20)
    errand.write(values, at, _fetched(sheet, at))
    for move in row["moves"]:
        at = min(at + timedelta(hours=move["after_h"]), now)
        errand.move(move["name"], at, move.get("note", ""))
    return errand


def _closing(account: Account, now: datetime) -> Errand:
    errand = Errand(account.organisation, "close", account)
    at = now - timedelta(days=2, hours=4)
    errand.start(at)
    values = {
        "closed_on": f"{day_of(at)}",
        "notice_url": f"{account.url}/notice",
        "reason": "按照清理整合要求，本账号停止更新，信息今后由本单位其他账号发布。",
        "successor": "",
    }
    errand.write(values, at + timedelta(minutes=10))
    errand.move("submit", at + timedelta(minutes=30))
    return errand


def _changing(account: Account, organisation: Organisation, now: datetime) -> Errand:
    errand = Errand(organisation, "change", account)
    at = now - timedelta(days=1, hours=6)
    errand.start(at)
    values = {
        "description": f"{account.description}提供预约、查询等服务。",
        "functions": "政务公开\n办事服务\n预约查询",
        "happened_on": f"{day_of(at)}",
        "reason": "账号新增服务栏目。",
    }
    errand.write(values, at + timedelta(minutes=5))
    errand.move("submit", at + timedelta(minutes=10))
    return errand


def _fetched(sheet: Sheet, at: datetime) -> dict[str, Any]:
    """As filings keep what they read of a feed."""
    posts = [
        {"title": item.title, "url": "", "at": item.published_at.isoformat()}
        for item in sheet.items[:_SHOWN_POSTS]
        if item.published_at
    ]
    title, description = sheet.feed.title, sheet.feed.description
    return {
        "url": sheet.address,
        "at": at.isoformat(),
        "ok": True,
        "outcome": "ok",
        "cause": "",
        "moved_to": "",
        "address": sheet.address.split("/")[2],
        "body_sm3": "",
        "title": title,
        "feed_id": sheet.address,
        "count": len(sheet.items),
        "latest_at": posts[0]["at"],
        "posts": posts,
        "filled": {"name": title, "description": description, "url": "", "platform": ""},
    }
