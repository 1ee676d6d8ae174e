# SPDX-License-Identifier: Apache-2.0
"""Pages of whistles: the form, the list, one whistle with its units, the departments' board."""
