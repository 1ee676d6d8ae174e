# SPDX-License-Identifier: Apache-2.0
"""The desk's first page: what waits for the signed-in person, read live."""
