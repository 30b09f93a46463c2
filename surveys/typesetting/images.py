"""A drawing as a picture of dots, for programs that cannot show SVG."""

import typst

from surveys.typesetting.fonts import load_fonts

# The drawing is data and never read as Typst; a pixel of it is three quarters of a point.
PAGE = b"""
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg", width: float(sys.inputs.width) * 0.75pt)
"""
DOTS_PER_INCH = 192


def draw_png(svg: str, *, width: int) -> bytes:
    """The SVG of `width` pixels as a PNG twice as wide. Raises typst.TypstError for what is no SVG."""
    return typst.compile(
        PAGE,
        format="png",
        ppi=DOTS_PER_INCH,
        font_paths=load_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"drawing": svg, "width": str(width)},
    )
