# SPDX-License-Identifier: Apache-2.0
"""Who answers for what: responsibility lists as documents with versions, and what each entry says.

It stands above standards and places, whose classes and organisations its entries name by their codes. It knows no case:
the rooms above ask it which entry covers a class, and obey.
"""
