# SPDX-License-Identifier: Apache-2.0
"""Forms of people: the sign-in library's own, with this city's names and numbers, and those of the desk."""

from typing import Any

from allauth.account.forms import LoginForm, RequestLoginCodeForm, SignupForm
from django.conf import settings
from django.utils.translation import pgettext_lazy
from typing_extensions import override

from jiayuan.people.intake import canonical_login


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for one name – user name, e-mail address or number – and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = pgettext_lazy("people", "User name, e-mail address or phone")
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["password"].widget.attrs.pop("placeholder", None)

    @override
    def clean_login(self) -> str:
        """What was typed, in the form in which accounts are stored."""
        return canonical_login(self.cleaned_data["login"])


class SignUpForm(SignupForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for a user name and a password; an e-mail address helps to get back in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = pgettext_lazy(
            "people", "2 to 20 Chinese characters, letters or digits. You sign in with it."
        )
        self.fields["email"].label = pgettext_lazy("people", "E-mail address")
        self.fields["email"].help_text = pgettext_lazy(
            "people", "With it you can sign in by code and choose a new password."
        )
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class CodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth ships no types
    """Asks where the code shall go: to an e-mail address, or to a phone where text messages can be sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.TEXTS_TO_CONSOLE:
            del self.fields["phone"]
            self.fields["email"].required = True
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
