"""What of a bulletin's figures does not close: every difference once, where it first shows.

Rounding is read off what is printed (95.2% has one decimal), half up. Lists may be partial unless the bulletin says
that they are complete, so a short list is no difference, a long one is.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from govmedia.engine.bulletins.claims import false_claims
from govmedia.engine.bulletins.differences import Difference
from govmedia.engine.bulletins.groups import group_differences
from govmedia.engine.bulletins.percents import parse, points_between, printed, signed
from govmedia.engine.bulletins.shape import Bulletin, flat

_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


def differences(bulletin: Bulletin) -> list[Difference]:
    """All figures that do not close, in the order of the bulletin."""
    return [
        found
        for rule in (
            _dates, _sums, _sample, _passed, group_differences, _classes, _lists, _shares, _others, _changes,
            false_claims,
        )
        for found in rule(bulletin)
    ]  # fmt: skip


def _dates(one: Bulletin) -> Iterator[Difference]:
    days = list(dict.fromkeys(_DAY.findall(one.published)))
    if len(days) > 1:
        said = "、".join(days)
        period = f"，检查期间是{one.window}" if one.window else ""
        yield Difference("two_dates", "published", f"有 {len(days)} 个不同的日期（{said}{period}）。请核对发布日期。")
    due = _DAY.fullmatch(one.rectification_due)
    if len(days) == 1 and due and date.fromisoformat(due[0]) < date.fromisoformat(days[0]):
        yield Difference("due_before", "rectification_due", f"整改期限 {due[0]} 早于发布日期 {days[0]}。请核对。")


def _sums(one: Bulletin) -> Iterator[Difference]:
    for name, groups in (("by_level", one.by_level), ("by_platform", one.by_platform)):
        if not groups:
            continue
        numbers = flat(groups)
        total = sum(numbers.values())
        if one.accounts_total is not None and total != one.accounts_total:
            shown = " + ".join(str(number) for number in numbers.values())
            hint = ""
            if one.cancelled and total + one.cancelled == one.accounts_total:
                hint = f"相差 {one.cancelled} 个，正好是已注销的个数，总数可能把已注销的算在内。"
            yield Difference(
                "sum", f"{name}、accounts_total", f"各组之和 {shown} = {total}，总数写 {one.accounts_total}。{hint}"
            )
        other = one.by_platform if name == "by_level" else one.by_level
        for group, parts in groups.items():
            if isinstance(parts, Mapping) and isinstance(whole := other.get(group), int) and numbers[group] != whole:
                yield Difference("sum", f"{name}.{group}", f"各项之和为 {numbers[group]}，另一处写 {whole}。请核对。")


def _sample(one: Bulletin) -> Iterator[Difference]:
    if one.sampled is None:
        return
    if one.accounts_total is not None and one.sampled > one.accounts_total:
        yield Difference(
            "sampled", "sampled、accounts_total", f"检查 {one.sampled} 个，多于账号总数 {one.accounts_total} 个。"
        )
    for name, groups in (
        ("sampled_by_level", one.sampled_by_level),
        ("sampled_by_platform", one.sampled_by_platform),
    ):
        numbers = flat(groups)
        if numbers and sum(numbers.values()) != one.sampled:
            shown = " + ".join(str(number) for number in numbers.values())
            yield Difference(
                "sum", f"{name}、sampled", f"各组之和 {shown} = {sum(numbers.values())}，抽查数写 {one.sampled}。"
            )
        wholes = flat(one.by_level if name == "sampled_by_level" else one.by_platform)
        for group, number in numbers.items():
            if group in wholes and number > wholes[group]:
                yield Difference("sampled", f"{name}.{group}", f"抽查 {number} 个，多于该组账号 {wholes[group]} 个。")
    if one.unjudged is not None and one.unjudged > one.sampled:
        yield Difference("sampled", "unjudged", f"未评定 {one.unjudged} 个，多于抽查的 {one.sampled} 个。")


def _passed(one: Bulletin) -> Iterator[Difference]:
    whole = one.judged
    if whole is None or whole < 0:
        return
    if one.passed is not None and one.passed > whole:
        yield Difference("passed", "passed、sampled", f"合格 {one.passed} 个，多于检查的 {whole} 个。")
        return
    if not one.pass_rate or whole == 0:
        return
    rate = parse(one.pass_rate)
    if one.passed is not None:
        if not rate.says(one.passed, whole):
            right = printed(one.passed, whole, rate.decimals)
            yield Difference(
                "rate", "pass_rate", f"{one.passed} ÷ {whole} = {right}，写的是 {one.pass_rate}（四舍五入）。"
            )
    elif rate.parts_of(whole) is None:
        yield Difference("rate", "pass_rate", _unreachable(one.pass_rate, whole))


def _unreachable(rate: str, whole: int) -> str:
    said = parse(rate)
    near = int(said.number * whole / 100)
    shown = "，".join(
        f"{part} ÷ {whole} = {printed(part, whole, said.decimals + 1)}" for part in (near, near + 1) if part <= whole
    )
    return f"{whole} 个账号得不出 {rate}：{shown}（四舍五入）。"


def _classes(one: Bulletin) -> Iterator[Difference]:
    failing = one.failing_count
    if failing is None or failing < 0:
        return
    for name, number in one.failing_counts.items():
        if number is not None and (number > failing or (name == "不合格" and number != failing)):
            yield Difference(
                "classes", f"failing_counts.{name}", f"写 {number} 个，按检查数和合格数算，不合格共 {failing} 个。"
            )
    known = [number for number in one.failing_counts.values() if number is not None]
    unknown = [name for name, number in one.failing_counts.items() if number is None]
    if unknown and known and sum(known) == failing:
        yield Difference(
            "classes",
            "failing_counts",
            f"有数字的各类已合计 {failing} 个，等于全部不合格账号，而“{'”“'.join(unknown)}”没有数字。请补上或删去。",
        )


def _lists(one: Bulletin) -> Iterator[Difference]:
    failing, listed = one.failing_count, one.failing
    if listed is not None and failing is not None and failing >= 0:
        number = len({(row.code, row.account, row.platform) for row in listed})
        if number > failing or (one.lists_complete and number != failing):
            yield Difference("list", "failing", f"名单列出 {number} 个，按数字不合格应为 {failing} 个。")
    for name, rows in (("failing", listed or ()), ("deductions", one.deductions or ())):
        for row, times in Counter(
            (row.code, row.account, row.platform, row.indicator, row.detail) for row in rows
        ).items():
            if times > 1:
                yield Difference("twice", name, f"“{row[1]}”的同一问题列了 {times} 次。请去掉重复的。")
    number = len(one.sampled_accounts)
    if one.sampled is not None and (
        number > one.sampled or (one.lists_complete and number and number != one.sampled)
    ):
        yield Difference("list", "sampled_accounts", f"名单列出 {number} 个，抽查数写 {one.sampled} 个。")
    most, field = (one.sampled, "sampled") if one.sampled is not None else (one.accounts_total, "accounts_total")
    if most is None:
        return
    named = {(row.code, row.account, row.platform) for row in one.deductions or ()}
    for where, number in (
        ("deductions", len(named)), ("all_accounts", len(one.all_accounts)), ("table", len(one.table)),
        ("commended_accounts", len(one.commended_accounts)), ("full_marks_accounts", one.full_marks_accounts or 0),
    ):  # fmt: skip
        if number > most:
            yield Difference("list", f"{where}、{field}", f"列出 {number} 个账号，多于 {most} 个。")


def _shares(one: Bulletin) -> Iterator[Difference]:
    for name, words, part, whole, rate in (
        ("sample_rate", "抽查数 ÷ 总数", one.sampled, one.accounts_total, one.sample_rate),
        ("original_rate", "原创数 ÷ 发布数", one.original, one.posts, one.original_rate),
        ("closed_rate", "关停数 ÷ 总数", one.closed, one.accounts_total, one.closed_rate),
    ):
        if not rate or part is None or not whole or part > whole:
            continue
        if not parse(rate).says(part, whole):
            right = printed(part, whole, parse(rate).decimals)
            exact = printed(part, whole, 2)
            yield Difference(
                "rate", name, f"{words}：{part} ÷ {whole} = {exact}，四舍五入为 {right}，写的是 {rate}。"
            )
    if one.original is not None and one.posts is not None and one.original > one.posts:
        yield Difference("list", "original、posts", f"原创 {one.original} 条，多于发布的 {one.posts} 条。")


def _others(one: Bulletin) -> Iterator[Difference]:
    for other in one.also_checked:
        where, whole = f"also_checked.{other.what}", other.checked
        passed = other.passed
        if whole is not None and other.failing is not None:
            if passed is not None and passed + other.failing != whole:
                yield Difference("sum", where, f"合格 {passed} 与不合格 {other.failing} 之和不是检查的 {whole}。")
            passed = whole - other.failing if passed is None else passed
        numbers = [number for number in other.classes.values() if number is not None]
        if whole is not None and numbers and sum(numbers) != whole:
            shown = " + ".join(map(str, numbers))
            yield Difference("sum", where, f"各类之和 {shown} = {sum(numbers)}，检查数写 {whole}。")
        if other.pass_rate and passed is not None and whole and not parse(other.pass_rate).says(passed, whole):
            right = printed(passed, whole, parse(other.pass_rate).decimals)
            yield Difference("rate", where, f"{passed} ÷ {whole} = {right}，写的是 {other.pass_rate}。")
    for group in one.rates_by_group:
        for missing in one.not_reported:
            if missing in group.split("、"):
                yield Difference(
                    "not_reported", f"rates_by_group.{group}", f"“{missing}”写着没有上报，却有合格率。请核对。"
                )


def _changes(one: Bulletin) -> Iterator[Difference]:
    before = one.previous
    if before is None:
        return
    pairs = {name: (before.rates_by_group[name], one.rates_by_group[name])
             for name in one.changes if name in before.rates_by_group and name in one.rates_by_group}  # fmt: skip
    if one.pass_rate and before.pass_rate:
        pairs["pass_rate"] = before.pass_rate, one.pass_rate
    right = {name: points_between(*pair) for name, pair in pairs.items()}
    if one.accounts_total is not None and before.accounts_total is not None:
        right["accounts_total"] = signed(one.accounts_total - before.accounts_total)
    for name, said in one.changes.items():
        if name in right and float(said) != float(right[name]):
            yield Difference("change", f"changes.{name}", f"与上期相比应为 {right[name]}，写的是 {said}。")
    now = (
        one.accounts_total,
        one.sampled,
        one.passed,
        one.pass_rate,
        one.by_level,
        one.by_platform,
        one.rates_by_group,
    )
    then = (
        before.accounts_total, before.sampled, before.passed, before.pass_rate, before.by_level, before.by_platform,
        before.rates_by_group,
    )  # fmt: skip
    if now == then and sum(value not in (None, "", {}) for value in now) == len(now):
        yield Difference("unchanged", "previous", "全部数字和合格率与上期完全相同，可能是沿用了上期的数。请核对。")
