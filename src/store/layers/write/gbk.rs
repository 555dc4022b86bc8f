//! GBK as the programs of before know it: code page 936, which has fewer signs than GB 18030.

use encoding_rs::GBK;

/// The bytes of a character, one or two; `None` where the code page has no such sign.
///
/// The encoder follows the table of GB 18030 (WHATWG, “Encoding”): some of its pairs code page 936
/// leaves empty (Microsoft, bestfit936.txt), and other programs read them as nothing or as another
/// sign. Private use is no sign at all.
pub fn bytes_of(c: char) -> Option<Vec<u8>> {
    let mut letters = [0; 4];
    let (own, _, lost) = GBK.encode(c.encode_utf8(&mut letters));
    let is_private = matches!(c, '\u{E000}'..='\u{F8FF}');
    let is_later = matches!(
        *own,
        [0xFE, 0x50..=0xA0]
            | [0xA9, 0x89..=0x95]
            | [0xA8, 0xBC | 0xBF]
            | [0xA6, 0xD9..=0xDF | 0xEC | 0xED | 0xF3]
    );
    (!lost && !is_private && !is_later).then(|| own.into_owned())
}

/// A text with question marks where the code page has no sign, and whether there are any.
pub fn encode(text: &str) -> (Vec<u8>, bool) {
    let (mut bytes, mut lost) = (Vec::with_capacity(text.len()), false);
    for c in text.chars() {
        if c.is_ascii() {
            bytes.extend(u8::try_from(c));
        } else if let Some(own) = bytes_of(c) {
            bytes.extend(own);
        } else {
            bytes.push(b'?');
            lost = true;
        }
    }
    (bytes, lost)
}
