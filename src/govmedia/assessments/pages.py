"""What the pages of an assessment show."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from govmedia.assessments import queries
from govmedia.assessments.models import Appeal, Assessment, Body, Mark
from govmedia.assessments.services.appealing import can_lose
from govmedia.assessments.states import AppealState
from govmedia.engine.assessing.scheme import MEASURES, Item
from govmedia.engine.rates import percent
from govmedia.orgs.models import User
from govmedia.orgs.rights import may

_LABELS = {"said": "自评", "points": "得分", "note": "理由", "reason": "申诉的理由", "answer": "复核的理由"}
KINDS = {"veto": "单项否决", "item": "考核项目", "bonus": "加分"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What one form sent and was not kept: whose mark it was, which form, the words, and what is wrong with them."""

    mark: int
    form: str
    words: dict[str, str]
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a body as the page shows it. `points` None: not assessed, not given yet, or not to be seen yet."""

    item: Item
    mark: Mark
    points: Decimal | None
    vetoed: bool
    share: str
    counted: str
    appeal: Appeal | None
    may_report: bool
    may_review: bool
    may_appeal: bool
    may_decide: bool
    typed: Typed | None

    @property
    def measured(self) -> bool:
        return bool(self.mark.measured.get("whole"))

    @property
    def misses(self) -> list[str]:
        return list(self.mark.measured.get("misses", ()))

    @property
    def more(self) -> int:
        """How many are missing beyond those listed."""
        found = self.mark.measured
        return int(found["whole"] - found["part"] - len(found["misses"])) if found else 0

    @property
    def homeless(self) -> list[tuple[str, str]]:
        """What was typed for a form that is not there any more, to be copied."""
        if self.may_report or self.may_review or self.may_appeal or self.may_decide:
            return []
        return [(_LABELS[name], text) for name, text in self.words.items() if text.strip()]

    @property
    def words(self) -> dict[str, str]:
        return self.typed.words if self.typed else {}


def assessment_page(row: Assessment, user: User) -> dict[str, Any]:
    """What every page of an assessment says at the top, and what may be done with it."""
    may_run = may(user, "assessment.run", division=row.division_id)
    return {
        "room": "checks",
        "row": row,
        "rules": row.rules,
        "crumbs": [("检查轮次", reverse("rounds:list")), ("年度考核", reverse("assessments:list")), (row.name, "")],
        "may_run": may_run,
        "handed_in": row.bodies.filter(handed_in_at__isnull=False).count(),
        "bodies_total": row.bodies.count(),
        "to_review": _to_review(row) if may_run and row.state == "reviewing" else 0,
        "waiting": Appeal.objects.filter(mark__body__assessment=row, state=AppealState.WAITING).count(),
        "own_announcement": row.announced_by_id == user.pk,
    }


def _to_review(row: Assessment) -> int:
    codes = [item.code for item in row.rules.items if item.reported and item.kind == "item"]
    return Mark.objects.filter(body__assessment=row, code__in=codes, points__isnull=True).count()


def body_page(body: Body, user: User, typed: Typed | None = None) -> dict[str, Any]:
    """A body's page: its outcome and every item with its rule, its figures, what was said and given, and why."""
    row, marks = body.assessment, queries.marks_of(body)
    shows = queries.shows_points(body, user)
    lines = [
        _line(item, marks[item.code], body, user, shows, typed) for item in row.rules.items if item.code in marks
    ]
    return {
        "room": "checks",
        "row": row,
        "body": body,
        "rules": row.rules,
        "crumbs": [
            ("年度考核", reverse("assessments:list")),
            (row.name, reverse("assessments:detail", args=[row.pk])),
            (body.division.name, ""),
        ],
        "shows": shows,
        "outcome": body.outcome if shows else {},
        "groups": _grouped(lines),
        "own": may(user, "assessment.report", division=body.division_id),
        "may_run": may(user, "assessment.run", division=row.division_id),
        "next_body": _next_body(body) if may(user, "assessment.run", division=row.division_id) else None,
    }


def _grouped(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """Lines under their headings; where some are to be filled in, those come first."""
    asked = [line for line in lines if line.may_report]
    if asked:
        return [("请填写", asked), ("系统取数，不用填写", [line for line in lines if not line.may_report])]
    groups = [(label, [line for line in lines if line.item.kind == kind]) for kind, label in KINDS.items()]
    return [(label, held) for label, held in groups if held]


def _line(item: Item, mark: Mark, body: Body, user: User, shows: bool, typed: Typed | None) -> Line:
    row = body.assessment
    mark.body = body
    runs = may(user, "assessment.run", division=row.division_id)
    reports = may(user, "assessment.report", division=body.division_id)
    contests = may(user, "assessment.appeal", division=body.division_id)
    appeals = sorted(mark.appeals.all(), key=lambda one: one.pk)
    last = appeals[-1] if appeals else None
    waits = last is not None and last.state == AppealState.WAITING
    found = mark.measured
    decided = any(one.state in (AppealState.UPHELD, AppealState.REFUSED) for one in appeals)
    return Line(
        item=item,
        mark=mark,
        points=mark.points_now() if shows else None,
        vetoed=shows and item.code in body.vetoes,
        share=percent(found["part"], found["whole"], 1) or "" if found else "",
        counted=MEASURES.get(item.measure, ""),
        appeal=last,
        may_report=row.state == "reporting" and item.reported and reports,
        may_review=row.state == "reviewing" and runs and not item.measured,
        may_appeal=row.state == "announced" and contests and not waits and not decided and can_lose(mark),
        may_decide=row.state == "announced" and runs and waits and mark.reviewed_by_id != user.pk,
        typed=typed if typed and typed.mark == mark.pk else None,
    )


def _next_body(body: Body) -> Body | None:
    """The next body in order that still has something to review."""
    codes = [item.code for item in body.assessment.rules.items if item.reported and item.kind == "item"]
    rows = Body.objects.filter(assessment=body.assessment, marks__code__in=codes, marks__points__isnull=True)
    rows = rows.exclude(pk=body.pk).select_related("division").order_by("division").distinct()
    later = rows.filter(division__gt=body.division_id).first()
    return later or rows.first()
