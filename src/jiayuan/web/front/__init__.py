# SPDX-License-Identifier: Apache-2.0
"""The front door for everyone: what this is, report a problem, look up a receipt, how data is treated."""
