//! How wide the columns of a table are, and which give way where there is no room.

/// A column beside the flexible one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// How wide it is, in cells; 0 is not there at all.
    pub wide: usize,
    /// In which turn it gives way: 1 goes first; 0 never goes.
    pub turn: u8,
}

impl Column {
    /// A column that gives way in a turn.
    #[must_use]
    pub fn new(wide: usize, turn: u8) -> Self {
        Self { wide, turn }
    }
}

/// Shares `total` cells out: every column its width and a cell before it, the flexible one what is left.
/// While that is less than `least`, columns go, the first turn first. Returns the flexible width and the others.
#[must_use]
pub fn widths<const N: usize>(total: usize, least: usize, columns: [Column; N]) -> (usize, [usize; N]) {
    let mut wide = columns.map(|column| column.wide);
    let taken = |wide: &[usize; N]| wide.iter().map(|wide| if *wide > 0 { wide + 1 } else { 0 }).sum::<usize>();
    let mut turns: Vec<(u8, usize)> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.turn > 0)
        .map(|(at, column)| (column.turn, at))
        .collect();
    turns.sort_unstable();
    for (_, at) in turns {
        if total >= taken(&wide) + least {
            break;
        }
        if let Some(wide) = wide.get_mut(at) {
            *wide = 0;
        }
    }
    (total.saturating_sub(taken(&wide)), wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_give_way_in_their_turn() {
        let columns = [Column::new(12, 2), Column::new(5, 3), Column::new(3, 1), Column::new(10, 0)];
        assert_eq!(widths(80, 20, columns), (46, [12, 5, 3, 10]));
        assert_eq!(widths(52, 20, columns), (22, [12, 5, 0, 10]));
        assert_eq!(widths(40, 20, columns), (23, [0, 5, 0, 10]));
        assert_eq!(widths(5, 20, columns), (0, [0, 0, 0, 10]));
    }
}
