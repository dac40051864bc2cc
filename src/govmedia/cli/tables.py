"""Tables in and out: accounts, posts, holidays, and what the text checks know."""

import argparse
import sys

from govmedia.cli.site import as_path, on_site, put, put_in_place, put_json, reading, tell, writing


def register(commands: argparse._SubParsersAction) -> None:
    """Add: import accounts|posts|holidays|lexicon|offices|sources, export accounts|specimens."""
    into = commands.add_parser("import", help="导入").add_subparsers(dest="what", metavar="内容", required=True)
    accounts = into.add_parser("accounts", help="导入账号名录（CSV，UTF-8 或 GB18030；或 Excel 的 .xlsx）")
    accounts.add_argument("file", nargs="?", metavar="文件")
    accounts.add_argument("--template", action="store_true", help="输出一份带示例和说明的空表")
    accounts.add_argument("--report", metavar="FILE", help="把每处问题写入 CSV：line,column,value,reason")
    accounts.set_defaults(run=run_import_accounts)
    posts = into.add_parser("posts", help="导入内容（JSON Lines，每行一个带 account 的 Post）")
    posts.add_argument("file", metavar="文件")
    posts.set_defaults(run=run_import_posts)
    holidays = into.add_parser("holidays", help="导入一年的节假日与调休安排（TOML）")
    holidays.add_argument("file", metavar="文件")
    holidays.set_defaults(run=run_import_holidays)
    for kind, text in (
        ("lexicon", "导入一份词库（CSV），加在自带词库之上"),
        ("offices", "导入职务与任职人员表（CSV），用于核对职务姓名"),
        ("sources", "导入稿源单位表（CSV），加在自带名单之上"),
    ):
        table = into.add_parser(kind, help=text)
        table.add_argument("file", metavar="文件")
        table.set_defaults(run=run_import_table, kind=kind)

    out = commands.add_parser("export", help="导出").add_subparsers(dest="what", metavar="内容", required=True)
    accounts = out.add_parser("accounts", help="导出账号名录")
    accounts.add_argument("--format", choices=("csv", "xlsx", "jsonl"), default="csv")
    accounts.add_argument("--output", metavar="FILE", default="-", help="写入文件（默认标准输出）")
    accounts.set_defaults(run=run_export_accounts)
    specimens = out.add_parser("specimens", help="导出两人复核过的测试句（JSON Lines，与随产品发布的标注集同形）")
    specimens.set_defaults(run=run_export_specimens)


@on_site
def run_import_accounts(arguments: argparse.Namespace) -> int:
    from govmedia.accounts import tables
    from govmedia.common.clock import now

    if arguments.template:
        sys.stdout.write(tables.template())
        return 0
    if not arguments.file:
        tell("请给出文件，或用 --template 取一份空表。")
        return 2
    with reading(arguments.file) as stream:
        report = tables.import_accounts(stream.read(), by=None, now=now())
    for notice in report.notices:
        tell(f"提示：{arguments.file}：{notice}")
    for problem in report.problems:
        tell(f"{arguments.file}:{problem.line}: {problem.text}")
    if arguments.report:
        with writing(arguments.report) as out:
            out.write(tables.report_csv(report).encode("utf-8-sig"))
    tell(report.text)
    return 1 if report.problems else 0


@on_site
def run_import_posts(arguments: argparse.Namespace) -> int:
    from govmedia.common.clock import now
    from govmedia.engine.scoring import bounded_lines
    from govmedia.posts.services import import_posts

    with reading(arguments.file) as stream:
        report = import_posts(bounded_lines(stream), now=now(), by=None)
    for line, reason in report.problems:
        tell(f"{arguments.file}:{line}: {reason}")
    tell(report.text)
    return 1 if report.problems else 0


def run_import_holidays(arguments: argparse.Namespace) -> int:
    from govmedia.cli.law import data_home
    from govmedia.engine.calendar import check_holidays

    with as_path(arguments.file, ".toml", rb"^year *= *([0-9]{4})") as path:
        problems = check_holidays(path)
        for problem in problems:
            tell(f"{arguments.file}: {problem.removeprefix(f'{path}：')}")
        if problems:
            tell("未导入。请按上面的提示改好后再试。")
            return 1
        target = data_home() / "holidays" / path.name
        replaces = target.exists()
        put_in_place(path.read_bytes(), target)
    put(str(target))
    tell("已替换原有的同名安排。" if replaces else "已导入。")
    return 0


def run_import_table(arguments: argparse.Namespace) -> int:
    """Check a table of the text checks and put it into the data folder; the next inspection uses it."""
    from govmedia.cli.law import data_home
    from govmedia.engine.content.installed import LEXICONS, OFFICES, SOURCES, check_table_file
    from govmedia.engine.tables import TableError

    with as_path(arguments.file, ".csv") as path:
        try:
            says = check_table_file(arguments.kind, path)
        except TableError as why:
            tell(f"{why.text}\n未导入。请按上面的提示改好后再试。")
            return 1
        names = {"lexicon": f"{LEXICONS}/{path.name}", "offices": OFFICES, "sources": SOURCES}
        target = data_home() / names[arguments.kind]
        replaces = target.exists()
        put_in_place(path.read_bytes(), target)
    put(str(target))
    tell(f"{'已替换原有的表' if replaces else '已导入'}：{says}。正在运行的网站重启后生效。")
    return 0


@on_site
def run_export_accounts(arguments: argparse.Namespace) -> int:
    from govmedia.accounts import tables

    if arguments.format == "xlsx" and arguments.output == "-" and sys.stdout.isatty():
        tell("Excel 文件请写入文件：--output 名录.xlsx")
        return 2
    with writing(arguments.output) as out:
        for chunk in tables.export_accounts(arguments.format):
            out.write(chunk)
    return 0


@on_site
def run_export_specimens(arguments: argparse.Namespace) -> int:
    from govmedia.inspections.queries import kept_specimens

    for row in kept_specimens().iterator(chunk_size=500):
        errors = [row.found] if row.is_error else []
        put_json({"topic": row.check_code, "post": {"text": row.text}, "errors": errors, "why": row.why})
    return 0
