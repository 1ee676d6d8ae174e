# SPDX-License-Identifier: Apache-2.0
"""How a session becomes an account: with its posts, because every page asks for both."""

from allauth.account.auth_backends import AuthenticationBackend
from typing_extensions import override

from jiayuan.people.models import Account
from jiayuan.people.queries import account_of_session


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """The sign-in library's own, but for where a session's account is read."""

    @override
    def get_user(self, user_id: int) -> Account | None:
        """The account, unless it was closed."""
        return account_of_session(user_id)
