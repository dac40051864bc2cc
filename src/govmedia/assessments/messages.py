"""What offices are told of an assessment."""

from collections.abc import Iterable, Mapping

from govmedia.assessments.models import Appeal, Assessment, Body
from govmedia.notify.services import Message
from govmedia.orgs.models import Role, User

PAGE = "/desk/assessments/{}/"
BODY = "/desk/assessments/bodies/{}/"


def supervisors_at(divisions: Iterable[str]) -> Mapping[str, list[User]]:
    """The active supervisors of each office that has any."""
    found: dict[str, list[User]] = {}
    rows = User.objects.filter(role=Role.SUPERVISOR, is_active=True, division__in=list(divisions)).order_by("pk")
    for person in rows:
        found.setdefault(str(person.division_id), []).append(person)
    return found


def opened(row: Assessment) -> list[Message]:
    """Reports may be made."""
    return _to_bodies(
        row,
        "opened",
        f"{row.name}：请在 {row.report_until} 前提交自评",
        "大部分数字由系统自动取，只有少数几项要填写。",
    )


def announced(row: Assessment) -> list[Message]:
    """Marks are known, and may be appealed."""
    title = f"{row.name}：结果已反馈，申诉期到 {row.appeal_until}"
    return _to_bodies(row, f"announced:{row.announced_at:%Y%m%d%H%M%S}", title, "每项的得分和依据都在页面上。")


def published(row: Assessment) -> list[Message]:
    """The ranking is out."""
    return _to_bodies(row, "published", f"{row.name}：结果已公布", "")


def appealed(made: Appeal) -> Message:
    """A body appealed; those at the assessing office who did not give the mark may decide."""
    mark = made.mark
    row = mark.body.assessment
    people = [one for one in supervisors_at([row.division_id]).get(row.division_id, []) if one != mark.reviewed_by]
    return Message(
        key=f"assessment-appeal:{made.pk}",
        recipients=people,
        title=f"{row.name}：{mark.body.division.name}对 {mark.code} 提出申诉",
        body=made.reason[:200],
        url=BODY.format(mark.body_id),
    )


def answered(made: Appeal) -> Message:
    """The answer, to the body's supervisors."""
    body = made.mark.body
    return Message(
        key=f"assessment-appeal:{made.pk}:answered",
        recipients=supervisors_at([body.division_id]).get(body.division_id, []),
        title=f"{body.assessment.name}：{made.mark.code} 的{made.get_state_display()}",
        body=made.answer,
        url=BODY.format(body.pk),
    )


def _to_bodies(row: Assessment, word: str, title: str, text: str) -> list[Message]:
    bodies = list(Body.objects.filter(assessment=row).order_by("division"))
    people = supervisors_at(body.division_id for body in bodies)
    return [
        Message(
            key=f"assessment:{row.pk}:{word}:{body.division_id}",
            recipients=people[body.division_id],
            title=title,
            body=text,
            url=BODY.format(body.pk),
        )
        for body in bodies
        if body.division_id in people
    ]
