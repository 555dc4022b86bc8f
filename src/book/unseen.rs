//! Characters that nobody sees and that change what is seen.

/// Whether a character only controls others: C0 and C1 controls, marks that turn the direction of
/// writing (U+202E shows `fdp.exe` as `exe.pdf`), separators of lines and paragraphs, the mark of an
/// encoding. Joiners, which letters of some scripts need, are not among them.
///
/// ```
/// use jintu::book::is_unseen;
///
/// assert!(is_unseen('\u{202e}') && is_unseen('\n') && !is_unseen('桥'));
/// ```
pub const fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
    )
}
