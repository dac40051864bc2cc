"""Terms as the rows of a lexicon file, and signed files of them that another installation can trust."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from govmedia.common import signing
from govmedia.common.refusals import Refused
from govmedia.engine.content.lexicon import COLUMNS, Lexicon, lexicon_from
from govmedia.lexicons.models import Term
from govmedia.orgs.rights import stem

LOCAL = "local"
FORMAT = "govmedia-lexicon-1"
FILE_MAX = 4 * 1024 * 1024


def row_of(term: Term) -> dict[str, str]:
    """A term as a row of a lexicon file."""
    return {
        "term": term.term,
        "kind": term.kind,
        "check": term.check_code,
        "category": "",
        "level": term.level,
        "suggestion": term.suggestion,
        "note": term.note,
        "source": term.source,
        "valid_from": term.valid_from.isoformat() if term.valid_from else "",
        "valid_to": term.valid_to.isoformat() if term.valid_to else "",
        "division": stem(term.division_id),
        "conditions": term.conditions,
    }


def csv_of(rows: Iterable[Mapping[str, str]]) -> bytes:
    """Rows as a lexicon file (CSV in UTF-8)."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def lexicon_of(terms: Iterable[Term]) -> Lexicon:
    """The terms as a lexicon. Rows were checked when they were proposed; what no longer holds is left out."""
    return lexicon_from(LOCAL, csv_of(map(row_of, terms)))[0]


def faults_of(row: Mapping[str, str]) -> list[str]:
    """What is wrong with one row, in Chinese."""
    problems = lexicon_from(LOCAL, csv_of([row]))[1]
    return [problem.reason + (f"（{problem.value[:40]}）" if problem.value else "") for problem in problems]


def signed(terms: Iterable[Term]) -> bytes:
    """A file of the terms that proves where it comes from. Errors: KeyProblem."""
    data = csv_of(map(row_of, terms))
    kid, signature = signing.sign(data)
    body = {"format": FORMAT, "csv": data.decode(), "kid": kid, "signature": signature}
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def read_signed(data: bytes, public_key: str) -> list[dict[str, str]]:
    """The rows of a signed file, proved by a public key that came another way.

    Errors: Refused for a file that is none, too large, signed by somebody else or changed, or with faulty rows.
    """
    if len(data) > FILE_MAX:
        raise Refused(f"文件超过 {FILE_MAX // 1024 // 1024} MiB。", "file")
    body = _parsed(data)
    text = body["csv"].encode()
    if not signing.verify(text, body["signature"], public_key.strip()):
        raise Refused("签名与公钥对不上：文件被改动过，或不是这个公钥的主人签发的。请向对方核对公钥。", "public_key")
    problems = lexicon_from("导入", text)[1]
    if problems:
        more = f"；共 {len(problems)} 处" if len(problems) > 3 else ""
        raise Refused("；".join(problem.text for problem in problems[:3]) + more, "file")
    return list(csv.DictReader(io.StringIO(body["csv"])))


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        body = json.loads(data)
    except (ValueError, RecursionError) as why:
        raise Refused("这不是签名的词库文件。请选择由本平台导出的 .json 文件。", "file") from why
    wanted = {"csv", "signature"}
    if not isinstance(body, dict) or body.get("format") != FORMAT or not wanted <= body.keys():
        raise Refused("这不是签名的词库文件。请选择由本平台导出的 .json 文件。", "file")
    if not all(isinstance(body[name], str) for name in wanted):
        raise Refused("文件内容不完整。请重新导出。", "file")
    return body
