//! Features in JSON: `GeoJSON` (RFC 7946), sequences of it (RFC 8142, and without separators),
//! `TopoJSON` and Esri's, wherever in a document they lie; feature by feature, never the whole file
//! in memory. One that is broken costs no other.

mod document;
mod esri;
mod feature;
mod geometry;
mod parts;
mod scan;
mod stop;
mod stream;
mod system;
mod topology;
mod value;

use encoding_rs::UTF_8;

use self::{
    document::Walk,
    feature::{Learned, Told},
    stop::Stop,
    stream::{Decoded, Guess, Stream, encoding_of},
};
use super::{Fault, LayerError, Sink, Source};
use crate::layer::{Cause, Finding};

const FORMAT: &str = "GeoJSON";

/// Reads a file.
///
/// # Errors
/// A file in which there are no features, for a reason that is told.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    let whole = source.len_bytes()?;
    let (mut encoding, mut guess) = encoding_of(&source.start);
    let mut learned = Learned::default();
    if encoding == UTF_8 {
        learned.guess = system::at_end(source.open()?);
    }
    // What stands at the end of a file may say how its beginning is meant: then it is read again,
    // once for the encoding and once for the reference systems.
    let mut again = 2;
    loop {
        let file = source.open()?;
        let input: Box<dyn std::io::Read> =
            if encoding == UTF_8 { Box::new(file) } else { Box::new(Decoded::new(file, encoding)) };
        let told = Told::new(sink, source.stem(), &learned, guess == Guess::Open && again > 0);
        let mut walk = Walk { stream: Stream::new(input), told, whole };
        let ended = walk.all();
        let Walk { stream, told, .. } = walk;
        let read = stream.read;
        let outcome = told.finish();
        match ended {
            Err(Stop::Cancelled(reason)) => return Err(reason),
            Err(Stop::Io(reason)) if outcome.features == 0 => return Err(source.unreadable(reason)),
            Err(Stop::OtherEncoding) => {
                (encoding, guess) = (encoding_rs::GB18030, Guess::Guessed);
                sink.restart();
                again -= 1;
                continue;
            }
            _ => {}
        }
        if again > 0 && outcome.learned != learned && outcome.is_other {
            learned = outcome.learned;
            sink.restart();
            again = 0;
            continue;
        }
        let is_cut = ended.is_err();
        if outcome.features == 0 && (is_cut || !outcome.has_layer) {
            return Err(match outcome.what {
                Some(what) => LayerError::Refused { path: source.path.to_owned(), what },
                None if is_cut && read < whole => source.faulty(FORMAT, Fault::AtByte(read)),
                None if is_cut => source.faulty(FORMAT, Fault::Truncated),
                None => source.without_features(FORMAT),
            });
        }
        if is_cut {
            sink.find(Finding::of(Cause::Truncated, 0));
        }
        if guess == Guess::Guessed {
            let detail = encoding.name().to_uppercase();
            sink.find(Finding { cause: Cause::EncodingGuessed, count: 0, detail });
        }
        sink.close(true);
        return Ok(());
    }
}
