//! What the map shows: centre and zoom, and every way they change. All motion can be interrupted.

use super::flight::{Flight, eased};
use crate::{
    geo::datum::{Datum, mercator_from_wgs84, mercator_to_wgs84},
    scene::{MAX_ZOOM, MIN_ZOOM, Viewport},
    units::Mercator,
};

/// A wheel's notch moves this many levels.
const LEVELS_PER_NOTCH: f64 = 0.5;
/// Points that egui reports for one notch.
const POINTS_PER_NOTCH: f64 = 40.0;
/// How fast the zoom follows the wheel: what is left after one second.
const ZOOM_REMAINS: f64 = 1e-8;
/// How fast a thrown map comes to rest: what is left of its speed after one second.
const SPEED_REMAINS: f64 = 0.004;
const REST_SPEED_PT: f64 = 8.0;

#[derive(Debug, Clone, Copy)]
enum Motion {
    Rest,
    /// Zooming towards a target while the anchor under the pointer stays where it is.
    Wheel {
        target: f64,
        anchor: Mercator,
        at_pt: [f32; 2],
    },
    /// Thrown, in points per second.
    Glide {
        speed_pt: [f64; 2],
    },
    Fly {
        flight: Flight,
        elapsed_s: f64,
    },
}

/// Centre, zoom and motion of the map.
#[derive(Debug, Clone, Copy)]
pub struct Camera {
    pub viewport: Viewport,
    motion: Motion,
    /// The centre stays inside: west, north, east, south.
    bounds: [Mercator; 2],
}

impl Camera {
    /// A camera that keeps its centre between two corners, north-west and south-east.
    pub fn new(viewport: Viewport, bounds: [Mercator; 2]) -> Self {
        Self { viewport, motion: Motion::Rest, bounds }
    }

    /// How far it may go from now on.
    pub const fn set_bounds(&mut self, bounds: [Mercator; 2]) {
        self.bounds = bounds;
    }

    /// Lets the centre also go between these corners.
    pub fn reach(&mut self, [nw, se]: [Mercator; 2]) {
        let [own_nw, own_se] = &mut self.bounds;
        (own_nw.x, own_nw.y) = (own_nw.x.min(nw.x), own_nw.y.min(nw.y));
        (own_se.x, own_se.y) = (own_se.x.max(se.x), own_se.y.max(se.y));
    }

    pub fn is_moving(&self) -> bool {
        !matches!(self.motion, Motion::Rest)
    }

    /// The view once a flight has landed or a wheel's zoom has been reached.
    pub fn target_zoom(&self) -> f64 {
        match self.motion {
            Motion::Wheel { target, .. } => target,
            _ => self.viewport.zoom,
        }
    }

    /// Takes the size of the window. The centre stays.
    pub fn resize(&mut self, width_pt: f32, height_pt: f32) {
        self.viewport.width_pt = width_pt;
        self.viewport.height_pt = height_pt;
    }

    /// Takes the datum of the basemap. The position at the centre stays there.
    pub fn set_datum(&mut self, datum: Datum) {
        self.viewport.datum = datum;
    }

    /// Moves the picture by hand.
    pub fn drag(&mut self, delta_pt: [f32; 2]) {
        self.motion = Motion::Rest;
        self.pan(delta_pt);
    }

    /// Lets go of the picture with some speed.
    pub fn release(&mut self, speed_pt: [f32; 2]) {
        let speed_pt = speed_pt.map(f64::from);
        if speed_pt[0].hypot(speed_pt[1]) > REST_SPEED_PT * 12.0 {
            self.motion = Motion::Glide { speed_pt };
        }
    }

    /// A turn of the wheel over a point of the picture.
    pub fn wheel(&mut self, scrolled_pt: f32, at_pt: [f32; 2]) {
        let levels = f64::from(scrolled_pt) / POINTS_PER_NOTCH * LEVELS_PER_NOTCH;
        self.zoom_by(levels, at_pt);
    }

    /// Zooms by some levels around a point of the picture.
    pub fn zoom_by(&mut self, levels: f64, at_pt: [f32; 2]) {
        let target = (self.target_zoom() + levels).clamp(MIN_ZOOM, MAX_ZOOM);
        self.motion = Motion::Wheel { target, anchor: self.viewport.to_mercator(at_pt), at_pt };
    }

    /// A pinch: at once, it follows the fingers.
    pub fn pinch(&mut self, factor: f32, at_pt: [f32; 2]) {
        let anchor = self.viewport.to_mercator(at_pt);
        self.motion = Motion::Rest;
        self.zoom_around(self.viewport.zoom + f64::from(factor).log2(), anchor, at_pt);
    }

    /// Goes to a view, flying unless told to jump.
    pub fn go(&mut self, to: Viewport, instant: bool) {
        let to_center = self.clamped(to.center);
        let to_zoom = to.zoom.clamp(MIN_ZOOM, MAX_ZOOM);
        if instant {
            self.viewport.center = to_center;
            self.viewport.zoom = to_zoom;
            self.motion = Motion::Rest;
            return;
        }
        let width = f64::from(self.viewport.width_pt.max(1.0));
        let seen = |zoom: f64| width / (256.0 * zoom.exp2());
        let flight =
            Flight::new(self.viewport.center, seen(self.viewport.zoom), to_center, seen(to_zoom));
        self.motion = Motion::Fly { flight, elapsed_s: 0.0 };
    }

    /// Stops whatever moves.
    pub fn stop(&mut self) {
        self.motion = Motion::Rest;
    }

