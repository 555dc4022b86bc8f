//! Where the coordinates of an entity lie in the drawing: its plane, and the blocks around it.

use super::groups::Entity;

/// A map of the plane: two rows, each of what x and y are multiplied by and what is added.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Affine([[f64; 3]; 2]);

/// Normals this near to the vertical take another axis, as the format says.
const SMALL: f64 = 1.0 / 64.0;

impl Affine {
    pub const IDENTITY: Self = Self([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]);

    pub fn at(self, [x, y]: [f64; 2]) -> [f64; 2] {
        self.0.map(|row| row[0] * x + row[1] * y + row[2])
    }

    /// First the other, then this.
    #[must_use]
    pub fn after(self, other: Self) -> Self {
        let Self([first, second]) = other;
        let joined = |row: [f64; 3], i: usize| {
            let [x, y] = [first, second].map(|other| other.get(i).copied().unwrap_or(0.0));
            row[0] * x + row[1] * y + if i == 2 { row[2] } else { 0.0 }
        };
        Self(self.0.map(|row| [joined(row, 0), joined(row, 1), joined(row, 2)]))
    }

    /// The plane of an entity by its normal and its height in it: the “arbitrary axis” of the
    /// format. Seen from above.
    pub fn of_plane(entity: &Entity, height: f64) -> Self {
        let normal = [210, 220, 230].map(|code| entity.number(code));
        let [Some(first), second, third] = normal else { return Self::IDENTITY };
        let Some(n) = unit([first, second.unwrap_or(0.0), third.unwrap_or(0.0)]) else {
            return Self::IDENTITY;
        };
        let vertical = n[0].abs() < SMALL && n[1].abs() < SMALL;
        let up = if vertical { [0.0, 1.0, 0.0] } else { [0.0, 0.0, 1.0] };
        let Some(x) = unit(cross(up, n)) else { return Self::IDENTITY };
        let y = cross(n, x);
        Self([[x[0], y[0], n[0] * height], [x[1], y[1], n[1] * height]])
    }

    /// Where a block comes to lie: its base, scales, angle in radians and place.
    pub fn of_insert(base: [f64; 2], scale: [f64; 2], angle: f64, place: [f64; 2]) -> Self {
        let (sin, cos) = angle.sin_cos();
        let [width, height] = scale;
        let (along, up) = ([cos * width, -sin * height], [sin * width, cos * height]);
        let turned = Self([[along[0], along[1], 0.0], [up[0], up[1], 0.0]]);
        let [x, y] = turned.at(base);
        Self([[along[0], along[1], place[0] - x], [up[0], up[1], place[1] - y]])
    }
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn unit([x, y, z]: [f64; 3]) -> Option<[f64; 3]> {
    let length = (x * x + y * y + z * z).sqrt();
    (length > 0.0 && length.is_finite()).then(|| [x / length, y / length, z / length])
}
