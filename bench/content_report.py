"""The page of accuracy, written from the lines of one run."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from bench.content_labelled import wilson_lower

HEAD = """# 内容检查的准确率 · How precise the text checks are

`GOVMEDIA_DATA=… make bench`（或 `python bench/content.py --write`）重测并改写本页；
同一份配置、同一次运行。测于 {on}。

- **准确率**：机器说有问题的，多少是真的。**召回率**：真有问题的，多少被找到。括号里是 95% 置信区间的下限（Wilson）。
- “自动”指可以不经人看直接提示运维员的命中；其余进待判队列。
- 标注集两部分：`own` 与检查同时写，`blind` 由没看过代码的人写，只计分、不照着改。
  都在 `tests/data/inspection/`，随代码公开。

## 逐项 · By check

| 检查项 | 标注的错误 / 陷阱 | 准确率（全部） | 准确率（自动） | 召回率 | 其中 `blind` 召回 | 干净文本上的自动命中 |
|---|---|---|---|---|---|---|
"""
NEURAL = """
## 神经网络层 · The neural layer

试过四次，没有达到底线（召回率：CSCD-NS 准确率 0.90 时 ≥ 0.20，ECSpell odw 准确率 0.97 时 ≥ 0.55），因此不随产品分发；
怎么训练、每次的数据，见 [training/neural.md](../../training/neural.md)。最好的一次（2,300 万字、2,500 步）：
CSCD-NS 0.174、odw 0.479（准确率 0.90 的同一阈值），句级 F1 0.421 / 0.687，两核每秒 43 篇 800 字的内容，模型 3.6 MB。

## 数据之外 · What the figures do not say

`own` 的句子是边写检查边写的，成绩偏高；`blind` 才说明没见过的句子上怎样。
最近一批盲测 548 句（16 项，2026-11）首次评分：召回 60 %（186/309），自动命中 97 % 属实（128/132）。
自动标错别字的阈值在同一批开发集上选定（按句分五份，判别用没见过该句的一份），略偏乐观。CSCD-NS 的“无误”句里有真错。
"""
LICENCES = """
## 数据与许可 · Data

| 数据 | 用来 | 来源与许可 |
|---|---|---|
| macro-correct `acc_xxqg`、`acc_rmrb` | 干净句子 | yongzhuo/macro-correct，Apache-2.0；句子出自学习强国、人民日报 |
| CSCD-NS dev | 真实输入错误 | nghuyong/cscd-ns，MIT |
| ECSpell odw、law、med | 公文、法律、医疗领域的错误 | aopolin-lv/ECSpell，MIT |
| 新闻联播文字稿最新的十分之一 | 干净文本，从不参与训练 | 公开仓库所载，只用于测量，不随产品分发 |
| 法律法规的十分之一（按哈希） | 干净文本，从不参与训练 | LawRefBook/Laws；法律不受著作权保护（著作权法第五条） |
| `tests/data/inspection` | 标注句 | 本项目自写，虚构，木兰宽松许可证第 2 版 |
"""


def page(
    *,
    on: str,
    titles: Mapping[str, str],
    whole: Mapping[str, Counter[str]],
    clean: Mapping[str, Any],
    typos: Iterable[Mapping[str, Any]],
    terms: Iterable[Mapping[str, Any]],
    day: Iterable[Mapping[str, Any]],
) -> str:
    """The page in Markdown."""
    rows = [_row(titles.get(topic, topic), topic, seen, clean) for topic, seen in sorted(whole.items())]
    text = HEAD.format(on=on) + "\n".join(rows) + "\n"
    text += _clean(clean) + _typos(list(typos)) + _speed(list(terms), list(day))
    return text + NEURAL + LICENCES


def _share(part: int, total: int) -> str:
    if not total:
        return "–"
    return f"{100 * part / total:.1f}%（{wilson_lower(part, total):.1f}）{part}/{total}"


def _row(title: str, topic: str, seen: Counter[str], clean: Mapping[str, Any]) -> str:
    cells = [
        f"{title} `{topic}`",
        f"{seen['errors']} / {seen['traps']}",
        _share(seen["true"], seen["hits"]),
        _share(seen["auto_true"], seen["auto"]),
        _share(seen["recalled"], seen["errors"]),
        f"{seen['blind_recalled']} / {seen['blind_errors']}",
        str(clean["by_check"].get(topic, 0)),
    ]
    return f"| {' | '.join(cells)} |"


def _clean(clean: Mapping[str, Any]) -> str:
    return f"""
## 干净文本 · Clean text

错别字以外的自动命中（底线：每 5,000 句至多 1 句；每一处都看过）：
{clean["sentences"]:,} 个句子中 {clean["flagged"]} 个，
新闻 {clean["news"]:,} 段中 {clean["news_flagged"]} 段，法律 {clean["laws"]:,} 篇中 {clean["laws_flagged"]} 篇，
共 {clean["characters"]:,} 个字符。
"""


def _typos(lines: list[Mapping[str, Any]]) -> str:
    rows = ["", "## 错别字 · Wrong characters", "", "| 内容 | 底线 | 目标 | 测得 |", "|---|---|---|---|"]
    rows += [
        f"| {line['metric']} | {line.get('floor', '–')} | {line.get('aim', '–')} | {_value(line)} |" for line in lines
    ]
    return "\n".join(rows) + "\n"


def _speed(terms: list[Mapping[str, Any]], day: list[Mapping[str, Any]]) -> str:
    rows = ["", "## 速度和内存 · Speed and memory", "", "| 内容 | 测得 | 与对照之比 |", "|---|---|---|"]
    for line in (*terms, *day):
        ratio = f"{line['ratio']}（{line['peer']}：{line['peer_value']} {line['unit']}）" if "ratio" in line else "–"
        rows.append(f"| {line['metric']} | {_value(line)} | {ratio} |")
    return "\n".join(rows) + "\n"


def _value(line: Mapping[str, Any]) -> str:
    return f"{line.get('value', '–')} {line.get('unit', '')}".strip()
