"""What is odd about a filing: shown to the operator before submitting and to the reviewer alike, and kept with it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Q

from govmedia.accounts import queries as accounts
from govmedia.common.clock import day_of
from govmedia.engine.calendar import Calendar, UnknownYear
from govmedia.engine.likeness import duty_words, other_work, pieces, private_words, similar_names
from govmedia.engine.links import host_of
from govmedia.engine.platforms import field_label, platform_label, platform_of_host
from govmedia.filings import chain
from govmedia.filings.content import CHANGE, CLOSE, OPEN, happened_on
from govmedia.filings.models import Filing
from govmedia.filings.states import WAITING
from govmedia.orgs import divisions

_SIMILAR_MOST = 3
_ON_ITS_WAY = ("returned", *WAITING)
_PEOPLES = "(?:(?:[^族]{1,4}族)+|维吾尔|哈萨克|蒙古|柯尔克孜|塔吉克|锡伯)?"
_RANK = re.compile(f"(?<=..)(?:{_PEOPLES}自治[区州县旗]|特别行政区|地区|新区|林区|[省市区县盟旗])$")
_CLAUSE_ENDS = re.compile(r"[，。；、\s]+")
_NOUGHTS = re.compile("(00)+$")


@dataclass(frozen=True, slots=True)
class Oddity:
    """One oddity. `kind`: second, alike, avatar, duties, elsewhere, shared, silent, unreadable, unread, inactive,
    late. `account` is a code."""

    kind: str
    tone: str
    title: str
    text: str = ""
    account: str = ""


def of(filing: Filing, *, now: datetime) -> list[dict[str, Any]]:
    """All that is odd now, weightiest first, as the plain values a filing keeps."""
    found: list[Oddity] = [*_organisation(filing)]
    if filing.kind == OPEN:
        found += [*_second(filing), *_alike(filing), *_duties(filing)]
    elif filing.kind == CHANGE and filing.account is not None and filing.form.get("name") != filing.account.name:
        found += [*_alike(filing), *_duties(filing)]
    if filing.kind != CLOSE:
        found += [*_elsewhere(filing), *_shared(filing)]
        found += _feed(filing, now)
    found += _late(filing, now)
    return [asdict(oddity) for oddity in found]


def needs_reason(filing: Filing, platform: str) -> bool:
    """True where the organisation already has a live account on the platform."""
    return filing.kind == OPEN and accounts.same_platform_accounts(filing.organisation, platform).exists()


def _organisation(filing: Filing) -> Iterator[Oddity]:
    if not filing.organisation.active:
        text = "停用的单位一般不再开设账号，请先核实单位现状。"
        yield Oddity("inactive", "bad", f"主办单位「{filing.organisation.name}」已停用", text)


def _second(filing: Filing) -> Iterator[Oddity]:
    platform = platform_label(filing.form.get("platform", ""))
    for row in accounts.same_platform_accounts(filing.organisation, filing.form.get("platform", ""))[:_SIMILAR_MOST]:
        text = "一个单位原则上在同一平台只开设一个账号。"
        yield Oddity("second", "warn", f"该单位在{platform}上已有「{row.name}」", text, row.code)


def _alike(filing: Filing) -> Iterator[Oddity]:
    own = filing.account.code if filing.account else ""
    siblings = {
        row.code for row in accounts.live().filter(organisation=filing.organisation).only("code")
    }  # one name on all platforms is what the rules ask for
    candidates = [
        (code, name)
        for code, name in accounts.names_for_likeness(filing.organisation.division_id)
        if code != own and code not in siblings
    ]
    names = dict(candidates)
    for code, like in similar_names(filing.form.get("name", ""), candidates, limit=_SIMILAR_MOST):
        yield Oddity(
            "alike", "warn", f"名称与「{names[code]}」相近（{like.score:.0%}）", "；".join(like.reasons), code
        )


def _duties(filing: Filing) -> Iterator[Oddity]:
    """At most one: what speaks against the name, or else that nothing speaks for it."""
    organisation, name = filing.organisation, filing.form.get("name", "")
    known = (organisation.name, organisation.short_name)
    duties = (*known, field_label(organisation.field), *_CLAUSE_ENDS.split(organisation.duties))
    at_home, elsewhere = _places_in(name, organisation.division_id)
    if words := private_words(name, *duties):
        title, text = "名称像商业号或个人号", f"名称里有“{'”“'.join(words)}”。"
    elif work := other_work(name, *duties):
        title, text = "名称像是别的单位的职责", f"从名称看，账号是讲“{'”“'.join(work)}”的。"
    elif elsewhere and not at_home and not any(place in whole for place in elsewhere for whole in known):
        title, text = "名称里是别的地方", f"名称里的“{'”“'.join(elsewhere)}”不在主办单位所在的区划。"
    elif name and not at_home and not duty_words(name, *known):
        title, text = "名称与单位职责看不出关联", "名称里看不出与主办单位有关的字。"
    else:
        return
    yield Oddity("duties", "warn", title, f"{text}主办单位是“{organisation.name}”，请核对名称是否体现单位职责。")


def _places_in(name: str, division: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The places a name is made of: those that a division lies in or has, and all others."""
    within = _NOUGHTS.sub("", division)
    at_home: list[str] = []
    elsewhere: list[str] = []
    for piece in pieces(name):
        codes = _places().get(piece, ())
        near = any(code.startswith(within) or within.startswith(code) for code in codes)
        if codes:
            (at_home if near else elsewhere).append(piece)
    return tuple(at_home), tuple(elsewhere)


