"""How long QGIS takes for the same layer: opened to its first picture, panned to the next ones.

Its library draws off-screen, without its window: what its users wait for takes longer.
Arguments: a GeoPackage, width and height in pixels.
"""

import os
import statistics
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Only what is measured belongs on the output.
os.environ.setdefault("QT_LOGGING_RULES", "*=false")

from qgis.core import (  # noqa: E402
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize  # noqa: E402


def peak_mb() -> float:
    with open("/proc/self/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def main() -> None:
    path, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    app = QgsApplication([], False)
    app.initQgis()
    empty_mb = peak_mb()
    start = time.perf_counter()
    layer = QgsVectorLayer(path, "measured", "ogr")
    if not layer.isValid():
        sys.exit("QGIS cannot open the layer")
    settings = QgsMapSettings()
    settings.setLayers([layer])
    mercator = QgsCoordinateReferenceSystem("EPSG:3857")
    settings.setDestinationCrs(mercator)
    settings.setOutputSize(QSize(width, height))
    to_map = QgsCoordinateTransform(layer.crs(), mercator, QgsProject.instance())
    whole = to_map.transformBoundingBox(QgsRectangle(111.5, 37.4, 113.2, 38.4))
    settings.setExtent(whole)

    def draw() -> None:
        job = QgsMapRendererParallelJob(settings)
        job.start()
        job.waitForFinished()

    draw()
    first_ms = (time.perf_counter() - start) * 1000
    pans = []
    for step in range(5):
        start = time.perf_counter()
        settings.setExtent(
            QgsRectangle(
                whole.xMinimum() + whole.width() * 0.03 * step,
                whole.yMinimum(),
                whole.xMaximum() + whole.width() * 0.03 * step,
                whole.yMaximum(),
            )
        )
        draw()
        pans.append((time.perf_counter() - start) * 1000)
    name = f"rival: QGIS {Qgis.QGIS_VERSION.split('-')[0]}"
    print(f"{name}, opened to full picture {first_ms:.0f} ms")
    print(f"{name}, panned to redrawn {statistics.median(pans):.0f} ms")
    print(f"{name}, peak memory {peak_mb() - empty_mb:.0f} MB above its empty library, {peak_mb():.0f} MB in all")
    # Its own tidying up at the end crashes with some drivers; everything has been said.
    sys.stdout.flush()
    os._exit(0)


main()
