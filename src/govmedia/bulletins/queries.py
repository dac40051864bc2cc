"""Reading bulletins: who may see which at his desk, what everybody may, and the documents of each."""

from datetime import date, datetime

from django.db.models import Max, Q, QuerySet

from govmedia.bulletins.composing import begun, compose
from govmedia.bulletins.gathering import as_text, figures_of, from_text
from govmedia.bulletins.kept import KINDS as KINDS
from govmedia.bulletins.kept import Busy as Busy
from govmedia.bulletins.kept import article as article
from govmedia.bulletins.kept import document as document
from govmedia.bulletins.models import Bulletin, Bundle, Letter
from govmedia.bulletins.states import PUBLIC
from govmedia.engine.bulletins.shape import Bulletin as Shape
from govmedia.engine.bulletins.shape import Previous
from govmedia.engine.bulletins.writing import bulletin_to_json
from govmedia.orgs.models import User
from govmedia.orgs.rights import limit, subtree
from govmedia.rounds.models import Round

_HEAVY = ("figures", "published_file", "round__population", "round__draw")


def visible_to(user: User) -> QuerySet[Bulletin]:
    """The bulletins somebody may see at his desk, whatever their state."""
    within = limit(user, "bulletin.see", division="round__division", organisation="pk")
    return Bulletin.objects.filter(**within).select_related("round__division").defer(*_HEAVY)


def to_approve(user: User) -> QuerySet[Bulletin]:
    """Those that wait to be approved, and that he may approve: he wrote in none of them."""
    within = limit(user, "bulletin.approve", division="round__division", organisation="pk")
    rows = Bulletin.objects.filter(state="submitted", **within).exclude(writers=user.pk)
    return rows.select_related("round").defer(*_HEAVY)


def sent_back(user: User) -> QuerySet[Bulletin]:
    """Drafts that were sent back to who wrote them."""
    within = limit(user, "bulletin.write", division="round__division", organisation="pk")
    rows = Bulletin.objects.filter(state="draft", writers=user.pk, **within).exclude(returned_why="")
    return rows.select_related("round").defer(*_HEAVY)


def to_publish(user: User, today: date) -> QuerySet[Bulletin]:
    """Approved ones of his own office that may be published by their date."""
    within = limit(user, "bulletin.publish", division="round__division", organisation="pk")
    rows = Bulletin.objects.filter(state="approved", round__division=user.division_id, **within)
    return rows.filter(Q(signed_on__isnull=True) | Q(signed_on__lte=today)).select_related("round").defer(*_HEAVY)


def letters_for(user: User) -> QuerySet[Letter]:
    """The letters somebody may read: his organisation's, or those of units in his division and below."""
    within = limit(user, "letter.see", division="organisation__division", organisation="organisation")
    rows = Letter.objects.filter(**within).select_related("bulletin__round", "organisation__division")
    return rows.defer(*(f"bulletin__{name}" for name in _HEAVY))


def previous_of(held: Round) -> Previous | None:
    """The figures of the last bulletin published of the same division and kind of round, before this period's."""
    rows = Bulletin.objects.filter(
        state="published", round__division=held.division_id, round__kind=held.kind, round__end_on__lt=held.end_on
    )
    last = rows.order_by("-round__end_on", "-published_at").values_list("published_file", flat=True).first()
    return from_text(last).as_previous() if last else None


def public_bulletins(division: str = "") -> QuerySet[Bulletin]:
    """All that was ever published, the latest first; withdrawn ones among them, which say why."""
    rows = Bulletin.objects.filter(state__in=PUBLIC)
    if division:
        first, after = subtree(division)
        rows = rows.filter(round__division__gte=first, round__division__lt=after)
    return rows.select_related("round__division").defer(*_HEAVY).order_by("-published_at", "-pk")


def after(rows: QuerySet[Bulletin], pk: int) -> QuerySet[Bulletin]:
    """What of the public list follows a bulletin."""
    last = Bulletin.objects.filter(pk=pk, state__in=PUBLIC).values_list("published_at", flat=True).first()
    if last is None:
        return rows.none()
    return rows.filter(Q(published_at__lt=last) | Q(published_at=last, pk__lt=pk))


def published_file(row: Bulletin) -> str:
    """The bulletin file, byte for byte in UTF-8."""
    return Bulletin.objects.values_list("published_file", flat=True).get(pk=row.pk)


def whole_of(row: Bulletin) -> Shape:
    """The published bulletin with all its figures."""
    return from_text(published_file(row))


def changed_at() -> datetime | None:
    """When the public list last changed."""
    found = Bulletin.objects.filter(state__in=PUBLIC).aggregate(
        published=Max("published_at"), withdrawn=Max("withdrawn_at")
    )
    return max((at for at in found.values() if at), default=None)


def bundle_of(row: Bulletin) -> Bundle:
    """The round's bundle as it was published."""
    return Bundle.objects.get(bulletin=row)


def data_of_round(held: Round) -> str:
    """A round as a bulletin file: its bulletin's, else what one would say that is begun now. Errors: Refused."""
    row = Bulletin.objects.filter(round=held).exclude(state="withdrawn").first()
    if row is None:
        row = begun(held, figures_of(held, previous_of(held)), None, None)
    return row.published_file or as_text(bulletin_to_json(compose(row)))


def bundle_facts(row: Bulletin) -> Bundle:
    """Size and hash of the bundle, without its bytes."""
    return Bundle.objects.defer("data").get(bulletin=row)


def page_of(pk: int) -> str:
    """The address of a bulletin's public page, which a process may name that does not serve it."""
    return f"/bulletins/{pk}/"
