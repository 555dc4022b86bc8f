//! Fonts that name an ideograph by its radical: what looks like 一 is U+2F00 in the file's own map.

/// Ideographs in the order of the radicals U+2F00 to U+2FD5, by their compatibility in Unicode.
const IDEOGRAPHS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴\
     廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿\
     目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵\
     邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// A text with ideographs instead of radicals.
pub fn without_radicals(text: String) -> String {
    let is_radical = |c: char| matches!(c, '\u{2F00}'..='\u{2FD5}');
    if !text.contains(is_radical) {
        return text;
    }
    let plain = |c: char| {
        let at = (u32::from(c)).checked_sub(0x2F00).filter(|_| is_radical(c));
        at.and_then(|at| IDEOGRAPHS.chars().nth(at as usize)).unwrap_or(c)
    };
    text.chars().map(plain).collect()
}
