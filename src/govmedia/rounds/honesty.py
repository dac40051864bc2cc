"""What a unit said of its account beside what the inspector found: alike 一致, kept silent 漏报, over-reported 多报.

Only what people are asked is compared; what the machine held against the account already, nobody had to type.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from govmedia.checks.law import judge_by
from govmedia.checks.queries import standing_hits
from govmedia.engine.edition import Edition
from govmedia.engine.rates import percent
from govmedia.orgs.models import User
from govmedia.orgs.rights import stem
from govmedia.rounds.models import Round, Sample
from govmedia.rounds.queries import samples_for
from govmedia.rounds.reports import place_words
from govmedia.rounds.states import Place

SAME, MISSED, OVER, SILENT = "same", "missed", "over", "silent"
WORDS = {SAME: "一致", MISSED: "漏报", OVER: "多报", SILENT: "未报自查"}
DECIMALS = 1


@dataclass(frozen=True, slots=True)
class Compared:
    """One account. `missed`: codes that only the inspector found; `over`: codes the unit gave as still to be put
    right that he did not find; `still`: codes the unit gave as put right that he found."""

    outcome: str
    missed: Sequence[str] = ()
    over: Sequence[str] = ()
    still: Sequence[str] = ()

    @property
    def label(self) -> str:
        return WORDS[self.outcome]

    @property
    def text(self) -> str:
        """`漏报：Y06、Y08；自报已整改、复核仍有：Y05`."""
        parts = (("漏报", self.missed), ("多报", self.over), ("自报已整改、复核仍有", self.still))
        return "；".join(f"{word}：{'、'.join(codes)}" for word, codes in parts if codes)

    @property
    def sentence(self) -> str:
        """`漏报：Y06`, `一致`, `一致；自报已整改、复核仍有：Y05`."""
        return self.text if self.outcome in {MISSED, OVER} else "；".join(filter(None, (self.label, self.text)))


class Comparing:
    """Compares samples of rounds by one edition."""

    def __init__(self, edition: Edition) -> None:
        self._judge = judge_by(edition)
        self._asked: dict[str, frozenset[str]] = {}

    def of(self, sample: Sample) -> Compared | None:
        """None where there is no verdict yet, or the round asked nobody. Wants `said__report` and `check_used`."""
        check, said = sample.check_used, sample.said
        if sample.state != Place.SETTLED or check is None or said is None:
            return None
        if said.report.reported_at is None:
            return Compared(SILENT)
        asked = self._codes(sample.account.platform)
        upheld = {code for code, ruling in check.rulings.items() if ruling["counts"]}
        found = {hit.code for hit in standing_hits(check) if hit.answered or hit.code in upheld} & asked
        clean = {code for code, given in check.answers.items() if not given["count"]}
        told = said.problems.keys() | set(said.seen)
        missed = sorted(found - told)
        over = sorted(code for code, one in said.problems.items() if not one["mended"] and code in clean - found)
        still = sorted(code for code, one in said.problems.items() if one["mended"] and code in found)
        return Compared(MISSED if missed else OVER if over else SAME, missed, over, still)

    def _codes(self, platform: str) -> frozenset[str]:
        if platform not in self._asked:
            self._asked[platform] = frozenset(one.code for one in self._judge.questions(platform))
        return self._asked[platform]


@dataclass(slots=True)
class Figure:
    """How the accounts of a division came out. Over-reporting is no dishonesty: it counts with what is alike."""

    label: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(WORDS, 0))

    @property
    def compared(self) -> int:
        return self.counts[SAME] + self.counts[MISSED] + self.counts[OVER]

    @property
    def rate(self) -> str:
        """`95.3`; empty where nothing was compared."""
        return percent(self.compared - self.counts[MISSED], self.compared, DECIMALS) or ""

    @property
    def cells(self) -> list[int]:
        """Compared, alike, over-reported, kept silent, not reported."""
        return [self.compared, *(self.counts[key] for key in (SAME, OVER, MISSED, SILENT))]


def figures_of(held: Round, user: User, comparing: Comparing) -> list[Figure]:
    """By the divisions next below the round's, as far as somebody may see them; the last is of all. Three queries."""
    digits = min(6, len(stem(held.division_id)) + 2)
    rows = samples_for(held, user).filter(state=Place.SETTLED, said__isnull=False)
    found: dict[str, Figure] = {}
    whole = Figure("合计")
    for sample in rows.defer("check_used__facts").prefetch_related("check_used__taken_back").iterator(chunk_size=500):
        compared = comparing.of(sample)
        if compared is not None:
            code = f"{sample.account.division_id[:digits]:0<6}"
            for figure in (found.setdefault(code, Figure(code)), whole):
                figure.counts[compared.outcome] += 1
    words = place_words(found, held)
    for code, figure in found.items():
        figure.label = words.get(code, code)
    return [*(found[code] for code in sorted(found)), whole]
