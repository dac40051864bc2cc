"""The values that judging reads and yields: facts of one account in, hits out.

All days are calendar days in Asia/Shanghai; all times are aware. Everything is frozen, and what is stored with a
verdict goes through `to_json` and comes back equal through `from_json`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Self

REASON_MAX = 200


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).isoformat()


def _moment_back(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _day_back(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that proves a hit. `kind` is post, gap, filing, account, look or answer; `text` is Chinese."""

    kind: str
    text: str
    ref: str = ""
    at: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text, "ref": self.ref, "at": _moment(self.at)}

    @classmethod
    def from_json(cls, obj: Mapping[str, Any]) -> Self:
        return cls(obj["kind"], obj["text"], obj["ref"], _moment_back(obj["at"]))


@dataclass(frozen=True, slots=True)
class Hit:
    """What one indicator saw: a code, how often, why, and the proof. It knows nothing of points.

    `certain` False means doubtful: a human decides. `standing` False means seen, but not yet in enough looks.
    `on` is the day on which the fault came about, so that the same fault is known again at the next check.
    """

    code: str
    reason: str
    count: int = 1
    evidence: tuple[Evidence, ...] = ()
    certain: bool = True
    standing: bool = True
    looks_seen: int = 0
    looks_needed: int = 0
    on: date | None = None

    @property
    def answered(self) -> bool:
        """True where a human said so (an inspector's answer is among the evidence)."""
        return any(proof.kind == "answer" for proof in self.evidence)

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "reason": self.reason,
            "count": self.count,
            "evidence": [proof.to_json() for proof in self.evidence],
            "certain": self.certain,
            "standing": self.standing,
            "looks_seen": self.looks_seen,
            "looks_needed": self.looks_needed,
            "on": _day(self.on),
        }

    @classmethod
    def from_json(cls, obj: Mapping[str, Any]) -> Self:
        return cls(
            code=obj["code"],
            reason=obj["reason"],
            count=obj["count"],
            evidence=tuple(Evidence.from_json(proof) for proof in obj["evidence"]),
            certain=obj["certain"],
            standing=obj["standing"],
            looks_seen=obj["looks_seen"],
            looks_needed=obj["looks_needed"],
            on=_day_back(obj["on"]),
        )


