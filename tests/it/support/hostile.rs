//! Texts that mean harm, one for each way to do it, and what they look like in JSON. Shared with the tests beside the
//! code.

/// What acts on a terminal, hides, turns around, towers or is wide.
pub const TEXTS: [&str; 34] = [
    "\u{1b}[2J\u{1b}[1;1Hgone",
    "\u{1b}[31mred",
    "\u{1b}[6n\u{1b}[c\u{1b}[>c",
    "\u{1b}[?1049l\u{1b}[?2026h",
    "\u{1b}]0;title\u{7}after",
    "\u{1b}]8;;file:///etc/passwd\u{1b}\\click\u{1b}]8;;\u{1b}\\",
    "\u{1b}]52;c;cm0gLXJmIC8K\u{7}",
    "\u{1b}]52;c;?\u{1b}\\",
    "\u{1b}]9;notice",
    "\u{1b}P1$r0m\u{1b}\\",
    "\u{1b}_apc\u{1b}\\\u{1b}^pm\u{1b}\\\u{1b}Xsos\u{1b}\\",
    "\u{1b}c\u{1b}(0\u{1b}#8\u{1b}%@",
    "\u{1b}",
    "\u{1b}[",
    "\u{1b}]",
    "\u{9b}31m\u{9d}0;x\u{9c}\u{90}x\u{9c}\u{85}\u{84}",
    "\0\u{1}\u{5}\u{7}\u{8}\u{b}\u{c}\u{e}\u{f}\u{11}\u{13}\u{18}\u{1a}\u{7f}",
    "one\r\ntwo\rthree\n\tfour",
    "\u{202e}desrever\u{202c}\u{2066}x\u{2069}\u{200e}\u{200f}\u{61c}",
    "a\u{200b}b\u{200c}c\u{200d}d\u{2060}e\u{feff}f\u{ad}g\u{180e}h\u{34f}i",
    "\u{feff}begin",
    "\u{2028}line\u{2029}part",
    "tag\u{e0001}\u{e0041}\u{e007f}",
    "vs\u{fe00}\u{fe0e}\u{fe0f}\u{e0100}",
    "fill\u{3164}\u{115f}\u{1160}\u{ffa0}",
    "tower Z\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}\u{30d}\u{30e}\u{30f}\u{310}",
    "\u{fffd}\u{ffff}\u{10ffff}\u{e000}",
    "磁盘已满了 日本語テスト ﾊﾟﾊﾞ",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦👍🏽🇻🇳⚠\u{fe0f}1\u{fe0f}\u{20e3}🏴\u{200d}☠\u{fe0f}",
    "Tiếng Việt Tie\u{302}\u{301}ng Vie\u{323}\u{302}t",
    "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af} 한글",
    "ที่นี่ น้ำ क्षत्रिय திரு",
    "https://x.example/\u{1b}]8;;javascript:alert(1)\u{7}",
    "javascript:alert(1)//https://x.example",
];

/// One text with everything in it, between two words that can be looked for.
#[must_use]
pub fn all() -> String {
    format!("MARK{}ENDE", TEXTS.concat().replace("\u{1b}]", "\u{1b}]x\u{7}\u{1b}]"))
}
