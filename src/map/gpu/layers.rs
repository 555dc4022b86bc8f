//! Instances on the graphics card: uploaded when what is visible changes, moved by a uniform.

use std::{collections::HashMap, sync::Arc};

use eframe::egui_wgpu::wgpu;
use egui::{Rect, Vec2};

use super::parts::{self, Drawing, UNIFORM};
use crate::{
    app::LayerKey,
    layer::visible::Visible,
    style::{EDGE, MOST_CLASSES, Marker, Rgba, SymbolLook},
};

const LABEL: &str = "layers";
/// As `layers.wgsl` has them: place and size, four colours and sizes each, and the classes' colours.
pub(super) const UNIFORM_FLOATS: usize = 16 + 2 * 4 * MOST_CLASSES;

/// Pipelines for all layers, and the buffers of each; and that for egui's triangles, which reads
/// the same values.
pub struct LayerPainter {
    points: Pipelines,
    lines: Pipelines,
    areas: Pipelines,
    pub(super) meshes: wgpu::RenderPipeline,
    pub(super) layout: wgpu::BindGroupLayout,
    buffers: HashMap<LayerKey, Buffers>,
    frame: u64,
}

/// For features that all look the same, and for those of classes.
struct Pipelines {
    plain: wgpu::RenderPipeline,
    classed: wgpu::RenderPipeline,
}

/// Features on the graphics card, with their classes where they are told apart.
struct Features {
    shapes: wgpu::Buffer,
    classes: Option<wgpu::Buffer>,
    count: u32,
}

struct Buffers {
    stamp: u64,
    uniform: wgpu::Buffer,
    group: wgpu::BindGroup,
    points: Option<Features>,
    lines: Option<Features>,
    areas: Option<Features>,
    used: u64,
}

/// One layer in one frame.
pub struct LayerCallback {
    pub key: LayerKey,
    pub stamp: u64,
    pub visible: Arc<Visible>,
    /// Where the visible's centre lies now, in points from the map's corner.
    pub offset: Vec2,
    pub scale: f32,
    pub map: Rect,
    pub pixels_per_point: f32,
    pub look: Arc<SymbolLook>,
}

impl LayerPainter {
    /// Pipelines for a window's pixels.
    pub fn new(device: &wgpu::Device, format: wgpu::TextureFormat) -> Self {
        let module = parts::shaders(device, LABEL, include_str!("layers.wgsl"));
        let stages = wgpu::ShaderStages::VERTEX_FRAGMENT;
        let layout = parts::layout(device, LABEL, &[(stages, UNIFORM)]);
        let pipeline = |entries: [&str; 2], formats: &[&[wgpu::VertexFormat]], step| {
            let attributes: Vec<Vec<wgpu::VertexAttribute>> = formats
                .iter()
                .scan(0, |location, formats| Some(attributes(formats, location)))
                .collect();
            let buffers: Vec<Option<wgpu::VertexBufferLayout<'_>>> = formats
                .iter()
                .zip(&attributes)
                .map(|(formats, attributes)| {
                    let array_stride = formats.iter().map(wgpu::VertexFormat::size).sum();
                    Some(wgpu::VertexBufferLayout { array_stride, step_mode: step, attributes })
                })
                .collect();
            Drawing {
                label: entries[0],
                module: &module,
                entries,
                groups: &[Some(&layout)],
                buffers: &buffers,
                format,
                blends: true,
            }
            .pipeline(device)
        };
        let (two, four) = (wgpu::VertexFormat::Float32x2, wgpu::VertexFormat::Float32x4);
        let both = |name: &str, shape: wgpu::VertexFormat, step: wgpu::VertexStepMode| Pipelines {
            plain: pipeline(
                [&format!("{name}_corner"), &format!("{name}_pixel")],
                &[&[shape]],
                step,
            ),
            classed: pipeline(
                [&format!("class_{name}_corner"), &format!("{name}_pixel")],
                &[&[shape], &[wgpu::VertexFormat::Uint32]],
                step,
            ),
        };
        Self {
            points: both("point", two, wgpu::VertexStepMode::Instance),
            lines: both("line", four, wgpu::VertexStepMode::Instance),
            areas: both("area", two, wgpu::VertexStepMode::Vertex),
            meshes: pipeline(
                ["mesh_corner", "mesh_pixel"],
                &[&[two, wgpu::VertexFormat::Unorm8x4]],
                wgpu::VertexStepMode::Vertex,
            ),
            layout,
            buffers: HashMap::new(),
            frame: 0,
        }
    }

