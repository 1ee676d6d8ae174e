# SPDX-License-Identifier: Apache-2.0
"""Whether a member of a group left the unit that seconded them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSpan:
    """A post that somebody held: in which unit, if in one, from a day to a day."""

    unit_id: int | None
    starts_on: date
    ends_on: date | None

    def holds_on(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


def has_left(posts: Sequence[PostSpan], *, unit_id: int | None, on: date) -> bool:
    """Whether none of the posts holds any more by which somebody belonged to a unit.

    Where no post in that unit was ever known, all posts are asked; of whoever never had any, nothing can be said.
    """
    there = [post for post in posts if unit_id is not None and post.unit_id == unit_id] or list(posts)
    begun = [post for post in there if post.starts_on <= on]
    return bool(begun) and not any(post.holds_on(on) for post in begun)
