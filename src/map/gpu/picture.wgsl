// The map as it was drawn last, where it belongs now.

struct Place {
    // Of the window's map: x, y, width, height of the picture in shares of it.
    rect: vec4<f32>,
};

@group(0) @binding(0) var<uniform> place: Place;
@group(0) @binding(1) var picture: texture_2d<f32>;
@group(0) @binding(2) var smooth_sampler: sampler;

struct Corner {
    @builtin(position) at: vec4<f32>,
    @location(0) uv: vec2<f32>,
};

@vertex
fn picture_corner(@builtin(vertex_index) i: u32) -> Corner {
    // One triangle that covers the map.
    let c = vec2<f32>(f32((i << 1u) & 2u), f32(i & 2u));
    var out: Corner;
    out.at = vec4<f32>(c.x * 2.0 - 1.0, 1.0 - c.y * 2.0, 0.0, 1.0);
    out.uv = (c - place.rect.xy) / place.rect.zw;
    return out;
}

@fragment
fn picture_pixel(in: Corner) -> @location(0) vec4<f32> {
    return textureSampleLevel(picture, smooth_sampler, in.uv, 0.0);
}
