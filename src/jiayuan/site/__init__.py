# SPDX-License-Identifier: Apache-2.0
"""The roof: settings, the root of addresses, who holds which role and who hears which event."""
