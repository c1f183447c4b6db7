"""The parts a paper doll can be made of: the one list of these words.

`jobs.dolls` has a drawing for each of them and for no other.
"""

BODY_TYPES = (
    "female_athletic",
    "female_average",
    "female_slim",
    "male_athletic",
    "male_average",
    "male_slim",
    "child",
    "elder",
)
OUTFITS = (
    "casual",
    "cloak",
    "coat",
    "dress",
    "leather_armor",
    "plate_armor",
    "robe",
    "uniform",
)
ACCESSORIES = (
    "amulet",
    "backpack",
    "belt",
    "boots",
    "bow",
    "cape",
    "crown",
    "gloves",
    "hat",
    "health_potion",
    "lantern",
    "scarf",
    "shield",
    "staff",
    "sword",
)

PARTS: dict[str, tuple[str, ...]] = {
    "body_type": BODY_TYPES,
    "outfit": OUTFITS,
    "accessories": ACCESSORIES,
}
"""Known words by the spec's field; another is a warning."""
