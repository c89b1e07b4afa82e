//! `/proc/pressure`: how long tasks wait (Linux 4.20 and newer).

use super::super::wire::Pressure;

/// Reads all three files. `None` where the kernel does not tell.
pub async fn read() -> Option<Pressure> {
    let one = async |name: &str| {
        let text = tokio::fs::read_to_string(format!("/proc/pressure/{name}")).await.ok()?;
        some_avg10(&text)
    };
    let pressure = Pressure { cpu: one("cpu").await, memory: one("memory").await, io: one("io").await };
    (pressure != Pressure::default()).then_some(pressure)
}

/// The number after `avg10=` in the line that begins with `some`.
pub(crate) fn some_avg10(text: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix("some "))?;
    let word = line.split_whitespace().find_map(|word| word.strip_prefix("avg10="))?;
    word.parse().ok().filter(|share: &f64| (0.0..=100.0).contains(share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ten_second_share_of_some() {
        let text =
            "some avg10=3.33 avg60=3.09 avg300=1.56 total=34551011\nfull avg10=0.50 avg60=0.00 avg300=0.00 total=0\n";
        assert_eq!(some_avg10(text), Some(3.33));
        assert_eq!(some_avg10("full avg10=0.50\n"), None);
        assert_eq!(some_avg10("some avg10=x\n"), None);
        assert_eq!(some_avg10(""), None);
    }
}
