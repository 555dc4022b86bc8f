//! Values of a `FlatGeobuf`: each with the number of its column before it, those that are missing
//! left out.

use flatgeobuf::{Column, ColumnType, Header};

use super::super::Sink;
use crate::layer::{Cause, Value};

/// The columns that the numbers refer to.
pub struct Columns(Vec<(Option<String>, ColumnType)>);

/// Bytes that end too early, or a column that there is not.
pub struct Broken;

impl Columns {
    /// Those of the file, which are the fields of the layer.
    pub fn of(header: &Header<'_>) -> Self {
        let columns = header.columns();
        let columns = columns.into_iter().flatten();
        Self(columns.map(|column| (None, column.type_())).collect())
    }

    /// Those of a feature that has its own.
    pub fn from<'a>(columns: &(impl IntoIterator<Item = Column<'a>> + Copy)) -> Self {
        let own = |column: Column<'a>| (Some(column.name().to_owned()), column.type_());
        Self(columns.into_iter().map(own).collect())
    }

    /// Tells the values of a feature.
    pub fn tell(&self, raw: &[u8], sink: &mut Sink<'_>) -> Result<(), Broken> {
        let mut bytes = Bytes(raw);
        // Some writers leave a byte over.
        while bytes.0.len() > 1 {
            let number = usize::from(u16::from_le_bytes(bytes.take()?));
            let (name, kind) = self.0.get(number).ok_or(Broken)?;
            let field = name.as_ref().map_or(number, |name| sink.field(name));
            one(&mut bytes, *kind, field, sink)?;
        }
        Ok(())
    }
}

fn one(
    bytes: &mut Bytes<'_>,
    kind: ColumnType,
    field: usize,
    sink: &mut Sink<'_>,
) -> Result<(), Broken> {
    let whole = |n: i64| Value::Integer(n);
    let value = match kind {
        ColumnType::Byte => whole(i8::from_le_bytes(bytes.take()?).into()),
        ColumnType::UByte => whole(u8::from_le_bytes(bytes.take()?).into()),
        ColumnType::Bool => Value::Bool(bytes.take::<1>()? != [0]),
        ColumnType::Short => whole(i16::from_le_bytes(bytes.take()?).into()),
        ColumnType::UShort => whole(u16::from_le_bytes(bytes.take()?).into()),
        ColumnType::Int => whole(i32::from_le_bytes(bytes.take()?).into()),
        ColumnType::UInt => whole(u32::from_le_bytes(bytes.take()?).into()),
        ColumnType::Long => whole(i64::from_le_bytes(bytes.take()?)),
        ColumnType::ULong => {
            let n = u64::from_le_bytes(bytes.take()?);
            let Ok(n) = i64::try_from(n) else {
                sink.value(field, Value::Text(&n.to_string()));
                return Ok(());
            };
            whole(n)
        }
        ColumnType::Float => {
            let n = f32::from_le_bytes(bytes.take()?);
            // As it prints: 0.1 of 32 bits is no 0.10000000149011612.
            Value::Number(n.to_string().parse().unwrap_or_else(|_| n.into()))
        }
        ColumnType::Double => Value::Number(f64::from_le_bytes(bytes.take()?)),
        ColumnType::String | ColumnType::Json | ColumnType::DateTime => {
            let text = bytes.prefixed()?;
            let Ok(text) = std::str::from_utf8(text) else {
                sink.count(Cause::BadText, 1);
                sink.value(field, Value::Text(&String::from_utf8_lossy(text)));
                return Ok(());
            };
            Value::Text(text)
        }
        ColumnType::Binary => {
            bytes.prefixed()?;
            let name = sink.fields().get(field).map(|field| field.name.clone());
            sink.count_of(Cause::BytesField, &name.unwrap_or_default(), 1);
            return Ok(());
        }
        _ => return Err(Broken),
    };
    sink.value(field, value);
    Ok(())
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Broken> {
        let (own, rest) = self.0.split_first_chunk().ok_or(Broken)?;
        self.0 = rest;
        Ok(*own)
    }

    fn prefixed(&mut self) -> Result<&'a [u8], Broken> {
        let length = u32::from_le_bytes(self.take()?) as usize;
        let (own, rest) = self.0.split_at_checked(length).ok_or(Broken)?;
        self.0 = rest;
        Ok(own)
    }
}
