# SPDX-License-Identifier: Apache-2.0
"""Who people are and what they hold: persons, households, accounts, posts, and how an account signs in.

A person may have no account and an account no person: events name persons, the actor names account and post. What a
role may do is said in ``site/roles.py``; this room only says who holds which role where, and from when to when.
"""
