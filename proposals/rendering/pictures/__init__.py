"""Pictures made by the server: a Vega or Vega-Lite specification in, SVG or PNG out; nothing is fetched.

A specification names colours from `pictures.colours`, sets an address with `leads_to`, and holds nothing that depends
on who asks, since what is drawn is remembered by what was asked to be drawn.
"""

from proposals.rendering.pictures.drawing import as_png, draw_vega, draw_vega_lite, leads_to

__all__ = ["as_png", "draw_vega", "draw_vega_lite", "leads_to"]
