"""One address of the site asked for without a server: no session, no middleware, nothing that is told by who asks."""

import inspect
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpResponseBase
from django.test import RequestFactory
from django.urls import ResolverMatch, resolve

from govmedia.bulletins.queries import Busy

View = Callable[[Any], Any]
_BUSY_TRIES, _BUSY_PAUSE_S = 40, 1.0


class Asker:
    """Asks for pages as a stranger would, under the address the copy will have."""

    def __init__(self, origin: str, live: str) -> None:
        parts = urlsplit(origin)
        self._requests = RequestFactory()
        self._given: dict[str, Any] = {
            "SERVER_NAME": parts.hostname or "localhost",
            "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
            "secure": parts.scheme == "https",
        }
        self._live = live

    def request(self, url: str) -> Any:
        """A stranger's request; `still` tells templates that nobody will answer questions."""
        request: Any = self._requests.get(url, **self._given)
        request.still = {"live": self._live}
        return request

    def get(self, url: str) -> tuple[str, bytes] | None:
        """(media type, body); None where there is no such page. Errors: whatever the view raises."""
        match = resolve(url.partition("?")[0])
        # Marks of freshness and methods are for browsers; each costs queries.
        view = inspect.unwrap(match.func)
        return self.answer(url, lambda request: view(request, *match.args, **match.kwargs), match)

    def answer(self, url: str, view: View, match: ResolverMatch) -> tuple[str, bytes] | None:
        """What a view says at an address, like `get`."""
        request = self.request(url)
        request.resolver_match = match
        try:
            answer = _patiently(view, request)
        except Http404:
            return None
        if answer.status_code == 404:
            return None
        if answer.status_code != 200:
            raise RuntimeError(f"{url}: {answer.status_code}")
        kind = answer["Content-Type"].partition(";")[0]
        if not answer.streaming:
            return kind, answer.content
        body = b"".join(answer.streaming_content)
        # The answer is not closed: that would end the request for the framework too, which then drops the database
        # connection. Only the file behind it is.
        file = getattr(answer, "file_to_stream", None)
        if file is not None:
            file.close()
        return kind, body


def _patiently(view: View, request: Any) -> HttpResponseBase:
    """A document that somebody else is making just now is waited for."""
    for _ in range(_BUSY_TRIES):
        try:
            return view(request)
        except Busy:
            time.sleep(_BUSY_PAUSE_S)
    raise RuntimeError(f"{request.path}: busy")
