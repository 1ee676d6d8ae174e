# SPDX-License-Identifier: Apache-2.0
"""The door to photos: served pictures for whoever may see what they prove, originals for the few who may."""
