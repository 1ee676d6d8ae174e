# SPDX-License-Identifier: Apache-2.0
"""The pages: what people see and press. Each room has its pages, its forms and its addresses here."""
