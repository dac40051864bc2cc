"""The usual sections of a bulletin in plain words, figures as placeholders; only what the data can bear is said."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from govmedia.engine.bulletins.placeholders import names_in, safe, values_of
from govmedia.engine.bulletins.shape import Annex, Bulletin, Section

LISTED_MOST = 12


def with_wording(bulletin: Bulletin) -> Bulletin:
    """The bulletin with the usual sections and annexes, where it brings none of its own."""
    made = bulletin
    if not made.sections and not made.lead:
        values = values_of(made)
        made = replace(made, lead=_lead(values), sections=tuple(_sections(made, values)))
    if made.annexes is None:
        made = replace(made, annexes=tuple(_annexes(made)))
    return made


def _said(values: Mapping[str, str], *sentences: str) -> str:
    """The sentences all of whose figures there are, as one paragraph."""
    return "".join(one for one in sentences if one and all(name in values for name in names_in(one)))


def _paragraphs(*given: str) -> tuple[str, ...]:
    return tuple(one for one in given if one)


def _lead(values: Mapping[str, str]) -> tuple[str, ...]:
    when = "{{window}}，" if "window" in values else ""
    return (f"按照政务新媒体监管工作要求，{when}对政务新媒体账号进行了检查。现将有关情况通报如下。",)


def _sections(one: Bulletin, values: Mapping[str, str]) -> Iterable[Section]:
    yield Section("总体情况", 1, _overall(one, values))
    yield Section("工作成效", 1, _merits(one, values))
    yield Section("存在问题", 1)
    yield from _faults(one, values)
    yield Section("下一步要求", 1)
    yield from _demands(one, values)


def _overall(one: Bulletin, values: Mapping[str, str]) -> tuple[str, ...]:
    cross = any(isinstance(parts, Mapping) for parts in one.by_level.values())
    total = "纳入检查范围的政务新媒体账号共{{accounts_total}}个"
    if "change.accounts_total" in values:
        total += "，{{change.accounts_total}}"
    full = one.sampled is not None and one.sampled == one.accounts_total
    checked = "本次对{{sampled}}个账号全部进行了检查" if full else "本次检查账号{{sampled}}个"
    if not full and "sample_rate" in values:
        checked += "，占账号总数的{{sample_rate}}"
    rate = "总体合格率为{{pass_rate}}"
    if "change.pass_rate" in values:
        rate += "，{{change.pass_rate}}"
    return _paragraphs(
        _said(
            values,
            f"{total}。",
            "" if cross else "按层级分，{{by_level}}。",
            "按平台分，{{by_platform}}。",
        ),
        _said(
            values,
            f"{checked}。",
            "其中{{unjudged}}个在检查期间停用或注销，未予评定，不计入合格率。" if one.unjudged else "",
            "合格{{passed}}个，不合格{{failing}}个。",
            f"{rate}。",
            "按各层账号数加权推算，全部账号的合格率为{{estimate.rate}}，95%置信区间为{{estimate.low}}至{{estimate.high}}。",
        ),
        _said(values, "从层级看，合格率分别为{{rates_by_level}}。", "从平台看，合格率分别为{{rates_by_platform}}。")
        or _said(values, "分组看，合格率分别为{{rates_by_group}}。"),
    )


def _merits(one: Bulletin, values: Mapping[str, str]) -> tuple[str, ...]:
    said = _said(
        values,
        "本次检查的账号全部合格。" if one.failing_count == 0 else "{{passed}}个账号达到检查指标的要求。",
        "账号全部合格的类别有：{{full_groups}}。" if one.failing_count != 0 else "",
        "{{full_marks_accounts}}个账号得满分。",
        "合格率比上期提高的类别有：{{improved_groups}}。",
        "对{{commended_accounts}}予以肯定。",
    )
    return _paragraphs(said or "多数账号能够按照检查指标的要求运行维护。")


def _faults(one: Bulletin, values: Mapping[str, str]) -> Iterable[Section]:
    failing = [
        _said(
            values,
            f"存在“{safe(name)}”问题的{{{{failing_counts.{safe(name)}}}}}个：{{{{failing_names.{safe(name)}}}}}。",
        )
        or _said(values, f"存在“{safe(name)}”问题的{{{{failing_counts.{safe(name)}}}}}个。")
        for name in list(one.failing_counts)[:LISTED_MOST]
    ]
    if not one.failing_counts:
        failing = [_said(values, "不合格账号为{{failing_names}}。")]
    none = one.failing_count == 0
    yield Section(
        "不合格账号",
        2,
        _paragraphs("本次检查未发现不合格账号。" if none else _said(values, "不合格账号共{{failing}}个。"), *failing),
    )
    deducted = _said(values, "发现扣分问题：{{deduction_counts}}。") or _said(
        values, "扣分账号为{{deduction_names}}。"
    )
    if deducted:
        yield Section("扣分问题", 2, (deducted,))


def _demands(one: Bulletin, values: Mapping[str, str]) -> Iterable[Section]:
    due = "于{{rectification_due}}前" if "rectification_due" in values else "在规定期限内"
    if one.failing_count != 0 or one.deductions:
        yield Section(
            "限期整改",
            2,
            (f"有关单位要对照问题逐项整改，{due}完成并反馈结果。监管部门将逐一复查，未改到位的重新计入问题。",),
        )
    yield Section(
        "举一反三", 2, ("各地各单位要对照检查指标开展自查，及时更新内容，认真回应群众留言，不搞“一刀切”关停。",)
    )
    yield Section("落实责任", 2, ("各主办单位要严格先审后发，管好账号和人员；确需关停的，按程序公告、注销并备案。",))


def _annexes(one: Bulletin) -> Iterable[Annex]:
    if one.sampled_accounts:
        yield Annex("检查账号名单", "sampled")
    if one.failing:
        yield Annex("不合格账号名单", "failing")
    if one.deductions:
        yield Annex("扣分情况", "deductions")
    if any(row.due for row in (*(one.failing or ()), *(one.deductions or ()))):
        yield Annex("整改期限", "rectification")
    if one.table:
        yield Annex("检查情况汇总表", columns=one.table_columns, rows=one.table)
