//! How a number of a list is shown (`ST_NumberFormat`, ECMA-376 part 1, 17.18.59).

/// A number in the way that a list says; what is not known here is shown in digits.
///
/// ```
/// # use jintu::store::papers::shown_number;
/// assert_eq!(shown_number(12, "chineseCounting"), "十二");
/// assert_eq!(shown_number(3, "decimalEnclosedCircleChinese"), "③");
/// ```
pub fn shown_number(n: u32, format: &str) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{n:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => wide(n),
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "upperLetter" => letters(n, 'A'),
        "lowerLetter" => letters(n, 'a'),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "koreanCounting"
        | "taiwaneseDigital"
        | "japaneseDigitalTenThousand" => {
            counted(n, "零一二三四五六七八九", ["十", "百", "千", "万"])
        }
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            legal(n, ["拾", "佰", "仟", "万"])
        }
        "ideographTraditional" => cycle(n, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => cycle(n, "子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" | "ideographEnclosedCircle" => {
            enclosed(n, '①')
        }
        "decimalEnclosedParen" => enclosed(n, '⑴'),
        "decimalEnclosedFullstop" => enclosed(n, '⒈'),
        "numberInDash" => format!("- {n} -"),
        _ => n.to_string(),
    }
}

fn wide(n: u32) -> String {
    n.to_string().chars().filter_map(|c| char::from_u32(u32::from(c) - 0x30 + 0xFF10)).collect()
}

/// Those of 1 to 20 have signs of their own.
fn enclosed(n: u32, first: char) -> String {
    let sign = (1..=20).contains(&n).then(|| char::from_u32(u32::from(first) + n - 1)).flatten();
    sign.map_or_else(|| n.to_string(), String::from)
}

fn cycle(n: u32, signs: &str) -> String {
    let index = n.checked_sub(1).map(|n| n as usize);
    index.and_then(|i| signs.chars().nth(i)).map_or_else(|| n.to_string(), String::from)
}

/// A … Z, AA … ZZ, as Word goes on.
fn letters(n: u32, first: char) -> String {
    let Some(index) = n.checked_sub(1) else { return n.to_string() };
    let letter = char::from_u32(u32::from(first) + index % 26).unwrap_or(first);
    let times = (index / 26 + 1).min(30) as usize;
    std::iter::repeat_n(letter, times).collect()
}

fn roman(n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n > 30_000 {
        return n.to_string();
    }
    let (mut left, mut text) = (n, String::new());
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

/// 一 to 九千九百九十九, 十 without 一 before it where it comes first.
fn counted(n: u32, digits: &str, powers: [&str; 4]) -> String {
    if n == 0 || n > 99_999 {
        return if n == 0 { "零".to_owned() } else { n.to_string() };
    }
    let digit = |d: u32| digits.chars().nth(d as usize).unwrap_or('零');
    let [ten, hundred, thousand, myriad] = powers;
    let mut text = String::new();
    let mut gap = false;
    let mut left = n;
    for (value, power) in [(10_000, myriad), (1000, thousand), (100, hundred), (10, ten), (1, "")] {
        let d = left / value;
        left %= value;
        if d == 0 {
            gap |= !text.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            text.push(digit(0));
        }
        if !(d == 1 && value == 10 && text.is_empty() && ten == "十") {
            text.push(digit(d));
        }
        text.push_str(power);
    }
    text
}

fn legal(n: u32, powers: [&str; 4]) -> String {
    counted(n, "零壹贰叁肆伍陆柒捌玖", powers)
}
