# SPDX-License-Identifier: Apache-2.0
"""The pages of cases: report and receipt for residents, to-do, list and case page for staff."""
