"""Which SVG is taken: elements and attributes by list. All else is refused by its name."""

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _words(
    """
    svg g path rect circle ellipse line polyline polygon defs symbol use title desc metadata
    linearGradient radialGradient stop clipPath mask filter feGaussianBlur feOffset feBlend feMerge
    feMergeNode feFlood feComposite feColorMatrix feComponentTransfer feFuncR feFuncG feFuncB
    feFuncA feDropShadow
    """
)
"""No script, style, animation, foreignObject, image or link, and no letters: text looks
different on every machine, so it has to be paths. Of filters only those whose work is bounded."""

WORDS = frozenset({"title", "desc"})
"""What holds words; in everything else there may only be white space."""

REFERENCES = frozenset({"href", f"{XLINK} href"})

PROPERTIES = _words(
    """
    clip-path clip-rule color color-interpolation color-interpolation-filters color-rendering
    display enable-background fill fill-opacity fill-rule filter flood-color flood-opacity
    image-rendering isolation mask mask-type mix-blend-mode opacity overflow paint-order
    pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
    transform transform-origin vector-effect visibility
    """
)
"""Allowed as attributes and in ``style``."""

ATTRIBUTES = (
    PROPERTIES
    | REFERENCES
    | frozenset({f"{XML} space", f"{XML} lang"})
    | _words(
        """
        id class lang role style version baseProfile focusable viewBox preserveAspectRatio x y
        width height rx ry cx cy r fx fy fr x1 y1 x2 y2 d points pathLength offset gradientUnits
        gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits filterUnits
        primitiveUnits in in2 result stdDeviation edgeMode dx dy mode operator k1 k2 k3 k4 type
        values tableValues slope intercept amplitude exponent
        """
    )
)
MEANINGLESS = ("aria-", "data-")
"""Attributes that begin so say nothing to a renderer, and may say anything."""
FREE = frozenset({"id", "class", "lang", "role", f"{XML} lang", "result", "in", "in2"})
"""Names and labels; the ones of an id are checked on their own."""

FUNCTIONS = _words(
    "rgb rgba hsl hsla matrix translate scale rotate skewX skewY translateX translateY"
)

METADATA = frozenset(
    {
        "adobe:ns:meta/",
        "http://creativecommons.org/ns#",
        "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
        "http://ns.adobe.com/xap/1.0/",
        "http://purl.org/dc/elements/1.1/",
        "http://web.resource.org/cc/",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        XML,
    }
)
"""Whose elements and attributes may stand in ``metadata``: who made it, and how."""