@dataclass(frozen=True, slots=True)
class FilingFact:
    """A filing (备案) of the account: `kind` is open, change, close or deregister."""

    kind: str
    happened_on: date
    submitted_on: date | None = None
    accepted_on: date | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "happened_on": _day(self.happened_on),
            "submitted_on": _day(self.submitted_on),
            "accepted_on": _day(self.accepted_on),
        }

    @classmethod
    def from_json(cls, obj: Mapping[str, Any]) -> Self:
        return cls(
            obj["kind"],
            date.fromisoformat(obj["happened_on"]),
            _day_back(obj["submitted_on"]),
            _day_back(obj["accepted_on"]),
        )


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another live account of the same organisation; `allowed`: a reviewer let it stand beside the judged one."""

    code: str
    name: str
    platform: str
    allowed: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "name": self.name, "platform": self.platform, "allowed": self.allowed}

    @classmethod
    def from_json(cls, obj: Mapping[str, Any]) -> Self:
        return cls(obj["code"], obj["name"], obj["platform"], obj["allowed"])


@dataclass(frozen=True, slots=True)
class RenameFact:
    """The platform shows another name than the one filed; `filed_on` is when the change was filed, if it was."""

    seen_name: str
    filed_name: str
    seen_on: date
    filed_on: date | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "seen_name": self.seen_name,
            "filed_name": self.filed_name,
            "seen_on": _day(self.seen_on),
            "filed_on": _day(self.filed_on),
        }

    @classmethod
    def from_json(cls, obj: Mapping[str, Any]) -> Self:
        return cls(
            obj["seen_name"], obj["filed_name"], date.fromisoformat(obj["seen_on"]), _day_back(obj["filed_on"])
        )


@dataclass(frozen=True, slots=True)
class TextFact:
    """What a text check found in one post: by check, category and level, the words and the post they stand in.

    `ruled` True: a human said it is right. False: the check is sure enough to speak by itself.
    """

    check: str
    category: str
    level: str
    found: str
    message: str
    post: str
    title: str
    on: date
    ruled: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "check": self.check,
            "category": self.category,
            "level": self.level,
            "found": self.found,
            "message": self.message,
            "post": self.post,
            "title": self.title,
            "on": _day(self.on),
            "ruled": self.ruled,
        }

    @classmethod
    def from_json(cls, obj: Mapping[str, Any]) -> Self:
        return cls(**{**obj, "on": date.fromisoformat(obj["on"])})


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """All that judging knows of one account; what is not here was not seen and is not judged.

    `point` is the moment judged, `start`..`end` the period (inclusive), `judged_from` the first day that may be
    judged (opened or first seen, whichever is later). `covered` are the inclusive day ranges that were seen, sorted,
    reaching back beyond `start` by at least the longest gap an edition knows. `post_days` are the days with posts
    that count, with their number, sorted; `last_post_before` the latest such day before `start`. `looks` are the
    successful looks shortly before the point, sorted. `shows` is what the interface can show at all (posts, comments,
    menu, ...). `renames` are names seen that differ from the filed one; `answers` are the inspector's:
    indicator code, count (0 = looked, nothing found), note. `name` is the account's filed name. `texts` are the
    hits of the text checks on posts of the period that stand, sorted by day.
    """

    account: str
    platform: str
    point: datetime
    start: date
    end: date
    judged_from: date
    covered: tuple[tuple[date, date], ...] = ()
    post_days: tuple[tuple[date, int], ...] = ()
    looks: tuple[datetime, ...] = ()
    shows: frozenset[str] = frozenset()
    filings: tuple[FilingFact, ...] = ()
    siblings: tuple[Sibling, ...] = ()
    renames: tuple[RenameFact, ...] = ()
    answers: tuple[tuple[str, int, str], ...] = ()
    last_post_before: date | None = None
    name: str = ""
    texts: tuple[TextFact, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "account": self.account,
            "platform": self.platform,
            "point": _moment(self.point),
            "start": _day(self.start),
            "end": _day(self.end),
            "judged_from": _day(self.judged_from),
            "covered": [[_day(first), _day(last)] for first, last in self.covered],
            "post_days": [[_day(day), count] for day, count in self.post_days],
            "looks": [_moment(look) for look in self.looks],
            "shows": sorted(self.shows),
            "filings": [filing.to_json() for filing in self.filings],
            "siblings": [sibling.to_json() for sibling in self.siblings],
            "renames": [rename.to_json() for rename in self.renames],
            "answers": [list(answer) for answer in self.answers],
            "last_post_before": _day(self.last_post_before),
            "name": self.name,
            "texts": [text.to_json() for text in self.texts],
        }

    @classmethod
    def from_json(cls, obj: Mapping[str, Any]) -> Self:
        day = date.fromisoformat
        return cls(
            account=obj["account"],
            platform=obj["platform"],
            point=datetime.fromisoformat(obj["point"]),
            start=day(obj["start"]),
            end=day(obj["end"]),
            judged_from=day(obj["judged_from"]),
            covered=tuple((day(first), day(last)) for first, last in obj["covered"]),
            post_days=tuple((day(on), count) for on, count in obj["post_days"]),
            looks=tuple(datetime.fromisoformat(look) for look in obj["looks"]),
            shows=frozenset(obj["shows"]),
            filings=tuple(FilingFact.from_json(filing) for filing in obj["filings"]),
            siblings=tuple(Sibling.from_json(sibling) for sibling in obj["siblings"]),
            renames=tuple(RenameFact.from_json(rename) for rename in obj["renames"]),
            answers=tuple((code, count, note) for code, count, note in obj["answers"]),
            last_post_before=_day_back(obj["last_post_before"]),
            name=obj["name"],
            # facts that were kept before texts were inspected have none
            texts=tuple(TextFact.from_json(text) for text in obj.get("texts", ())),
        )
