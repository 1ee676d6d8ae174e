# SPDX-License-Identifier: Apache-2.0
"""Jiayuan (家园): pages ask, services act, queries tell, rules decide, the record remembers."""
