"""A published ranking recomputed from its own figures, without a database."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from govmedia.engine.assessing.scheme import Scheme, scheme_of
from govmedia.engine.assessing.scoring import Measured, Outcome, outcome_of, places_of

FORMAT = "govmedia-assessment-1"


class RankingError(ValueError):
    """A file that is no ranking; `text` is Chinese."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def differences(ranking: Any) -> Iterator[str]:
    """What of a published ranking does not come out again, in Chinese. Errors: RankingError."""
    if not isinstance(ranking, dict) or ranking.get("format") != FORMAT:
        raise RankingError(f"不是 {FORMAT} 格式的文件。请用公布页面上下载的原始文件。")
    try:
        rules = scheme_of(ranking["scheme"])
        outcomes = {body["division"]: _outcome(body, rules) for body in ranking["bodies"]}
        said = list(_compared(ranking, rules, outcomes))
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as why:
        raise RankingError(f"文件内容不完整（{why!r}）。请重新下载。") from why
    yield from said


def _outcome(body: Mapping[str, Any], rules: Scheme) -> Outcome:
    lines = {line["code"]: line for line in body["lines"]}
    return outcome_of(
        rules,
        measured={
            item.measure: Measured(lines[item.code]["part"], lines[item.code]["whole"])
            for item in rules.items
            if item.measured and item.code in lines and lines[item.code]["whole"]
        },
        given={code: Decimal(line["given"]) for code, line in lines.items() if line["given"] is not None},
        found={code for code, line in lines.items() if line["found"]},
        lifted={code for code, line in lines.items() if line["lifted"]},
    )


def _compared(ranking: Mapping[str, Any], rules: Scheme, outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    if rules.hash != ranking["scheme_hash"]:
        yield f"考核指标的哈希不符：文件里的指标是 {rules.hash}，公布的是 {ranking['scheme_hash']}。"
    places = places_of(outcomes)
    for body in ranking["bodies"]:
        again, place = outcomes[body["division"]], places[body["division"]]
        fresh = again.to_json()
        for label, old, new in (
            ("总分", body["score"], fresh["score"]),
            ("等次", body["grade"], fresh["grade"]),
            ("名次", body["place"], place),
            ("否决", body["vetoes"], fresh["vetoes"]),
        ):
            if old != new:
                yield f"{body['name']}：{label}重新计算为 {new}，公布的是 {old}。"
        points = {line["code"]: line["points"] for line in fresh["lines"]}
        for line in body["lines"]:
            new, old = points.get(line["code"]), line["points"]
            if new != old:
                yield f"{body['name']} {line['code']}：得分重新计算为 {new}，公布的是 {old}。"
