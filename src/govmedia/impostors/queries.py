"""Reading impostors: for the desk by reach, for the public what was decided."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from govmedia.accounts.models import Account
from govmedia.engine.likeness import normalise
from govmedia.engine.links import plain_link
from govmedia.impostors.models import Asked, Impostor
from govmedia.impostors.states import PUBLISHED, WAITING, State
from govmedia.orgs.models import User
from govmedia.orgs.rights import limit, reach

# Who mistypes a name asks once; what several ask about somebody may really use.
ASKED_LEAST = 3


def visible_to(user: User) -> QuerySet[Impostor]:
    """The impostors of a person's division and below, with `told`, the number of reports."""
    rows = Impostor.objects.filter(**limit(user, "impostor.see", organisation="division__organisations"))
    return rows.select_related("imitates", "division").annotate(told=Count("reports"))


def published() -> QuerySet[Impostor]:
    """What the public reads: known impostors, and those whose decision was withdrawn; the latest first."""
    rows = Impostor.objects.filter(state__in=PUBLISHED).select_related("imitates", "division")
    return rows.order_by("-approved_at", "-pk")


def changed_at() -> datetime | None:
    """When the list of known impostors changed last."""
    found = Impostor.objects.filter(state__in=PUBLISHED).aggregate(on=Max("approved_at"), off=Max("ended_at"))
    return max((at for at in found.values() if at), default=None)


def known_by_name(name: str, platforms: Collection[str] = ()) -> Impostor | None:
    """The known impostor of this name, blanks, width and traditional characters apart; with `platforms` rather one
    that is there, or nobody knows where."""
    text = normalise(name)
    if not text:
        return None
    rows = Impostor.objects.filter(plain_name=text)
    return (_latest(rows.filter(platform__in=("", *platforms))) if platforms else None) or _latest(rows)


def known_by_link(link: str) -> Impostor | None:
    """The known impostor at this address; addresses are compared as texts."""
    text = plain_link(link)
    return _latest(Impostor.objects.filter(plain_link=text)) if text else None


def known_by_id(platform_id: str) -> Impostor | None:
    """The known impostor that has this id on its platform."""
    return _latest(Impostor.objects.filter(platform_id=platform_id)) if platform_id else None


def of_same(name: str, platform: str, link: str) -> Impostor | None:
    """The open row that is of the same account: of its link, or where no links differ of its name and platform."""
    open_rows = Impostor.objects.filter(state__in=(*WAITING, State.KNOWN)).order_by("pk")
    place = plain_link(link)
    if place and (row := open_rows.filter(plain_link=place).first()):
        return row
    rows = open_rows.filter(plain_name=normalise(name), platform=platform)
    return rows.filter(plain_link__in=("", place)).first() if place else rows.first()


def asked_about(user: User) -> QuerySet[Asked]:
    """Names that imitate accounts of a person's division and below, which the public asked about several times and
    the desk has never had; the most asked first."""
    rows = Asked.objects.filter(**limit(user, "impostor.decide", organisation="division__organisations"))
    seen = Impostor.objects.filter(plain_name=OuterRef("plain_name"))
    filed = Account.objects.filter(name=OuterRef("name"))
    rows = rows.filter(~Exists(seen), ~Exists(filed), settled_at=None, times__gte=ASKED_LEAST)
    return rows.select_related("imitates__organisation").order_by("-times", "-last_at", "pk")


def no_more_asked(user: User) -> QuerySet[Asked]:
    """Names that the desk looks at no more, the latest first."""
    rows = Asked.objects.filter(**limit(user, "impostor.decide", organisation="division__organisations"))
    return rows.exclude(settled_at=None).select_related("imitates__organisation").order_by("-settled_at", "pk")


def _latest(rows: QuerySet[Impostor]) -> Impostor | None:
    return rows.filter(state=State.KNOWN).select_related("imitates").order_by("-approved_at", "-pk").first()


def waiting_for(user: User) -> QuerySet[Impostor]:
    """What waits for a person: proposals of others, then reports that nobody has looked at, each the oldest first."""
    if not reach(user, "impostor.decide"):
        return Impostor.objects.none()
    rows = Impostor.objects.filter(**limit(user, "impostor.decide", organisation="division__organisations"))
    return rows.filter(state__in=WAITING).exclude(proposed_by=user.pk).order_by("state", "found_at", "pk")


def home_division() -> str:
    """The province that the registry is of: the first account's; empty while there is none."""
    first = Account.objects.order_by("pk").values_list("division_id", flat=True).first()
    return f"{first[:2]}0000" if first else ""
