#!/usr/bin/env python3
"""Write layers as a clerk in Taiyuan has them into a folder: CSV in GBK, GeoJSON, GeoPackage."""

import json
import sqlite3
import struct
import sys
from pathlib import Path

PLACES = [("迎泽公园", 112.545, 37.858), ("晋祠博物馆", 112.436, 37.709), ("清徐县城", 112.358, 37.607)]


def main() -> None:
    folder = Path(sys.argv[1])
    rows = "".join(f"{name},{lon},{lat}\r\n" for name, lon, lat in PLACES)
    (folder / "点位（GBK）.csv").write_bytes(f"名称,经度,纬度\r\n{rows}".encode("gbk"))
    features = [
        {"type": "Feature", "properties": {"名称": name}, "geometry": {"type": "Polygon", "coordinates": [square(lon, lat)]}}
        for name, lon, lat in PLACES
    ]
    collection = {"type": "FeatureCollection", "features": features}
    (folder / "地块.geojson").write_text(json.dumps(collection, ensure_ascii=False), "utf-8")
    geopackage(folder / "线路.gpkg")


def square(lon: float, lat: float) -> list[list[float]]:
    side = 0.02
    return [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]


def geopackage(path: Path) -> None:
    path.unlink(missing_ok=True)
    line = struct.pack("<BII", 1, 2, len(PLACES)) + b"".join(struct.pack("<dd", lon, lat) for _, lon, lat in PLACES)
    blob = b"GP" + struct.pack("<BBi", 0, 1, 4326) + line
    with sqlite3.connect(path) as db:
        db.executescript(
            """
            PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300;
            CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
              organization_coordsys_id INTEGER, definition TEXT, description TEXT);
            INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84"]', '');
            CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, description TEXT,
              last_change TEXT, min_x REAL, min_y REAL, max_x REAL, max_y REAL, srs_id INTEGER);
            INSERT INTO gpkg_contents VALUES ('线路', 'features', '线路', '', '2024-01-01T00:00:00Z', 112, 37, 113, 38, 4326);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT,
              srs_id INTEGER, z INTEGER, m INTEGER);
            INSERT INTO gpkg_geometry_columns VALUES ('线路', 'geom', 'LINESTRING', 4326, 0, 0);
            CREATE TABLE "线路" (fid INTEGER PRIMARY KEY, geom BLOB, 名称 TEXT);
            """
        )
        db.execute('INSERT INTO "线路" (geom, 名称) VALUES (?, ?)', (blob, "巡查路线"))


if __name__ == "__main__":
    main()
