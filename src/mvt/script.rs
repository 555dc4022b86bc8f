//! Which writing the map can show.

/// Whether all of a text can be written letter by letter from left to right, as names are here.
/// Scripts whose letters join or move, and those from right to left, cannot (blocks of Unicode 16).
pub fn is_supported(text: &str) -> bool {
    !text.chars().any(|c| {
        matches!(u32::from(c),
            // Hebrew, Arabic, Syriac, Thaana, N'Ko, Samaritan, Mandaic.
            0x0590..=0x08FF
            // The scripts of India, from Devanagari to Sinhala.
            | 0x0900..=0x0DFF
            // Tibetan, Myanmar.
            | 0x0F00..=0x109F
            // Tagalog to Mongolian, with Khmer.
            | 0x1700..=0x18AF
            // Forms for presentation, Hebrew and Arabic.
            | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF
            // Old scripts from right to left.
            | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF
        )
    })
}
