"""Words for the values strata are made of."""

from django import template

from govmedia.rounds.population import STRATA, stratum_words

register = template.Library()
register.filter(stratum_words)


@register.filter
def column_word(name: str) -> str:
    """`层级` of level."""
    return STRATA.get(name, name)
