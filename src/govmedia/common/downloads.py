"""Bytes that are saved as a file."""

from django.http import HttpResponse


def as_file(data: bytes, name: str, kind: str) -> HttpResponse:
    """An answer that browsers save under an ASCII name; `kind` is its media type."""
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
