# SPDX-License-Identifier: Apache-2.0
"""Pages of responsibility lists: who answers for what, for residents; versions, differences and drafts at the desk."""
