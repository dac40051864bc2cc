"""Reading divisions, organisations, users and tokens."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Case, Q, QuerySet, Value, When

from govmedia.common.refusals import Refused
from govmedia.orgs.models import Division, Organisation, Role, Token, User
from govmedia.orgs.rights import limit, reach, subtree


def divisions_within(code: str) -> QuerySet[Division]:
    """A division and all below it, by code."""
    first, after = subtree(code)
    return Division.objects.filter(code__gte=first, code__lt=after).order_by("code")


def divisions_for(user: User) -> QuerySet[Division]:
    """The divisions a user's office reaches; for somebody of an organisation, that organisation's own."""
    if user.division_id:
        return divisions_within(user.division_id)
    return Division.objects.filter(pk=user.organisation.division_id).order_by("code")


def division_choices(user: User) -> list[tuple[str, str]]:
    """The user's division and the next level below it, as (code, label) for a switch."""
    if not user.division_id:
        return []
    own = Division.objects.get(pk=user.division_id)
    below = Division.objects.filter(parent_id=own.pk).order_by("code").values_list("code", "name")
    return [(own.code, f"{own.full_name}（全部）"), *below]


def organisations_for(user: User) -> QuerySet[Organisation]:
    """The organisations a user may see, by division and name."""
    return Organisation.objects.filter(**limit(user, "organisation.see", organisation="pk")).order_by(
        "division_id", "name", "pk"
    )


def users_for(user: User) -> QuerySet[User]:
    """The users somebody may manage: those of offices and organisations in his division and below."""
    if user.role not in {Role.SUPERVISOR, Role.ADMIN} or not user.division_id:
        return User.objects.none()
    first, after = subtree(user.division_id)
    offices = User.objects.filter(division_id__gte=first, division_id__lt=after)
    bodies = User.objects.filter(organisation__division_id__gte=first, organisation__division_id__lt=after)
    return (offices | bodies).select_related("organisation", "division").order_by("login", "pk")


def reviewers_of(division: str) -> QuerySet[User]:
    """The active reviewers of an office."""
    return User.objects.filter(role=Role.REVIEWER, division_id=division, is_active=True).order_by("pk")


def operators_of(organisation: int) -> QuerySet[User]:
    """The active operators of an organisation."""
    return User.objects.filter(role=Role.OPERATOR, organisation_id=organisation, is_active=True).order_by("pk")


def operators_by_organisation(organisations: Collection[int]) -> dict[int, list[User]]:
    """Organisation to its active operators, for those that have any."""
    found: dict[int, list[User]] = {}
    if organisations:
        people = User.objects.filter(role=Role.OPERATOR, is_active=True, organisation__in=organisations)
        for person in people.order_by("pk"):
            found.setdefault(person.organisation_id, []).append(person)
    return found


def user_by_login(login: str) -> User:
    """The user of that name. Errors: Refused."""
    user = User.objects.select_related("organisation", "division").filter(login=login).first()
    if user is None:
        raise Refused(f"没有登录名为 {login} 的用户。", "login")
    return user


def tokens_of(user: User, *, now: datetime) -> QuerySet[Token]:
    """A user's tokens with their `state`, those that work first, the latest first."""
    return _with_state(Token.objects.filter(user=user), now).order_by("rank", "-created_at", "-pk")


def tokens_for(manager: User, *, now: datetime) -> QuerySet[Token]:
    """The tokens of the users whom somebody may manage the tokens of, with their `state`."""
    if reach(manager, "token.manage") is None:
        return Token.objects.none()
    rows = Token.objects.filter(user__in=users_for(manager).order_by())
    return _with_state(rows, now).select_related("user", "user__organisation", "user__division").order_by("pk")


def revocable_by(user: User) -> QuerySet[Token]:
    """The tokens somebody may revoke: his own, and those of users whose tokens he manages."""
    own = Q(user=user)
    if reach(user, "token.manage"):
        own |= Q(user__in=users_for(user).order_by())
    return Token.objects.filter(own)


def _with_state(rows: QuerySet[Token], now: datetime) -> QuerySet[Token]:
    """`state` live, idle (the user is stopped), expired or revoked, and its `rank` in that order."""
    states = {
        "revoked": Q(revoked_at__isnull=False),
        "expired": Q(expires_at__lte=now),
        "idle": Q(user__is_active=False),
    }
    ranks = {"revoked": 3, "expired": 2, "idle": 1}
    return rows.annotate(
        state=Case(*(When(test, then=Value(word)) for word, test in states.items()), default=Value("live")),
        rank=Case(*(When(test, then=Value(ranks[word])) for word, test in states.items()), default=Value(0)),
    )


def place_of(user: User) -> str:
    """Where a user works, in words."""
    return user.organisation.name if user.organisation else user.division.full_name
