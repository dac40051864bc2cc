"""What a bulletin file holds. Source: docs/reference/bulletin-file.md; the names are those of published bulletins."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Count = int | None
# A group's number, or its numbers by a second division (platform, then level).
Counts = Mapping[str, Count | Mapping[str, Count]]


@dataclass(frozen=True, slots=True)
class NamedAccount:
    """An account a bulletin names: sampled, failing, or with deductions."""

    account: str
    platform: str = ""
    organisation: str = ""
    level: str = ""
    code: str = ""
    indicator: str = ""
    detail: str = ""
    kind: str = ""
    points: Count = None
    times: Count = None
    score: Count = None
    result: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its paragraphs; `level` 1 is 一、, 2 is （一）, 3 is 1., 4 is （1）."""

    heading: str
    level: int = 1
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: one of the bulletin's own lists (`of`), a table, or paragraphs."""

    title: str
    of: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlsoChecked:
    """Something else the same bulletin tells of, such as websites; `classes` add up to `checked`."""

    what: str
    checked: Count = None
    passed: Count = None
    failing: Count = None
    pass_rate: str = ""
    classes: Mapping[str, Count] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Estimate:
    """The pass rate of all accounts as the sample's strata let it be estimated, with its interval."""

    rate: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Previous:
    """The last bulletin's figures, for what changed since."""

    window: str = ""
    accounts_total: Count = None
    sampled: Count = None
    passed: Count = None
    pass_rate: str = ""
    by_level: Counts = field(default_factory=dict)
    by_platform: Counts = field(default_factory=dict)
    rates_by_group: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin. None, an empty text or an empty list: the bulletin does not say."""

    title: str
    issuer: str
    # The document.
    mark: str = ""
    number: str = ""
    addressees: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    annexes: tuple[Annex, ...] | None = None
    signed_by: str = ""
    signed_on: str = ""
    sealed: bool = True
    remark: str = ""
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: str = ""
    # When.
    published: str = ""
    window: str = ""
    rectification_due: str = ""
    method: str = ""
    # How many.
    accounts_total: Count = None
    by_level: Counts = field(default_factory=dict)
    by_platform: Counts = field(default_factory=dict)
    sampled: Count = None
    sampled_by_level: Counts = field(default_factory=dict)
    sampled_by_platform: Counts = field(default_factory=dict)
    unjudged: Count = None
    passed: Count = None
    stated_counts: Mapping[str, Mapping[str, Count]] = field(default_factory=dict)
    failing_counts: Mapping[str, Count] = field(default_factory=dict)
    deduction_counts: Mapping[str, Count] = field(default_factory=dict)
    full_marks_accounts: Count = None
    commended_reposting: Count = None
    posts: Count = None
    original: Count = None
    closed: Count = None
    cancelled: Count = None
    # Which share.
    pass_rate: str = ""
    sample_rate: str = ""
    rates_by_group: Mapping[str, str] = field(default_factory=dict)
    original_rate: str = ""
    closed_rate: str = ""
    estimate: Estimate | None = None
    changes: Mapping[str, str] = field(default_factory=dict)
    # Which ones.
    lists_complete: bool = False
    sampled_accounts: tuple[NamedAccount, ...] = ()
    failing: tuple[NamedAccount, ...] | None = None
    deductions: tuple[NamedAccount, ...] | None = None
    all_accounts: tuple[str, ...] = ()
    commended_accounts: tuple[str, ...] = ()
    not_reported: tuple[str, ...] = ()
    table_columns: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    # What else.
    also_checked: tuple[AlsoChecked, ...] = ()
    previous: Previous | None = None
    quotes: tuple[str, ...] = ()
    source_quality: str = ""

    @property
    def judged(self) -> Count:
        """How many accounts the pass rate is a share of."""
        return None if self.sampled is None else self.sampled - (self.unjudged or 0)

    @property
    def failing_count(self) -> Count:
        """How many failed: what is left of the judged ones, else the list where it is complete."""
        if self.judged is not None and self.passed is not None:
            return self.judged - self.passed
        if self.failing is not None and self.lists_complete:
            return len(self.failing)
        return None

    def as_previous(self) -> Previous:
        """This bulletin as the next one's last."""
        return Previous(
            self.window, self.accounts_total, self.sampled, self.passed, self.pass_rate, self.by_level,
            self.by_platform, self.rates_by_group,
        )  # fmt: skip


def flat(counts: Counts) -> dict[str, int]:
    """One number for each group; groups divided again are added up, unknown numbers left out."""
    found = {}
    for group, value in counts.items():
        if isinstance(value, Mapping):
            found[group] = sum(number for number in value.values() if number is not None)
        elif value is not None:
            found[group] = value
    return found
