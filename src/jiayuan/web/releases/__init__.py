# SPDX-License-Identifier: Apache-2.0
"""The desk's pages on which a person decides what the public sees of photos."""