    /// Lets time pass. Returns whether the motion has just ended.
    pub fn advance(&mut self, dt_s: f64) -> bool {
        let was_moving = self.is_moving();
        match self.motion {
            Motion::Rest => {}
            Motion::Wheel { target, anchor, at_pt } => {
                let left = (target - self.viewport.zoom) * ZOOM_REMAINS.powf(dt_s);
                let near = left.abs() < 0.002;
                self.zoom_around(if near { target } else { target - left }, anchor, at_pt);
                if near {
                    self.motion = Motion::Rest;
                }
            }
            Motion::Glide { speed_pt } => {
                let kept = SPEED_REMAINS.powf(dt_s);
                #[expect(clippy::cast_possible_truncation, reason = "a few points")]
                self.pan(speed_pt.map(|v| (v * dt_s) as f32));
                let speed_pt = speed_pt.map(|v| v * kept);
                self.motion = if speed_pt[0].hypot(speed_pt[1]) < REST_SPEED_PT {
                    Motion::Rest
                } else {
                    Motion::Glide { speed_pt }
                };
            }
            Motion::Fly { flight, elapsed_s } => {
                let elapsed_s = elapsed_s + dt_s;
                let t = elapsed_s / flight.seconds();
                let (center, seen) = flight.at(eased(t));
                self.viewport.center = center;
                let width = f64::from(self.viewport.width_pt.max(1.0));
                self.viewport.zoom = (width / seen / 256.0).log2();
                self.motion =
                    if t >= 1.0 { Motion::Rest } else { Motion::Fly { flight, elapsed_s } };
            }
        }
        was_moving && !self.is_moving()
    }

    fn pan(&mut self, [dx, dy]: [f32; 2]) {
        let (scale, center) = (self.viewport.scale(), self.viewport.plane_center());
        self.center_in_plane(Mercator {
            x: center.x - f64::from(dx) / scale,
            y: center.y - f64::from(dy) / scale,
        });
    }

    fn zoom_around(&mut self, zoom: f64, anchor: Mercator, at_pt: [f32; 2]) {
        self.viewport.zoom = zoom.clamp(MIN_ZOOM, MAX_ZOOM);
        let scale = self.viewport.scale();
        let dx = f64::from(at_pt[0] - self.viewport.width_pt / 2.0) / scale;
        let dy = f64::from(at_pt[1] - self.viewport.height_pt / 2.0) / scale;
        let anchor = mercator_from_wgs84(self.viewport.datum, anchor);
        self.center_in_plane(Mercator { x: anchor.x - dx, y: anchor.y - dy });
    }

    /// Takes a centre in the plane of the basemap's datum.
    fn center_in_plane(&mut self, p: Mercator) {
        self.viewport.center = self.clamped(mercator_to_wgs84(self.viewport.datum, p));
    }

    fn clamped(&self, p: Mercator) -> Mercator {
        let [nw, se] = self.bounds;
        Mercator { x: p.x.clamp(nw.x, se.x), y: p.y.clamp(nw.y, se.y) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera() -> Camera {
        let center = Mercator { x: 0.812, y: 0.386 };
        let viewport =
            Viewport { center, zoom: 9.0, width_pt: 1280.0, height_pt: 800.0, datum: Datum::Wgs84 };
        Camera::new(viewport, [Mercator { x: 0.7, y: 0.3 }, Mercator { x: 0.9, y: 0.5 }])
    }

    #[test]
    fn the_wheel_keeps_the_point_under_the_pointer_at_any_frame_rate() {
        let at = [200.0, 600.0];
        let mut zooms = Vec::new();
        for frames in [5_u32, 30, 240] {
            let mut camera = camera();
            let before = camera.viewport.to_mercator(at);
            camera.wheel(80.0, at);
            for _ in 0..frames {
                camera.advance(0.25 / f64::from(frames));
            }
            let after = camera.viewport.to_mercator(at);
            assert!((before.x - after.x).abs() < 1e-9 && (before.y - after.y).abs() < 1e-9);
            zooms.push(camera.viewport.zoom);
        }
        assert!(zooms.iter().all(|z| (z - 10.0).abs() < 0.02), "{zooms:?}");
    }

    #[test]
    fn zoom_and_centre_stay_within_their_limits() {
        let mut camera = camera();
        camera.wheel(10_000.0, [640.0, 400.0]);
        camera.advance(5.0);
        assert!(camera.viewport.zoom <= MAX_ZOOM);
        camera.wheel(-100_000.0, [0.0, 0.0]);
        camera.advance(5.0);
        assert!(camera.viewport.zoom >= MIN_ZOOM);
        for _ in 0..100 {
            camera.drag([5000.0, 5000.0]);
        }
        let center = camera.viewport.center;
        assert!((0.7..=0.9).contains(&center.x) && (0.3..=0.5).contains(&center.y));
    }

    #[test]
    fn a_flight_lands_and_a_hand_stops_it() {
        let mut camera = camera();
        let mut to = camera.viewport;
        to.center.x += 0.01;
        to.zoom = 12.0;
        camera.go(to, false);
        assert!(camera.is_moving());
        let landed = (0..200).any(|_| camera.advance(0.02));
        assert!(landed && (camera.viewport.zoom - 12.0).abs() < 1e-6);
        assert!((camera.viewport.center.x - to.center.x).abs() < 1e-9);
        camera.go(Viewport { zoom: 7.0, ..to }, false);
        camera.advance(0.1);
        camera.drag([1.0, 0.0]);
        assert!(!camera.is_moving());
    }
}
