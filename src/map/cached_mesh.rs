//! A cached mesh: made for a zoom and a place, moved while the map pans.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use egui::{Mesh, Pos2, emath::TSTransform, vec2};

use super::{camera::Camera, gpu::Meshed};
use crate::{geo::MercatorExtent, scene::Viewport, units::Mercator};

/// Levels by which a mesh may be stretched while the camera moves.
const STRETCH: f64 = 0.09;
/// How much of the window is drawn beyond each edge, so that panning needs no new mesh.
const MARGIN: f64 = 0.12;

/// Triangles around a position of the world, and what they were made for.
pub struct CachedMesh {
    mesh: Arc<Mesh>,
    moved: Option<(TSTransform, Arc<Mesh>)>,
    origin: Mercator,
    zoom: f64,
    extent: MercatorExtent,
    /// Mode, pixels per point and whatever else changes the look.
    key: u64,
}

impl CachedMesh {
    /// A mesh made for a view.
    pub fn new(mesh: Mesh, viewport: &Viewport, extent: MercatorExtent, key: u64) -> Self {
        Self {
            mesh: Arc::new(mesh),
            moved: None,
            origin: viewport.center,
            zoom: viewport.zoom,
            extent,
            key,
        }
    }

    /// Whether the mesh still does: same look, near enough in zoom, nothing missing at the edges.
    pub fn serves(&self, camera: &Camera, key: u64) -> bool {
        let viewport = &camera.viewport;
        let off = (viewport.zoom - self.zoom).abs();
        let tolerance = if camera.is_moving() { STRETCH } else { 1e-9 };
        let seen = viewport.extent();
        self.key == key
            && off <= tolerance
            && self.extent.contains(seen.min)
            && self.extent.contains(seen.max)
    }

    /// The mesh as it was made, and where its origin and how large it is in a view.
    #[expect(clippy::cast_possible_truncation, reason = "points are f32 by design")]
    pub fn meshed(&self, viewport: &Viewport) -> Meshed {
        let [x, y] = viewport.to_pt(self.origin);
        let scale = (viewport.zoom - self.zoom).exp2() as f32;
        Meshed { mesh: self.mesh.clone(), offset: vec2(x, y), scale }
    }

    /// Whether it holds all of an extent, at this zoom.
    pub fn holds(&self, extent: &MercatorExtent, zoom: f64, key: u64) -> bool {
        self.key == key
            && (self.zoom - zoom).abs() < 1e-9
            && self.extent.contains(extent.min)
            && self.extent.contains(extent.max)
    }

    /// The mesh where it belongs now.
    #[expect(clippy::cast_possible_truncation, reason = "points are f32 by design")]
    pub fn placed(&mut self, viewport: &Viewport, corner: Pos2) -> Arc<Mesh> {
        let [x, y] = viewport.to_pt(self.origin);
        let transform = TSTransform {
            scaling: (viewport.zoom - self.zoom).exp2() as f32,
            translation: corner.to_vec2() + vec2(x, y),
        };
        if let Some((_, mesh)) = self.moved.as_ref().filter(|(at, _)| *at == transform) {
            return mesh.clone();
        }
        let mut mesh = Mesh::clone(&self.mesh);
        mesh.transform(transform);
        let mesh = Arc::new(mesh);
        self.moved = Some((transform, mesh.clone()));
        mesh
    }
}

/// What a mesh for this view holds: the view and its margins.
pub fn drawn(viewport: &Viewport) -> MercatorExtent {
    let seen = viewport.extent();
    let longer = (seen.max.x - seen.min.x).max(seen.max.y - seen.min.y);
    seen.grown(longer * MARGIN)
}

/// A number that changes when the look does.
pub fn look(parts: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}
