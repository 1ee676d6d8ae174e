# SPDX-License-Identifier: Apache-2.0
"""What is shown when there is nothing to show: not found, not allowed, not understood, broken."""
