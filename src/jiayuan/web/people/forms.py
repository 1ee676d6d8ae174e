# SPDX-License-Identifier: Apache-2.0
"""Forms of people: the sign-in library's own, with this city's names and numbers, and those of the desk."""

from typing import Any, cast

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    RequestLoginCodeForm,
    ResetPasswordKeyForm,
    SignupForm,
)
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext_lazy
from typing_extensions import override

from jiayuan.kernel.access import roles
from jiayuan.kernel.errors import Refused
from jiayuan.people.intake import canonical_login
from jiayuan.places import queries as places
from jiayuan.places.enums import Level

# Django's own list says "your" three times and reads longer than the field is.
PASSWORD_HINT = pgettext_lazy("people", "At least 8 characters, not only digits, and not like the user name.")


class DayInput(forms.DateInput):
    """The browser's own calendar; a plain field where it has none."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


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
        self.fields["password1"].help_text = PASSWORD_HINT
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
        self.fields["email"].label = pgettext_lazy("people", "E-mail address")
        if not settings.TEXTS_TO_CONSOLE:
            del self.fields["phone"]
            self.fields["email"].required = True
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class DeskForm(forms.Form):
    """A form of the desk whose errors come from the room's refusals."""

    def show(self, refusal: Refused) -> None:
        """Put a refusal beside its field, or on top when its field is not on this page."""
        self.is_valid()
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)


class AppointForm(DeskForm):
    """Who gets which post where, and for how long."""

    person = forms.CharField(label=pgettext_lazy("people", "User name"), max_length=40)
    role = forms.ChoiceField(label=pgettext_lazy("people", "Role"))
    area = forms.CharField(
        label=pgettext_lazy("people", "Area"),
        help_text=pgettext_lazy("people", "Name, pinyin or twelve-digit code of a village, town, county or the city."),
        max_length=60,
    )
    organisation = forms.TypedChoiceField(
        label=pgettext_lazy("people", "Organisation"),
        help_text=pgettext_lazy("people", "For handlers and heads of units: the unit they work for."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    starts_on = forms.DateField(label=pgettext_lazy("people", "First day"), widget=DayInput)
    ends_on = forms.DateField(label=pgettext_lazy("people", "Last day"), widget=DayInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.code, one.name) for one in roles()]
        units = [("", "—"), *((unit.id, unit.short_name) for unit in places.organisations())]
        cast(forms.ChoiceField, self.fields["role"]).choices = offered
        cast(forms.ChoiceField, self.fields["organisation"]).choices = units

    def clean_area(self) -> str:
        """The code of the one division that was meant, or a sentence with those it could be."""
        typed = self.cleaned_data["area"].strip()
        if place := places.division(typed):
            return place.code
        meant = places.search(typed, levels=tuple(Level), limit=20)
        # A county's name also finds all its villages; what is called exactly so goes first.
        found = [place for place in meant if typed in (place.name, place.short_name)] or meant[:5]
        if len(found) == 1:
            return found[0].code
        if not found:
            raise ValidationError(pgettext_lazy("people", "No division is called so. Try its pinyin or its code."))
        raise ValidationError(
            pgettext_lazy("people", "Several are called so. Type the code of the one you mean: %(found)s"),
            params={"found": ", ".join(f"{place.label} {place.code}" for place in found)},
        )


class AccountForm(DeskForm):
    """A new account for a person."""

    name = forms.CharField(label=pgettext_lazy("people", "Name"), max_length=200)
    username = forms.CharField(
        label=pgettext_lazy("people", "User name"),
        help_text=pgettext_lazy("people", "2 to 20 Chinese characters, letters or digits. You sign in with it."),
        max_length=200,
    )
    phone = forms.CharField(label=pgettext_lazy("people", "Phone"), max_length=30, required=False)
    email = forms.CharField(
        label=pgettext_lazy("people", "E-mail address"),
        help_text=pgettext_lazy("people", "With it you can sign in by code and choose a new password."),
        max_length=254,
        required=False,
    )
    password = forms.CharField(
        label=pgettext_lazy("people", "First password"),
        help_text=pgettext_lazy("people", "Handed over in person; the owner changes it. Empty: codes by e-mail alone."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        required=False,
    )

    def clean_password(self) -> str:
        """The password, held to the same rules as one that people choose themselves."""
        password = str(self.cleaned_data["password"])
        if password:
            validate_password(password)
        return password


class EndForm(DeskForm):
    """The last day of a post."""

    ends_on = forms.DateField(label=pgettext_lazy("people", "Last day"), widget=DayInput)


class PasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for the old password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HINT


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for a new password after the link in the mail was opened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HINT
