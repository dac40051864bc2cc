"""Proving the audit log, and finding what is wrong with this installation."""

import argparse

from govmedia.cli.site import on_site, put, put_json, tell


def register(commands: argparse._SubParsersAction) -> None:
    """Add: audit verify, audit export, doctor."""
    audit = commands.add_parser("audit", help="审计日志").add_subparsers(dest="what", metavar="动作", required=True)
    audit.add_parser("verify", help="验证哈希链：intact，或第一处断点").set_defaults(run=run_verify)
    audit.add_parser("export", help="导出全部日志，JSON Lines").set_defaults(run=run_export)
    commands.add_parser("doctor", help="检查本安装有什么毛病，用文字说明").set_defaults(run=run_doctor)


@on_site
def run_verify(arguments: argparse.Namespace) -> int:
    from govmedia.audit.queries import first_break

    broken = first_break()
    if broken is None:
        put("intact")
        return 0
    seq, reason = broken
    put(f"broken {seq}")
    tell(f"{reason}。请立即停用并保全数据库副本，联系系统管理员。")
    return 1


@on_site
def run_export(arguments: argparse.Namespace) -> int:
    from govmedia.audit.queries import export

    for entry in export():
        put_json(entry)
    return 0


@on_site
def run_doctor(arguments: argparse.Namespace) -> int:
    from govmedia.config.doctor import complaints

    found = list(complaints())
    for line in found:
        put(line)
    if not found:
        put("没有发现问题。")
    return 1 if found else 0
