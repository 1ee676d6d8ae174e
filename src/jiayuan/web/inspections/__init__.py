# SPDX-License-Identifier: Apache-2.0
"""The door to inspections: plans and rounds at the desk, scoring on a phone, the draw that anybody can replay."""
