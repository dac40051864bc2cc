"""Public bodies by the names people give them: 鼓楼卫健委 for 南京市鼓楼区卫生健康委员会.

A name is read as a place and a kind of body (`synonyms.toml`). Which of several bodies is meant is never guessed.
"""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from govmedia.accounts.search_text import normalise, pairs
from govmedia.accounts.search_words import body_names
from govmedia.engine.likeness.folding import BODY_WORDS
from govmedia.engine.likeness.places import bare_place
from govmedia.orgs.models import Division, Organisation

# Longer names are no everyday ones, and hardly a body's.
_LONGEST = 40
# 中共 stands before the place in the names of party bodies, and in nobody's mouth.
_UNSAID = "中共"


def bodies_called(name: str) -> list[Organisation]:
    """The organisation of exactly this name; else all that are called so in short or in everyday words, by place."""
    bodies = Organisation.objects.select_related("division").order_by("division_id", "name", "pk")
    told = list(bodies.filter(Q(name=name) | Q(short_name=name)))
    if exactly := [body for body in told if body.name == name]:
        return exactly
    keys = {*_in_everyday_words(name)}
    return list(bodies.filter(pk__in=keys.union(body.pk for body in told))) if keys else told


def _in_everyday_words(name: str) -> Iterator[int]:
    text = normalise(name).removeprefix(_UNSAID)
    if len(text) > _LONGEST or not _ends_as_a_body(text):
        return
    for division in _divisions_in(text):
        called = {one for work in _after(text, division) for one in body_names(work)}
        bodies = division.organisations.values_list("pk", "name") if called else ()
        for key, whole in bodies:
            if not called.isdisjoint(_after(normalise(whole).removeprefix(_UNSAID), division)):
                yield key


def _ends_as_a_body(text: str) -> bool:
    """Most names that are asked for are no body's: for these no place is looked up."""
    return text.endswith(BODY_WORDS) or any(len(body_names(text[at:])) > 1 for at in range(2, len(text)))


def _divisions_in(text: str) -> QuerySet[Division]:
    rows = Division.objects.annotate(head=Left("name", 2)).filter(head__in=pairs(text))
    return rows.select_related("parent__parent__parent").order_by("code")


def _after(text: str, division: Division) -> Iterator[str]:
    """What is left of a text that begins with the division as people write it; nothing where it does not."""
    for at in range(2, len(text)):
        if _says(text[:at], division):
            yield text[at:]


def _says(place: str, division: Division) -> bool:
    """Whether this is the division, with or without its rank and some of those above it: 鼓楼, 南京鼓楼区."""
    for own in {normalise(division.name), normalise(bare_place(division.name))}:
        if place == own:
            return True
        if place.endswith(own) and any(_says(place.removesuffix(own), above) for above in _above(division)):
            return True
    return False


def _above(division: Division) -> Iterator[Division]:
    while division.parent is not None:
        division = division.parent
        yield division
