"""Words for the values strata are made of."""

from django import template

from govmedia.rounds.population import COLUMN_WORDS, stratum_words

register = template.Library()
register.filter(stratum_words)


@register.filter
def column_word(name: str) -> str:
    """`层级` of level."""
    return COLUMN_WORDS.get(name, name)
