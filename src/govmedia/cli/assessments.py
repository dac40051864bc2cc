"""A published annual assessment recomputed."""

import argparse
import json

from govmedia.cli.site import put, reading, tell

# No ranking is larger: a province has some dozen bodies with a dozen items each.
BYTES_MOST = 32 * 1024 * 1024


def register(commands: argparse._SubParsersAction) -> None:
    """Add: verify-assessment."""
    verify = commands.add_parser("verify-assessment", help="重算公布的年度考核：相同输出 same，不同逐条说明")
    verify.add_argument("file", metavar="文件", help="公布页面上下载的 JSON；- 为标准输入")
    verify.set_defaults(run=run_verify)


def run_verify(arguments: argparse.Namespace) -> int:
    """Exit status 1 where something differs or the file is no ranking. Needs no installation."""
    from govmedia.assessments.proof import RankingError, differences

    with reading(arguments.file) as stream:
        data = stream.read(BYTES_MOST + 1)
    try:
        if len(data) > BYTES_MOST:
            raise RankingError("文件太大，不是考核结果。")
        found = list(differences(json.loads(data)))
    except RankingError as why:
        tell(f"{arguments.file}：{why.text}")
        return 1
    except (ValueError, RecursionError):
        tell(f"{arguments.file}：不是合法的 JSON。请用公布页面上下载的原始文件。")
        return 1
    for line in found or ["same"]:
        put(line)
    return int(bool(found))
