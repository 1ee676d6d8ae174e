# SPDX-License-Identifier: Apache-2.0
"""Ledgers (台账) from elsewhere: bytes of a sheet → typed rows, with what is wrong and what was supposed. Pure."""

from jiayuan.cases.intake.ledger.book import Sheet, letter, packed, read_book, unpacked
from jiayuan.cases.intake.ledger.columns import REMARKS, Column, Head, find_head, fits, mapping_from
from jiayuan.cases.intake.ledger.places import Gazetteer, Named, Nearby
from jiayuan.cases.intake.ledger.remarks import Remark, remark_from
from jiayuan.cases.intake.ledger.rows import ClassFound, Ground, Row, read_rows
from jiayuan.cases.intake.ledger.table import read_file

__all__ = [
    "REMARKS", "ClassFound", "Column", "Gazetteer", "Ground", "Head", "Named", "Nearby", "Remark", "Row", "Sheet",
    "find_head", "fits", "letter", "mapping_from", "packed", "read_book", "read_file", "read_rows", "remark_from",
    "unpacked",
]  # fmt: skip
