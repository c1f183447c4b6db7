"""Paper dolls: bodies, outfits and accessories drawn by us, composed into one SVG."""
