# SPDX-License-Identifier: Apache-2.0
"""The desk's pages of ledgers from elsewhere: upload, columns, trial, import, and the rows to be corrected."""