    pub(super) fn upload(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        layer: &LayerCallback,
    ) {
        self.frame += 1;
        let uniform = layer.uniform();
        let frame = self.frame;
        if let Some(own) = self.buffers.get_mut(&layer.key)
            && own.stamp == layer.stamp
        {
            own.used = frame;
            queue.write_buffer(&own.uniform, 0, &uniform);
            return;
        }
        let buffer = |bytes: &[u8]| parts::buffer(device, LABEL, bytes, wgpu::BufferUsages::VERTEX);
        // An area's class is that of all three corners of each triangle.
        let features = |shapes: Vec<u8>, count: usize, classes: &[u8], corners: usize| {
            let count = u32::try_from(count).ok().filter(|count| *count > 0)?;
            let of_class = |class: &u8| [u32::from(*class); 3].into_iter().take(corners);
            let told: Vec<u8> =
                classes.iter().flat_map(of_class).flat_map(u32::to_ne_bytes).collect();
            let classes = (!told.is_empty()).then(|| buffer(&told));
            Some(Features { shapes: buffer(&shapes), classes, count })
        };
        let visible = &layer.visible;
        let points = bytes(&visible.points);
        let points = features(points, visible.points.len(), &visible.point_classes, 1);
        let lines = bytes(&visible.segments);
        let lines = features(lines, visible.segments.len(), &visible.segment_classes, 1);
        let areas = bytes(&visible.triangles);
        let areas = features(areas, visible.triangles.len(), &visible.triangle_classes, 3);
        let (uniform, group) = uniform_group(device, &self.layout, &uniform);
        let own =
            Buffers { stamp: layer.stamp, uniform, group, points, lines, areas, used: self.frame };
        self.buffers.insert(layer.key, own);
        // Layers that were closed or hidden some frames ago.
        let frame = self.frame;
        self.buffers.retain(|_, own| frame - own.used < 600);
    }
}

/// Values for the shaders, and what binds them.
pub(super) fn uniform_group(
    device: &wgpu::Device,
    layout: &wgpu::BindGroupLayout,
    bytes: &[u8],
) -> (wgpu::Buffer, wgpu::BindGroup) {
    let usage = wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST;
    let uniform = parts::buffer(device, LABEL, bytes, usage);
    let group = parts::group(device, LABEL, layout, vec![uniform.as_entire_binding()]);
    (uniform, group)
}

impl LayerPainter {
    /// Draws a layer that was uploaded.
    pub(super) fn draw(&self, key: LayerKey, pass: &mut wgpu::RenderPass<'static>) {
        let Some(own) = self.buffers.get(&key) else { return };
        pass.set_bind_group(0, &own.group, &[]);
        // Corners of areas one by one, six corners for each of the others.
        let kinds = [
            (&self.areas, &own.areas, None),
            (&self.lines, &own.lines, Some(6)),
            (&self.points, &own.points, Some(6)),
        ];
        for (pipelines, features, corners) in kinds {
            let Some(Features { shapes, classes, count }) = features else { continue };
            match classes {
                Some(classes) => {
                    pass.set_pipeline(&pipelines.classed);
                    pass.set_vertex_buffer(1, classes.slice(..));
                }
                None => pass.set_pipeline(&pipelines.plain),
            }
            pass.set_vertex_buffer(0, shapes.slice(..));
            match corners {
                Some(corners) => pass.draw(0..corners, 0..*count),
                None => pass.draw(0..*count, 0..1),
            }
        }
    }
}

impl LayerCallback {
    fn uniform(&self) -> Vec<u8> {
        let color = |Rgba(r, g, b, a): Rgba| {
            // Premultiplied, in the gamma space that egui blends in.
            let alpha = f32::from(a) / 255.0;
            [r, g, b].map(|c| f32::from(c) / 255.0 * alpha).into_iter().chain([alpha])
        };
        let look = &*self.look;
        let classes = || (0..).take(MOST_CLASSES);
        [self.offset.x, self.offset.y, self.map.width(), self.map.height()]
            .into_iter()
            .chain(color(look.casing))
            .chain([self.scale, look.point_radius_pt, look.line_width_pt / 2.0])
            .chain([self.pixels_per_point, look.casing_pt, look.fill_share])
            .chain([number(look.marker), look.marker.inner()])
            .chain(classes().flat_map(|class| color(look.color(class))))
            .chain(classes().flat_map(|class| color(look.stroke(class | EDGE))))
            .flat_map(f32::to_ne_bytes)
            .collect()
    }
}

/// As `layers.wgsl` tells markers apart.
const fn number(marker: Marker) -> f32 {
    match marker {
        Marker::Circle => 0.0,
        Marker::Square => 1.0,
        Marker::Triangle => 2.0,
        Marker::Diamond => 3.0,
    }
}

/// Attributes one after another in a buffer, from a shader's next free location on.
fn attributes(formats: &[wgpu::VertexFormat], location: &mut u32) -> Vec<wgpu::VertexAttribute> {
    let mut offset = 0;
    let attribute = |format: &wgpu::VertexFormat| {
        let own = wgpu::VertexAttribute { format: *format, offset, shader_location: *location };
        offset += format.size();
        *location += 1;
        own
    };
    formats.iter().map(attribute).collect()
}

fn bytes<const N: usize>(floats: &[[f32; N]]) -> Vec<u8> {
    floats.iter().flatten().flat_map(|v| v.to_ne_bytes()).collect()
}