@cache
def _places() -> Mapping[str, tuple[str, ...]]:
    """Bare names of provinces, cities and counties (南京, 黔东南, 沛县), each with the beginnings of its codes."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in divisions.rows():
        bare = _RANK.sub("", row.name)
        found[bare if len(bare) > 1 else row.name].append(_NOUGHTS.sub("", row.code))
    return {bare: tuple(codes) for bare, codes in found.items() if len(bare) > 1}


def _elsewhere(filing: Filing) -> Iterator[Oddity]:
    """A link that leads to another platform; one to a site of one's own may be right."""
    platform = filing.form.get("platform") or filing.platform
    there = platform_of_host(host_of(filing.form.get("url", "")))
    if there is not None and there != platform:
        text = f"链接打开的是{platform_label(there)}，备案的平台是{platform_label(platform)}，请核对填的是哪一个。"
        yield Oddity("elsewhere", "warn", f"链接不是{platform_label(platform)}的网址", text)


def _shared(filing: Filing) -> Iterator[Oddity]:
    """An interface that another filing on its way has too: one of them is a slip."""
    url = filing.form.get("feed_url", "")
    if not url:
        return
    # Another organisation's draft is nobody else's concern.
    seen = Q(state__in=_ON_ITS_WAY) | Q(state="draft", organisation=filing.organisation_id)
    others = Filing.objects.filter(seen, form__feed_url=url).exclude(pk=filing.pk).select_related("organisation")
    if other := others.order_by("pk").first():
        whose = "本单位" if other.organisation_id == filing.organisation_id else other.organisation.name
        text = "一个接口只对应一个账号，请核对这份备案里填的是哪一个账号的接口。"
        yield Oddity("shared", "warn", f"数据接口与{whose}另一件备案「{other.name or '未命名'}」填的相同", text)


def _feed(filing: Filing, now: datetime) -> Iterator[Oddity]:
    url, look = filing.form.get("feed_url", ""), filing.fetched
    if not url or (filing.kind == CHANGE and url == filing.form.get("before", {}).get("feed_url")):
        return
    if look.get("url") != url:
        yield Oddity("unread", "warn", "数据接口还没有读过", "提交前请点“读取”，看看系统能不能读到内容。")
    elif not look.get("ok"):
        yield Oddity("unreadable", "warn", "数据接口读不出来", look.get("cause", ""))
    else:
        yield from _avatar(filing, look)
        yield from _silence(look, now)


def _avatar(filing: Filing, look: dict[str, Any]) -> Iterator[Oddity]:
    """A picture that just one other body shows; what several show is a badge that all of their kind may show."""
    near = [row for _, row in accounts.with_avatar_like(look.get("avatar"))]
    others = [row for row in near if row.organisation_id != filing.organisation_id]
    if others and len({row.organisation_id for row in others}) == 1:
        row = others[0]
        text = f"它是{row.organisation.name}的账号。头像雷同容易让公众认错，请核对这个账号是不是本单位的。"
        yield Oddity("avatar", "warn", f"头像与「{row.name}」几乎相同", text, row.code)


def _silence(look: dict[str, Any], now: datetime) -> Iterator[Oddity]:
    days = chain.rules().silent_days
    if not look.get("count"):
        yield Oddity("silent", "warn", "数据接口里没有内容", "能连通，但一篇也没有读到。")
    elif look.get("latest_at"):
        latest = datetime.fromisoformat(look["latest_at"])
        if now - latest > timedelta(days=days):
            text = f"最近一篇在 {day_of(latest)}，超过 {days} 天没有更新。"
            yield Oddity("silent", "warn", "账号近期没有更新", text)


def _late(filing: Filing, now: datetime) -> Iterator[Oddity]:
    day = happened_on(filing.kind, filing.form)
    if day is None:
        return
    allowed = chain.rules().late_working_days
    sent = filing.submitted_at or now
    try:
        gone = Calendar.load(settings.HOLIDAY_FOLDERS).working_days_between(day, day_of(sent))
    except UnknownYear:
        # Older than the holidays we know; three times the working days leaves no doubt, less is not worth a word.
        gone = allowed + 1 if (day_of(sent) - day).days > 3 * allowed + 14 else 0
    if gone > allowed:
        text = f"{day} 发生，应在 {allowed} 个工作日内备案。"
        yield Oddity("late", "info", f"{filing.get_kind_display()}备案晚了", text)
