"""What every deed on an assessment does: hold it, log it, and bring its bodies' outcomes up to their marks."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from govmedia.assessments.models import Assessment, Body, Mark
from govmedia.audit.services import Deed
from govmedia.common.refusals import NoteMissing, Refused
from govmedia.common.typed import lines
from govmedia.engine.assessing.scheme import Scheme
from govmedia.engine.assessing.scoring import Measured, Outcome, outcome_of, places_of
from govmedia.orgs.models import User
from govmedia.orgs.rights import require


def held(assessment_id: int, by: User) -> Assessment:
    """The assessment, locked until the transaction ends. Errors: NoRight, Assessment.DoesNotExist."""
    row = Assessment.objects.select_for_update().get(pk=assessment_id)
    require(by, "assessment.run", division=row.division_id)
    return row


def held_mark(mark_id: int) -> Mark:
    """The mark with its body and its assessment, which is locked until the transaction ends."""
    row = Mark.objects.select_related("body__assessment", "body__division").get(pk=mark_id)
    row.body.assessment = Assessment.objects.select_for_update().get(pk=row.body.assessment_id)
    return row


def deed(
    verb: str, row: Assessment, after: Mapping[str, Any], before: Mapping[str, Any] | None = None, why: str = ""
) -> Deed:
    return Deed(f"assessment.{verb}", f"assessment:{row.pk}", row.name, before or {}, after, why, row.division_id)


def mark_deed(
    verb: str, mark: Mark, after: Mapping[str, Any], before: Mapping[str, Any] | None = None, why: str = ""
) -> Deed:
    body = mark.body
    label = f"{body.assessment.name}：{body.division.name} {mark.code}"
    return Deed(f"assessment.{verb}", f"mark:{mark.pk}", label, before or {}, after, why, body.division_id)


def outcome(marks: Iterable[Mark], scheme: Scheme) -> Outcome:
    """What the marks of one body come to."""
    rows = {mark.code: mark for mark in marks}
    measured = {
        item.measure: Measured(rows[item.code].measured["part"], rows[item.code].measured["whole"])
        for item in scheme.items
        if item.measured and item.code in rows and rows[item.code].measured
    }
    return outcome_of(
        scheme,
        measured,
        given={code: mark.points for code, mark in rows.items() if mark.points is not None},
        found={code for code, mark in rows.items() if mark.found},
        lifted={code for code, mark in rows.items() if mark.lifted},
    )


def renew(row: Assessment) -> None:
    """Score all bodies of an assessment by their marks as they stand, and place them."""
    scheme = row.rules
    bodies = list(Body.objects.filter(assessment=row).prefetch_related("marks").order_by("division"))
    found = {body.division_id: outcome(body.marks.all(), scheme) for body in bodies}
    places = places_of(found)
    for body in bodies:
        one = found[body.division_id]
        body.outcome, body.score, body.grade = one.to_json(), one.score, one.grade
        body.place = places[body.division_id]
    Body.objects.bulk_update(bodies, ["outcome", "score", "grade", "place"], batch_size=500)


def said(text: str, *, most: int, field: str, needed: str = "") -> str:
    """What was typed, as it is kept. Errors: NoteMissing where it is needed, Refused where it is too long."""
    found = lines(text)
    if needed and not found:
        raise NoteMissing(needed, field)
    if len(found) > most:
        raise Refused(f"最多 {most} 个字，现在有 {len(found)} 个，请删减。", field)
    return found


def points_typed(text: str, most: int) -> Decimal:
    """Points as somebody typed them. Errors: Refused unless between 0 and `most`, with two decimals at most."""
    whole, dot, part = text.strip().partition(".")
    digits = whole.isascii() and whole.isdigit() and (not dot or (part.isascii() and part.isdigit()))
    if not digits or len(whole) > 4 or len(part) > 2 or Decimal(text.strip()) > most:
        raise Refused(f"得分应是 0 到 {most} 之间的数，最多两位小数。", "points")
    return Decimal(text.strip())
