"""The lists of rounds and of the accounts in one, as declarations."""

from dataclasses import replace

from django.db.models import Q, QuerySet

from govmedia.common.listing import Column, Filter, Listing
from govmedia.engine.platforms import platform_label
from govmedia.orgs.models import Level
from govmedia.rounds.honesty import WORDS, Comparing
from govmedia.rounds.models import Round, Sample
from govmedia.rounds.population import stratum_words
from govmedia.rounds.states import ROUND, Place


def _cell(name: str) -> str:
    return f"rounds/cells/{name}.html"


LISTING = Listing(
    columns=(
        Column("name", "轮次", ("name",), lambda row: row.name, _cell("name")),
        Column("kind", "类型", ("kind",), lambda row: row.get_kind_display()),
        Column("division", "组织单位", ("division",), lambda row: row.division.full_name, hide_small=True),
        Column("edition", "检查指标", ("edition",), hide_small=True),
        Column("period", "时段", ("end_on", "start_on"), lambda row: f"{row.start_on} 至 {row.end_on}"),
        Column("state", "状态", ("state",), lambda row: row.get_state_display(), _cell("state")),
        Column("size", "总体", ("population_size",), lambda row: row.population_size or "", numeric=True),
        Column("due", "完成期限", ("due_on",), lambda row: row.due_on, hide_small=True),
    ),
    filters=(
        Filter("q", "名称", None, lambda rows, value: rows.filter(name__contains=value)),
        Filter("kind", "类型", lambda request: Round.Kind.choices, lambda rows, value: rows.filter(kind=value)),
        Filter("state", "状态", lambda request: ROUND.choices, lambda rows, value: rows.filter(state=value)),
    ),
    default_sort="-period",
)


def _found(rows: QuerySet[Sample], value: str) -> QuerySet[Sample]:
    return rows.filter(
        Q(account__name__contains=value)
        | Q(account__code=value.upper())
        | Q(account__organisation__name__contains=value)
    )


def result_of(row: Sample) -> str:
    """What an account ended with, in a word."""
    if row.state != Place.SETTLED:
        return row.get_state_display()
    return "合格" if row.check_used.passed else "不合格"


def _score(row: Sample) -> object:
    return "" if row.check_used is None or row.check_used.score is None else row.check_used.score


def _of_result(rows: QuerySet[Sample], value: str) -> QuerySet[Sample]:
    if value in {"passed", "failed"}:
        return rows.filter(state=Place.SETTLED, check_used__passed=value == "passed")
    return rows.filter(state=value)


_RESULTS = (("passed", "合格"), ("failed", "不合格"), *[row for row in Place.choices if row[0] != Place.SETTLED])

SAMPLES = Listing(
    columns=(
        Column("account", "账号", ("account__name_order",), lambda row: row.account.name, _cell("account")),
        Column(
            "platform",
            "平台",
            ("account__platform",),
            lambda row: platform_label(row.account.platform),
            hide_small=True,
        ),
        Column("organisation", "主办单位", value=lambda row: row.account.organisation.name, hide_small=True),
        Column(
            "division", "地区", ("account__division",), lambda row: row.account.division.full_name, hide_small=True
        ),
        Column(
            "stratum",
            "层",
            ("stratum",),
            lambda row: "必查" if row.always else stratum_words(row.stratum.split(",")),
            hide_small=True,
        ),
        Column("result", "结论", ("state", "check_used__passed"), result_of, _cell("result")),
        Column("score", "得分", ("check_used__score",), _score, numeric=True),
        Column("reason", "说明", value=lambda row: row.reason, hide_small=True),
    ),
    filters=(
        Filter("q", "账号、编号或单位", None, _found),
        Filter("result", "结论", lambda request: _RESULTS, _of_result),
        Filter("level", "层级", lambda request: Level.choices, lambda rows, value: rows.filter(account__level=value)),
    ),
    default_sort="account",
)


def samples_beside(comparing: Comparing) -> Listing:
    """The accounts of a round that began with a self-check, with what the units said beside what was found."""

    def label(row: Sample) -> str:
        compared = comparing.of(row)
        return compared.label if compared else ""

    def text(row: Sample) -> str:
        compared = comparing.of(row)
        return compared.sentence if compared else ""

    def of_outcome(rows: QuerySet[Sample], value: str) -> QuerySet[Sample]:
        # What is compared lies in several tables' JSON; a round's sample is small enough to be gone through.
        wanted = [row.pk for row in rows if (found := comparing.of(row)) and found.outcome == value]
        return rows.filter(pk__in=wanted)

    columns = (
        Column("compared", "自查与复核", value=text),
        Column("outcome", "比较结果", value=label, only_export=True),
        Column("said", "单位自查", value=_said, only_export=True),
    )
    outcomes = Filter("compared", "自查与复核", lambda request: tuple(WORDS.items()), of_outcome)
    return replace(SAMPLES, columns=(*SAMPLES.columns, *columns), filters=(*SAMPLES.filters, outcomes))


def _said(row: Sample) -> str:
    """What the unit said, in a word; not before the account has its verdict, so that no inspector knows of it."""
    if row.said is None or row.state != Place.SETTLED:
        return ""
    if row.said.report.reported_at is None:
        return "未报"
    return f"报了 {'、'.join(sorted(row.said.problems))}" if row.said.problems else "无问题"
