"""The words of a prompt and what they ask for. Patterns over lower case text."""

from jobs.art.shot import Angle, Finish, Place, Size, Time

ROOMS = {
    Place.LAMP_ROOM: r"lamp.?room|lantern.?room|\bgallery\b|great lens|fresnel"
    r"|(?:beside|behind|before|at|in front of|around|to|by) the (?:great |big |dark |dead |cold )*"
    r"(?:lens|lamp)\b",
    Place.FLIGHT: r"stair|spiral|iron steps|steps wind",
    Place.KITCHEN: r"kitchen|stove|hearth|cottage|\btable\b|supper|breakfast|\bcabin\b|radio room"
    r"|parlou?r|\bkettle",
    Place.ROOM: r"interior|\bint\b|\broom\b|office|bedroom|corridor|apartment|studio|\bcaf[eé]"
    r"|\battic|hallway|library|at the window",
}
GROUNDS = {
    Place.DECK: r"\bdeck\b|\bbow\b|aboard|on board|wheelhouse|at the (?:wheel|helm|tiller)"
    r"|\brows\b|rowing",
    Place.HARBOUR: r"harbou?r|village|\bquay|\bport\b|\bdocks?\b|\bpier\b|jetty|fishing town"
    r"|moor(?:ed|ing)",
    Place.BOAT: r"\bboats?\b|\bships?\b|trawler|schooner|sailboat|vessel|dinghy|at sea|open sea"
    r"|\bwaves?\b",
    Place.CLIFF: r"cliff|path (?:up|to)|foot of the (?:tower|lighthouse)|lighthouse door"
    r"|outside the door|climb",
    Place.HEADLAND: r"light ?house|headland|\btower\b|\bisland|\bcoast|\bbay\b|\bbeacon",
    Place.SHORE: r"beach|shore|\bcove\b|\btide|\blake|\bsands?\b",
    Place.STREET: r"street|\balley|\blane\b|downtown|sidewalk|crossing|market",
    Place.SKYLINE: r"\bcity\b|skyline|rooftop|tokyo|urban|neon|tower block|\btown\b",
    Place.DESERT: r"desert|\bdunes?\b|\bmars\b|canyon|sahara",
    Place.FOREST: r"forest|\bwoods?\b|\bpines?\b|\btrees?\b|jungle|grove",
    Place.MOUNTAIN: r"mountain|valley|\bpeaks?\b|\balps|ridge|\bhills?\b|glacier|\bfields?\b"
    r"|\broad\b|meadow|snow",
}
SEA = r"\bsea\b|ocean"
"""Too common a word to choose a place by, unless nothing else does."""
INSERTS = {
    Place.LANTERN: r"\bhands?\b|lantern|\bmatch(?:es)?\b|candle|\bkeys?\b",
    Place.PAGE: r"log.?book|letter|\bmap\b|\bchart\b|diary|photograph|\bpage\b|\bnote\b",
    Place.LENS: r"\blens\b|\blamp\b|prism|\bwick\b|\bbulb\b|\bglass\b",
}
HELD = r"\bhands?\b|insert|detail|macro|\bprop\b"
STUDIO = r"portrait|character|head.?shot|\bbust\b|concept art|\blook (?:of|for)\b|costume"
LIGHTHOUSE = r"light ?house"
LOOKING_UP = r"low.?angle|look(?:s|ing)? up|medium|\bdoor\b"
INSIDE = r"\binside\b|\binto\b the lighthouse"
STRAIGHT = (
    r"look(?:s|ing)? (?:up|down)|straight (?:up|down)|from (?:below|above)|stair.?well|vertigo"
    r"|low.?angle|high.?angle|overhead|top.?down"
)

TIMES = {
    Time.NIGHT: r"\bnight|midnight|\bmoon|\bstars?\b|starlit|pitch dark",
    Time.DUSK: r"\bdusk|twilight|evening|blue hour|nightfall|last light",
    Time.DAWN: r"\bdawn|sunrise|morning|first light|daybreak",
    Time.GOLDEN: r"golden|sunset|late afternoon|low sun",
    Time.DAY: r"\bday(?:light)?\b|\bnoon|midday|sunny|afternoon|bright sky",
}
WEATHER_TIMES = {
    Time.STORM: r"storm|thunder|overcast|\bgr[ea]y (?:sky|skies|day|light|sea|weather)"
    r"|\brain(?!coat| ?coat| hat)|\bgale\b|squall|lightning",
    Time.GOLDEN: r"desert|dune|\bwarm\b",
    Time.DAWN: r"\bfog|\bmist",
}
SIZES = {
    Size.CLOSE: r"close.?up|\bcu\b|\becu\b|close (?:on|of)|\bclose\b(?! to)|portrait|\bfaces?\b"
    r"|insert|detail|macro|head.?shot|\bbust\b|tight on"
    r"|character (?:look|sheet|design|concept|reference|portrait)|look of",
    Size.VAST: r"extreme(?:ly)? wide|\bews\b|establishing|aerial|drone|vast|panorama"
    r"|bird.?s.eye|long shot|far away",
    Size.WIDE: r"\bwide\b|\bws\b|full shot|full.length|master shot",
    Size.MEDIUM: r"medium|\bms\b|\bmcu\b|two.?shot|waist|cowboy shot|half.length|\bots\b"
    r"|over.(?:the|her|his|their).shoulder",
}
ANGLES = {
    Angle.SHOULDER: r"over.(?:the|her|his|their|\w+'s|\w+).shoulder|\bots\b"
    r"|from behind (?:her|him|them)",
    Angle.LOW: r"low.?angle|from below|worm.?s.eye|look(?:s|ing)? up|towering|looms",
    Angle.HIGH: r"high.?angle|from above|overhead|aerial|bird.?s.eye|drone|look(?:s|ing)? down"
    r"|top.?down",
    Angle.TILTED: r"dutch|canted|tilted",
}
FINISHES = {
    Finish.MONO: r"black.and.white|monochrome|\bnoir\b|\bb&w\b|pencil|charcoal",
    Finish.SEPIA: r"sepia|old photograph|flashback|memory of",
}
RAIN = r"\brain(?:s|y|ing)?\b(?! ?coat| hat)|storm|downpour|squall|\bgale\b"
SNOW = r"\bsnow|winter|blizzard"
FOG = r"\bfog|\bmist|\bhaz[ey]"
DARK_LAMP = (
    r"\b(?:lamp|light|lighthouse|lens|beam|beacon|tower)\b[^.;]{0,32}"
    r"\b(?:out|dark|unlit|dead|dies|cold|off|fails?|failed|black)\b"
    r"|unlit|no (?:light|beam)|without (?:its |the |a )?(?:light|beam)"
    r"|(?:dark|dead|cold|silent) (?:lamp|lighthouse|tower|lens|beacon)"
)
LIT_LAMP = (
    r"\bbeams?\b|\b(?:lamp|light|lighthouse|lens|beacon)\b[^.;]{0,28}"
    r"\b(?:lit|burns?|burning|shin\w+|returns?|blaz\w+|alive|again|glow\w*|turns?|sweep\w*"
    r"|blink\w*|flar\w+)\b"
    r"|relit|rekindled|lights? the (?:great |big )?lamp"
)
