# SPDX-License-Identifier: Apache-2.0
"""Official papers: one document model, frozen and numbered when it is issued, printed as GB/T 9704-2012 has it.

It stands above media, in whose store the printed files lie, and knows neither cases nor any other matter: the rooms
above write the document and say which number it takes.
"""
