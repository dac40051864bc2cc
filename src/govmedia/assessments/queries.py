"""Reading annual assessments: who may see what, what is published of them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from govmedia.accounts.models import LIVE, Account
from govmedia.assessments.models import Appeal, Assessment, Body, Mark
from govmedia.assessments.proof import FORMAT
from govmedia.assessments.states import PUBLIC, SHOWN, TOLD, AppealState
from govmedia.engine.assessing.scheme import Item, Scheme, load_scheme, scheme_files, scheme_table
from govmedia.engine.hashing import canonical_json
from govmedia.orgs.models import Division, User
from govmedia.orgs.rights import limit, may, reach, stem, subtree


def folders() -> list[Path]:
    """Where an installation's own schemes lie."""
    return [Path(settings.HOME) / "assessments"]


def scheme(name: str) -> Scheme:
    """Errors: SchemeError."""
    return load_scheme(name, folders())


def scheme_as_stored(name: str) -> dict[str, Any]:
    """A scheme's table as JSON holds it; it hashes as the file does. Errors: SchemeError."""
    table: dict[str, Any] = json.loads(canonical_json(scheme_table(name, folders())))
    return table


def scheme_choices() -> list[tuple[str, str]]:
    """Schemes that can be used, as (name, title); one that cannot be read says so when it is chosen."""
    found = []
    for name in sorted(scheme_files(folders())):
        try:
            found.append((name, scheme(name).title))
        except ValueError:
            found.append((name, f"{name}（文件有误）"))
    return found


def offices_below(division: str) -> QuerySet[Division]:
    """The divisions right below one that have accounts, by code."""
    first, after = subtree(division)
    places = Account.objects.filter(status__in=LIVE, division__gte=first, division__lt=after)
    used = set(places.order_by().values_list("division", flat=True).distinct())
    rows = Division.objects.filter(parent_id=division).order_by("code")
    return rows.filter(pk__in=[row.pk for row in rows if any(place.startswith(stem(row.pk)) for place in used)])


def visible_to(user: User) -> QuerySet[Assessment]:
    """Those of one's own office and below; those in which one's own office is assessed, once they are open."""
    if not reach(user, "assessment.see"):
        return Assessment.objects.none()
    own = Exists(Body.objects.filter(assessment=OuterRef("pk"), division=user.division_id))
    below = Q(**limit(user, "assessment.see", division="division", organisation="pk"))
    return Assessment.objects.filter(below | Q(own, state__in=TOLD)).select_related("division")


def bodies_for(row: Assessment, user: User) -> QuerySet[Body]:
    """The bodies of an assessment as far as somebody may see them: all for those who assess, else one's own."""
    rows = Body.objects.filter(assessment=row).select_related("division", "assessment")
    rows = rows.annotate(appeals=Count("marks__appeals", filter=Q(marks__appeals__state=AppealState.WAITING)))
    if may(user, "assessment.see", division=row.division_id) or row.state in PUBLIC:
        return rows
    return rows.filter(division=user.division_id)


def body_for(pk: int, user: User) -> Body | None:
    """A body somebody may see; None else."""
    body = Body.objects.select_related("assessment__division", "division").filter(pk=pk).first()
    if body is None or not visible_to(user).filter(pk=body.assessment_id).exists():
        return None
    return body if bodies_for(body.assessment, user).filter(pk=pk).exists() else None


def shows_points(body: Body, user: User) -> bool:
    """Whether somebody sees points: those who assess always, the assessed once they are announced."""
    return may(user, "assessment.see", division=body.assessment.division_id) or body.assessment.state in SHOWN


def to_report(user: User) -> QuerySet[Body]:
    """Bodies of one's own office that still have to report."""
    rows = Body.objects.filter(assessment__state="reporting", division=user.division_id, handed_in_at__isnull=True)
    return rows.select_related("assessment").order_by("assessment__report_until", "pk")


def to_decide(user: User) -> QuerySet[Appeal]:
    """Appeals that wait for one's own office, and that one may decide."""
    rows = Appeal.objects.filter(
        state=AppealState.WAITING, mark__body__assessment__state="announced",
        mark__body__assessment__division=user.division_id,
    )  # fmt: skip
    rows = rows.exclude(mark__reviewed_by=user.pk)
    return rows.select_related("mark__body__assessment", "mark__body__division").order_by("at", "pk")


def to_move_on(user: User, today: date) -> QuerySet[Assessment]:
    """Assessments of one's own office that stand still until it takes the next step, which one may take."""
    own = Assessment.objects.filter(division=user.division_id).defer("published")
    over = Q(state="announced", appeal_until__lt=today) & ~Q(announced_by=user.pk)
    return own.filter(Q(state="reporting", report_until__lt=today) | Q(state="reviewing") | over).order_by(
        "end_on", "pk"
    )


def marks_of(body: Body) -> dict[str, Mark]:
    """The marks of a body by code, with their proofs and appeals."""
    rows = Mark.objects.filter(body=body).select_related("reviewed_by", "said_by", "body__assessment")
    rows = rows.prefetch_related("proofs", "appeals__by", "appeals__decided_by")
    return {mark.code: mark for mark in rows}


def ranking_of(row: Assessment) -> dict[str, Any]:
    """What is published: every body with its place, score, grade and each item's points with their reason."""
    rules = row.rules
    bodies = row.bodies.select_related("division").prefetch_related("marks__appeals")
    ordered = sorted(bodies, key=lambda body: (body.place or 10**6, bool(body.vetoes), body.division_id))
    return {
        "format": FORMAT,
        "name": row.name,
        "division": row.division_id,
        "start_on": row.start_on.isoformat(),
        "end_on": row.end_on.isoformat(),
        "scheme": row.scheme_table,
        "scheme_hash": row.scheme_hash,
        "bodies": [_published(body, rules) for body in ordered],
    }


def _published(body: Body, rules: Scheme) -> dict[str, Any]:
    lines = {line["code"]: line["points"] for line in body.outcome["lines"]}
    marks = {mark.code: mark for mark in body.marks.all()}
    return {
        "division": body.division_id,
        "name": body.division.name,
        "place": body.place,
        "score": body.outcome["score"],
        "grade": body.grade,
        "vetoes": body.vetoes,
        "lines": [
            {
                "code": item.code,
                "points": lines.get(item.code),
                "part": marks[item.code].measured.get("part"),
                "whole": marks[item.code].measured.get("whole"),
                "given": None if marks[item.code].points is None else str(marks[item.code].points),
                "found": marks[item.code].found,
                "lifted": marks[item.code].lifted,
                "why": why(item, marks[item.code], item.code in body.vetoes),
            }
            for item in rules.items
            if item.code in marks
        ],
    }


def why(item: Item, mark: Mark, vetoed: bool = False) -> str:
    """The reason of a mark in a sentence, for those who read the ranking."""
    upheld = next((one for one in mark.appeals.all() if one.state == AppealState.UPHELD), None)
    if upheld is not None:
        return f"申诉成立：{upheld.answer}"
    if item.measured:
        whole = mark.measured.get("whole") or 0
        if not whole:
            return "没有数据，未考核"
        share = f"{mark.measured['part']:,} / {whole:,}"
        return share if item.kind != "veto" else f"{share}{'，触及否决' if vetoed else ''}"
    if item.kind == "veto":
        return mark.note if mark.found else ""
    return mark.note


def public_assessments() -> QuerySet[Assessment]:
    """What anybody may know of, the latest first."""
    return Assessment.objects.filter(state__in=PUBLIC).select_related("division").order_by("-published_at", "-pk")
