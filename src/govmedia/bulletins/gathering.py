"""A round's figures as a bulletin carries them: levels and platforms, verdicts with their reasons, what changed."""

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from govmedia.checks.models import Check
from govmedia.checks.verdicts import final_hits
from govmedia.common.refusals import Refused
from govmedia.engine.bulletins.estimate import Stratum, estimate_of
from govmedia.engine.bulletins.figures import AccountRow, Deduction, with_figures
from govmedia.engine.bulletins.reading import bulletin_of
from govmedia.engine.bulletins.shape import Annex, Bulletin, Estimate, Previous
from govmedia.engine.edition import Edition
from govmedia.engine.platforms import PLATFORMS, platform_label
from govmedia.engine.types import Hit
from govmedia.findings.queries import edition_as_judged
from govmedia.orgs.models import Level
from govmedia.rounds.models import Round, Sample
from govmedia.rounds.queries import published_draw, published_population
from govmedia.rounds.states import Place

# As the bulletins of the last years print their rates.
DECIMALS = 1
DETAIL_MOST = 120
NOT_JUDGED = "未评定和不检查的账号"


def figures_of(held: Round, previous: Previous | None) -> Bulletin:
    """All that the round says, without a word of prose; title and issuer are left to people.

    Errors: Refused for a round that is not closed, that has no verdict, or whose edition is gone.
    """
    if held.state != "closed":
        raise Refused(f"“{held.name}”还没有检毕，没有可以通报的结果。请先检毕。")
    edition = edition_as_judged(held.edition, held.edition_hash)
    if edition is None:
        raise Refused("这一轮所用的指标版本已找不到。请系统管理员恢复该版本的文件。")
    samples = {
        sample.account.code: sample
        for sample in Sample.objects.filter(round=held)
        .select_related("account", "check_used")
        .prefetch_related("check_used__taken_back")
    }
    if not any(sample.state == Place.SETTLED for sample in samples.values()):
        raise Refused(f"“{held.name}”没有一个账号得出结论，写不出通报。")
    population = list(csv.DictReader(io.StringIO(published_population(held).decode(), newline="")))
    made = with_figures(
        Bulletin("", ""),
        [_row(cells, samples.get(cells["code"]), edition) for cells in population],
        DECIMALS,
        previous,
        [str(label) for label in Level.labels],
        [platform_label(code) for code in PLATFORMS],
    )
    left_out = _left_out(population, samples, held.excluded)
    return replace(
        made,
        window=f"{_day(held.start_on)}至{_day(held.end_on)}",
        method=edition.title,
        estimate=_estimate(held, samples),
        annexes=(Annex(NOT_JUDGED, columns=("账号", "编号", "理由"), rows=left_out),) if left_out else None,
    )


def _row(cells: Mapping[str, str], sample: Sample | None, edition: Edition) -> AccountRow:
    row = AccountRow(
        code=cells["code"],
        name=cells["name"],
        organisation=cells["organisation"],
        level=str(dict(Level.choices).get(cells["level"], cells["level"])),
        platform=platform_label(cells["platform"]),
        sampled=sample is not None,
    )
    check = sample.check_used if sample and sample.state == Place.SETTLED else None
    if check is None:
        return row
    verdict, said = check.verdict, _said(check, edition)
    vetoes = [code for code in verdict["vetoes"] if code in edition.rules]
    reasons = tuple(edition.rules[code].title for code in vetoes)
    if not check.passed and not reasons:
        reasons = (f"得分低于{edition.pass_mark}分",)
    return replace(
        row,
        passed=check.passed,
        reasons=reasons if not check.passed else (),
        detail=_cut(said, vetoes),
        score=check.score,
        deductions=tuple(
            Deduction(edition.rules[one["code"]].title, one["points"], _cut(said, [one["code"]]))
            for one in verdict["deductions"]
            if one["code"] in edition.rules
        ),
    )


def _said(check: Check, edition: Edition) -> dict[str, list[str]]:
    """What counted in a check, in words, by indicator."""
    gone = {place for row in check.taken_back.all() for place in row.hits}
    standing = [Hit.from_json(hit) for place, hit in enumerate(check.hits) if place not in gone]
    found: dict[str, list[str]] = {}
    for hit in final_hits(standing, check.rulings, edition):
        found.setdefault(hit.code, []).append(hit.reason.rstrip("。"))
    return found


def _cut(said: Mapping[str, Sequence[str]], codes: Sequence[str]) -> str:
    """What was said of these indicators, each thing once, in the length of a table's cell."""
    text = "；".join(dict.fromkeys(one for code in codes for one in said.get(code, ())))
    return text if len(text) <= DETAIL_MOST else f"{text[: DETAIL_MOST - 1]}…"


def _left_out(
    population: list[dict[str, str]], samples: Mapping[str, Sample], excluded: Mapping[str, str]
) -> tuple[tuple[str, ...], ...]:
    """Accounts that were not drawn from, or drawn and not judged, each with its reason."""
    return tuple(
        (cells["name"], cells["code"], reason)
        for cells in population
        if (reason := excluded.get(cells["code"]) or _dropped(samples.get(cells["code"])))
    )


def _dropped(sample: Sample | None) -> str:
    return sample.reason if sample is not None and sample.state != Place.SETTLED else ""


def _estimate(held: Round, samples: Mapping[str, Sample]) -> Estimate | None:
    """Of all accounts that could be drawn; None where all of them were, and nothing is left to estimate."""
    draw = published_draw(held)
    if all(len(stratum["drawn"]) == stratum["size"] for stratum in draw["strata"]):
        return None
    strata = [_stratum(len(draw["always"]), draw["always"], samples)] if draw["always"] else []
    strata += [_stratum(stratum["size"], stratum["drawn"], samples) for stratum in draw["strata"]]
    return estimate_of(strata, DECIMALS)


def _stratum(size: int, drawn: list[str], samples: Mapping[str, Sample]) -> Stratum:
    verdicts = Counter(
        sample.check_used.passed
        for code in drawn
        if (sample := samples[code]).state == Place.SETTLED and sample.check_used is not None
    )
    return Stratum(size, len(drawn), verdicts[True] + verdicts[False], verdicts[True])


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def as_text(whole: Mapping[str, Any]) -> str:
    """A bulletin file's text; the order of the names is kept."""
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Bulletin:
    """The figures, or the whole bulletin, of a file that this room has written."""
    given = json.loads(text)
    # Figures alone have no title yet; the reader of files wants one.
    return replace(bulletin_of({"title": "-", "issuer": "-", **given}), title=given.get("title", ""),
                   issuer=given.get("issuer", ""))  # fmt: skip
