"""Puts what an action refuses beside the field of the form that it is about."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError


def show_refusal(form: forms.Form, error: ValidationError, fields: Mapping[str, str] | None = None) -> None:
    """Add each message to the field of its name, or of the name that `fields` gives it; without one, to the form."""
    found = error.error_dict if hasattr(error, "error_dict") else {"": [error]}
    for name, errors in found.items():
        field = (fields or {}).get(name, name)
        for one in errors:
            form.add_error(field if field in form.fields else None, one)
