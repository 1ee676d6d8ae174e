# SPDX-License-Identifier: Apache-2.0
"""Every part in every state, for whoever builds pages. Shown in the demonstration and in tests only."""
