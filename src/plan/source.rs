//! Lines and columns of the file as it lies on disk.

use super::characters::SourceChar;

/// Where each line and each character of the file starts.
#[derive(Debug, Clone, Default)]
pub(super) struct SourceIndex {
    line_starts: Vec<usize>,
    char_starts: Vec<usize>,
    len: usize,
}

impl SourceIndex {
    pub fn new(chars: &[SourceChar], len: usize) -> Self {
        let mut line_starts = vec![0];
        let mut after_cr = false;
        for c in chars {
            match c.ch {
                '\n' if after_cr => {
                    if let Some(last) = line_starts.last_mut() {
                        *last = c.end;
                    }
                }
                '\n' | '\r' => line_starts.push(c.end),
                _ => {}
            }
            after_cr = c.ch == '\r';
        }
        Self { line_starts, char_starts: chars.iter().map(|c| c.start).collect(), len }
    }

    /// Length of the file in bytes.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Line and column of a byte, both from 1; the column counts characters. A byte past the end
    /// counts as the end, a byte inside a character as that character.
    pub fn line_column(&self, source_byte: usize) -> (usize, usize) {
        let byte = source_byte.min(self.len);
        let line = self.line_starts.partition_point(|start| *start <= byte);
        let line_start =
            line.checked_sub(1).and_then(|i| self.line_starts.get(i)).copied().unwrap_or(0);
        let before = self.char_starts.partition_point(|s| *s < line_start);
        let upto = self.char_starts.partition_point(|s| *s <= byte);
        let past_last = byte == self.len;
        let column = if past_last { upto - before + 1 } else { (upto - before).max(1) };
        (line.max(1), column)
    }
}
