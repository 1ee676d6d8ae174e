# SPDX-License-Identifier: Apache-2.0
"""How messages reach people: one's own choice, the way out of all mail, and the words in which they go out."""
