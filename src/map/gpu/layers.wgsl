// The user's layers: points and lines as instances of a quad, areas as triangles. Positions are in
// points from the centre they were made for; `offset` and `scale` bring them to the present view.

struct View {
    // Points from the picture's corner.
    offset: vec2<f32>,
    size: vec2<f32>,
    casing: vec4<f32>,
    scale: f32,
    radius: f32,
    half_width: f32,
    pixels_per_point: f32,
    // Width of a point's casing, the share of an area's fill, the marker's number, how far its edges
    // are where a circle's are one.
    casing_width: f32,
    fill_share: f32,
    marker: f32,
    inner: f32,
    // Of each class: what it is filled with, then what edges are drawn with.
    colors: array<vec4<f32>, 64>,
};

@group(0) @binding(0) var<uniform> view: View;

struct Corner {
    @builtin(position) at: vec4<f32>,
    // Points from the point's centre, or across and along the line.
    @location(0) local: vec2<f32>,
    @location(1) length: f32,
    @location(2) @interpolate(flat) ink: vec4<f32>,
};

// The colour of a class as it comes with each feature: the edges of areas carry a bit.
fn ink_of(class_and_edge: u32) -> vec4<f32> {
    let edge = select(0u, 32u, (class_and_edge & 128u) != 0u);
    return view.colors[(class_and_edge & 31u) + edge];
}

fn placed(p: vec2<f32>) -> vec4<f32> {
    let share = p / view.size;
    return vec4<f32>(share.x * 2.0 - 1.0, 1.0 - share.y * 2.0, 0.0, 1.0);
}

fn corner_of(i: u32) -> vec2<f32> {
    // Two triangles.
    var order = array<u32, 6>(0u, 1u, 2u, 2u, 1u, 3u);
    let c = order[i];
    return vec2<f32>(f32(c & 1u) * 2.0 - 1.0, f32(c >> 1u) * 2.0 - 1.0);
}

// How far from a marker's centre, so that its edge is at the radius.
fn marker_far(p: vec2<f32>) -> f32 {
    if view.marker < 0.5 {
        return length(p);
    }
    if view.marker < 1.5 {
        return max(abs(p.x), abs(p.y)) / view.inner;
    }
    if view.marker < 2.5 {
        // Three edges, one below.
        let slanted = abs(p.x) * 0.8660254 - p.y * 0.5;
        return max(p.y, slanted) / view.inner;
    }
    return (abs(p.x) + abs(p.y)) * 0.70710678 / view.inner;
}

fn point_at(i: u32, center: vec2<f32>, ink: vec4<f32>) -> Corner {
    // The corners of markers reach farther than a circle of their area.
    let farthest = select(1.6, 1.0, view.marker < 0.5);
    let reach = view.radius * farthest + 1.0 / view.pixels_per_point;
    let local = corner_of(i) * reach;
    var out: Corner;
    out.at = placed(view.offset + center * view.scale + local);
    out.local = local;
    out.length = 0.0;
    out.ink = ink;
    return out;
}

@vertex
fn point_corner(@builtin(vertex_index) i: u32, @location(0) center: vec2<f32>) -> Corner {
    return point_at(i, center, view.colors[0]);
}

@vertex
fn class_point_corner(
    @builtin(vertex_index) i: u32,
    @location(0) center: vec2<f32>,
    @location(1) class_and_edge: u32,
) -> Corner {
    return point_at(i, center, ink_of(class_and_edge));
}

@fragment
fn point_pixel(in: Corner) -> @location(0) vec4<f32> {
    let far = marker_far(in.local);
    let inside = clamp((view.radius - far) * view.pixels_per_point + 0.5, 0.0, 1.0);
    let within = max(view.radius - view.casing_width, 0.4);
    let core = clamp((within - far) * view.pixels_per_point + 0.5, 0.0, 1.0);
    return mix(view.casing, in.ink, core) * inside;
}

fn line_at(i: u32, from_to: vec4<f32>, ink: vec4<f32>) -> Corner {
    let a = view.offset + from_to.xy * view.scale;
    let b = view.offset + from_to.zw * view.scale;
    let step = b - a;
    let long = max(length(step), 1e-4);
    let along = step / long;
    let across = vec2<f32>(-along.y, along.x);
    let corner = corner_of(i);
    let reach = view.half_width + 1.0 / view.pixels_per_point;
    // Round ends: where two pieces meet they cover the corner between them.
    let x = select(-reach, long + reach, corner.x > 0.0);
    var out: Corner;
    out.at = placed(a + along * x + across * corner.y * reach);
    out.local = vec2<f32>(x, corner.y * reach);
    out.length = long;
    out.ink = ink;
    return out;
}

@vertex
fn line_corner(
    @builtin(vertex_index) i: u32,
    @location(0) from_to: vec4<f32>,
) -> Corner {
    return line_at(i, from_to, view.colors[0]);
}

@vertex
fn class_line_corner(
    @builtin(vertex_index) i: u32,
    @location(0) from_to: vec4<f32>,
    @location(1) class_and_edge: u32,
) -> Corner {
    return line_at(i, from_to, ink_of(class_and_edge));
}

@fragment
fn line_pixel(in: Corner) -> @location(0) vec4<f32> {
    let beyond = max(max(-in.local.x, in.local.x - in.length), 0.0);
    let far = length(vec2<f32>(beyond, in.local.y));
    let inside = clamp((view.half_width - far) * view.pixels_per_point + 0.5, 0.0, 1.0);
    return in.ink * inside;
}

fn area_at(p: vec2<f32>, ink: vec4<f32>) -> Corner {
    var out: Corner;
    out.at = placed(view.offset + p * view.scale);
    out.local = vec2<f32>(0.0, 0.0);
    out.length = 0.0;
    out.ink = ink * view.fill_share;
    return out;
}

@vertex
fn area_corner(@location(0) p: vec2<f32>) -> Corner {
    return area_at(p, view.colors[0]);
}

@vertex
fn class_area_corner(
    @location(0) p: vec2<f32>,
    @location(1) class_and_edge: u32,
) -> Corner {
    return area_at(p, ink_of(class_and_edge));
}

@fragment
fn area_pixel(in: Corner) -> @location(0) vec4<f32> {
    return in.ink;
}

// The basemap and the projects: egui's triangles, without a texture to look up.

struct Inked {
    @builtin(position) at: vec4<f32>,
    @location(0) ink: vec4<f32>,
};

@vertex
fn mesh_corner(@location(0) p: vec2<f32>, @location(1) ink: vec4<f32>) -> Inked {
    var out: Inked;
    out.at = placed(view.offset + p * view.scale);
    out.ink = ink;
    return out;
}

@fragment
fn mesh_pixel(in: Inked) -> @location(0) vec4<f32> {
    return in.ink;
}
