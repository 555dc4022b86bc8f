// The user's layers: points and lines as instances of a quad, areas as triangles. Positions are in
// points from the centre they were made for; `offset` and `scale` bring them to the present view.

struct View {
    // Points from the picture's corner.
    offset: vec2<f32>,
    size: vec2<f32>,
    fill: vec4<f32>,
    casing: vec4<f32>,
    scale: f32,
    radius: f32,
    half_width: f32,
    pixels_per_point: f32,
};

@group(0) @binding(0) var<uniform> view: View;

struct Corner {
    @builtin(position) at: vec4<f32>,
    // Points from the point's centre, or across and along the line.
    @location(0) local: vec2<f32>,
    @location(1) length: f32,
};

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

@vertex
fn point_corner(@builtin(vertex_index) i: u32, @location(0) center: vec2<f32>) -> Corner {
    let reach = view.radius + 1.0 / view.pixels_per_point;
    let local = corner_of(i) * reach;
    var out: Corner;
    out.at = placed(view.offset + center * view.scale + local);
    out.local = local;
    out.length = 0.0;
    return out;
}

@fragment
fn point_pixel(in: Corner) -> @location(0) vec4<f32> {
    let far = length(in.local);
    let inside = clamp((view.radius - far) * view.pixels_per_point + 0.5, 0.0, 1.0);
    let core = clamp((view.radius - 0.9 - far) * view.pixels_per_point + 0.5, 0.0, 1.0);
    return mix(view.casing, view.fill, core) * inside;
}

@vertex
fn line_corner(
    @builtin(vertex_index) i: u32,
    @location(0) from_to: vec4<f32>,
) -> Corner {
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
    return out;
}

@fragment
fn line_pixel(in: Corner) -> @location(0) vec4<f32> {
    let beyond = max(max(-in.local.x, in.local.x - in.length), 0.0);
    let far = length(vec2<f32>(beyond, in.local.y));
    let inside = clamp((view.half_width - far) * view.pixels_per_point + 0.5, 0.0, 1.0);
    return view.fill * inside;
}

@vertex
fn area_corner(@location(0) p: vec2<f32>) -> Corner {
    var out: Corner;
    out.at = placed(view.offset + p * view.scale);
    out.local = vec2<f32>(0.0, 0.0);
    out.length = 0.0;
    return out;
}

@fragment
fn area_pixel() -> @location(0) vec4<f32> {
    return view.fill * 0.25;
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
