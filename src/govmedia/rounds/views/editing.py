"""The form of a round's plan, whichever kind the round is: what was typed stays where it cannot be kept."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from govmedia.common.clock import now
from govmedia.common.refusals import Refused
from govmedia.rounds import services
from govmedia.rounds.models import Round


def edit(request: HttpRequest, held: Round | None, form: Form, *, template: str, done: str) -> HttpResponse:
    """Plan a round, or change `held`; a form that is not bound or cannot be kept is shown with `template`."""
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            made = (
                services.change_round(round_id=held.pk, values=values, by=request.user, now=now())
                if held
                else services.plan_round(values=values, by=request.user, now=now())
            )
        except Refused as why:
            form.add_error(why.field if why.field in form.fields else None, why.text)
        else:
            messages.success(request, done)
            return redirect("rounds:detail", pk=made.pk)
    context = {"room": "checks", "form": form, "held": held}
    return render(request, template, context, status=422 if form.errors else 200)
