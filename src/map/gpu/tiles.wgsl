// Tiles of a basemap from outside, each a textured rectangle of the map's picture.

struct Size {
    // Of the picture, in points.
    points: vec2<f32>,
    unused: vec2<f32>,
};

@group(0) @binding(0) var<uniform> size: Size;
@group(1) @binding(0) var pixels: texture_2d<f32>;
@group(1) @binding(1) var smooth_sampler: sampler;

struct Corner {
    @builtin(position) at: vec4<f32>,
    @location(0) uv: vec2<f32>,
};

@vertex
fn tile_corner(
    @builtin(vertex_index) i: u32,
    // Left, top, right and bottom, in points of the picture and in shares of the tile.
    @location(0) place: vec4<f32>,
    @location(1) part: vec4<f32>,
) -> Corner {
    var order = array<u32, 6>(0u, 1u, 2u, 2u, 1u, 3u);
    let c = vec2<f32>(f32(order[i] & 1u), f32(order[i] >> 1u));
    let share = mix(place.xy, place.zw, c) / size.points;
    var out: Corner;
    out.at = vec4<f32>(share.x * 2.0 - 1.0, 1.0 - share.y * 2.0, 0.0, 1.0);
    out.uv = mix(part.xy, part.zw, c);
    return out;
}

@fragment
fn tile_pixel(in: Corner) -> @location(0) vec4<f32> {
    // Premultiplied already.
    return textureSampleLevel(pixels, smooth_sampler, in.uv, 0.0);
}
