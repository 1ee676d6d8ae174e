# SPDX-License-Identifier: Apache-2.0
"""Pages of papers: the paper with its files, its verification for everybody, the list and voiding at the desk."""
