"""Words of the desk for templates."""

from django import template

from govmedia.audit.models import Entry
from govmedia.connectors.errors import OUTCOME_TEXT, Outcome
from govmedia.desk import words
from govmedia.engine import platforms

register = template.Library()


@register.filter
def role_words(role: str) -> str:
    """A role's Chinese name; `machine` is the system."""
    return words.role_words(role)


@register.filter
def audit_changes(entry: Entry) -> list[str]:
    """What an audit entry changed, a line for each value."""
    return words.changes(entry.before, entry.after)


@register.filter
def outcome_label(outcome: str) -> str:
    """The Chinese label of a look's outcome."""
    return OUTCOME_TEXT[Outcome(outcome)].label if outcome in set(Outcome) else outcome


@register.filter
def outcome_advice(outcome: str) -> str:
    """What to do about a look's outcome; empty where nothing is known."""
    return OUTCOME_TEXT[Outcome(outcome)].advice if outcome in set(Outcome) else ""


@register.filter
def platform_label(code: str) -> str:
    """A platform's Chinese name."""
    return platforms.platform_label(code)
