"""Drawing a sample in the open and repeating it; pass rates of a table of accounts. No database."""

import argparse
from typing import TYPE_CHECKING

from govmedia.cli.site import put, put_json, reading, tell

if TYPE_CHECKING:
    from govmedia.engine.drawing import Plan


def register(commands: argparse._SubParsersAction) -> None:
    """Add: draw, stats."""
    draw = commands.add_parser("draw", help="从公开的总体里按种子抽取样本；--verify 重抽并比对")
    draw.add_argument("--population", required=True, metavar="CSV", help="总体：UTF-8 的 CSV，须有 code 一列")
    draw.add_argument("--verify", metavar="DRAW.json", help="重抽这份公布的结果：相同输出 same，不同逐条说明")
    draw.add_argument("--by", metavar="列,…", help="分层的列，如 level,platform")
    draw.add_argument(
        "--share",
        action="append",
        default=[],
        metavar="0.1 | 层=0.5",
        help="比例；层名用逗号连接各列的值，可多次给出",
    )
    draw.add_argument("--min", type=int, default=0, metavar="N", help="每层至少抽几个")
    draw.add_argument("--always", default="", metavar="编号,…", help="必查的账号，整层纳入")
    draw.add_argument("--exclude", metavar="CSV", help="不查的账号：code,reason 两列")
    draw.add_argument("--seed", help="种子")
    draw.add_argument("--promise", help="承诺（事先公布其哈希）；与 --public 一起代替 --seed")
    draw.add_argument("--public", metavar="VALUE", help="事后的公开随机数，如某期彩票开奖号码")
    draw.add_argument("--promise-hash", default="", metavar="HEX", help="事先公布的承诺哈希")
    draw.set_defaults(run=run_draw)
    stats = commands.add_parser("stats", help="合格率：CSV 或 JSON Lines 的账号表（有 passed 一列）→ Stats")
    stats.add_argument("file", metavar="文件", help="CSV 或 JSON Lines；- 为标准输入")
    stats.add_argument("--by", default="level,platform", metavar="列,…", help="按哪些列分组（默认 level,platform）")
    stats.add_argument("--decimals", type=int, default=1, choices=range(5), metavar="N", help="百分数的小数位")
    stats.set_defaults(run=run_stats)


def run_draw(arguments: argparse.Namespace) -> int:
    """Exit status 1 where it is refused or, with --verify, something differs."""
    from govmedia.engine.drawing import DrawError
    from govmedia.engine.population import PopulationError, read_population

    try:
        with reading(arguments.population) as stream:
            population = read_population(stream.read())
        if arguments.verify:
            from govmedia.engine.draw_check import differences, draw_from_json

            with reading(arguments.verify) as stream:
                plan, given = draw_from_json(stream.read())
            found = list(differences(given, plan, population, arguments.promise_hash))
            for line in found or ["same"]:
                put(line)
            return 1 if found else 0
        from govmedia.engine.drawing import draw

        put_json(draw(population, _plan(arguments)).to_json())
    except PopulationError as why:
        for problem in why.problems:
            tell(f"{arguments.population}：{problem}")
        return 1
    except DrawError as why:
        tell(why.text)
        return 1
    return 0


def _plan(arguments: argparse.Namespace) -> "Plan":
    from govmedia.engine.drawing import DrawError, Plan, joined_seed, promise_hash_of, share_of

    whole = [text for text in arguments.share if "=" not in text]
    if len(whole) != 1:
        raise DrawError("请用一次 --share 给出总的比例，如 --share 0.1；某层另定的写 --share 层=比例。")
    seed, promised = arguments.seed or "", arguments.promise_hash.lower()
    if arguments.promise is not None or arguments.public is not None:
        if seed or not arguments.promise or not arguments.public:
            raise DrawError("--promise 和 --public 应一起给出，并且不再给 --seed。")
        seed = joined_seed(arguments.promise, arguments.public)
        promised = promised or promise_hash_of(arguments.promise)
    parts = [text.rpartition("=") for text in arguments.share if "=" in text]
    return Plan(
        by=tuple(part for part in (arguments.by or "").split(",") if part),
        share=share_of(whole[0]),
        seed=seed,
        shares={name: share_of(value) for name, _, value in parts},
        least=arguments.min,
        always=tuple(part for part in arguments.always.split(",") if part),
        excluded=_excluded(arguments.exclude) if arguments.exclude else {},
        promise_hash=promised,
    )


def _excluded(file: str) -> dict[str, str]:
    from govmedia.engine.population import PopulationError, read_population

    try:
        with reading(file) as stream:
            rows = read_population(stream.read())
        code, reason = rows.places_of(("code", "reason"))
    except PopulationError as why:
        raise PopulationError(*(f"{file}：{problem}" for problem in why.problems)) from why
    return {cells[code]: cells[reason] for cells in rows.rows.values()}


def run_stats(arguments: argparse.Namespace) -> int:
    """Exit status 1 where lines were refused; the others are counted."""
    from govmedia.engine.rates import RowsError, stats_of

    columns = tuple(dict.fromkeys(part for part in arguments.by.split(",") if part))
    try:
        with reading(arguments.file) as stream:
            stats, problems = stats_of(stream.read(), columns, arguments.decimals)
    except RowsError as why:
        tell(f"{arguments.file}：{why.text}")
        return 1
    for line, text in problems:
        tell(f"{arguments.file}:{line}: {text}")
    put_json(stats)
    return 1 if problems else 0
