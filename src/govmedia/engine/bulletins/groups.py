"""Whether the rates of groups fit their sizes, and the groups together the whole."""

from collections.abc import Iterator, Mapping

from govmedia.engine.bulletins.differences import Difference
from govmedia.engine.bulletins.percents import parse, printed
from govmedia.engine.bulletins.shape import Bulletin, flat

Range = tuple[int, int]


def group_differences(one: Bulletin) -> Iterator[Difference]:
    """A group's rate against its counts; then each division (levels, platforms) against the whole."""
    wrong = set()
    for group, counts in one.stated_counts.items():
        for found in _stated(group, counts, one.rates_by_group.get(group, "")):
            wrong.add(group)
            yield found
    whole = _passed_range(one)
    for name, sizes in _sizes(one).items():
        passed: list[Range] = []
        for group, size in sizes.items():
            rate = one.rates_by_group.get(group)
            fits = _fitting(size, rate, one.stated_counts.get(group, {}))
            if fits is None:
                if group not in wrong:
                    yield Difference("group", f"rates_by_group.{group}", f"{size} 个账号得不出 {rate}（四舍五入）。")
                passed.append((0, size))
            else:
                passed.append(fits)
        low, high = sum(least for least, _ in passed), sum(most for _, most in passed)
        if whole is not None and (whole[1] < low or whole[0] > high):
            yield Difference(
                "group",
                f"rates_by_group、{name}",
                f"按各组合格率，合格账号为 {_span((low, high))} 个；按总数为 {_span(whole)} 个。请核对各组合格率。",
            )


def _span(span: Range) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]} 至 {span[1]}"


def _stated(group: str, counts: Mapping[str, int | None], rate: str) -> Iterator[Difference]:
    where = f"stated_counts.{group}"
    sampled, passed, failing = (counts.get(name) for name in ("sampled", "passed", "failing"))
    sampled = sampled - (counts.get("unjudged") or 0) if sampled is not None else None
    if sampled is None:
        return
    if passed is not None and failing is not None and passed + failing != sampled:
        yield Difference("group", where, f"合格 {passed} 与不合格 {failing} 之和不是检查的 {sampled}。")
        return
    if passed is None and failing is not None:
        passed = sampled - failing
    if passed is None:
        return
    if not 0 <= passed <= sampled:
        yield Difference("group", where, f"检查 {sampled} 个，合格或不合格的却更多。")
    elif rate and sampled and not parse(rate).says(passed, sampled):
        right = printed(passed, sampled, parse(rate).decimals)
        yield Difference("group", f"rates_by_group.{group}", f"{passed} ÷ {sampled} = {right}，写的是 {rate}。")


def _passed_range(one: Bulletin) -> Range | None:
    """Between what the passed accounts of the whole may lie."""
    if one.judged is None or one.judged < 0:
        return None
    if one.passed is not None:
        return (one.passed, one.passed) if one.passed <= one.judged else None
    return parse(one.pass_rate).parts_of(one.judged) if one.pass_rate else None


def _sizes(one: Bulletin) -> dict[str, dict[str, int]]:
    """How many were judged in each group of a division that covers the whole, where that is known."""
    if one.unjudged:
        return {}
    full = one.sampled is not None and one.sampled == one.accounts_total
    known = {
        "by_level": flat(one.sampled_by_level) or (flat(one.by_level) if full else {}),
        "by_platform": flat(one.sampled_by_platform) or (flat(one.by_platform) if full else {}),
    }
    return {
        name: sizes
        for name, sizes in known.items()
        if sizes and sum(sizes.values()) == one.sampled and one.rates_by_group.keys() & sizes.keys()
    }


def _fitting(size: int, rate: str | None, counts: Mapping[str, int | None]) -> Range | None:
    """Between what a group's passed accounts may lie; None where no number of accounts gives its rate."""
    if (passed := counts.get("passed")) is not None and passed <= size:
        return passed, passed
    if not rate or size == 0:
        return 0, size
    return parse(rate).parts_of(size)
