"""From features in Web Mercator pixels to a PMTiles archive."""

import gzip
import math
from dataclasses import dataclass, field
from pathlib import Path

import mapbox_vector_tile
import numpy as np
import shapely
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write
from shapely.geometry import box

EXTENT = 4096
BUFFER = 128


@dataclass
class Layer:
    """One layer at one zoom: geometries in degrees with their attributes, in drawing order."""

    name: str
    geometries: list = field(default_factory=list)
    attributes: list[dict] = field(default_factory=list)

    def add(self, geometry, **attributes) -> None:
        self.geometries.append(geometry)
        self.attributes.append({key: value for key, value in attributes.items() if value not in (None, "")})


def to_pixels(lon_lat: np.ndarray, zoom: int) -> np.ndarray:
    """Degrees to world pixels of 1/4096 tile, y down."""
    size = EXTENT * 2**zoom
    x = (lon_lat[:, 0] + 180.0) / 360.0 * size
    y = (1.0 - np.arcsinh(np.tan(np.radians(lon_lat[:, 1]))) / math.pi) / 2.0 * size
    return np.column_stack([x, y])


def tile_range(extent: tuple[float, float, float, float], zoom: int) -> tuple[int, int, int, int]:
    """First and last tile column and row that `extent` (W, S, E, N) touches."""
    corners = to_pixels(np.array([[extent[0], extent[3]], [extent[2], extent[1]]]), zoom) / EXTENT
    (x0, y0), (x1, y1) = np.floor(corners).astype(int)
    return int(x0), int(y0), int(x1), int(y1)


def _whole_numbers(geometry):
    """Vertices on the tile's grid; lines lose repeated vertices, polygons stay valid."""
    if geometry.geom_type in ("Polygon", "MultiPolygon", "GeometryCollection"):
        snapped = shapely.set_precision(geometry, 1.0)
        parts = [g for g in getattr(snapped, "geoms", [snapped]) if g.geom_type in ("Polygon", "MultiPolygon") and not g.is_empty]
        return shapely.union_all(parts) if len(parts) > 1 else (parts[0] if parts else None)
    parts = []
    for line in getattr(geometry, "geoms", [geometry]):
        vertices = np.round(np.asarray(line.coords))
        keep = np.concatenate([[True], np.any(np.diff(vertices, axis=0) != 0, axis=1)])
        if keep.sum() > 1:
            parts.append(vertices[keep])
    if not parts:
        return None
    return shapely.LineString(parts[0]) if len(parts) == 1 else shapely.MultiLineString(parts)


def _tile(layers: list[tuple[Layer, list, shapely.STRtree]], x: int, y: int) -> bytes:
    left, top = x * EXTENT, y * EXTENT
    window = box(left - BUFFER, top - BUFFER, left + EXTENT + BUFFER, top + EXTENT + BUFFER)
    encoded = []
    for layer, pixels, index in layers:
        features = []
        for i in sorted(int(i) for i in index.query(window)):
            geometry = pixels[i]
            if geometry.geom_type == "Point":
                column, row = geometry.x - left, geometry.y - top
                if not (0 <= column < EXTENT and 0 <= row < EXTENT):
                    continue
                cut = shapely.Point(round(column), round(row))
            else:
                # The window is filled exactly by a unit that covers it, so clipping must be exact too.
                cut = geometry.intersection(window) if geometry.geom_type.endswith("Polygon") else shapely.clip_by_rect(geometry, *window.bounds)
                if cut.is_empty:
                    continue
                cut = _whole_numbers(shapely.transform(cut, lambda c: c - (left, top)))
                if cut is None or cut.is_empty:
                    continue
            features.append({"geometry": cut, "properties": layer.attributes[i], "id": i + 1})
        if features:
            encoded.append({"name": layer.name, "features": features})
    data = mapbox_vector_tile.encode(encoded, default_options={"extents": EXTENT, "y_coord_down": True}) if encoded else b""
    return gzip.compress(data, 9, mtime=0)


def tiles_of_zoom(layers: list[Layer], zoom: int, extent: tuple[float, float, float, float]) -> dict[int, bytes]:
    """Every tile of `extent` at `zoom` by its PMTiles id."""
    prepared = []
    for layer in layers:
        pixels = [shapely.transform(g, lambda c: to_pixels(c, zoom)) for g in layer.geometries]
        prepared.append((layer, pixels, shapely.STRtree(pixels)))
    x0, y0, x1, y1 = tile_range(extent, zoom)
    return {zxy_to_tileid(zoom, x, y): _tile(prepared, x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)}


def save(path: Path, tiles: dict[int, bytes], extent: tuple[float, float, float, float], center: tuple[float, float, int], metadata: dict) -> None:
    """Write the archive; tiles in the order of their ids, so that equal input gives equal bytes."""
    with write(str(path)) as writer:
        for tile_id in sorted(tiles):
            writer.write_tile(tile_id, tiles[tile_id])
        writer.finalize(
            {
                "tile_type": TileType.MVT,
                "tile_compression": Compression.GZIP,
                "min_lon_e7": round(extent[0] * 1e7), "min_lat_e7": round(extent[1] * 1e7),
                "max_lon_e7": round(extent[2] * 1e7), "max_lat_e7": round(extent[3] * 1e7),
                "center_zoom": center[2],
                "center_lon_e7": round(center[0] * 1e7), "center_lat_e7": round(center[1] * 1e7),
            },
            metadata,
        )
