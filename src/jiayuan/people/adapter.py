# SPDX-License-Identifier: Apache-2.0
"""How the sign-in library meets this city: names, numbers, where to go afterwards, and what it never tells."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.forms import BaseForm, Field
from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from jiayuan.kernel import clock
from jiayuan.kernel.access import ANONYMOUS
from jiayuan.people.fields import PhoneField
from jiayuan.people.intake import canonical_name, canonical_phone
from jiayuan.people.models import Account
from jiayuan.people.queries import actor_for
from jiayuan.people.services import register

texts = logging.getLogger("jiayuan.texts")

WRONG = pgettext_lazy("people", "This name and password do not belong together. Check both, or have a code sent.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts of this city. Every failed sign-in gets the same sentence, whether the account exists or not."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "phone_password_mismatch": WRONG,
        "username_taken": pgettext_lazy("people", "This user name is taken. Choose another one."),
        "too_many_login_attempts": pgettext_lazy("people", "Too many attempts. Wait five minutes, then try again."),
        "rate_limited": pgettext_lazy("people", "Too many attempts. Wait five minutes, then try again."),
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """The canonical user name, or the sentence that says what to change in it."""
        return str(super().clean_username(canonical_name(username), shallow))

    def clean_phone(self, phone: str) -> str:
        """The number in E.164; the field has checked that it can be one."""
        return canonical_phone(phone)

    def phone_form_field(self, **kwargs: Any) -> Field:
        """A field that takes a mainland number as people write it."""
        return PhoneField(**kwargs)

    def save_user(self, request: HttpRequest, user: Account, form: BaseForm, commit: bool = True) -> Account:
        """The account of a visitor who signed up, kept by our own service so that the record knows of it."""
        super().save_user(request, user, form, commit=False)
        return register(account=user, by=ANONYMOUS, at=clock.now()) if commit else user

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk for whoever holds a post today, the front page for everyone else."""
        return "/desk/" if actor_for(request.user.pk).is_staff else "/"

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The front page: a new account holds no post."""
        return "/"

    def set_phone(self, user: Account, phone: str, verified: bool) -> None:
        """Keep the number of an account."""
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def get_phone(self, user: Account) -> tuple[str, bool] | None:
        """The number of an account and whether a code sent there came back."""
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone_verified(self, user: Account, phone: str) -> None:
        """Note that a code sent to the number came back."""
        Account.objects.filter(pk=user.pk, phone=phone).update(phone_verified=True)

    def get_user_by_phone(self, phone: str) -> Account | None:
        """The account that signs in with a number."""
        number = canonical_phone(phone)
        return Account.objects.filter(phone=number).first() if number else None

    def send_verification_code_sms(self, user: Account, phone: str, code: str, **_facts: Any) -> None:
        """Print the code where the demonstration runs; other installations offer codes by e-mail alone."""
        if settings.TEXTS_TO_CONSOLE:
            texts.warning("to %s: %s", phone, code)

    def send_unknown_account_sms(self, phone: str, **_facts: Any) -> None:
        """Send nothing: a text to a stranger's phone would cost money and tell them that somebody tried."""


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Authenticators. Their secrets are stored encrypted, so that a copied database opens no account."""

    def get_totp_issuer(self) -> str:
        """What the authenticator app shows above the code."""
        return str(settings.SITE_NAME)

    def get_totp_label(self, user: Account) -> str:
        """The user name; an e-mail address would stand on a screen that others see."""
        return user.username

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep their authenticator where one is demanded; the session remembers that it is there."""
        return settings.STAFF_MFA != "required" or not actor_for(authenticator.user_id).is_staff

    def encrypt(self, text: str) -> str:
        """The secret sealed with the installation's key."""
        return Fernet(settings.MFA_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it was."""
        return Fernet(settings.MFA_KEY).decrypt(encrypted_text.encode()).decode()
