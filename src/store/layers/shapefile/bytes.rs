//! The bytes of a `.shp`, from a file or a stream, a record at a time.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Seek, SeekFrom},
};

/// `.shp` and `.shx` begin with the number 9994.
pub const MAGIC: &[u8] = b"\0\0\x27\x0A";
/// What stands before their records.
pub const HEAD_BYTES: u64 = 100;

/// Where records come from.
pub struct Records {
    from: From,
    at: u64,
}

enum From {
    File(BufReader<File>),
    /// Out of a ZIP file: forwards only.
    Stream(BufReader<Box<dyn Read>>),
}

const BUFFER: usize = 1 << 18;
/// A record beyond this is skipped, not read.
const LONGEST: u64 = 512 << 20;

impl Records {
    pub fn of_file(file: File) -> Self {
        Self { from: From::File(BufReader::with_capacity(BUFFER, file)), at: 0 }
    }

    pub fn of_stream(stream: Box<dyn Read>) -> Self {
        Self { from: From::Stream(BufReader::with_capacity(BUFFER, stream)), at: 0 }
    }

    /// Where the next byte comes from.
    pub const fn at(&self) -> u64 {
        self.at
    }

    /// Fills a buffer with so many bytes, or with what is left; a length is not believed.
    ///
    /// # Errors
    /// The bytes cannot be read.
    pub fn read(&mut self, into: &mut Vec<u8>, count: u64) -> std::io::Result<bool> {
        into.clear();
        if count > LONGEST {
            let to = self.at.saturating_add(count);
            return self.go(to).map(|_| false);
        }
        let read = match &mut self.from {
            From::File(file) => read_up_to(file, into, count)?,
            From::Stream(stream) => read_up_to(stream, into, count)?,
        };
        self.at += read as u64;
        Ok(read as u64 == count)
    }

    /// Goes to a place; says whether that can be done.
    ///
    /// # Errors
    /// The bytes cannot be read.
    pub fn go(&mut self, to: u64) -> std::io::Result<bool> {
        if to == self.at {
            return Ok(true);
        }
        match &mut self.from {
            From::File(file) => {
                let by = i64::try_from(i128::from(to) - i128::from(self.at)).ok();
                match by {
                    Some(by) => file.seek_relative(by)?,
                    None => {
                        file.seek(SeekFrom::Start(to))?;
                    }
                }
            }
            From::Stream(stream) => {
                let Some(count) = to.checked_sub(self.at) else { return Ok(false) };
                let skipped =
                    std::io::copy(&mut stream.by_ref().take(count), &mut std::io::sink())?;
                if skipped < count {
                    self.at += skipped;
                    return Ok(false);
                }
            }
        }
        self.at = to;
        Ok(true)
    }
}

/// Appends so many bytes, or what is left: how many. Records are small, and mostly in the buffer.
///
/// # Errors
/// The bytes cannot be read.
pub fn read_up_to(
    from: &mut BufReader<impl Read>,
    into: &mut Vec<u8>,
    count: u64,
) -> std::io::Result<usize> {
    if let Some(ready) = usize::try_from(count).ok().and_then(|count| from.buffer().get(..count)) {
        into.extend_from_slice(ready);
        let count = ready.len();
        from.consume(count);
        return Ok(count);
    }
    from.by_ref().take(count).read_to_end(into)
}

/// A little-endian number at a place.
pub fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Lengths and places in `.shp` and `.shx` are big-endian, and count words of two bytes.
pub fn words_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?)) * 2)
}
