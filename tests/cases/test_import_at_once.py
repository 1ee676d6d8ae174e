# SPDX-License-Identifier: Apache-2.0
"""Two people import the same rows at the same moment, each on a connection of their own: nothing is doubled."""

from itertools import cycle

import pytest

from jiayuan.cases import services
from jiayuan.cases.enums import LedgerRowState, LedgerState
from jiayuan.cases.models import Case, LedgerImport, LedgerRow
from tests.cases import ledgers
from tests.cases.test_at_once import all_at_once
from tests.cases.test_import_ledger import tried
from tests.cast import MORNING, PARTS, SYSTEM, enter

pytestmark = [pytest.mark.usefixtures("committed_ground"), pytest.mark.xdist_group("real_commits")]


def test_the_same_rows_imported_by_two_people_at_once_become_cases_once() -> None:
    people = [enter(PARTS[part]).actor for part in ("acceptor", "duty_chief")]
    files = (ledgers.merged_with_sums(), ledgers.same_rows_again())
    started = [tried(data, by=by) for data, by in zip(files, people, strict=True)]
    for ledger, by in zip(started, people, strict=True):
        services.start_import(ledger_id=ledger.pk, by=by, at=MORNING)
    turns = cycle(ledger.pk for ledger in started)

    answers = all_at_once(lambda: services.import_some(ledger_id=next(turns), by=SYSTEM, at=MORNING))

    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert Case.objects.count() == 8
    assert LedgerRow.objects.filter(state=LedgerRowState.IMPORTED).count() == 8
    assert LedgerRow.objects.filter(state=LedgerRowState.KNOWN, case__isnull=False).count() == 5
    assert set(LedgerImport.objects.values_list("state", flat=True)) == {LedgerState.DONE}
