"""Lists of what the law and the glossary say, scoring, editions. Only putting one in force needs a database."""

import argparse
import os
from pathlib import Path

from govmedia.cli.site import as_path, on_site, put, put_in_place, put_json, put_rows, put_table, reading, tell


def register(commands: argparse._SubParsersAction) -> None:
    """Add: score, editions, indicators, platforms, states, and `import holidays` is in tables."""
    score = commands.add_parser("score", help="按检查指标版本核算：每行一个 Tally，输出每行一个 Verdict")
    score.add_argument("--edition", required=True, help="指标版本，如 jiangsu-2019")
    score.add_argument("file", metavar="文件", help="JSON Lines；- 为标准输入")
    score.set_defaults(run=run_score)

    editions = commands.add_parser(
        "editions", help="列出检查指标版本；editions 名称 看一个；editions add 文件 添加；editions use 名称 启用"
    )
    editions.add_argument("name", nargs="?", metavar="名称", help="版本名称，或 add、use")
    editions.add_argument("file", nargs="?", metavar="文件或名称", help="要添加的 TOML 文件，或要启用的版本名称")
    editions.add_argument("--json", action="store_true", help="输出 JSON")
    editions.set_defaults(run=run_editions)

    for name, run, text in (
        ("indicators", run_indicators, "列出全部指标：代码、颜色、版本、由谁判断"),
        ("platforms", run_platforms, "列出平台代码与名称"),
        ("states", run_states, "列出各类对象的状态与流转"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("--json", action="store_true", help="输出 JSON")
        command.set_defaults(run=run)


def data_home() -> Path:
    """The data folder, as settings see it, without loading them."""
    return Path(os.environ.get("GOVMEDIA_HOME") or Path.home() / ".local/share/govmedia").expanduser()


def edition_folders() -> list[Path]:
    """Folders that add to the packaged editions."""
    return [data_home() / "editions"]


def run_score(arguments: argparse.Namespace) -> int:
    from govmedia.engine.edition import EditionError, load_edition
    from govmedia.engine.scoring import TallyError, bounded_lines, score_lines

    try:
        edition = load_edition(arguments.edition, edition_folders())
    except EditionError as why:
        tell(why.text)
        return 2
    status = 0
    with reading(arguments.file) as stream:
        for number, result in score_lines(bounded_lines(stream), edition):
            if isinstance(result, TallyError):
                tell(f"{arguments.file}:{number}: {result.text}")
                status = 1
            else:
                put_json(result.to_json())
    return status


def run_editions(arguments: argparse.Namespace) -> int:
    from govmedia.engine.edition import EditionError, edition_names, load_edition

    if arguments.name in {"add", "use"}:
        if not arguments.file:
            tell("用法：govmedia editions add 文件.toml，或 govmedia editions use 名称")
            return 2
        return add_edition(arguments.file) if arguments.name == "add" else use_edition(arguments)
    try:
        names = [arguments.name] if arguments.name else edition_names(edition_folders())
        editions = [load_edition(name, edition_folders()) for name in names]
    except EditionError as why:
        tell(why.text)
        return 1
    if arguments.name:
        return show_edition(editions[0], arguments.json)
    rows = [
        {"name": e.name, "title": e.title, "source": e.source, "valid_from": str(e.valid_from), "hash": e.hash}
        for e in editions
    ]
    return put_rows(rows, arguments.json)


def show_edition(edition, as_json: bool) -> int:
    rules = [
        {
            "code": rule.code,
            "colour": rule.colour,
            "title": rule.title,
            "points": rule.points or None,
            "cap": rule.cap,
            "judged_by": rule.judged_by,
            "proposed": rule.proposed,
            "clause": rule.clause,
        }
        for rule in edition.rules.values()
    ]
    if as_json:
        put_json(
            {
                "name": edition.name,
                "title": edition.title,
                "source": edition.source,
                "valid_from": str(edition.valid_from),
                "full_marks": edition.full_marks,
                "pass_mark": edition.pass_mark,
                "hash": edition.hash,
                "rules": rules,
            }
        )
        return 0
    put(f"{edition.name}  {edition.title}（{edition.source}）\n{edition.rule}\n{edition.hash}")
    for rule in rules:
        points = f"每项 {rule['points']} 分，最多 {rule['cap']} 分" if rule["points"] else "单项否决"
        proposed = "（分值为建议值，以正式文件为准）" if rule["proposed"] else ""
        put(f"{rule['code']}  {rule['title']}  {points}{proposed}\n     {rule['clause']}")
    return 0


def add_edition(file: str) -> int:
    """Check a province's own edition file, say what it adds, and put it into the data folder."""
    from govmedia.engine.edition import check_edition, load_edition

    with as_path(file, ".toml", rb'^name *= *"([a-z0-9-]+)"') as path:
        problems = check_edition(path, edition_folders())
        if problems:
            for problem in problems:
                tell(f"{file}: {problem.removeprefix(f'{path}：')}")
            tell("未添加。请按上面的提示改好后再试。")
            return 1
        put_in_place(path.read_bytes(), edition_folders()[0] / path.name)
    edition = load_edition(path.stem, edition_folders())
    counts = f"红线 {len(edition.vetoes)} 项，黄线 {len(edition.deductions)} 项"
    tell(f"已添加 {edition.name}《{edition.title}》：{counts}。")
    put(edition.hash)
    return 0


@on_site
def use_edition(arguments: argparse.Namespace) -> int:
    """Have the health check judge by another edition from now on."""
    from govmedia.common.clock import now
    from govmedia.findings.services import put_in_force

    edition = put_in_force(name=arguments.file, by=None, now=now())
    put(edition.hash)
    tell(f"已启用 {edition.name}《{edition.title}》，各账号在下一次查看后按它判断。")
    return 0


def run_indicators(arguments: argparse.Namespace) -> int:
    from govmedia.engine.edition import EditionError, edition_names, load_edition
    from govmedia.engine.registry import indicator_table

    named: dict[str, list[str]] = {}
    for name in edition_names(edition_folders()):
        try:
            edition = load_edition(name, edition_folders())
        except EditionError as why:
            tell(why.text)
            return 1
        for code in edition.rules:
            named.setdefault(code, []).append(name)
    rows = [
        {
            "code": one.code,
            "colour": one.colour,
            "title": one.title,
            "version": one.version,
            "seen_by": "human" if one.manual else "machine",
            "editions": ",".join(named.get(one.code, [])) or "shadow",
        }
        for one in indicator_table().values()
    ]
    return put_rows(rows, arguments.json)


def run_platforms(arguments: argparse.Namespace) -> int:
    from govmedia.engine.platforms import PLATFORMS

    rows = [{"code": one.code, "label": one.label, "has_posts": one.has_posts} for one in PLATFORMS.values()]
    if not arguments.json:
        rows = [{"code": row["code"], "label": row["label"]} for row in rows]
    return put_rows(rows, arguments.json)


def run_states(arguments: argparse.Namespace) -> int:
    from govmedia.bulletins.states import BULLETIN
    from govmedia.common.states import Machine, Move
    from govmedia.filings.states import FILING
    from govmedia.findings.states import FINDING
    from govmedia.rounds.states import ROUND

    machines = {"备案": FILING, "问题": FINDING, "检查轮次": ROUND, "通报": BULLETIN}
    moves = [(noun, machine, move) for noun, machine in machines.items() for move in machine.moves]
    if not arguments.json:

        def sources(machine: Machine, move: Move) -> str:
            return "、".join(word for state, word in machine.words.items() if state in move.source)

        return put_table(
            ("对象", "代码", "动作", "从", "到", "权限", "须写理由"),
            [
                (
                    noun, move.name, move.label, sources(machine, move),
                    machine.words[move.target], "机器" if move.by_machine else move.right,
                    "是" if move.needs_note else "否",
                )
                for noun, machine, move in moves
            ],
        )  # fmt: skip
    for _, machine, move in moves:
        put_json(
            {
                "noun": machine.noun,
                "move": move.name,
                "label": move.label,
                "from": ",".join(sorted(move.source)),
                "to": move.target,
                "right": move.right,
                "needs_note": move.needs_note,
            }
        )
    return 0
