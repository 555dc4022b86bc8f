//! Values compared.

use std::cmp::Ordering;

use super::{collator::Collator, operator::Op, value::Value};

/// The answer of one of the six comparisons. `None` where the values have no such order.
///
/// Lists and objects are never equal: nothing says what that would mean.
pub fn compare(op: Op, a: &Value<'_>, b: &Value<'_>, collator: Option<Collator>) -> Option<bool> {
    let same = || match (a, b, collator) {
        (Value::Text(a), Value::Text(b), Some(collator)) => {
            Some(collator.compare(a, b) == Ordering::Equal)
        }
        (Value::Color(_) | Value::List(_) | Value::Object(_), ..) => Some(false),
        _ => Some(a == b),
    };
    match op {
        Op::Equal => return same(),
        Op::Unequal => return same().map(|same| !same),
        _ => {}
    }
    let order = match (a, b, collator) {
        (Value::Text(a), Value::Text(b), Some(collator)) => collator.compare(a, b),
        (Value::Number(a), Value::Number(b), _) => a.partial_cmp(b)?,
        (Value::Text(a), Value::Text(b), None) => a.cmp(b),
        _ => return None,
    };
    match op {
        Op::Less => Some(order == Ordering::Less),
        Op::AtMost => Some(order != Ordering::Greater),
        Op::More => Some(order == Ordering::Greater),
        Op::AtLeast => Some(order != Ordering::Less),
        _ => None,
    }
}
