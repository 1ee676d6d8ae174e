# SPDX-License-Identifier: Apache-2.0
"""The check of a case: before and after compared, flags in sentences, one tap to close."""
