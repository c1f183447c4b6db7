"""The sky: a graded dome, stars, clouds lit from where the sun is, and the sun or moon itself."""

import numpy as np

from jobs.art.colour import blend, scaled
from jobs.art.grid import Grid, blur, chance, enlarge, fbm, pull, smooth
from jobs.art.shot import Time
from jobs.art.stage import Stage

_COVER = {Time.STORM: 0.30, Time.DAY: 0.47, Time.NIGHT: 0.56}
_STARLIGHT = (0.86, 0.93, 1.0)


def paint_sky(stage: Stage, horizon: float, *, disc: bool = True) -> None:
    """Fill the plate with sky; the horizon is a share of its height."""
    _dome(stage, horizon)
    if stage.brief.time is Time.NIGHT:
        _stars(stage, horizon)
    cloud = _clouds(stage, horizon)
    if disc and stage.brief.time is not Time.STORM:
        _disc(stage, cloud)
    if stage.brief.says(r"lightning|thunder"):
        _lightning(stage, horizon)


def _dome(stage: Stage, horizon: float) -> None:
    plate, colours = stage.plate, stage.palette
    stops = np.array(colours.sky, np.float32)
    depth = np.clip(stage.v[:, 0] / horizon, 0, 1) ** 1.15 * (len(stops) - 1)
    above = np.minimum(depth.astype(np.intp), len(stops) - 2)
    part = (depth - above)[:, None]
    part = (part * part * (3 - 2 * part) + part) * 0.5
    plate.planes[:] = (stops[above] * (1 - part) + stops[above + 1] * part).T[:, :, None]
    across, down = (stage.u - stage.sun_x) * stage.aspect, (stage.v - stage.sun_y) * 1.15
    far: Grid = np.sqrt(across * across + down * down)
    halo = np.exp(far * -3.2) * np.float32(0.24 * colours.strength)
    low = np.exp(-(((stage.v - horizon) / 0.17) ** 2)) * (0.15 * colours.strength)
    halo += low * np.exp(np.abs(stage.u - stage.sun_x) * -1.9)
    plate.shine(halo, colours.light)


def _stars(stage: Stage, horizon: float) -> None:
    rng, (width, height) = stage.rng, stage.size
    count = int(width * height / 700)
    rows = (rng.random(count) ** 1.4 * horizon * 0.95 * height).astype(np.intp)
    columns = (rng.random(count) * width).astype(np.intp)
    stars = np.zeros((height, width), np.float32)
    stars[rows, columns] = rng.random(count, dtype=np.float32) ** 6 * 1.3 + 0.10
    drift = (stage.u - 0.3) * 0.8 + stage.v - 0.12
    milky = np.exp(-((drift / 0.16) ** 2)) * fbm(rng, stage.size, (9, 5), 4, every=4) ** 2
    stage.plate.shine(stars + milky * 0.13, _STARLIGHT)


def _clouds(stage: Stage, horizon: float) -> Grid:
    plate, colours, rng, storm = (
        stage.plate,
        stage.palette,
        stage.rng,
        stage.brief.time is Time.STORM,
    )
    width, height = max(2, stage.width // 2), max(2, stage.height // 2)
    along = max(2, round(2.4 * stage.aspect))
    field = fbm(rng, (width, height), (along, 8), 6, 0.55, every=1)
    v = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    u = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    # Perspective: the nearer the horizon, the flatter and denser the cloud.
    rows = np.clip((v[:, 0] / horizon) ** 0.55, 0, 1) * (height - 1)
    field = field[rows.astype(np.intp)]
    cover = _COVER.get(stage.brief.time, 0.46) + float(rng.uniform(-0.04, 0.04))
    cloud = smooth(cover, cover + 0.2, field) * smooth(horizon * 1.02, horizon * 0.72, v)
    across, down = stage.sun_x - u, stage.sun_y - v
    far: Grid = np.sqrt(across * across + down * down) + np.float32(1e-3)
    edge = np.pad(field, 4, "edge")
    slope_x, slope_y = edge[4:-4, 8:] - edge[4:-4, :-8], edge[8:, 4:-4] - edge[:-8, 4:-4]
    lit = np.clip(0.5 - (slope_x * across + slope_y * down) / far * 7.5, 0, 1)
    lit *= np.exp(far * (-0.6 if storm else -1.1))
    whole = enlarge(cloud, *stage.size)
    lit = enlarge(lit, *stage.size)
    power = 0.46 * colours.strength + 0.10
    share = whole * np.float32(0.9 if storm else 0.72)
    for plane, haze, light in zip(plate.planes, colours.haze, colours.light, strict=True):
        shade = plane * 0.6 + haze * 0.17
        shade += (light * power - haze * 0.17) * lit
        pull(plane, shade, share)
    return whole


def _disc(stage: Stage, cloud: Grid) -> None:
    colours, night = stage.palette, stage.brief.time is Time.NIGHT
    radius = stage.base * (0.040 if night else 0.048)
    across, down = (
        stage.plate.x - stage.sun_x * stage.width,
        stage.plate.y - stage.sun_y * stage.height,
    )
    far: Grid = np.sqrt(across * across + down * down)
    veil = 1 - cloud * 0.6
    stage.plate.cover(smooth(radius + 1.2, radius - 1.2, far) * veil, scaled(colours.disc, 1.1))
    glow = np.exp(np.maximum(far - radius, 0) * np.float32(-9.5 / stage.base))
    stage.plate.shine(glow * veil * np.float32(0.26 * colours.strength), colours.light)


def _lightning(stage: Stage, horizon: float) -> None:
    rng, pen = stage.rng, stage.plate.pen()
    x, y = stage.width * (0.5 - stage.side * float(rng.uniform(0.1, 0.3))), 0.0
    foot = horizon * stage.height
    points = [(x, y)]
    while y < foot:
        x += float(rng.normal(0, 0.035)) * stage.base
        y += float(rng.uniform(0.03, 0.09)) * stage.base
        points.append((x, min(y, foot)))
        if chance(rng, 0.3):
            fork = [points[-1]]
            for _ in range(3):
                fork.append(
                    (
                        fork[-1][0] + float(rng.normal(0, 0.05)) * stage.base,
                        fork[-1][1] + 0.05 * stage.base,
                    )
                )
            pen.line(fork, 0.7, 120)
    pen.line(points, stage.base * 0.005)
    bolt = pen.stamp().on(*stage.size)
    bolt[int(foot) :] = 0
    stage.plate.shine(
        bolt + blur(bolt, stage.base * 0.05) * 3.0, blend(stage.palette.light, (0.8, 0.9, 1.0), 0.6)
    )
